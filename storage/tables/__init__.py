"""Every table of the database and the rows it refuses; no statements, no conversion.

Times are integer milliseconds (UTC), money minor units. Plain types only (integers and text), so
that hot statements run without conversion; the repositories translate.
"""

from storage.tables.columns import metadata
from storage.tables.forum import forum_topics
from storage.tables.matter import (
    cases,
    conversations,
    counters,
    flow_books,
    gifts,
    journal,
    messages,
    praises,
    preventions,
    visits,
)
from storage.tables.numbers import (
    sequences,
    settings,
)
from storage.tables.people import (
    consents,
    content_work,
    customers,
    dialogs,
    erasures,
    people,
    staff_chats,
)
from storage.tables.spine import (
    cards,
    inbox,
    outbox,
    timers,
)

__all__ = [
    "cards",
    "cases",
    "consents",
    "content_work",
    "conversations",
    "counters",
    "customers",
    "dialogs",
    "erasures",
    "flow_books",
    "forum_topics",
    "gifts",
    "inbox",
    "journal",
    "messages",
    "metadata",
    "outbox",
    "people",
    "praises",
    "preventions",
    "sequences",
    "settings",
    "staff_chats",
    "timers",
    "visits",
]
