"""Who there is and what people do, through the control interface."""

from __future__ import annotations

import base64
from collections.abc import Iterable

from bot.sandbox.control_link import Link
from bot.sandbox.shapes import Json, JsonObject
from bot.sandbox.views import PersonView


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


class Cast(Link):
    """People, bots and groups: who there is."""

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

    async def set_title(self, group: int, title: str) -> None:
        await self.ask("POST", f"groups/{group}/title", {"title": title})

    async def set_forum(self, group: int, *, on: bool) -> None:
        """Switch topics on or off; switched off they are lost."""
        await self.ask("POST", f"groups/{group}/forum", {"on": on})

    async def open_topic(self, group: int, name: str) -> int:
        told = await self.ask("POST", f"groups/{group}/topics", {"name": name})
        return int(told["topic"])

    async def close_topic(self, group: int, topic: int, *, closed: bool = True) -> None:
        """Close a topic, or reopen it."""
        await self.ask("POST", f"groups/{group}/topics", {"topic": topic, "closed": closed})

    async def delete_topic(self, group: int, topic: int) -> None:
        """Delete a topic with everything in it."""
        await self.ask("POST", f"groups/{group}/topics", {"topic": topic, "deleted": True})


class Hands(Link):
    """What people do. `bot` and private chats are those of the one bot meant."""

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
