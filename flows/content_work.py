"""What is asked of the owner's folder, and what came of it. Only data: files are read and written in bot/.

A turn commits such an order as a row; it is carried out after the commit, as often as need be, and what came
of it is an event.
"""

from dataclasses import dataclass
from enum import StrEnum


class EditKind(StrEnum):
    """How a value changes."""

    PUT = "put"  # replaced, or added
    DROP = "drop"  # the key is taken out
    APPEND = "append"  # one more item of a list
    PRESET = "preset"  # as in the preset that ships


@dataclass(frozen=True, slots=True)
class Edit:
    """One value of one file. `path` are keys (an item of a list is named by its `id`), `value` is JSON.

    `was` is the value (JSON) that the person has seen, "" for none or any: meanwhile somebody else may have
    changed it.
    """

    file: str
    path: tuple[str, ...]
    value: str = "null"
    was: str = ""
    kind: EditKind = EditKind.PUT


@dataclass(frozen=True, slots=True)
class JudgeEdits:
    """Would the folder still be right with these changes? Nothing is written."""

    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class SaveEdits:
    """Write these changes if the folder stays right with them. `about` says whose they are, for the answer.

    With a `preset` the folder becomes that preset first; one that it was made from already changes nothing.
    """

    edits: tuple[Edit, ...]
    about: str = ""
    preset: str = ""


@dataclass(frozen=True, slots=True)
class UndoSaved:
    """Put back what the change with this key has replaced."""

    key: str


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """The files of the folder: one by its name, or all of them in an archive ("")."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class JudgeFile:
    """A file (or an archive) that somebody has sent: what would change, and is it right?"""

    file_id: str
    name: str


@dataclass(frozen=True, slots=True)
class SaveFile:
    """Write that file; `seal` is what it and the folder looked like when they were judged."""

    file_id: str
    name: str
    seal: str


Work = JudgeEdits | SaveEdits | UndoSaved | ReadFiles | JudgeFile | SaveFile


class Hindrance(StrEnum):
    """Why nothing was done; the sentence is the text `owner.content.<value>`."""

    MISTAKES = "mistakes"  # the checker says no
    CHANGED = "changed"  # somebody has edited the folder meanwhile
    READ_ONLY = "read_only"
    DISK_FULL = "disk_full"
    NO_FOLDER = "no_folder"  # the bot runs on what ships with it
    NOT_SIMPLE = "not_simple"  # it cannot be written without touching more; edit the file
    TOO_BIG = "too_big"
    NOT_TEXT = "not_text"  # not UTF-8
    NOT_CONTENT = "not_content"  # a name that is none of the folder's
    BAD_ARCHIVE = "bad_archive"
    NOTHING_NEW = "nothing_new"
    GONE = "gone"  # what was to be undone is no longer kept
    LOST = "lost"  # Telegram does not give the file
    FAILED = "failed"  # a mistake of ours


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing the checker found; `line` 0 is the whole file, `where` the keys down to the place."""

    file: str
    line: int
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs: words for a person, "" for none."""

    file: str
    where: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The changes are right; a value taken from the preset is filled in. `warnings` are the checker's."""

    edits: tuple[Edit, ...]
    warnings: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """Written, and live from now on; `key` undoes it."""

    key: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Undone:
    """What stood there before stands there again."""


@dataclass(frozen=True, slots=True)
class FilesRead:
    """One file to send: its name and its bytes in base64; `names` are all files of the folder."""

    name: str
    content: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileJudged:
    """The sent file is right and would change so much."""

    seal: str
    changes: tuple[Change, ...]
    warnings: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Hindered:
    """Nothing was changed, and why."""

    why: Hindrance
    mistakes: tuple[Fault, ...] = ()


WorkOutcome = Judged | Saved | Undone | FilesRead | FileJudged | Hindered
