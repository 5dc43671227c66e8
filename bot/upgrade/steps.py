"""An update step by step, and back again when one fails. The programs it runs are in place.py and service.py.

Until the bot is stopped nothing has changed; from then on a failure brings version, environment and, if it was
migrated, the database back. Everything this process needs is imported before the code under it changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.upgrade.place import Place
from bot.upgrade.running import As, StepFailed, run
from bot.upgrade.service import Service
from storage.migrate import current

Tell = Callable[[str], None]


class UpgradeProblem(Exception):
    """It was not updated; `str()` says why and how things stand."""


@dataclass(slots=True)
class Upgrade:
    """One update of one installation. `running` tells whether a bot holds the database now."""

    place: Place
    service: Service
    database: Path
    tell: Tell
    running: Callable[[], bool]

    def to(self, version: str | None) -> bool:
        """Update; False when that version stands here already. Raises UpgradeProblem."""
        target = self._chosen(version)
        if target is None:
            return False
        name = self.place.name_of(target)
        self.tell(f"Installing what {name} needs, beside what is in use ...")
        try:
            venv = self.place.build(target)
        except StepFailed as failed:
            raise UpgradeProblem(
                f"{name} cannot be installed, nothing was changed.\n{failed}"
            ) from failed
        self._stop()
        try:
            backup = self._zabota("backup", "--why", "upgrade").partition(" (")[0]
        except StepFailed as failed:
            self.service.start()
            raise UpgradeProblem(
                f"No backup could be made, nothing was changed.\n{failed}"
            ) from failed
        self.tell(f"Backed up into {backup}.")
        self._switch(target, name, venv, backup)
        return True

    def _chosen(self, version: str | None) -> str | None:
        place = self.place
        if not (place.folder / ".git").exists():
            raise UpgradeProblem(
                f"{place.folder} was not made by `git clone`: update it the way it was made."
            )
        try:
            changed = place.changed()
            if changed:
                listed = "\n".join(changed)
                raise UpgradeProblem(
                    f"Files of the program were changed here, put them back first:\n{listed}"
                )
            place.git("fetch", "--quiet", "--tags")
            target = place.wanted(version)
            return None if target == place.git("rev-parse", "HEAD") else target
        except StepFailed as failed:
            raise UpgradeProblem(
                f"The new version cannot be fetched, nothing was changed.\n{failed}"
            ) from failed

    def _stop(self) -> None:
        try:
            self.service.stop()
        except StepFailed as failed:
            raise UpgradeProblem(
                f"The bot cannot be stopped, nothing was changed.\n{failed}"
            ) from failed
        if self.running():
            raise UpgradeProblem("The bot is running: stop it first. Nothing was changed.")

    def _switch(self, target: str, name: str, venv: Path, backup: str) -> None:
        """From here on things change."""
        standing, schema = self.place.standing(), current(self.database)
        before: Path | None = None
        try:
            self.place.git("checkout", "--quiet", "--detach", target)
            before = self.place.use(venv)
            self.place.finish(venv)
            self.tell(self._zabota("migrate").strip())
            self._zabota("check")
            self.tell("Starting ...")
            self.service.start()
        except (StepFailed, OSError) as failed:
            self.tell(f"It failed, going back: {failed}")
            self._go_back(standing, before, schema, backup)
            raise UpgradeProblem(
                f"{name} does not work here; version and database are as they were.\n{failed}"
            ) from failed
        self.place.forget_others(before)

    def _go_back(self, standing: str, before: Path | None, schema: str | None, backup: str) -> None:
        try:
            self.service.stop()
            self.place.git("checkout", "--quiet", standing)
            if before is not None:
                self.place.use_again(before)
            if current(self.database) != schema:
                self.tell(self._zabota("restore", backup, "--yes", "--carry-inbox").strip())
            self.service.start()
        except (StepFailed, OSError) as failed:
            raise UpgradeProblem(
                f"The way back failed as well: {failed}\n"
                f"By hand: git checkout {standing}; make run; the backup is {backup}."
            ) from failed

    def _zabota(self, *args: str) -> str:
        """The version in use, as whoever owns the database: it must be able to open what this leaves behind."""
        return run([self.place.program, *args], self.place.folder, As.owner_of(self.database))
