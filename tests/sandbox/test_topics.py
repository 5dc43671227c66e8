"""Topics of a forum."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import Control
from bot.sandbox.control import ControlError
from bot.sandbox.views import PersonView


@pytest.fixture
async def forum(api: Any, control: Control, lev: PersonView) -> int:
    forum = await control.add_group("Салон", lev.id, forum=True)
    await control.set_bot(forum, "administrator")
    await api.updates()
    return forum


async def test_a_topic_is_created_written_to_and_answered_in(
    api: Any, control: Control, lev: PersonView, forum: int
) -> None:
    topic = await api.ok("createForumTopic", chat_id=forum, name="Случай 17")
    thread = topic["message_thread_id"]
    sent = await api.ok("sendMessage", chat_id=forum, text="Карточка", message_thread_id=thread)
    await control.send(lev.id, "Простите нас", chat=forum, topic=thread)
    created, answered = await api.updates()

    assert (topic["name"], topic["icon_color"]) == ("Случай 17", 7322096)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    assert created["message"]["forum_topic_created"]["name"] == "Случай 17"
    assert answered["message"]["message_thread_id"] == thread
    # What replies to nothing in a topic is shown as a reply to its first message.
    assert answered["message"]["reply_to_message"]["message_id"] == thread


async def test_the_general_topic_is_no_topic(api: Any, forum: int) -> None:
    sent = await api.ok("sendMessage", chat_id=forum, text="x", message_thread_id=1)

    assert "message_thread_id" not in sent


async def test_topics_are_renamed_closed_reopened_and_deleted(
    api: Any, control: Control, lev: PersonView, forum: int
) -> None:
    thread = (await api.ok("createForumTopic", chat_id=forum, name="Случай"))["message_thread_id"]
    place = {"chat_id": forum, "message_thread_id": thread}

    await api.ok("editForumTopic", **place, name="Решён")
    await api.ok("closeForumTopic", **place)
    again = await api.refusal("closeForumTopic", **place)
    dana = await control.add_person("Дана")
    await control.join(dana.id, forum)
    with pytest.raises(ControlError, match="is closed"):
        await control.send(dana.id, "x", chat=forum, topic=thread)
    await api.ok("reopenForumTopic", **place)
    await api.ok("deleteForumTopic", **place)

    assert again == "Bad Request: TOPIC_NOT_MODIFIED"
    assert (
        await api.refusal("sendMessage", **place, text="x")
        == "Bad Request: message thread not found"
    )
    with pytest.raises(ControlError, match="there is no topic"):
        await control.send(lev.id, "x", chat=forum, topic=thread)


async def test_topics_need_a_forum_and_rights(
    api: Any, control: Control, group: int, forum: int
) -> None:
    await control.set_bot(group, "administrator")
    no_forum = await api.refusal("createForumTopic", chat_id=group, name="x")
    await control.set_bot(forum, "member")

    assert no_forum == "Bad Request: the chat is not a forum"
    assert (
        await api.refusal("createForumTopic", chat_id=forum, name="x")
        == "Bad Request: not enough rights to create a topic"
    )
