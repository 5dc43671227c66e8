"""A note on disk of an update under way: what a later run needs to end it when this one was killed."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How things stood before. `stage` is "forward", "starting" (all is in place) or "back"."""

    standing: str  # branch or commit
    schema: str | None
    venv: str  # where the environment in use goes
    backup: str = ""  # none yet
    stage: str = "forward"


@dataclass(frozen=True, slots=True)
class Note:
    """One file; it is there while an update is under way."""

    path: Path

    def write(self, unfinished: Unfinished) -> None:
        """All of it or nothing."""
        self.path.parent.mkdir(exist_ok=True)
        beside = self.path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            json.dump(asdict(unfinished), file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)

    def read(self) -> Unfinished | None:
        """What was left unfinished."""
        if not self.path.exists():
            return None
        return Unfinished(**json.loads(self.path.read_text("utf-8")))

    def remove(self) -> None:
        """It has ended, one way or the other."""
        self.path.unlink(missing_ok=True)
