"""How much room words take in a Telegram message, and how they are cut to fit. What a message says is elsewhere."""

import html

from flows.template import without_tags


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units, so that an emoji is two or more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shown_units(markup: str) -> int:
    """Length of Telegram HTML as it is shown: tags take no room."""
    return units(html.unescape(without_tags(markup)))


def cut(text: str, most: int) -> str:
    """`text`, or its beginning with "…" when it takes more than `most` units; no character is halved."""
    if units(text) <= most:
        return text
    if most < 1:
        return ""
    head = text.encode("utf-16-le", "surrogatepass")[: 2 * (most - 1)]
    return head.decode("utf-16-le", "ignore").rstrip() + "…"
