"""Chats: messages in order, members, topics. Who may do what in them lives with the methods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.bell import Bell
from bot.sandbox.members import Member
from bot.sandbox.messages import StoredMessage
from bot.sandbox.people import Person
from bot.sandbox.shapes import JsonObject

GENERAL_TOPIC = 1


@dataclass(slots=True)
class Topic:
    id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str = ""
    closed: bool = False
    creator: int = 0  # the account that opened it: it may change it without any right


class Chat:
    """What private chats and groups have in common."""

    def __init__(self, chat_id: int, next_message_id: Callable[[], int]) -> None:
        self.id = chat_id
        # Told of every change beside the bell, for those who watch all chats at once.
        self.on_change: Callable[[], None] = lambda: None
        self.messages: dict[int, StoredMessage] = {}
        self.pinned: list[int] = []
        # Grows with everything that a person could see happen here.
        self.change = 0
        self.bell = Bell()
        self.next_message_id = next_message_id
        # The reply keyboard that people see under the input field now.
        self.keyboard: JsonObject | None = None

    @property
    def private(self) -> bool:
        return self.id > 0

    def shown(self) -> JsonObject:
        """The `Chat` object."""
        raise NotImplementedError

    def keep(self, message: StoredMessage) -> None:
        self.messages[message.id] = message
        if message.keyboard is not None:
            self.keyboard = None if "remove_keyboard" in message.keyboard else message.keyboard
        self.changed()

    def find(self, message_id: int) -> StoredMessage | None:
        """A message that is still there."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message

    def changed(self) -> None:
        self.change += 1
        self.bell.ring()
        self.on_change()


class PrivateChat(Chat):
    """One person with one bot."""

    def __init__(self, person: Person, next_message_id: Callable[[], int]) -> None:
        super().__init__(person.id, next_message_id)
        self.person = person

    def shown(self) -> JsonObject:
        return self.person.chat()


class Group(Chat):
    """A basic group or a supergroup. Members are kept after they leave."""

    def __init__(
        self,
        chat_id: int,
        next_message_id: Callable[[], int],
        *,
        title: str,
        supergroup: bool,
        forum: bool = False,
        username: str = "",
    ) -> None:
        super().__init__(chat_id, next_message_id)
        self.title = title
        self.supergroup = supergroup
        self.forum = forum
        self.username = username
        self.members: dict[int, Member] = {}
        self.topics: dict[int, Topic] = {}
        self.migrated_to: int | None = None
        self.migrated_from: int | None = None
        self.invite_link = ""

    @property
    def word(self) -> str:
        """How refusals call it."""
        return "supergroup" if self.supergroup else "group"

    def shown(self) -> JsonObject:
        shown: JsonObject = {"id": self.id, "title": self.title}
        if self.username:
            shown["username"] = self.username
        if self.forum:
            shown["is_forum"] = True
        shown["type"] = self.word
        return shown

    def member(self, account: int) -> Member:
        return self.members.get(account, Member("left"))

    def present(self) -> list[int]:
        return [account for account, member in self.members.items() if member.present]
