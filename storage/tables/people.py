"""Customers, people of the staff, their groups, and what they have agreed to."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
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

customers = Table(
    "customers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("tg_id", BigInteger, nullable=False, unique=True),
    text_column("name"),
    text_column("username"),
    text_column("language"),
    text_column("phone"),
    number_column("phone_own"),  # 1: shared as one's own contact; visits may be found by it
    optional_number("phone_wanted_by"),
    number_column("questions", 1),
    number_column("seen_at"),  # last heard of, to the day
    number_column("told_privacy"),
    optional_number("blocked_at"),
    optional_number("asked_at"),
    optional_number("last_mark"),
    optional_number("nps_at"),
    optional_number("invited_at"),
    number_column("invitations", 1),
    number_column(
        "asked_unasked"
    ),  # questions of the bot's own accord: not after a link was opened
    text_column("regular"),  # consent to regular questions: "", "offered", "given", "refused"
    text_column("zone"),
    text_column("quiet"),
    number_column("agreed"),  # consent before the first word, where it is asked for
    text_column("notes"),  # JSON of what staff want to remember: [number, words, by, at] each
    optional_number("claimed_of"),  # another customer, whose visit this one has claimed
    number_column("version"),
    Index(None, "phone", **only_where("phone <> ''")),
    Index(None, "claimed_of", **only_where("claimed_of IS NOT NULL")),
)

consents = Table(  # what was agreed to, refused or taken back: only added to
    "consents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("answer", Text, nullable=False),
    text_column("wording"),  # key of the text that was read
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
    text_column("name"),
    text_column("username"),
    text_column("role"),
    text_column("title"),
    Column("state", Text, nullable=False),
    number_column("on_shift", 1),
    number_column("reachable", 1),
    number_column("signature_wanted"),
    number_column("hints", 1),
    text_column("hinted"),
    text_column("branches"),  # ids, with commas; none: all of them
    CheckConstraint("state IN ('asked', 'approved', 'declined', 'left')", name="state"),
)

staff_chats = Table(
    "staff_chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    text_column("title"),
    number_column("inside", 1),
    text_column("missing"),
    text_column("no_topics"),  # why no topics can be made: "forum", "can_manage_topics"
    number_column("bound_at"),
    Column("use", Text, nullable=False, server_default="all"),
    text_column("branches"),  # ids, with commas
    CheckConstraint("use IN ('all', 'branches', 'manager', 'unsaid')", name="use"),
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
    number_column("not_before"),
    number_column("attempts"),
    Column("state", Text, nullable=False, server_default="due"),
    optional_number("done_at"),
    CheckConstraint("state IN ('due', 'done')", name="state"),
    Index("ix_content_work_due", "id", **only_where("state = 'due'")),
)
