"""A person at the other end of Telegram, in a test: what they do and what they see. No claims about either."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.control import medium
from bot.sandbox.views import MessageView
from tests.spoken import said

if TYPE_CHECKING:
    from tests.world import World


@dataclass(slots=True)
class Someone:
    """A customer, or one of the staff. Every deed waits until the bot has done what follows from it."""

    world: "World"
    id: int
    name: str
    tapped: int = 0  # buttons under messages; what Telegram itself asks for (START, a link) is none

    # ---- writing

    async def writes(self, text: str = "", **more: Any) -> int:
        """Sends words to the bot; returns the message's id."""
        message_id = await self.world.control.send(self.id, text or None, **more)
        await self.world.settle()
        return message_id

    async def sends(self, kind: str, caption: str = "", **about: Any) -> int:
        """Sends a file: "photo", "voice", "video", "document"; returns the message's id."""
        return await self.writes(caption, medium=medium(kind, b"%d" % self.id, **about))

    async def sends_album(self, *kinds: str, caption: str = "", **more: Any) -> list[int]:
        """Sends several files as one album; the words stand under the first."""
        parts = [
            {"medium": medium(kind, b"%d" % n), "text": caption if n == 0 else None}
            for n, kind in enumerate(kinds)
        ]
        ids = await self.world.control.send_album(self.id, parts, **more)
        await self.world.settle()
        return ids

    async def writes_at_once(self, *texts: str) -> list[int]:
        """A burst: several messages before anybody can answer."""
        ids = await self.world.control.send_burst(self.id, list(texts))
        await self.world.settle()
        return ids

    async def edits(self, message_id: int, text: str, chat: int | None = None) -> None:
        """Changes a message sent before."""
        await self.world.control.edit(self.id, message_id, text, chat=chat)
        await self.world.settle()

    async def forwards(self, text: str) -> int:
        """Sends on what somebody else has written."""
        return await self.writes(text, forward={"sender_user_name": "Мама"})

    async def replies(self, text: str = "", *, to: MessageView | int, **more: Any) -> int:
        """Answers a message of the staff group."""
        target = to if isinstance(to, int) else to.id
        return await self.writes(text, chat=self.world.group, reply_to=target, **more)

    async def replies_with(self, kind: str, *, to: MessageView | int, caption: str = "") -> int:
        """Answers a message of the staff group with a file."""
        return await self.replies(caption, to=to, medium=medium(kind, b"%d" % self.id))

    async def says(self, text: str) -> int:
        """Writes in the staff group."""
        return await self.writes(text, chat=self.world.group)

    # ---- links, buttons, the chat itself

    async def starts(self, payload: str = "") -> None:
        """Opens the chat with the bot, by a deep link or without one."""
        await self.world.control.start(self.id, payload)
        await self.world.settle()

    async def follows(self, link: str) -> None:
        """Opens a t.me link of the bot."""
        await self.world.control.open_link(self.id, link)
        await self.world.settle()

    async def taps(self, label: str, chat: int | None = None) -> str:
        """Taps the newest button whose label begins so; returns what popped up ("" for nothing)."""
        message = await self.world.newest_with(label, chat or self.id)
        return await self.taps_on(message, label, chat=chat)

    async def on_card(self, label: str) -> str:
        """Taps a button in the staff group."""
        return await self.taps(label, chat=self.world.group)

    async def taps_on(self, message: MessageView, label: str, chat: int | None = None) -> str:
        """Taps a button under this very message, even when it has others by now."""
        button = next(
            b for row in message.buttons for b in row if b.text and b.text.startswith(label)
        )
        self.tapped += 1
        if button.data is None:
            return button.url or button.copy_text or ""
        return await self.forges(button.data, message.id, chat=chat)

    async def forges(self, data: str, message_id: int, chat: int | None = None) -> str:
        """Sends callback data as it is, whatever buttons stand there."""
        tap = await self.world.control.tap(self.id, message_id, data=data, chat=chat, stale=True)
        await self.world.settle()
        answer = await self.world.control.tap_answer(tap)
        assert answer.answered, f"{self.name}'s tap of {data} was left without an answer"
        return answer.url or answer.text

    async def presses(self, label: str) -> None:
        """Presses a button of the keyboard under the input field."""
        await self.world.control.press(self.id, label)
        await self.world.settle()

    async def shares_contact(self) -> None:
        """Sends the own telephone."""
        await self.world.control.share_contact(self.id)
        await self.world.settle()

    async def gives_phone(self) -> None:
        """Sends the own telephone unasked, reads what it is for, and sends it again."""
        await self.shares_contact()
        await self.shares_contact()

    async def agrees_to_questions(self) -> None:
        """Presses "yes" under the words about regular questions, wherever they stood."""
        newest = (await self.sees())[-1]
        await self.forges("p|regular_yes|", newest.id)

    async def blocks(self) -> None:
        """Stops the bot."""
        await self.world.control.block(self.id)
        await self.world.settle()

    async def unblocks(self) -> None:
        """Lets the bot in again."""
        await self.world.control.unblock(self.id)
        await self.world.settle()

    # ---- seeing

    async def sees(self) -> list[MessageView]:
        """The messages of the bot that are there to see in the private chat."""
        chat = await self.world.control.chat(self.id)
        return [m for m in chat.messages if m.from_bot]

    async def heard(self) -> list[str]:
        """What the bot has said to this person, in order."""
        return [m.text for m in await self.sees()]

    async def was_told(self) -> list[str]:
        """The same by the keys of the texts; what a person wrote stays as it is."""
        return said(await self.heard(), self.world.app.desk.content)

    async def labels(self) -> list[tuple[str, ...]]:
        """The buttons of each of these messages."""
        return [m.labels for m in await self.sees()]

    async def marks_on(self, *message_ids: int) -> list[tuple[str, ...]]:
        """The reactions of the bot to messages of this person."""
        chat = await self.world.control.chat(self.id)
        found = [chat.message(message_id).reactions for message_id in message_ids]
        return [tuple(e for each in reactions.values() for e in each) for reactions in found]
