"""Running programs for an update: as whoever owns what they touch. What is run, and when, is in steps.py."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class StepFailed(Exception):
    """A program did not do what it was asked for; `str()` is what it said last."""


@dataclass(frozen=True, slots=True)
class As:
    """The account that owns a file: what it runs may change that file, and leaves nothing of another's."""

    uid: int
    gid: int

    @classmethod
    def owner_of(cls, path: Path) -> As:
        """Raises FileNotFoundError."""
        found = path.stat()
        return cls(found.st_uid, found.st_gid)


def run(command: Sequence[str], folder: Path, account: As | None = None) -> str:
    """Run to the end and return what was printed; raises StepFailed. Without an account: as we are."""
    me = os.geteuid()
    other = account is not None and account.uid != me
    become = account if other and me == 0 else None
    line = list(command)
    if account is not None and other and become is None:
        line = ["sudo", "-u", f"#{account.uid}", *line]
    try:
        done = subprocess.run(  # noqa: S603 - programs of this installation, by their paths
            line,
            cwd=folder,
            check=False,
            stdin=subprocess.DEVNULL if not other else None,  # sudo may ask for a password
            capture_output=True,
            text=True,
            user=become.uid if become else None,
            group=become.gid if become else None,
            extra_groups=[] if become else None,
        )
    except OSError as error:
        raise StepFailed(f"{line[0]}: {error.strerror}") from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise StepFailed("\n".join(said[-5:]) or f"{line[0]} ended with {done.returncode}")
    return done.stdout
