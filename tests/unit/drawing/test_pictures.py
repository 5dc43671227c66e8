"""Pictures of flows: everything that reads is in them, and what is wrong is red."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.content import write_preset
from bot.drawing.graph import FlowGraph, drawing_words, graph_of
from bot.drawing.svg import svg_of
from bot.problem_words import problem_words
from flows.as_read import as_read
from tests.content.salon import salon, salon_files

SVG = "{http://www.w3.org/2000/svg}"


def graphs(*changes: tuple[str, str, str], language: str = "ru") -> dict[str, FlowGraph]:
    files = dict(salon_files())
    for file, before, after in changes:
        assert before in files[file]
        files[file] = files[file].replace(before, after)
    read = as_read(files)
    words = problem_words(language)
    return {flow.flow.name: graph_of(flow, read, language, words) for flow in read.flows}


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - drawn by ourselves a moment ago


def texts(svg: str, style: str) -> list[str]:
    found = parsed(svg).iter(f"{SVG}text")
    return [text.text or "" for text in found if text.get("class") == style]


def boxes(svg: str, kind: str) -> int:
    found = parsed(svg).iter(f"{SVG}rect")
    return sum(f"box {kind}".strip() == (rect.get("class") or "").strip() for rect in found)


@pytest.mark.parametrize("name", salon().book.flows)
def test_every_step_is_in_the_picture(name: str) -> None:
    svg = svg_of(graphs()[name])

    assert sorted(texts(svg, "name")) == sorted(salon().book.flows[name].steps)
    assert boxes(svg, "start") == 1
    assert boxes(svg, "bad") == 0


def test_answers_stand_on_the_way_that_they_take() -> None:
    ask = graphs()["after_visit"].boxes[0]

    assert [(way.says, way.to) for way in ask.ways] == [
        ("5", "praise"),
        ("4", "better"),
        ("3", "topic"),
        ("1–2", "sorry"),
    ]


def test_conditions_delays_and_buttons_are_said_in_words() -> None:
    flow = "flows/after_visit.yaml"
    found = graphs((flow, "  no_words:\n", "  no_words:\n    wait: 2d\n"))["after_visit"]
    by_name = {box.name: box for box in found.boxes}

    assert by_name["no_words"].above == ("через 2 дн",)
    assert by_name["photo"].above == ("если files: нет, photo_step",)
    assert [way.says for way in by_name["photo"].ways] == ["написали, Без фото, ни слова", "иначе"]


def test_a_step_that_is_not_there_is_drawn_as_missing_and_the_mistake_is_red() -> None:
    svg = svg_of(
        graphs(("flows/after_visit.yaml", "go: praise_heard", "go: praise_herd"))["after_visit"]
    )

    assert boxes(svg, "missing") == 1
    assert boxes(svg, "bad") == 2
    assert texts(svg, "mistake")[0].startswith("шага «praise_herd» в этом")


def test_words_of_the_owner_never_break_the_picture() -> None:
    said = 'say: "<b>Привет & пока</b> <script> ]]>"'
    svg = svg_of(graphs(("flows/check.yaml", "say: check.ok", said))["check"])

    assert texts(svg, "said")


def test_a_folder_that_is_hardly_yaml_is_drawn_as_far_as_it_reads() -> None:
    found = graphs(("flows/check.yaml", "steps:", "steps: 5\nwhat:"))

    assert [name for name, graph in found.items() if graph.boxes] == [
        "after_visit",
        "check_7d",
        "nps",
        "review",
        "words",
    ]
    assert texts(svg_of(found["check"]), "flow") == ["check"]


def test_both_languages_have_the_same_words() -> None:
    assert drawing_words("ru").keys() == drawing_words("en").keys()


def test_the_command_writes_a_picture_of_each_flow(tmp_path: Path) -> None:
    write_preset("salon", tmp_path / "content")
    out = tmp_path / "pictures"

    result = CliRunner().invoke(
        main, ["flow", str(tmp_path / "content"), "--svg", "--out", str(out)]
    )

    assert result.exit_code == 0, result.output
    assert sorted(path.stem for path in out.iterdir()) == sorted(salon().book.flows)


def test_without_svg_the_command_prints_an_outline(tmp_path: Path) -> None:
    write_preset("salon", tmp_path / "content")

    result = CliRunner().invoke(main, ["flow", str(tmp_path / "content"), "--lang", "en"])

    assert "    5 → praise\n" in result.output
    assert result.output.startswith("after_visit (after a visit)\n")
