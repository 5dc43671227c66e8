"""Buttons of the rules as keyboards of the Bot API."""

import pytest

from bot.keyboards import Addresses, inline_keyboard, reply_keyboard
from flows.events import StaffAction
from flows.presses import (
    AnswerPress,
    Button,
    CasePress,
    CopyText,
    OpenUrl,
    SharePhone,
    TypeLabel,
)
from tests.content.salon import salon

TEXTS = salon().book.texts
HERE = Addresses("lana_bot", (-1001234567890, 42))


def one(button: Button, addresses: Addresses = HERE) -> dict[str, object]:
    """The only button of a keyboard."""
    ((made,),) = inline_keyboard(((button,),), TEXTS, addresses)["inline_keyboard"]
    return dict(made)


def test_a_press_is_packed_under_its_label_and_style() -> None:
    button = Button("take", CasePress(7, StaffAction.TAKE), style="primary")

    assert one(button) == {"text": "Беру", "style": "primary", "callback_data": "c|7|take|"}


def test_labels_are_filled_and_ticked() -> None:
    press = AnswerPress(3, "sorry", "topic:wait")

    assert one(Button("topic", press, {"category": "Долго ждали"}, ticked=True)) == {
        "text": "✓ Долго ждали",
        "callback_data": "a|3|sorry|topic:wait",
    }


def test_a_label_is_no_longer_than_telegram_takes() -> None:
    made = one(Button("topic", AnswerPress(3, "sorry", "x"), {"category": "ж" * 80}))

    assert made["text"] == "ж" * 64


def test_a_code_is_copied() -> None:
    assert one(Button("copy_code", CopyText("K7M2-QX"))) == {
        "text": "Скопировать код",
        "copy_text": {"text": "K7M2-QX"},
    }


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.ru/booking", "https://example.ru/booking"),
        ("start:join_abc", "https://t.me/lana_bot?start=join_abc"),
        (
            "startgroup:g_abc",
            "https://t.me/lana_bot?startgroup=g_abc&admin=delete_messages+manage_topics",
        ),
        ("card:7", "https://t.me/c/1234567890/42"),
    ],
)
def test_addresses_are_resolved(url: str, address: str) -> None:
    assert one(Button("open_card", OpenUrl(url)))["url"] == address


@pytest.mark.parametrize("card_at", [None, (-987654, 42)], ids=["no card", "a basic group"])
def test_a_button_that_would_open_nothing_is_left_out(card_at: tuple[int, int] | None) -> None:
    rows = (
        (Button("open_card", OpenUrl("card:7")),),
        (Button("take", CasePress(7, StaffAction.TAKE)),),
    )

    made = inline_keyboard(rows, TEXTS, Addresses("lana_bot", card_at))

    assert [[button["text"] for button in row] for row in made["inline_keyboard"]] == [["Беру"]]


def test_a_reply_keyboard_asks_for_the_contact() -> None:
    rows = ((Button("send_phone", SharePhone()),), (Button("answer_here", TypeLabel()),))

    assert reply_keyboard(rows, TEXTS) == {
        "keyboard": [
            [{"text": "Отправить номер", "request_contact": True}],
            [{"text": "Лучше ответьте здесь"}],
        ],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }


def test_a_button_of_a_reply_keyboard_cannot_stand_under_a_message() -> None:
    with pytest.raises(TypeError):
        one(Button("send_phone", SharePhone()))
