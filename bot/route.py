"""A raw update becomes one event, through aiogram's dispatcher. Nothing is sent or decided here."""

from collections.abc import Sequence
from typing import Any, NoReturn, cast

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.base import BaseSession
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import Update, User
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from flows.events import Event
from handlers.routers import build_routers


class UnreadableUpdate(Exception):
    """An update that aiogram cannot read; says where, not what stood there (logs hold no texts)."""


class NobodyHandled(Exception):
    """An update that no handler took, such as one of a type that is new to the Bot API."""


class Route:
    """Updates to events. `me` is the answer of getMe: commands may call the bot by its name."""

    def __init__(self, me: dict[str, Any], routers: Sequence[Router] | None = None) -> None:
        self._bot = _ReadingBot(User.model_validate(me))
        self._dispatcher = Dispatcher(disable_fsm=True, name="route")
        self._dispatcher.include_routers(*(build_routers() if routers is None else routers))

    async def event_of(self, update: dict[str, Any]) -> Event:
        """The event that `update` is; UnreadableUpdate, NobodyHandled, or what a handler raised."""
        parsed = self._parse(update)
        event = await self._dispatcher.feed_update(self._bot, parsed)
        if event is UNHANDLED:
            raise NobodyHandled(f"no handler took an update of type {parsed.event_type}")
        return cast(Event, event)

    @staticmethod
    def chat_of(update: object) -> int:
        """The chat whose order must be kept, 0 when there is none; takes anything, never raises."""
        if not isinstance(update, dict):
            return 0
        for content in update.values():
            if isinstance(content, dict):
                return _chat_id(content) or _chat_id(content.get("message"))
        return 0

    def _parse(self, update: dict[str, Any]) -> Update:
        try:
            parsed = Update.model_validate(update, context={"bot": self._bot})
            # Asked for beforehand, because the dispatcher would print the whole update.
            parsed.event_type  # noqa: B018  a property that raises
        except ValidationError as error:
            raise UnreadableUpdate(_where(error)) from None
        except UpdateTypeLookupError:
            raise NobodyHandled(f"update of an unknown type: {_names(update)}") from None
        return parsed


class _NoNetwork(BaseSession):
    """Refuses every call: a handler sees the update alone."""

    async def make_request(self, *_: Any, **__: Any) -> NoReturn:
        raise RuntimeError("Telegram was called while an update was being read")

    def stream_content(self, *_: Any, **__: Any) -> NoReturn:
        raise RuntimeError("a file was asked for while an update was being read")

    async def close(self) -> None:
        """Nothing was opened."""


class _ReadingBot(Bot):
    """Knows who it is without asking."""

    def __init__(self, me: User) -> None:
        super().__init__(token=f"{me.id}:never-sent", session=_NoNetwork())
        self._known = me

    async def me(self) -> User:
        return self._known


def _chat_id(content: object) -> int:
    chat = content.get("chat") if isinstance(content, dict) else None
    chat_id = chat.get("id") if isinstance(chat, dict) else None
    # 64 bits are what Telegram promises and what the database holds; True is an int in Python.
    if not isinstance(chat_id, int) or isinstance(chat_id, bool):
        return 0
    return chat_id if -(2**63) <= chat_id < 2**63 else 0


def _where(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    places = (
        f"{'.'.join(str(part) for part in fault['loc'])}: {fault['type']}" for fault in faults
    )
    return "unreadable update: " + "; ".join(places)


def _names(update: dict[str, Any]) -> str:
    return ", ".join(sorted(str(name) for name in update if name != "update_id")) or "empty"
