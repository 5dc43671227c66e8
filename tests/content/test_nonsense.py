"""Whatever stands in a file, the compiler answers with problems and never with an exception."""

import copy
from collections.abc import Iterator

import pytest

from flows.check_flows import check_flow, check_triggers
from flows.compile_business import compile_business
from flows.compile_catalogue import compile_catalogue
from flows.compile_steps import compile_flow
from flows.problems import Path, Problem
from flows.reading import Place
from flows.yaml_source import Plain, Source, read_yaml
from tests.content.salon import salon_files

EVERYWHERE: tuple[Plain, ...] = ([], {"id": []})
IN_TURN: tuple[Plain, ...] = (None, 5, -1, 1.5, 10**30, "x", "", "[[", "1d", True, {}, ["x"])


@pytest.mark.parametrize(
    "file", ["business.yaml", "gifts.yaml", "flows/after_visit.yaml", "flows/check.yaml"]
)
def test_nonsense_anywhere_in_a_file_is_survived(file: str) -> None:
    source = read_yaml(file, salon_files()[file])
    assert isinstance(source, Source)

    for turn, path in enumerate(paths(source.value)):
        for nonsense in (*EVERYWHERE, IN_TURN[turn % len(IN_TURN)]):
            found: list[Problem] = []
            compile_any(file, Place(source, (), replaced(source.value, path, nonsense), found))


def compile_any(file: str, place: Place) -> None:
    match file:
        case "business.yaml":
            compile_business(place)
        case "gifts.yaml":
            compile_catalogue(place)
        case _:
            flow = compile_flow(place)
            check_flow(flow)
            check_triggers([flow], place)


def paths(value: Plain, above: Path = ()) -> Iterator[Path]:
    yield above
    if isinstance(value, dict):
        for key, below in value.items():
            yield from paths(below, (*above, key))
    elif isinstance(value, list):
        for at, below in enumerate(value):
            yield from paths(below, (*above, at))


def replaced(value: Plain, path: Path, by: Plain) -> Plain:
    if not path:
        return by
    changed = copy.copy(value)
    if isinstance(changed, dict):
        changed[str(path[0])] = replaced(changed[str(path[0])], path[1:], by)
    elif isinstance(changed, list):
        at = int(path[0])
        changed[at] = replaced(changed[at], path[1:], by)
    return changed
