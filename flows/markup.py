"""What of HTML Telegram understands; a message with anything else would be refused whole."""

import re

from flows.problems import Mistake, Term

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


def mistake_in(text: str) -> Mistake | None:
    """The first thing Telegram would not parse."""
    open_tags: list[str] = []
    for closing, name, rest in _TAG.findall(text):
        tag = name.lower()
        if tag not in TAGS:
            return Mistake("html.tag", tag=f"<{name}>", allowed=Term("allowed.html"))
        if not closing:
            open_tags.append(tag)
        elif rest.strip() or not open_tags or open_tags.pop() != tag:
            return Mistake("html.not_opened", tag=f"</{name}>")
    if open_tags:
        return Mistake("html.not_closed", tag=f"<{open_tags[-1]}>")
    if re.search(r"[<>]", _TAG.sub("", text)):
        return Mistake("html.stray")
    return None
