"""What Telegram's answer to a call means. Decided here and nowhere else; nothing is sent here.

The wordings are those of the Bot API server (`Client.cpp`) and of TDLib behind it; some come as a
sentence, some as a bare code, and the same one changed its case or its HTTP code over the years, so
they are compared in lower case and whatever the code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

_FINE: Final = range(200, 300)


@dataclass(frozen=True, slots=True)
class Delivered:
    """Done; `result` is raw. None: Telegram said 200, what it said besides could not be read."""

    result: Any


@dataclass(frozen=True, slots=True)
class NotModified:
    """The message shows exactly this already: as good as done."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What the call is about is no longer there, or is beyond the bot's reach for good."""

    what: Literal["message", "reply", "topic"] = "message"


@dataclass(frozen=True, slots=True)
class Stale:
    """The tap is too old to be answered."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """A person cannot be written to until that person does something about it."""

    reason: Literal["blocked", "deactivated", "never_started", "is_bot"]


@dataclass(frozen=True, slots=True)
class Expelled:
    """A group cannot be written to until its people do something about it."""

    reason: Literal["kicked", "left", "deleted", "not_found", "no_rights"]


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group became a supergroup; its id is `to_chat_id` from now on."""

    to_chat_id: int


@dataclass(frozen=True, slots=True)
class Wait:
    """Too many calls: nothing happened, try again after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unauthorized:
    """The token is wrong, revoked, or not welcome on this server."""


@dataclass(frozen=True, slots=True)
class Conflicted:
    """Somebody else takes this bot's updates: a second poller, or a webhook is set."""

    kind: Literal["poller", "webhook"]


@dataclass(frozen=True, slots=True)
class Refused:
    """Any other no. It is final: the same call would be refused again."""

    code: int
    description: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No answer of Telegram's. `may_have_arrived`: the call may have been carried out after all."""

    reason: str
    may_have_arrived: bool


Answer = (
    Delivered
    | NotModified
    | Gone
    | Stale
    | Blocked
    | Expelled
    | Migrated
    | Wait
    | Unauthorized
    | Conflicted
    | Refused
    | Unreachable
)

_Wordings = tuple[tuple[re.Pattern[str], Answer], ...]


def _wordings(*rows: tuple[str, Answer]) -> _Wordings:
    return tuple((re.compile(pattern), answer) for pattern, answer in rows)


_ANYWHERE: Final = _wordings(
    (r"message is not modified|message_not_modified|topic_not_modified", NotModified()),
    (r"query is too old|query id is invalid|query_id_invalid", Stale()),
    (
        r"message thread not found|topic_(closed|deleted|id_invalid)"
        r"|unknown forum topic identifier|chat is not a forum",
        Gone("topic"),
    ),
    (
        r"message to be replied not found|repl(y|ied) message not found|reply_message_id_invalid",
        Gone("reply"),
    ),
    (
        r"\bmessages?( (to|with) .*)? not found|message_id_invalid|message_not_found"
        r"|message can't be (edited|deleted)|message_delete_forbidden"
        r"|message_edit_time_expired|message_author_required",
        Gone("message"),
    ),
    (r"bot was blocked by the user|user_is_blocked", Blocked("blocked")),
    (r"user is deactivated|user_deactivated|user_deleted", Blocked("deactivated")),
    (r"can't initiate conversation", Blocked("never_started")),
    (r"can't send messages to (the )?bot|user_is_bot", Blocked("is_bot")),
    (r"bot was kicked", Expelled("kicked")),
    (r"bot is not a member|channel_private", Expelled("left")),
    (r"group chat was (deleted|deactivated)|group is deactivated", Expelled("deleted")),
    (r"\blogged out$", Unauthorized()),
)
_OF_A_PERSON: Final = _wordings(
    (
        r"chat not found|chat_not_found|user not found|peer_id_invalid|chat_id_invalid"
        r"|no write access to the chat",
        Blocked("never_started"),
    ),
)
_OF_A_GROUP: Final = _wordings(
    (r"chat not found|chat_not_found|peer_id_invalid|chat_id_invalid", Expelled("not_found")),
    (
        # Only what stands between the bot and a message: a missing right to pin is no reason to
        # take the whole group for closed.
        r"(not enough|have no) rights to send|no write access to the chat|chat_write_forbidden"
        r"|chat(_guest)?_send_(\w+_)?forbidden|chat_restricted"
        r"|need administrator rights in the channel chat",
        Expelled("no_rights"),
    ),
)


def read_answer(
    status: int, body: bytes, chat_id: object = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """The meaning of an HTTP answer to a call about `chat_id` (groups have negative ids)."""
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        return _unreadable(status, headers or {})
    if status in _FINE and said.get("ok", True):
        return Delivered(said.get("result"))
    code = said.get("error_code")
    return _read_no(
        code if isinstance(code, int) else status,
        str(said.get("description") or ""),
        said.get("parameters"),
        in_group=str(chat_id).startswith(("-", "@")),
    )


def _unreadable(status: int, headers: Mapping[str, str]) -> Answer:
    """Telegram speaks JSON; 413 is its web server's, any other page is of somebody between."""
    if status in _FINE:
        return Delivered(None)
    if status == 413:
        return Refused(413, "Request Entity Too Large")
    if status == 429:
        seconds = headers.get("Retry-After", "")
        return Wait(float(seconds) if seconds.isdecimal() else 1.0)
    return Unreachable(f"HTTP {status} without a readable answer", may_have_arrived=status >= 500)


def _read_no(code: int, description: str, parameters: object, *, in_group: bool) -> Answer:
    told = parameters if isinstance(parameters, dict) else {}
    if isinstance(to_chat_id := told.get("migrate_to_chat_id"), int):
        return Migrated(to_chat_id)
    if code == 429:
        return Wait(_seconds(told.get("retry_after"), description))
    if code >= 500:
        return Unreachable(f"{code} {description}", may_have_arrived=True)
    if code == 409:
        return Conflicted("webhook" if "webhook" in description.lower() else "poller")
    return _read_wording(description, in_group=in_group) or _read_code(code, description)


def _seconds(retry_after: object, description: str) -> float:
    if isinstance(retry_after, int | float):
        return float(retry_after)
    found = re.search(r"retry after (\d+)", description, re.IGNORECASE)
    return float(found[1]) if found else 1.0


def _read_wording(description: str, *, in_group: bool) -> Answer | None:
    said = description.lower()
    for pattern, answer in _ANYWHERE + (_OF_A_GROUP if in_group else _OF_A_PERSON):
        if pattern.search(said):
            return answer
    return None


def _read_code(code: int, description: str) -> Answer:
    """A bare 404 is a token that the server cannot even read; 421 a token of another server."""
    if code in (401, 421) or (code == 404 and description in ("", "Not Found")):
        return Unauthorized()
    return Refused(code, description)
