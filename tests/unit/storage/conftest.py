"""A database of two tables, so that the tests of the spine do not hang on the product's schema."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.db import Database
from tests.databases import new_database, write_migrations
from tests.unit.storage.notes import SCHEMA


@pytest.fixture(scope="session")
def migrations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_migrations(tmp_path_factory.mktemp("migrations"), SCHEMA)


@pytest.fixture
def path(tmp_path: Path, migrations: Path) -> Path:
    return new_database(tmp_path, migrations)


@pytest.fixture
async def db(path: Path, migrations: Path) -> AsyncIterator[Database]:
    database = await Database.open(path, busy_ms=50, migrations=migrations)
    yield database
    await database.close()
