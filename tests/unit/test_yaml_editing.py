"""Changing one value of a YAML file: what was meant changes, and not one character beside it."""

from textwrap import dedent

import pytest

from bot.content import preset_files
from flows.yaml_editing import CannotEditError, value_at, with_item, with_value, without_value
from flows.yaml_source import Plain, Source, read_yaml

GIFTS = dedent("""\
    # Что можно дать
    offers:
      # первый
      - {id: a, title: "маска", value: 1200, sev: [1, 2]}   # хвост
      - {id: b, title: "кофе", value: 700, off: true}

    causes: []
    """)
TEXTS = dedent("""\
    texts:
      # вопрос
      ask: "Всё ли понравилось?"   # коротко
      long: |-
        Первая.

        Вторая.

      # пятёрка
      five: Спасибо!
    """)
PLACES = dedent("""\
    branches:
      bauman:
        name: "На Баумана"
        hours: "10:00-21:00"
        # phone: "+7 843"

    # дальше
    quiet: none
    """)


def plain(text: str) -> Plain:
    source = read_yaml("a.yaml", text)
    assert isinstance(source, Source)
    return source.value


def test_a_word_is_replaced_and_the_comments_stay() -> None:
    made = with_value(TEXTS, ("texts", "ask"), 'Как вам "Лана"?')

    assert made == TEXTS.replace('"Всё ли понравилось?"', '"Как вам \\"Лана\\"?"')


def test_several_lines_become_a_block() -> None:
    made = with_value(TEXTS, ("texts", "five"), "Спасибо!\n\nЖдём")

    assert made == TEXTS.replace("five: Спасибо!", "five: |-\n    Спасибо!\n\n    Ждём")


def test_a_block_becomes_one_line() -> None:
    made = with_value(TEXTS, ("texts", "long"), "Коротко")

    assert made == TEXTS.replace("|-\n    Первая.\n\n    Вторая.", '"Коротко"')


@pytest.mark.parametrize(
    "words",
    [
        "a: b",
        "# no",
        "yes",
        " lead",
        "tail ",
        "{x}",
        "\tтаб\nдва",
        "a\n  b\n",
        "é\u2028x\ny",
        "'",
        "|-",
    ],
)
def test_whatever_is_written_is_read_back(words: str) -> None:
    for key in ("ask", "long", "five"):
        made = with_value(TEXTS, ("texts", key), words)

        assert value_at(plain(made), ("texts", key)) == (True, words)


def test_an_item_of_a_list_is_found_by_its_id() -> None:
    made = with_value(GIFTS, ("offers", "b", "title"), "чай, в подарок")

    assert made == GIFTS.replace('"кофе"', '"чай, в подарок"')


def test_a_key_is_added_inside_braces() -> None:
    made = with_value(GIFTS, ("offers", "a", "off"), value=True)

    assert made == GIFTS.replace("sev: [1, 2]}", "sev: [1, 2], off: true}")


def test_a_key_is_taken_out_of_braces() -> None:
    made = without_value(GIFTS, ("offers", "b", "off"))

    assert made == GIFTS.replace(", off: true", "")


def test_an_item_is_added_under_the_last() -> None:
    made = with_item(GIFTS, ("offers",), {"id": "c", "title": "чай", "fits": "any"})

    assert made == GIFTS.replace(
        "off: true}\n", 'off: true}\n  - {id: c, title: "чай", fits: any}\n'
    )


def test_a_branch_is_added_behind_the_comments_of_the_one_above() -> None:
    made = with_value(
        PLACES, ("branches", "pushkina"), {"name": "На Пушкина", "hours": "9:00-20:00"}
    )

    added = '\n  pushkina:\n    name: "На Пушкина"\n    hours: "9:00-20:00"\n\n# дальше'
    assert made == PLACES.replace("\n\n# дальше", added)


def test_hours_may_become_a_week_and_a_single_line_again() -> None:
    week = with_value(PLACES, ("branches", "bauman", "hours"), {"mon-fri": "9:00-20:00"})

    assert week == PLACES.replace('"10:00-21:00"', '{mon-fri: "9:00-20:00"}')
    assert with_value(week, ("branches", "bauman", "hours"), "10:00-21:00") == PLACES


def test_a_key_whose_mapping_is_missing_too_is_added_with_it() -> None:
    made = with_value(PLACES, ("options", "nps"), value=True)

    assert made == f"{PLACES}options: {{nps: true}}\n"


def test_a_block_key_is_taken_out_with_its_line() -> None:
    made = without_value(TEXTS, ("texts", "ask"))

    assert made == TEXTS.replace('  ask: "Всё ли понравилось?"   # коротко\n', "")


def test_what_cannot_be_done_cleanly_is_refused() -> None:
    with pytest.raises(CannotEditError):
        with_item(GIFTS, ("causes",), {"id": "x"})


def test_every_text_of_the_preset_can_be_changed_without_touching_another() -> None:
    text = preset_files("salon")["texts/ru.yaml"]

    for key in ("ask.salon", "rate.low", "join.approved", "owner.texts.show"):
        made = with_value(text, ("texts", key), "Одна\n\n<b>Две</b> {brand}")

        assert len(made.split("\n")) > len(text.split("\n")) - 12
        assert value_at(plain(made), ("texts", key))[1] == "Одна\n\n<b>Две</b> {brand}"
