"""The salon's files as the tests take them: read once, with addresses of its own, changed by the tests in memory."""

from functools import cache

from bot.content import preset_files
from flows.book import Content
from flows.compiler import judge_content

BUSINESS = "business.yaml"
FILES = (
    BUSINESS,
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
    """File name to text, as shipped to a salon that has written its own addresses instead of the examples."""
    files = dict(preset_files("salon"))
    return {**files, BUSINESS: files[BUSINESS].replace("example.ru", "lana.ru")}


@cache
def salon() -> Content:
    """The salon, compiled."""
    judgement = judge_content(salon_files())
    assert judgement.content is not None, str(judgement.problems)
    return judgement.content
