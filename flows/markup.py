"""What of HTML Telegram understands; a message with anything else would be refused whole."""

import re

TAGS = [
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "a",
    "code",
    "pre",
    "blockquote",
    "tg-spoiler",
    "span",
    "tg-emoji",
    "tg-time",
]

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]*)>")


def mistake_in(text: str) -> str:
    """The first thing Telegram would not parse, in words, or ""."""
    open_tags: list[str] = []
    for closing, name, rest in _TAG.findall(text):
        tag = name.lower()
        if tag not in TAGS:
            return f"Telegram knows no tag <{name}>"
        if not closing:
            open_tags.append(tag)
        elif rest.strip() or not open_tags or open_tags.pop() != tag:
            return f"</{name}> closes nothing that is open"
    if open_tags:
        return f"<{open_tags[-1]}> is not closed"
    if re.search(r"[<>]", _TAG.sub("", text)):
        return "a lone < or >: write &lt; or &gt;"
    return ""
