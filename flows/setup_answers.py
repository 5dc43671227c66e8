"""What the owner has answered to the six questions: read from what people write, turned into edits."""

import json
import re
from collections.abc import Mapping

from flows.book import Business
from flows.branch_ids import branch_id
from flows.compiler import BUSINESS
from flows.content_work import Edit, EditKind
from flows.hours import parse_hours
from flows.problems import Mistake

BRAND, PHONE, NIGHT, BRANCHES, HOURS = "brand", "phone", "night", "branches", "hours"
REVIEWS = "reviews"
_NAME_MOST = 64
_BRANCHES_MOST = 30
_PHONE = re.compile(r"\+?[\d(][\d\s()-]{3,}\d")
_DIGITS_LEAST, _DIGITS_MOST = 5, 15  # a short number of a city, and E.164's longest
_REVIEWS_MOST = 6
_ADDRESS = re.compile(r"https?://(?:www\.)?([^\s/:?#]+\.[^\s/:?#]+)\S*")
_QUOTES = " \t\u00a0«»\"'“”„"


def read_brand(text: str) -> str:
    """The name on one line, without the quotation marks around it; "" when it is none."""
    name = " ".join(text.split()).strip(_QUOTES)
    return name if 0 < len(name) <= _NAME_MOST and not name.startswith("/") else ""


def read_phones(text: str, wanted: int) -> tuple[str, ...]:
    """So many telephone numbers, one a line or with commas between; () when they are not."""
    found = tuple(" ".join(part.split()) for part in re.split(r"[\n,;]", text) if part.strip())
    return found if len(found) == wanted and all(map(_is_phone, found)) else ()


def _is_phone(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return bool(_PHONE.fullmatch(text)) and _DIGITS_LEAST <= digits <= _DIGITS_MOST


def read_branches(text: str) -> tuple[str, ...]:
    """Names, one a line; () when there are none, too many, one twice or one too long."""
    names = tuple(
        " ".join(line.split()).strip(_QUOTES) for line in text.splitlines() if line.strip()
    )
    fine = 0 < len(names) <= _BRANCHES_MOST and all(0 < len(n) <= _NAME_MOST for n in names)
    return names if fine and len(set(names)) == len(names) else ()


def read_hours(text: str, business: Business) -> str:
    """The hours as they are to be written; "" when nobody can read them."""
    words = " ".join(text.replace("\n", ", ").split())
    try:
        hours = parse_hours(words, business.branches[0].zone)
    except Mistake:
        return ""
    return words if any(hours.week) else ""


def read_reviews(text: str) -> tuple[str, ...]:
    """Addresses of pages with reviews, one a line, perhaps after a title; () when one of them is no address."""
    lines = tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
    fine = 0 < len(lines) <= _REVIEWS_MOST and all(_ADDRESS.search(line) for line in lines)
    return lines if fine else ()


def _pages(lines: str, business: Business) -> dict[str, str]:
    """Title to address; without a word of the owner those there were, but for the preset's example."""
    if not lines:
        return dict(business.review_pages)
    pages: dict[str, str] = {}
    for line in lines.split("\n"):
        if found := _ADDRESS.search(line):
            title = line[: found.start()].strip(_QUOTES + ":—–-") or found[1]
            pages[title[:_NAME_MOST]] = found[0]
    return pages


def edits(answers: Mapping[str, str], business: Business, *, used: bool) -> tuple[Edit, ...]:
    """The changes to business.yaml. A place that had its name before keeps its id: its code may hang on a wall.

    A place that is named no more is closed once the bot was `used`; before that it is only the preset's example.
    """
    night = answers.get(NIGHT) or answers[PHONE]
    names = answers[BRANCHES].split("\n")
    ids = _ids(names, business)
    here = {branch.id for branch in business.branches}
    places = [edit for name in names for edit in _place(ids[name], name, answers[HOURS], here)]
    gone = [branch.id for branch in business.branches if branch.id not in ids.values()]
    back = [branch.id for branch in business.branches if branch.closed and branch.id not in gone]
    return (
        _put(("brand",), answers[BRAND]),
        _put(("phone",), answers[PHONE]),
        _put(("phone_duty",), night),
        _put(("review_pages",), _pages(answers.get(REVIEWS, ""), business)),
        *places,
        *(
            _put(("branches", each, "closed"), value=True) if used else _drop(("branches", each))
            for each in gone
        ),
        *(_drop(("branches", each, "closed")) for each in back),
    )


def _place(place: str, name: str, hours: str, here: set[str]) -> tuple[Edit, ...]:
    """One that is there keeps whatever else it has: its telephone, its holidays."""
    if place not in here:
        return (_put(("branches", place), {"name": name, "hours": hours}),)
    return (_put(("branches", place, "name"), name), _put(("branches", place, "hours"), hours))


def _ids(names: list[str], business: Business) -> dict[str, str]:
    known = {branch.name: branch.id for branch in business.branches}
    ids: dict[str, str] = {}
    for name in names:
        ids[name] = known.get(name) or branch_id(name, {*known.values(), *ids.values()})
    return ids


def _drop(path: tuple[str, ...]) -> Edit:
    return Edit(BUSINESS, path, kind=EditKind.DROP)


def _put(path: tuple[str, ...], value: object) -> Edit:
    return Edit(BUSINESS, path, json.dumps(value, ensure_ascii=False))
