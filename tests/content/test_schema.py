"""The schemas for editors: every preset follows them, and they refuse what the check refuses."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.content import preset_files, write_preset
from flows.compiler import judge_content
from flows.schema import schema_of, schemas
from flows.yaml_source import Source, read_yaml
from tests.content.presets import PRESETS

# A place in a file, by words that stand there once: an unknown key is put before them.
PLACES = [
    ("business.yaml", "brand:", ""),
    ("business.yaml", '    name: "', "branches/*"),
    ("business.yaml", "  ask_delay:", "timing"),
    ("business.yaml", "  photo_step:", "options"),
    ("gifts.yaml", "currency:", ""),
    ("gifts.yaml", "  place:", "words"),
    ("gifts.yaml", "id: wait,", "topics/[]"),
    ("gifts.yaml", "id: bs01,", "offers/[]"),
    ("gifts.yaml", "id: sched,", "causes/[]"),
    ("gifts.yaml", '    title: "администратор"', "roles/*"),
    ("gifts.yaml", "case_cost: 2000", "roles/*/limits"),
    ("gifts.yaml", "  undo:", "rules"),
    ("gifts.yaml", "window_days: 90", "rules/per_customer"),
    ("gifts.yaml", "  stems: [ожог", "health_words"),
    ("gifts.en.yaml", "roles:", ""),
    ("gifts.en.yaml", '  place: "salon"', "words"),
    ("gifts.en.yaml", 'title: "Long wait"', "topics/*"),
    ("gifts.en.yaml", 'title: "an express blow-dry"', "offers/*"),
    ("gifts.en.yaml", 'title: "administrator"', "roles/*"),
    ("flows/after_visit.yaml", "flow:", ""),
    ("flows/after_visit.yaml", "    say: ask.salon", "steps/*"),
    ("flows/after_visit.yaml", "option: photo_step", "steps/*/when"),
    ("flows/after_visit.yaml", "from: [wish.fix", "steps/*/choose/1"),
    ("flows/after_visit.yaml", "text: true", "steps/*/collect"),
    ("flows/after_visit.yaml", "after: 24h", "steps/*/silence/0"),
    ("flows/nps.yaml", "option: nps", "for"),
    ("texts/ru.yaml", "texts:", ""),
    ("tone/ru.yaml", "most_lines:", ""),
    ("tone/ru.yaml", '    exact: ["вы сами"', "words/*"),
    ("tone/ru.yaml", '  exact: ["вам перезвонят"', "nobody"),
    ("tone/ru.yaml", "  when:", "known"),
]
REFUSED = [
    ("business.yaml", 'brand: "Лана"', "brand: [Лана]"),
    ("business.yaml", "ask_delay: 2h", "ask_delay: 2 часа"),
    ("business.yaml", 'praise_post: "20:30"', "praise_post: вечером"),
    ("business.yaml", "permanent_link_counts: true", "permanent_link_counts: да"),
    ("business.yaml", '"https://example.ru/privacy"', '"lana.ru"'),
    ("gifts.yaml", "sev: 1, sorry_for", "sev: 4, sorry_for"),
    ("gifts.yaml", "id: bs01", "id: Маска"),
    ("gifts.yaml", "value: 1200", 'value: "дорого"'),
    ("gifts.yaml", "path: health", "path: helth"),
    ("gifts.yaml", "currency: RUB", "currency: рубли"),
    ("gifts.yaml", "case_cost: 2000", "case_cost: много"),
    ("gifts.yaml", "only: on_site", "only: tomorrow"),
    ("flows/after_visit.yaml", "trigger: visit", "trigger: visits"),
    ("flows/after_visit.yaml", "case: praise", "case: prise"),
    ("flows/after_visit.yaml", "until_quiet: 60s", "until_quiet: minute"),
    ("flows/after_visit.yaml", "text: true", "text: yes"),
    ("texts/ru.yaml", "texts:", "texts: [a]\nmore:"),
    ("business.yaml", "lint: after", "lint: afterwards"),
    ("tone/ru.yaml", "off: []", "off: [emojis]"),
    ("tone/ru.yaml", 'обед: "13:00"', "обед: днём"),
]


@cache
def validator(kind: str) -> Draft202012Validator:
    schema = schemas()[kind]
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def complaints(file: str, text: str) -> list[str]:
    source = read_yaml(file, text)
    assert isinstance(source, Source)
    return [error.message for error in validator(schema_of(file)).iter_errors(source.value)]


@pytest.mark.parametrize("name", PRESETS)
def test_every_file_of_every_preset_follows_its_schema(name: str) -> None:
    found = {file: complaints(file, text) for file, text in preset_files(name).items()}

    assert {file: wrong for file, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("file", "words", "path"), PLACES, ids=[f"{f} {p}" for f, _, p in PLACES])
def test_the_schema_knows_the_keys_that_the_check_knows(file: str, words: str, path: str) -> None:
    files = dict(preset_files("salon"))
    indent = " " * (len(words) - len(words.lstrip()))
    inside = not files[file].split(words)[0].endswith("\n")
    more = "zqzqzq: 1, " if inside else f"{indent}zqzqzq: 1\n"
    files[file] = files[file].replace(words, more + words, 1)

    problem = next(each for each in judge_content(files).problems if each.code == "unknown.key")

    assert set(problem.allowed.split(", ")) == set(properties(schemas()[schema_of(file)], path))
    assert complaints(file, files[file]) != []


@pytest.mark.parametrize(
    ("file", "before", "after"), REFUSED, ids=[after for _, _, after in REFUSED]
)
def test_the_schema_refuses_what_the_check_refuses(file: str, before: str, after: str) -> None:
    files = dict(preset_files("salon"))
    assert before in files[file], "the salon's file has changed: change the test too"
    files[file] = files[file].replace(before, after, 1)

    assert judge_content(files).problems.errors != ()
    assert complaints(file, files[file]) != []


def test_init_writes_the_schemas_beside_and_each_file_names_its_own(tmp_path: Path) -> None:
    for path in write_preset("hotel", tmp_path):
        first = path.read_text("utf-8").split("\n")[0]
        named = first.removeprefix("# yaml-language-server: $schema=")

        schema = json.loads((path.parent / named).read_text("utf-8"))

        assert schema == schemas()[schema_of(path.relative_to(tmp_path).as_posix())]


def properties(schema: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    """The keys that a schema knows at a place: `*` any key, `[]` an item, a number one of several kinds."""
    for part in filter(None, path.split("/")):
        if part.isdigit():
            schema = schema["anyOf"][int(part)]
        elif part == "*":
            schema = schema["additionalProperties"]
        else:
            schema = schema["items"] if part == "[]" else schema["properties"][part]
    found: Mapping[str, Any] = schema["properties"]
    return found
