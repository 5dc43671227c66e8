"""Visits, conversations, cases, gifts, and what was said and done about them."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
)

from storage.tables.columns import (
    Id,
    metadata,
    number_column,
    only_where,
    optional_number,
    text_column,
)

flow_books = Table(
    "flow_books",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("source", Text, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ext_id", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("branch_id", Text, nullable=False),
    Column("ended_at", BigInteger, nullable=False),
    text_column("service"),
    text_column("master"),
    Column("customer_id", ForeignKey("customers.id")),
    text_column("customer_name"),
    text_column("phone"),
    text_column("token"),
    optional_number("amount"),
    text_column("currency"),
    text_column("language"),
    optional_number("asked_at"),
    optional_number("arrived_at"),
    optional_number("stay_asked_at"),
    Index("uq_visits_token", "token", unique=True, **only_where("token <> ''")),
    Index(None, "phone", "ended_at", **only_where("phone <> ''")),
    Index(None, "customer_id", "ended_at"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("visit_id", ForeignKey("visits.id")),
    Column("book", ForeignKey("flow_books.sha256"), nullable=False),
    Column("branch_id", Text, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    number_column("opening", 1),
    optional_number("closed_at"),
    optional_number("reply_by"),
    optional_number("owner_id"),
    Column("topic", Text),
    number_column("version"),
    Column("state", Text, nullable=False),  # everything else of `flows.case.Case`, as JSON
    CheckConstraint("opening >= 1", name="opening"),
    Index("uq_cases_open", "customer_id", unique=True, **only_where("closed_at IS NULL")),
    Index(None, "customer_id"),
    Index(None, "branch_id", "topic", "opened_at"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("book", ForeignKey("flow_books.sha256"), nullable=False),
    Column("flow", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("turned_at", BigInteger, nullable=False),
    number_column("wait"),
    number_column("reminded"),
    number_column("heard"),
    number_column("delayed"),
    optional_number("mark_before"),
    text_column("answers"),
    Column("visit_id", ForeignKey("visits.id")),
    Column("case_id", ForeignKey("cases.id")),
    optional_number("closed_at"),
    number_column("version"),
    Index(
        "ix_conversations_open", "customer_id", "turned_at", "id", **only_where("closed_at IS NULL")
    ),
)

gifts = Table(
    "gifts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("opening", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("offer_id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("value", BigInteger, nullable=False),
    Column("cost", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    text_column("code"),
    Column("given_by", ForeignKey("people.id"), nullable=False),
    text_column("given_by_name"),
    Column("given_at", BigInteger, nullable=False),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("visit_id", ForeignKey("visits.id")),
    optional_number("valid_until"),
    Column("state", Text, nullable=False),
    optional_number("ended_at"),
    optional_number("ended_by"),
    text_column("ended_by_name"),
    text_column("ended_where"),
    text_column("ended_why"),
    CheckConstraint("kind IN ('fix', 'gift', 'refund')", name="kind"),
    CheckConstraint(
        "state IN ('held', 'given', 'taken_back', 'offered', 'redeemed', 'revoked')", name="state"
    ),
    Index(
        "uq_gifts_case_opening_kind",
        "case_id",
        "opening",
        "kind",
        unique=True,
        **only_where("state NOT IN ('taken_back', 'revoked')"),
    ),
    Index(
        "uq_gifts_visit",
        "visit_id",
        unique=True,
        **only_where(
            "kind = 'gift' AND state NOT IN ('taken_back', 'revoked') AND visit_id IS NOT NULL"
        ),
    ),
    Index("uq_gifts_code", "code", unique=True, **only_where("code <> ''")),
    Index(None, "case_id"),
    Index("ix_gifts_visit", "visit_id", **only_where("visit_id IS NOT NULL")),
    Index(None, "customer_id", "given_at"),
    Index(None, "given_by", "given_at"),
)

counters = Table(
    "counters",
    metadata,
    Column("key", Text, primary_key=True),
    Column("spent", BigInteger, nullable=False),
    CheckConstraint("spent >= 0", name="spent"),
)

praises = Table(
    "praises",
    metadata,
    Column("id", Id, primary_key=True),
    Column("branch_id", Text, nullable=False),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("words", Text, nullable=False),
    text_column("master"),
    text_column("guest"),
    Column("at", BigInteger, nullable=False),
    optional_number("posted_at"),
    text_column("post"),  # key of the letter it went out in, and where that stands
    optional_number("chat_id"),
    optional_number("message_id"),
    Index(None, "branch_id", **only_where("posted_at IS NULL")),
    Index(None, "post", **only_where("post <> ''")),
)

preventions = Table(  # what is to change so that a matter does not happen again
    "preventions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("opening", Integer, nullable=False),
    Column("branch_id", Text, nullable=False),
    text_column("topic"),
    Column("stage", Text, nullable=False),
    Column("begun_at", BigInteger, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    text_column("what"),
    text_column("who"),
    text_column("due"),  # a day in the branch's zone: "2026-12-01"
    number_column("situation"),  # 1: it began as a word about something that repeats
    number_column("asked"),
    optional_number("asked_at"),
    CheckConstraint(
        "stage IN ('noticed', 'asked', 'undated', 'planned', 'known', 'nothing', 'done', 'dropped')",
        name="stage",
    ),
    Index("uq_preventions_case_opening", "case_id", "opening", unique=True),
    Index(None, "branch_id", "topic", "begun_at"),
    Index(
        "ix_preventions_wanted",
        "person_id",
        "asked_at",
        **only_where("stage IN ('asked', 'undated')"),
    ),
)

journal = Table(
    "journal",
    metadata,
    Column("id", Id, primary_key=True),
    optional_number("case_id"),
    optional_number("customer_id"),
    Column("kind", Text, nullable=False),
    text_column("actor"),
    Column("data", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index(None, "case_id"),
)

messages = Table(  # the talk of a case, message by message, both ways
    "messages",
    metadata,
    Column("id", Id, primary_key=True),
    optional_number("case_id"),
    optional_number("customer_id"),
    Column("incoming", Integer, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    text_column("text"),
    text_column("file_id"),
    text_column("author"),
    text_column("extra"),  # JSON of what has no file: a contact, a place
    text_column("waits"),  # "file", "words", "both": what staff have not been shown yet
    Column("at", BigInteger, nullable=False),
    Index(None, "case_id"),
    Index("ix_messages_waiting", "case_id", "id", **only_where("waits <> ''")),
    Index(None, "chat_id", "message_id"),
    Index(None, "customer_id", "at"),
)
