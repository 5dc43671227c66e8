"""Reads `for:` and `when:` of flows: what must be known to hold. Whether it holds is judged in conditions.py."""

import re
from collections.abc import Iterable
from typing import Any

from flows.flow import Condition
from flows.problems import Quoted
from flows.reading import Place

OPTIONS = ("photo_step", "wish_step", "restate", "voice_hint", "check_7d", "nps")

AUDIENCE = ("branch", "service", "master", "language", "first_visit", "rating_before", "option")
IN_TALK = (*AUDIENCE, "topic", "rating", "words", "files", "wish")
_WORDS = ("branch", "service", "master", "language", "topic")
_FLAGS = ("first_visit", "words", "files", "wish")
_MARKS = re.compile(r"(\d{1,2})(?:\s*(?:\.\.|-)\s*(\d{1,2}))?")
_LANGUAGE = re.compile(r"[a-z]{2}")
_HIGHEST = 10


def compile_audience(place: Place) -> Condition:
    """Who a flow is for: what is known before it begins."""
    return _condition(place, AUDIENCE)


def compile_when(place: Place) -> Condition:
    """When a step takes place: what is known in the middle of the conversation, too."""
    return _condition(place, IN_TALK)


def compile_options(place: Place) -> frozenset[str]:
    """The switches of business.yaml that are on."""
    fields = place.fields((), OPTIONS)
    return frozenset(name for name in OPTIONS if fields.read(name, Place.flag, default=False))


def read_marks(place: Place) -> tuple[int, int]:
    """The lowest and the highest mark of `3`, `1..3` or `1-3`."""
    found = _MARKS.fullmatch(str(place.value)) if type(place.value) in (str, int) else None
    low, high = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if not low <= high <= _HIGHEST:
        place.problem("type.marks", value=place.shown(), allowed="1..5")
        return (1, 5)
    return (low, high)


def _condition(place: Place, known: Iterable[str]) -> Condition:
    fields = place.fields((), known)
    if isinstance(place.value, dict) and not place.value:
        place.problem("condition.empty", allowed=", ".join(known))
    nothing: tuple[str, ...] = ()
    read: dict[str, Any] = {key: fields.read(key, _words, nothing) for key in _WORDS}
    read |= {key: fields.read(key, Place.flag, None) for key in _FLAGS}
    read |= {key: fields.read(key, read_marks, None) for key in ("rating", "rating_before")}
    for code in read["language"]:
        if not _LANGUAGE.fullmatch(code):
            fields["language"].problem("type.language", value=Quoted(code), allowed="ru, en …")
    sets = {key: frozenset(read[key]) for key in ("branch", "language", "topic")}
    plain = {key: tuple(word.casefold() for word in read[key]) for key in ("service", "master")}
    option = fields.read("option", lambda at: at.one_of(OPTIONS, "unknown.option"), "")
    return Condition(
        **{**read, **sets, "service": plain["service"], "master": frozenset(plain["master"])},
        option=option,
    )


def _words(place: Place) -> tuple[str, ...]:
    """One word, or a list of them."""
    if isinstance(place.value, str):
        return (place.text(),)
    words = tuple(item.text() for item in place.items())
    if isinstance(place.value, list) and not words:
        place.problem("list.empty")
    return words
