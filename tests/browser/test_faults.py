"""Telegram slow, refusing, away, blocked by the guest: shown where it happens, and it passes."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.error import HTTPError

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


def test_a_slow_telegram_keeps_the_tap_waiting(demo: Demo, opened: Callable[..., Any]) -> None:
    demo.new_guest("Дина")
    page = opened()
    visitor = Visitor(page)
    visitor.becomes("Дина")
    visitor.visit_ends()
    visitor.sees(visitor.guest, "Всё ли понравилось")
    visitor.inside.get_by_text("Telegram отвечает 3 секунды").click()

    visitor.taps(visitor.guest, "5 ·")

    expect(visitor.guest.locator(".key.waits")).to_have_count(1)
    expect(visitor.guest.locator(".key.waits")).to_have_count(0)
    visitor.sees(visitor.guest, "Спасибо")


def test_with_the_limits_on_the_group_takes_twenty_messages_a_minute(
    demo: Demo, opened: Callable[..., Any], picture: Callable[..., Any]
) -> None:
    page = opened()
    visitor = Visitor(page)
    group = demo.told("scene")["group"]
    visitor.inside.get_by_text("Лимиты Telegram включены").click()
    expect(page.get_by_label("Лимиты Telegram включены")).to_be_checked()

    for n in range(20):
        demo.as_the_bot("sendMessage", chat_id=group, text=f"Сообщение {n}")
    with pytest.raises(HTTPError, match="429"):
        demo.as_the_bot("sendMessage", chat_id=group, text="Двадцать первое")

    expect(visitor.staff.locator(".refusal").last).to_contain_text("Too Many Requests")
    picture(page, "limits")


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
