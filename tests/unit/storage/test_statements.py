"""Hot statements say what Core would say, only sooner."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    DateTime,
    Enum,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    bindparam,
    create_engine,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import TypeEngine

from storage.db import Database
from storage.statements import Hot
from tests.databases import plan

letters = Table(
    "letters",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    Column("lane", Text, nullable=False, unique=True),
    Column("weight", BigInteger, nullable=False, server_default="0"),
    Column("photo", LargeBinary),
    Index("ix_letters_queued", "weight", sqlite_where=text("state = 'queued'")),
)


class Letter(NamedTuple):
    id: int
    lane: str


@dataclass(frozen=True, slots=True)
class Envelope:
    id: int
    lane: str


ADD = Hot(insert(letters).returning(letters.c.id), sets=("state", "lane"))
QUEUED = Hot(
    select(letters.c.id, letters.c.lane)
    .where(letters.c.state == "queued", letters.c.weight <= bindparam("most"))
    .order_by(letters.c.id)
    .limit(2),
    into=Letter,
)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        letters.metadata.create_all(connection)
        yield connection
    engine.dispose()


def add(connection: Connection, *lanes: str) -> None:
    for lane in lanes:
        ADD.scalar(connection, state="queued", lane=lane)


def test_rows_come_as_the_type_that_was_asked_for(connection: Connection) -> None:
    add(connection, "a", "b", "c")

    assert QUEUED.rows(connection, most=5) == [Letter(1, "a"), Letter(2, "b")]
    assert QUEUED.row(connection, most=5) == Letter(1, "a")
    assert QUEUED.row(connection, most=-1) is None
    assert QUEUED.scalar(connection, most=-1) is None


def test_a_dataclass_serves_as_a_row_too(connection: Connection) -> None:
    add(connection, "a")
    hot = Hot(select(letters.c.id, letters.c.lane), into=Envelope)

    assert hot.rows(connection) == [Envelope(1, "a")]


def test_without_a_type_columns_are_named_as_in_the_statement(connection: Connection) -> None:
    add(connection, "a")
    hot = Hot(select(letters.c.id, func.length(letters.c.lane).label("letters")))

    (row,) = hot.rows(connection)

    assert (row.id, row.letters) == (1, 1)


def test_returning_gives_the_new_rows_back(connection: Connection) -> None:
    assert ADD.scalar(connection, state="queued", lane="a") == 1
    assert ADD.row(connection, state="queued", lane="b") == (2,)
    assert ADD.run(connection, state="queued", lane="c") == 1


def test_run_says_how_many_rows_were_touched(connection: Connection) -> None:
    add(connection, "a", "b")
    spend = Hot(
        update(letters)
        .where(letters.c.id == bindparam("letter"), letters.c.weight + bindparam("by") <= 5)
        .values(weight=letters.c.weight + bindparam("by"))
    )
    remove = Hot(delete(letters).where(letters.c.lane.in_(["a", "b", "c"])))

    assert spend.run(connection, letter=1, by=5) == 1
    assert spend.run(connection, letter=1, by=1) == 0
    assert remove.run(connection) == 2


def test_an_insert_that_meets_itself_touches_nothing(connection: Connection) -> None:
    once = Hot(upsert(letters).on_conflict_do_nothing(), sets=("state", "lane"))

    assert once.run(connection, state="queued", lane="a") == 1
    assert once.run(connection, state="queued", lane="a") == 0


def test_many_rows_are_written_at_once(connection: Connection) -> None:
    once = Hot(upsert(letters).on_conflict_do_nothing(), sets=("lane", "state"))

    once.many(connection, [{"state": "queued", "lane": str(number)} for number in range(50)])
    once.many(connection, [])

    assert connection.execute(select(func.count()).select_from(letters)).scalar() == 50


def test_bytes_and_null_go_in_and_come_out_as_they_are(connection: Connection) -> None:
    keep = Hot(insert(letters).values(state="queued"), sets=("lane", "photo"))
    see = Hot(select(letters.c.photo).order_by(letters.c.id))

    keep.many(connection, [{"lane": "a", "photo": b"\x00\xff"}, {"lane": "b", "photo": None}])

    assert [row.photo for row in see.rows(connection)] == [b"\x00\xff", None]


def test_fixed_values_are_written_out_so_that_a_partial_index_is_used(
    connection: Connection,
) -> None:
    assert plan(connection, QUEUED)[0] == (
        "SEARCH letters USING INDEX ix_letters_queued (weight<?)"
    )


def test_a_fixed_value_with_a_quote_stays_a_value(connection: Connection) -> None:
    add(connection, "it's")
    hot = Hot(select(letters.c.id).where(letters.c.lane == "it's"))

    assert hot.scalar(connection) == 1


def test_a_missing_value_is_an_error_of_ours(connection: Connection) -> None:
    with pytest.raises(KeyError):
        ADD.run(connection, state="queued")


def test_errors_are_those_of_core_and_keep_the_values_to_themselves(
    connection: Connection,
) -> None:
    add(connection, "a secret")

    with pytest.raises(IntegrityError) as error:
        add(connection, "a secret")

    assert "secret" not in str(error.value)


def test_a_statement_outside_a_transaction_begins_one(connection: Connection) -> None:
    connection.commit()

    add(connection, "a")

    assert connection.in_transaction()


def test_other_dialects_get_sql_of_their_own() -> None:
    sql = QUEUED.sql(postgresql.dialect())  # type: ignore[no-untyped-call]  # SQLAlchemy's own

    assert "letters.weight <= %(most)s" in sql
    assert sql.rstrip().endswith("LIMIT 2")


@pytest.mark.parametrize("kind", [Boolean(), JSON(), Enum("a", "b"), DateTime()])
def test_types_that_convert_are_refused_at_once(kind: TypeEngine[Any]) -> None:
    table = Table("t", MetaData(), Column("c", kind))

    with pytest.raises(TypeError, match=r"c: .* is not a plain value"):
        Hot(select(table.c.c))
    with pytest.raises(TypeError, match=r"c: .* is not a plain value"):
        Hot(insert(table), sets=("c",))


def test_lists_of_unknown_length_are_refused_at_once() -> None:
    with pytest.raises(TypeError, match="unknown length"):
        Hot(select(letters).where(letters.c.id.in_(bindparam("ids", expanding=True))))


def test_defaults_made_in_python_are_refused(connection: Connection) -> None:
    table = Table("t", MetaData(), Column("c", Text), Column("d", Integer, default=lambda: 1))

    with pytest.raises(TypeError, match="defaults made in Python"):
        Hot(insert(table), sets=("c",)).run(connection, c="x")


def test_a_row_type_that_does_not_fit_the_columns_is_refused() -> None:
    with pytest.raises(TypeError, match="Letter has the fields"):
        Hot(select(letters.c.lane, letters.c.id), into=Letter)


async def test_hot_statements_work_beside_the_writer(path: Path, migrations: Path) -> None:
    notes = Table(
        "notes", MetaData(), Column("id", Integer, primary_key=True), Column("body", Text)
    )
    add_note, see = Hot(insert(notes), sets=("body",)), Hot(select(notes.c.body))
    db = await Database.open(path, migrations=migrations)

    await db.transact(lambda c: add_note.run(c, body="hot"))
    async with db.read() as connection:
        read = await connection.run_sync(see.scalar)

    await db.close()
    assert read == "hot"
