"""Telegram slow, refusing, away, blocked by the guest: shown where it happens, and it passes."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.demo import Demo
from tests.browser.visitor import Visitor


@pytest.fixture(autouse=True)
def _faults_end(demo: Demo) -> Iterator[None]:
    yield
    for name in ("slow", "flood", "away", "limits"):
        demo.asked("do/fault", name=name, on=False)


def test_a_refusal_of_telegram_stands_in_the_chat_until_the_message_comes(
    demo: Demo, opened: Callable[..., Any], picture: Callable[..., Any]
) -> None:
    demo.new_guest("Зина")
    page = opened()
    visitor = Visitor(page)
    visitor.becomes("Зина")
    visitor.inside.get_by_text("Telegram просит подождать").click()

    visitor.visit_ends()
    expect(visitor.guest.locator(".refusal").first).to_contain_text("429 Too Many Requests")
    picture(page, "flood")
    visitor.inside.get_by_text("Telegram просит подождать").click()
    visitor.moves("next")

    visitor.sees(visitor.guest, "Всё ли понравилось", timeout=20_000)


def test_with_telegram_away_taps_and_words_wait_and_then_arrive(
    demo: Demo, opened: Callable[..., Any], picture: Callable[..., Any]
) -> None:
    demo.new_guest("Ида")
    page = opened()
    visitor = Visitor(page)
    visitor.becomes("Ида")
    visitor.inside.get_by_text("Telegram недоступен").click()
    visitor.starts()
    expect(page.locator(".inside-bar")).to_contain_text("ждут бота в Telegram")
    picture(page, "away")

    visitor.inside.get_by_text("Telegram недоступен").click()

    visitor.sees(visitor.guest, "Напишите, что случилось", timeout=40_000)


def test_a_guest_who_blocks_the_bot_is_seen_on_the_card(
    demo: Demo, opened: Callable[..., Any], picture: Callable[..., Any]
) -> None:
    demo.new_guest("Кира")
    page = opened()
    visitor = Visitor(page)
    visitor.becomes("Кира")
    visitor.complains("Больше не пишите мне")
    visitor.guest.get_by_label("Заблокировать бота").click()
    expect(visitor.guest.get_by_role("button", name="Разблокировать").last).to_be_visible()

    visitor.acts_as("Гузель")
    visitor.opens_group()
    visitor.replies_to(visitor.staff, "Кира", "Простите нас")
    visitor.moves("next")

    expect(visitor.staff.locator(".message.bot", has_text="Не дошло").last).to_be_visible()
    picture(page, "blocked")
