"""One transaction on a real file at head; it is rolled back after the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from storage.sqlite import writer_engine
from storage.tx import Tx
from tests.databases import new_database
from tests.unit.storage.rows.matter import NOW


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[Connection]:
    engine = writer_engine(new_database(tmp_path))
    with engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()
    engine.dispose()


@pytest.fixture
def tx(conn: Connection) -> Tx:
    return Tx(conn, NOW)
