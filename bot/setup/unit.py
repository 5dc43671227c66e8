"""The systemd unit: what stands in it, and the commands that install it. Nothing is run or asked here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

SYSTEM: Final = "/etc/systemd/system"
ACCOUNT: Final = "zabota"  # made for the service when root sets it up
_HOMES: Final = (Path("/home"), Path("/root"), Path("/run/user"))

Commands = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A bot as a service. `writable` are the folders it may change; `own_tmp`: a /tmp of its own."""

    name: str
    folder: Path
    command: Path  # the program `zabota`
    user: str
    writable: tuple[Path, ...]
    own_tmp: bool = True

    @property
    def path(self) -> Path:
        """Where the unit stands once it is installed."""
        return Path(SYSTEM) / f"{self.name}.service"

    @property
    def text(self) -> str:
        """The unit file."""
        template = (files("bot.setup") / "zabota.service").read_text(encoding="utf-8")
        at_home = any(self.folder.is_relative_to(home) for home in _HOMES)
        tmp = () if self.own_tmp else (Path("/tmp"),)  # noqa: S108 - the socket's folder is in it
        return template.format(
            user=self.user,
            folder=_plain(self.folder),
            command=_quoted(self.command),
            writable=" ".join(map(_quoted, (*self.writable, *tmp))),
            home="read-only" if at_home else "true",
            tmp="true" if self.own_tmp else "false",
        )

    def commands(self, written: Path, *, root: bool, new_account: bool = False) -> Commands:
        """What has to be run, in order; `written` is the unit file as it was written down for that."""
        steps: list[tuple[str, ...]] = []
        if new_account:
            shell = ("--no-create-home", "--home-dir", str(self.folder), "--shell")
            steps.append(
                ("useradd", "--system", "--user-group", *shell, "/usr/sbin/nologin", self.user)
            )
        if root:
            owned = (*map(str, self.writable), str(self.folder / ".env"))
            steps.append(("chown", "-R", f"{self.user}:", *owned))
        steps += [
            ("install", "-m", "0644", str(written), str(self.path)),
            ("systemctl", "daemon-reload"),
            ("systemctl", "enable", self.name),
            ("systemctl", "restart", self.name),
        ]
        return tuple(step if root else ("sudo", *step) for step in steps)


def folders(places: Iterable[Path]) -> tuple[Path, ...]:
    """The folders without those that lie in another one of them."""
    found = sorted(set(places))
    return tuple(p for p in found if not any(p != q and p.is_relative_to(q) for q in found))


def _plain(path: Path) -> str:
    """A percent sign would be a specifier of systemd's."""
    return str(path).replace("%", "%%")


def _quoted(path: Path) -> str:
    text = _plain(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"' if any(c.isspace() or c in "\\\"'" for c in text) else text
