"""How a reply to a customer should sound: the rules as data, and what was found in one. Finding is elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from flows.spoken_time import SpokenTime


class Lint(StrEnum):
    """When the author of a reply is shown what was found in it."""

    AFTER = "after"  # beside the hold; nothing waits
    BEFORE = "before"  # the reply waits for the author's word
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a word: its dictionary form and its grammar (`futr`, `1per` …), ё as е."""

    lemma: str
    tags: frozenset[str] = frozenset()


Forms = Callable[[str], tuple[Form, ...]]  # of a word in lower case, ё as е
Phrase = tuple[str, ...]  # its words in lower case, ё as е


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words in any form, and words exactly as they stand; `but` is where neither counts."""

    any_form: tuple[Phrase, ...] = ()
    exact: tuple[Phrase, ...] = ()
    but: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class WordRule:
    """Words to avoid, and what the author is told instead."""

    id: str
    phrases: Phrases
    say: str
    important: bool = False


class Rule(StrEnum):
    """What is looked at besides single words; an owner may switch each off by this name."""

    WHO = "who"  # "you will be called": by whom?
    APOLOGY = "apology"  # none at all
    SORRY_FOR = "sorry_for"  # sorry, and for nothing in particular
    KNOWN = "known"  # asks for what stands on the card
    CHANNEL = "channel"  # sends the customer elsewhere
    CALL = "call"  # will call somebody who did not ask for it
    NEXT_TIME = "next_time"
    LENGTH = "length"
    NAME = "name"
    NAME_TWICE = "name_twice"
    CAPITAL_YOU = "capital_you"
    SHOUTING = "shouting"
    EMOJI = "emoji"


IMPORTANT = frozenset({Rule.KNOWN, Rule.CHANNEL, Rule.CALL, Rule.NEXT_TIME})


class Known(StrEnum):
    """What may stand on the card already."""

    WHEN = "when"
    WHO = "who"
    ORDER = "order"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Tone:
    """The rules of one language, as the owner has them. `words` stand in the order of their weight."""

    language: str
    words: tuple[WordRule, ...] = ()
    off: frozenset[Rule] = frozenset()
    most_lines: int = 3
    long_story: int = 400  # characters; such a story wants a reply of at least so many:
    long_reply: int = 240
    sorry: Phrases = Phrases()
    sorry_vague: Phrases = Phrases()  # what an apology names when it names nothing
    waiting: Phrases = Phrases()  # somebody will do something: when?
    nobody: Phrases = Phrases()  # somebody will, and it is not said who
    elsewhere: Phrases = Phrases()
    calling: Phrases = Phrases()
    asking: Phrases = Phrases()  # words that ask without a question mark
    known: Mapping[Known, Phrases] = field(default_factory=dict)
    answering: Phrases = Phrases()  # promises of an answer: a later reply keeps them
    promises: bool = True
    clocks: Mapping[str, time] = field(default_factory=dict)  # noon, evening …: branch time


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word to avoid that stands in a reply."""

    rule: str
    say: str
    important: bool


@dataclass(frozen=True, slots=True)
class FoundPromise:
    """Words of a reply that name a time for something; `answer` when the something is an answer."""

    words: str
    time: SpokenTime
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """What stands in one reply, whoever it is for; flows/lint.py decides what of it matters."""

    language: str
    length: int
    words: tuple[FoundWord, ...] = ()
    rules: frozenset[Rule] = frozenset()  # what was found of them; NAME and LENGTH hang on the case
    asks: frozenset[Known] = frozenset()
    names: tuple[str, ...] = ()  # words with a capital letter, as they stand, repeated ones too
    promises: tuple[FoundPromise, ...] = ()
