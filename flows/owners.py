"""Who owns the bot, and how people of the staff are written to about the bot itself."""

from collections.abc import Mapping

from flows.book import Role
from flows.draft import Draft
from flows.effects import Post, Say
from flows.events import TroubleNoticed
from flows.people import Person
from flows.presses import Rows


def top_role(draft: Draft) -> Role:
    """The highest step of authority: the owner's."""
    return draft.facts.content.catalogue.roles[-1]


def owners(draft: Draft) -> tuple[Person, ...]:
    """Active people of the highest role."""
    return draft.facts.with_role(top_role(draft).id)


def write_to(draft: Draft, tg_id: int, text: str, rows: Rows = (), /, **more: object) -> None:
    """Send a text to somebody who is no customer here."""
    draft.do(Say(tg_id, text, draft.words(**more), rows=rows))


def _responsible(draft: Draft) -> tuple[Person, ...]:
    """Whoever owns the bot; without a reachable owner, whoever is the most senior."""
    people = tuple(p for p in owners(draft) if p.reachable)
    senior = draft.facts.most_senior()
    return people or ((senior,) if senior is not None else ())


def tell_owners(draft: Draft, text: str, rows: Rows = (), /, **more: object) -> None:
    """Tell whoever owns the bot; without a reachable owner, whoever is the most senior."""
    for person in _responsible(draft):
        write_to(draft, person.tg_id, text, rows, **more)


def say_to_owners(draft: Draft, text: str, values: Mapping[str, object]) -> None:
    """The same with values that are worked out already."""
    for person in _responsible(draft):
        draft.do(Say(person.tg_id, text, values))


def trouble(draft: Draft, event: TroubleNoticed) -> None:
    """Something the owner has to know; with nobody to tell it stands in the group, so that somebody reads it."""
    values = draft.words(**dict(event.values))
    if draft.facts.reachable():
        for person in _responsible(draft):
            key = f"{event.once}:{person.tg_id}" if event.once else ""
            draft.do(Say(person.tg_id, event.key, values, key=key))
    elif (chat := draft.facts.staff_chats.anywhere) is not None:
        draft.do(Post(chat.chat_id, event.key, values, silent=False))


def is_owner(draft: Draft, person: Person) -> bool:
    """The person has the highest role."""
    return person.active and person.role == top_role(draft).id
