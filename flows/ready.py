"""Ready phrases: what staff often write, as the owner has them, and which of them can be said right now.

A phrase whose variable is not known at this moment is not offered: nobody has to fill a gap on a busy shift.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

from flows.template import Template, parse_template

FOR_ALL = "all"
NEXT_TIME = "next_update_by"  # a phrase that names it is a promise
# What a phrase may name; all of it stands on the card, or is the business's own.
VARIABLES = (
    "name_c",
    "sorry_for",
    "about",
    "service",
    "master",
    "visit_when",
    "branch",
    "place",
    "brand",
    "agent_name",
    "agent_role",
    "to_team",
    "hours",
    "phone_public",
    NEXT_TIME,
)
_FINE_WITHOUT = ("name_c",)  # the sentence begins with a capital letter instead
_OF_TOPIC = ("sorry_for", "about")  # known only when somebody has said what it is about


@dataclass(frozen=True, slots=True)
class ReadyPhrase:
    """One phrase; its id is made of its words, so that a changed one is not sent by an old button."""

    id: str
    template: Template


Ready = Mapping[str, tuple[ReadyPhrase, ...]]  # by topic, and FOR_ALL


def ready_phrase(words: str) -> ReadyPhrase:
    """The phrase of these words; TemplateError when its brackets do not close."""
    return ReadyPhrase(f"{crc32(words.encode()):08x}", parse_template(words.strip()))


def fitting(ready: Ready, topic: str | None, *, for_all: bool) -> tuple[ReadyPhrase, ...]:
    """Those of the topic, then those for any."""
    own = ready.get(topic, ()) if topic is not None else ()
    return (*own, *(ready.get(FOR_ALL, ()) if for_all else ()))


def can_be_said(phrase: ReadyPhrase, values: Mapping[str, object], *, topic_known: bool) -> bool:
    """Everything that stands outside [[brackets]] is known."""
    return all(
        bool(values.get(name)) and (topic_known or name not in _OF_TOPIC)
        for name in phrase.template.needed
        if name not in _FINE_WITHOUT
    )
