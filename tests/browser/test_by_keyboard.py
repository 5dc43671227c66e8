"""Everything without a mouse: the visit, a rating, words, a reply, the way back out of a dialog."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.demo import Demo
from tests.browser.visitor import Visitor

_MOST_TABS = 120


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; raises AssertionError when one never comes by."""
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            return
    raise AssertionError(f"the keyboard never reaches {selector}")


def test_a_complaint_is_made_and_answered_by_keyboard_alone(
    demo: Demo, opened: Callable[..., Any], picture: Callable[..., Any]
) -> None:
    guest = demo.new_guest("Лина")
    page = opened()
    group = demo.told("scene")["group"]

    _tab_to(page, ".face:nth-last-child(2)")
    page.keyboard.press("Enter")
    page.evaluate("document.activeElement.blur()")
    _tab_to(page, "[data-tour=visit]")
    page.keyboard.press("Enter")
    _tab_to(page, "[data-tour=visit-go]")
    page.keyboard.press("Enter")
    expect(page.locator(".guests .key")).to_have_count(5)
    page.evaluate("document.activeElement.blur()")
    _tab_to(page, ".guests [data-tap$='|2']")
    picture(page, "focus")
    page.keyboard.press("Enter")
    _tab_to(page, f"#write-{guest}")
    page.keyboard.type("Написано без мыши")
    page.keyboard.press("Enter")
    visitor = Visitor(page)
    visitor.sees(visitor.staff, "Написано без мыши")
    page.evaluate("document.activeElement.blur()")
    card = visitor.staff.locator(".message.bot", has_text="Лина").last
    _tab_to(page, f"#{card.get_attribute('id')} [data-reply]")
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='write-{group}']")).to_be_focused()
    page.keyboard.type("Ответ без мыши")
    page.keyboard.press("Enter")

    visitor.sees(visitor.staff, "Ответ без мыши")
    visitor.sees(visitor.guest, "Ответ без мыши", timeout=20_000)


def test_escape_leaves_a_dialog_and_gives_the_focus_back(opened: Callable[..., Any]) -> None:
    page = opened()
    page.locator("[data-tour=visit]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("[data-tour=visit]")).to_be_focused()
