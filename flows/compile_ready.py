"""Reads ready/<language>.yaml: phrases that staff send by a tap. Which of them can be said now: ready.py."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from flows.compile_texts import check_phrase
from flows.problems import nearest, one_line
from flows.reading import Place
from flows.ready import FOR_ALL, VARIABLES, Ready, ReadyPhrase, ready_phrase
from flows.template import TemplateError
from flows.variables import EXAMPLES

READY_FILE = re.compile(r"ready/([a-z]{2})\.yaml")
PHRASE_MOST = 700  # characters, filled
SECTION_MOST = 20  # phrases


def compile_readies(
    places: Iterable[tuple[str, Place]], topics: Iterable[str] | None
) -> Mapping[str, Ready]:
    """The phrases of every language that has some; `topics` None: nobody can read which there are."""
    known = None if topics is None else (FOR_ALL, *topics)
    found = {
        match[1]: _sections(place, known)
        for name, place in places
        if (match := READY_FILE.fullmatch(name))
    }
    return MappingProxyType(found)


def _sections(place: Place, known: tuple[str, ...] | None) -> Ready:
    """A topic that was taken out leaves its phrases behind: they are never offered, and do no harm."""
    sections = place.entries()
    for name, at in sections.items():
        if known is not None and name not in known:
            near = nearest(name, known)
            at.problem("unknown.topic", word=one_line(name), near=near, warning=True)
    return MappingProxyType({name: tuple(_phrases(at)) for name, at in sections.items()})


def _phrases(place: Place) -> Iterator[ReadyPhrase]:
    items = place.items()
    if len(items) > SECTION_MOST:
        place.problem("ready.many", most=SECTION_MOST)
    for at in items:
        check_phrase(at, {name: EXAMPLES[name] for name in VARIABLES}, PHRASE_MOST)
        try:
            yield ready_phrase(str(at.value))
        except TemplateError:
            continue  # noted already
