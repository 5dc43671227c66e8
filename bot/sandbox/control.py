"""The client of the control interface: hands and eyes of tests, the demo and crash runs."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

import aiohttp

from bot.sandbox.shapes import Json, JsonObject
from bot.sandbox.views import (
    CallView,
    ChatView,
    MessageView,
    PersonView,
    QueueView,
    TapView,
    moment,
)

# Seconds of real time.
PATIENCE_S = 10.0


class ControlError(Exception):
    """The sandbox says that this cannot be done, and why."""


def medium(
    kind: str,
    content: bytes | None = None,
    *,
    size: int | None = None,
    file_name: str | None = None,
    **about: Json,
) -> JsonObject:
    """A medium to send: `photo`, `voice`, `video`, `document`, `audio`, `animation`, ..."""
    encoded = base64.b64encode(content).decode() if content is not None else None
    return {
        "kind": kind,
        "content_b64": encoded,
        "size": size,
        "file_name": file_name,
        "about": about,
    }


class Control:
    """Talks to a sandbox at `url`, in this process or another. Use it as a context manager.

    Methods raise ControlError for what people cannot do. `bot` is the id of the bot meant, needed
    only where several bots live in one sandbox.
    """

    def __init__(self, url: str, bot: int | None = None) -> None:
        self.url = url.rstrip("/")
        self._bot = bot
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def ask(self, method: str, path: str, body: JsonObject | None = None) -> Json:
        """One request as it is: `await control.ask("GET", "counters")`."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=90))
        sent = None
        if body is not None:
            sent = {name: value for name, value in body.items() if value is not None}
            if self._bot is not None:
                sent.setdefault("bot", self._bot)
        address = f"{self.url}/control/{path}"
        if self._bot is not None and sent is None:
            address += f"{'&' if '?' in path else '?'}bot={self._bot}"
        async with self._session.request(method, address, json=sent) as answer:
            if answer.content_type == "application/octet-stream":
                return await answer.read()
            told = await answer.json()
        if answer.status != 200:
            raise ControlError(told["error"])
        return told

    # Who there is.

    async def add_bot(
        self,
        token: str,
        *,
        name: str | None = None,
        username: str | None = None,
        can_read_all_group_messages: bool | None = None,
    ) -> JsonObject:
        """The bot's `User` object and what it has set of its profile."""
        body = {
            "token": token,
            "name": name,
            "username": username,
            "can_read_all_group_messages": can_read_all_group_messages,
        }
        told: JsonObject = await self.ask("POST", "bots", body)
        return told

    async def add_person(self, first_name: str, **about: str) -> PersonView:
        """`last_name`, `username`, `language_code`, `phone_number` as they should be."""
        return PersonView.read(
            await self.ask("POST", "people", {"first_name": first_name, **about})
        )

    async def add_group(
        self,
        title: str,
        owner: int,
        *,
        kind: str = "supergroup",
        forum: bool = False,
        members: Iterable[int | JsonObject] = (),
    ) -> int:
        """A group's id. A member is an id or `{person, status, anonymous, rights}`."""
        body = {
            "title": title,
            "owner": owner,
            "type": kind,
            "forum": forum,
            "members": list(members),
        }
        told = await self.ask("POST", "groups", body)
        return int(told["id"])

    async def set_member(self, group: int, person: int, **about: Json) -> JsonObject:
        """`status`, `anonymous`, `custom_title`, `rights`, `by`; the `ChatMember` is returned."""
        told: JsonObject = await self.ask(
            "POST", f"groups/{group}/members", {"person": person, **about}
        )
        return told

    async def set_bot(self, group: int, status: str, **about: Json) -> JsonObject:
        """Add, promote or throw out the bot: member, administrator, left, kicked."""
        told: JsonObject = await self.ask(
            "POST", f"groups/{group}/bot", {"status": status, **about}
        )
        return told

    async def migrate(self, group: int) -> int:
        """Turn a basic group into a supergroup; returns the new id."""
        told = await self.ask("POST", f"groups/{group}/migrate", {})
        return int(told["id"])

    async def open_topic(self, group: int, name: str) -> int:
        told = await self.ask("POST", f"groups/{group}/topics", {"name": name})
        return int(told["topic"])

    # What people do.

    async def act(self, person: int, deed: str, **body: Json) -> JsonObject:
        """Any deed by its name, with the fields of its body."""
        told: JsonObject = await self.ask("POST", f"people/{person}/{deed}", body)
        return told

    async def send(
        self, person: int, text: str | None = None, *, chat: int | None = None, **more: Json
    ) -> int:
        """Write, to the bot unless `chat` names a group; returns the message's id.

        More: `html`, `medium`, `contact`, `location`, `poll`, `forward`, `reply_to`, `quote`,
        `topic`.
        """
        told = await self.act(person, "send", text=text, chat=chat, **more)
        return int(told["messages"][0]["message_id"])

    async def send_album(
        self, person: int, parts: list[JsonObject], *, chat: int | None = None, **more: Json
    ) -> list[int]:
        """Parts are `{"medium": medium(...), "text": "caption"}`."""
        told = await self.act(person, "album", parts=parts, chat=chat, **more)
        return [message["message_id"] for message in told["messages"]]

    async def send_burst(
        self, person: int, texts: list[str], *, chat: int | None = None
    ) -> list[int]:
        parts = [{"text": text} for text in texts]
        told = await self.act(person, "burst", parts=parts, chat=chat)
        return [message["message_id"] for message in told["messages"]]

    async def edit(
        self, person: int, message_id: int, text: str, *, chat: int | None = None
    ) -> None:
        await self.act(person, "edit", message_id=message_id, text=text, chat=chat)

    async def delete(self, person: int, message_id: int, *, chat: int | None = None) -> None:
        await self.act(person, "delete", message_id=message_id, chat=chat)

    async def react(
        self, person: int, message_id: int, emoji: str = "", *, chat: int | None = None
    ) -> None:
        """An empty `emoji` takes the reaction away."""
        await self.act(person, "react", message_id=message_id, emoji=emoji, chat=chat)

    async def tap(
        self,
        person: int,
        message_id: int,
        label: str | None = None,
        *,
        data: str | None = None,
        chat: int | None = None,
        **more: Json,
    ) -> str:
        """Tap a button by what stands on it or by its data; returns the tap's id.

        For a link its address comes back, for a text to copy the text. More: `stale` sends `data`
        whatever buttons are there now, `inaccessible` shows the bot no message.
        """
        told = await self.act(
            person, "tap", message_id=message_id, label=label, data=data, chat=chat, **more
        )
        return str(next(iter(told.values())))

    async def press(self, person: int, label: str, *, chat: int | None = None) -> None:
        """Press a button of the reply keyboard; one that asks for the contact shares it."""
        await self.act(person, "press", label=label, chat=chat)

    async def share_contact(self, person: int) -> None:
        await self.act(person, "share_contact")

    async def start(self, person: int, payload: str = "") -> None:
        """Open the chat with the bot and press Start, by a deep link or without one."""
        await self.act(person, "start", payload=payload)

    async def open_link(self, person: int, link: str, *, group: int | None = None) -> None:
        """Open a t.me link of the bot; `startgroup` links need the `group` that is chosen."""
        await self.act(person, "open_link", link=link, chat=group)

    async def block(self, person: int) -> None:
        await self.act(person, "block")

    async def unblock(self, person: int) -> None:
        await self.act(person, "unblock")

    async def deactivate(self, person: int) -> None:
        await self.act(person, "deactivate")

    async def join(self, person: int, group: int) -> None:
        await self.act(person, "join", chat=group)

    async def leave(self, person: int, group: int) -> None:
        await self.act(person, "leave", chat=group)

    # What people see.

    async def chat(self, chat: int) -> ChatView:
        """A chat by its id: a person's for the private one with the bot, a group's."""
        return ChatView.read(await self.ask("GET", f"chats/{chat}"))

    async def wait(
        self,
        chat: int,
        true: Callable[[ChatView], bool],
        timeout: float = PATIENCE_S,  # noqa: ASYNC109 - the wait is the sandbox's, not a cancellation
    ) -> ChatView:
        """The chat as soon as `true(chat)`; raises TimeoutError with what is there instead."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        seen = await self.chat(chat)
        while not true(seen):
            left = deadline - loop.time()
            if left <= 0:
                raise TimeoutError(f"not within {timeout} s in {seen.title}: {_story(seen)}")
            path = f"chats/{chat}/wait?after_change={seen.change}&timeout={left:.3f}"
            seen = ChatView.read(await self.ask("GET", path))
        return seen

    async def wait_for_text(
        self,
        chat: int,
        part: str,
        timeout: float = PATIENCE_S,  # noqa: ASYNC109 - see wait
    ) -> MessageView:
        """The newest message of a bot that holds these words."""

        def said(view: ChatView) -> list[MessageView]:
            return [each for each in view.messages if each.from_bot and part in each.text]

        return said(await self.wait(chat, lambda view: bool(said(view)), timeout))[-1]

    async def tap_answer(self, tap: str, timeout: float = PATIENCE_S) -> TapView:  # noqa: ASYNC109 - see wait
        """The tap once it is answered, or as it is when the time is over."""
        return TapView.read(await self.ask("GET", f"taps/{tap}?timeout={timeout}"))

    async def taps(self, person: int = 0) -> list[TapView]:
        told = await self.ask("GET", f"taps?person={person}")
        return list(map(TapView.read, told["taps"]))

    async def file(self, file_id: str) -> bytes:
        content: bytes = await self.ask("GET", f"files/{file_id}")
        return content

    # The machinery.

    async def now(self) -> datetime:
        """The sandbox's moment, aware, in UTC."""
        return moment(0) + timedelta(milliseconds=(await self.ask("GET", "clock"))["now_ms"])

    async def push_clock(self, delta: timedelta) -> None:
        await self.ask("POST", "clock", {"advance_s": delta.total_seconds()})

    async def add_fault(self, kind: str, method: str = "*", **about: Json) -> int:
        """`chat`, `times` (0 and less: for ever), `probability`, `retry_after`, `seconds`, ..."""
        told = await self.ask("POST", "faults", {"kind": kind, "method": method, **about})
        return int(told["id"])

    async def faults(self) -> list[JsonObject]:
        """The rules with their `hits`."""
        told: list[JsonObject] = (await self.ask("GET", "faults"))["faults"]
        return told

    async def clear_faults(self, fault: int | None = None) -> None:
        await self.ask("DELETE", "faults" if fault is None else f"faults/{fault}")

    async def set_limits(self, *, on: bool) -> None:
        await self.ask("POST", "limits", {"on": on})

    async def go_away(self, how: str = "drop") -> None:
        """Telegram is out of reach: "drop" closes connections, "5xx" answers 502."""
        await self.ask("POST", "away", {"how": how})

    async def come_back(self) -> None:
        await self.ask("POST", "away", {})

    async def queue(self) -> QueueView:
        return QueueView.read(await self.ask("GET", "queue"))

    async def redeliver(self, count: int = 1) -> int:
        """The updates confirmed last come once more; returns how many."""
        return int((await self.ask("POST", "queue/redeliver", {"count": count}))["count"])

    async def inject(self, raw: str) -> int:
        """Put `{"update_id": N, <raw>}` into the queue as it is, readable or not; returns N."""
        return int((await self.ask("POST", "queue/inject", {"raw": raw}))["update_id"])

    async def restart_update_ids(self, next_id: int | None = None) -> int:
        told = await self.ask("POST", "queue/restart_ids", {"next_id": next_id})
        return int(told["next_id"])

    async def set_webhook(self, url: str) -> None:
        """As somebody else with the token would; an empty one takes it away."""
        await self.ask("POST", "webhook", {"url": url})

    async def calls(self, method: str | None = None, after: int = 0) -> list[CallView]:
        """The log of Bot API calls, oldest first; `after` is a call's number."""
        named = f"&method={method}" if method else ""
        told = await self.ask("GET", f"calls?after={after}{named}&limit=100000")
        return list(map(CallView.read, told["calls"]))

    async def counters(self) -> JsonObject:
        """`methods`: calls by method; `outcomes`: by method and outcome."""
        told: JsonObject = await self.ask("GET", "counters")
        return told

    async def complaints(self) -> list[str]:
        """What requests held that the Bot API's schema does not know."""
        told: list[str] = (await self.ask("GET", "complaints"))["complaints"]
        return told

    async def reset(self) -> None:
        await self.ask("POST", "reset", {})


def _story(chat: ChatView) -> str:
    lines = [
        f"{each.sender}: {each.text or each.kind} {list(each.labels)}" for each in chat.messages
    ]
    return "\n".join(["", *lines[-8:]])
