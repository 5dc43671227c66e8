"""Migrations keep every row or change nothing, and opening a database does without Alembic."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from storage import migrate
from storage.db import Database
from storage.draft import draft
from storage.errors import (
    DatabaseInUse,
    DatabaseMissing,
    ForeignDatabase,
    MigrationRefused,
    SchemaNewer,
)
from storage.lock import DatabaseLock
from storage.tables import metadata
from tests.databases import new_database, write_migrations

PARENTS = """
op.create_table("parents", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text))
op.create_table(
    "children",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("parent", sa.Integer, sa.ForeignKey("parents.id", ondelete="CASCADE")),
)
"""
REBUILD_PARENTS = """
with op.batch_alter_table("parents", recreate="always") as parents:
    parents.alter_column("name", nullable=False, server_default="")
"""


def filled(folder: Path, *upgrades: str) -> Path:
    """A database of the version before, with two parents and three children."""
    path = new_database(folder, write_migrations(folder / "before", *upgrades))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(
            "INSERT INTO parents VALUES (1, 'a'), (2, 'b');"
            "INSERT INTO children VALUES (1, 1), (2, 1), (3, 2);"
        )
    return path


def asked(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchall()


def test_an_older_database_is_brought_to_head(tmp_path: Path) -> None:
    path = filled(tmp_path, PARENTS)
    code = write_migrations(
        tmp_path / "code", PARENTS, 'op.add_column("parents", sa.Column("age", sa.Integer))'
    )

    migrate.upgrade(path, code)

    assert (migrate.current(path), migrate.head(code)) == ("0002", "0002")
    assert asked(path, "SELECT * FROM parents") == [(1, "a", None), (2, "b", None)]


def test_a_table_rebuilt_under_its_children_keeps_them(tmp_path: Path) -> None:
    path = filled(tmp_path, PARENTS)

    migrate.upgrade(path, write_migrations(tmp_path / "code", PARENTS, REBUILD_PARENTS))

    assert asked(path, "SELECT * FROM children") == [(1, 1), (2, 1), (3, 2)]


def test_a_migration_that_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    path = filled(tmp_path, PARENTS)
    before = asked(path, "SELECT sql FROM sqlite_master")
    code = write_migrations(
        tmp_path / "code",
        PARENTS,
        'op.add_column("parents", sa.Column("age", sa.Integer))',
        'op.create_table("third", sa.Column("id", sa.Integer))\nraise ZeroDivisionError',
    )

    with pytest.raises(ZeroDivisionError):
        migrate.upgrade(path, code)

    assert asked(path, "SELECT sql FROM sqlite_master") == before
    assert migrate.current(path) == "0001"


def test_a_migration_that_leaves_rows_pointing_nowhere_is_undone(tmp_path: Path) -> None:
    path = filled(tmp_path, PARENTS)
    code = write_migrations(tmp_path / "code", PARENTS, 'op.execute("DELETE FROM parents")')

    with pytest.raises(MigrationRefused) as refused:
        migrate.upgrade(path, code)

    assert str(refused.value) == (
        f"The database {path} was not migrated and is as it was: "
        "rows of children would point at rows that do not exist."
    )
    assert asked(path, "SELECT count(*) FROM parents") == [(2,)]
    assert migrate.current(path) == "0001"


def test_migrating_at_head_changes_nothing(tmp_path: Path) -> None:
    code = write_migrations(tmp_path / "before", PARENTS)
    path = filled(tmp_path, PARENTS)
    before = path.read_bytes()

    migrate.upgrade(path, code)

    assert path.read_bytes() == before


def test_a_running_bot_is_not_migrated_under_its_feet(tmp_path: Path) -> None:
    path = filled(tmp_path, PARENTS)

    with DatabaseLock.take(path), pytest.raises(DatabaseInUse):
        migrate.upgrade(path, write_migrations(tmp_path / "code", PARENTS, "pass"))


def test_a_newer_database_is_not_migrated(tmp_path: Path) -> None:
    path = filled(tmp_path, PARENTS, "pass")

    with pytest.raises(SchemaNewer):
        migrate.upgrade(path, write_migrations(tmp_path / "code", PARENTS))


def test_only_our_own_databases_are_migrated(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE theirs (id)")

    with pytest.raises(ForeignDatabase):
        migrate.upgrade(tmp_path / "other.db")
    with pytest.raises(DatabaseMissing):
        migrate.upgrade(tmp_path / "no.db")

    assert not (tmp_path / "no.db").exists()


def test_a_draft_brings_the_revisions_to_the_tables(tmp_path: Path) -> None:
    code = write_migrations(tmp_path / "code")
    (code / "script.py.mako").write_text((migrate.MIGRATIONS / "script.py.mako").read_text())

    draft("the first tables", metadata, code)
    draft("nothing new", metadata, code)

    assert migrate.revisions(code) == ["0001", "0002"]
    Database.create(tmp_path / "a.db", migrations=code)
    assert set(metadata.tables) <= {
        row[0] for row in asked(tmp_path / "a.db", "SELECT name FROM sqlite_master")
    }


def test_opening_needs_no_alembic(tmp_path: Path) -> None:
    path = filled(tmp_path, PARENTS)
    script = (
        "import asyncio, sys; from pathlib import Path; from storage.db import Database\n"
        "async def main():\n"
        "    db = await Database.open(sys.argv[1], migrations=Path(sys.argv[2]))\n"
        "    await db.close()\n"
        "asyncio.run(main()); print('alembic' in sys.modules)\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", script, str(path), str(tmp_path / "before")],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )

    assert ended.stdout == "False\n"


def test_the_revisions_are_one_line_numbered_as_their_files() -> None:
    scripts = ScriptDirectory.from_config(migrate.alembic_config())

    numbered = [f"{number:04}" for number in range(1, len(migrate.revisions()) + 1)]

    assert [script.revision for script in scripts.walk_revisions()][::-1] == numbered
    assert migrate.revisions() == numbered


def test_no_migration_uses_batch_mode_which_drops_triggers_and_indexes_over_expressions() -> None:
    files = (migrate.MIGRATIONS / "versions").glob("*.py")

    assert [file.name for file in files if "batch_alter_table" in file.read_text()] == []


def test_the_revisions_lead_to_the_tables_in_code(tmp_path: Path) -> None:
    path = new_database(tmp_path)
    engine = create_engine(f"sqlite:///{path}")

    with engine.connect() as connection:
        difference = compare_metadata(MigrationContext.configure(connection), metadata)

    engine.dispose()
    assert difference == []
