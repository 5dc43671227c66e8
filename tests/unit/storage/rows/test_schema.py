"""The revisions lead to exactly the tables the code is written against."""

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine

from storage.tables import metadata
from tests.databases import new_database


def described(engine: Engine) -> dict[str, object]:
    with engine.connect() as conn:
        found = conn.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
        )
        return {name: _table(conn, name) for name in found.scalars().all()}


def _table(conn: Connection, name: str) -> dict[str, object]:
    columns = conn.exec_driver_sql(f"PRAGMA table_info({name})").fetchall()
    foreign = conn.exec_driver_sql(f"PRAGMA foreign_key_list({name})").fetchall()
    created = conn.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (name,))
    indexes = conn.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
        (name,),
    )
    return {
        "columns": [tuple(column)[1:] for column in columns],
        "foreign": sorted(tuple(key)[2:] for key in foreign),
        "constraints": sorted(
            line.strip().rstrip(",")
            for line in created.scalar_one().splitlines()
            if "CONSTRAINT" in line
        ),
        "indexes": sorted(indexes.scalars().all()),
    }


def test_the_revisions_lead_to_the_tables_of_the_code(tmp_path: Path) -> None:
    migrated = create_engine(f"sqlite:///{new_database(tmp_path)}")
    declared = create_engine("sqlite://")
    metadata.create_all(declared)

    from_revisions, from_code = described(migrated), described(declared)
    migrated.dispose()
    declared.dispose()

    assert from_revisions == from_code
