"""Holds everything that is said against the content: the key is there, no slot that must speak is empty."""

from collections.abc import Mapping
from functools import cache

from ruamel.yaml import YAML

from flows.book import Content
from flows.presses import Button, CopyText, OpenUrl, Rows, SharePhone, TypeLabel
from flows.template import Slot, parse_template
from handlers.buttons import pack

MAY_BE_EMPTY = {"name_c", "privacy_line", "wish_line", "sev_mark", "card_lines"}
TOAST_MOST, TEXT_MOST, LABEL_MOST = 200, 4096, 64


def text_of(content: Content, key: str, values: Mapping[str, object]) -> str:
    """The text as Telegram gets it; AssertionError names a slot that stands empty."""
    empty = [
        name
        for name in _must_speak(content.book.source[f"texts/{content.business.locale}.yaml"], key)
        if values.get(name) in (None, "")
    ]
    assert not empty, f"{key} is said with nothing for {', '.join(empty)}"
    text = content.book.texts.render(key, values)
    assert 0 < len(text) <= TEXT_MOST
    return whole(text)


def toast_of(content: Content, key: str, values: Mapping[str, object]) -> str:
    """What pops up."""
    text_of(content, key, values)
    text = content.book.texts.plain(key, values)
    assert len(text) <= TOAST_MOST, f"{key} is too long to pop up"
    return text


def labels_of(content: Content, rows: Rows) -> list[list[str]]:
    """Labels of buttons as people read them; every press fits into its button."""
    return [[label_of(content, button) for button in row] for row in rows]


def label_of(content: Content, button: Button) -> str:
    """One label."""
    label = content.book.texts.label(button.label, button.values)
    assert 0 < len(label) <= LABEL_MOST, f"the button {button.label} reads «{label}»"
    if not isinstance(button.press, OpenUrl | CopyText | SharePhone | TypeLabel):
        assert pack(button.press)
    return label


def whole(text: str) -> str:
    """The text, when nothing in it looks as if a value was missing."""
    gaps = [gap for gap in ("></", "«»", " .", " ,", "  ", ": .", ", .", "()") if gap in text]
    assert not gaps, f"{gaps} in «{text}»"
    return text


@cache
def _must_speak(source: str, key: str) -> frozenset[str]:
    # A sentence that stands in a flow itself has no key there; it is the owner's affair.
    template = parse_template(_texts(source).get(key, ""))
    return frozenset(
        part.name
        for line in template.lines
        for part in line.parts
        if isinstance(part, Slot) and part.name not in MAY_BE_EMPTY
    )


@cache
def _texts(source: str) -> dict[str, str]:
    texts: dict[str, str] = YAML(typ="safe").load(source)["texts"]
    return texts
