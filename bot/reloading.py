"""Reads the owner's folder again while the bot works: good content takes over, bad content changes nothing.

What is wrong is found in flows/, what is told stands in reload_words.py; what was told, and to whom an answer is
owed, is in the database and outlives a kill.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final

import structlog

from bot.clock import Clock
from bot.content import ReadFolder, read_folder, revision_of
from bot.desk import Desk
from bot.folder_watch import FolderWatch
from bot.kept_content import take
from bot.problem_words import problem_words
from bot.reload_words import fingerprint, refused, taken
from bot.turn import Turns, happen
from flows.book import Content
from flows.events import TroubleNoticed
from storage.db import Connection, Database
from storage.errors import StorageUnavailable
from storage.tx import Tx

_log = structlog.get_logger(__name__)

_KEPT: Final = "owner.reload.kept"
_TOLD: Final = "content_told"  # the mistakes that the owners have heard of


class Outcome(StrEnum):
    """What reading the folder again has led to."""

    TAKEN = "taken"
    SAME = "same"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Reloaded:
    """`changed` are names of files; the problems stand in `read`."""

    outcome: Outcome
    read: ReadFolder
    changed: tuple[str, ...] = ()


class Reloader:
    """Takes what stands in the folder; `found` stood there at the start. What the editor has written runs already."""

    def __init__(
        self,
        folder: Path | None,
        database: Database,
        turns: Turns,
        desk: Desk,
        clock: Clock,
        found: ReadFolder,
    ) -> None:
        self._folder = folder
        self._database = database
        self._turns = turns
        self._desk = desk
        self._clock = clock
        # Unread: it may have changed while Telegram was being asked who the bot is.
        self._watch = FolderWatch(folder, clock.now) if folder else None
        self._found = found
        self._busy = asyncio.Lock()
        self._wanted = asyncio.Event()
        self._stopping = False
        turns.on_reload = self._wanted.set

    @property
    def revision(self) -> str:
        """Of what the bot works with."""
        return revision_of(self._desk.files)

    @property
    def mistakes(self) -> int:
        """In the folder as it was read last: they keep it from being used."""
        return len(self._found.judgement.problems.errors)

    def report(self) -> str:
        """The mistakes in the folder as it was read last, one a line, in the owner's language."""
        words = problem_words(self._desk.content.business.locale)
        return words.report(self._found.judgement.problems.errors)

    @property
    def idle(self) -> bool:
        """Nobody waits for the folder to be read."""
        return not self._wanted.is_set() and not self._busy.locked()

    async def run(self) -> None:
        """Answer owners until `stop`. First tell them when the bot could not start with what the folder holds."""
        if self.mistakes:
            await self._write(partial(self._tell_bad, read=self._found, key=_KEPT))
        if await self._database.transact(lambda conn: self._tx(conn).reload_wanted()):
            self._wanted.set()
        while True:
            await self._wanted.wait()
            if self._stopping:
                return
            try:
                await self.read(asked=True)
            except StorageUnavailable as error:
                _log.error("content_cannot_be_read_again", reason=error.reason)
            finally:
                self._wanted.clear()

    def stop(self) -> None:
        """Ask `run` to return."""
        self._stopping = True
        self._wanted.set()

    async def look(self) -> None:
        """Read the folder when it has changed and come to rest; called every now and then."""
        if self._watch is None or not await asyncio.to_thread(self._watch.settled):
            return
        try:
            await self.read()
        except StorageUnavailable as error:
            self._watch.unread()
            _log.error("content_cannot_be_read_again", reason=error.reason)

    async def read(self, *, asked: bool = False) -> Reloaded:
        """Judge the folder now. When asked, the owners hear of it in any case; raises StorageUnavailable."""
        async with self._busy:
            if self._watch is not None:
                await asyncio.to_thread(self._watch.reading)
            read = await asyncio.to_thread(read_folder, self._folder)
            content = read.judgement.content
            if content is None:
                done = Reloaded(Outcome.BAD, read)
                await self._write(partial(self._refuse, read=read, asked=asked))
            elif read.files == self._desk.files:
                done = Reloaded(Outcome.SAME, read)
                await self._write(partial(self._leave, asked=asked))
            else:
                done = Reloaded(Outcome.TAKEN, read, _changed(self._desk.files, read.files))
                await self._write(partial(self._take, content=content, done=done))
            self._found = read
            changed, mistakes = len(done.changed), self.mistakes
            _log.info(
                "content_read", outcome=done.outcome.value, changed=changed, mistakes=mistakes
            )
            return done

    async def _write(self, work: partial[None]) -> None:
        await self._database.transact(work)
        self._turns.on_calls()

    # ---- on the writer's thread, between two turns: a turn sees one content from its beginning to its end

    def _take(self, conn: Connection, content: Content, done: Reloaded) -> None:
        tx, before = self._tx(conn), (self._desk.content, self._desk.files)
        take(tx, self._desk, content, done.read.files)
        try:
            tx.set_setting(_TOLD, "")
            self._tell(tx, taken(done.read, done.changed))
        except BaseException:
            self._desk.take(*before)
            raise

    def _leave(self, conn: Connection, *, asked: bool) -> None:
        tx = self._tx(conn)
        tx.set_setting(_TOLD, "")
        if self.mistakes:
            self._tell(tx, TroubleNoticed("owner.reload.mended"))
        elif asked:
            self._tell(tx, TroubleNoticed("owner.reload.same"))

    def _refuse(self, conn: Connection, read: ReadFolder, *, asked: bool) -> None:
        self._tell_bad(conn, read, "owner.reload.bad", again=asked)

    def _tell_bad(
        self, conn: Connection, read: ReadFolder, key: str, *, again: bool = False
    ) -> None:
        """The same mistakes are told once, and once more by a bot that was started on them."""
        tx, mistakes = self._tx(conn), fingerprint(read)
        known = tx.setting(_TOLD) or ""
        if again or known not in (f"{key} {mistakes}", f"{_KEPT} {mistakes}"):
            tx.set_setting(_TOLD, f"{key} {mistakes}")
            self._tell(tx, refused(read, key, self._desk.content.business.locale))

    def _tell(self, tx: Tx, news: TroubleNoticed) -> None:
        tx.want_reload(wanted=False)
        happen(tx, news, self._clock.now(), self._desk)

    def _tx(self, conn: Connection) -> Tx:
        return Tx(conn, self._clock.now())


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(n for n in sorted({*before, *after}) if before.get(n) != after.get(n))
