"""Single cells of a file of visits: times, amounts, branches, languages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.csv_problems import CellError
from handlers.visits_cells import (
    Branches,
    amount_cell,
    currency_cell,
    lang_cell,
    moment_cell,
    phone_cell,
    text_cell,
)

KAZAN = ZoneInfo("Europe/Moscow")


@dataclass(frozen=True)
class Branch:
    """What a row needs to know of a branch."""

    name: str
    zone: ZoneInfo = KAZAN


def refusal(error: pytest.ExceptionInfo[CellError]) -> str:
    return str(error.value.at(2, None)).removeprefix("line 2: ")


@pytest.mark.parametrize(
    "words",
    [
        "2026-10-05 13:05",
        "2026-10-05T13:05:00",
        "2026-10-05 13:05:00.000",
        "2026-10-05T10:05:00Z",
        "2026-10-05T15:05:00+05:00",
        "2026-10-05 15:05 +0500",
        "2026-10-05 08:05-02",
        "05.10.2026 13:05",
        "5.10.2026, 13:05:00",
        "2026-10-5  13:05",
    ],
)
def test_one_moment_has_many_spellings(words: str) -> None:
    assert moment_cell(words, KAZAN) == datetime(2026, 10, 5, 10, 5, tzinfo=UTC)


def test_a_wall_time_is_of_the_branch_also_when_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")

    assert moment_cell("2026-10-24 13:05", berlin) == datetime(2026, 10, 24, 11, 5, tzinfo=UTC)
    assert moment_cell("2026-10-25 13:05", berlin) == datetime(2026, 10, 25, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "it is empty; every visit needs one"),
        ("вчера", '"вчера" is not a time; write it like "2026-10-05 13:05"'),
        ("2026-02-30 13:05", '"2026-02-30 13:05" is not a time; write it like "2026-10-05 13:05"'),
        ("2026-10-05 25:05", '"2026-10-05 25:05" is not a time; write it like "2026-10-05 13:05"'),
        (
            "2026-10-05 13:05 +99:00",
            '"2026-10-05 13:05 +99:00" is not a time; write it like "2026-10-05 13:05"',
        ),
        ("05.10.2026", '"05.10.2026" has no time of day; write it like "2026-10-05 13:05"'),
        (
            "0001-01-01 00:00",
            '"0001-01-01 00:00" cannot be right; years from 2000 to 2099 are taken',
        ),
    ],
)
def test_a_wrong_time_is_refused_with_its_words(words: str, sentence: str) -> None:
    with pytest.raises(CellError) as error:
        moment_cell(words, KAZAN)

    assert refusal(error) == sentence


@pytest.mark.parametrize(
    ("words", "minor"),
    [
        ("2500,00", 250000),
        ("2500", 250000),
        ("2 500.5", 250050),
        ("2\xa0500,00 ₽", 250000),
        ("2500 руб.", 250000),
        ("2500р", 250000),
        ("1,234.50", 123450),
        ("1.234.567,89", 123456789),
        ("1'234.50", 123450),
        ("2500,0000", 250000),
        ("0,500", 50),
        ("0", 0),
        ("", None),
    ],
)
def test_an_amount_becomes_minor_units(words: str, minor: int | None) -> None:
    assert amount_cell(words, "RUB") == minor


def test_minor_units_are_of_the_currency() -> None:
    assert amount_cell("2500", "JPY") == 2500
    assert amount_cell("2,5", "KWD") == 2500


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("много", '"много" is not an amount; write it like "2500,00"'),
        ("₽", '"₽" is not an amount; write it like "2500,00"'),
        ("1,234,56", '"1,234,56" is not an amount; write it like "2500,00"'),
        ("2.500", '"2.500" may be read in two ways; write it like "2500,00"'),
        ("2500,555", '"2500,555" has too many decimals; RUB has 2'),
        ("-100", '"-100" is below zero; only finished visits are taken, no refunds'),
        ("99999999999999999", '"99999999999999999" is too large to be right'),
        ("9" * 1000, f'"{"9" * 40}…" is not an amount; write it like "2500,00"'),
    ],
)
def test_a_wrong_amount_is_refused_with_its_words(words: str, sentence: str) -> None:
    with pytest.raises(CellError) as error:
        amount_cell(words, "RUB")

    assert refusal(error) == sentence


@pytest.mark.parametrize("words", ["b1", "B1", "На Ленина", "«на  ленина»", '"НА ЛЕНИНА"'])
def test_a_branch_is_found_by_id_or_name(words: str) -> None:
    branches = Branches({"b1": Branch("На Ленина"), "b2": Branch("Берёзка")}, None)

    assert branches.find(words) == "b1"
    assert branches.find("березка") == "b2"


def test_an_empty_branch_is_the_only_one_or_the_default() -> None:
    two = {"b1": Branch("На Ленина"), "b2": Branch("Берёзка")}

    assert Branches({"b1": Branch("На Ленина")}, None).find("") == "b1"
    assert Branches(two, "b2").find("") == "b2"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            "",
            "it is empty and there are several branches; "
            'write one of "На Ленина" (b1), "Берёзка" (b2), "Берёзка" (b3)',
        ),
        (
            "Марс",
            '"Марс" is not a branch of yours; '
            'known are "На Ленина" (b1), "Берёзка" (b2), "Берёзка" (b3)',
        ),
        ("На Ленена", '"На Ленена" is not a branch of yours; did you mean "на ленина"?'),
        ("Берёзка", '"Берёзка" is the name of several branches; write the id: b2, b3'),
    ],
)
def test_an_unclear_branch_is_refused_with_the_known_ones(words: str, sentence: str) -> None:
    three = {"b1": Branch("На Ленина"), "b2": Branch("Берёзка"), "b3": Branch("Берёзка")}

    with pytest.raises(CellError) as error:
        Branches(three, None).find(words)

    assert refusal(error) == sentence


def test_languages_and_currencies_are_codes() -> None:
    assert [lang_cell(words) for words in ("ru", "RU", "ru-RU", "")] == ["ru", "ru", "ru", None]
    assert [currency_cell(words, "RUB") for words in ("kzt", "")] == ["KZT", "RUB"]


@pytest.mark.parametrize(
    ("read", "sentence"),
    [
        (lambda: lang_cell("русский"), '"русский" is not a language; write its code, like "ru"'),
        (
            lambda: currency_cell("рубли", "RUB"),
            '"рубли" is not a currency; write its code, like "RUB"',
        ),
        (
            lambda: phone_cell("\x1b[31m12\n3", "RU"),
            '"[31m12 3" is not a telephone number; write it like "+7 999 000-00-01"',
        ),
        (lambda: text_cell("я" * 301), f'"{"я" * 40}…" is too long; at most 300 characters'),
    ],
)
def test_other_wrong_cells_are_refused_with_their_words(
    read: Callable[[], object], sentence: str
) -> None:
    with pytest.raises(CellError) as error:
        read()

    assert refusal(error) == sentence
