import io
import json
import logging
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest
import structlog

from bot.clock import PushedClock
from bot.logs import scrub, set_up_logs

TOKEN = "123456789:AAE-and-thirty-more-letters_of-it"
NOON = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def written(log_format: Literal["text", "json"] = "json", level: str = "INFO") -> io.StringIO:
    out = io.StringIO()
    set_up_logs(log_format, level, ZoneInfo("Europe/Moscow"), clock=PushedClock(NOON), out=out)
    return out


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_an_event_carries_ids_and_counts() -> None:
    out = written()

    structlog.get_logger("bot.inbox").info("stored", inbox_id=7, updates=[1, 2, 3])

    assert lines(out) == [
        {
            "event": "stored",
            "level": "info",
            "logger": "bot.inbox",
            "timestamp": "2026-10-05T12:00:00.000000Z",
            "inbox_id": 7,
            "updates": "<3>",
        }
    ]


def test_text_has_the_times_of_the_zone() -> None:
    out = written("text")

    structlog.get_logger("bot.app").info("started")

    assert out.getvalue().startswith("2026-10-05 15:00:00+0300 [info     ] started")


def test_what_is_below_the_level_is_left_out() -> None:
    out = written(level="WARNING")

    structlog.get_logger("bot").info("quiet")
    logging.getLogger("some.library").info("quiet")

    assert out.getvalue() == ""


def test_words_of_people_are_hidden_whatever_they_are() -> None:
    out = written()

    structlog.get_logger().info("wrote", text="Ждала сорок минут", payload={"a": 1}, chat_id=5)

    (line,) = lines(out)
    assert (line["text"], line["payload"], line["chat_id"]) == ("<hidden>", "<hidden>", 5)


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_an_exception_shows_its_kind_and_not_its_message(
    log_format: Literal["text", "json"],
) -> None:
    out = written(log_format)

    try:
        try:
            raise KeyError("Ждала сорок минут")
        except KeyError as error:
            raise ValueError(f"https://api.telegram.org/bot{TOKEN}/getMe") from error
    except ValueError:
        structlog.get_logger("bot").exception("turn_failed", inbox_id=1)

    told = out.getvalue()
    assert "Ждала" not in told
    assert "AAE" not in told
    assert "KeyError" in told
    assert "test_logs.py" in told


def test_an_error_of_the_database_keeps_its_words() -> None:
    out = written()

    structlog.get_logger("bot").error("lost", exc_info=sqlite3.OperationalError("disk I/O error"))

    assert lines(out)[0]["exception"] == "sqlite3.OperationalError: disk I/O error"


def test_records_of_libraries_go_the_same_way() -> None:
    out = written()

    logging.getLogger("asyncio").error("Task failed\nexception=ValueError('Ждала сорок минут')")
    logging.getLogger("aiohttp.client").warning("GET /bot%s/getMe", TOKEN)
    logging.getLogger("aiogram.event").info("Update is handled")
    logging.getLogger("apscheduler.executors.default").info("Running job")

    assert [(line["logger"], line["event"]) for line in lines(out)] == [
        ("asyncio", "Task failed"),
        ("aiohttp.client", "GET /bot<token>/getMe"),
    ]


def test_libraries_stay_quiet_when_everything_is_asked_for() -> None:
    out = written(level="DEBUG")

    logging.getLogger("aiosqlite").debug("executing INSERT with a text")

    assert out.getvalue() == ""


def test_tokens_and_passwords_are_scrubbed() -> None:
    assert scrub(f"https://x/bot{TOKEN}/y via socks5://me:hunter2@host:1080") == (
        "https://x/bot<token>/y via socks5://<password>@host:1080"
    )
    assert scrub(f"bot{TOKEN.replace(':', '%3A')}") == "bot<token>"
    assert scrub("2026-10-05T12:00:00 chat -1001234567890") == (
        "2026-10-05T12:00:00 chat -1001234567890"
    )


def test_a_stream_that_is_gone_stops_nobody() -> None:
    out = written()
    out.close()

    structlog.get_logger("bot").info("started")
