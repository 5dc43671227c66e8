import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.settings import LocalSettings
from bot.setup.service import CLOSED, Machine, install, unit_for
from bot.setup.unit import Unit, folders
from bot.terminal.console import Console
from bot.terminal.words import words_of

HOME = Path("/home/lev/zabota")


@dataclass
class Room:
    """A machine with systemd, a console with answers, and what was run."""

    folder: Path
    ran: list[tuple[str, ...]] = field(default_factory=list)
    out: io.StringIO = field(default_factory=io.StringIO)
    refuses: str = ""

    def machine(self, *, systemd: bool = True, root: bool = False) -> Machine:
        user = "root" if root else "lev"
        return Machine(systemd=systemd, root=root, user=user, units=self.folder, run=self.run)

    def run(self, command: Sequence[str]) -> int:
        self.ran.append(tuple(command))
        return int(bool(self.refuses) and self.refuses in command)

    def console(self, *answers: str) -> Console:
        source = io.StringIO("".join(f"{answer}\n" for answer in answers))
        return Console(words_of("bot.setup", "ru"), source, self.out)

    def unit(self, machine: Machine, folder: Path = HOME) -> Unit:
        settings = LocalSettings(
            _env_file=None,
            database_url=f"sqlite:///{folder}/data/zabota.db",
            backup_dir=folder / "backups",
        )
        return unit_for("zabota", folder, settings, machine)

    @property
    def verbs(self) -> list[str]:
        """What was run, in short: the program, and what systemctl was told."""
        bare = [command[1:] if command[0] == "sudo" else command for command in self.ran]
        return [" ".join(each[:2]) if each[0] == "systemctl" else each[0] for each in bare]


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_it_is_installed_enabled_and_started_with_sudo_alone(room: Room) -> None:
    machine = room.machine()

    runs = install(room.console("да"), room.unit(machine), machine, wanted=True)

    assert runs
    assert room.verbs == [
        "install",
        "systemctl daemon-reload",
        "systemctl enable",
        "systemctl restart",
    ]
    assert {command[0] for command in room.ran} == {"sudo"}
    assert all(f"    {' '.join(command)}" in room.out.getvalue() for command in room.ran)


def test_root_gives_the_bot_an_account_of_its_own(room: Room) -> None:
    machine = room.machine(root=True)

    install(room.console("да"), room.unit(machine, Path("/opt/zabota")), machine, wanted=True)

    owned = next(command for command in room.ran if command[0] == "chown")
    assert room.verbs[:3] == ["useradd", "chown", "install"]
    assert owned == (
        *("chown", "-R", "zabota:"),
        *("/opt/zabota/backups", "/opt/zabota/content", "/opt/zabota/data", "/opt/zabota/.env"),
    )


def test_nothing_is_run_when_it_is_not_wanted(room: Room) -> None:
    machine = room.machine()

    runs = install(room.console("нет"), room.unit(machine), machine, wanted=True)

    assert (runs, room.ran) == (False, [])
    assert "Запустить бота:" in room.out.getvalue()


def test_without_asking_it_only_shows(room: Room) -> None:
    machine = room.machine()

    runs = install(room.console(), room.unit(machine), machine, wanted=False)

    assert (runs, room.ran) == (False, [])
    assert "ExecStart=" in room.out.getvalue()


def test_in_a_container_it_says_how_to_start(room: Room) -> None:
    machine = room.machine(systemd=False)

    runs = install(room.console(), room.unit(machine), machine, wanted=True)

    assert (runs, room.ran) == (False, [])
    assert room.out.getvalue().startswith("Здесь нет systemd")


def test_a_command_that_fails_is_named_and_ends_it(room: Room) -> None:
    room.refuses = "daemon-reload"
    machine = room.machine()

    runs = install(room.console("да"), room.unit(machine), machine, wanted=True)

    assert (runs, len(room.ran)) == (False, 2)
    assert "Команда не удалась: sudo systemctl daemon-reload" in room.out.getvalue()


def test_another_bots_unit_is_left_alone(room: Room) -> None:
    machine = room.machine()
    (room.folder / "zabota.service").write_text("[Service]\nWorkingDirectory=/srv/other\n")

    runs = install(room.console(), room.unit(machine), machine, wanted=True)

    assert (runs, room.ran) == (False, [])
    assert "zabota setup --unit zabota-2" in room.out.getvalue()


def test_a_folder_that_no_service_reaches_is_told(room: Room) -> None:
    machine = room.machine(root=True)

    runs = install(room.console(), room.unit(machine, CLOSED / "zabota"), machine, wanted=True)

    assert (runs, room.ran) == (False, [])
    assert f"mv {CLOSED}/zabota /opt/zabota" in room.out.getvalue()


def test_the_unit_says_who_where_and_what_it_may_write(room: Room) -> None:
    text = room.unit(room.machine()).text.splitlines()

    assert "User=lev" in text
    assert "WorkingDirectory=/home/lev/zabota" in text
    assert (
        "ReadWritePaths=/home/lev/zabota/backups /home/lev/zabota/content /home/lev/zabota/data"
        in text
    )
    assert "ProtectHome=read-only" in text  # its own folder is there
    assert {"Restart=always", "Type=notify", "ProtectSystem=strict", "WatchdogSec=3min"} <= set(
        text
    )


def test_outside_the_homes_it_sees_none_of_them(room: Room) -> None:
    text = room.unit(room.machine(root=True), Path("/opt/zabota")).text.splitlines()

    assert "ProtectHome=true" in text


def test_spaces_and_percent_signs_in_a_path_are_systemds_way(room: Room) -> None:
    text = room.unit(room.machine(), Path("/srv/наш 50% бот")).text.splitlines()

    assert "WorkingDirectory=/srv/наш 50%% бот" in text
    assert (
        'ReadWritePaths="/srv/наш 50%% бот/backups" "/srv/наш 50%% бот/content" "/srv/наш 50%% бот/data"'
        in text
    )


def test_a_folder_within_another_is_not_named() -> None:
    assert folders([Path("/a/b"), Path("/a"), Path("/c")]) == (Path("/a"), Path("/c"))
