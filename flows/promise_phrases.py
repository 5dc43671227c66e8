"""Finds times in a sentence ("in an hour", "tomorrow before noon"), by a grammar for each language. Pure.

A grammar is a list of patterns over the sentence in lower case with ё as е; the first that matches at a place
wins. What a found time means as a moment is spoken_time.py's.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from re import Match, Pattern

from flows import promise_phrases_en, promise_phrases_ru
from flows.spoken_time import SpokenTime

Reading = Callable[[Match[str]], SpokenTime | None]


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time, and where it stands in the sentence."""

    start: int
    end: int
    time: SpokenTime


# Without one of these in it a sentence names no time, and the patterns need not be tried.
_SIGNS: dict[str, Pattern[str]] = {
    "ru": re.compile(promise_phrases_ru.SIGNS),
    "en": re.compile(promise_phrases_en.SIGNS),
}
_GRAMMARS: dict[str, tuple[tuple[Pattern[str], Reading], ...]] = {
    "ru": promise_phrases_ru.GRAMMAR,
    "en": promise_phrases_en.GRAMMAR,
}


def times_in(sentence: str, language: str) -> Iterator[FoundTime]:
    """Every time in a sentence (lower case, ё as е), from left to right; none in a language without a grammar."""
    signs = _SIGNS.get(language)
    if signs is None or signs.search(sentence) is None:
        return
    reached = 0
    found = sorted(
        (
            (match.start(), place, match, read)
            for place, (pattern, read) in enumerate(_GRAMMARS.get(language, ()))
            for match in pattern.finditer(sentence)
        ),
        key=lambda each: each[:2],
    )
    for start, _, match, read in found:
        if start < reached:
            continue
        reached = match.end()
        if (time := read(match)) is not None:
            yield FoundTime(start, reached, time)
