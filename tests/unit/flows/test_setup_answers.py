"""What owners write when they are asked six things, and what becomes of it in business.yaml."""

import json

import pytest

from bot.content import load_content
from flows.branch_ids import branch_id
from flows.content_work import Edit, EditKind
from flows.setup_answers import edits, read_branches, read_brand, read_hours, read_phones

BUSINESS = load_content().business  # one branch: bauman, «На Баумана»
ANSWERS = {
    "brand": "Мята",
    "phone": "+7 843 111-11-11",
    "branches": "Пушкина, 12",
    "hours": "пн-пт 9-20",
}


@pytest.mark.parametrize(
    ("written", "read"),
    [("Лана", "Лана"), ("  «Лана» ", "Лана"), ("Лана\nи подруги", "Лана и подруги"), (" ", "")],
)
def test_a_name_is_one_line_without_its_quotation_marks(written: str, read: str) -> None:
    assert read_brand(written) == read


@pytest.mark.parametrize("written", ["", "x" * 65, "/help", "«»"])
def test_what_is_no_name(written: str) -> None:
    assert read_brand(written) == ""


@pytest.mark.parametrize(
    ("written", "wanted", "read"),
    [
        ("+7 843 000-00-00", 1, ("+7 843 000-00-00",)),
        ("8(843)0000000", 1, ("8(843)0000000",)),
        ("+7 8, +7 900 2", 2, ()),
        ("+7 843 000-00-00\n+7 900 000-00-00", 2, ("+7 843 000-00-00", "+7 900 000-00-00")),
        ("+7 843 000-00-00", 2, ()),
        ("+7 843 000-00-00, +7 900 000-00-00", 1, ()),
        ("позвоните", 1, ()),
        ("12", 1, ()),
        ("+7 843 000-00-00-00-00-00-00", 1, ()),
    ],
)
def test_telephones(written: str, wanted: int, read: tuple[str, ...]) -> None:
    assert read_phones(written, wanted) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("На Баумана\n\n На  Пушкина ", ("На Баумана", "На Пушкина")),
        ("На Баумана\nНа Баумана", ()),
        ("\n", ()),
        ("x" * 65, ()),
        ("\n".join(map(str, range(31))), ()),
    ],
)
def test_places(written: str, read: tuple[str, ...]) -> None:
    assert read_branches(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("пн–пт 9–20, сб 10–18", "пн–пт 9–20, сб 10–18"),
        ("пн–пт 9–20\nсб 10–18", "пн–пт 9–20, сб 10–18"),
        ("круглосуточно", "круглосуточно"),
        ("когда как", ""),
        ("закрыто", ""),
    ],
)
def test_hours(written: str, read: str) -> None:
    assert read_hours(written, BUSINESS) == read


def test_the_answers_become_edits_of_one_file() -> None:
    made = edits(ANSWERS, BUSINESS, used=False)

    assert {edit.file for edit in made} == {"business.yaml"}
    assert [(edit.path, json.loads(edit.value)) for edit in made if edit.kind is EditKind.PUT] == [
        (("brand",), "Мята"),
        (("phone",), "+7 843 111-11-11"),
        (("phone_duty",), "+7 843 111-11-11"),
        (("review_pages",), {}),
        (("branches", "pushkina_12"), {"name": "Пушкина, 12", "hours": "пн-пт 9-20"}),
    ]
    assert made[-1] == Edit("business.yaml", ("branches", "bauman"), kind=EditKind.DROP)


def test_a_place_keeps_its_id_as_long_as_it_keeps_its_name() -> None:
    answers = ANSWERS | {"branches": "Пушкина, 12\nНа Баумана", "night": "+7 900 000-00-01"}

    made = edits(answers, BUSINESS, used=False)

    assert [edit.path for edit in made[3:]] == [
        ("review_pages",),
        ("branches", "pushkina_12"),
        ("branches", "bauman", "name"),
        ("branches", "bauman", "hours"),
    ]
    assert json.loads(made[2].value) == "+7 900 000-00-01"


def test_a_place_that_was_worked_in_is_closed_and_not_forgotten() -> None:
    made = edits(ANSWERS, BUSINESS, used=True)

    assert made[-1] == Edit("business.yaml", ("branches", "bauman", "closed"), "true")


@pytest.mark.parametrize(
    ("name", "taken", "found"),
    [
        ("На Баумана", (), "baumana"),
        ("На Баумана", ("baumana",), "baumana2"),
        ("12-й дом", (), "b_12_y_dom"),
        ("Щёлковское шоссе, дом 7, второй этаж", (), "schelkovskoe_s"),
        ("東京", (), "b"),
        ("Main Street", ("main_street", "main_street2"), "main_street3"),
    ],
)
def test_ids_are_short_and_in_latin_letters(name: str, taken: tuple[str, ...], found: str) -> None:
    assert branch_id(name, taken) == found
