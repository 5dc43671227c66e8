"""A first visitor is led through the story, can leave it, and can have it played."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.demo import Demo
from tests.browser.visitor import Visitor


def test_the_whole_story_plays_by_itself(
    demo: Demo, opened: Callable[..., Any], picture: Callable[..., Any]
) -> None:
    demo.new_guest("Тая")
    page = opened(query="tour=no&pace=250")
    Visitor(page).becomes("Тая")
    page.get_by_label("Показать, как это работает").click()
    expect(page.locator(".tour")).to_contain_text("Шаг 1 из 8")
    picture(page, "first")

    page.get_by_text("Показать всё самому").click()

    expect(page.locator(".tour h2")).to_have_text("Вот и всё", timeout=90_000)
    picture(page, "end")


def test_the_tour_can_be_left_and_does_not_come_back(opened: Callable[..., Any]) -> None:
    page = opened(query="")
    expect(page.locator(".tour")).to_be_visible()

    page.get_by_text("Дальше сам").click()
    expect(page.locator(".tour")).to_have_count(0)
    page.reload()
    page.locator(".face:not(.add)").first.wait_for()

    expect(page.locator(".tour")).to_have_count(0)


def test_a_step_goes_on_when_its_button_is_pressed(demo: Demo, opened: Callable[..., Any]) -> None:
    demo.new_guest("Уля")
    page = opened()
    visitor = Visitor(page)
    visitor.becomes("Уля")
    page.get_by_label("Показать, как это работает").click()

    page.locator(".pointed").click()
    page.locator("dialog .pointed").click()
    expect(page.locator(".tour")).to_contain_text("Шаг 2 из 8")
    page.locator(".pointed").click()

    expect(page.locator(".tour")).to_contain_text("Шаг 3 из 8")
