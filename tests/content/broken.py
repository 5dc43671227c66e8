"""What one broken folder of the tables is: a change to the salon's files, and the whole report.

The tables stand in `broken_folders/`. In a report `<words>` is the number of the first line that has
these words, so that a line added above breaks no table.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from tests.content.salon import TRANSLATIONS, salon_files

TABLES = Path(__file__).parent / "broken_folders"
_PLACE = re.compile(r"^(\S+?):<(.+?)>(?=: )")


@dataclass(frozen=True, slots=True)
class Broken:
    """One change: in `file`, the first `old` becomes `new`. Reports by language."""

    name: str
    file: str
    old: str
    new: str
    en: str
    ru: str

    def files(self) -> dict[str, str]:
        """The whole folder with the change made."""
        files = {name: text for name, text in salon_files().items() if name not in TRANSLATIONS}
        text = files.get(self.file, "")
        assert self.old in text, "the salon's file has changed: change the table too"
        files[self.file] = text.replace(self.old, self.new, 1)
        return files

    def report(self, language: str) -> list[str]:
        """What `zabota check` prints, line by line."""
        files = self.files()
        return [
            _placed(line, files) for line in (self.ru if language == "ru" else self.en).split("\n")
        ]


def broken_folders() -> Iterator[Broken]:
    """Every row of every table."""
    for table in sorted(TABLES.glob("*.yaml")):
        for row in YAML(typ="safe", pure=True).load(table):
            yield Broken(**{key: _as_written(key, value) for key, value in row.items()})


def _as_written(key: str, value: str) -> str:
    return value.rstrip("\n") if key in ("en", "ru") else value


def _placed(line: str, files: Mapping[str, str]) -> str:
    found = _PLACE.match(line)
    if found is None:
        return line
    file, words = found.groups()
    at = next(n for n, text in enumerate(files[file].split("\n"), 1) if words in text)
    return f"{file}:{at}{line[found.end() :]}"
