"""Who owns the bot, who works, and how the group stands, for commands. Nothing is judged here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self

from storage.tx import Tx


@dataclass(frozen=True, slots=True)
class OwnerState:
    """One of the owners; `reachable`: can be written to."""

    name: str
    tg_id: int
    reachable: bool


@dataclass(frozen=True, slots=True)
class GroupState:
    """The bound group; `missing` are the rights that the bot lacks there, as it knows them."""

    chat_id: int
    title: str
    inside: bool
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaffState:
    """`people` work with customers, owners included; `on_shift` of them are reminded now."""

    owners: tuple[OwnerState, ...] = ()
    group: GroupState | None = None
    people: int = 0
    on_shift: int = 0
    waiting: int = 0  # asked to join, not decided on

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the socket."""
        return asdict(self)

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Self:
        """Out of `as_json`."""
        group = said["group"]
        return cls(
            owners=tuple(OwnerState(**owner) for owner in said["owners"]),
            group=GroupState(**{**group, "missing": tuple(group["missing"])}) if group else None,
            people=said["people"],
            on_shift=said["on_shift"],
            waiting=said["waiting"],
        )


def staff_state(tx: Tx, owner_role: str) -> StaffState:
    """As the database has it."""
    roster, chat = tx.roster(), tx.staff_chat()
    active = [person for person in roster if person.active]
    return StaffState(
        owners=tuple(
            OwnerState(person.name, person.tg_id, person.reachable)
            for person in active
            if person.role == owner_role
        ),
        group=GroupState(chat.chat_id, chat.title, chat.inside, chat.missing) if chat else None,
        people=len(active),
        on_shift=sum(1 for person in active if person.on_shift and person.reachable),
        waiting=sum(1 for person in roster if person.state == "asked"),
    )
