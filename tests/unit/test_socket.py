import asyncio
import json
import os
import socket
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.socket import (
    LONGEST_LINE,
    NobodyThere,
    Server,
    SocketProblem,
    ask,
    socket_path,
)


class NoRoom(Exception):
    """A problem whose text is for people."""


async def _echo(asked: dict[str, Any]) -> dict[str, Any]:
    return {"heard": asked}


async def _refuse(_: dict[str, Any]) -> dict[str, Any]:
    raise NoRoom("The disk is full.")


async def _fail(_: dict[str, Any]) -> dict[str, Any]:
    raise KeyError("a customer's words")


@pytest.fixture
async def path(tmp_path: Path) -> AsyncIterator[Path]:
    path = tmp_path / "z.db.sock"
    commands = {"echo": _echo, "refuse": _refuse, "fail": _fail}
    async with Server(path, commands, problems=(NoRoom,)):
        yield path


async def test_a_command_is_answered(path: Path) -> None:
    answer = await ask(path, "echo", words="Привет", number=5)

    assert answer == {"heard": {"words": "Привет", "number": 5}}


async def test_many_ask_at_once(path: Path) -> None:
    answers = await asyncio.gather(*(ask(path, "echo", number=n) for n in range(20)))

    assert answers == [{"heard": {"number": n}} for n in range(20)]


async def test_the_socket_is_its_owner_s_alone_and_goes_with_the_bot(tmp_path: Path) -> None:
    path = tmp_path / "z.sock"

    async with Server(path, {}):
        rights = stat.S_IMODE(path.stat().st_mode)

    assert rights == 0o600
    assert not path.exists()


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("refuse", "The disk is full."),
        ("fail", "The running bot failed to do it: its log says where."),
        ("sing", "The running bot does not know this command: is it an older version?"),
    ],
)
async def test_a_refusal_is_a_sentence(path: Path, command: str, sentence: str) -> None:
    with pytest.raises(SocketProblem) as refused:
        await ask(path, command)

    assert str(refused.value) == sentence


async def test_a_request_that_is_too_long_is_refused_and_the_next_one_answered(path: Path) -> None:
    with pytest.raises(SocketProblem) as refused:
        await ask(path, "echo", words="a" * (LONGEST_LINE + 1))

    assert str(refused.value) == f"The request is longer than {LONGEST_LINE} bytes: ask for less."
    assert await ask(path, "echo") == {"heard": {}}


@pytest.mark.parametrize("line", [b"{\n", b"[1]\n", b"null\n", b'{"command": []}\n', b"\xff\n"])
async def test_nonsense_is_refused(path: Path, line: bytes) -> None:
    reader, writer = await asyncio.open_unix_connection(path)

    writer.write(line)
    answer = json.loads(await reader.readline())
    writer.close()

    assert list(answer) == ["refused"]


async def test_who_leaves_in_the_middle_disturbs_nobody(path: Path) -> None:
    _, writer = await asyncio.open_unix_connection(path)
    writer.write(b'{"command": "ec')
    writer.close()

    assert await ask(path, "echo") == {"heard": {}}


async def test_without_a_bot_nobody_is_there(tmp_path: Path) -> None:
    path = tmp_path / "z.sock"

    with pytest.raises(NobodyThere) as refused:
        await ask(path, "echo")

    assert str(refused.value) == f"No bot is running here: nothing listens at {path}."


async def test_what_a_killed_bot_left_is_nobody_and_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "z.sock"
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(path))

    with pytest.raises(NobodyThere):
        await ask(path, "echo")
    async with Server(path, {"echo": _echo}):
        answer = await ask(path, "echo")

    assert answer == {"heard": {}}


async def test_a_socket_that_answers_is_not_taken_away(path: Path) -> None:
    with pytest.raises(SocketProblem) as refused:
        await Server(path, {}).start()

    assert str(refused.value) == f"Another bot answers at {path}: stop that one first."
    assert await ask(path, "echo") == {"heard": {}}


async def test_a_file_in_the_way_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "z.sock"
    path.write_text("precious")

    with pytest.raises(SocketProblem) as refused:
        await Server(path, {}).start()

    assert str(refused.value) == f"The file {path} is in the way of the bot's socket: move it away."
    assert path.read_text() == "precious"


async def test_a_command_in_hand_is_finished_before_the_end(tmp_path: Path) -> None:
    path = tmp_path / "z.sock"
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_: dict[str, Any]) -> dict[str, Any]:
        begun.set()
        await go_on.wait()
        return {"finished": True}

    server = Server(path, {"slow": slow})
    await server.start()
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(ask(path, "slow"))
        await begun.wait()
        closing = group.create_task(server.close())
        go_on.set()
        await closing

    assert asking.result() == {"finished": True}


async def test_somebody_who_is_silent_does_not_hold_the_end_up(tmp_path: Path) -> None:
    path = tmp_path / "z.sock"
    server = Server(path, {"echo": _echo})
    await server.start()
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(b'{"command": "echo"}\n')
    await reader.readline()

    await server.close()

    assert await reader.read() == b""
    writer.close()


async def test_a_path_too_long_for_the_system_has_a_short_stand_in() -> None:
    database = Path("/") / ("a" * 120) / "zabota.db"
    path = socket_path(database)

    async with Server(path, {"echo": _echo}):
        folder = path.parent.stat()
        answer = await ask(path, "echo")

    assert answer == {"heard": {}}
    assert (folder.st_uid, stat.S_IMODE(folder.st_mode)) == (os.getuid(), 0o700)
    assert socket_path(database) == path
    assert socket_path(Path("/data/zabota.db")) == Path("/data/zabota.db.sock")
