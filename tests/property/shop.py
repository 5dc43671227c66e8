"""The product without its network, in one thread: raw updates in, calls out, over a real database; time is pushed.

What reads an update, gathers, decides, writes, claims and settles is the product's own. No claims are made here.
"""

import asyncio
import itertools
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from bot.cards import CardCall
from bot.claiming import Claiming, Ready
from bot.content import Books
from bot.desk import Desk, Rules
from bot.limits import Limits
from bot.outcomes import Outcome, settle_call, settle_card
from bot.refusals import Answer, Blocked, Delivered
from bot.reply_reader import ReplyReader
from bot.route import Route
from bot.turn import happen
from flows.engine import advance
from flows.events import Event
from flows.facts import Tokens
from flows.people import Person, PersonState, StaffChat
from storage import cards, outbox, timers
from storage.tx import Tx
from tests.content.salon import salon
from tests.databases import new_database

GROUP: Final = -1001000
ELSEWHERE: Final = -1002000  # a group that is none of ours
NOON: Final = datetime.fromisoformat("2026-11-20T09:00:00+00:00")  # Friday, 12:00 in the salon
ME: Final = {"id": 424242, "is_bot": True, "first_name": "Забота", "username": "lana_bot"}
WAITED: Final = "Ждала сорок минут"
_AT_ONCE: Final = 50
_MOST_STOPS: Final = 2000


@dataclass(slots=True)
class Message:
    """One message of the bot in a chat."""

    id: int
    params: dict[str, Any]

    @property
    def text(self) -> str:
        return str(self.params.get("text") or self.params.get("caption") or "")

    @property
    def data(self) -> list[str]:
        """Callback data of its buttons."""
        rows = (self.params.get("reply_markup") or {}).get("inline_keyboard", [])
        return [b["callback_data"] for row in rows for b in row if "callback_data" in b]


@dataclass(slots=True)
class Shop:
    """A salon with its chats; `now` is UTC."""

    conn: Connection
    desk: Desk
    route: Route
    loop: asyncio.AbstractEventLoop
    now: datetime = NOON
    chats: dict[int, list[Message]] = field(default_factory=dict)
    toasts: dict[str, str] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    _limits: Limits = field(default_factory=lambda: Limits(enabled=False))
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1000))
    _claiming: Claiming | None = None

    @property
    def tx(self) -> Tx:
        return Tx(self.conn, self.now)

    # ---- what people do

    def writes(self, person: Person, chat: int, text: str, *, to: int | None = None) -> None:
        """Words in a chat, perhaps as a reply to a message of the bot."""
        message = {**self._message(chat), "from": _user(person), "text": text}
        if to is not None:
            message["reply_to_message"] = {**self._message(chat, to), "from": ME, "text": "…"}
        self.update({"message": message})

    def taps(self, person: Person, chat: int, message_id: int, data: str) -> str:
        """Sends callback data, whatever stands there; the id of the tap."""
        tap = f"tap-{next(self._numbers)}"
        query = {"id": tap, "from": _user(person), "chat_instance": "1", "data": data}
        self.update({"callback_query": {**query, "message": self._message(chat, message_id)}})
        return tap

    def update(self, content: dict[str, Any]) -> None:
        """Telegram tells something; what follows from it goes out at once."""
        update = {"update_id": next(self._numbers), **content}
        self.happens(self.loop.run_until_complete(self._read(update)))

    async def _read(self, update: dict[str, Any]) -> Event:
        return await ReplyReader(self.desk).read(await self.route.event_of(update))

    def happens(self, event: Event) -> None:
        """One event in its turn, and the calls that may go now."""
        happen(self.tx, event, self.now, self.desk)
        self._send()

    def _message(self, chat: int, message_id: int | None = None) -> dict[str, Any]:
        kind = "private" if chat > 0 else "supergroup"
        about: dict[str, Any] = {"id": chat, "type": kind}
        about |= {"title": "Смена"} if chat < 0 else {"first_name": "?"}
        number = next(self._numbers) if message_id is None else message_id
        return {"message_id": number, "date": int(self.now.timestamp()), "chat": about}

    # ---- time

    def passes(self, **span: float) -> None:
        """Time passes; timers fire and letters leave on the way, each at its moment."""
        target = self.now + timedelta(**span)
        for _ in range(_MOST_STOPS):
            due = self._next_due()
            if due is None or due > target:
                break
            self.now = max(self.now, due)
            self._fire()
            self._send()
        else:
            raise AssertionError("something falls due again and again")
        self.now = target

    def _next_due(self) -> datetime | None:
        found = (
            timers.next_due(self.conn),
            outbox.next_due(self.conn, self.now),
            cards.next_due(self.conn, self.now),
        )
        known = [ms for ms in found if ms is not None]
        return datetime.fromtimestamp(min(known) / 1000, self.now.tzinfo) if known else None

    def _fire(self) -> None:
        for row in timers.due(self.conn, self.now, _AT_ONCE):
            if self.tx.claim_timer(row.key, row.wait):
                happen(self.tx, row, self.now, self.desk)

    # ---- Telegram, which takes everything

    def _send(self) -> None:
        claiming = self._claiming = self._claiming or Claiming(self._limits, self.desk)
        while ready := claiming.claim(self.conn, _AT_ONCE, self.now).ready:
            for what in ready:
                outcome = Outcome(self.conn, self.tx, self.now, self.desk, self._limits)
                if isinstance(what, CardCall):
                    settle_card(outcome, what, self._taken(what))
                else:
                    settle_call(outcome, what, self._taken(what))

    def _taken(self, what: Ready) -> Answer:
        if isinstance(what, CardCall):
            return self._shown(what.card.chat_id, what.call.method, what.call.params)
        if what.method == "answerCallbackQuery":
            tap = str(what.params["callback_query_id"])
            assert tap not in self.toasts, "a tap was answered twice"
            self.toasts[tap] = str(what.params.get("text", ""))
        return self._shown(what.chat_id, what.method, what.params)

    def _shown(self, chat: int, method: str, params: Mapping[str, Any]) -> Answer:
        if chat in self.blocked and chat > 0:
            return Blocked("blocked")
        there = self.chats.setdefault(chat, [])
        if method == "sendMediaGroup":
            return Delivered([{"message_id": next(self._numbers)} for _ in params["media"]])
        if method.startswith("send"):
            there.append(Message(next(self._numbers), dict(params)))
            return Delivered({"message_id": there[-1].id})
        if method == "deleteMessage":
            there[:] = [m for m in there if m.id != params["message_id"]]
        elif method.startswith("editMessage"):
            for message in there:
                if message.id == params["message_id"]:
                    message.params = {**message.params, **params}
        return Delivered(True)


def _user(person: Person) -> dict[str, Any]:
    return {"id": person.tg_id, "is_bot": False, "first_name": person.name, "language_code": "ru"}


# ---- the people ---------------------------------------------------------------------------------


class Somebody(Person):
    """Shown by the name, so that a story that fails can be read."""

    __slots__ = ()

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        """As hypothesis tells what somebody did."""
        printer.text(self.name)


STAFF: Final = (
    Somebody(1, 101, "Лев", role="owner", state=PersonState.APPROVED, on_shift=False),
    Somebody(2, 102, "Рамиля", role="manager", state=PersonState.APPROVED, title="управляющая"),
    Somebody(3, 103, "Гузель", role="administrator", state=PersonState.APPROVED),
    Somebody(4, 104, "Айгуль", role="administrator", state=PersonState.APPROVED),
)
STRANGER: Final = Somebody(0, 199, "Кто-то")
CUSTOMERS: Final = (
    Somebody(0, 201, "Анна"),
    Somebody(0, 202, "Дана"),
    Somebody(0, 203, "Марина"),
    replace(STAFF[3], name="Айгуль"),  # of the staff, and a guest as well
)


@contextmanager
def opened_shop(rules: Rules = advance) -> Iterator[Shop]:
    """A staffed salon in which nothing has happened; `rules` decide."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    loop = asyncio.new_event_loop()
    codes, content = itertools.count(1), salon()
    with engine.connect() as conn:
        raw: Any = conn.connection.dbapi_connection
        _empty().backup(raw)
        desk = Desk(
            content,
            Books(content.book),
            Tokens("own", "join", "group"),
            "lana_bot",
            code=lambda: f"CODE-{next(codes)}",
            rules=rules,
        )
        shop = Shop(conn, desk, _route(), loop)
        for person in STAFF:
            shop.tx.save_person(person)
        shop.tx.save_staff_chat(StaffChat(GROUP, "Лана: смена", inside=True))
        try:
            yield shop
        finally:
            conn.rollback()
            loop.close()
    engine.dispose()


@cache
def _route() -> Route:
    return Route(ME)


@cache
def _empty() -> sqlite3.Connection:
    """A database at head, in memory."""
    memory = sqlite3.connect(":memory:")
    with tempfile.TemporaryDirectory() as folder:
        path: Path = new_database(Path(folder))
        with closing(sqlite3.connect(path)) as source:
            source.backup(memory)
    return memory
