"""From a bare server to a bot at work by README.ru.md, word for word: its commands are run, its buttons are pressed.

Telegram is the sandbox. What comes from the network is what the machine has already: packages of the system
are not installed, the clone is of this repository, and `make install` finds everything in place.
"""

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.clock import PushedClock
from bot.content import load_content
from bot.sandbox.control import Control
from bot.sandbox.server import Sandbox
from bot.sandbox.views import MessageView
from tests.docs.documents import ROOT
from tests.installing import Done, environment

TOKEN = "424242:AAExampleTokenOfTheSandboxOnly-000000"  # accepted by the sandbox alone
_PATIENCE_S = 90.0
_MOST_MINUTES = 15
_README = (ROOT / "README.ru.md").read_text(encoding="utf-8")


def section() -> str:
    """The part of the README that is followed."""
    begun = _README.partition("## Поставить у себя\n")[2]
    return begun.partition("\n## ")[0]


def commands() -> list[str]:
    """Every line of its shell blocks, in order."""
    blocks = re.findall(r"^```sh\n(.*?)^```", section(), flags=re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@dataclass
class Server:
    """A machine with its own Telegram; `here` is where the next command is run."""

    here: Path
    control: Control
    telegram: str

    async def runs(self, line: str, answers: str = "") -> Done:
        """A command of the README, with its answers piped in."""
        process = await asyncio.create_subprocess_shell(
            line,
            cwd=self.here,
            env=environment({"TELEGRAM_API_URL": self.telegram, "PYTHONPATH": str(self.here)}),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        async with asyncio.timeout(_PATIENCE_S):
            said, _ = await process.communicate(answers.encode())
        return Done(process.returncode or 0, said.decode())

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[None]:
        """The bot at work, as the service would have it."""
        process = await asyncio.create_subprocess_exec(
            *(str(self.here / ".venv/bin/zabota"), "run"),
            cwd=self.here,
            env=environment({"TELEGRAM_API_URL": self.telegram, "PYTHONPATH": str(self.here)}),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(_PATIENCE_S):
                while not (await self.control.queue()).polling:
                    assert process.returncode is None, "the bot does not start"
                    await asyncio.sleep(0.05)
            yield
        finally:
            process.terminate()
            await process.wait()

    async def sees(self, person: int, words: str) -> MessageView:
        """The newest message of the bot with these words, or a button with them, once it is there."""
        async with asyncio.timeout(_PATIENCE_S):
            while True:
                chat = await self.control.chat(person)
                for message in reversed(chat.messages):
                    labels = " ".join(message.labels)
                    if message.from_bot and (words in message.text or words in labels):
                        return message
                await asyncio.sleep(0.02)

    async def taps(self, person: int, label: str) -> None:
        """Presses a button, once it is there; the README has to name it."""
        assert f"«{label}»" in section(), f"the README does not name «{label}»"
        message = await self.sees(person, label)
        await self.control.tap(person, message.id, label)

    async def answers(self, person: int, question: str, words: str) -> None:
        """Writes, once the question is there."""
        await self.sees(person, question)
        await self.control.send(person, words)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    sandbox = Sandbox(PushedClock())
    await sandbox.start()
    control = Control(sandbox.url)
    try:
        await control.add_bot(TOKEN, name="Забота", username="lana_bot")
        yield Server(tmp_path, control, sandbox.url)
    finally:
        await control.close()
        await sandbox.stop()


def clone(into: Path) -> Path:
    """`git clone АДРЕС zabota`: what stands in this tree, committed or not."""
    folder = into / "zabota"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if name.startswith(("tests/", "docs/")) or not (ROOT / name).is_file():
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


def install(folder: Path) -> None:
    """`make install`, with what is installed for the tests."""
    program = folder / ".venv/bin/zabota"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!{sys.executable}\nfrom bot.cli import main\nmain()\n")
    program.chmod(0o755)


async def test_the_readme_leads_from_a_bare_server_to_a_bot_at_work(server: Server) -> None:
    packages, cloned, entered, installed, setup, doctor = commands()
    assert packages.startswith("sudo apt-get update && sudo apt-get install -y git make ")
    assert (cloned, entered, installed) == ("git clone АДРЕС zabota", "cd zabota", "make install")
    server.here = clone(server.here)
    install(server.here)

    done = await server.runs(setup, f"{TOKEN}\n1\nнет\n")
    link = next(word for word in done.said.split() if "?start=own_" in word)
    lev = (await server.control.add_person("Лев")).id
    guzel = (await server.control.add_person("Гузель")).id
    async with server.bot():
        await server.control.open_link(lev, link)
        await six_questions(server, lev)
        await group_and_people(server, lev, guzel)
        examined = await server.runs(doctor)

    assert (examined.code, examined.lines[-1]) == (0, "Всё в порядке."), examined.said
    assert load_content(server.here / "content").business.brand == "Мята"


async def six_questions(server: Server, lev: int) -> None:
    """Step 4."""
    await server.taps(lev, "Начать")
    salon = await server.sees(lev, "Салон красоты")
    await server.control.tap(lev, salon.id, "Салон красоты")
    await server.answers(lev, "2 из 6", "Мята")
    await server.answers(lev, "3 из 6", "+7 843 111-11-11")
    await server.answers(lev, "4 из 6", "Пушкина, 12")
    await server.answers(lev, "5 из 6", "пн–пт 9–20, сб 10–18")
    manager = await server.sees(lev, "6 из 6")
    await server.control.tap(lev, manager.id, "Я")
    await server.taps(lev, "Пропустить")
    await server.taps(lev, "Всё верно")


async def group_and_people(server: Server, lev: int, guzel: int) -> None:
    """Steps 5 and 6."""
    choose = await server.sees(lev, "Теперь рабочая группа")
    group = await server.control.add_group("Мята: смена", lev)
    address = next(b.url for row in choose.buttons for b in row if b.text == "Выбрать группу")
    await server.control.open_link(lev, address or "", group=group)
    await server.sees(lev, "QR для печати")
    asked = await server.sees(group, "Кто работает")
    join = next(b.url for row in asked.buttons for b in row if b.text == "Это я")
    await server.control.join(guzel, group)
    await server.control.open_link(guzel, join or "")
    await server.taps(lev, "Администратор")
    await server.sees(guzel, "Готово, вы в списке")


def test_the_steps_are_counted_and_fit_into_fifteen_minutes() -> None:
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| (\d+) \|$", section(), flags=re.MULTILINE)

    steps = [int(step) for step, _ in rows]
    described = [int(step) for step in re.findall(r"^\*\*(\d+)\. ", section(), re.MULTILINE)]

    assert steps == described == list(range(1, len(rows) + 1))
    assert sum(int(minutes) for _, minutes in rows) <= _MOST_MINUTES
