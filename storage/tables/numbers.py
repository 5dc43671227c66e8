"""Secrets and numbers given out."""

from sqlalchemy import (
    BigInteger,
    Column,
    Table,
    Text,
)

from storage.tables.columns import metadata

settings = Table(  # secrets of standing links, and what the bot must remember about itself
    "settings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

sequences = Table(  # the last number given out of each kind
    "sequences",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)
