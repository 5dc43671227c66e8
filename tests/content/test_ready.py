"""The ready phrases that ship: by the rules of tone, in both languages, for every industry."""

from dataclasses import replace

import pytest

from bot.content import preset_names
from flows import lint
from flows.book import Path
from flows.case import Care, Case
from flows.compiler import judge_content
from flows.draft import Draft
from flows.people import Customer, Person, PersonState
from flows.ready import FOR_ALL, VARIABLES
from flows.variables import EXAMPLES
from tests.content.presets import preset
from tests.content.salon import salon_files
from tests.unit.flows.desk import FRIDAY_NOON
from tests.unit.flows.memory import Memory
from tests.unit.tone.reading import read

_GUZEL = Person(3, 303, "Гузель", role="administrator", state=PersonState.APPROVED)
_BY = {"ru": {}, "en": {"sorry_for": "for the long wait", "next_update_by": "by 20:40"}}
_EVERY = [(name, language) for name in preset_names() for language in ("ru", "en")]


def filled(name: str, language: str) -> list[str]:
    """Every phrase of a preset, with its variables filled."""
    values = {key: EXAMPLES[key] for key in VARIABLES} | _BY[language]
    ready = preset(name).ready[language]
    return [phrase.template.fill(values, str) for part in ready.values() for phrase in part]


@pytest.mark.parametrize(("name", "language"), _EVERY)
def test_the_linter_finds_nothing_in_what_ships(name: str, language: str) -> None:
    memory = Memory(preset(name), FRIDAY_NOON)
    case = Case(1, 1, "x", "bauman", FRIDAY_NOON, score=2, story=("Ждала сорок минут",))
    care = Care(Customer(1, 7, "Анна"), case=case)
    draft = Draft(care, memory.facts(care), FRIDAY_NOON)

    found = {
        words: [hint.id for hint in lint.hints(draft, _GUZEL, read(words), first=False)]
        for words in filled(name, language)
    }

    assert {words: hints for words, hints in found.items() if hints} == {}


@pytest.mark.parametrize(("name", "language"), _EVERY)
def test_there_are_enough_of_them_and_each_is_short(name: str, language: str) -> None:
    phrases = filled(name, language)

    assert len(preset(name).ready[language][FOR_ALL]) >= 6
    assert len(phrases) >= 10
    assert [words for words in phrases if len(words) > 300] == []


@pytest.mark.parametrize("name", preset_names())
def test_health_has_none_and_both_languages_have_the_same_topics(name: str) -> None:
    content = preset(name)
    special = {t.id for t in content.catalogue.topics if t.path in (Path.HEALTH, Path.DANGER)}

    assert set(content.ready["ru"]) == set(content.ready["en"])
    assert set(content.ready["ru"]) & special == set()


def test_an_unknown_topic_and_an_unknown_variable_are_found() -> None:
    files = dict(salon_files())
    files["ready/ru.yaml"] = 'all:\n  - "Ваш код {offer_code}"\nwaiting:\n  - "Простите"\n'

    problems = judge_content(files).problems

    assert [(p.file, p.line, p.code, p.warning) for p in problems] == [
        ("ready/ru.yaml", 2, "variable.not_here", False),
        ("ready/ru.yaml", 3, "unknown.topic", True),
    ]


def test_a_folder_without_the_files_is_content_too() -> None:
    files = {name: text for name, text in salon_files().items() if not name.startswith("ready/")}

    content = judge_content(files).content

    assert content is not None
    assert replace(content).ready == {}
