"""An installation made by `git clone` and `make`: its versions, its virtual environments, its program."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.upgrade.running import As, StepFailed, run

_STAMP: Final = ".runtime-installed"  # the Makefile's: installed, nothing to do for `make run`

Install = Callable[[Path, Path], None]


@dataclass(frozen=True, slots=True)
class Place:
    """The folder; `install(venv, requirements)` fills a new environment, `link(venv, folder)` adds our own code."""

    folder: Path
    install: Install
    link: Install

    @property
    def venv(self) -> Path:
        """The environment in use: a folder at first, a link from the first update on."""
        return self.folder / ".venv"

    @property
    def program(self) -> str:
        """The program `zabota` of the version in use."""
        return str(self.venv / "bin" / "zabota")

    # ---- versions

    def git(self, *args: str) -> str:
        """What git says, without the end of the line."""
        return run(["git", *args], self.folder, As.owner_of(self.folder)).strip()

    def standing(self) -> str:
        """The branch or commit that is checked out: what leads back."""
        try:
            return self.git("symbolic-ref", "--quiet", "--short", "HEAD")
        except StepFailed:
            return self.git("rev-parse", "HEAD")

    def changed(self) -> list[str]:
        """Files of ours that somebody has changed here."""
        return self.git("status", "--porcelain", "--untracked-files=no").splitlines()

    def wanted(self, version: str | None) -> str:
        """The commit of a version; without one of the newest release, or of the branch it came from."""
        if version is not None:
            return self.git("rev-parse", "--verify", f"{version}^{{commit}}")
        releases = self.git("tag", "--list", "v*", "--sort=-v:refname").splitlines()
        newest = self.git("rev-parse", f"{releases[0] if releases else 'origin/HEAD'}^{{commit}}")
        # Never back by itself: what stands here may be younger than the newest release.
        return self.git("rev-parse", "HEAD") if self._is_behind(newest) else newest

    def _is_behind(self, commit: str) -> bool:
        return self.git("merge-base", commit, "HEAD") == commit

    def name_of(self, commit: str) -> str:
        """A release by its name, else a short number."""
        return self.git("describe", "--tags", "--always", commit)

    # ---- environments

    def build(self, commit: str) -> Path:
        """A new environment with what that version needs, beside the one in use; raises StepFailed."""
        venv = self.folder / ".venvs" / commit[:12]
        shutil.rmtree(venv, ignore_errors=True)
        requirements = venv / "requirements.txt"
        account = As.owner_of(self.folder)
        run([sys.executable, "-m", "venv", str(venv)], self.folder, account)
        requirements.write_text(self.git("show", f"{commit}:requirements.txt") + "\n", "utf-8")
        self.install(venv, requirements)
        return venv

    def kept_at(self) -> Path:
        """Where the environment in use will be once another is in its place."""
        return self.venv.resolve() if self.venv.is_symlink() else self.folder / ".venvs" / "first"

    def use(self, venv: Path) -> None:
        """Put an environment in the place of the one in use."""
        if not self.venv.is_symlink():
            self.venv.rename(self.kept_at())
        self._point_at(venv)

    def use_again(self, before: Path) -> None:
        """The way back: programs of a moved environment work only in the place they were made for."""
        if before.name != "first":
            self._point_at(before)
        elif before.exists():  # else it never was moved
            self.venv.unlink(missing_ok=True)
            before.rename(self.venv)

    def _point_at(self, venv: Path) -> None:
        """By renaming over it: at no moment is there none."""
        link = self.folder / ".venvs" / "next-link"
        link.unlink(missing_ok=True)
        link.symlink_to(venv, target_is_directory=True)
        link.replace(self.venv)

    def forget_others(self, before: Path) -> None:
        """Keep the environment in use and the one before it."""
        for other in (self.folder / ".venvs").iterdir():
            if other not in (before, self.venv.resolve()):
                shutil.rmtree(other, ignore_errors=True)

    def finish(self, venv: Path) -> None:
        """Add the code that is checked out now to a new environment."""
        self.link(venv, self.folder)
        (venv / _STAMP).touch()


def pip_install(venv: Path, requirements: Path) -> None:
    """Exactly the locked versions, by their hashes."""
    folder = venv.parents[1]
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    run([*pip, "install", "--require-hashes", "-r", str(requirements)], folder, As.owner_of(folder))


def pip_link(venv: Path, folder: Path) -> None:
    """Our own code, where it stands."""
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    ours = ("install", "--no-deps", "--no-build-isolation", "--editable", ".")
    run([*pip, *ours], folder, As.owner_of(folder))
