"""A CSV file of visits: its encodings, delimiters, columns, and what is said of what is wrong."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.visits_csv import COLUMNS, VisitRow, VisitsFile, read_visits

KAZAN = ZoneInfo("Europe/Moscow")
HEADER = "visit_id;ended_at;branch;service;staff;customer_name;phone;amount;lang"
ANNA = "pos-778;2026-10-05 13:05;На Ленина;Стрижка;Мария;Анна;8 (999) 000-00-01;2500,00;ru"
ANNA_VISIT = VisitRow(
    ext_id="pos-778",
    ended_at=datetime(2026, 10, 5, 10, 5, tzinfo=UTC),
    branch_id="b1",
    service="Стрижка",
    master="Мария",
    customer_name="Анна",
    phone="+79990000001",
    amount_minor=250000,
    currency="RUB",
    lang="ru",
)


@dataclass(frozen=True)
class Branch:
    """What a row needs to know of a branch."""

    name: str
    zone: ZoneInfo = KAZAN


BRANCHES = {"b1": Branch("На Ленина"), "b2": Branch("На Баумана", ZoneInfo("Asia/Yekaterinburg"))}


def read(source: bytes | str) -> VisitsFile:
    return read_visits(source, branches=BRANCHES)


def problems(source: bytes | str) -> list[str]:
    return [str(problem) for problem in read(source).problems]


def warnings(source: bytes | str) -> list[str]:
    return [str(warning) for warning in read(source).warnings]


def ids(source: bytes | str) -> list[str]:
    return [row.ext_id for row in read(source).rows]


def lines(*rows: str) -> str:
    return "\n".join((HEADER, *rows)) + "\n"


def short(*rows: str) -> str:
    return "\n".join(("visit_id;ended_at;branch", *rows)) + "\n"


def test_a_row_becomes_a_visit() -> None:
    assert read(lines(ANNA)) == VisitsFile(rows=(ANNA_VISIT,), problems=())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_encodings_of_spreadsheets_are_told_apart(encoding: str) -> None:
    assert read(lines(ANNA).encode(encoding)).rows == (ANNA_VISIT,)


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_other_delimiters_are_told_by_the_header(delimiter: str) -> None:
    table = lines(ANNA.replace("2500,00", '"2500,00"')).replace(";", delimiter)

    assert read(table).rows == (ANNA_VISIT,)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_blank_lines_do_not_matter(end: str) -> None:
    table = end.join(("sep=;", "", HEADER, "", ANNA, ";;;;;;;;", "", ""))

    assert read(table) == VisitsFile(rows=(ANNA_VISIT,), problems=())


def test_columns_may_stand_in_any_order_with_russian_names() -> None:
    table = (
        "Клиент;Телефон;Дата и время;№;Филиал;Услуга;Мастер;Сумма;Язык;\n"
        "Анна;+7 999 000-00-01;05.10.2026 13:05;pos-778;«на ленина»;Стрижка;Мария;2 500 ₽;RU;\n"
    )

    assert read(table) == VisitsFile(rows=(ANNA_VISIT,), problems=())


def test_two_columns_are_enough_for_a_business_with_one_branch() -> None:
    only = {"b1": Branch("На Ленина")}

    read_file = read_visits("visit_id,ended_at\n7,2026-10-05 13:05\n", branches=only)

    assert read_file.rows == (
        VisitRow("7", ANNA_VISIT.ended_at, "b1", None, None, None, None, None, "RUB", None),
    )


def test_a_time_without_an_offset_is_of_the_rows_branch() -> None:
    rows = read(short("1;2026-10-05 13:05;b1", "2;2026-10-05 13:05;b2")).rows

    assert [row.ended_at.hour for row in rows] == [10, 8]


def test_every_bad_cell_is_one_problem_and_good_rows_still_pass() -> None:
    table = lines(
        ";вчера;Марс;Стрижка;Мария;Анна;123;много;русский",
        ANNA,
    )

    assert read(table).rows == (ANNA_VISIT,)
    assert problems(table) == [
        "line 2, visit_id: it is empty; every visit needs one",
        'line 2, branch: "Марс" is not a branch of yours; '
        'known are "На Ленина" (b1), "На Баумана" (b2)',
        'line 2, ended_at: "вчера" is not a time; write it like "2026-10-05 13:05"',
        'line 2, phone: "123" is not a telephone number; write it like "+7 999 000-00-01"',
        'line 2, amount: "много" is not an amount; write it like "2500,00"',
        'line 2, lang: "русский" is not a language; write its code, like "ru"',
    ]


def test_a_problem_has_a_key_and_params_for_other_languages() -> None:
    [problem] = read(short("1;2026-10-05;b1")).problems

    assert (problem.line, problem.column, problem.key) == (2, "ended_at", "ended_at.no_time")
    assert problem.params == {"words": "2026-10-05"}


def test_a_visit_that_stands_twice_is_taken_once() -> None:
    table = lines(ANNA, "", ANNA)

    assert read(table).rows == (ANNA_VISIT,)
    assert problems(table) == ['line 4, visit_id: visit "pos-778" stands in line 2 already']


def test_unknown_columns_are_a_warning_and_are_left_out() -> None:
    table = "visit_id;ended_at;branch;phonne;скидка\n1;2026-10-05 13:05;b1;+79990000001;5\n"

    assert [row.phone for row in read(table).rows] == [None]
    assert warnings(table) == [
        'line 1: "phonne" is not a column we know, it is left out; did you mean "phone"?',
        'line 1: "скидка" is not a column we know, it is left out; known are ' + ", ".join(COLUMNS),
    ]


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("visit_id;branch", 'there is no column "ended_at"; the header has "visit_id", "branch"'),
        ("visit_id;endet_at", 'there is no column "ended_at"; did you mean it by "endet_at"?'),
        ("visit_id;id;date", '"visit_id" and "id" both mean "visit_id"; leave one of them'),
    ],
)
def test_a_header_that_cannot_be_used_stops_the_file(header: str, sentence: str) -> None:
    assert problems(f"{header}\n1;2\n") == [f"line 1: {sentence}"]


def test_a_file_without_a_header_says_what_is_missing() -> None:
    assert [problem.key for problem in read(f"{ANNA}\n{ANNA}\n").problems] == ["header.missing"] * 2


@pytest.mark.parametrize("source", [b"", b"\xef\xbb\xbf", "", "\n \r\n\n", "sep=;\n"])
def test_an_empty_file_is_said_to_be_empty(source: bytes | str) -> None:
    assert problems(source) == [
        "the file: the file is empty; it needs a header and a line for every visit"
    ]


def test_a_header_without_visits_is_only_a_warning() -> None:
    assert read(lines()).problems == ()
    assert warnings(lines()) == ["the file: there is a header and not one visit under it"]


@pytest.mark.parametrize("start", [b"PK\x03\x04\x14\x00\x06", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_an_excel_workbook_is_recognised(start: bytes) -> None:
    assert problems(start + b"\x00" * 100) == [
        "the file: this is an Excel workbook; save it as CSV (UTF-8)"
    ]


@pytest.mark.parametrize(
    "source",
    [
        lines(ANNA).encode("cp866"),
        lines(ANNA).encode("utf-16-le"),
        lines(ANNA).encode("utf-8") + b"\xd0",  # cut in the middle of a letter
        b"\xff\xfe\x00",
        b"visit_id;ended_at\n1;\x98\n",
        bytes(range(128, 256)) * 4,
    ],
)
def test_text_in_another_encoding_is_not_taken_for_names(source: bytes) -> None:
    assert problems(source) == [
        "the file: the text is neither UTF-8 nor Windows-1251; save the file as CSV (UTF-8)"
    ]


def test_zero_bytes_spoil_their_line_only() -> None:
    table = short("1;2026-10-05 13:05;b1", "2;2026\0-10-05 13:05;b1", "3;2026-10-05 13:05;b1")

    assert ids(table) == ["1", "3"]
    assert problems(table.encode()) == [
        "line 3: there are zero bytes in the line; the file is damaged, export it again"
    ]


def test_a_row_with_more_or_fewer_cells_than_the_header_is_refused() -> None:
    table = short("1;2026-10-05 13:05;b1;b2", "2;2026-10-05 13:05", "3;2026-10-05 13:05;b1;;")

    assert ids(table) == ["3"]
    assert problems(table) == [
        'line 2: 4 cells, the header has 3; a cell with ";" inside must stand in quotes',
        'line 3: 2 cells, the header has 3; a cell with ";" inside must stand in quotes',
    ]


def test_quotes_double_quotes_and_line_breaks_inside_quotes_are_read() -> None:
    table = (
        "visit_id;ended_at;branch;service\n"
        '1;2026-10-05 13:05;b1;"Маска ""Люкс""; уход"\n'
        '2;2026-10-05 13:05;b1;"Стрижка\nи укладка"\n'
        '3;2026-10-05 13:05;b1;Маска 5" мини\n'
        "4;вчера;b1;\n"
    )

    services = [row.service for row in read(table).rows]

    assert services == ['Маска "Люкс"; уход', "Стрижка и укладка", 'Маска 5" мини']
    assert [problem.line for problem in read(table).problems] == [6]


@pytest.mark.parametrize("rest", [10, 20_000])
def test_a_quote_that_is_never_closed_costs_its_own_line_only(rest: int) -> None:
    good = [f"{n};2026-10-05 13:05;b1" for n in range(rest)]

    table = short('x;2026-10-05 13:05;"b1', *good)

    assert len(ids(table)) == rest
    assert problems(table) == [
        "line 2: a quote is opened and not closed; double a quote that belongs to the text"
    ]


def test_a_quote_closed_lines_later_does_not_swallow_the_rows_between() -> None:
    good = "2;2026-10-05 13:05;b1"

    table = short('1;2026-10-05 13:05;"b1', good, '3;2026-10-05 13:05;"b1"')

    assert ids(table) == ["2", "3"]
    assert [problem.line for problem in read(table).problems] == [2]


def test_a_hundred_thousand_visits_are_read_whole() -> None:
    rows = (
        f"pos-{n};2026-10-05 13:{n % 60:02};На Ленина;Стрижка;Мария;Анна {n};"
        f"8 (9{n % 30:02}) {n % 1000:03}-{n % 97:02}-{n % 89:02};{n},00;ru"
        for n in range(100_000)
    )
    source = lines(*rows).encode("cp1251")

    read_file = read(source)

    assert len(read_file.rows) + len({problem.line for problem in read_file.problems}) == 100_000


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"{HEADER}\n{text}"))
def test_nothing_that_a_file_holds_raises(source: bytes | str) -> None:
    read_file = read(source)

    said = [str(problem) for problem in (*read_file.problems, *read_file.warnings)]
    assert [line for line in said if "\n" in line or not line.isprintable()] == []
