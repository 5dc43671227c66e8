"""Every wording of Telegram that the bot acts on, and what it is taken for."""

from __future__ import annotations

import json

import pytest

from bot.refusals import (
    Answer,
    Blocked,
    Conflicted,
    Delivered,
    Expelled,
    Gone,
    Migrated,
    NotModified,
    Refused,
    Stale,
    Unauthorized,
    Unreachable,
    Wait,
    read_answer,
)

_PERSON, _GROUP = 7001, -1001234567890

_ANYWHERE: list[tuple[int, str, Answer]] = [
    (
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are"
        " exactly the same as a current content and reply markup of the message",
        NotModified(),
    ),
    (400, "Bad Request: MESSAGE_NOT_MODIFIED", NotModified()),
    (400, "Bad Request: message to edit not found", Gone()),
    (400, "Bad Request: message to delete not found", Gone()),
    (400, "Bad Request: message to react not found", Gone()),
    (400, "Bad Request: message to pin not found", Gone()),
    (400, "Bad Request: message to copy not found", Gone()),
    (400, "Bad Request: messages to delete not found", Gone()),
    (400, "Bad Request: message not found", Gone()),
    (400, "Bad Request: message with poll to stop not found", Gone()),
    (400, "Bad Request: message can't be edited", Gone()),
    (400, "Bad Request: message can't be deleted", Gone()),
    (400, "Bad Request: message can't be deleted for everyone", Gone()),
    (400, "Bad Request: MESSAGE_ID_INVALID", Gone()),
    (403, "Forbidden: MESSAGE_DELETE_FORBIDDEN", Gone()),
    (400, "Bad Request: MESSAGE_EDIT_TIME_EXPIRED", Gone()),
    (403, "Forbidden: MESSAGE_AUTHOR_REQUIRED", Gone()),
    (400, "Bad Request: message to be replied not found", Gone("reply")),
    (400, "Bad Request: replied message not found", Gone("reply")),
    (400, "Bad Request: reply message not found", Gone("reply")),
    (400, "Bad Request: REPLY_MESSAGE_ID_INVALID", Gone("reply")),
    (400, "Bad Request: message thread not found", Gone("topic")),
    (400, "Bad Request: TOPIC_CLOSED", Gone("topic")),
    (400, "Bad Request: TOPIC_DELETED", Gone("topic")),
    (400, "Bad Request: the chat is not a forum", Gone("topic")),
    (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        Stale(),
    ),
    (
        400,
        "Bad Request: query is too old and response timeout expired or query id is invalid",
        Stale(),
    ),
    (400, "Bad Request: QUERY_ID_INVALID", Stale()),
    (401, "Unauthorized", Unauthorized()),
    (401, "Unauthorized: invalid token specified", Unauthorized()),
    (401, "Unauthorized: invalid api-id/api-hash", Unauthorized()),
    (400, "Logged out", Unauthorized()),
    (421, "Misdirected Request: unallowed token specified", Unauthorized()),
    (404, "Not Found", Unauthorized()),
    (404, "Not Found: method not found", Refused(404, "Not Found: method not found")),
    (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is"
        " running",
        Conflicted("poller"),
    ),
    (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete"
        " the webhook first",
        Conflicted("webhook"),
    ),
    (409, "Conflict: terminated by setWebhook request", Conflicted("webhook")),
    (
        500,
        "Internal Server Error: sent message was immediately deleted and can't be returned",
        Unreachable(
            "500 Internal Server Error: sent message was immediately deleted and can't be returned",
            may_have_arrived=True,
        ),
    ),
    (
        500,
        "Internal Server Error: restart",
        Unreachable("500 Internal Server Error: restart", may_have_arrived=True),
    ),
    (502, "Bad Gateway", Unreachable("502 Bad Gateway", may_have_arrived=True)),
]

_IN_PRIVATE: list[tuple[int, str, Answer]] = [
    (403, "Forbidden: bot was blocked by the user", Blocked("blocked")),
    (400, "Bad Request: USER_IS_BLOCKED", Blocked("blocked")),
    (403, "Forbidden: user is deactivated", Blocked("deactivated")),
    (400, "Bad Request: INPUT_USER_DEACTIVATED", Blocked("deactivated")),
    (403, "Forbidden: USER_DELETED", Blocked("deactivated")),
    (403, "Forbidden: bot can't initiate conversation with a user", Blocked("never_started")),
    (401, "Unauthorized: bot can't initiate conversation with a user", Blocked("never_started")),
    (400, "Bad Request: chat not found", Blocked("never_started")),
    (400, "Bad Request: private chat not found", Blocked("never_started")),
    (400, "Bad Request: PEER_ID_INVALID", Blocked("never_started")),
    (400, "Bad Request: have no write access to the chat", Blocked("never_started")),
    (403, "Forbidden: the bot can't send messages to the bot", Blocked("is_bot")),
    (403, "Forbidden: bot can't send messages to bots", Blocked("is_bot")),
]

_IN_A_GROUP: list[tuple[int, str, Answer]] = [
    (403, "Forbidden: bot was kicked from the group chat", Expelled("kicked")),
    (403, "Forbidden: bot was kicked from the supergroup chat", Expelled("kicked")),
    (403, "Forbidden: bot was kicked from the channel chat", Expelled("kicked")),
    (403, "Forbidden: bot is not a member of the group chat", Expelled("left")),
    (403, "Forbidden: bot is not a member of the supergroup chat", Expelled("left")),
    (400, "Bad Request: CHANNEL_PRIVATE", Expelled("left")),
    (403, "Forbidden: the group chat was deleted", Expelled("deleted")),
    (400, "Bad Request: group is deactivated", Expelled("deleted")),
    (400, "Bad Request: chat not found", Expelled("not_found")),
    (400, "Bad Request: PEER_ID_INVALID", Expelled("not_found")),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN", Expelled("no_rights")),
    (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", Expelled("no_rights")),
    (400, "Bad Request: CHAT_GUEST_SEND_FORBIDDEN", Expelled("no_rights")),
    (400, "Bad Request: CHAT_RESTRICTED", Expelled("no_rights")),
    (400, "Bad Request: have no rights to send a message", Expelled("no_rights")),
    (400, "Bad Request: have no write access to the chat", Expelled("no_rights")),
    (
        400,
        "Bad Request: not enough rights to send text messages to the chat",
        Expelled("no_rights"),
    ),
    (400, "Bad Request: not enough rights to send photos to the chat", Expelled("no_rights")),
    (400, "Bad Request: need administrator rights in the channel chat", Expelled("no_rights")),
]

_FINAL = [
    (400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag b"),
    (400, "Bad Request: message text is empty"),
    (400, "Bad Request: message is too long"),
    (400, "Bad Request: BUTTON_DATA_INVALID"),
    (400, "Bad Request: there is no text in the message to edit"),
    (400, "Bad Request: not enough rights to manage pinned messages in the chat"),
    (400, "Bad Request: user not found"),
    (400, "Bad Request: VOICE_MESSAGES_FORBIDDEN"),
    (413, "Request Entity Too Large"),
]


def _no(code: int, description: str, **parameters: int) -> bytes:
    said: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    return json.dumps(said | ({"parameters": parameters} if parameters else {})).encode()


@pytest.mark.parametrize("chat_id", [_PERSON, _GROUP])
@pytest.mark.parametrize(("code", "description", "meaning"), _ANYWHERE)
def test_a_wording_means_the_same_in_every_chat(
    code: int, description: str, meaning: Answer, chat_id: int
) -> None:
    assert read_answer(code, _no(code, description), chat_id) == meaning


@pytest.mark.parametrize(("code", "description", "meaning"), _IN_PRIVATE)
def test_a_person_who_cannot_be_written_to_is_told_apart(
    code: int, description: str, meaning: Answer
) -> None:
    assert read_answer(code, _no(code, description), _PERSON) == meaning


@pytest.mark.parametrize(("code", "description", "meaning"), _IN_A_GROUP)
def test_a_group_that_cannot_be_written_to_is_told_apart(
    code: int, description: str, meaning: Answer
) -> None:
    assert read_answer(code, _no(code, description), _GROUP) == meaning


@pytest.mark.parametrize(("code", "description"), _FINAL)
def test_any_other_no_is_final(code: int, description: str) -> None:
    assert read_answer(code, _no(code, description), _GROUP) == Refused(code, description)


def test_a_migrated_group_names_its_new_id() -> None:
    said = _no(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        migrate_to_chat_id=-1009876543210,
    )

    assert read_answer(400, said, -42) == Migrated(-1009876543210)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (_no(429, "Too Many Requests: retry after 17", retry_after=17), 17.0),
        (_no(429, "Too Many Requests: retry after 17"), 17.0),
        (_no(429, "Too Many Requests"), 1.0),
    ],
)
def test_too_many_requests_says_how_long_to_wait(said: bytes, seconds: float) -> None:
    assert read_answer(429, said, _GROUP) == Wait(seconds)


def test_a_wait_is_read_from_the_header_when_the_body_is_no_json() -> None:
    assert read_answer(429, b"<html>", _GROUP, {"Retry-After": "5"}) == Wait(5.0)


def test_what_was_done_gives_its_raw_result() -> None:
    assert read_answer(200, b'{"ok":true,"result":{"message_id":5}}') == Delivered(
        {"message_id": 5}
    )


@pytest.mark.parametrize("said", [b"", b"<html>", b'{"ok":tr', b"[1]", b"\xff\xfe"])
def test_an_answer_that_does_not_parse_counts_as_sent(said: bytes) -> None:
    assert read_answer(200, said) == Delivered(None)


def test_a_no_under_a_fine_status_is_still_a_no() -> None:
    assert read_answer(200, _no(403, "Forbidden: bot was blocked by the user"), _PERSON) == (
        Blocked("blocked")
    )


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (302, Unreachable("HTTP 302 without a readable answer", may_have_arrived=False)),
        (403, Unreachable("HTTP 403 without a readable answer", may_have_arrived=False)),
        (404, Unreachable("HTTP 404 without a readable answer", may_have_arrived=False)),
        (413, Refused(413, "Request Entity Too Large")),
        (502, Unreachable("HTTP 502 without a readable answer", may_have_arrived=True)),
    ],
)
def test_a_page_of_somebody_between_is_not_telegrams_word(status: int, meaning: Answer) -> None:
    assert read_answer(status, b"<html>blocked by your provider</html>", _PERSON) == meaning
