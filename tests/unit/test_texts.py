"""How a sentence is filled."""

import pytest

from bot.problem_words import problem_words
from flows.template import TemplateError, parse_template
from flows.texts import Markup, Texts


def rendered(source: str, **values: object) -> str:
    return Texts({"text": source}, {}, {}).render("text", values)


def test_a_variable_is_replaced() -> None:
    assert rendered("Ответим {reply_by}.", reply_by="до 20:10") == "Ответим до 20:10."


def test_a_number_is_a_value_and_zero_is_not_empty() -> None:
    assert rendered("Опоздали: {n}[[, всего {n}]]", n=0) == "Опоздали: 0, всего 0"


@pytest.mark.parametrize("empty", [None, ""])
def test_a_piece_vanishes_whole_when_its_variable_is_empty(empty: object) -> None:
    assert rendered("Были у нас[[: {service}]].", service=empty) == "Были у нас."


def test_a_piece_vanishes_when_its_variable_was_not_passed() -> None:
    assert rendered("Были у нас[[: {service}]].") == "Были у нас."


def test_a_piece_with_two_variables_needs_both() -> None:
    assert rendered("Дали[[ ({word} {price})]]", word="по прайсу") == "Дали"


def test_a_piece_stands_when_its_variable_has_a_value() -> None:
    assert rendered("Были у нас[[: {service}]].", service="стрижка") == "Были у нас: стрижка."


def test_a_line_of_which_nothing_is_left_vanishes() -> None:
    assert rendered("Один\n[[Просит: {wish}]]\n{card_lines}\nДва") == "Один\nДва"


def test_a_line_with_words_of_its_own_stays() -> None:
    assert rendered("Один\nОтветить: {reply_by}") == "Один\nОтветить:"


def test_a_line_of_tags_around_nothing_vanishes() -> None:
    assert rendered("Один\n<blockquote>{story}</blockquote>\nДва") == "Один\nДва"


def test_blank_lines_left_over_vanish_at_the_end() -> None:
    assert rendered("Спасибо.\n\n{wish_line}") == "Спасибо."


def test_blank_lines_left_over_vanish_at_the_beginning() -> None:
    assert rendered("{privacy_line}\n\nСпасибо.") == "Спасибо."


def test_blank_lines_left_over_in_the_middle_become_one() -> None:
    assert rendered("Один\n\n{middle}\n\nДва") == "Один\n\nДва"


def test_a_value_keeps_its_own_blank_lines() -> None:
    assert rendered("{story}", story="раз\n\n\nдва") == "раз\n\n\nдва"


def test_without_a_name_the_sentence_begins_with_a_capital_letter() -> None:
    assert rendered("{name_c}спасибо.") == "Спасибо."
    assert rendered("{name_c}спасибо.", name_c="Анна, ") == "Анна, спасибо."


def test_the_capital_letter_comes_also_inside_the_text_and_behind_a_tag() -> None:
    assert rendered("Вот.\n\n{name_c}<b>спасибо</b>.") == "Вот.\n\n<b>Спасибо</b>."


def test_a_separator_goes_with_the_piece_before_it() -> None:
    source = "[[{place} «{branch}»]][[ · {service}]][[ · {master}]]"

    assert rendered(source, service="стрижка", master="Лилия") == "стрижка · Лилия"
    assert rendered(source, place="салон", branch="А", master="Я") == "салон «А» · Я"


def test_values_are_escaped_and_markup_is_not() -> None:
    assert rendered("{a} {b}", a="<i>&", b=Markup("<b>да</b>")) == "&lt;i&gt;&amp; <b>да</b>"


def test_quotes_are_left_alone() -> None:
    assert rendered("{a}", a="\"Лана\" 'Лана'") == "\"Лана\" 'Лана'"


def test_what_looks_like_a_variable_in_a_value_is_not_filled() -> None:
    assert rendered("{story}", story="{brand} [[x]]", brand="Лана") == "{brand} [[x]]"


def test_a_toast_is_plain_text() -> None:
    texts = Texts({"text": "<b>{guest}</b> &lt;3: {words}"}, {}, {})

    plain = texts.plain("text", {"guest": "Анна & Ко", "words": Markup("<i>a &amp; b</i>")})

    assert plain == "Анна & Ко <3: a & b"


def test_a_label_is_not_escaped() -> None:
    texts = Texts({}, {"gift": "🎁 {button}[[ · {price}]]"}, {})

    assert texts.label("gift", {"button": "Чай & торт"}) == "🎁 Чай & торт"


def test_an_unknown_key_is_an_error() -> None:
    texts = Texts({}, {}, {})

    for ask in (texts.render, texts.plain, texts.label):
        with pytest.raises(KeyError):
            ask("nothing")


def test_texts_know_their_keys_and_variables() -> None:
    texts = Texts({"a": "{x}[[ {y}]]"}, {"b": "да"}, {})

    assert (texts.has("a"), texts.has("b"), texts.has_label("b")) == (True, False, True)
    assert texts.names("a") == {"x", "y"}


def test_missing_texts_are_taken_from_later_ones() -> None:
    old = Texts({"a": "старый"}, {}, {"p": "было"})
    new = Texts({"a": "новый", "b": "ещё"}, {"c": "да"}, {"p": "стало", "q": "ещё"})

    both = old.completed_by(new)

    assert (both.render("a"), both.plain("b"), both.label("c")) == ("старый", "ещё", "да")
    assert both.phrases == {"p": "было", "q": "ещё"}


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("раз [[ два", "[[ without its ]] on the same line"),
        ("раз [[ {a}\n]] два", "[[ without its ]] on the same line"),
        ("раз ]] два", "]] without its [["),
        ("[[ {a} [[ {b} ]] ]]", "[[ inside another [[…]]"),
        ("раз { два", "a lone {: write a variable as {name}"),
        ("[[раз]]", "[[…]] without a {variable} in it would always stand"),
    ],
)
def test_broken_brackets_are_refused(source: str, why: str) -> None:
    with pytest.raises(TemplateError) as refused:
        parse_template(source)

    assert problem_words("en").what(refused.value) == why
