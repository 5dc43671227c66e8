"""The tables the tests of the spine write to, and small turns over them."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from sqlalchemy import Connection, text

from storage.db import Database

SCHEMA = """
op.create_table(
    "authors",
    sa.Column("id", sa.Integer, primary_key=True),
)
op.create_table(
    "notes",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("body", sa.Text, nullable=False, unique=True),
    sa.Column("author", sa.Integer, sa.ForeignKey("authors.id")),
)
"""


def write(body: str) -> Callable[[Connection], str]:
    """A turn that writes one note and returns its body."""

    def fn(connection: Connection) -> str:
        connection.execute(text("INSERT INTO notes (body) VALUES (:body)"), {"body": body})
        return body

    return fn


def bodies(connection: Connection) -> list[str]:
    """A turn that reads every note in the order written."""
    return [row[0] for row in connection.execute(text("SELECT body FROM notes ORDER BY id"))]


async def written(db: Database) -> list[str]:
    """Every note, read beside the writer."""
    async with db.read() as connection:
        return await connection.run_sync(bodies)


def use_no_more_pages(connection: Connection) -> None:
    """A turn after which the disk, as far as this connection knows, is full."""
    used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {used}")


def use_more_pages(connection: Connection) -> None:
    """A turn after which there is room again."""
    connection.exec_driver_sql("PRAGMA max_page_count = 100000")


@asynccontextmanager
async def the_writer_held_up(db: Database) -> AsyncIterator[None]:
    """Whatever is queued inside shares one commit."""
    held, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def hold(_: Connection) -> None:
        loop.call_soon_threadsafe(held.set)
        go_on.wait()

    holding = db.transact_soon(hold)
    await held.wait()
    yield
    go_on.set()
    await holding
