"""A backup comes back whole or nothing changes, and what stood in its place is kept."""

import gzip
import io
import json
import os
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, assert_never

import pytest
from sqlalchemy import Connection, text

from flows.events import TimerKind
from storage import migrate
from storage.after_restore import WHY, SetAside
from storage.backup import make
from storage.backup_problems import BackupDamaged, BackupNewer
from storage.errors import DatabaseInUse
from storage.lock import DatabaseLock
from storage.restore import Restored, Where, restore
from tests.databases import new_database
from tests.filled import contents, fill

NIGHT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NOON = NIGHT + timedelta(hours=11)


def nobody(_conn: Connection, _since: datetime) -> int:
    return 0


def filled_backup(folder: Path, rows: int = 200) -> Path:
    folder.mkdir(exist_ok=True)
    database = new_database(folder)
    fill(database, rows)
    return make(database, folder, NIGHT, why="nightly", version="1.2.3")[0].path


def put_back(archive: Path, database: Path, **more: Any) -> Restored:
    return restore(archive, Where(database, **more), NOON, erase=nobody)


def without_marks(tables: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """All but what a restored database is told about itself."""
    return {t: rows for t, rows in tables.items() if t not in {"settings", "sequences"}}


def test_every_row_comes_back(tmp_path: Path) -> None:
    archive = filled_backup(tmp_path / "here", 2000)

    put_back(archive, tmp_path / "there" / "zabota.db")

    restored = contents(tmp_path / "there" / "zabota.db")
    assert without_marks(restored) == without_marks(contents(tmp_path / "here" / "zabota.db"))
    assert sorted(p.name for p in (tmp_path / "there").iterdir()) == ["zabota.db", "zabota.db.lock"]


def test_numbers_of_the_time_that_was_lost_are_not_given_again(tmp_path: Path) -> None:
    archive = filled_backup(tmp_path / "here", 3)

    put_back(archive, tmp_path / "there.db")

    assert [row[1] for row in contents(tmp_path / "there.db")["sequences"]] == [1001, 1002, 1003]


def test_what_stood_there_is_kept_aside_with_what_was_not_yet_folded_in(tmp_path: Path) -> None:
    archive = filled_backup(tmp_path / "here")
    (tmp_path / "there").mkdir()
    present = new_database(tmp_path / "there")
    held = sqlite3.connect(present)  # as a killed bot leaves it: with a WAL beside it
    held.executescript("PRAGMA journal_mode = WAL; INSERT INTO settings VALUES ('late', 'word');")
    assert present.with_name("zabota.db-wal").exists()

    done = put_back(archive, present)
    held.close()

    assert done.kept == present.with_name("zabota.db.before-restore-20260302T120000Z")
    assert contents(done.kept)["settings"] == [("late", "word")]
    assert len(contents(present)["settings"]) == 201


def test_letters_and_questions_that_may_have_gone_out_wait_for_a_person(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    due, later = round(NIGHT.timestamp() * 1000), round(NOON.timestamp() * 1000) + 1
    with closing(sqlite3.connect(database)) as c, c:
        c.execute("INSERT INTO people (tg_id, state) VALUES (7, 'approved')")
        c.executemany(
            "INSERT INTO outbox (id, lane, chat_id, priority, method, payload, created_at, state,"
            " not_before, leads) VALUES (?, ?, ?, 1, ?, '{}', 0, ?, ?, ?)",
            [
                (1, "chat:5", 5, "sendMessage", "sending", 0, 1),
                (2, "chat:5", 5, "sendMessage", "due", due, 0),
                (3, "chat:5", 5, "sendMessage", "due", later, 0),
                (4, "chat:7", 7, "sendMessage", "due", 0, 1),
                (5, "chat:-9", -9, "sendMessage", "due", 0, 1),
                (6, "", 5, "deleteMessage", "due", 0, 1),
                (7, "chat:6", 6, "sendMessage", "sent", 0, 0),
            ],
        )
        c.executemany(
            "INSERT INTO timers (key, kind, due_at) VALUES (?, ?, ?)",
            [
                ("ask:1", "ask", due - 1),
                ("ask:2", "ask", due),
                ("check:3", "check", later - 1),
                ("check:4", "check", later),
                ("late:5", "late", due),
                ("alert:6", "alert", due),
            ],
        )
    archive = make(database, tmp_path, NIGHT, why="nightly", version="1")[0].path

    done = put_back(archive, tmp_path / "there.db")

    restored = contents(tmp_path / "there.db")
    with closing(sqlite3.connect(tmp_path / "there.db")) as c:
        rows = c.execute("SELECT id, state, leads, error FROM outbox ORDER BY id").fetchall()
        timers = c.execute("SELECT key, state FROM timers ORDER BY key").fetchall()
    assert done.aside == SetAside(letters=2, questions=2)
    assert rows == [
        (1, "parked", 1, WHY),
        (2, "parked", 0, WHY),
        (3, "due", 1, ""),
        (4, "due", 1, ""),
        (5, "due", 1, ""),
        (6, "due", 1, ""),
        (7, "sent", 0, ""),
    ]
    assert timers == [
        ("alert:6", "pending"),
        ("ask:1", "pending"),
        ("ask:2", "parked"),
        ("check:3", "parked"),
        ("check:4", "pending"),
        ("late:5", "pending"),
    ]
    assert restored["settings"] == [("restored", "2026-03-02T01:00:00+00:00")]


def goes_on(kind: TimerKind) -> bool:
    """Whether a timer that may have fallen due already does so again; a new kind has to be put somewhere."""
    match kind:
        case (
            TimerKind.ASK
            | TimerKind.ARRIVAL
            | TimerKind.DELAY
            | TimerKind.SILENCE
            | TimerKind.CHECK
            | TimerKind.CHECK_7D
            | TimerKind.NPS
            | TimerKind.REVIEW
            | TimerKind.VOUCHER
            | TimerKind.REFUND_ARRIVED
        ):
            return False
        case (
            TimerKind.QUIET
            | TimerKind.NO_WORDS
            | TimerKind.WAITING
            | TimerKind.LATE
            | TimerKind.TAKEN
            | TimerKind.STILL_OPEN
            | TimerKind.ALERT
            | TimerKind.HEALTH_LATE
            | TimerKind.CAUSE
            | TimerKind.CHECK_SILENT
            | TimerKind.PRAISE
            | TimerKind.PROMISE
            | TimerKind.REQUEST
            | TimerKind.LOOK_BACK
            | TimerKind.TOPIC
            | TimerKind.PREVENT
            | TimerKind.PREVENT_DUE
            | TimerKind.REFUND
            | TimerKind.REFUND_LATE
            | TimerKind.LEGAL
        ):
            return True
        case _:
            assert_never(kind)


def test_every_kind_of_timer_goes_on_or_waits_for_a_person(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    due = round(NIGHT.timestamp() * 1000)
    with closing(sqlite3.connect(database)) as c, c:
        c.executemany(
            "INSERT INTO timers (key, kind, due_at) VALUES (?, ?, ?)",
            [(kind.value, kind.value, due) for kind in TimerKind],
        )
    archive = make(database, tmp_path, NIGHT, why="nightly", version="1")[0].path

    put_back(archive, tmp_path / "there.db")

    with closing(sqlite3.connect(tmp_path / "there.db")) as c:
        states = dict(c.execute("SELECT key, state FROM timers").fetchall())
    assert states == {kind.value: "pending" if goes_on(kind) else "parked" for kind in TimerKind}


def test_erasures_that_came_after_the_backup_are_made_again(tmp_path: Path) -> None:
    archive = filled_backup(tmp_path / "here")
    since: list[datetime] = []

    def erase(conn: Connection, moment: datetime) -> int:
        since.append(moment)
        conn.execute(text("UPDATE customers SET name = '' WHERE id = 7"))
        return 1

    done = restore(archive, Where(tmp_path / "there.db"), NOON, erase=erase)

    names = {row[0]: row[2] for row in contents(tmp_path / "there.db")["customers"]}
    assert (done.erased, since, names[7], names[8]) == (1, [NIGHT], "", "name 8 «ё»")


def test_the_content_is_written_where_none_is_and_else_left_alone(tmp_path: Path) -> None:
    (tmp_path / "here" / "content").mkdir(parents=True)
    (tmp_path / "here" / "content" / "a.yaml").write_text("old")
    archive = make(
        new_database(tmp_path / "here"),
        tmp_path,
        NIGHT,
        why="nightly",
        version="1",
        content=tmp_path / "here" / "content",
    )[0].path
    there = tmp_path / "there"

    first = put_back(archive, there / "zabota.db", content=there / "content")
    (there / "content" / "a.yaml").write_text("new")
    second = put_back(archive, there / "zabota.db", content=there / "content")
    kept = (there / "content" / "a.yaml").read_text()
    third = put_back(archive, there / "zabota.db", content=there / "content", content_too=True)

    assert (first.content, second.content, kept) == (there / "content", None, "new")
    assert (there / "content" / "a.yaml").read_text() == "old"
    assert third.content_kept is not None
    assert (third.content_kept / "a.yaml").read_text() == "new"


def _rights(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_uid, found.st_gid, found.st_mode & 0o777


SERVICE = 4321 if os.geteuid() == 0 else os.geteuid()  # only root gives files away
GROUP = 4321 if os.geteuid() == 0 else os.getegid()


def test_what_is_restored_belongs_to_whoever_had_what_stood_there(tmp_path: Path) -> None:
    (tmp_path / "here" / "content").mkdir(parents=True)
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / "here" / "content" / name).write_text(name)
    source = new_database(tmp_path / "here")
    content = tmp_path / "here" / "content"
    archive = make(source, tmp_path, NIGHT, why="nightly", version="1", content=content)[0].path
    (tmp_path / "there" / "content").mkdir(parents=True)
    present = new_database(tmp_path / "there")
    target = tmp_path / "there" / "content"
    (target / "a.yaml").write_text("mine")
    for path, mode in ((present, 0o640), (target, 0o750), (target / "a.yaml", 0o660)):
        os.chown(path, SERVICE, GROUP)
        path.chmod(mode)

    put_back(archive, present, content=target, content_too=True)

    assert _rights(present) == (SERVICE, GROUP, 0o640)
    assert _rights(target) == (SERVICE, GROUP, 0o750)
    assert _rights(target / "a.yaml") == (SERVICE, GROUP, 0o660)
    assert _rights(target / "b.yaml") == (SERVICE, GROUP, 0o640)


def test_where_nothing_stood_it_belongs_to_the_owner_of_the_folder(tmp_path: Path) -> None:
    archive = filled_backup(tmp_path / "here")
    (tmp_path / "there").mkdir()
    os.chown(tmp_path / "there", SERVICE, GROUP)
    place = tmp_path / "there" / "data"

    put_back(archive, place / "zabota.db")

    assert _rights(place)[:2] == (SERVICE, GROUP)
    assert _rights(place / "zabota.db") == (SERVICE, GROUP, 0o600)
    assert _rights(place / "zabota.db.lock") == (SERVICE, GROUP, 0o600)


# ---- what is refused, with nothing changed ----------------------------------------------------


def rewritten(archive: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """The archive with other contents."""
    with tarfile.open(archive) as packed:
        opened = {member.name: packed.extractfile(member) for member in packed}
        files = {name: source.read() for name, source in opened.items() if source is not None}
    change(files)
    with tarfile.open(archive, "w:gz") as packed:
        for name, found in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(found)
            packed.addfile(entry, io.BytesIO(found))
    return archive


def cut_off(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-1000])


def cut_between_files(archive: Path) -> None:
    rewritten(archive, lambda files: files.pop("zabota.db"))


def one_byte_changed(archive: Path) -> None:
    def change(files: dict[str, bytes]) -> None:
        files["zabota.db"] = files["zabota.db"].replace(b"name 8", b"nAme 8", 1)

    rewritten(archive, change)


def a_file_too_many(archive: Path) -> None:
    rewritten(archive, lambda files: files.update({"../evil": b"x"}))


def no_archive(archive: Path) -> None:
    archive.write_text("not an archive")


def a_gzip_of_nothing(archive: Path) -> None:
    archive.write_bytes(gzip.compress(b""))


@pytest.mark.parametrize(
    "spoil",
    [cut_off, cut_between_files, one_byte_changed, a_file_too_many, no_archive, a_gzip_of_nothing],
)
def test_a_damaged_backup_changes_nothing(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    archive = filled_backup(tmp_path / "here")
    (tmp_path / "there").mkdir()
    present = new_database(tmp_path / "there")
    before = present.read_bytes()
    spoil(archive)

    with pytest.raises(BackupDamaged) as refused:
        put_back(archive, present)

    assert str(refused.value) == (
        f"The backup {archive} cannot be used, it is cut off, changed, or no backup of Zabota: "
        "take another. Nothing was changed."
    )
    assert present.read_bytes() == before
    assert sorted(p.name for p in present.parent.iterdir()) == ["zabota.db", "zabota.db.lock"]


def named_outside(archive: Path) -> None:
    def change(files: dict[str, bytes]) -> None:
        said = json.loads(files["manifest.json"])
        said["files"]["content/../../evil"] = {"size": 1, "sha256": "x"}
        files["manifest.json"] = json.dumps(said).encode()
        files["content/../../evil"] = b"x"

    rewritten(archive, change)


def test_an_archive_that_wants_to_write_elsewhere_is_refused(tmp_path: Path) -> None:
    archive = filled_backup(tmp_path / "here")
    named_outside(archive)

    with pytest.raises(BackupDamaged):
        put_back(archive, tmp_path / "there" / "zabota.db")

    assert not (tmp_path / "evil").exists()


def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    archive = make(database, tmp_path, NIGHT, why="by-hand", version="7.0.0")[0].path

    with pytest.raises(BackupNewer) as refused:
        put_back(archive, tmp_path / "there.db")

    assert str(refused.value) == (
        f"The backup {archive} was made by a newer version (7.0.0, schema 9999): install that version "
        "of Zabota first, then restore. Nothing was changed."
    )


def test_nothing_is_restored_under_a_running_bot(tmp_path: Path) -> None:
    archive = filled_backup(tmp_path / "here")
    (tmp_path / "there").mkdir()
    present = new_database(tmp_path / "there")

    with DatabaseLock.take(present), pytest.raises(DatabaseInUse):
        put_back(archive, present)

    assert migrate.current(present) == migrate.head()
