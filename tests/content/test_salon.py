"""The shipped salon: compiles, fits Telegram, and every way through its conversations ends."""

import pytest

from flows.book import OfferKind, Path
from flows.compile_steps import answers
from flows.compiler import judge_content
from flows.flow import END, CaseAction, Flow, Step
from flows.markup import mistake_in
from flows.template import without_tags
from flows.text_keys import (
    CAPTION_MOST,
    CAPTIONS,
    LABEL_MOST,
    LABELS,
    OPTIONAL_LABELS,
    OPTIONAL_TEXTS,
    TEXT_MOST,
    TEXTS,
    TOAST_MOST,
    TOASTS,
)
from flows.variables import EXAMPLES
from tests.content.salon import salon, salon_files

ALL_TEXTS = sorted(TEXTS | OPTIONAL_TEXTS)
ALL_LABELS = sorted(LABELS | OPTIONAL_LABELS)


def test_the_salon_compiles_without_a_single_remark() -> None:
    judgement = judge_content(salon_files())

    assert str(judgement.problems) == ""
    assert judgement.content is not None


@pytest.mark.parametrize("key", ALL_TEXTS)
def test_every_text_fits_and_reads_well_with_the_example_values(key: str) -> None:
    most = TOAST_MOST if key in TOASTS else CAPTION_MOST if key in CAPTIONS else TEXT_MOST

    text = salon().book.texts.render(key, EXAMPLES)

    assert 0 < len(without_tags(text)) <= most
    assert_well_formed(text)


@pytest.mark.parametrize("key", ALL_TEXTS)
def test_every_text_reads_well_without_any_value(key: str) -> None:
    text = salon().book.texts.render(key)

    assert_well_formed(text)


@pytest.mark.parametrize("key", ALL_LABELS)
def test_every_label_fits_with_the_example_values(key: str) -> None:
    label = salon().book.texts.label(key, EXAMPLES)

    assert 0 < len(label) <= LABEL_MOST
    assert "\n" not in label


@pytest.mark.parametrize("name", salon().book.flows)
def test_every_path_from_the_start_of_a_flow_reaches_an_end(name: str) -> None:
    flow = salon().book.flows[name]

    ends = {path[-1] for path in paths(flow, (flow.start,))}

    assert ends == {name for name, step in flow.steps.items() if may_end(step)}


def test_the_question_leads_where_the_default_path_says() -> None:
    ask = salon().book.flows["after_visit"].steps["ask"]

    assert ask.go == {"5": "praise", "4": "better", "3": "topic", "2": "sorry", "1": "sorry"}
    assert (ask.say, ask.say_unknown_visit) == ("ask.salon", "ask.qr")


def test_a_low_mark_opens_a_case_before_any_word() -> None:
    sorry = salon().book.flows["after_visit"].steps["sorry"]

    assert (sorry.case, sorry.say, sorry.topics) == (CaseAction.OPEN, "rate.low", True)
    assert sorry.buttons == ("call_me",)
    assert sorry.go == {"words": "photo", "no_words": "no_words"}


def test_wishes_are_offered_after_a_low_mark_and_not_after_a_three() -> None:
    steps = salon().book.flows["after_visit"].steps

    assert steps["promise"].wishes == ("wish.fix", "wish.refund", "wish.decide")
    assert steps["promise_only"].wishes == ()


def test_amounts_are_minor_units_and_fixes_are_no_gifts() -> None:
    catalogue = salon().catalogue

    mask, again = catalogue.offer("bs01"), catalogue.offer("bs03")

    assert mask is not None
    assert again is not None
    assert (mask.kind, mask.value, mask.cost, mask.retail) == (
        OfferKind.GIFT,
        120_000,
        15_000,
        120_000,
    )
    assert (again.kind, again.retail, again.topics) == (
        OfferKind.FIX,
        None,
        frozenset({"result"}),
    )


def test_roles_stand_from_the_lowest_to_the_owner() -> None:
    roles = salon().catalogue.roles

    assert [role.id for role in roles] == ["administrator", "manager", "owner"]
    assert roles[-1].limits.case_cost is None


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("У меня ОЖОГ на шее", "health"),
        ("опухло лицо, трудно дышать!", "health"),
        ("Спасибо, всё чудесно", "kind"),
        ("Мастер нахамила и испортила цвет", "unhappy"),
        ("Ничего, но долго сидела в коридоре", "unhappy"),
        ("Пожалуйста, передайте привет Лилии", "greeting"),
        ("Добрый день!", "greeting"),
    ],
)
def test_words_are_recognised(words: str, path: str) -> None:
    catalogue = salon().catalogue
    lists = {
        "health": catalogue.health_words,
        "unhappy": catalogue.unhappy_words,
        "kind": catalogue.kind_words,
        "greeting": catalogue.greeting_words,
    }

    found = [name for name, known in lists.items() if known.found_in(words)]

    assert found == [path]


def test_only_the_health_topic_goes_the_way_of_health() -> None:
    ways = {topic.id: topic.path for topic in salon().catalogue.topics}

    assert [name for name, path in ways.items() if path is not Path.ORDINARY] == ["burn"]


def assert_well_formed(text: str) -> None:
    assert mistake_in(text) is None
    assert "\n\n\n" not in text
    assert text == text.strip("\n")
    assert not any(mark in text for mark in ("[[", "]]", "{", "}"))


def may_end(step: Step) -> bool:
    return END in step.onward or any(answer not in step.go for answer in answers(step))


def paths(flow: Flow, so_far: tuple[str, ...]) -> list[tuple[str, ...]]:
    step = flow.steps[so_far[-1]]
    assert len(so_far) <= len(flow.steps), "round and round"
    onward = [path for name in {*step.onward} - {END} for path in paths(flow, (*so_far, name))]
    return [*onward, so_far] if may_end(step) else onward
