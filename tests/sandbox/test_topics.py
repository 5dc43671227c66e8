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


async def test_an_answer_stands_in_the_topic_of_its_question(api: Any, forum: int) -> None:
    thread = (await api.ok("createForumTopic", chat_id=forum, name="Случай"))["message_thread_id"]
    card = await api.ok("sendMessage", chat_id=forum, text="Карточка", message_thread_id=thread)

    below = await api.ok(
        "sendMessage",
        chat_id=forum,
        text="Ниже",
        reply_parameters={"message_id": card["message_id"], "allow_sending_without_reply": True},
    )

    assert (below["message_thread_id"], below["is_topic_message"]) == (thread, True)


async def test_whoever_opened_a_topic_may_change_it_without_the_right(
    api: Any, control: Control, forum: int
) -> None:
    own = (await api.ok("createForumTopic", chat_id=forum, name="Случай"))["message_thread_id"]
    other = await control.open_topic(forum, "Обед")
    await control.set_bot(forum, "administrator", rights={"can_manage_topics": False})

    await api.ok("editForumTopic", chat_id=forum, message_thread_id=own, name="Решён")
    await api.ok("closeForumTopic", chat_id=forum, message_thread_id=own)
    in_closed = await api.ok("sendMessage", chat_id=forum, text="x", message_thread_id=own)
    refused = await api.refusal("closeForumTopic", chat_id=forum, message_thread_id=other)

    assert in_closed["message_thread_id"] == own
    assert refused == "Bad Request: not enough rights to close a topic"


async def test_into_a_closed_topic_of_somebody_else_a_bot_without_the_right_does_not_write(
    api: Any, control: Control, forum: int
) -> None:
    other = await control.open_topic(forum, "Обед")
    await control.close_topic(forum, other)
    await control.set_bot(forum, "administrator", rights={"can_manage_topics": False})

    refused = await api.refusal("sendMessage", chat_id=forum, text="x", message_thread_id=other)

    assert refused == "Bad Request: TOPIC_CLOSED"


async def test_a_topic_is_deleted_by_the_right_to_delete_messages(
    api: Any, control: Control, forum: int
) -> None:
    topic = await control.open_topic(forum, "Обед")
    place = {"chat_id": forum, "message_thread_id": topic}
    await control.set_bot(forum, "administrator", rights={"can_delete_messages": False})
    refused = await api.refusal("deleteForumTopic", **place)
    await control.set_bot(forum, "administrator", rights={})
    await api.ok("deleteForumTopic", **place)

    assert refused == "Bad Request: not enough rights to delete a topic"
    for method in ("closeForumTopic", "deleteForumTopic"):
        assert await api.refusal(method, **place) == "Bad Request: TOPIC_ID_INVALID"


async def test_people_delete_topics_too_and_nobody_is_told(
    api: Any, control: Control, forum: int
) -> None:
    thread = (await api.ok("createForumTopic", chat_id=forum, name="Случай"))["message_thread_id"]
    await api.ok("sendMessage", chat_id=forum, text="Карточка", message_thread_id=thread)
    await api.updates()

    await control.delete_topic(forum, thread)

    chat = await control.chat(forum)
    assert (chat.topics, [m.thread for m in chat.messages]) == ({}, [None])
    assert await api.updates() == []
