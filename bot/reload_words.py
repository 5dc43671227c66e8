"""What the owners are told when the folder was read again: a text and its values. Nothing is read or sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

from bot.content import ReadFolder
from bot.problem_words import problem_words
from flows.events import TroubleNoticed

_LIST_MOST: Final = 3000  # characters of mistakes in one message; Telegram takes 4096 in all
_LINE_MOST: Final = 300


def taken(read: ReadFolder, changed: Iterable[str]) -> TroubleNoticed:
    """Good content has taken over."""
    warnings = len(read.judgement.problems.warnings)
    values = {"files_line": ", ".join(changed), "warnings_count": str(warnings or "")}
    return TroubleNoticed("owner.reload.done", tuple(values.items()))


def refused(read: ReadFolder, key: str, owner_language: str) -> TroubleNoticed:
    """The folder has mistakes: the first of them, as many as one message holds."""
    lines = _mistakes(read, owner_language)
    shown = list(_fitting(lines))
    values = {
        "mistakes_count": str(len(lines)),
        "mistakes_list": "\n".join(shown),
        "more_count": str(len(lines) - len(shown) or ""),
    }
    return TroubleNoticed(key, tuple(values.items()))


def fingerprint(read: ReadFolder) -> str:
    """What these mistakes are known by, so that they are told once."""
    return hashlib.sha256("\n".join(_mistakes(read, "en")).encode()).hexdigest()


def _mistakes(read: ReadFolder, language: str) -> list[str]:
    return [problem_words(language).line(each) for each in read.judgement.problems.errors]


def _fitting(lines: Iterable[str]) -> Iterable[str]:
    room = _LIST_MOST
    for line in lines:
        short = line if len(line) <= _LINE_MOST else f"{line[: _LINE_MOST - 1]}…"
        room -= len(short) + 1
        if room < 0:
            return
        yield short
