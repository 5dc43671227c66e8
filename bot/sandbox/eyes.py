"""What people see, through the control interface; waiting for it without polling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.sandbox.control_link import Link
from bot.sandbox.views import ChatView, MessageView, TapView

# Seconds of real time.
PATIENCE_S = 10.0


class Eyes(Link):
    """Chats, answers to taps, files."""

    async def chat(self, chat: int, after_id: int = 0) -> ChatView:
        """A chat by its id: a person's for the private one with the bot, a group's.

        `after_id` leaves out the messages up to that one: long chats are read faster so.
        """
        return ChatView.read(await self.ask("GET", f"chats/{chat}?after_id={after_id}"))

    async def wait(
        self,
        chat: int,
        true: Callable[[ChatView], bool],
        timeout: float = PATIENCE_S,  # noqa: ASYNC109 - the wait is the sandbox's, not a cancellation
        after_id: int = 0,
    ) -> ChatView:
        """The chat as soon as `true(chat)`; raises TimeoutError with what is there instead."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        seen = await self.chat(chat, after_id)
        while not true(seen):
            left = deadline - loop.time()
            if left <= 0:
                raise TimeoutError(f"not within {timeout} s in {seen.title}: {_story(seen)}")
            path = f"chats/{chat}/wait?after_change={seen.change}&timeout={left:.3f}"
            seen = ChatView.read(await self.ask("GET", f"{path}&after_id={after_id}"))
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


def _story(chat: ChatView) -> str:
    lines = [
        f"{each.sender}: {each.text or each.kind} {list(each.labels)}" for each in chat.messages
    ]
    return "\n".join(["", *lines[-8:]])
