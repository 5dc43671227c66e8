"""What came in, what must go out, what falls due."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.columns import (
    Id,
    metadata,
    number_column,
    only_where,
    optional_number,
    text_column,
)

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
    text_column("error"),
    UniqueConstraint("bot_id", "update_id"),
    CheckConstraint("state IN ('new', 'done', 'parked', 'sealed')", name="state"),
    Index("ix_inbox_new", "chat_id", "id", **only_where("state = 'new'")),
    Index("ix_inbox_parked", "id", **only_where("state = 'parked'")),
    Index("ix_inbox_sealed", "chat_id", "id", **only_where("state = 'sealed'")),
    Index("ix_inbox_done", "received_at", **only_where("state = 'done'")),
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
    optional_number("case_id"),
    number_column("under_card"),  # 1: replies to the card of the case, and waits until it stands
    number_column("leads"),  # 1: nothing earlier of its lane is due or being sent
    Column("created_at", BigInteger, nullable=False),
    number_column("not_before"),
    optional_number("expires_at"),
    optional_number("lease_until"),
    number_column("attempts"),
    number_column("maybe_sent"),  # 1: a try whose answer nobody heard: Telegram may have it
    Column("state", Text, nullable=False, server_default="due"),
    optional_number("tg_message_id"),
    optional_number("done_at"),
    text_column("error"),
    CheckConstraint(
        "state IN ('due', 'sending', 'sent', 'parked', 'recalled', 'expired')", name="state"
    ),
    Index("ix_outbox_due", "priority", "id", **only_where("state = 'due' AND leads = 1")),
    Index(
        "ix_outbox_expiring", "expires_at", **only_where("state = 'due' AND expires_at IS NOT NULL")
    ),
    Index("ix_outbox_lane", "lane", "id", **only_where("state IN ('due', 'sending')")),
    Index("ix_outbox_done", "done_at", **only_where("done_at IS NOT NULL")),
    Index("ix_outbox_parked", "id", **only_where("state = 'parked'")),
)

cards = Table(
    "cards",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("place", Text, primary_key=True),  # "group", or "manager": the manager's private chat
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger),
    number_column("wanted"),
    number_column("shown"),
    # The count of `wanted` that Telegram has refused to show: it is shown in short.
    number_column("refused"),
    # 1: post again, delete the old one; 2: post again, the old one stays without buttons.
    # Below zero while a call that does so is in flight; the same for `loud`.
    number_column("anew"),
    number_column("loud"),
    number_column("not_before"),
    optional_number("lease_until"),
    number_column("attempts"),
    text_column("error"),
    number_column("plain"),  # 1: this post waits for no topic
    Index("ix_cards_due", "not_before", **only_where("wanted > shown")),
    Index(None, "chat_id", "message_id"),
)

timers = Table(
    "timers",
    metadata,
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    number_column("wait"),
    number_column("chat_id"),  # whose inbox must be empty before it fires; 0 is nobody's
    optional_number("customer_id"),
    optional_number("case_id"),
    optional_number("conversation_id"),
    optional_number("visit_id"),
    text_column("branch_id"),
    Column("state", Text, nullable=False, server_default="pending"),
    text_column("error"),
    CheckConstraint("state IN ('pending', 'fired', 'cancelled', 'parked')", name="state"),
    Index("ix_timers_due", "due_at", **only_where("state = 'pending'")),
    Index("ix_timers_over", "due_at", **only_where("state IN ('fired', 'cancelled')")),
    Index("ix_timers_parked", "key", **only_where("state = 'parked'")),
    Index("ix_timers_case", "case_id", **only_where("state = 'pending'")),
)
