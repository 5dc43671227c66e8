"""The story of the demo, read from its YAML: who does what, and what is to be seen then. Nothing is played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from typing import Any, Final, Literal

from ruamel.yaml import YAML

STORY: Final = Path(__file__).with_name("story_ru.yaml")
GROUP: Final = "group"

Verb = Literal["opens", "joins", "writes", "replies", "taps", "clock"]
_VERBS: Final[tuple[Verb, ...]] = ("opens", "joins", "writes", "replies", "taps", "clock")


@dataclass(frozen=True, slots=True)
class Beat:
    """One deed of a person, or a push of the clock (`verb` is "clock", `who` is empty)."""

    who: str
    verb: Verb
    what: str
    chat: str  # key of a person (the private chat with the bot) or GROUP
    photo: str
    says: str
    sees: Mapping[str, tuple[str, ...]]  # chat -> what is to appear there


@dataclass(frozen=True, slots=True)
class Scene:
    """Beats under one heading; `backstage` ones are played unseen."""

    title: str
    about: str
    backstage: bool
    beats: tuple[Beat, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What the transcript says beside the story's own people."""

    said: Mapping[str, str]
    weekdays: tuple[str, ...]

    def __call__(self, key: str, **values: object) -> str:
        return self.said[key].format(**values)


@dataclass(frozen=True, slots=True)
class Story:
    """People by key, the customer first; the story begins on a weekday (0: Monday) at a local time."""

    preset: str
    title: str
    intro: str
    weekday: int
    begins: time
    zone: str
    bot_name: str
    bot_username: str
    group_title: str
    group_owner: str
    people: Mapping[str, str]
    scenes: tuple[Scene, ...]
    words: Words = field(repr=False)

    @property
    def customer(self) -> str:
        return next(iter(self.people))


def read_story(path: Path = STORY) -> Story:
    """The story of a file; raises KeyError where something is missing in it."""
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    words = dict(data["words"])
    return Story(
        preset=data["preset"],
        title=data["title"],
        intro=data["intro"].strip(),
        weekday=data["begins"]["weekday"],
        begins=time.fromisoformat(data["begins"]["time"]),
        zone=data["begins"]["zone"],
        bot_name=data["bot"]["name"],
        bot_username=data["bot"]["username"],
        group_title=data["group"]["title"],
        group_owner=data["group"]["owner"],
        people=data["people"],
        scenes=tuple(map(_scene, data["scenes"])),
        words=Words(weekdays=tuple(words.pop("weekdays")), said=words),
    )


def moved_by(clock: str) -> timedelta | tuple[int, time]:
    """`11s` as a span; `+2 12:06` as days from the story's first day and a local time."""
    if not clock.startswith("+"):
        return timedelta(seconds=float(clock.removesuffix("s")))
    days, _, at = clock.partition(" ")
    return int(days), time.fromisoformat(at)


def _scene(data: dict[str, Any]) -> Scene:
    return Scene(
        title=data.get("title", ""),
        about=data.get("about", "").strip(),
        backstage=bool(data.get("backstage")),
        beats=tuple(map(_beat, data["beats"])),
    )


def _beat(data: dict[str, Any]) -> Beat:
    verb = next(verb for verb in _VERBS if verb in data)
    who = data.get("who", "")
    in_group = verb in ("replies", "joins") or data.get("in") == GROUP
    return Beat(
        who=who,
        verb=verb,
        what=str(data[verb]),
        chat=GROUP if in_group else who,
        photo=data.get("photo", ""),
        says=data.get("says", ""),
        sees={chat: _several(seen) for chat, seen in data.get("sees", {}).items()},
    )


def _several(seen: str | list[str]) -> tuple[str, ...]:
    return (seen,) if isinstance(seen, str) else tuple(seen)
