"""The last content that ran well, kept in the database: a bad folder must not silence a bot that is restarted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog

from bot.content import ContentProblems, ReadFolder, judge_files, read_folder
from bot.desk import Desk
from bot.menu import tell_menus
from flows.book import Content
from flows.compiler import Judgement
from flows.problems import Problems
from storage import settings
from storage.db import Connection, Database
from storage.tx import Tx

_log = structlog.get_logger(__name__)

_KEY: Final = "content"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a bot starts with: it `runs` the files that `content` comes of; in the folder it `found` these."""

    content: Content
    runs: ReadFolder
    found: ReadFolder


def given(content: Content) -> Standing:
    """Content that stands in no folder."""
    read = ReadFolder({}, Judgement(content, Problems(()), content.business.locale))
    return Standing(content, read, read)


def keep(tx: Tx, files: Mapping[str, str]) -> None:
    """Remember the files that the bot runs with."""
    tx.set_setting(_KEY, json.dumps(dict(files), ensure_ascii=False, sort_keys=True))


def take(tx: Tx, desk: Desk, content: Content, files: Mapping[str, str]) -> None:
    """New content is in force from the next turn on: remembered, its menu told; on the writer's thread."""
    keep(tx, files)
    tell_menus(tx, content)
    desk.take(content, files)


async def content_to_start_with(folder: Path | None, database: Database) -> Standing:
    """The owner's folder, or what ran well before when the folder is bad.

    Raises ContentProblems when it is bad and nothing that ran before can be used.
    """
    found = read_folder(folder)
    if found.judgement.content is not None:
        return Standing(found.judgement.content, found, found)
    kept = await database.transact(_kept)
    if kept is None:
        raise ContentProblems(found.judgement)
    mistakes = found.judgement.problems.errors
    first = f"{mistakes[0].file}:{mistakes[0].line or ''}"
    _log.error("content_bad_at_start", count=len(mistakes), first=first, runs=kept.runs.revision)
    return Standing(kept.content, kept.runs, found)


def _kept(conn: Connection) -> Standing | None:
    """None when nothing is kept, or this version of the program cannot read it any more."""
    stored = settings.get(conn, _KEY)
    if stored is None:
        return None
    read = judge_files(json.loads(stored))
    content = read.judgement.content
    return None if content is None else Standing(content, read, read)
