"""What commands say at a terminal: the same in both languages, and the script's own words in Russian."""

import re

import pytest

from bot.content import load_content, preset_names
from bot.terminal.words import LANGUAGES, language_of
from tests.terminal_words import sentences

SLOT = re.compile(r"\{(\w+)\}")
PACKAGES = ["bot.setup", "bot.doctor"]


@pytest.mark.parametrize("package", PACKAGES)
def test_both_languages_say_the_same_things(package: str) -> None:
    shapes = [
        {key: set(SLOT.findall(text)) for key, text in sentences(package, language).items()}
        for language in LANGUAGES
    ]

    assert shapes[0] == shapes[1]


def test_the_script_is_said_word_for_word() -> None:
    source = load_content().book.texts
    said = sentences("bot.setup", "ru")
    keys = [key for key in said if key.startswith("owner.install.")]
    slots = {name: f"{{{name}}}" for key in keys for name in SLOT.findall(said[key])}

    assert {key: said[key].strip() for key in keys} == {
        key: source.plain(key, slots) for key in keys
    }


def test_every_preset_has_a_title() -> None:
    said = sentences("bot.setup", "ru")

    assert [name for name in preset_names() if f"preset.{name}" not in said] == []


@pytest.mark.parametrize(
    ("asked", "locale", "terminal", "language"),
    [
        ("en", "ru", "ru_RU.UTF-8", "en"),
        (None, "ru", "en_US.UTF-8", "ru"),
        (None, "", "en_US.UTF-8", "en"),
        (None, "", "C.UTF-8", "ru"),
        (None, "tt", "", "ru"),
    ],
)
def test_the_language(asked: str | None, locale: str, terminal: str, language: str) -> None:
    assert language_of(asked, locale, {"LANG": terminal}) == language
