"""An installation is updated to a made-up next version with a migration of its own, and back when that fails.

The code, git, the programs and the database are real; pip is not asked, and systemd is a person of the test.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.upgrade.note import Note, Unfinished
from bot.upgrade.place import Place
from bot.upgrade.running import StepFailed
from bot.upgrade.steps import Upgrade, UpgradeProblem
from storage import migrate
from storage.db import Database
from tests.filled import fill

ROOT = Path(__file__).parents[2]
NEXT = ROOT / "tests" / "migrations" / "next" / "0002_a_made_up_next_version.py"
CODE = ("bot", "flows", "handlers", "storage")


def git(folder: Path, *args: str) -> str:
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    done = subprocess.run(
        ["git", *who, *args], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where versions come from: v0.1.0 is this code, v0.2.0 has one revision more."""
    folder = tmp_path_factory.mktemp("origin")
    for name in CODE:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "requirements.txt", folder)
    (folder / ".gitignore").write_text(".venv\n.venvs/\n__pycache__/\n*.db*\n/backups/\n.env\n")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "The first version")
    git(folder, "tag", "v0.1.0")
    shutil.copy(NEXT, folder / "storage" / "migrations" / "versions")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "The next version")
    git(folder, "tag", "v0.2.0")
    return folder


@dataclass
class Person:
    """Starts and stops the bot; `when_started` is what happens then."""

    place: Path
    when_started: Callable[[], None] = lambda: None
    when_stopped: Callable[[], None] = lambda: None
    did: list[str] = field(default_factory=list)

    def stop(self) -> None:
        self.did.append("stop")
        self.when_stopped()

    def start(self) -> None:
        self.did.append(f"start {git(self.place, 'describe', '--tags')}")
        self.when_started()


def no_pip(venv: Path, requirements: Path) -> None:
    """What is installed for the tests serves every version."""
    assert requirements.read_text("utf-8").startswith("#") or "==" in requirements.read_text(
        "utf-8"
    )


def linked(venv: Path, folder: Path) -> None:
    program = venv / "bin" / "zabota"
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH="{folder}" exec "{sys.executable}" -m bot.cli "$@"\n', "utf-8"
    )
    program.chmod(0o755)


@dataclass
class Installed:
    folder: Path
    told: list[str] = field(default_factory=list)

    @property
    def database(self) -> Path:
        return self.folder / "zabota.db"

    @property
    def version(self) -> str:
        return git(self.folder, "describe", "--tags")

    def customers(self) -> int:
        with closing(sqlite3.connect(self.database)) as connection:
            return int(connection.execute("SELECT count(*) FROM customers").fetchone()[0])

    def upgrade(self, service: Person, *, running: bool = False) -> Upgrade:
        place = Place(self.folder, no_pip, linked)
        return Upgrade(place, service, self.database, self.told.append, lambda: running)


@pytest.fixture
def installed(origin: Path, tmp_path: Path) -> Installed:
    """The first version, cloned, with an environment that is a folder, and a filled database."""
    folder = tmp_path / "zabota"
    git(tmp_path, "clone", "--quiet", str(origin), str(folder))
    git(folder, "checkout", "--quiet", "v0.1.0")
    (folder / ".venv" / "bin").mkdir(parents=True)
    linked(folder / ".venv", folder)
    Database.create(folder / "zabota.db")
    fill(folder / "zabota.db", 500)
    return Installed(folder)


def test_one_command_backs_up_installs_migrates_and_starts(installed: Installed) -> None:
    person = Person(installed.folder)

    done = installed.upgrade(person).to(None)

    assert done
    assert person.did == ["stop", "start v0.2.0"]
    assert (installed.version, migrate.current(installed.database)) == ("v0.2.0", "0002")
    assert installed.customers() == 500
    assert (installed.folder / ".venv").is_symlink()
    assert len(list((installed.folder / "backups").glob("zabota-upgrade-*.tar.gz"))) == 1
    assert installed.told[-2].endswith("was brought up to date from 0001 (schema 0002).")


def test_what_is_the_newest_is_left_as_it_is(installed: Installed) -> None:
    person = Person(installed.folder)
    installed.upgrade(person).to(None)

    again = installed.upgrade(person).to(None)

    assert not again
    assert person.did == ["stop", "start v0.2.0"]


def hears_one_more(database: Path) -> None:
    """The bot of the new version stores an update, which Telegram then holds for done."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "INSERT INTO inbox (bot_id, update_id, chat_id, payload, received_at, state)"
            " VALUES (42, 777, 5, '{}', 4102444800000, 'done')"
        )


def test_a_version_that_does_not_work_here_is_taken_back_with_its_migration(
    installed: Installed,
) -> None:
    def fails() -> None:
        if installed.version == "v0.2.0":
            hears_one_more(installed.database)
            raise StepFailed("the bot does not work after 90 s")

    person = Person(installed.folder, fails)

    with pytest.raises(UpgradeProblem) as problem:
        installed.upgrade(person).to("v0.2.0")

    assert str(problem.value) == (
        "v0.2.0 does not work here; version and database are as they were.\n"
        "the bot does not work after 90 s"
    )
    assert person.did == ["stop", "start v0.2.0", "stop", "start v0.1.0"]
    assert (installed.version, migrate.current(installed.database)) == ("v0.1.0", "0001")
    assert not (installed.folder / ".venv").is_symlink()
    assert installed.customers() == 500
    with closing(sqlite3.connect(installed.database)) as connection:
        heard = connection.execute("SELECT state FROM inbox WHERE update_id = 777").fetchall()
    assert heard == [("new",)]


def test_content_that_the_new_version_refuses_stops_it_before_it_starts(
    installed: Installed,
) -> None:
    content = installed.folder / "content"
    content.mkdir()
    (content / "business.yaml").write_text("brand: Лана\n")
    (installed.folder / ".env").write_text("CONTENT_DIR=content\n")
    person = Person(installed.folder)

    with pytest.raises(UpgradeProblem):
        installed.upgrade(person).to("v0.2.0")

    assert person.did == ["stop", "stop", "start v0.1.0"]
    assert (installed.version, migrate.current(installed.database)) == ("v0.1.0", "0001")


def test_nothing_is_touched_under_a_running_bot_nor_over_changed_files(
    installed: Installed,
) -> None:
    person = Person(installed.folder)

    with pytest.raises(UpgradeProblem) as running:
        installed.upgrade(person, running=True).to(None)
    (installed.folder / "requirements.txt").write_text("mine")
    with pytest.raises(UpgradeProblem) as changed:
        installed.upgrade(person).to(None)

    assert str(running.value) == "The bot is running: stop it first. Nothing was changed."
    assert str(changed.value) == (
        "Files of the program were changed here, put them back first:\nM requirements.txt"
    )
    assert installed.version == "v0.1.0"
    assert not (installed.folder / "backups").exists()


def test_an_unknown_version_changes_nothing(installed: Installed) -> None:
    person = Person(installed.folder)

    with pytest.raises(UpgradeProblem) as problem:
        installed.upgrade(person).to("v9.9.9")

    assert str(problem.value).startswith(
        "The new version cannot be fetched, nothing was changed.\n"
    )
    assert person.did == []


def breaking(at: str, sent: signal.Signals, *, after: bool) -> type[Place]:
    """A place whose person loses patience, or the line, around one step."""

    class Breaking(Place):
        def _around(self, step: str, work: Callable[[], None]) -> None:
            if step == at and not after:
                os.kill(os.getpid(), sent)
            work()
            if step == at:
                os.kill(os.getpid(), sent)

        def git(self, *args: str) -> str:
            said: list[str] = []
            step = "checkout" if "--detach" in args else args[0]
            self._around(step, lambda: said.append(super(Breaking, self).git(*args)))
            return said[0]

        def use(self, venv: Path) -> None:
            self._around("use", lambda: super(Breaking, self).use(venv))

        def finish(self, venv: Path) -> None:
            self._around("finish", lambda: super(Breaking, self).finish(venv))

    return Breaking


def is_as_it_was(installed: Installed) -> bool:
    link = (installed.folder / ".venv").is_symlink()
    note = (installed.folder / ".venvs" / "unfinished.json").exists()
    stands = (installed.version, migrate.current(installed.database), installed.customers())
    return not link and not note and stands == ("v0.1.0", "0001", 500)


@pytest.mark.parametrize(
    ("at", "sent", "after"),
    [
        ("checkout", signal.SIGINT, False),
        ("checkout", signal.SIGINT, True),
        ("use", signal.SIGTERM, True),
        ("finish", signal.SIGHUP, True),
    ],
)
def test_what_is_broken_off_goes_back_and_the_bot_is_started(
    installed: Installed, at: str, sent: signal.Signals, *, after: bool
) -> None:
    person = Person(installed.folder)
    place = breaking(at, sent, after=after)(installed.folder, no_pip, linked)

    with pytest.raises(UpgradeProblem) as problem:
        Upgrade(place, person, installed.database, installed.told.append, lambda: False).to(None)

    assert str(problem.value) == (
        "v0.2.0 does not work here; version and database are as they were.\nIt was broken off."
    )
    assert person.did == ["stop", "stop", "start v0.1.0"]
    assert is_as_it_was(installed)


@pytest.mark.parametrize("at", ["stop", "Backed", "The database", "Starting"])
def test_ctrl_c_at_any_other_step_goes_back_too(installed: Installed, at: str) -> None:
    left = [at]

    def broken_off_at(words: str) -> None:
        if left and left[0] in words:
            left.clear()
            raise KeyboardInterrupt

    person = Person(installed.folder, when_stopped=lambda: broken_off_at("stop"))
    place = Place(installed.folder, no_pip, linked)

    with pytest.raises(UpgradeProblem):
        Upgrade(place, person, installed.database, broken_off_at, lambda: False).to(None)

    assert left == []
    assert person.did[-1] == "start v0.1.0"
    assert is_as_it_was(installed)


def test_one_that_was_killed_half_way_is_undone_and_then_made(installed: Installed) -> None:
    place = Place(installed.folder, no_pip, linked)
    note = Note(installed.folder / ".venvs" / "unfinished.json")
    venv = place.build(place.wanted("v0.2.0"))
    note.write(Unfinished("v0.1.0", "0001", str(place.kept_at()), "a backup"))
    place.git("checkout", "--quiet", "v0.2.0")
    place.use(venv)
    person = Person(installed.folder)

    done = installed.upgrade(person).to(None)

    assert done
    assert person.did == ["stop", "stop", "start v0.1.0", "stop", "start v0.2.0"]
    assert (migrate.current(installed.database), note.read()) == ("0002", None)


def test_one_that_was_killed_once_migrated_is_ended_and_keeps_what_came_since(
    installed: Installed,
) -> None:
    person = Person(installed.folder)
    installed.upgrade(person).to(None)
    note = Note(installed.folder / ".venvs" / "unfinished.json")
    note.write(Unfinished("v0.1.0", "0001", str(installed.folder / ".venvs" / "first"), "a backup"))
    hears_one_more(installed.database)
    person.did.clear()

    again = installed.upgrade(person).to(None)

    assert not again
    assert person.did == ["stop", "start v0.2.0"]
    assert (installed.version, note.read()) == ("v0.2.0", None)
    with closing(sqlite3.connect(installed.database)) as connection:
        heard = connection.execute("SELECT state FROM inbox WHERE update_id = 777").fetchall()
    assert heard == [("done",)]
