"""Reads the addresses of business.yaml; those a preset only shows as an example are taken for none.

So no customer is ever sent to nobody's page: texts leave the line out, buttons are not shown.
"""

import re
from collections.abc import Callable

from flows.reading import Fields, Place

WITH_EXAMPLES = ("privacy_url", "consent_url", "legal_contact", "review_pages", "booking_url")

_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_EXAMPLE = re.compile(r"(?:^|[/@.])example\.[a-z]{2,6}(?![\w.-])", re.IGNORECASE)


def page(place: Place) -> str:
    """The address of a page."""
    return _own(place, _address)


def page_or_none(place: Place) -> str:
    """The address of a page there need not be."""
    return _own(place, lambda at: _address(at) if at.value not in (None, "") else "")


def contact(place: Place) -> str:
    """Where to write to: a letterbox, a page, a street."""
    return _own(place, Place.text)


def pages(place: Place) -> dict[str, str]:
    """Title to address; without the examples."""
    found = {title: page(each) for title, each in place.entries().items()}
    return {title: address for title, address in found.items() if address}


def left_as_examples(fields: Fields) -> tuple[str, ...]:
    """The settings among WITH_EXAMPLES in which an example still stands."""
    return tuple(key for key in WITH_EXAMPLES if any(map(is_example, _written(fields.get(key)))))


def is_example(written: str) -> bool:
    """Nobody's page and nobody's letterbox: example.ru, example.com, also with www. before it."""
    return _EXAMPLE.search(written) is not None


def _written(place: Place | None) -> list[str]:
    value = place.value if place is not None else None
    values = value.values() if isinstance(value, dict) else [value]
    return [each for each in values if isinstance(each, str)]


def _own(place: Place, read: Callable[[Place], str]) -> str:
    written = read(place)
    if not is_example(written):
        return written
    place.problem("business.example", value=place.shown(), warning=True)
    return ""


def _address(place: Place) -> str:
    address = place.text()
    if address and not _ADDRESS.fullmatch(address):
        place.problem("type.address", value=place.shown(), allowed="https://…")
    return address
