"""Sentences of a command in one language, from a YAML file beside it: key to text with {slots}."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from ruamel.yaml import YAML

LANGUAGES: Final = ("ru", "en")


class Words:
    """The sentences of one command in one language."""

    def __init__(self, language: str, sentences: Mapping[str, str]) -> None:
        """Take sentences by key, with {slots}."""
        self.language = language
        self._sentences = sentences

    def __call__(self, key: str, **values: object) -> str:
        """The sentence, filled; KeyError when there is none, or a slot is left empty."""
        return self._sentences[key].strip().format_map(values)

    def has(self, key: str) -> bool:
        """There is a sentence of that key."""
        return key in self._sentences


def words_of(package: str, language: str) -> Words:
    """`words/<language>.yaml` of a package; KeyError for a language it does not speak."""
    if language not in LANGUAGES:
        raise KeyError(language)
    file = files(package) / "words" / f"{language}.yaml"
    return Words(language, YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")))


def language_of(asked: str | None, locale: str, environment: Mapping[str, str]) -> str:
    """The one that was asked for, else the content's, else the terminal's, else Russian.

    The content goes first: a bare server says `en_US` or nothing, whoever its owner is.
    """
    settings = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    terminal = next(filter(None, settings), "")[:2].lower()
    wanted = [each for each in (asked, locale, terminal) if each and each in LANGUAGES]
    return wanted[0] if wanted else "ru"
