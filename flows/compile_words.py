"""Reads lists of words that set something off. What they set off is in the rules."""

import re

from flows.book import WordList
from flows.reading import Place

_NOT_WORDS = re.compile(r"[^\w]+|_")


def compile_words(place: Place) -> WordList:
    """Beginnings of words and whole phrases, lower case, ё as е; problems are noted."""
    fields = place.fields((), ("stems", "phrases", "signs"))
    return WordList(
        stems=fields.read("stems", _stems, ()),
        phrases=fields.read("phrases", _phrases, ()),
        signs=fields.read("signs", _signs, frozenset()),
    )


def _stems(place: Place) -> tuple[str, ...]:
    stems = []
    for item in place.items():
        stem = _plain(item.text())
        if " " in stem:
            item.problem("words.not_one", value=item.shown())
        elif 0 < len(stem) < 2:
            item.problem("words.short", value=item.shown())
        else:
            stems.append(stem)
    return tuple(filter(None, stems))


def _phrases(place: Place) -> tuple[str, ...]:
    return tuple(filter(None, (_plain(item.text()) for item in place.items())))


def _signs(place: Place) -> frozenset[str]:
    """The first character of each: what follows in an emoji is its colour or form."""
    signs = [item.text().strip() for item in place.items()]
    return frozenset(sign[0] for sign in signs if sign)


def _plain(text: str) -> str:
    return _NOT_WORDS.sub(" ", text.casefold().replace("ё", "е")).strip()
