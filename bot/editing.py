"""The editor: carries out what turns have asked of the owner's folder, one order after another.

An order is a committed row; its work may be repeated after a kill and does no harm then. What came of it is an
event in the turn that marks the row done, and new content is in force from that turn on.
"""

import asyncio
import base64
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

import structlog

from bot.clock import Clock
from bot.content import made_from, preset_value
from bot.content_change import decoded, differences, edited, encoded, filled, judged, seal_of
from bot.content_disk import ContentFolder, HinderedError
from bot.content_upload import archive, sent_files
from bot.desk import Desk
from bot.kept_content import take
from bot.preset_change import preset_with
from bot.problem_words import ProblemWords, problem_words
from bot.refusals import Answer, Unreachable, Wait
from bot.telegram import Telegram, TelegramRefusedError
from bot.turn import Turns
from flows.book import Content
from flows.content_work import (
    Edit,
    Fault,
    FileJudged,
    FilesRead,
    Hindered,
    Hindrance,
    Judged,
    JudgeEdits,
    JudgeFile,
    ReadFiles,
    Saved,
    SaveEdits,
    SaveFile,
    Undone,
    UndoSaved,
    WorkOutcome,
)
from flows.events import ContentWorked
from storage import content_work
from storage.content_work import DueWork
from storage.db import Database
from storage.errors import StorageUnavailable
from storage.tx import Tx

_log = structlog.get_logger(__name__)

_STORAGE_PAUSE_S = 1.0
_FIRST_PAUSE = timedelta(seconds=2)
_LONGEST_PAUSE = timedelta(minutes=1)
_MOST_TRIES = 30  # about half an hour, after that the owner hears that there is no file
_ARCHIVE_NAME = "content.zip"


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an order; `content`, of these `files`, is in force from now on, None as before."""

    outcome: WorkOutcome
    content: Content | None = None
    files: Mapping[str, str] = field(default_factory=dict)


class _BrokenOffError(Exception):
    """The bot stops in the middle of a download."""


class _MistakesError(Exception):
    def __init__(self, mistakes: tuple[Fault, ...]) -> None:
        self.mistakes = mistakes


class Editor:
    """Runs beside intake and sender. `folder` None: the bot works on what ships with it."""

    def __init__(
        self,
        database: Database,
        telegram: Telegram,
        turns: Turns,
        desk: Desk,
        clock: Clock,
        folder: Path | None,
        keep: int,
    ) -> None:
        self._database = database
        self._telegram = telegram
        self._turns = turns
        self._desk = desk
        self._clock = clock
        self._folder = None if folder is None else ContentFolder(folder, keep)
        self._woken = asyncio.Event()
        self._woken.set()
        self._working = False
        self._stopping = False
        self._download: asyncio.Timeout | None = None

    def wake(self) -> None:
        """There may be something to do."""
        self._woken.set()

    def stop(self) -> None:
        """Finish the order in hand and return from `run`; a download is broken off."""
        self._stopping = True
        if self._download is not None:
            with suppress(RuntimeError):  # it is over
                self._download.reschedule(asyncio.get_running_loop().time())
        self._woken.set()

    @property
    def idle(self) -> bool:
        """Nothing is being worked on, and nothing was due when last looked."""
        return not (self._working or self._woken.is_set())

    async def run(self) -> None:
        """Work until `stop`; what is not done by then is done after the next start."""
        while not self._stopping:
            await self._woken.wait()
            self._working = True
            self._woken.clear()
            try:
                while await self._work_on_next():
                    pass
            except StorageUnavailable as error:
                _log.error("content_work_cannot_be_read", reason=error.reason)
                await asyncio.sleep(_STORAGE_PAUSE_S)
                self._woken.set()
            except (
                Exception
            ) as error:  # no single order takes the bot down; the next tick looks again
                _log.error("content_work_broke_off", exc_info=error)
            finally:
                self._working = False

    async def _work_on_next(self) -> bool:
        now = self._clock.now()
        due = await self._database.transact(partial(content_work.next_due, now=now))
        if due is None or self._stopping:
            return False
        done = await self._done(due)
        if done is None:  # the next start finds it as it is
            return False
        if isinstance(done, timedelta):
            until = self._clock.now() + done
            await self._database.transact(
                partial(content_work.put_off, work_id=due.id, until=until)
            )
            return True
        event = ContentWorked(due.tg_id, due.dialog_id, done.outcome)
        settle = partial(self._settle, due=due, done=done)
        try:
            await asyncio.shield(self._turns.soon(settle, event))
        except StorageUnavailable:
            raise
        except Exception as error:  # our own rule failed on the answer: the work itself is done
            _log.error("content_answer_failed", key=due.key, exc_info=error)
            await self._database.transact(lambda conn: settle(Tx(conn, now)))
        return True

    def _settle(self, tx: Tx, due: DueWork, done: Done) -> bool:
        """The order is done, and what was written is in force from this very turn on."""
        if not tx.claim_content_work(due.id):
            return False
        if done.content is not None:
            take(tx, self._desk, done.content, done.files)
        return True

    # ---- the work itself

    async def _done(self, due: DueWork) -> Done | timedelta | None:
        """What came of the order; how long to leave it when Telegram is away; None when the bot stops."""
        try:
            if self._folder is None:
                return Done(Hindered(Hindrance.NO_FOLDER))
            sent = await self._sent(due)
            return await asyncio.to_thread(self._worked, self._folder, due, sent)
        except HinderedError as error:
            return Done(Hindered(error.why))
        except _MistakesError as error:
            return Done(Hindered(Hindrance.MISTAKES, error.mistakes))
        except TelegramRefusedError as error:
            return self._not_given(due, error.answer)
        except _BrokenOffError:
            return None
        except (
            Exception
        ) as error:  # a mistake of ours: the person hears so, and the row does not come back
            _log.error("content_work_failed", key=due.key, exc_info=error)
            return Done(Hindered(Hindrance.FAILED))

    async def _sent(self, due: DueWork) -> bytes:
        if not isinstance(due.work, JudgeFile | SaveFile):
            return b""
        try:
            async with asyncio.timeout(None) as self._download:
                return await self._telegram.download(due.work.file_id)
        except TimeoutError as error:
            raise _BrokenOffError from error

    def _not_given(self, due: DueWork, answer: Answer) -> Done | timedelta:
        """Telegram is away or busy: later, some times over. Whatever else it says, it will say again."""
        _log.warning("content_file_not_given", key=due.key, answer=str(answer))
        if not isinstance(answer, Unreachable | Wait) or due.attempts >= _MOST_TRIES:
            return Done(Hindered(Hindrance.LOST))
        pause = min(_FIRST_PAUSE * 2 ** min(due.attempts, 6), _LONGEST_PAUSE)
        asked = timedelta(seconds=answer.seconds) if isinstance(answer, Wait) else pause
        return pause if asked < pause else asked

    def _worked(self, folder: ContentFolder, due: DueWork, sent: bytes) -> Done:
        match due.work:
            case JudgeEdits(edits):
                return self._judge_edits(folder, edits)
            case SaveEdits() as order:
                return self._save_edits(folder, due, order)
            case UndoSaved(key):
                return self._undo(folder, due, key)
            case ReadFiles(name):
                return _read(folder, name)
            case JudgeFile(name=name):
                return self._judge_file(folder, name, sent)
            case SaveFile(name=name, seal=seal):
                return self._save_file(folder, due, name, sent, seal)

    def _judge_edits(self, folder: ContentFolder, edits: tuple[Edit, ...]) -> Done:
        texts = decoded(folder.read())
        edits = filled(edits, partial(preset_value, texts))
        return Done(Judged(edits, self._new_warnings(texts, edited(texts, edits))))

    def _save_edits(self, folder: ContentFolder, due: DueWork, order: SaveEdits) -> Done:
        seen = folder.read()
        texts = decoded(seen)
        saved = Saved(due.key, order.about)
        if folder.knows(due.key):  # written before a kill, and not told
            return self._in_force(saved, texts)
        if order.preset and order.preset != made_from(texts):
            return self._save_preset(folder, due, order, seen)
        changed = edited(texts, filled(order.edits, partial(preset_value, texts)))
        done = self._in_force(saved, {**texts, **changed})
        self._write(folder, due, seen, changed)
        return done

    def _save_preset(
        self, folder: ContentFolder, due: DueWork, order: SaveEdits, seen: dict[str, bytes]
    ) -> Done:
        """Another preset takes the folder's place, with the edits; what the folder had is kept for an undo."""
        texts = preset_with(order.preset, order.edits)
        done = self._in_force(Saved(due.key, order.about), texts)
        gone: dict[str, bytes | None] = {name: None for name in seen if name not in texts}
        new = {name: encoded(text, seen.get(name)) for name, text in texts.items()}
        folder.write(due.key, self._clock.now(), seen, {**gone, **new})
        return done

    def _undo(self, folder: ContentFolder, due: DueWork, key: str) -> Done:
        seen = folder.read()
        if folder.knows(due.key):
            return self._in_force(Undone(), decoded(seen))
        before = folder.undo(key)
        after = {**seen, **{name: each for name, each in before.items() if each is not None}}
        gone = {name for name, each in before.items() if each is None}
        left = decoded({name: each for name, each in after.items() if name not in gone})
        done = self._in_force(Undone(), left)
        folder.write(due.key, self._clock.now(), seen, before)
        return done

    def _judge_file(self, folder: ContentFolder, name: str, sent: bytes) -> Done:
        seen = folder.read()
        files = sent_files(name, sent, seen)
        texts, new = decoded(seen), decoded(files)
        if not any(texts.get(each) != text for each, text in new.items()):
            raise HinderedError(Hindrance.NOTHING_NEW)
        warnings = self._new_warnings(texts, new)
        return Done(FileJudged(seal_of(seen, files), differences(texts, new), warnings))

    def _save_file(
        self, folder: ContentFolder, due: DueWork, name: str, sent: bytes, seal: str
    ) -> Done:
        seen = folder.read()
        if folder.knows(due.key):
            return self._in_force(Saved(due.key, "file"), decoded(seen))
        files = sent_files(name, sent, seen)
        if seal_of(seen, files) != seal:
            raise HinderedError(Hindrance.CHANGED)
        texts, new = decoded(seen), decoded(files)
        changed = {each: text for each, text in new.items() if texts.get(each) != text}
        done = self._in_force(Saved(due.key, "file"), {**texts, **changed})
        self._write(folder, due, seen, changed)
        return done

    def _write(
        self,
        folder: ContentFolder,
        due: DueWork,
        seen: dict[str, bytes],
        changed: dict[str, str],
    ) -> None:
        new: dict[str, bytes | None] = {
            name: encoded(text, seen.get(name)) for name, text in changed.items()
        }
        folder.write(due.key, self._clock.now(), seen, new)

    def _in_force(self, outcome: WorkOutcome, texts: dict[str, str]) -> Done:
        """These texts, once they are written; mistakes in them are an exception."""
        content, _ = self._right(texts)
        return Done(outcome, content, texts)

    def _right(self, texts: dict[str, str]) -> tuple[Content, tuple[Fault, ...]]:
        """The content and the checker's warnings; its mistakes are an exception."""
        judgement, mistakes, warnings = judged(texts, self._words)
        if judgement.content is None:
            raise _MistakesError(mistakes)
        return judgement.content, warnings

    def _new_warnings(self, texts: dict[str, str], new: dict[str, str]) -> tuple[Fault, ...]:
        """What the checker points out with the new files and did not before; lines may have moved."""
        known = {(each.file, each.where, each.what) for each in judged(texts, self._words)[2]}
        _, warnings = self._right({**texts, **new})
        return tuple(w for w in warnings if (w.file, w.where, w.what) not in known)

    @property
    def _words(self) -> ProblemWords:
        return problem_words(self._desk.content.business.locale)


def _read(folder: ContentFolder, name: str) -> Done:
    files = folder.read()
    names = tuple(files)
    if not name:
        packed = base64.b64encode(archive(files)).decode()
        return Done(FilesRead(_ARCHIVE_NAME, packed, names))
    if name not in files:
        raise HinderedError(Hindrance.NOT_CONTENT)
    return Done(FilesRead(name.rsplit("/", 1)[-1], base64.b64encode(files[name]).decode(), names))
