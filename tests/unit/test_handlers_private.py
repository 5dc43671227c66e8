"""Raw updates of private chats and the events they are."""

from typing import Any

import pytest

from bot.route import Route
from flows.events import (
    Command,
    CustomerBlockedBot,
    CustomerCommanded,
    CustomerEdited,
    CustomerOpenedBranchLink,
    CustomerOpenedVisitLink,
    CustomerSharedPhone,
    CustomerStarted,
    CustomerWrote,
    Event,
    JoinAsked,
    Kind,
    Message,
    NothingHappened,
    OwnerLinkOpened,
    Sender,
)

ANNA_ID = 2**40 + 7
ANNA = Sender(tg_id=ANNA_ID, name="Анна", username="anna", language="ru")
USER = {
    "id": ANNA_ID,
    "is_bot": False,
    "first_name": "Анна",
    "last_name": "Котова",
    "username": "anna",
    "language_code": "ru",
}
CHAT = {"id": ANNA_ID, "type": "private", "first_name": "Анна", "username": "anna"}


@pytest.fixture(scope="module")
def route() -> Route:
    return Route({"id": 42, "is_bot": True, "first_name": "Лана", "username": "lana_bot"})


def message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_700_000_000, "chat": CHAT, "from": USER, **fields}


def update(**fields: Any) -> dict[str, Any]:
    return {"update_id": 2**33, "message": message(**fields)}


def wrote(kind: Kind, **fields: Any) -> CustomerWrote:
    return CustomerWrote(
        sender=ANNA, message=Message(chat_id=ANNA_ID, message_id=5, kind=kind, **fields)
    )


STARTED = CustomerStarted(sender=ANNA, message_id=5)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("/start", STARTED),
        ("/start@lana_bot", STARTED),
        ("/START", STARTED),
        ("/start v_aB-9_x", CustomerOpenedVisitLink(sender=ANNA, token="aB-9_x")),
        ("/start@Lana_Bot v_aB-9_x", CustomerOpenedVisitLink(sender=ANNA, token="aB-9_x")),
        ("/start b_bauman", CustomerOpenedBranchLink(sender=ANNA, branch_id="bauman")),
        ("/start own_t0k", OwnerLinkOpened(sender=ANNA, token="t0k")),
        ("/start join_t0k", JoinAsked(sender=ANNA, token="t0k")),
        ("/start v_", STARTED),
        ("/start v_a b", STARTED),
        ("/start v_' OR 1=1", STARTED),
        ("/start v_ключ", STARTED),
        ("/start v_" + "a" * 65, STARTED),
        ("/start xv_abc", STARTED),
        ("/start g_t0k", STARTED),
        ("/start hello", STARTED),
        ("/help", CustomerCommanded(sender=ANNA, command=Command.HELP)),
        ("/status@lana_bot", CustomerCommanded(sender=ANNA, command=Command.STATUS)),
        ("/Privacy", CustomerCommanded(sender=ANNA, command=Command.PRIVACY)),
        ("/stop больше не пишите", CustomerCommanded(sender=ANNA, command=Command.STOP)),
        ("/stop@other_bot", wrote(Kind.TEXT, text="/stop@other_bot")),
        ("/start@other_bot v_abc", wrote(Kind.TEXT, text="/start@other_bot v_abc")),
        ("/visit стрижка", wrote(Kind.TEXT, text="/visit стрижка")),
        ("/", wrote(Kind.TEXT, text="/")),
        ("Ждала сорок минут", wrote(Kind.TEXT, text="Ждала сорок минут")),
    ],
)
async def test_what_a_customer_types(route: Route, text: str, event: Event) -> None:
    assert await route.event_of(update(text=text)) == event


FILE = {"file_id": "F", "file_unique_id": "f", "file_size": 900}
VIDEO = {**FILE, "width": 4, "height": 3, "duration": 2}
SMALL = {"file_id": "S", "file_unique_id": "s", "width": 90, "height": 60, "file_size": 10}
BIG = {"file_id": "B", "file_unique_id": "b", "width": 900, "height": 600, "file_size": 3_000}
STICKER = {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False}
PLACE = {"latitude": 55.79, "longitude": 49.12}
BOLD = {"type": "bold", "offset": 0, "length": 5}
LINK = {"type": "text_link", "offset": 6, "length": 3, "url": "https://example.ru/"}


@pytest.mark.parametrize(
    ("fields", "event"),
    [
        ({"text": "жирно тут", "entities": [BOLD, LINK]},
         wrote(Kind.TEXT, text="жирно тут", entities=(BOLD, LINK),
               html='<b>жирно</b> <a href="https://example.ru/">тут</a>')),
        ({"photo": [SMALL, BIG], "caption": "Вот так", "caption_entities": [BOLD]},
         wrote(Kind.PHOTO, file_id="B", size=3_000, text="Вот так", entities=(BOLD,),
               html="<b>Вот т</b>ак")),
        ({"photo": [BIG, SMALL], "media_group_id": "77"},
         wrote(Kind.PHOTO, file_id="B", size=3_000, album="77")),
        ({"photo": [BIG], "caption": "/stop"},
         wrote(Kind.PHOTO, file_id="B", size=3_000, text="/stop")),
        ({"photo": [BIG], "live_photo": {**VIDEO, "photo": [BIG]}},
         wrote(Kind.PHOTO, file_id="B", size=3_000)),
        ({"video": VIDEO}, wrote(Kind.VIDEO, file_id="F", size=900)),
        ({"video_note": {**FILE, "length": 240, "duration": 5}},
         wrote(Kind.VIDEO_NOTE, file_id="F", size=900)),
        ({"voice": {"file_id": "F", "file_unique_id": "f", "duration": 5}},
         wrote(Kind.VOICE, file_id="F")),
        ({"audio": {**FILE, "duration": 5}}, wrote(Kind.AUDIO, file_id="F", size=900)),
        ({"document": {**FILE, "file_name": "ru.yaml"}},
         wrote(Kind.DOCUMENT, file_id="F", size=900, file_name="ru.yaml")),
        ({"document": FILE}, wrote(Kind.DOCUMENT, file_id="F", size=900)),
        ({"document": {**FILE, "file_id": "D"}, "animation": VIDEO},
         wrote(Kind.ANIMATION, file_id="F", size=900)),
        ({"sticker": {**STICKER, "is_video": False, "emoji": "😡"}},
         wrote(Kind.STICKER, file_id="F", size=900, text="😡")),
        ({"location": {**PLACE, "live_period": 60}}, wrote(Kind.LOCATION, extra=PLACE)),
        ({"location": PLACE,
          "venue": {"location": PLACE, "title": "Лана", "address": "Баумана, 1"}},
         wrote(Kind.LOCATION, extra=PLACE, text="Лана, Баумана, 1")),
        ({"text": "Вот", "forward_origin":
          {"type": "hidden_user", "date": 1, "sender_user_name": "Кто-то"}},
         wrote(Kind.TEXT, text="Вот")),
        ({"text": "/stop", "forward_origin":
          {"type": "hidden_user", "date": 1, "sender_user_name": "Кто-то"}},
         wrote(Kind.TEXT, text="/stop")),
        ({"text": "Это", "reply_to_message": message(message_id=4, text="Всё ли понравилось?")},
         wrote(Kind.TEXT, text="Это", reply_to=4, answers="Всё ли понравилось?")),
        ({"text": "Да", "reply_to_message": message(message_id=4, text="Ждём в 10 или в 12"),
          "quote": {"text": "в 12", "position": 14, "is_manual": True}},
         wrote(Kind.TEXT, text="Да", reply_to=4, answers="Ждём в 10 или в 12", quote="в 12")),
        ({"dice": {"emoji": "🎲", "value": 3}}, wrote(Kind.UNSUPPORTED)),
        ({"story": {"id": 1, "chat": CHAT}}, wrote(Kind.UNSUPPORTED)),
        ({"game": {"title": "g", "description": "d", "photo": [BIG]}}, wrote(Kind.UNSUPPORTED)),
        ({"paid_media": {"star_count": 1, "paid_media": []}, "caption": "купите"},
         wrote(Kind.UNSUPPORTED, text="купите")),
        ({"medium_of_next_year": {}}, wrote(Kind.UNSUPPORTED)),
    ],
)  # fmt: skip
async def test_what_a_customer_sends(route: Route, fields: dict[str, Any], event: Event) -> None:
    assert await route.event_of(update(**fields)) == event


@pytest.mark.parametrize(
    ("number", "user_id", "phone", "own", "zone"),
    [
        ("79161234567", ANNA_ID, "+79161234567", True, ""),
        ("+7 916 123-45-67", ANNA_ID, "+79161234567", True, ""),
        ("89161234567", ANNA_ID, "+79161234567", True, ""),
        ("9161234567", ANNA_ID, "+79161234567", True, ""),
        ("375291234567", ANNA_ID, "+375291234567", True, "Europe/Moscow"),
        ("4740612345", ANNA_ID, "+4740612345", True, ""),
        ("73432000001", ANNA_ID, "+73432000001", True, "Asia/Yekaterinburg"),
        ("123", ANNA_ID, "", True, ""),
        ("", ANNA_ID, "", True, ""),
        ("79161234567", 9, "+79161234567", False, ""),
        ("79161234567", None, "+79161234567", False, ""),
    ],
)
async def test_a_contact_is_a_phone(
    route: Route, number: str, user_id: int | None, phone: str, own: bool, zone: str
) -> None:
    contact = {"phone_number": number, "first_name": "Анна", "user_id": user_id}

    event = await route.event_of(update(contact=contact))

    assert isinstance(event, CustomerSharedPhone)
    assert (event.sender, event.message_id, event.phone, event.own) == (ANNA, 5, phone, own)
    assert event.zone == zone
    assert event.message is not None
    assert event.message.kind is Kind.CONTACT


async def test_an_edited_message_is_told_on(route: Route) -> None:
    event = await route.event_of({"update_id": 1, "edited_message": message(text="Нет, час")})

    assert event == CustomerEdited(
        sender=ANNA, message=Message(chat_id=ANNA_ID, message_id=5, kind=Kind.TEXT, text="Нет, час")
    )


async def test_a_live_location_that_moves_says_nothing(route: Route) -> None:
    event = await route.event_of({"update_id": 1, "edited_message": message(location=PLACE)})

    assert event == NothingHappened(why="edited_message")


@pytest.mark.parametrize(
    "fields",
    [
        {"pinned_message": message(message_id=2, text="x")},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}},
        {"write_access_allowed": {}},
        {"text": "я бот", "from": {**USER, "is_bot": True}},
    ],
)
async def test_notices_and_bots_ask_for_nothing(route: Route, fields: dict[str, Any]) -> None:
    assert await route.event_of(update(**fields)) == NothingHappened(why="message")


@pytest.mark.parametrize(
    ("old", "new", "blocked"), [("member", "kicked", True), ("kicked", "member", False)]
)
async def test_stopping_the_bot_and_letting_it_in(
    route: Route, old: str, new: str, blocked: bool
) -> None:
    me = {"id": 42, "is_bot": True, "first_name": "Лана"}
    states = {
        "member": {"status": "member", "user": me},
        "kicked": {"status": "kicked", "user": me, "until_date": 0},
    }
    change = {
        "chat": CHAT,
        "from": USER,
        "date": 1,
        "old_chat_member": states[old],
        "new_chat_member": states[new],
    }

    event = await route.event_of({"update_id": 1, "my_chat_member": change})

    assert event == CustomerBlockedBot(sender=ANNA, blocked=blocked)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("8 (999) 000-00-01", "+79990000001"),
        ("+7 999 000 00 01", "+79990000001"),
        ("Звоните 8 999 000 00 01", "+79990000001"),
        ("Звоните после шести: 8 999 000 00 01", ""),
        ("12", ""),
        ("Ждала 40 минут", ""),
    ],
)
async def test_a_message_that_is_a_number_is_read_as_a_telephone(
    route: Route, text: str, phone: str
) -> None:
    event = await route.event_of(update(text=text))

    assert isinstance(event, CustomerWrote)
    assert event.phone == phone
