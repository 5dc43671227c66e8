"""Flows and texts of revisions that conversations and cases began with; never changed."""

from typing import Final

from sqlalchemy import Connection, bindparam, select

from storage.dialect import insert
from storage.statements import Hot
from storage.tables import flow_books

_SOURCE: Final = Hot(select(flow_books.c.source).where(flow_books.c.sha256 == bindparam("sha")))
_KNOWN: Final = Hot(select(flow_books.c.sha256).where(flow_books.c.sha256 == bindparam("sha")))
_KEEP: Final = Hot(insert(flow_books).on_conflict_do_nothing(), sets=("sha256", "source"))


def source(conn: Connection, sha: str) -> str | None:
    """The source kept under this hash, as it was given; None when it is not known."""
    found: str | None = _SOURCE.scalar(conn, sha=sha)
    return found


def known(conn: Connection, sha: str) -> bool:
    """Is a source kept under this hash? Far cheaper to ask than to write it once more."""
    return _KNOWN.row(conn, sha=sha) is not None


def keep(conn: Connection, sha: str, source: str) -> None:
    """Keep a source; one that is there already stays as it is."""
    _KEEP.run(conn, sha256=sha, source=source)
