"""The part of the set-up that makes the bot a service: asks, shows every command, runs them; unit.py has them."""

from __future__ import annotations

import getpass
import os
import pwd
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.settings import LocalSettings
from bot.setup.unit import ACCOUNT, Commands, Unit, folders
from bot.socket import socket_path
from bot.terminal.console import Console

_BOOTED: Final = Path("/run/systemd/system")  # sd_booted(3)
CLOSED: Final = Path("/root")  # no service of another account can enter it

Run = Callable[[Sequence[str]], int]


def run_command(command: Sequence[str]) -> int:
    """The exit code; the command talks to the person by itself (sudo asks for a password)."""
    try:
        return subprocess.run(command, check=False).returncode  # noqa: S603 - shown, and agreed to
    except OSError:
        return 127


@dataclass(frozen=True, slots=True)
class Machine:
    """What of this machine matters for a service; passed in, so that a test can be another one."""

    systemd: bool
    root: bool
    user: str
    units: Path = Path("/etc/systemd/system")
    run: Run = run_command

    @classmethod
    def here(cls) -> Machine:
        """This machine."""
        return cls(_BOOTED.is_dir(), os.geteuid() == 0, getpass.getuser())


def unit_for(name: str, folder: Path, settings: LocalSettings, machine: Machine) -> Unit:
    """The unit of the bot in `folder`; run as root, it gets an account of its own."""
    database = settings.database_path
    content = (settings.content_dir or folder / "content").resolve()
    backups = (settings.backup_dir.resolve(),) if settings.backup_dir is not None else ()
    return Unit(
        name=name,
        folder=folder,
        command=_program(folder),
        user=ACCOUNT if machine.root else machine.user,
        writable=folders((database.parent, content, *backups)),
        own_tmp=socket_path(database).parent == database.parent,
    )


def _program(folder: Path) -> Path:
    """By the name that stays the same when an update puts another environment in its place."""
    standing = folder / ".venv" / "bin" / "zabota"
    return standing if standing.exists() else Path(sys.executable).parent / "zabota"


def install(console: Console, unit: Unit, machine: Machine, *, wanted: bool) -> bool:
    """Make it a service, if that is wanted and can be; True when it runs as one from now on."""
    by_hand = f"{unit.command} run"
    if not wanted:
        _show(console, unit, machine)
    elif not machine.systemd:
        console.say("unit.no_systemd")
    elif (other := _taken_by(unit, machine)) is not None:
        console.say("unit.taken", name=unit.name, folder=other, other=f"{unit.name}-2")
    elif machine.root and unit.folder.is_relative_to(CLOSED):
        console.say("unit.hidden", folder=unit.folder)
    else:
        return _installed(console, unit, machine)
    console.say("unit.by_hand", command=by_hand)
    return False


def _show(console: Console, unit: Unit, machine: Machine) -> None:
    written = Path(tempfile.gettempdir()) / f"{unit.name}.service"
    commands = _commands(unit, written, machine)
    console.say("unit.would", path=unit.path, text=unit.text, commands=_listed(commands))


def _installed(console: Console, unit: Unit, machine: Machine) -> bool:
    with tempfile.TemporaryDirectory(prefix="zabota-setup-") as name:
        written = Path(name) / unit.path.name
        written.write_text(unit.text, encoding="utf-8")
        commands = _commands(unit, written, machine)
        if not console.agrees("unit.ask", name=unit.name, commands=_listed(commands)):
            console.say("unit.none")
            console.say("unit.by_hand", command=f"{unit.command} run")
            return False
        if not machine.root:
            console.say("unit.sudo")
        for command in commands:
            if machine.run(command) != 0:
                console.say("unit.failed", command=" ".join(command), name=unit.name)
                return False
    return True


def _commands(unit: Unit, written: Path, machine: Machine) -> Commands:
    new = machine.root and not _has_account(unit.user)
    return unit.commands(written, root=machine.root, new_account=new)


def _listed(commands: Commands) -> str:
    return "\n".join(f"    {' '.join(command)}" for command in commands)


def _has_account(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _taken_by(unit: Unit, machine: Machine) -> str | None:
    """The folder of another bot that has the unit's name."""
    path = machine.units / unit.path.name
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    key = "WorkingDirectory="
    there = next((line.removeprefix(key) for line in lines if line.startswith(key)), "")
    return there if there and there != str(unit.folder).replace("%", "%%") else None
