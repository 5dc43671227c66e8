"""What a message may hold and what a tap may bring: quotes, spoilers, code, links, alerts, counts of the unread."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.demo import Demo
from tests.browser.visitor import Visitor

_LINES = "\n".join(f"Строка {n} длинной истории" for n in range(1, 13))
_MARKED = (
    f"<b>Жирно</b> <i>косо</i> <s>зря</s> <tg-spoiler>Тайна</tg-spoiler> <code>K7M2-QX</code>\n"
    f"<blockquote expandable>{_LINES}</blockquote>\n"
    '<a href="https://example.ru/booking">Записаться</a>'
)


def _height(found: Locator) -> float:
    box = found.bounding_box()
    assert box is not None
    return float(box["height"])


@pytest.fixture(autouse=True)
def _alive_again(demo: Demo) -> Iterator[None]:
    yield
    demo.asked("do/process", what="start")


def test_marks_quotes_spoilers_code_and_links_are_as_in_telegram(
    demo: Demo, opened: Callable[..., Any], picture: Callable[..., Any]
) -> None:
    guest = demo.new_guest("Тая")
    page = opened()
    visitor = Visitor(page)
    visitor.becomes("Тая")
    visitor.starts()
    visitor.sees(visitor.guest, "Напишите, что случилось")

    demo.as_the_bot("sendMessage", chat_id=guest, text=_MARKED, parse_mode="HTML")

    message = visitor.guest.locator(".message", has_text="Жирно").last
    expect(message.locator("strong, em, s")).to_have_text(["Жирно", "косо", "зря"])
    quote = message.locator("blockquote.expandable")
    folded = _height(quote)
    quote.locator(".more").click()
    assert _height(quote) > folded
    picture(page, "quote-open")
    quote.locator(".more").click()
    assert _height(quote) == folded
    expect(message.locator("button.spoiler")).to_have_count(1)
    message.locator("button.spoiler").click()
    expect(message.locator(".spoiler.open")).to_have_text("Тайна")
    message.locator(".code").click()
    assert page.evaluate("navigator.clipboard.readText()") == "K7M2-QX"
    link = message.get_by_role("link", name="Записаться")
    assert link.get_attribute("href") == "https://example.ru/booking"


def test_an_alert_stands_in_the_middle_until_it_is_read(
    demo: Demo, opened: Callable[..., Any], picture: Callable[..., Any]
) -> None:
    guest = demo.new_guest("Ульяна")
    page = opened()
    visitor = Visitor(page)
    visitor.becomes("Ульяна")
    visitor.starts()
    visitor.sees(visitor.guest, "Напишите, что случилось")
    assert demo.telegram
    demo.asked("do/process", what="kill")
    keyboard = {"inline_keyboard": [[{"text": "Что это?", "callback_data": "x"}]]}
    demo.as_the_bot("sendMessage", chat_id=guest, text="Кнопка", reply_markup=keyboard)

    visitor.taps(visitor.guest, "Что это?")
    expect(visitor.guest.locator(".key.waits")).to_have_count(1)
    update = demo.as_the_bot("getUpdates", timeout=5)[-1]
    query = update["callback_query"]["id"]
    demo.as_the_bot(
        "answerCallbackQuery", callback_query_id=query, text="Так бывает", show_alert=True
    )

    alert = page.locator("dialog.alert")
    expect(alert).to_contain_text("Так бывает")
    picture(page, "alert")
    alert.get_by_role("button", name="OK").click()
    expect(page.locator("dialog")).to_have_count(0)
    demo.as_the_bot("getUpdates", offset=update["update_id"] + 1)


def test_what_came_meanwhile_is_counted_until_it_is_seen(
    demo: Demo, opened: Callable[..., Any]
) -> None:
    fedor, harry = demo.new_guest("Фёдор"), demo.new_guest("Харитон")
    page = opened()
    visitor = Visitor(page)
    visitor.becomes("Фёдор")
    visitor.starts()
    visitor.sees(visitor.guest, "Напишите, что случилось")
    visitor.becomes("Харитон")

    for text in ("Раз", "Два"):
        demo.as_the_bot("sendMessage", chat_id=fedor, text=text)

    face = visitor.guest.locator(".face", has_text="Фёдор")
    expect(face.locator(".count")).to_have_text("2")
    visitor.becomes("Фёдор")
    expect(face.locator(".count")).to_have_count(0)
    visitor.becomes("Харитон")
    expect(face.locator(".count")).to_have_count(0)
    assert harry != fedor
