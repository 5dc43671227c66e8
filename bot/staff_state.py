"""Who owns the bot, who works, and how the groups stand, for commands. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Self

from flows.book import Content
from flows.people import Use
from storage.tx import Tx


@dataclass(frozen=True, slots=True)
class OwnerState:
    """One of the owners; `reachable`: can be written to."""

    name: str
    tg_id: int
    reachable: bool


@dataclass(frozen=True, slots=True)
class GroupState:
    """A bound group; `missing` are the rights that the bot lacks there, as it knows them; `use` as in `Use`."""

    chat_id: int
    title: str
    inside: bool
    missing: tuple[str, ...]
    use: str = Use.ALL.value
    branches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffState:
    """`people` work with customers, owners included; `on_shift` of them are reminded now."""

    owners: tuple[OwnerState, ...] = ()
    groups: tuple[GroupState, ...] = ()
    unserved: tuple[str, ...] = ()  # names of open branches whose cards come to no group
    people: int = 0
    on_shift: int = 0
    waiting: int = 0  # asked to join, not decided on

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the socket."""
        return asdict(self)

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Self:
        """Out of `as_json`."""
        return cls(
            owners=tuple(OwnerState(**owner) for owner in said["owners"]),
            groups=tuple(
                GroupState(
                    **group
                    | {"missing": tuple(group["missing"]), "branches": tuple(group["branches"])}
                )
                for group in said["groups"]
            ),
            unserved=tuple(said["unserved"]),
            people=said["people"],
            on_shift=said["on_shift"],
            waiting=said["waiting"],
        )


def group_lines(state: StaffState) -> Iterator[str]:
    """Every group in a line: what it is for, and whether the bot can write there."""
    for group in state.groups:
        named = ", ".join(group.branches)
        meant = {
            Use.ALL.value: "every branch without one of its own",
            Use.BRANCHES.value: named,
            Use.MANAGER.value: "the manager's cases",
        }.get(group.use, "not said yet")
        where = "" if group.inside else "; the bot is not there"
        lacks = f"; lacks {', '.join(group.missing)}" if group.missing and group.inside else ""
        yield f"{group.title} ({meant}){where}{lacks}"
    if not any(group.use in (Use.ALL, Use.BRANCHES) for group in state.groups):
        yield "none is bound"
    elif state.unserved:
        yield f"none for {', '.join(state.unserved)}"


def staff_state(tx: Tx, content: Content) -> StaffState:
    """As the database has it; whose the bot is, and which branches there are, is the content's."""
    roster, chats, owner_role = tx.roster(), tx.staff_chats(), content.catalogue.roles[-1].id
    active = [person for person in roster if person.active]
    return StaffState(
        owners=tuple(
            OwnerState(person.name, person.tg_id, person.reachable)
            for person in active
            if person.role == owner_role
        ),
        groups=tuple(
            GroupState(c.chat_id, c.title, c.inside, c.missing, c.use.value, c.branches)
            for c in chats.chats
        ),
        unserved=tuple(
            branch.name
            for branch in content.business.branches
            if not branch.closed and chats.of_branch(branch.id) is None
        ),
        people=len(active),
        on_shift=sum(1 for person in active if person.on_shift and person.reachable),
        waiting=sum(1 for person in roster if person.state == "asked"),
    )
