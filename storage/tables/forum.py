"""Topics of the staff's forums: which one is whose, and what it was last asked to be."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table

from storage.tables.columns import metadata, number_column, only_where, text_column

forum_topics = Table(
    "forum_topics",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("thread_id", BigInteger, primary_key=True, autoincrement=False),
    Column("case_id", ForeignKey("cases.id")),  # NULL: ours, and of no case (yet)
    text_column("title"),  # as it was asked for last
    number_column("closed"),  # the same
    number_column("asked"),  # how often it was asked to change: names the rows of the outbox
    number_column("made_at"),
    Index(
        "uq_forum_topics_case",
        "chat_id",
        "case_id",
        unique=True,
        **only_where("case_id IS NOT NULL"),
    ),
    Index("ix_forum_topics_of_case", "case_id"),
)
