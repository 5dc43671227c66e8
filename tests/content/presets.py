"""The shipped presets as the tests take them: compiled once."""

from functools import cache

from bot.content import judge_files, preset_files, preset_names
from flows.book import Content

PRESETS = preset_names()
LANGUAGES = ("ru", "en")


@cache
def preset(name: str) -> Content:
    """One preset, compiled."""
    judgement = judge_files(preset_files(name)).judgement
    assert judgement.content is not None, str(judgement.problems)
    return judgement.content
