"""Commands to the running bot over a Unix socket beside its database; what they do is elsewhere.

One line of JSON asks, one line answers: `{"command": ..., ...}`, then `{"done": {...}}` or
`{"refused": "a sentence for the person"}`. The socket belongs to one user, and to nobody else.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import socket
import stat
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Final, Self

import structlog

_log = structlog.get_logger(__name__)

Command = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]

LONGEST_LINE: Final = 4 * 1024 * 1024  # bytes; a portion of an import has 200 rows
_LONGEST_ANSWER: Final = 64 * 1024 * 1024
_LONGEST_PATH: Final = 100  # bytes; sun_path holds 108 with its zero byte, 104 on macOS and BSD
_ANSWER_S: Final = 60.0
_CLOSE_S: Final = 5.0
_FOR_NOBODY_ELSE: Final = 0o177  # umask: the socket itself has 0600
_SHORT_PLACE: Final = Path("/tmp")  # noqa: S108  (a folder of our own in it, 0700, checked)


class SocketProblem(Exception):
    """The bot cannot be asked, or has refused; `str()` is one sentence for the person."""


class NobodyThere(SocketProblem):
    """No bot is running on this database."""


def socket_path(database: Path) -> Path:
    """`<database>.sock`, or a short stand-in for it where that is too long for the system."""
    beside = database.with_name(f"{database.name}.sock")
    if len(os.fsencode(beside)) <= _LONGEST_PATH:
        return beside
    name = hashlib.sha256(os.fsencode(beside)).hexdigest()[:24]
    return _SHORT_PLACE / f"zabota-{os.getuid()}" / f"{name}.sock"


class Server:
    """Answers `commands`. `problems` are exceptions whose text is a sentence for the person.

    Start it only while holding the database's lock: then a socket left at the path is stale.
    """

    def __init__(
        self,
        path: Path,
        commands: Mapping[str, Command],
        problems: tuple[type[Exception], ...] = (),
    ) -> None:
        self.path = path
        self._commands = commands
        self._problems: tuple[type[Exception], ...] = (SocketProblem, *problems)
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[Any]] = set()
        self._busy: set[asyncio.Task[Any]] = set()

    async def start(self) -> None:
        """Listen; raises SocketProblem when the place is taken or cannot be written to."""
        _require_safe_folder(self.path.parent, make=True)
        _remove_stale(self.path)
        try:
            listening = _bind(self.path)
        except OSError as error:
            raise SocketProblem(
                f"The socket {self.path} cannot be made ({error.strerror}): "
                "check the rights to its folder."
            ) from None
        self._server = await asyncio.start_unix_server(
            self._talk, sock=listening, limit=LONGEST_LINE
        )

    async def close(self) -> None:
        """Take nobody new, finish commands in hand (5 s at most), leave no socket behind."""
        if self._server is None:
            return
        self._server.close()
        self._server = None
        if self._busy:
            await asyncio.wait(self._busy, timeout=_CLOSE_S)
        for talk in tuple(self._talks):
            talk.cancel()
        if self._talks:
            await asyncio.wait(self._talks)
        self.path.unlink(missing_ok=True)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  (a coroutine of a server always runs in a task)
        self._talks.add(task)
        try:
            while (line := await _line(reader)) != b"":
                self._busy.add(task)
                writer.write(_encoded(await self._answer(line)))
                await writer.drain()
                self._busy.discard(task)
        except (ConnectionError, asyncio.CancelledError):
            # Who asked has gone, or the bot stops: in both cases there is nobody to answer.
            pass
        finally:
            self._busy.discard(task)
            self._talks.discard(task)
            writer.close()

    async def _answer(self, line: bytes | None) -> dict[str, Any]:
        if line is None:
            return {"refused": f"The request is longer than {LONGEST_LINE} bytes: ask for less."}
        try:
            asked = json.loads(line)
            command = self._commands[asked.pop("command")]
        except (ValueError, KeyError, AttributeError, TypeError):
            return {
                "refused": "The running bot does not know this command: is it an older version?"
            }
        try:
            return {"done": await command(asked)}
        except self._problems as problem:
            return {"refused": str(problem)}
        except Exception:  # a mistake of ours must not end the listening
            _log.exception("command_failed")
            return {"refused": "The running bot failed to do it: its log says where."}


async def ask(path: Path, command: str, **args: Any) -> dict[str, Any]:
    """The running bot's answer to a command; raises SocketProblem, NobodyThere."""
    _require_safe_folder(path.parent, make=False)
    try:
        async with asyncio.timeout(_ANSWER_S):
            line = await _exchange(path, _encoded({"command": command, **args}))
    except (FileNotFoundError, ConnectionRefusedError):
        raise NobodyThere(f"No bot is running here: nothing listens at {path}.") from None
    except TimeoutError:
        raise SocketProblem("The running bot does not answer: see its log.") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else None
        raise SocketProblem(f"The running bot cannot be asked ({why or 'no answer'}).") from None
    answer = json.loads(line) if line.endswith(b"\n") else {}
    if "done" in answer:
        return dict(answer["done"])
    raise SocketProblem(answer.get("refused", "The bot stopped before it answered."))


async def _exchange(path: Path, request: bytes) -> bytes:
    reader, writer = await asyncio.open_unix_connection(path, limit=_LONGEST_ANSWER)
    try:
        writer.write(request)
        await writer.drain()
        return await reader.readline()
    finally:
        writer.close()


async def _line(reader: asyncio.StreamReader) -> bytes | None:
    """A line with its end; b"" when there is none any more; None was too long and is read past."""
    too_long = False
    while True:
        try:
            line = await reader.readuntil()
        except asyncio.IncompleteReadError:
            return b""
        except asyncio.LimitOverrunError as overrun:
            too_long = True
            await reader.readexactly(overrun.consumed)
        else:
            return None if too_long else line


def _encoded(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _bind(path: Path) -> socket.socket:
    """The rights are there from the first moment: nobody slips in before a chmod."""
    listening = socket.socket(socket.AF_UNIX)
    before = os.umask(_FOR_NOBODY_ELSE)
    try:
        listening.bind(str(path))
    except BaseException:
        listening.close()
        raise
    finally:
        os.umask(before)
    return listening


def _remove_stale(path: Path) -> None:
    """A killed bot leaves its socket behind; only a socket that nobody answers is removed."""
    try:
        kind = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(kind):
        raise SocketProblem(f"The file {path} is in the way of the bot's socket: move it away.")
    with socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(1)
        try:
            asking.connect(str(path))
        except OSError:
            path.unlink(missing_ok=True)
            return
    raise SocketProblem(f"Another bot answers at {path}: stop that one first.")


def _require_safe_folder(folder: Path, *, make: bool) -> None:
    """The stand-in's folder is where everybody may write: it must be ours and closed to others."""
    if folder.parent != _SHORT_PLACE or not folder.name.startswith("zabota-"):
        return
    if make:
        folder.mkdir(mode=0o700, exist_ok=True)
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return
    ours = found.st_uid == os.getuid() and not found.st_mode & 0o077
    if not stat.S_ISDIR(found.st_mode) or not ours:
        raise SocketProblem(f"The folder {folder} is not this user's alone: move it away.")
