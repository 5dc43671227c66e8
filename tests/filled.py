"""A database with rows in every table, made from its schema alone: whatever revision it has. No claims are made here.

Every row is the same on every machine. A column that later revisions add is filled as well; a table that this
cannot fill fails loudly, and the rule for it belongs here.
"""
# ruff: noqa: S608 - names of tables and columns come from the schema itself

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

ROWS = 2000

_ONE_OF = re.compile(r"CHECK \((\w+) IN \(([^)]*)\)\)")
_OURS = "type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    kind: str
    required: bool
    is_key: bool
    points_at: str  # a table, "" for none
    one_of: tuple[str, ...]

    def values(self, rows: int) -> list[Any]:
        """A value for each row: keys count up, every third of what may be missing is missing."""
        if self.one_of:
            return list(islice(cycle(self.one_of), rows))
        return [None if self._missing(n) else self._value(n) for n in range(1, rows + 1)]

    def _missing(self, number: int) -> bool:
        return not self.required and not self.is_key and number % 3 == 0

    def _value(self, number: int) -> Any:
        return f"{self.name} {number} «ё»" if self.kind == "TEXT" else number


def fill(path: Path, rows: int = ROWS) -> None:
    """Put `rows` rows into every table of ours; parents come before their children."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        left = tables(connection)
        while left:
            ready = [t for t in left if not _parents(connection, t) & set(left) - {t}]
            assert ready, f"tables point at each other: {left}"
            for table in ready:
                _fill(connection, table, rows)
            left = [table for table in left if table not in ready]


def tables(connection: sqlite3.Connection) -> list[str]:
    """Names of our own tables."""
    found = connection.execute(f"SELECT name FROM sqlite_master WHERE {_OURS} ORDER BY name")
    return [row[0] for row in found]


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2').fetchall()
            for table in tables(connection)
        }


def _fill(connection: sqlite3.Connection, table: str, rows: int) -> None:
    columns = _columns(connection, table)
    keys = {column.name: _keys_of(connection, column.points_at) for column in columns}
    by_row = zip(
        *(islice(cycle(keys[c.name]), rows) if c.points_at else c.values(rows) for c in columns),
        strict=True,
    )
    names = ", ".join(f'"{column.name}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', by_row)


def _columns(connection: sqlite3.Connection, table: str) -> list[_Column]:
    sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    allowed = {
        name: tuple(value.strip().strip("'") for value in values.split(","))
        for name, values in _ONE_OF.findall(sql)
    }
    points = {row[3]: row[2] for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')}
    return [
        _Column(name, kind, bool(required), bool(key), points.get(name, ""), allowed.get(name, ()))
        for _, name, kind, required, _, key in connection.execute(f'PRAGMA table_info("{table}")')
    ]


def _parents(connection: sqlite3.Connection, table: str) -> set[str]:
    return {row[2] for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')}


def _keys_of(connection: sqlite3.Connection, table: str) -> list[Any]:
    if not table:
        return []
    (key,) = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[5] == 1]
    return [row[0] for row in connection.execute(f'SELECT "{key}" FROM "{table}" ORDER BY rowid')]
