"""Logs: structlog to one stream, as text or JSON, other libraries' records through the same steps.

Events carry ids and counts. No token leaves, and no text that somebody wrote: an exception is shown
by its kind and its frames, for its message may quote anything.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, time, timedelta
from datetime import datetime as moment
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, Literal, TextIO
from zoneinfo import ZoneInfo

import structlog

from bot.clock import Clock, SystemClock
from storage.errors import StorageProblem

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor

_UTC: Final = ZoneInfo("UTC")
_TOKEN: Final = re.compile(r"\d+(?::|%3A)[\w-]{30,}", re.IGNORECASE)
_PASSWORD: Final = re.compile(r"(?<=://)[^/\s@:]*:[^/\s@]*(?=@)")
_LONGEST: Final = 300  # characters of a value; ids, states and names of errors are shorter
_WORDS: Final = frozenset(
    {"text", "caption", "message", "payload", "params", "body", "story", "phone", "name", "data"}
)
# At these levels a library says what is wrong; below they tell every tick, statement or request.
_NOISY: Final = (
    *("aiogram", "aiohttp", "aiosqlite", "alembic", "apscheduler", "asyncio", "sqlalchemy"),
)


def set_up_logs(
    log_format: Literal["text", "json"],
    level: str,
    zone: ZoneInfo = _UTC,
    *,
    clock: Clock | None = None,
    out: TextIO | None = None,
) -> None:
    """Send all logs to `out` (the standard error); text has times of `zone`, JSON has UTC."""
    stream = out or sys.stderr
    text = log_format == "text"
    lowest = logging.getLevelNamesMapping()[level]
    structlog.configure(
        processors=_processors(clock or SystemClock(), stream, zone if text else _UTC, text=text),
        wrapper_class=structlog.make_filtering_bound_logger(lowest),
        logger_factory=lambda name="": _Lines(name, stream),
    )
    root = logging.getLogger()
    root.handlers = [_Forward()]
    root.setLevel(lowest)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(lowest, logging.WARNING))


def scrub(line: str) -> str:
    """The line without bots' tokens and without passwords of addresses."""
    return _PASSWORD.sub("<password>", _TOKEN.sub("<token>", line))


def _processors(clock: Clock, stream: TextIO, zone: ZoneInfo, *, text: bool) -> list[Processor]:
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(colors=stream.isatty(), pad_event_to=32)
        if text
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        _Stamp(clock, zone, text=text),
        _show_exception,
        _only_facts,
        renderer,
        lambda _logger, _method, line: scrub(str(line)),
    ]


class _Stamp:
    """When it was, and who says so."""

    def __init__(self, clock: Clock, zone: ZoneInfo, *, text: bool) -> None:
        self._clock, self._zone = clock, zone
        self._format = "%Y-%m-%d %H:%M:%S%z" if text else "%Y-%m-%dT%H:%M:%S.%fZ"

    def __call__(self, logger: Any, _method: str, event: EventDict) -> EventDict:
        event["timestamp"] = self._clock.now().astimezone(self._zone).strftime(self._format)
        event.setdefault("logger", getattr(logger, "name", ""))
        return event


def _show_exception(_logger: Any, _method: str, event: EventDict) -> EventDict:
    error = _exception_of(event.pop("exc_info", None))
    if error is not None:
        event["exception"] = "\n".join(_told(error))
    event.pop("stack_info", None)
    return event


def _exception_of(given: object) -> BaseException | None:
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        return given[1] if isinstance(given[1], BaseException) else None
    return sys.exc_info()[1] if given else None


def _told(error: BaseException) -> Iterable[str]:
    """The chain of causes, the first one first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _told(before)
        yield "which led to"
    yield _named(error)
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield "together with"
            yield from _told(part)


def _named(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    # Messages of SQLite and of our own problems name tables and files, and no values.
    if isinstance(error, StorageProblem) or type(error).__module__ == "sqlite3":
        return f"{kind}: {error}"
    if isinstance(error, OSError) and error.strerror and error.errno:
        return f"{kind}: errno {error.errno}"
    return kind


def _only_facts(_logger: Any, _method: str, event: EventDict) -> EventDict:
    for key, value in event.items():
        if key not in {"event", "exception"}:
            event[key] = "<hidden>" if key in _WORDS else _fact(value)
    return event


def _fact(value: object) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case Enum():
            return str(value.value)
        case str():
            return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
        case moment() | date() | time() | timedelta():
            return str(value)
        case BaseException():
            return _named(value)
        case list() | tuple() | set() | frozenset() | dict():
            return f"<{len(value)}>"
    return f"<{type(value).__name__}>"


class _Lines:
    """Where a rendered line goes. A full disk or a closed pipe must not stop the bot."""

    def __init__(self, name: str, out: TextIO) -> None:
        self.name = name
        self._out = out

    def msg(self, line: str) -> None:
        with suppress(OSError, ValueError):
            self._out.write(f"{line}\n")
            self._out.flush()

    debug = info = warning = error = critical = msg


class _Forward(logging.Handler):
    """Records of other libraries, through the same steps."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(Exception):
            # The first line says what happened; asyncio's next ones quote the exception.
            said = record.getMessage().partition("\n")[0][:_LONGEST]
            logger = structlog.get_logger(record.name)
            logger.log(record.levelno, said, exc_info=record.exc_info)
