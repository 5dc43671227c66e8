"""An update step by step, and back again when one fails. The programs it runs are in place.py and service.py.

Until the bot is stopped nothing has changed; from then on a failure brings version, environment and, if it was
migrated, the database back. Everything this process needs is imported before the code under it changes.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from bot.upgrade.breaking_off import held, raised
from bot.upgrade.note import Note, Unfinished
from bot.upgrade.place import Place
from bot.upgrade.running import As, StepFailed, run
from bot.upgrade.service import Service
from storage.migrate import current

Tell = Callable[[str], None]


class UpgradeProblem(Exception):
    """It was not updated; `str()` says why and how things stand."""


class _Running(UpgradeProblem):
    """A bot that nobody here can stop."""


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
        self._end_unfinished()
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
        with raised():
            self._replace(target, name, venv)
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

    def _replace(self, target: str, name: str, venv: Path) -> None:
        """From the bot's stop on; whatever breaks it off, a signal too, leads back."""
        note = Unfinished(self.place.standing(), current(self.database), str(self.place.kept_at()))
        self._note.write(note)
        try:
            self._stop()
            note = replace(note, backup=self._backed_up())
            self._note.write(note)
            self._switch(target, venv)
            self._note.write(replace(note, stage="starting"))
            self._say("Starting ...")
            self.service.start()
        except _Running:
            self._note.remove()
            raise
        except BaseException as failed:
            with held():
                why = str(failed) or "It was broken off."
                self._say(f"It failed, going back: {why}")
                self._go_back(note)
            raise UpgradeProblem(
                f"{name} does not work here; version and database are as they were.\n{why}"
                if note.backup
                else f"{why}\nNothing was changed."
            ) from failed
        self._note.remove()
        self.place.forget_others(Path(note.venv))

    def _stop(self) -> None:
        try:
            self.service.stop()
        except StepFailed as failed:
            raise StepFailed(f"The bot cannot be stopped.\n{failed}") from failed
        self._require_stopped()

    def _require_stopped(self) -> None:
        if self.running():
            raise _Running("The bot is running: stop it first. Nothing was changed.")

    def _backed_up(self) -> str:
        try:
            backup = self._zabota("backup", "--why", "upgrade").partition(" (")[0]
        except StepFailed as failed:
            raise StepFailed(f"No backup could be made.\n{failed}") from failed
        self._say(f"Backed up into {backup}.")
        return backup

    def _switch(self, target: str, venv: Path) -> None:
        """From here on things change."""
        self.place.git("checkout", "--quiet", "--detach", target)
        self.place.use(venv)
        self.place.finish(venv)
        self._say(self._zabota("migrate").strip())
        self._zabota("check")

    def _go_back(self, note: Unfinished) -> None:
        self._note.write(replace(note, stage="back"))
        try:
            self.service.stop()
            # By force: a checkout that was broken off leaves files of both versions, and none was changed before.
            self.place.git("checkout", "--quiet", "--force", note.standing)
            self.place.use_again(Path(note.venv))
            if current(self.database) != note.schema:
                self._say(self._zabota("restore", note.backup, "--yes", "--carry-inbox").strip())
            self._note.remove()
            self.service.start()
        except (StepFailed, OSError) as failed:
            raise UpgradeProblem(
                f"The way back failed as well: {failed}\n"
                f"By hand: git checkout {note.standing}; make run; the backup is {note.backup}."
            ) from failed

    def _end_unfinished(self) -> None:
        """One that was killed: ended if the database is migrated, for the bot may have worked since, else undone."""
        note = self._note.read()
        if note is None:
            return
        self.service.stop()
        self._require_stopped()
        migrated = current(self.database) != note.schema
        if note.stage == "starting" or (note.stage == "forward" and migrated):
            self._say("An update was broken off here when all was in place: starting ...")
            self._complete(note)
            return
        self._say("An update was broken off here: bringing back what stood before ...")
        with held():
            self._go_back(note)

    def _complete(self, note: Unfinished) -> None:
        try:
            self._zabota("check")
            self.service.start()
        except StepFailed as failed:
            raise UpgradeProblem(
                f"The version that was put in place does not work here: {failed}\n"
                f"By hand: git checkout {note.standing}; make run; the backup is {note.backup}."
            ) from failed
        self._note.remove()

    @property
    def _note(self) -> Note:
        return Note(self.place.folder / ".venvs" / "unfinished.json")

    def _say(self, words: str) -> None:
        with suppress(OSError):  # the terminal may be lost: no reason to stop half way
            self.tell(words)

    def _zabota(self, *args: str) -> str:
        """The version in use, as whoever owns the database: it must be able to open what this leaves behind."""
        return run([self.place.program, *args], self.place.folder, As.owner_of(self.database))
