"""Sending texts: what stands in the answer, what is refused and how."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from bot.clock import PushedClock
from bot.sandbox import Control
from bot.sandbox.views import PersonView


async def test_a_sent_message_is_answered_whole_and_seen_by_the_person(
    api: Any, control: Control, dana: PersonView, clock: PushedClock
) -> None:
    sent = await api.ok(
        "sendMessage",
        chat_id=dana.id,
        text="<b>Дана</b>, всё хорошо? zabota.ru",
        parse_mode="HTML",
        link_preview_options={"is_disabled": True},
        disable_notification=True,
        protect_content=True,
    )

    assert sent == {
        "message_id": sent["message_id"],
        "from": {
            "id": 700001,
            "is_bot": True,
            "first_name": "Забота",
            "username": "zabota_bot",
        },
        "chat": {
            "id": dana.id,
            "first_name": "Дана",
            "last_name": "Ким",
            "username": "dana_kim",
            "type": "private",
        },
        "date": int(clock.now().timestamp()),
        "text": "Дана, всё хорошо? zabota.ru",
        "entities": [
            {"offset": 0, "length": 4, "type": "bold"},
            {"offset": 18, "length": 9, "type": "url"},
        ],
        "link_preview_options": {"is_disabled": True},
        "has_protected_content": True,
    }
    seen = (await control.chat(dana.id)).last
    assert seen.html == "<b>Дана</b>, всё хорошо? zabota.ru"
    assert (seen.silent, seen.protected, seen.from_bot) == (True, True, True)


async def test_every_way_of_passing_parameters_is_read(api: Any, dana: PersonView) -> None:
    address = f"{api.url}/bot{api.token}/sendMessage"
    markup = '{"inline_keyboard": [[{"text": "да", "callback_data": "y"}]]}'
    given = {"chat_id": str(dana.id), "text": "Это & то", "reply_markup": markup}
    form = aiohttp.MultipartWriter("form-data")
    for name, value in given.items():
        form.append(value).set_content_disposition("form-data", name=name)

    answers = [
        await api.session.get(address, params=given),
        await api.session.post(address, data=given),
        await api.session.post(address, data=form),
        await api.session.post(address, json=given),
        await api.session.post(address, json={"text": "Это & то"}, params={"chat_id": dana.id}),
    ]

    assert [(await answer.json())["result"]["text"] for answer in answers] == ["Это & то"] * 5


async def test_methods_are_known_in_any_case(api: Any) -> None:
    assert (await api.ok("getme"))["id"] == 700001


async def test_explicit_entities_are_kept_and_cut_to_the_text(api: Any, dana: PersonView) -> None:
    sent = await api.ok(
        "sendMessage",
        chat_id=dana.id,
        text="  Дана 🙂  ",
        entities=[{"type": "bold", "offset": 2, "length": 50}],
    )

    assert sent["text"] == "Дана 🙂"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 7}]


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "  \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "я" * 4097}, "message is too long"),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": 17}, "chat not found"),
        ({"text": "x", "chat_id": -100500}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "message_thread_id": 5}, "message thread not found"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
        (
            {"text": "x", "message_thread_id": "z"},
            'parameter "message_thread_id" must be of type Integer',
        ),
        (
            {"text": "x", "entities": [{"type": "bold"}]},
            "can't parse MessageEntity: Can't find field \"offset\"",
        ),
    ],
)
async def test_a_wrong_message_is_refused_in_telegrams_words(
    api: Any, dana: PersonView, params: dict[str, Any], sentence: str
) -> None:
    refusal = await api.refusal("sendMessage", **{"chat_id": dana.id, **params})

    assert refusal == f"Bad Request: {sentence}"


async def test_exactly_4096_units_pass_after_parsing(api: Any, dana: PersonView) -> None:
    text = "<b>" + "🙂" * 2048 + "</b>"

    sent = await api.ok("sendMessage", chat_id=dana.id, text=text, parse_mode="HTML")

    assert sent["entities"] == [{"offset": 0, "length": 4096, "type": "bold"}]


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "кнопка", **button}]]}


@pytest.mark.parametrize(
    ("markup", "sentence"),
    [
        (keyboard(callback_data="ж" * 33), "BUTTON_DATA_INVALID"),
        (
            keyboard(),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            keyboard(callback_data="a", style="golden"),
            "can't parse inline keyboard button: invalid button style specified",
        ),
        (
            keyboard(url="localhost:8000"),
            "inline keyboard button URL 'localhost:8000' is invalid: Wrong HTTP URL",
        ),
        (keyboard(copy_text={"text": "я" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (
            {"inline_keyboard": [[{"callback_data": "a"}]]},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"inline_keyboard": [[{"text": ["a"], "callback_data": "a"}]]},
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": "a"}] * 10] * 11},
            "reply markup is too long",
        ),
    ],
)
async def test_wrong_buttons_are_refused(
    api: Any, dana: PersonView, markup: dict[str, Any], sentence: str
) -> None:
    refusal = await api.refusal("sendMessage", chat_id=dana.id, text="x", reply_markup=markup)

    assert refusal == f"Bad Request: {sentence}"


async def test_buttons_keep_all_that_the_schema_knows(
    api: Any, control: Control, dana: PersonView
) -> None:
    rows = [
        [
            {"text": "Да", "callback_data": "ж" * 32, "style": "success"},
            {"text": "Нет", "callback_data": "no", "style": "danger"},
        ],
        [{"text": "Карта", "url": "https://maps.example/x"}],
        [{"text": "Код", "copy_text": {"text": "A-17"}, "style": "primary"}],
    ]

    sent = await api.ok(
        "sendMessage", chat_id=dana.id, text="x", reply_markup={"inline_keyboard": [*rows, []]}
    )

    assert sent["reply_markup"] == {"inline_keyboard": rows}
    seen = (await control.chat(dana.id)).last
    assert seen.labels == ("Да", "Нет", "Карта", "Код")
    assert [button.style for row in seen.buttons for button in row] == [
        "success",
        "danger",
        None,
        "primary",
    ]
    assert await control.complaints() == []


async def test_unknown_parameters_are_ignored_and_written_down(
    api: Any, control: Control, dana: PersonView
) -> None:
    await api.ok(
        "sendMessage",
        chat_id=dana.id,
        text="x",
        colour="red",
        reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "a", "size": 3}]]},
    )

    assert await control.complaints() == [
        "sendMessage: unknown parameter 'colour'",
        "reply_markup.inline_keyboard[0][0]: InlineKeyboardButton has no field 'size'",
    ]


async def test_a_reply_shows_one_level_of_what_it_answers(
    api: Any, control: Control, dana: PersonView
) -> None:
    first = await control.send(dana.id, "Ждала сорок минут")
    second = await control.send(dana.id, "и кофе холодный", reply_to=first)

    sent = await api.ok(
        "sendMessage",
        chat_id=dana.id,
        text="Простите",
        reply_parameters={"message_id": second, "quote": "кофе"},
    )

    assert sent["reply_to_message"]["text"] == "и кофе холодный"
    assert "reply_to_message" not in sent["reply_to_message"]
    assert sent["quote"] == {"text": "кофе", "position": 2, "is_manual": True}


async def test_a_reply_to_nothing_may_be_sent_without_it(api: Any, dana: PersonView) -> None:
    sent = await api.ok(
        "sendMessage",
        chat_id=dana.id,
        text="x",
        reply_parameters={"message_id": 99, "allow_sending_without_reply": True},
    )

    assert "reply_to_message" not in sent


async def test_a_reply_keyboard_is_seen_until_it_is_removed(
    api: Any, control: Control, dana: PersonView
) -> None:
    markup = {"keyboard": [[{"text": "Поделиться", "request_contact": True}]]}
    sent = await api.ok("sendMessage", chat_id=dana.id, text="Номер?", reply_markup=markup)
    shown = (await control.chat(dana.id)).keyboard
    await api.ok(
        "sendMessage", chat_id=dana.id, text="Спасибо", reply_markup={"remove_keyboard": True}
    )

    assert "reply_markup" not in sent
    assert shown == (("Поделиться",),)
    assert (await control.chat(dana.id)).keyboard == ()


async def test_contacts_locations_and_venues_are_sent(api: Any, dana: PersonView) -> None:
    contact = await api.ok(
        "sendContact", chat_id=dana.id, phone_number="+79990000001", first_name="Салон"
    )
    venue = await api.ok(
        "sendVenue",
        chat_id=dana.id,
        latitude="55.7",
        longitude=49.1,
        title="Салон",
        address="Ленина",
    )

    assert contact["contact"] == {"phone_number": "+79990000001", "first_name": "Салон"}
    assert venue["venue"]["location"] == {"latitude": 55.7, "longitude": 49.1}


async def test_a_chat_action_is_checked(api: Any, dana: PersonView) -> None:
    assert await api.ok("sendChatAction", chat_id=dana.id, action="typing") is True
    assert (
        await api.refusal("sendChatAction", chat_id=dana.id, action="dancing")
        == "Bad Request: wrong parameter action in request"
    )
