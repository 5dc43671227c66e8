"""How much room words take in a Telegram message, and how they are cut to fit. What a message says is elsewhere."""

import html
from collections.abc import Iterator

from flows.template import without_tags


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units, so that an emoji is two or more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shown_units(markup: str) -> int:
    """Length of Telegram HTML as it is shown: tags take no room."""
    return units(html.unescape(without_tags(markup)))


def parts(text: str, most: int) -> Iterator[str]:
    """`text` in pieces of at most `most` units, divided between words where there are any."""
    while units(text) > most:
        head = text.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")
        space = max(head.rfind(" "), head.rfind("\n"))
        piece = head[:space] if space > 0 else head
        yield piece
        text = text[len(piece) :].lstrip()
    if text:
        yield text


def cut(text: str, most: int) -> str:
    """`text`, or its beginning with "…" when it takes more than `most` units; no character is halved."""
    if units(text) <= most:
        return text
    if most < 1:
        return ""
    head = text.encode("utf-16-le", "surrogatepass")[: 2 * (most - 1)]
    return head.decode("utf-16-le", "ignore").rstrip() + "…"
