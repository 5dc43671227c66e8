import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.watchdog import Watchdog


@contextmanager
def systemd(folder: Path) -> Iterator[tuple[socket.socket, dict[str, str]]]:
    """The listening side, and the environment that systemd gives a service."""
    path = folder / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(path))
        listening.setblocking(False)
        yield listening, {"NOTIFY_SOCKET": str(path), "WATCHDOG_USEC": "3000"}


def heard(listening: socket.socket) -> list[str]:
    said = []
    with suppress(BlockingIOError):
        while True:
            said.append(listening.recv(100).decode())
    return said


async def watched(watchdog: Watchdog, age: float | None) -> None:
    """Long enough for some signs of life."""
    with suppress(TimeoutError):
        async with asyncio.timeout(0.05):
            await watchdog.watch(lambda: age)


def test_ready_and_stopping_are_said(tmp_path: Path) -> None:
    with systemd(tmp_path) as (listening, environment):
        watchdog = Watchdog(environment)
        watchdog.ready()
        watchdog.stopping()

        assert heard(listening) == ["READY=1", "STOPPING=1"]


async def test_while_it_ticks_it_is_alive(tmp_path: Path) -> None:
    with systemd(tmp_path) as (listening, environment):
        await watched(Watchdog(environment), 1.0)

        assert set(heard(listening)) == {"WATCHDOG=1"}


async def test_a_bot_that_has_stopped_ticking_gives_no_sign(tmp_path: Path) -> None:
    with systemd(tmp_path) as (listening, environment):
        await watched(Watchdog(environment), 31.0)
        await watched(Watchdog(environment), None)

        assert heard(listening) == []


async def test_without_systemd_nothing_is_said() -> None:
    watchdog = Watchdog({})

    watchdog.ready()

    assert await watchdog.watch(lambda: 0.0) is None  # type: ignore[func-returns-value]  # it returns at once


def test_a_systemd_that_is_gone_disturbs_nobody(tmp_path: Path) -> None:
    Watchdog({"NOTIFY_SOCKET": str(tmp_path / "gone")}).ready()
