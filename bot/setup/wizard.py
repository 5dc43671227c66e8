"""The order of the set-up: Telegram, content, settings, database, service, links. What each asks is beside it.

Everything is kept that is there, and every step leaves something whole: it may be broken off and
begun again at any point.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, Final

from bot.content import DEFAULT_PRESET, judge_folder, preset_names, write_preset
from bot.problem_words import problem_words
from bot.settings import LocalSettings, load_local_settings
from bot.setup.env_file import EnvFile
from bot.setup.links import Standing, remember_and_look
from bot.setup.probing import Way
from bot.setup.service import Machine, install, unit_for
from bot.setup.talking import GivenUp, Reached, reach
from bot.terminal.console import Console
from flows.compiler import BUSINESS
from flows.yaml_editing import with_value
from storage.db import Database
from storage.migrate import current, head, upgrade

_DATABASE: Final = "sqlite:///data/zabota.db"
_OLD_DATABASE: Final = "zabota.db"  # where it is without a setting
_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was said on the command line."""

    content: Path | None = None
    unit: str = "zabota"
    systemd: bool = True


class Wizard:
    """Sets a bot up in `folder`, which is where commands are run; `environment` goes before .env."""

    def __init__(
        self,
        console: Console,
        folder: Path,
        environment: Mapping[str, str],
        machine: Machine,
        wanted: Wanted,
    ) -> None:
        self._console = console
        self._folder = folder
        self._environment = environment
        self._machine = machine
        self._wanted = wanted
        self._env = EnvFile(folder / ".env", folder / ".env.example")

    def run(self) -> int:
        """The exit code: 0 set up, 1 something is left for the person to do."""
        if not os.access(self._folder, os.W_OK):
            self._console.say("not_writable", folder=self._folder)
            return 1
        self._console.say("hello", folder=self._folder)
        try:
            reached = reach(self._console, self._known("BOT_TOKEN"), self._way())
            content = self._content()
        except GivenUp as given_up:
            self._console.say(str(given_up))
            return 1
        if content is None:
            return 1
        with _undisturbed():
            self._write_settings(reached, content)
            settings = load_local_settings(self._env.path)
            self._make_database(settings)
            standing = remember_and_look(settings, reached.known.me)
            unit = unit_for(self._wanted.unit, self._folder, settings, self._machine)
            for writable in unit.writable:  # systemd opens what is there
                writable.mkdir(mode=0o700, parents=True, exist_ok=True)
        runs = install(self._console, unit, self._machine, wanted=self._wanted.systemd)
        self._say_links(standing, runs=runs)
        return 0 if runs or not (self._wanted.systemd and self._machine.systemd) else 1

    def _known(self, name: str) -> str:
        return self._environment.get(name) or self._env.get(name)

    def _way(self) -> Way:
        return Way(self._known("TELEGRAM_API_URL"), self._known("TELEGRAM_PROXY"))

    # ---- content

    def _content(self) -> Path | None:
        """The folder with the content, written now when there is none; None when it needs mending first."""
        said = self._wanted.content or Path(self._known("CONTENT_DIR") or "content")
        folder = self._folder / said
        if folder.exists() and any(folder.iterdir()):
            return said if self._is_good(folder, said) else None
        preset = self._preset()
        _write_whole(preset, folder, self._console.words.language)
        self._console.say("content.written", folder=said)
        return said

    def _is_good(self, folder: Path, said: Path) -> bool:
        if not any(folder.glob("*.y*ml")):
            self._console.say("content.in_the_way", folder=said)
            return False
        judged = judge_folder(folder)
        if judged.content is None:
            found = problem_words(self._console.words.language).report(judged.problems)
            self._console.say("content.broken", folder=said, problems=found)
            return False
        self._console.say("content.kept", folder=said, brand=judged.content.business.brand)
        return True

    def _preset(self) -> str:
        names = [DEFAULT_PRESET, *(name for name in preset_names() if name != DEFAULT_PRESET)]
        words = self._console.words
        titles = [
            words(f"preset.{name}") if words.has(f"preset.{name}") else name for name in names
        ]
        choices = "\n".join(f"  {number}. {title}" for number, title in enumerate(titles, 1))
        for _ in range(_TRIES):
            answer = self._console.ask("preset.ask", choices=choices, usual=titles[0])
            if not answer:
                return names[0]
            if answer.isdecimal() and 1 <= int(answer) <= len(names):
                return names[int(answer) - 1]
            if (said := answer.casefold()) in names:
                return said
            self._console.say("preset.which")
        return names[0]

    # ---- settings and database

    def _write_settings(self, reached: Reached, content: Path) -> None:
        changes = {
            "BOT_TOKEN": reached.token,
            "TELEGRAM_PROXY": reached.way.proxy,
            "CONTENT_DIR": str(content),
        }
        if not self._known("DATABASE_URL") and not (self._folder / _OLD_DATABASE).exists():
            changes["DATABASE_URL"] = _DATABASE
        self._env.write(changes)
        self._console.say("env.written", file=self._env.path.name)

    def _make_database(self, settings: LocalSettings) -> None:
        path = settings.database_path
        if not path.exists():
            Database.create(path)
            self._console.say("database.made", file=path)
        elif current(path) == head():
            self._console.say("database.kept", file=path)
        else:
            upgrade(path)
            self._console.say("database.updated", file=path)

    # ---- the end

    def _say_links(self, standing: Standing, *, runs: bool) -> None:
        if standing.owner_name:
            key, values = "done.owned", {"owner_name": standing.owner_name}
        else:
            key, values = "done", {"owner_link": standing.links.owner()}
        spoken = {("done", True): "owner.install.done", ("done", False): "done.by_hand"}
        usual = key if runs else f"{key}_by_hand"
        say = self._console.say
        say(spoken.get((key, runs), usual), group_link=standing.links.group(), **values)
        if not standing.owner_name:
            say("done.rights")
            say("done.secret")


def _write_whole(preset: str, folder: Path, language: str) -> None:
    """The folder comes to be at once, with everything in it, in the language of the set-up."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        write_preset(preset, beside / folder.name)
        business = beside / folder.name / BUSINESS
        said = with_value(business.read_text(encoding="utf-8"), ("locale",), language)
        business.write_text(said, encoding="utf-8")
        if folder.exists():
            folder.rmdir()  # it is empty
        (beside / folder.name).rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A Ctrl+C within waits until what is being written is written."""
    pressed = False

    def later(_number: int, _frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True

    before: Any = signal.signal(signal.SIGINT, later)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if pressed:
            raise KeyboardInterrupt
