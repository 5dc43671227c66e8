"""Every table of the database and the rows it refuses; no statements, no conversion.

Times are integer milliseconds (UTC), money minor units. Plain types only (integers and text), so
that hot statements run without conversion; the repositories translate.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
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


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _number(name: str, default: int = 0) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default=str(default))


def _maybe(name: str) -> Column[int]:
    return Column(name, BigInteger)


def _when(condition: str) -> dict[str, Any]:
    """Only rows of which `condition` is true stand in the index; queries must spell it the same."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


# ---- names and numbers ------------------------------------------------------------------------

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

# ---- people -----------------------------------------------------------------------------------

customers = Table(
    "customers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("tg_id", BigInteger, nullable=False, unique=True),
    _text("name"),
    _text("username"),
    _text("language"),
    _text("phone"),
    _number("phone_own"),  # 1: shared as one's own contact; visits may be found by it
    _maybe("phone_wanted_by"),
    _number("questions", 1),
    _number("seen_at"),  # last heard of, to the day
    _number("told_privacy"),
    _maybe("blocked_at"),
    _maybe("asked_at"),
    _maybe("last_mark"),
    _maybe("nps_at"),
    _maybe("invited_at"),
    _number("invitations", 1),
    _number("asked_unasked"),  # questions of the bot's own accord: not after a link was opened
    _text("regular"),  # consent to regular questions: "", "offered", "given", "refused"
    _number("agreed"),  # consent before the first word, where it is asked for
    _number("version"),
    Index(None, "phone", **_when("phone <> ''")),
)

consents = Table(  # what was agreed to, refused or taken back: only added to
    "consents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("answer", Text, nullable=False),
    _text("wording"),  # key of the text that was read
    Column("book", ForeignKey("flow_books.sha256")),  # and its revision
    Column("source", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    CheckConstraint("kind IN ('phone', 'regular', 'first')", name="kind"),
    CheckConstraint("answer IN ('given', 'refused', 'withdrawn')", name="answer"),
    Index(None, "customer_id"),
)

erasures = Table(  # which lines of the erasure log this database has carried out
    "erasures",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("tg_id", BigInteger, nullable=False, unique=True),
    _text("name"),
    _text("username"),
    _text("role"),
    _text("title"),
    Column("state", Text, nullable=False),
    _number("on_shift", 1),
    _number("reachable", 1),
    _number("signature_wanted"),
    _number("hints", 1),
    _text("hinted"),
    CheckConstraint("state IN ('asked', 'approved', 'declined', 'left')", name="state"),
)

staff_chats = Table(
    "staff_chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    _text("title"),
    _number("inside", 1),
    _text("missing"),
    _number("bound_at"),
)

dialogs = Table(  # talks of several steps between people of the staff and the bot
    "dialogs",
    metadata,
    Column("tg_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
)

content_work = Table(  # what is to be done with the owner's folder once its turn is committed
    "content_work",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("tg_id", BigInteger, nullable=False),
    Column("dialog_id", BigInteger, nullable=False),
    Column("work", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    _number("not_before"),
    _number("attempts"),
    Column("state", Text, nullable=False, server_default="due"),
    _maybe("done_at"),
    CheckConstraint("state IN ('due', 'done')", name="state"),
    Index("ix_content_work_due", "id", **_when("state = 'due'")),
)

# ---- the matter -------------------------------------------------------------------------------

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
    _text("service"),
    _text("master"),
    Column("customer_id", ForeignKey("customers.id")),
    _text("customer_name"),
    _text("phone"),
    _text("token"),
    _maybe("amount"),
    _text("currency"),
    _text("language"),
    _maybe("asked_at"),
    _maybe("arrived_at"),
    _maybe("stay_asked_at"),
    Index("uq_visits_token", "token", unique=True, **_when("token <> ''")),
    Index(None, "phone", "ended_at", **_when("phone <> ''")),
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
    _number("opening", 1),
    _maybe("closed_at"),
    _maybe("reply_by"),
    _maybe("owner_id"),
    _number("version"),
    Column("state", Text, nullable=False),  # everything else of `flows.case.Case`, as JSON
    CheckConstraint("opening >= 1", name="opening"),
    Index("uq_cases_open", "customer_id", unique=True, **_when("closed_at IS NULL")),
    Index(None, "customer_id"),
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
    _number("wait"),
    _number("reminded"),
    _number("heard"),
    _number("delayed"),
    _maybe("mark_before"),
    _text("answers"),
    Column("visit_id", ForeignKey("visits.id")),
    Column("case_id", ForeignKey("cases.id")),
    _maybe("closed_at"),
    _number("version"),
    Index("ix_conversations_open", "customer_id", "turned_at", "id", **_when("closed_at IS NULL")),
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
    _text("code"),
    Column("given_by", ForeignKey("people.id"), nullable=False),
    _text("given_by_name"),
    Column("given_at", BigInteger, nullable=False),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("visit_id", ForeignKey("visits.id")),
    _maybe("valid_until"),
    Column("state", Text, nullable=False),
    _maybe("ended_at"),
    _maybe("ended_by"),
    _text("ended_by_name"),
    _text("ended_where"),
    _text("ended_why"),
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
        **_when("state NOT IN ('taken_back', 'revoked')"),
    ),
    Index(
        "uq_gifts_visit",
        "visit_id",
        unique=True,
        **_when(
            "kind = 'gift' AND state NOT IN ('taken_back', 'revoked') AND visit_id IS NOT NULL"
        ),
    ),
    Index("uq_gifts_code", "code", unique=True, **_when("code <> ''")),
    Index(None, "case_id"),
    Index("ix_gifts_visit", "visit_id", **_when("visit_id IS NOT NULL")),
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
    _text("master"),
    _text("guest"),
    Column("at", BigInteger, nullable=False),
    _maybe("posted_at"),
    _text("post"),  # key of the letter it went out in, and where that stands
    _maybe("chat_id"),
    _maybe("message_id"),
    Index(None, "branch_id", **_when("posted_at IS NULL")),
    Index(None, "post", **_when("post <> ''")),
)

journal = Table(
    "journal",
    metadata,
    Column("id", Id, primary_key=True),
    _maybe("case_id"),
    _maybe("customer_id"),
    Column("kind", Text, nullable=False),
    _text("actor"),
    Column("data", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index(None, "case_id"),
)

messages = Table(  # the talk of a case, message by message, both ways
    "messages",
    metadata,
    Column("id", Id, primary_key=True),
    _maybe("case_id"),
    _maybe("customer_id"),
    Column("incoming", Integer, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    _text("text"),
    _text("file_id"),
    _text("author"),
    _text("extra"),  # JSON of what has no file: a contact, a place
    _text("waits"),  # "file", "words", "both": what staff have not been shown yet
    Column("at", BigInteger, nullable=False),
    Index(None, "case_id"),
    Index("ix_messages_waiting", "case_id", "id", **_when("waits <> ''")),
    Index(None, "chat_id", "message_id"),
    Index(None, "customer_id", "at"),
)

# ---- the durable spine ------------------------------------------------------------------------

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("payload", Text, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("state", Text, nullable=False, server_default="new"),
    _text("error"),
    UniqueConstraint("bot_id", "update_id"),
    CheckConstraint("state IN ('new', 'done', 'parked', 'sealed')", name="state"),
    Index("ix_inbox_new", "chat_id", "id", **_when("state = 'new'")),
    Index("ix_inbox_parked", "id", **_when("state = 'parked'")),
    Index("ix_inbox_sealed", "chat_id", "id", **_when("state = 'sealed'")),
    Index("ix_inbox_done", "received_at", **_when("state = 'done'")),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dedup_key", Text, unique=True),
    Column("lane", Text, nullable=False),  # "" has no order
    Column("chat_id", BigInteger, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("method", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("letter", Text),  # JSON of `flows.effects.Letter`: the result becomes an event
    _maybe("case_id"),
    _number("under_card"),  # 1: replies to the card of the case, and waits until it stands
    _number("leads"),  # 1: nothing earlier of its lane is due or being sent
    Column("created_at", BigInteger, nullable=False),
    _number("not_before"),
    _maybe("expires_at"),
    _maybe("lease_until"),
    _number("attempts"),
    Column("state", Text, nullable=False, server_default="due"),
    _maybe("tg_message_id"),
    _maybe("done_at"),
    _text("error"),
    CheckConstraint(
        "state IN ('due', 'sending', 'sent', 'parked', 'recalled', 'expired')", name="state"
    ),
    Index("ix_outbox_due", "priority", "id", **_when("state = 'due' AND leads = 1")),
    Index("ix_outbox_expiring", "expires_at", **_when("state = 'due' AND expires_at IS NOT NULL")),
    Index("ix_outbox_lane", "lane", "id", **_when("state IN ('due', 'sending')")),
    Index("ix_outbox_done", "done_at", **_when("done_at IS NOT NULL")),
    Index("ix_outbox_parked", "id", **_when("state = 'parked'")),
)

cards = Table(
    "cards",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("place", Text, primary_key=True),  # "group", or "manager": the manager's private chat
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger),
    _number("wanted"),
    _number("shown"),
    # The count of `wanted` that Telegram has refused to show: it is shown in short.
    _number("refused"),
    # 1: post again, delete the old one; 2: post again, the old one stays without buttons.
    # Below zero while a call that does so is in flight; the same for `loud`.
    _number("anew"),
    _number("loud"),
    _number("not_before"),
    _maybe("lease_until"),
    _number("attempts"),
    _text("error"),
    Index("ix_cards_due", "not_before", **_when("wanted > shown")),
    Index(None, "chat_id", "message_id"),
)

timers = Table(
    "timers",
    metadata,
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    _number("wait"),
    _number("chat_id"),  # whose inbox must be empty before it fires; 0 is nobody's
    _maybe("customer_id"),
    _maybe("case_id"),
    _maybe("conversation_id"),
    _maybe("visit_id"),
    _text("branch_id"),
    Column("state", Text, nullable=False, server_default="pending"),
    _text("error"),
    CheckConstraint("state IN ('pending', 'fired', 'cancelled', 'parked')", name="state"),
    Index("ix_timers_due", "due_at", **_when("state = 'pending'")),
    Index("ix_timers_over", "due_at", **_when("state IN ('fired', 'cancelled')")),
    Index("ix_timers_parked", "key", **_when("state = 'parked'")),
    Index("ix_timers_case", "case_id", **_when("state = 'pending'")),
)
