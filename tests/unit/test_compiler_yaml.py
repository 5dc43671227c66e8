"""YAML as the owner writes it, and YAML meant to hurt."""

import pytest

from bot.problem_words import problem_words
from flows.problems import Problem
from flows.yaml_source import MOST_BYTES, Source, read_yaml

ANCHORS = "anchors (& and *) are not used here: write it out, or quote a text that begins like this"


def said(text: str) -> str:
    problem = read_yaml("a.yaml", text)
    assert isinstance(problem, Problem)
    return problem_words("en").line(problem)


def test_words_that_older_yaml_took_for_something_else_stay_words() -> None:
    source = read_yaml("a.yaml", "yes: no\non: off\nat: 20:30\nday: 2026-12-31\nzip: 007")

    assert isinstance(source, Source)
    assert source.value == {
        "yes": "no",
        "on": "off",
        "at": "20:30",
        "day": "2026-12-31",
        "zip": "007",
    }


def test_numbers_truth_and_nothing_are_themselves_and_keys_are_text() -> None:
    source = read_yaml("a.yaml", "5: 3\na: -1.5\nb: true\nc: null\nd: '5'\ne:")

    assert isinstance(source, Source)
    assert source.value == {"5": 3, "a": -1.5, "b": True, "c": None, "d": "5", "e": None}


def test_every_place_knows_its_line() -> None:
    source = read_yaml("a.yaml", "# note\na:\n  b: 1\n  c:\n    - x\n    - y\n")

    assert isinstance(source, Source)
    assert [source.line(path) for path in (("a",), ("a", "b"), ("a", "c", 1))] == [2, 3, 6]
    assert source.line(("a", "c", 9)) == 4


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("a: &x 1\nb: *x", f"a.yaml:1: {ANCHORS}"),
        ("a: *x", f"a.yaml:1: {ANCHORS}"),
        ("a: !!python/object:os.system x", "a.yaml:1: tags (!) are not used here; quote the text"),
        ("? [a]\n: b", "a.yaml:1: a key must be one word; quote it if it begins with { or ["),
        ("a: {hello} это мы", "a.yaml:1: a text that begins with { or [ must stand in quotes"),
        ("[" * 1000, "a.yaml: nested too deep"),
        ("{a: " * 30 + "1" + "}" * 30, "a.yaml:1: nested too deep"),
        (
            "a: 1\n---\nb: 2",
            "a.yaml:2: a line of three dashes begins another document: one file is one document",
        ),
    ],
)
def test_what_an_owner_never_needs_is_refused_with_its_line(text: str, report: str) -> None:
    assert said(text) == report


def test_a_bomb_of_anchors_does_not_go_off() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: [*a, *a, *a, *a]\n" for n in range(50))

    assert said(bomb) == f"a.yaml:1: {ANCHORS}"


def test_a_huge_file_is_refused_before_it_is_parsed() -> None:
    assert said("a" * (MOST_BYTES + 1)) == "a.yaml: the file is larger than 500 kB"
