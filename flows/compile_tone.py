"""Reads tone/<language>.yaml: how replies should sound. What is done with what they find is elsewhere."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import time
from types import MappingProxyType

from flows.reading import Fields, Place
from flows.tone import Known, Phrase, Phrases, Rule, Tone, WordRule
from flows.word_forms import plain, words_of

TONE_FILE = re.compile(r"tone/([a-z]{2})\.yaml")

HINT_MOST = 200
MOST_LINES = 5
MOST_LENGTH = 4096
PHRASES = ("any_form", "exact", "but")
LISTS = (
    "sorry",
    "sorry_vague",
    "waiting",
    "nobody",
    "elsewhere",
    "calling",
    "asking",
    "answering",
)
OPTIONAL = (
    "off",
    "most_lines",
    "long_story",
    "long_reply",
    "words",
    "known",
    "promises",
    "clocks",
    *LISTS,
)
_NO_PHRASES = Phrases()


def compile_tones(places: Iterable[tuple[str, Place]]) -> Mapping[str, Tone]:
    """The rules of every language that has some; replies in another are not judged."""
    found = {
        match[1]: compile_tone(place, match[1])
        for name, place in places
        if (match := TONE_FILE.fullmatch(name))
    }
    return MappingProxyType(found)


def compile_tone(place: Place, language: str) -> Tone:
    """The rules of one language; problems are noted at their places."""
    fields = place.fields((), OPTIONAL)
    return Tone(
        language=language,
        words=fields.read("words", _words, ()),
        off=fields.read("off", _off, frozenset()),
        most_lines=fields.read("most_lines", lambda at: at.whole(1, MOST_LINES), 3),
        long_story=fields.read("long_story", lambda at: at.whole(1, MOST_LENGTH), 400),
        long_reply=fields.read("long_reply", lambda at: at.whole(1, MOST_LENGTH), 240),
        known=MappingProxyType(fields.read("known", _known, {})),
        promises=fields.read("promises", Place.flag, default=True),
        clocks=MappingProxyType(fields.read("clocks", _clocks, {})),
        **{name: fields.read(name, _phrases, _NO_PHRASES) for name in LISTS},
    )


def _words(place: Place) -> tuple[WordRule, ...]:
    return tuple(_word(key, at) for key, at in place.entries().items())


def _word(key: str, place: Place) -> WordRule:
    """A rule of the owner's or of ours; its name stands in nothing but this file and what a person was told."""
    Place(place.source, place.path, key, place.found).id()
    fields = place.fields(("say",), (*PHRASES, "important"))
    if not {"any_form", "exact"} & set(fields.entries) and fields.entries:
        place.problem("tone.no_words")
    return WordRule(
        id=key,
        phrases=_phrases_of(fields),
        say=fields["say"].text(HINT_MOST),
        important=fields.read("important", Place.flag, default=False),
    )


def _phrases(place: Place) -> Phrases:
    return _phrases_of(place.fields((), PHRASES))


def _phrases_of(fields: Fields) -> Phrases:
    read: Callable[[str], tuple[Phrase, ...]] = lambda key: fields.read(key, _list, ())  # noqa: E731 - one word each
    return Phrases(read("any_form"), read("exact"), read("but"))


def _list(place: Place) -> tuple[Phrase, ...]:
    return tuple(filter(None, (_phrase(item) for item in place.items())))


def _phrase(place: Place) -> Phrase:
    phrase = tuple(word.text for word in words_of(plain(place.text())))
    if not phrase and isinstance(place.value, str) and place.value.strip():
        place.problem("tone.no_letters", value=place.shown())
    return phrase


def _off(place: Place) -> frozenset[Rule]:
    return frozenset(Rule(item.one_of(Rule, "unknown.tone_rule")) for item in place.items())


def _known(place: Place) -> dict[Known, Phrases]:
    fields = place.fields((), tuple(Known))
    return {known: _phrases(fields[known]) for known in Known if fields.get(known)}


def _clocks(place: Place) -> dict[str, time]:
    return {plain(word): at.clock() for word, at in place.entries().items()}
