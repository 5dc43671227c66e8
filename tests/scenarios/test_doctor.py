"""`zabota doctor` beside a running bot and without one: what it finds, and what it says to do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.doctor.examination import examine
from bot.doctor.finding import Finding, State
from bot.office import OfficeProblem
from bot.office_wire import commands
from bot.settings import variables
from bot.socket import Server, socket_path
from storage.errors import StorageProblem
from tests.installing import zabota
from tests.world import TOKEN, World

# What a machine may or may not have: a service, room, a running clock.
_OF_THE_MACHINE = ("python.", "disk.", "unit.", "clock.", "backup.")


@pytest.fixture
def env(world: World, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of the world's bot, as a file."""
    for name in variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(world.folder)
    path = world.folder / ".env"
    path.write_text(
        f"BOT_TOKEN={TOKEN}\nTELEGRAM_API_URL={world.sandbox.url}\n"
        f"DATABASE_URL={world.settings.database_url}\n"
    )
    path.chmod(0o600)
    return path


@asynccontextmanager
async def listening(world: World) -> AsyncIterator[None]:
    """The bot answers commands, as its process does."""
    path = socket_path(world.settings.database_path)
    problems = (OfficeProblem, StorageProblem)
    async with Server(path, commands(world.app.office), problems):
        yield


def breaks(env: Path) -> None:
    """A setting that means nothing."""
    env.write_text("DATABASE_URL=nowhere\n")


async def found(env: Path) -> list[Finding]:
    """What the doctor finds, without what hangs on this very machine."""
    all_of_it = [finding async for finding in examine(env, "zabota-nowhere", "ru")]
    return [each for each in all_of_it if not each.key.startswith(_OF_THE_MACHINE)]


def keys(findings: list[Finding], *states: State) -> list[str]:
    return [each.key for each in findings if not states or each.state in states]


async def test_a_bot_that_is_well_is_found_well(world: World, env: Path) -> None:
    async with listening(world):
        findings = await found(env)

    assert keys(findings) == [
        "content.shipped",
        "database.ok",
        "running.ok",
        "settings.ok",
        "telegram.ok",
        "group.ok",
        "owner.ok",
        "shift.ok",
    ]


async def test_while_it_does_not_run_the_database_is_asked(world: World, env: Path) -> None:
    await world.stop()

    findings = await found(env)
    await world.reopen()

    assert keys(findings, State.BAD, State.NOTICE) == ["content.shipped", "running.not"]
    assert "owner.ok" in keys(findings)


async def test_rights_that_the_bot_lacks_are_named(world: World, env: Path) -> None:
    await world.control.set_bot(world.group, "member")
    await world.settle()

    async with listening(world):
        findings = await found(env)

    (lacking,) = [each for each in findings if each.state is State.BAD]
    assert (lacking.key, lacking.values["missing"]) == ("group.rights", ("admin",))


async def test_a_group_that_has_thrown_the_bot_out_is_told(world: World, env: Path) -> None:
    await world.control.set_bot(world.group, "kicked")
    await world.settle()

    async with listening(world):
        findings = await found(env)

    assert keys(findings, State.BAD) == ["group.gone"]


async def test_a_webhook_is_told(world: World, env: Path) -> None:
    await world.stop()
    await world.control.set_webhook("https://elsewhere.example/hook")

    findings = await found(env)
    await world.control.set_webhook("")
    await world.reopen()

    assert keys(findings, State.BAD) == ["webhook.set"]


async def test_telegram_out_of_reach_and_a_token_that_is_no_more(world: World, env: Path) -> None:
    await world.stop()
    await world.control.add_fault("unauthorized", method="getMe")
    refused = await found(env)
    await world.control.go_away()
    silent = await found(env)
    await world.control.come_back()
    await world.reopen()

    assert keys(refused, State.BAD) == ["token.refused"]
    assert keys(silent, State.BAD) == ["telegram.silent"]


async def test_settings_that_cannot_be_read_end_it(world: World, env: Path) -> None:
    breaks(env)

    assert keys(await found(env), State.BAD) == ["settings.bad"]


@pytest.mark.parametrize(
    ("language", "last"), [("ru", "Нужно исправить: 1."), ("en", "To be mended: 1.")]
)
async def test_at_the_terminal_it_says_what_to_do(tmp_path: Path, language: str, last: str) -> None:
    done = await zabota(tmp_path, "doctor", "--lang", language, DATABASE_URL="nowhere")

    assert (done.code, done.lines[-1]) == (1, last)
