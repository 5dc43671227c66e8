"""The bot is killed in the middle and started again: the page stays open, and nothing is lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.demo import Demo
from tests.browser.visitor import Visitor


@pytest.fixture(autouse=True)
def _alive_again(demo: Demo) -> Iterator[None]:
    yield
    demo.asked("do/process", what="start")


def test_what_is_written_while_the_bot_is_dead_is_worked_on_when_it_lives_again(
    demo: Demo, opened: Callable[..., Any], picture: Callable[..., Any]
) -> None:
    demo.new_guest("Жанна")
    page = opened()
    visitor = Visitor(page)
    visitor.becomes("Жанна")
    visitor.visit_ends()
    visitor.taps(visitor.guest, "2 ·")
    visitor.sees(visitor.guest, "Что случилось")

    visitor.inside.get_by_text("Убить бота").click()
    expect(page.locator(".lamp")).to_have_text("Бот убит")
    visitor.writes(visitor.guest, "Сказано, пока бота не было")
    visitor.writes(visitor.guest, "И ещё одно")
    expect(page.locator(".inside-bar")).to_contain_text("ждут бота в Telegram: 2")
    picture(page, "killed")
    page.locator(".power").get_by_text("Запустить").click()
    expect(page.locator(".lamp")).to_have_text("Бот работает", timeout=40_000)

    visitor.sees(visitor.staff, "И ещё одно")
    own = visitor.guest.locator(".message.own")
    expect(own.locator(".reaction")).to_have_text(["👀", "👀"])
    expect(visitor.guest.locator(".message.bot", has_text="Что случилось")).to_have_count(1)
    visitor.moves(0)
    visitor.sees(visitor.guest, "ответит администратор")
    picture(page, "alive-again")
    visitor.page.locator(".fold").click()
