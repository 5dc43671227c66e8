"""The first tables. A record of what was: later changes are revisions of their own."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str, default: int = 0) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), server_default=str(default), nullable=False)


def _maybe(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger())


def _when(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    _content_work()
    _counters()
    _customers()
    _dialogs()
    _flow_books()
    _consents()
    _erasures()
    _inbox()
    _journal()
    _messages()
    _outbox()
    _people()
    _sequences()
    _settings()
    _staff_chats()
    _timers()
    _praises()
    _visits()
    _cases()
    _cards()
    _forum_topics()
    _conversations()
    _gifts()
    _preventions()


def _content_work() -> None:
    op.create_table(
        "content_work",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("tg_id", sa.BigInteger(), nullable=False),
        sa.Column("dialog_id", sa.BigInteger(), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        _number("not_before"),
        _number("attempts"),
        sa.Column("state", sa.Text(), server_default="due", nullable=False),
        _maybe("done_at"),
        sa.CheckConstraint("state IN ('due', 'done')", name=op.f("ck_content_work_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_work")),
        sa.UniqueConstraint("key", name=op.f("uq_content_work_key")),
    )
    op.create_index("ix_content_work_due", "content_work", ["id"], **_when("state = 'due'"))


def _dialogs() -> None:
    op.create_table(
        "dialogs",
        sa.Column("tg_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tg_id", name=op.f("pk_dialogs")),
        sa.UniqueConstraint("id", name=op.f("uq_dialogs_id")),
    )


def _counters() -> None:
    op.create_table(
        "counters",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("spent >= 0", name=op.f("ck_counters_spent")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_counters")),
    )


def _customers() -> None:
    op.create_table(
        "customers",
        sa.Column("id", _ID, nullable=False),
        sa.Column("tg_id", sa.BigInteger(), nullable=False),
        _text("name"),
        _text("username"),
        _text("language"),
        _text("phone"),
        _number("phone_own"),
        _maybe("phone_wanted_by"),
        _number("questions", 1),
        _number("seen_at"),
        _number("told_privacy"),
        _maybe("blocked_at"),
        _maybe("asked_at"),
        _maybe("last_mark"),
        _maybe("nps_at"),
        _maybe("invited_at"),
        _number("invitations", 1),
        _number("asked_unasked"),
        _text("regular"),
        _text("zone"),
        _text("quiet"),
        _number("agreed"),
        _text("notes"),
        _maybe("claimed_of"),
        _number("version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sa.UniqueConstraint("tg_id", name=op.f("uq_customers_tg_id")),
    )
    op.create_index(op.f("ix_customers_phone"), "customers", ["phone"], **_when("phone <> ''"))
    op.create_index(
        op.f("ix_customers_claimed_of"),
        "customers",
        ["claimed_of"],
        **_when("claimed_of IS NOT NULL"),
    )


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", _ID, nullable=False),
        sa.Column("customer_id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        _text("wording"),
        sa.Column("book", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('phone', 'regular', 'first')", name=op.f("ck_consents_kind")),
        sa.CheckConstraint(
            "answer IN ('given', 'refused', 'withdrawn')", name=op.f("ck_consents_answer")
        ),
        sa.ForeignKeyConstraint(["book"], ["flow_books.sha256"], name=op.f("fk_consents_book")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_consents_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_customer_id"), "consents", ["customer_id"])


def _erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("digest", "at", name=op.f("pk_erasures")),
    )


def _flow_books() -> None:
    op.create_table(
        "flow_books",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_flow_books")),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default="new", nullable=False),
        _text("error"),
        sa.CheckConstraint(
            "state IN ('new', 'done', 'parked', 'sealed')", name=op.f("ck_inbox_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("bot_id", "update_id", name=op.f("uq_inbox_bot_id_update_id")),
    )
    op.create_index("ix_inbox_done", "inbox", ["received_at"], **_when("state = 'done'"))
    op.create_index("ix_inbox_new", "inbox", ["chat_id", "id"], **_when("state = 'new'"))
    op.create_index("ix_inbox_parked", "inbox", ["id"], **_when("state = 'parked'"))
    op.create_index("ix_inbox_sealed", "inbox", ["chat_id", "id"], **_when("state = 'sealed'"))


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", _ID, nullable=False),
        _maybe("case_id"),
        _maybe("customer_id"),
        sa.Column("kind", sa.Text(), nullable=False),
        _text("actor"),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_case_id"), "journal", ["case_id"])


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", _ID, nullable=False),
        _maybe("case_id"),
        _maybe("customer_id"),
        sa.Column("incoming", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        _text("text"),
        _text("file_id"),
        _text("author"),
        _text("extra"),
        _text("waits"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index(op.f("ix_messages_case_id"), "messages", ["case_id"])
    op.create_index("ix_messages_waiting", "messages", ["case_id", "id"], **_when("waits <> ''"))
    op.create_index(op.f("ix_messages_chat_id_message_id"), "messages", ["chat_id", "message_id"])
    op.create_index(op.f("ix_messages_customer_id_at"), "messages", ["customer_id", "at"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _ID, nullable=False),
        sa.Column("dedup_key", sa.Text(), nullable=True),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=True),
        _maybe("case_id"),
        _number("under_card"),
        _number("leads"),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        _number("not_before"),
        _maybe("expires_at"),
        _maybe("lease_until"),
        _number("attempts"),
        _number("maybe_sent"),
        sa.Column("state", sa.Text(), server_default="due", nullable=False),
        _maybe("tg_message_id"),
        _maybe("done_at"),
        _text("error"),
        sa.CheckConstraint(
            "state IN ('due', 'sending', 'sent', 'parked', 'recalled', 'expired')",
            name=op.f("ck_outbox_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("dedup_key", name=op.f("uq_outbox_dedup_key")),
    )
    op.create_index("ix_outbox_done", "outbox", ["done_at"], **_when("done_at IS NOT NULL"))
    op.create_index(
        "ix_outbox_due", "outbox", ["priority", "id"], **_when("state = 'due' AND leads = 1")
    )
    op.create_index(
        "ix_outbox_expiring",
        "outbox",
        ["expires_at"],
        **_when("state = 'due' AND expires_at IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_lane", "outbox", ["lane", "id"], **_when("state IN ('due', 'sending')")
    )
    op.create_index("ix_outbox_parked", "outbox", ["id"], **_when("state = 'parked'"))


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", _ID, nullable=False),
        sa.Column("tg_id", sa.BigInteger(), nullable=False),
        _text("name"),
        _text("username"),
        _text("role"),
        _text("title"),
        sa.Column("state", sa.Text(), nullable=False),
        _number("on_shift", 1),
        _number("reachable", 1),
        _number("signature_wanted"),
        _number("hints", 1),
        _text("hinted"),
        _text("branches"),
        sa.CheckConstraint(
            "state IN ('asked', 'approved', 'declined', 'left')", name=op.f("ck_people_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("tg_id", name=op.f("uq_people_tg_id")),
    )


def _sequences() -> None:
    op.create_table(
        "sequences",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sequences")),
    )


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )


def _staff_chats() -> None:
    op.create_table(
        "staff_chats",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        _text("title"),
        _number("inside", 1),
        _text("missing"),
        _text("no_topics"),
        _number("bound_at"),
        sa.Column("use", sa.Text(), server_default="all", nullable=False),
        _text("branches"),
        sa.CheckConstraint(
            "use IN ('all', 'branches', 'manager', 'unsaid')", name=op.f("ck_staff_chats_use")
        ),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_staff_chats")),
    )


def _timers() -> None:
    op.create_table(
        "timers",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        _number("wait"),
        _number("chat_id"),
        _maybe("customer_id"),
        _maybe("case_id"),
        _maybe("conversation_id"),
        _maybe("visit_id"),
        _text("branch_id"),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        _text("error"),
        sa.CheckConstraint(
            "state IN ('pending', 'fired', 'cancelled', 'parked')", name=op.f("ck_timers_state")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_timers")),
    )
    op.create_index("ix_timers_case", "timers", ["case_id"], **_when("state = 'pending'"))
    op.create_index("ix_timers_due", "timers", ["due_at"], **_when("state = 'pending'"))
    op.create_index(
        "ix_timers_over", "timers", ["due_at"], **_when("state IN ('fired', 'cancelled')")
    )
    op.create_index("ix_timers_parked", "timers", ["key"], **_when("state = 'parked'"))


def _praises() -> None:
    op.create_table(
        "praises",
        sa.Column("id", _ID, nullable=False),
        sa.Column("branch_id", sa.Text(), nullable=False),
        sa.Column("customer_id", _ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        _text("master"),
        _text("guest"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _maybe("posted_at"),
        _text("post"),
        _maybe("chat_id"),
        _maybe("message_id"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_praises_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_praises")),
    )
    op.create_index(
        op.f("ix_praises_branch_id"), "praises", ["branch_id"], **_when("posted_at IS NULL")
    )
    op.create_index(op.f("ix_praises_post"), "praises", ["post"], **_when("post <> ''"))


def _visits() -> None:
    op.create_table(
        "visits",
        sa.Column("id", _ID, nullable=False),
        sa.Column("ext_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("branch_id", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=False),
        _text("service"),
        _text("master"),
        sa.Column("customer_id", _ID),
        _text("customer_name"),
        _text("phone"),
        _text("token"),
        _maybe("amount"),
        _text("currency"),
        _text("language"),
        _maybe("asked_at"),
        _maybe("arrived_at"),
        _maybe("stay_asked_at"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_visits_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sa.UniqueConstraint("ext_id", name=op.f("uq_visits_ext_id")),
    )
    op.create_index(op.f("ix_visits_customer_id_ended_at"), "visits", ["customer_id", "ended_at"])
    op.create_index(
        op.f("ix_visits_phone_ended_at"), "visits", ["phone", "ended_at"], **_when("phone <> ''")
    )
    op.create_index("uq_visits_token", "visits", ["token"], unique=True, **_when("token <> ''"))


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", _ID, nullable=False),
        sa.Column("customer_id", _ID, nullable=False),
        sa.Column("visit_id", _ID),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("branch_id", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        _number("opening", 1),
        _maybe("closed_at"),
        _maybe("reply_by"),
        _maybe("owner_id"),
        sa.Column("topic", sa.Text()),
        _number("version"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint("opening >= 1", name=op.f("ck_cases_opening")),
        sa.ForeignKeyConstraint(["book"], ["flow_books.sha256"], name=op.f("fk_cases_book")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_cases_customer_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_cases_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    op.create_index(op.f("ix_cases_customer_id"), "cases", ["customer_id"])
    op.create_index(
        op.f("ix_cases_branch_id_topic_opened_at"), "cases", ["branch_id", "topic", "opened_at"]
    )
    op.create_index(
        "uq_cases_open", "cases", ["customer_id"], unique=True, **_when("closed_at IS NULL")
    )


def _cards() -> None:
    op.create_table(
        "cards",
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        _maybe("message_id"),
        _number("wanted"),
        _number("shown"),
        _number("refused"),
        _number("anew"),
        _number("loud"),
        _number("not_before"),
        _maybe("lease_until"),
        _number("attempts"),
        _text("error"),
        _number("plain"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_cards_case_id")),
        sa.PrimaryKeyConstraint("case_id", "place", name=op.f("pk_cards")),
    )
    op.create_index(op.f("ix_cards_chat_id_message_id"), "cards", ["chat_id", "message_id"])
    op.create_index("ix_cards_due", "cards", ["not_before"], **_when("wanted > shown"))


def _forum_topics() -> None:
    op.create_table(
        "forum_topics",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", _ID),
        _text("title"),
        _number("closed"),
        _number("asked"),
        _number("made_at"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_forum_topics_case_id")),
        sa.PrimaryKeyConstraint("chat_id", "thread_id", name=op.f("pk_forum_topics")),
    )
    op.create_index(
        "uq_forum_topics_case",
        "forum_topics",
        ["chat_id", "case_id"],
        unique=True,
        **_when("case_id IS NOT NULL"),
    )
    op.create_index("ix_forum_topics_of_case", "forum_topics", ["case_id"])


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", _ID, nullable=False),
        sa.Column("customer_id", _ID, nullable=False),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("turned_at", sa.BigInteger(), nullable=False),
        _number("wait"),
        _number("reminded"),
        _number("heard"),
        _number("delayed"),
        _maybe("mark_before"),
        _text("answers"),
        sa.Column("visit_id", _ID),
        sa.Column("case_id", _ID),
        _maybe("closed_at"),
        _number("version"),
        sa.ForeignKeyConstraint(
            ["book"], ["flow_books.sha256"], name=op.f("fk_conversations_book")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_conversations_case_id")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_conversations_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.id"], name=op.f("fk_conversations_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
    )
    op.create_index(
        "ix_conversations_open",
        "conversations",
        ["customer_id", "turned_at", "id"],
        **_when("closed_at IS NULL"),
    )


def _gifts() -> None:
    op.create_table(
        "gifts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("offer_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        _text("code"),
        sa.Column("given_by", _ID, nullable=False),
        _text("given_by_name"),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", _ID, nullable=False),
        sa.Column("visit_id", _ID),
        _maybe("valid_until"),
        sa.Column("state", sa.Text(), nullable=False),
        _maybe("ended_at"),
        _maybe("ended_by"),
        _text("ended_by_name"),
        _text("ended_where"),
        _text("ended_why"),
        sa.CheckConstraint("kind IN ('fix', 'gift', 'refund')", name=op.f("ck_gifts_kind")),
        sa.CheckConstraint(
            "state IN ('held', 'given', 'taken_back', 'offered', 'redeemed', 'revoked')",
            name=op.f("ck_gifts_state"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_gifts_case_id")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_gifts_customer_id")
        ),
        sa.ForeignKeyConstraint(["given_by"], ["people.id"], name=op.f("fk_gifts_given_by")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_gifts_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gifts")),
    )
    op.create_index(op.f("ix_gifts_case_id"), "gifts", ["case_id"])
    op.create_index(op.f("ix_gifts_customer_id_given_at"), "gifts", ["customer_id", "given_at"])
    op.create_index(op.f("ix_gifts_given_by_given_at"), "gifts", ["given_by", "given_at"])
    op.create_index("ix_gifts_visit", "gifts", ["visit_id"], **_when("visit_id IS NOT NULL"))
    op.create_index(
        "uq_gifts_case_opening_kind",
        "gifts",
        ["case_id", "opening", "kind"],
        unique=True,
        **_when("state NOT IN ('taken_back', 'revoked')"),
    )
    op.create_index("uq_gifts_code", "gifts", ["code"], unique=True, **_when("code <> ''"))
    op.create_index(
        "uq_gifts_visit",
        "gifts",
        ["visit_id"],
        unique=True,
        **_when(
            "kind = 'gift' AND state NOT IN ('taken_back', 'revoked') AND visit_id IS NOT NULL"
        ),
    )


def _preventions() -> None:
    op.create_table(
        "preventions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Text(), nullable=False),
        _text("topic"),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        _text("what"),
        _text("who"),
        _text("due"),
        _number("situation"),
        _number("asked"),
        _maybe("asked_at"),
        sa.CheckConstraint(
            "stage IN ('noticed', 'asked', 'undated', 'planned', 'known', 'nothing', 'done', "
            "'dropped')",
            name=op.f("ck_preventions_stage"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_preventions_case_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_preventions_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preventions")),
    )
    op.create_index(
        "uq_preventions_case_opening", "preventions", ["case_id", "opening"], unique=True
    )
    op.create_index(
        op.f("ix_preventions_branch_id_topic_begun_at"),
        "preventions",
        ["branch_id", "topic", "begun_at"],
    )
    op.create_index(
        "ix_preventions_wanted",
        "preventions",
        ["person_id", "asked_at"],
        **_when("stage IN ('asked', 'undated')"),
    )
