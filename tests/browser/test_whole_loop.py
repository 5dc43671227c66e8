"""The whole loop by clicking and typing as both sides, in both languages, wide and narrow."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.demo import Demo
from tests.browser.visitor import Visitor

SAID = {
    "ru": (
        "ответит администратор",
        "подарок от нас",
        "Теперь всё в порядке?",
        "Да",
        "Спасибо, что ответили",
    ),
    "en": (
        "will reply right here",
        "accept a gift from us",
        "Is everything all right now?",
        "Yes",
        "Thank you for answering",
    ),
}
NAMES = {("ru", 1280): "Алла", ("ru", 390): "Белла", ("en", 1280): "Clara", ("en", 390): "Dora"}


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_complaint_is_told_answered_given_a_gift_resolved_and_checked(
    demo: Demo,
    opened: Callable[..., Any],
    picture: Callable[..., Any],
    lang: str,
    width: int,
) -> None:
    name = NAMES[lang, width]
    promised, given, asked, yes, thanked = SAID[lang]
    demo.new_guest(name, lang)
    page = opened(lang, width)
    visitor = Visitor(page, narrow=width < 500)

    visitor.becomes(name)
    picture(page, "1-empty")
    visitor.complains(
        "Ждала сорок минут", asked="What happened" if lang == "en" else "Что случилось"
    )
    picture(page, "2-told")
    visitor.moves("next")
    visitor.sees(visitor.guest, promised)
    visitor.acts_as("Гузель")
    visitor.opens_group()
    visitor.sees(visitor.staff, "Ждала сорок минут")
    visitor.replies_to(visitor.staff, name, "Это наша ошибка, исправляем")
    picture(page, "3-replied")
    visitor.moves("next")
    visitor.sees(visitor.guest, "Это наша ошибка")
    visitor.taps(visitor.staff, "🎁")
    visitor.moves("next")
    visitor.sees(visitor.guest, given)
    picture(page, "4-gift")
    visitor.taps(visitor.staff, "Решено")
    visitor.taps(visitor.staff, "Накладка в записи")
    visitor.sees(visitor.staff, "Причина: Накладка в записи")
    visitor.moves(2)
    visitor.sees(visitor.guest, asked)
    visitor.taps(visitor.guest, yes)
    visitor.sees(visitor.guest, thanked)

    visitor.sees(visitor.staff, "всё в порядке")
    picture(page, "5-checked")
