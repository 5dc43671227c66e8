"""Every revision is tried on a filled database of the version before; so is one that could come next.

A revision that was released is never edited again: what is filled at it today was filled so then.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from storage import migrate
from storage.backup import make
from storage.errors import MigrationRefused, SchemaNewer
from storage.restore import Where, restore
from tests.databases import migrations_with, new_database
from tests.filled import contents, fill

NEXT = Path(__file__).with_name("next")
NOW = datetime(2027, 1, 1, tzinfo=UTC)
Rows = dict[str, list[tuple[Any, ...]]]


def changes_of(before: Rows, after: Rows) -> list[str]:
    """What a migration did to rows there were; columns that it adds come last, as SQLite adds them."""
    found = [f"{table} is gone" for table in before if table not in after]
    for table in before.keys() & after.keys():
        rows, now = before[table], after[table]
        if len(rows) != len(now):
            found.append(f"{table} had {len(rows)} rows and has {len(now)}")
        elif any(was != new[: len(was)] for was, new in zip(rows, now, strict=True)):
            found.append(f"{table} has other values")
    return sorted(found)


def filled_before(folder: Path, revision: str, migrations: Path) -> Path:
    """A filled database of the revision before this one."""
    known = migrate.revisions(migrations)
    before = migrations_with(folder / "before", migrations, up_to=known[known.index(revision) - 1])
    database = new_database(folder, before)
    fill(database)
    return database


def test_every_revision_keeps_every_row_of_the_version_before(tmp_path: Path) -> None:
    for revision in migrate.revisions()[1:]:
        folder = tmp_path / revision
        folder.mkdir()
        database = filled_before(folder, revision, migrate.MIGRATIONS)
        before = contents(database)

        migrate.upgrade(
            database, migrations_with(folder / "now", migrate.MIGRATIONS, up_to=revision)
        )

        assert (revision, changes_of(before, contents(database))) == (revision, [])


def test_a_next_revision_keeps_every_row_of_a_filled_database(tmp_path: Path) -> None:
    code = migrations_with(tmp_path / "code", migrate.MIGRATIONS, NEXT)
    database = filled_before(tmp_path, "0002", code)
    before = contents(database)

    migrate.upgrade(database, code)

    after = contents(database)
    assert changes_of(before, after) == []
    assert (len(after["wishes"]), after["customers"][0][-1]) == (2000, "")


LOSSY = """
op.execute("DELETE FROM journal WHERE id % 2 = 0")
op.execute("UPDATE visits SET amount = 0")
op.drop_table("praises")
"""


def test_a_revision_that_loses_rows_would_be_noticed(tmp_path: Path) -> None:
    code = migrations_with(tmp_path / "code", migrate.MIGRATIONS, body=LOSSY)
    database = filled_before(tmp_path, "0002", code)
    before = contents(database)

    migrate.upgrade(database, code)

    assert changes_of(before, contents(database)) == [
        "journal had 2000 rows and has 1000",
        "praises is gone",
        "visits has other values",
    ]


def test_a_revision_that_orphans_rows_is_undone(tmp_path: Path) -> None:
    code = migrations_with(
        tmp_path / "code", migrate.MIGRATIONS, body='op.execute("DELETE FROM cases WHERE id = 7")'
    )
    database = filled_before(tmp_path, "0002", code)
    before = contents(database)

    with pytest.raises(MigrationRefused) as refused:
        migrate.upgrade(database, code)

    assert str(refused.value) == (
        f"The database {database} was not migrated and is as it was: "
        "rows of cards, conversations, forum_topics, gifts, preventions would point at rows that do not exist."
    )
    assert contents(database) == before


def test_the_way_back_is_a_backup(tmp_path: Path) -> None:
    code = migrations_with(tmp_path / "code", migrate.MIGRATIONS, NEXT)
    database = filled_before(tmp_path, "0002", code)
    before = contents(database)
    backup, _ = make(database, tmp_path, NOW, why="migrate", version="0.1.0")
    migrate.upgrade(database, code)

    with pytest.raises(SchemaNewer):
        migrate.require_head(database)
    restore(backup.path, Where(database), NOW, erase=lambda _conn, _since: 0)

    migrate.require_head(database)
    assert (
        changes_of(
            {**before, "settings": [], "sequences": []},
            {**contents(database), "settings": [], "sequences": []},
        )
        == []
    )


def test_a_backup_of_the_version_before_is_brought_up_to_date(tmp_path: Path) -> None:
    code = migrations_with(tmp_path / "code", migrate.MIGRATIONS, NEXT)
    database = filled_before(tmp_path, "0002", code)
    backup, _ = make(database, tmp_path, NOW, why="nightly", version="0.1.0")

    restore(
        backup.path,
        Where(tmp_path / "there.db"),
        NOW,
        erase=lambda _conn, _since: 0,
        migrations=code,
    )

    with closing(sqlite3.connect(tmp_path / "there.db")) as connection:
        assert connection.execute("SELECT count(*) FROM wishes").fetchone() == (2000,)
    assert migrate.current(tmp_path / "there.db") == "0002"


def test_the_filler_leaves_no_table_empty_and_is_the_same_every_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        fill(new_database(tmp_path / name), 100)

    first, second = contents(tmp_path / "a" / "zabota.db"), contents(tmp_path / "b" / "zabota.db")

    assert first == second
    assert {table: len(rows) for table, rows in first.items() if len(rows) != 100} == {}
