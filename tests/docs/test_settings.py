import re

from bot.settings import variables
from tests.docs.documents import ROOT

_LINE = re.compile(r"^(?:#\s?)?([A-Z][A-Z0-9_]*)=", flags=re.MULTILINE)


def _example() -> str:
    return (ROOT / ".env.example").read_text(encoding="utf-8")


def test_the_example_names_every_setting_and_no_other() -> None:
    named = set(_LINE.findall(_example()))

    assert named == set(variables())


def test_the_example_names_each_setting_once() -> None:
    named = _LINE.findall(_example())

    assert sorted(named) == sorted(set(named))


def test_every_setting_in_the_example_is_explained_above_it() -> None:
    lines = _example().splitlines()
    unexplained = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if _LINE.match(line) and not before.startswith("#") and not _LINE.match(before)
    ]

    assert unexplained == []
