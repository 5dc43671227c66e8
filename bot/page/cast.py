"""Who plays on the page: customers and staff of a preset, read from YAML. What they do is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

_FILE: Final = Path(__file__).with_name("cast.yaml")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody to be made: `role` is the place in the catalogue's order of roles, None a customer's."""

    name: str
    language: str
    role: int | None = None
    signs: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one business, and what the form of a visit suggests."""

    bot_name: str
    bot_username: str
    group: str
    owner: str
    staff: tuple[Actor, ...]
    customers: tuple[Actor, ...]
    more: tuple[Actor, ...]  # those who come with one click
    services: tuple[str, ...]
    masters: tuple[str, ...]


def read_cast(preset: str) -> Cast:
    """The cast of a preset; one without its own gets the people of all and no suggestions."""
    told: dict[str, Any] = YAML(typ="safe").load(_FILE.read_text(encoding="utf-8"))
    business = told["presets"].get(preset, {})
    both = {**told["everybody"], **business}
    return Cast(
        bot_name=both["bot"]["name"],
        bot_username=both["bot"]["username"],
        group=both["group"],
        owner=both["owner"],
        staff=_actors(both["staff"]),
        customers=_actors(both["customers"]),
        more=_actors(both["more"]),
        services=tuple(both["services"]),
        masters=tuple(both["masters"]),
    )


def _actors(told: list[dict[str, Any]]) -> tuple[Actor, ...]:
    return tuple(Actor(**{"language": "ru", **each}) for each in told)
