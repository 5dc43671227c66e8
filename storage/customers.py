"""Customers: who they are and what they want of the bot; their talk is elsewhere."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.events import Sender
from flows.people import Customer, GuestNote, Regular
from storage.codec import dumps, from_ms, loads, to_ms
from storage.statements import Hot
from storage.tables import customers

_SEEN_EVERY_MS: Final = 86_400_000  # a day: not every message costs a write
_MEMORY = (
    "name",
    "username",
    "language",
    "phone",
    "phone_own",
    "phone_wanted_by",
    "questions",
    "told_privacy",
    "blocked_at",
    "asked_at",
    "last_mark",
    "nps_at",
    "invited_at",
    "invitations",
    "asked_unasked",
    "regular",
    "zone",
    "quiet",
    "agreed",
    "claimed_of",
    "notes",
)
_BY_ID: Final = Hot(select(customers).where(customers.c.id == bindparam("id")))
_BY_TG: Final = Hot(select(customers).where(customers.c.tg_id == bindparam("tg_id")))
_BY_PHONE: Final = Hot(
    select(customers)
    .where(
        customers.c.phone == bindparam("phone"), customers.c.phone != "", customers.c.phone_own == 1
    )
    .order_by(customers.c.id.desc())
    .limit(1)
)
_LIVES = customers.c.tg_id > 0  # not forgotten
_SAME_PHONE: Final = Hot(
    select(customers.c.id)
    .where(
        customers.c.phone == bindparam("phone"),
        customers.c.phone != "",
        customers.c.id != bindparam("but"),
        _LIVES,
    )
    .limit(bindparam("limit"))
)
_CLAIMED: Final = Hot(
    select(customers.c.id)
    .where(
        customers.c.claimed_of == bindparam("owner"), customers.c.claimed_of.is_not(None), _LIVES
    )
    .limit(bindparam("limit"))
)
_WITH_PHONE: Final = Hot(
    select(customers.c.tg_id).where(
        customers.c.phone == bindparam("phone"), customers.c.phone != ""
    )
)
_ADD: Final = Hot(
    insert(customers).values(version=1).returning(customers.c.id),
    sets=("tg_id", "name", "username", "language", "seen_at"),
)
_RENAME: Final = Hot(
    update(customers).where(customers.c.id == bindparam("id")),
    sets=("name", "username", "language"),
)
_SEEN: Final = Hot(update(customers).where(customers.c.id == bindparam("id")), sets=("seen_at",))
_SAVE: Final = Hot(
    update(customers)
    .where(customers.c.id == bindparam("id"), customers.c.version == bindparam("expected"))
    .values(version=customers.c.version + 1),
    sets=_MEMORY,
)


def by_id(conn: Connection, customer_id: int) -> Customer | None:
    """The customer with our number."""
    row = _BY_ID.row(conn, id=customer_id)
    return None if row is None else _read(row)


def by_tg(conn: Connection, tg_id: int) -> Customer | None:
    """The customer behind a Telegram user, who is not written down when they are not known."""
    row = _BY_TG.row(conn, tg_id=tg_id)
    return None if row is None else _read(row)


def by_phone(conn: Connection, phone: str) -> Customer | None:
    """The newest customer whose own telephone (E.164) this is; a typed one proves nothing."""
    row = _BY_PHONE.row(conn, phone=phone)
    return None if row is None else _read(row)


def accounts_like(conn: Connection, customer: Customer, limit: int) -> dict[int, str]:
    """Other customers by what they share with this one: "phone", or "visit" that one of the two has claimed."""
    by_phone = _SAME_PHONE.rows(conn, phone=customer.phone, but=customer.id, limit=limit)
    claimed = {row.id for row in _CLAIMED.rows(conn, owner=customer.id, limit=limit)}
    owner = by_id(conn, customer.claimed_of) if customer.claimed_of else None
    if owner is not None and owner.tg_id > 0:
        claimed.add(owner.id)
    return dict.fromkeys(sorted(claimed), "visit") | {row.id: "phone" for row in by_phone}


def tg_ids_of(conn: Connection, phone: str) -> frozenset[int]:
    """Telegram ids of everybody who gave this telephone (E.164)."""
    return frozenset(row.tg_id for row in _WITH_PHONE.rows(conn, phone=phone))


def met(conn: Connection, sender: Sender, now: datetime) -> Customer:
    """The customer behind a Telegram user: new at first sight, with today's name after a change.

    The language stays what it was at first, or what the customer chose.

    `now` (UTC) is when the person was heard of; it is kept to the day, which is what forgetting asks about.
    """
    row = _BY_TG.row(conn, tg_id=sender.tg_id)
    if row is None:
        return _add(conn, sender, now)
    if to_ms(now) - row.seen_at >= _SEEN_EVERY_MS:
        _SEEN.run(conn, id=row.id, seen_at=to_ms(now))
    known = _read(row)
    # Updates without a person's name exist; they say nothing about it.
    name = sender.name or known.name
    language = known.language or sender.language
    if (name, sender.username, language) == (known.name, known.username, known.language):
        return known
    _RENAME.run(conn, id=known.id, name=name, username=sender.username, language=language)
    return replace(known, name=name, username=sender.username, language=language)


def _add(conn: Connection, sender: Sender, now: datetime) -> Customer:
    names = (sender.name, sender.username, sender.language)
    number = _ADD.scalar(
        conn,
        tg_id=sender.tg_id,
        name=sender.name,
        username=sender.username,
        language=sender.language,
        seen_at=to_ms(now),
    )
    return Customer(number, sender.tg_id, *names, version=1)


def save(conn: Connection, customer: Customer) -> bool:
    """Write what changed; False when somebody else has written since `customer` was read."""
    touched = _SAVE.run(
        conn,
        id=customer.id,
        expected=customer.version,
        name=customer.name,
        username=customer.username,
        language=customer.language,
        phone=customer.phone,
        phone_own=int(customer.phone_own),
        phone_wanted_by=customer.phone_wanted_by,
        questions=int(customer.questions),
        told_privacy=int(customer.told_privacy),
        blocked_at=to_ms(customer.blocked_at),
        asked_at=to_ms(customer.asked_at),
        last_mark=customer.last_mark,
        nps_at=to_ms(customer.nps_at),
        invited_at=to_ms(customer.invited_at),
        invitations=int(customer.invitations),
        asked_unasked=customer.asked_unasked,
        regular=customer.regular.value,
        zone=customer.zone,
        quiet=customer.quiet,
        agreed=int(customer.agreed),
        claimed_of=customer.claimed_of,
        notes=_notes_as_text(customer.notes),
    )
    return touched == 1


def _read(row: Any) -> Customer:
    return Customer(
        id=row.id,
        tg_id=row.tg_id,
        name=row.name,
        username=row.username,
        language=row.language,
        phone=row.phone,
        phone_own=bool(row.phone_own),
        phone_wanted_by=row.phone_wanted_by,
        questions=bool(row.questions),
        told_privacy=bool(row.told_privacy),
        blocked_at=from_ms(row.blocked_at),
        asked_at=from_ms(row.asked_at),
        last_mark=row.last_mark,
        nps_at=from_ms(row.nps_at),
        invited_at=from_ms(row.invited_at),
        invitations=bool(row.invitations),
        asked_unasked=row.asked_unasked,
        regular=Regular(row.regular),
        zone=row.zone,
        quiet=row.quiet,
        agreed=bool(row.agreed),
        claimed_of=row.claimed_of,
        notes=_notes(row.notes),
        version=row.version,
    )


def _notes_as_text(notes: tuple[GuestNote, ...]) -> str:
    rows = [(note.number, note.words, note.by, to_ms(note.at)) for note in notes]
    return dumps(rows) if rows else ""


def _notes(text: str) -> tuple[GuestNote, ...]:
    rows = loads(text) if text else ()
    return tuple(GuestNote(number, words, by, from_ms(at)) for number, words, by, at in rows)
