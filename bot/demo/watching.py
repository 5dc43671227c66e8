"""What is new in the chats since the last look, and waiting for it. Nothing is done and nothing is printed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.demo.failure import DemoFailed
from bot.demo.story import Words
from bot.sandbox.control import Control
from bot.sandbox.views import ChatView, MessageView

PATIENCE_S: Final = 15.0  # real seconds for one thing to appear; usually it is a tenth of one
_QUIET_S: Final = 0.05
_STORY_LINES: Final = 6

Look = tuple[str, tuple[str, ...], tuple[str, ...]]  # text, buttons, reactions


@dataclass(frozen=True, slots=True)
class News:
    """A message that is new or looks different; `before` is how it looked, None for a new one."""

    chat: str
    message: MessageView
    before: Look | None


class Watch:
    """Remembers how every message of the chats looked; chats by key, in the order they are told."""

    def __init__(self, control: Control, chats: Mapping[str, int], words: Words) -> None:
        self._control, self.chats, self._words = control, chats, words
        self._looks: dict[str, dict[int, Look]] = {key: {} for key in chats}

    async def until(self, chat: str, wanted: str) -> None:
        """Wait for a new or changed message in which `wanted` stands; raises DemoFailed."""
        known = self._looks[chat]

        def seen(view: ChatView) -> bool:
            return any(
                wanted in part
                for message in view.messages
                if (look := look_of(message)) != known.get(message.id)
                for part in (look[0], *look[1], *look[2])
            )

        try:
            await self._control.wait(self.chats[chat], seen, PATIENCE_S)
        except TimeoutError:
            view = await self._control.chat(self.chats[chat])
            said = self._words("not_seen", seconds=PATIENCE_S, chat=view.title, wanted=wanted)
            raise DemoFailed(said, _last_of(view)) from None

    async def quiet(self) -> None:
        """Wait until the bot has called nothing for a moment: what goes together is told together."""
        before = -1
        while (calls := await self._calls()) != before:
            before = calls
            await asyncio.sleep(_QUIET_S)

    async def news(self) -> list[News]:
        """What has changed since the last look; it is known from now on."""
        found: list[News] = []
        for key, chat_id in self.chats.items():
            known = self._looks[key]
            for message in (await self._control.chat(chat_id)).messages:
                look, before = look_of(message), known.get(message.id)
                if look != before:
                    found.append(News(key, message, before))
                    known[message.id] = look
        return found

    async def newest_with(self, chat: str, label: str) -> tuple[MessageView, str]:
        """The newest message with a button that begins so, and the whole label; raises DemoFailed."""
        view = await self._control.chat(self.chats[chat])
        for message in reversed(view.messages):
            for each in message.labels:
                if each.startswith(label):
                    return message, each
        raise DemoFailed(self._words("no_button", chat=view.title, wanted=label), _last_of(view))

    async def newest_card(self, chat: str) -> MessageView:
        """The newest of the bot's messages that has a case's number and buttons."""
        messages = (await self._control.chat(self.chats[chat])).messages
        return next(each for each in reversed(messages) if is_card(each))

    async def newest_link(self, chat: str, part: str) -> str:
        """The newest link with `part` in it; raises DemoFailed."""
        view = await self._control.chat(self.chats[chat])
        links = [word for text in view.texts for word in text.split() if part in word]
        if not links:
            raise DemoFailed(self._words("no_link", chat=view.title, wanted=part), _last_of(view))
        return links[-1]

    async def _calls(self) -> int:
        methods: dict[str, int] = (await self._control.counters())["methods"]
        return sum(count for method, count in methods.items() if method.lower() != "getupdates")


def look_of(message: MessageView) -> Look:
    """What there is to see of a message."""
    reactions = tuple(emoji for each in message.reactions.values() for emoji in each)
    return message.text, message.labels, reactions


def is_card(message: MessageView) -> bool:
    """The card of a case: the bot's, with buttons, and its first line has the number."""
    return message.from_bot and bool(message.buttons) and "№" in message.text.partition("\n")[0]


def _last_of(view: ChatView) -> tuple[str, ...]:
    return tuple(
        f"  {each.sender}: {each.text or each.kind} {list(each.labels) or ''}"
        for each in view.messages[-_STORY_LINES:]
    )
