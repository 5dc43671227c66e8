"""What lies on the disk: the content, the database and its lock, backups. Read only, whether a bot runs or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.content import judge_folder
from bot.doctor.finding import Finding, bad, good, notice
from bot.problem_words import problem_words
from bot.settings import LocalSettings
from flows.book import Content
from storage.backup import inspect, listing
from storage.errors import DatabaseInUse, SchemaNewer, SchemaOutdated, StorageProblem
from storage.lock import DatabaseLock
from storage.migrate import require_head
from storage.sqlite import require_ours

_MB: Final = 1_000_000
_MUCH_WAL: Final = 200  # MB
_OLD: Final = timedelta(hours=36)  # one night was left out
_SHOWN: Final = 5  # mistakes


def content(settings: LocalSettings, language: str) -> tuple[Content | None, list[Finding]]:
    """The owner's folder is without mistakes, and nothing in it is an example; the content is handed on."""
    folder = settings.content_dir
    judged = judge_folder(folder)
    if judged.content is None:
        errors = judged.problems.errors
        lines = [problem_words(language).line(each) for each in errors[:_SHOWN]]
        told = "\n".join(f"    {line}" for line in lines)
        return None, [bad("content.bad", folder=folder, count=len(errors), problems=told)]
    business = judged.content.business
    if folder is None:
        return judged.content, [notice("content.shipped", brand=business.brand)]
    found = [good("content.ok", folder=folder, brand=business.brand)]
    if business.examples:
        left = ", ".join(business.examples)
        found.append(notice("content.examples", settings=left, file=folder / "business.yaml"))
    return judged.content, found


def database(path: Path) -> Iterator[Finding]:
    """It is there, ours, of this version and sound."""
    if not path.exists():
        yield bad("database.missing", path=path)
        return
    try:
        require_ours(path)
        require_head(path)
        wrong = inspect(path)
    except SchemaOutdated:
        yield bad("database.old", path=path)
    except SchemaNewer:
        yield bad("database.newer", path=path)
    except (StorageProblem, OSError) as error:
        yield bad("database.unreadable", path=path, why=error)
    else:
        if wrong:
            yield bad("database.damaged", path=path, why=wrong)
        else:
            size = f"{path.stat().st_size / _MB:.1f}"
            yield good("database.ok", path=path, size=size)
    yield from _wal(path)


def _wal(path: Path) -> Iterator[Finding]:
    wal = path.with_name(f"{path.name}-wal")
    size = wal.stat().st_size // _MB if wal.exists() else 0
    if size > _MUCH_WAL:
        yield notice("database.wal", size=size)


def lock(path: Path, *, answers: bool) -> Iterator[Finding]:
    """While no bot answers, nobody else may hold the database."""
    if answers or not path.exists():
        return
    try:
        DatabaseLock.take(path).release()
    except DatabaseInUse as held:
        yield bad("database.held", why=held)
    except StorageProblem as error:
        yield bad("database.unreadable", path=path, why=error)


def backups(folder: Path | None, now: datetime) -> Finding:
    """There is a young one."""
    if folder is None:
        return notice("backup.off")
    found = listing(folder)
    if not found:
        return notice("backup.none", folder=folder)
    age = now - found[0].made_at
    hours = int(age.total_seconds() // 3600)
    return (
        bad("backup.old", hours=hours, folder=folder)
        if age > _OLD
        else good("backup.ok", hours=hours)
    )
