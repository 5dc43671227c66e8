"""Bots by their tokens: profile, people they have met, private chats, queue of updates."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from bot.sandbox.chats import PrivateChat
from bot.sandbox.queue import UpdateQueue
from bot.sandbox.shapes import JsonObject

TOKEN = re.compile(r"(\d{1,16}):[\w-]{20,}", re.ASCII)

UPDATE_TYPES = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "guest_message",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
        "subscription",
        "stopped_message_generation",
    }
)
# What comes to a bot that never said what it wants.
DEFAULT_TYPES = UPDATE_TYPES - {"chat_member", "message_reaction", "message_reaction_count"}


class BotAccount:
    """One bot. Private chats belong to it alone; groups are shared by everybody in them."""

    def __init__(self, token: str, rng: random.Random, moment: Callable[[], int]) -> None:
        self.token = token
        self.id = int(token.partition(":")[0])
        self.name = "Sandbox Bot"
        self.username = f"sandbox_{self.id}_bot"
        self.can_read_all_group_messages = False
        self.queue = UpdateQueue(rng, moment)
        self.allowed: frozenset[str] = DEFAULT_TYPES
        self.webhook: JsonObject | None = None
        self.private: dict[int, PrivateChat] = {}
        # Persons who have opened the chat with the bot, and who keep it blocked.
        self.started: set[int] = set()
        self.blocked: set[int] = set()
        # Persons whose id the bot could know.
        self.met: set[int] = set()
        self.unauthorized = False
        # `(scope, language)` -> commands; `(kind, language)` -> text; chat id (0: all) -> button.
        self.commands: dict[tuple[str, str], list[JsonObject]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int, JsonObject] = {}

    def user(self) -> JsonObject:
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.name,
            "username": self.username,
        }

    def wants(self, update_type: str) -> bool:
        return update_type in self.allowed

    def allow(self, types: list[str] | None) -> None:
        """What `allowed_updates` says: nothing changes for None, an empty list means default."""
        if types is not None:
            self.allowed = frozenset(types) & UPDATE_TYPES or DEFAULT_TYPES
