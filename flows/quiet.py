"""When the bot does not write by itself: the business's quiet hours, or those the customer chose, where they live."""

from collections.abc import Mapping
from datetime import time
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.book import Branch
from flows.hours import QuietHours
from flows.people import Customer

# What a customer may choose instead of the business's hours, by the name in callback data.
CHOICES: Final[Mapping[str, tuple[time, time]]] = {
    "22_9": (time(22), time(9)),
    "21_10": (time(21), time(10)),
    "daytime": (time(18), time(10)),
}
KEEP: Final = "keep"


def quiet_for(customer: Customer | None, branch: Branch, *, staying: bool = False) -> QuietHours:
    """Telegram does not tell where people live: without a zone of their own they live where they came to.

    While they are `staying` there, they sleep by the branch's clock wherever they live.
    """
    usual = branch.quiet
    if customer is None:
        return usual
    start, end = CHOICES.get(customer.quiet, (usual.start, usual.end))
    own = None if staying else _zone(customer.zone)
    return QuietHours(start, end, own or usual.zone)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):  # a zone that this machine's tables do not have
        return None
