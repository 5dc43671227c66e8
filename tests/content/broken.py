"""What one broken folder of the tables is: a change to the salon's files, and the whole report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Broken:
    """One change to one file. `<words>` in the report is the first line that has these words."""

    name: str
    file: str
    old: str
    new: str
    report: tuple[str, ...]
