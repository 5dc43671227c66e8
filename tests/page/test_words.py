import json
import re
from pathlib import Path

import bot.page

_STATIC = Path(bot.page.__file__).parent / "static"
_USED = re.compile(r"\bt\('([a-z0-9_.]+)'")


def _words(language: str) -> dict[str, str]:
    told: dict[str, str] = json.loads(
        (_STATIC / "words" / f"{language}.json").read_text(encoding="utf-8")
    )
    return told


def test_both_languages_have_the_same_words_with_the_same_places() -> None:
    places = {
        language: {key: set(re.findall(r"\{\w+\}", said)) for key, said in _words(language).items()}
        for language in ("ru", "en")
    }

    assert places["ru"] == places["en"]


def test_every_word_that_the_page_asks_for_is_there() -> None:
    used = {
        key
        for script in _STATIC.glob("*.js")
        for key in _USED.findall(script.read_text(encoding="utf-8"))
    }

    assert used - set(_words("ru")) == set()


def test_the_page_names_no_address_outside_this_machine() -> None:
    own = [*_STATIC.glob("*.js"), *_STATIC.glob("*.html"), *_STATIC.glob("styles/*.css")]
    named = {
        found
        for file in own
        for found in re.findall(r"https?://[\w.]+", file.read_text(encoding="utf-8"))
    }

    assert named == set()
