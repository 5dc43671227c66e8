"""The salon's files as the tests take them: read once, changed by the tests in memory."""

from functools import cache

from bot.content import load_content, preset_files
from flows.book import Content

FILES = (
    "business.yaml",
    "gifts.yaml",
    "gifts.en.yaml",
    "flows/after_visit.yaml",
    "flows/words.yaml",
    "flows/check.yaml",
    "flows/check_7d.yaml",
    "flows/nps.yaml",
    "flows/review.yaml",
    "texts/ru.yaml",
    "texts/en.yaml",
    "tone/ru.yaml",
    "tone/en.yaml",
    "ready/ru.yaml",
    "ready/en.yaml",
)
TRANSLATIONS = ("gifts.en.yaml", "texts/en.yaml")


@cache
def salon_files() -> dict[str, str]:
    """File name to text, as shipped."""
    return dict(preset_files("salon"))


@cache
def salon() -> Content:
    """The salon, compiled."""
    return load_content()
