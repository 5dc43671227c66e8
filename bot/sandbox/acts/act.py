"""One deed of a person: who, with which bot, in which chat, and why it may be impossible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.sandbox.bots import BotAccount
from bot.sandbox.chats import Chat, Group
from bot.sandbox.messages import StoredMessage
from bot.sandbox.people import Person
from bot.sandbox.shapes import Json, JsonObject
from bot.sandbox.world import World


class Impossible(Exception):
    """A person cannot do this in Telegram; the sentence says why."""


@dataclass(slots=True)
class Act:
    world: World
    bot: BotAccount
    person: Person
    body: JsonObject

    def get(self, name: str) -> Json:
        return self.body.get(name)

    def chat(self) -> Chat:
        """The chat named in the body, else the private one with the bot; raises Impossible."""
        wanted = self.get("chat")
        if wanted is None or wanted == self.person.id:
            return self.world.private_chat(self.bot, self.person)
        if wanted not in self.world.groups:
            raise Impossible(f"there is no group {wanted}")
        return self.world.groups[wanted]

    def chat_to_write(self) -> Chat:
        """The chat if the person may write there; writing to a bot begins the chat with it."""
        chat = self.chat()
        if self.person.deactivated:
            raise Impossible("the account is deactivated")
        if isinstance(chat, Group):
            if chat.migrated_to is not None:
                raise Impossible(f"the group has become the supergroup {chat.migrated_to}")
            member = chat.member(self.person.id)
            if not member.present or not member.may_send("can_send_messages"):
                raise Impossible(f"{self.person.title()} may not write in {chat.title}")
        elif self.person.id in self.bot.blocked:
            raise Impossible(f"{self.person.title()} has blocked the bot")
        else:
            self.bot.started.add(self.person.id)
            self.bot.met.add(self.person.id)
        return chat

    def message(self, chat: Chat) -> StoredMessage:
        """The message named by `message_id`; raises Impossible."""
        message = chat.find(self.body["message_id"])
        if message is None:
            raise Impossible(f"there is no message {self.body['message_id']} in {chat.id}")
        return message


Deed: TypeAlias = Callable[[Act], JsonObject]
