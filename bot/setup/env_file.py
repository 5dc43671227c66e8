"""The file .env: read, and changed line by line, so that comments and what others wrote stay."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from dotenv import dotenv_values

_ONLY_THE_OWNER: Final = 0o600
_PLAIN: Final = re.compile(r"[\w./:@%+,=?&~*!-]*", re.ASCII)


class EnvFile:
    """One .env; it need not be there yet. `example` is what a new one begins as, when that is there."""

    def __init__(self, path: Path, example: Path | None = None) -> None:
        self.path = path
        self._example = example

    @property
    def exists(self) -> bool:
        """The file is there."""
        return self.path.exists()

    def get(self, name: str) -> str:
        """What is written, "" for nothing."""
        if not self.exists:
            return ""
        return dotenv_values(self.path, interpolate=False).get(name) or ""

    def write(self, changes: Mapping[str, str]) -> None:
        """Set values; "" switches a setting off. The file is whole at every moment, and nobody else's to read."""
        lines = self._lines()
        for name, value in changes.items():
            lines = _with(lines, name, value)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_name(f"{self.path.name}.new")
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_THE_OWNER)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write("".join(f"{line}\n" for line in lines))
            out.flush()
            os.fsync(out.fileno())
        if self.exists and os.geteuid() == 0:
            of_before = self.path.stat()
            os.chown(beside, of_before.st_uid, of_before.st_gid)
        beside.replace(self.path)

    def _lines(self) -> list[str]:
        for path in (self.path, self._example):
            if path is not None and path.exists():
                return path.read_text(encoding="utf-8").splitlines()
        return []


def _with(lines: list[str], name: str, value: str) -> list[str]:
    """The value in the place of the old one, else under the line that explains it, else at the end."""
    written = f"{name}={_quoted(value)}" if value else f"# {name}="
    there = re.compile(rf"\s*(?:export\s+)?{name}\s*=")
    places = [place for place, line in enumerate(lines) if there.match(line)]
    if places:
        kept = [line for place, line in enumerate(lines) if place not in places[1:]]
        return [*kept[: places[0]], written, *kept[places[0] + 1 :]]
    if not value:
        return lines
    explained = re.compile(rf"#\s?{name}=")
    places = [place for place, line in enumerate(lines) if explained.match(line)]
    at = places[0] + 1 if places else len(lines)
    return [*lines[:at], written, *lines[at:]]


def _quoted(value: str) -> str:
    """Single quotes take everything as it is, but for themselves."""
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
