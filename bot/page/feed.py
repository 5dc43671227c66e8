"""News for one open page: what it has not been told yet of chats and sections. No HTTP here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from bot.page.sections import SECTIONS
from bot.page.stage import Stage
from bot.sandbox.chats import Chat
from bot.sandbox.reading import chat_shown
from bot.sandbox.shapes import JsonObject

News = tuple[str, str]  # name of the event, JSON

# What the page draws from `text` and `entities`, and what it has no use for.
_LEFT_OUT: Final = ("html", "edits", "reply_keyboard")


@dataclass(slots=True)
class _Told:
    change: int = -1
    head: str = ""
    messages: dict[int, str] = field(default_factory=dict)


class Feed:
    """Compares what there is with what this page knows; one for each connection."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._sections: dict[str, str] = {}
        self._chats: dict[int, _Told] = {}

    def news(self) -> list[News]:
        """Everything that has changed since it was asked last; the first time everything there is."""
        return [*self._changed_sections(), *self._changed_chats()]

    def _changed_sections(self) -> Iterator[News]:
        for name, section in SECTIONS.items():
            told = json.dumps(section(self._stage), ensure_ascii=False, default=str)
            if self._sections.get(name) != told:
                self._sections[name] = told
                yield name, told

    def _changed_chats(self) -> Iterator[News]:
        world = self._stage.world
        for chat in (*self._stage.bot.private.values(), *world.groups.values()):
            told = self._chats.setdefault(chat.id, _Told())
            if told.change == chat.change:
                continue
            told.change = chat.change
            yield "chat", json.dumps(self._chat(chat, told), ensure_ascii=False)

    def _chat(self, chat: Chat, told: _Told) -> JsonObject:
        shown = chat_shown(self._stage.world, chat)
        changed = []
        for message in shown.pop("messages"):
            # People are told of changed words only, as by Telegram: buttons change silently.
            message["edited"] = any(edit["text"] != message["text"] for edit in message["edits"])
            for name in _LEFT_OUT:
                message.pop(name, None)
            written = json.dumps(message, ensure_ascii=False)
            if told.messages.get(message["id"]) != written:
                told.messages[message["id"]] = written
                changed.append(message)
        return {"id": chat.id, **shown, "messages": changed}
