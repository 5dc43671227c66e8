"""The metadata that all tables share, and the kinds of columns they are made of."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    MetaData,
    Text,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer(), "sqlite")  # SQLite numbers rows by INTEGER alone


def text_column(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def number_column(name: str, default: int = 0) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default=str(default))


def optional_number(name: str) -> Column[int]:
    return Column(name, BigInteger)


def only_where(condition: str) -> dict[str, Any]:
    """Only rows of which `condition` is true stand in the index; queries must spell it the same."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}
