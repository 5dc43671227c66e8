"""Databases for tests: an empty one at head is made once and then copied; no rows of ours here."""

import shutil
import tempfile
from functools import cache
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

from sqlalchemy import Connection

from storage.db import Database
from storage.migrate import MIGRATIONS
from storage.statements import Hot

ENV = (MIGRATIONS / "env.py").read_text()


def new_database(folder: Path, migrations: Path = MIGRATIONS) -> Path:
    """A new database at head in `folder`; takes a millisecond after the first."""
    path = folder / "zabota.db"
    path.write_bytes(_empty(migrations))
    return path


def write_migrations(folder: Path, *upgrades: str) -> Path:
    """A folder of migrations whose revisions 0001, 0002, ... run these bodies of `upgrade()`."""
    versions = folder / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    (folder / "env.py").write_text(ENV)
    for number, body in enumerate(upgrades, 1):
        _write_revision(versions, number, body)
    return folder


def _write_revision(versions: Path, number: int, body: str) -> None:
    before = f'"{number - 1:04}"' if number > 1 else "None"
    (versions / f"{number:04}_revision.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\n"
        f'revision = "{number:04}"\ndown_revision = {before}\n\n\n'
        f"def upgrade():\n{indent(dedent(body).strip(), '    ')}\n"
    )


def migrations_with(
    folder: Path, known: Path, *more: Path, up_to: str = "9999", body: str = ""
) -> Path:
    """A folder with the revisions of `known` (up to one), those of `more`, and one that runs `body`."""
    versions = folder / "versions"
    versions.mkdir(parents=True)
    shutil.copy(known / "env.py", folder)
    for source in (known / "versions", *more):
        for file in source.glob("[0-9]*.py"):
            if file.name[:4] <= up_to:
                shutil.copy(file, versions)
    if body:
        last = max(file.name[:4] for file in versions.iterdir())
        _write_revision(versions, int(last) + 1, body)
    return folder


def plan(connection: Connection, statement: Hot[Any]) -> list[str]:
    """How SQLite means to run the statement: which index, or a scan."""
    sql = statement.sql()
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", (None,) * sql.count("?"))
    return [row[3] for row in rows]


@cache
def _empty(migrations: Path) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "zabota.db"
        Database.create(path, migrations=migrations)
        return path.read_bytes()
