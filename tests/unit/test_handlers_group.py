"""Raw updates of groups and channels and the events they are."""

from typing import Any

import pytest

from bot.route import Route
from flows.events import (
    Event,
    GroupLinkOpened,
    GroupMigrated,
    GroupRightsChanged,
    GroupSetupAsked,
    Kind,
    Message,
    NothingHappened,
    PersonLeftGroup,
    Sender,
    StaffEdited,
    StaffWrote,
    VisitLinkAsked,
)

GROUP_ID = -1_002_000_000_001
CHAT = {"id": GROUP_ID, "type": "supergroup", "title": "Лана: забота"}
CHANNEL = {"id": -1_003_000_000_001, "type": "channel", "title": "Лана"}
USER = {"id": 8, "is_bot": False, "first_name": "Гузель"}
LILIA = {"id": 9, "is_bot": False, "first_name": "Лилия"}
ME = {"id": 42, "is_bot": True, "first_name": "Лана", "username": "lana_bot"}
ANONYMOUS = {
    "id": 1_087_968_824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
GUZEL = Sender(tg_id=8, name="Гузель")
NOBODY = Sender(tg_id=1_087_968_824, name="Group", username="GroupAnonymousBot")
AS_GROUP = {"from": ANONYMOUS, "sender_chat": CHAT}


@pytest.fixture(scope="module")
def route() -> Route:
    return Route(ME)


def message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_700_000_000, "chat": CHAT, "from": USER, **fields}


def update(**fields: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": message(**fields)}


def said(text: str, reply_to: int | None = None, thread: int | None = None) -> Message:
    return Message(GROUP_ID, 5, Kind.TEXT, text, reply_to=reply_to, thread=thread)


def visit(service: str, master: str, by: Sender = GUZEL, anonymous: bool = False) -> Event:
    return VisitLinkAsked(
        by=by,
        chat_id=GROUP_ID,
        message_id=5,
        service=service,
        master=master,
        anonymous=anonymous,
    )


def group_link(by: Sender) -> Event:
    return GroupLinkOpened(by=by, chat_id=GROUP_ID, title="Лана: забота", token="t0k")


CARD = message(message_id=3, text="Анна", **{"from": ME})
TOPIC = message(message_id=2, forum_topic_created={"name": "Анна", "icon_color": 1})


@pytest.mark.parametrize(
    ("fields", "event"),
    [
        ({"text": "Кто завтра?"}, StaffWrote(by=GUZEL, message=said("Кто завтра?"))),
        ({"text": "Звоню", "reply_to_message": CARD},
         StaffWrote(by=GUZEL, message=said("Звоню", reply_to=3))),
        ({"text": "Пишу", "message_thread_id": 2, "is_topic_message": True,
          "reply_to_message": TOPIC}, StaffWrote(by=GUZEL, message=said("Пишу", thread=2))),
        ({"text": "/nothing", "message_thread_id": 2, "is_topic_message": True,
          "reply_to_message": TOPIC},
         NothingHappened("a command, in a topic where words are meant for a customer")),
        ({"text": "// заметка", "message_thread_id": 2, "is_topic_message": True,
          "reply_to_message": TOPIC}, StaffWrote(by=GUZEL, message=said("// заметка", thread=2))),
        ({"text": "Ответ", "message_thread_id": 2, "is_topic_message": True,
          "reply_to_message": CARD}, StaffWrote(by=GUZEL, message=said("Ответ", reply_to=3, thread=2))),
        ({"text": "Отвечу", "reply_to_message": CARD, **AS_GROUP},
         StaffWrote(by=NOBODY, message=said("Отвечу", reply_to=3), anonymous=True)),
        ({"text": "Отвечу", "sender_chat": CHANNEL, "from":
          {"id": 136_817_688, "is_bot": True, "first_name": "Channel"}},
         StaffWrote(by=Sender(tg_id=136_817_688, name="Channel"), message=said("Отвечу"),
                    anonymous=True)),
        ({"text": "/visit"}, visit("", "")),
        ({"text": "/visit@lana_bot"}, visit("", "")),
        ({"text": "/visit стрижка"}, visit("стрижка", "")),
        ({"text": "/visit  стрижка ,  Лилия "}, visit("стрижка", "Лилия")),
        ({"text": "/visit тон, укладка, Лилия"}, visit("тон, укладка", "Лилия")),
        ({"text": "/visit ,Лилия"}, visit("", "Лилия")),
        ({"text": "/visit стрижка", **AS_GROUP}, visit("стрижка", "", NOBODY, True)),
        ({"text": "/visit@other_bot a"}, StaffWrote(by=GUZEL, message=said("/visit@other_bot a"))),
        ({"text": "/help"}, StaffWrote(by=GUZEL, message=said("/help"))),
        ({"text": "/start g_t0k"}, group_link(GUZEL)),
        ({"text": "/start@lana_bot g_t0k"}, group_link(GUZEL)),
        ({"text": "/start@lana_bot g_t0k", **AS_GROUP}, group_link(NOBODY)),
        ({"text": "/start@other_bot g_t0k"},
         StaffWrote(by=GUZEL, message=said("/start@other_bot g_t0k"))),
        ({"text": "/start own_t0k"}, StaffWrote(by=GUZEL, message=said("/start own_t0k"))),
        ({"text": "/start g_a b"}, StaffWrote(by=GUZEL, message=said("/start g_a b"))),
        ({"contact": {"phone_number": "79161234567", "first_name": "Анна", "user_id": 8}},
         StaffWrote(by=GUZEL, message=Message(
             chat_id=GROUP_ID, message_id=5, kind=Kind.CONTACT,
             extra={"phone_number": "79161234567", "first_name": "Анна"}))),
        ({"migrate_to_chat_id": -1_009}, GroupMigrated(old_chat_id=GROUP_ID, new_chat_id=-1_009)),
        ({"migrate_from_chat_id": -7}, GroupMigrated(old_chat_id=-7, new_chat_id=GROUP_ID)),
        ({"migrate_from_chat_id": -7, **AS_GROUP},
         GroupMigrated(old_chat_id=-7, new_chat_id=GROUP_ID)),
        ({"left_chat_member": LILIA}, PersonLeftGroup(chat_id=GROUP_ID, tg_id=9)),
        ({"left_chat_member": ME}, GroupRightsChanged(
            by=GUZEL, chat_id=GROUP_ID, title="Лана: забота", inside=False, is_admin=False)),
    ],
)  # fmt: skip
async def test_what_is_said_in_the_group(
    route: Route, fields: dict[str, Any], event: Event
) -> None:
    assert await route.event_of(update(**fields)) == event


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "я бот", "from": {**LILIA, "is_bot": True}},
        {"text": "из канала", "sender_chat": CHANNEL, "is_automatic_forward": True},
        {"new_chat_members": [LILIA]},
        {"new_chat_title": "Другое"},
        {"pinned_message": CARD},
        {"forum_topic_created": {"name": "Анна", "icon_color": 1}},
    ],
)
async def test_bots_and_notices_of_the_group_ask_for_nothing(
    route: Route, fields: dict[str, Any]
) -> None:
    assert await route.event_of(update(**fields)) == NothingHappened(why="message")


POST = {"message_id": 1, "date": 1, "chat": CHANNEL, "sender_chat": CHANNEL, "text": "/start g_x"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("channel_post", POST),
        ("edited_channel_post", POST),
        ("business_message", message(text="x", chat={"id": 8, "type": "private"})),
        (
            "message_reaction",
            {"chat": CHAT, "message_id": 3, "date": 1, "user": USER, "old_reaction": [],
             "new_reaction": [{"type": "emoji", "emoji": "👍"}]},
        ),
        ("poll", {"id": "1", "question": "?", "options": [], "total_voter_count": 0,
                  "is_closed": True, "is_anonymous": True, "type": "regular",
                  "allows_multiple_answers": False, "allows_revoting": False,
                  "members_only": False}),
    ],
)  # fmt: skip
async def test_other_updates_ask_for_nothing(
    route: Route, name: str, content: dict[str, Any]
) -> None:
    assert await route.event_of({"update_id": 1, name: content}) == NothingHappened(why=name)


@pytest.mark.parametrize(
    ("fields", "event"),
    [
        ({"text": "Ждём в 11", "reply_to_message": CARD},
         StaffEdited(by=GUZEL, message=said("Ждём в 11", reply_to=3))),
        ({"text": "Отвечу", "reply_to_message": CARD, **AS_GROUP},
         NothingHappened("an anonymous admin edits")),
        ({"location": {"latitude": 1.0, "longitude": 1.0}}, NothingHappened("edited_message")),
    ],
)  # fmt: skip
async def test_a_changed_message_may_be_a_changed_reply(
    route: Route, fields: dict[str, Any], event: Event
) -> None:
    assert await route.event_of({"update_id": 1, "edited_message": message(**fields)}) == event


RIGHTS = dict.fromkeys(
    (
        "can_be_edited",
        "is_anonymous",
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
        "can_send_welcome_messages",
    ),
    False,
)
MAY = dict.fromkeys(
    (
        "can_send_messages",
        "can_send_audios",
        "can_send_documents",
        "can_send_photos",
        "can_send_videos",
        "can_send_video_notes",
        "can_send_voice_notes",
        "can_send_polls",
        "can_send_other_messages",
        "can_add_web_page_previews",
        "can_change_info",
        "can_invite_users",
        "can_pin_messages",
        "can_manage_topics",
        "can_edit_tag",
        "can_react_to_messages",
    ),
    True,
)


def changed(user: dict[str, Any], member: dict[str, Any], chat: dict[str, Any]) -> dict[str, Any]:
    return {
        "chat": chat,
        "from": USER,
        "date": 1,
        "old_chat_member": {"status": "left", "user": user},
        "new_chat_member": {"user": user, **member},
    }


@pytest.mark.parametrize(
    ("member", "inside", "is_admin", "missing"),
    [
        ({"status": "member"}, True, False, ("admin",)),
        ({"status": "restricted", "is_member": True, "until_date": 0, **MAY},
         True, False, ("admin",)),
        ({"status": "restricted", "is_member": False, "until_date": 0, **MAY}, False, False, ()),
        (
            {
                "status": "restricted",
                "is_member": True,
                "until_date": 0,
                **MAY,
                "can_send_messages": False,
            },
            True,
            False,
            ("admin", "write"),
        ),
        ({"status": "administrator", **RIGHTS}, True, True, ("can_delete_messages",)),
        ({"status": "administrator", **RIGHTS, "can_delete_messages": True}, True, True, ()),
        ({"status": "administrator", **RIGHTS, "can_delete_messages": True,
          "can_manage_topics": False}, True, True, ("can_manage_topics",)),
        ({"status": "left"}, False, False, ()),
        ({"status": "kicked", "until_date": 0}, False, False, ()),
    ],
)  # fmt: skip
async def test_the_bots_own_place_in_a_group(
    route: Route,
    member: dict[str, Any],
    inside: bool,
    is_admin: bool,
    missing: tuple[str, ...],
) -> None:
    change = changed(ME, member, CHAT)

    event = await route.event_of({"update_id": 1, "my_chat_member": change})

    assert event == GroupRightsChanged(
        by=GUZEL,
        chat_id=GROUP_ID,
        title="Лана: забота",
        inside=inside,
        is_admin=is_admin,
        missing=missing,
    )


async def test_a_group_that_is_no_supergroup_is_a_group(route: Route) -> None:
    chat = {"id": -7, "type": "group", "title": "Лана"}

    event = await route.event_of(
        {"update_id": 1, "my_chat_member": changed(ME, {"status": "member"}, chat)}
    )

    assert event == GroupRightsChanged(
        by=GUZEL, chat_id=-7, title="Лана", inside=True, is_admin=False, missing=("admin",)
    )


async def test_the_bots_place_in_a_channel_means_nothing(route: Route) -> None:
    change = changed(ME, {"status": "administrator", **RIGHTS}, CHANNEL)

    event = await route.event_of({"update_id": 1, "my_chat_member": change})

    assert event == NothingHappened(why="my_chat_member")


@pytest.mark.parametrize(
    ("member", "event"),
    [
        ({"status": "left"}, PersonLeftGroup(chat_id=GROUP_ID, tg_id=9)),
        ({"status": "kicked", "until_date": 0}, PersonLeftGroup(chat_id=GROUP_ID, tg_id=9)),
        ({"status": "member"}, NothingHappened(why="chat_member")),
        ({"status": "administrator", **RIGHTS}, NothingHappened(why="chat_member")),
    ],
)
async def test_a_person_leaves_or_stays(route: Route, member: dict[str, Any], event: Event) -> None:
    change = changed(LILIA, member, CHAT)

    assert await route.event_of({"update_id": 1, "chat_member": change}) == event


@pytest.mark.parametrize(
    ("author", "data", "card_of"),
    [
        (ME, "c|14|take|", 14),
        (ME, "a|14|ask|5", None),
        (LILIA, "c|14|take|", None),
        ({**ME, "id": 43}, "c|14|take|", None),
    ],
)
async def test_a_reply_under_the_bots_own_buttons_names_their_case(
    route: Route, author: dict[str, Any], data: str, card_of: int | None
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Беру", "callback_data": data}]]}
    card = {**message(text="№ 14"), "message_id": 3, "from": author, "reply_markup": keyboard}

    event = await route.event_of(update(text="Ответ", reply_to_message=card))

    assert event == StaffWrote(by=GUZEL, message=said("Ответ", reply_to=3), card_of=card_of)


async def test_setup_asks_how_the_bot_stands(route: Route) -> None:
    asked = GroupSetupAsked(by=GUZEL, chat_id=GROUP_ID, title="Лана: забота")

    assert await route.event_of(update(text="/setup")) == asked
    assert await route.event_of(update(text="/setup@lana_bot")) == asked


async def test_nobody_sets_up_as_an_anonymous_admin(route: Route) -> None:
    event = await route.event_of(update(text="/setup", **AS_GROUP))

    assert isinstance(event, NothingHappened)
