"""How a time of day is spelt in a language: `20:05` or `8:05 PM`. Dates and whole phrases are in phrases.py."""

from datetime import time
from functools import lru_cache

from flows.hours_spelling import MIDNIGHT
from flows.languages import locale_of


def clock(at: time, locale: str) -> str:
    """`20:05`, `9:00`; `8:05 PM` where people count to twelve."""
    if _counts_to_twelve(locale):
        return f"{at.hour % 12 or 12}:{at.minute:02}{_half(at, locale)}"
    return f"{at.hour}:{at.minute:02}"


def hour(at: time, locale: str, *, closing: bool = False) -> str:
    """Of opening hours: whole ones go without minutes, `10`, `9:30`, `10 AM`; one may close at 24."""
    if at == MIDNIGHT and (closing or _counts_to_twelve(locale)):
        return midnight(locale) if _counts_to_twelve(locale) else "24"
    if at.minute:
        return clock(at, locale)
    if _counts_to_twelve(locale):
        return f"{at.hour % 12 or 12}{_half(at, locale)}"
    return str(at.hour)


def midnight(locale: str) -> str:
    """The end of a day: `24:00`, or `midnight` where people count to twelve."""
    if not _counts_to_twelve(locale):
        return "24:00"
    periods = locale_of(locale).day_periods["format"]["wide"]
    return str(periods.get("midnight") or clock(MIDNIGHT, locale))


def _half(at: time, locale: str) -> str:
    periods = locale_of(locale).day_periods["format"]["abbreviated"]
    return f"\N{NO-BREAK SPACE}{periods['am' if at.hour < 12 else 'pm']}"


@lru_cache(maxsize=32)
def _counts_to_twelve(locale: str) -> bool:
    return "a" in str(locale_of(locale).time_formats["short"].pattern)
