"""Raw callback queries and the events they are; data may have been made up by anybody."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.route import Route
from flows.events import (
    CustomerAnswered,
    CustomerSetQuestions,
    CustomerWished,
    Event,
    JoinDecided,
    NothingHappened,
    Sender,
    ShiftChanged,
    StaffAction,
    StaffTapped,
    Tap,
)
from flows.presses import (
    AnswerPress,
    CasePress,
    JoinPress,
    QuestionsPress,
    ShiftPress,
    WishPress,
)
from handlers.buttons import TapPress, pack

CHAT_ID = -1_002_000_000_001
MESSAGE = {
    "message_id": 3,
    "date": 1_700_000_000,
    "chat": {"id": CHAT_ID, "type": "supergroup", "title": "Лана"},
    "text": "Карточка",
}
TOO_OLD = {"message_id": 3, "date": 0, "chat": MESSAGE["chat"]}
IN_CHANNEL = {**MESSAGE, "chat": {"id": CHAT_ID, "type": "channel", "title": "Лана"}}
LEV = Sender(tg_id=2**45, name="Лев")
TAP = Tap(id="4382", chat_id=CHAT_ID, message_id=3)
IN_PRIVATE = {**MESSAGE, "chat": {"id": 2**45, "type": "private", "first_name": "Лев"}}
OWN = Tap(id="4382", chat_id=2**45, message_id=3)


@pytest.fixture(scope="module")
def route() -> Route:
    return Route({"id": 42, "is_bot": True, "first_name": "Лана", "username": "lana_bot"})


def tapped(data: str | None, message: dict[str, Any] | None = MESSAGE) -> dict[str, Any]:
    query = {
        "id": "4382",
        "from": {"id": 2**45, "is_bot": False, "first_name": "Лев"},
        "chat_instance": "1",
    }
    if message is not None:
        query["message"] = message
    if data is not None:
        query["data"] = data
    return {"update_id": 1, "callback_query": query}


OF_CUSTOMERS: list[tuple[TapPress, Event]] = [
    (
        AnswerPress(7, "topic", "topic:wait"),
        CustomerAnswered(LEV, OWN, conversation_id=7, step="topic", answer="topic:wait"),
    ),
    (WishPress(14, "urgent"), CustomerWished(LEV, OWN, case_id=14, wish="urgent")),
    (QuestionsPress(False), CustomerSetQuestions(LEV, OWN, wanted=False)),
]
PRESSES: list[tuple[TapPress, Event]] = [
    (
        CasePress(14, StaffAction.GIVE, "redo"),
        StaffTapped(LEV, TAP, case_id=14, action=StaffAction.GIVE, arg="redo"),
    ),
    (CasePress(2**60, StaffAction.SEEN), StaffTapped(LEV, TAP, 2**60, StaffAction.SEEN)),
    (JoinPress(3, "manager"), JoinDecided(LEV, TAP, person_id=3, role="manager")),
    (JoinPress(3, ""), JoinDecided(LEV, TAP, person_id=3, role="")),
    (ShiftPress(True), ShiftChanged(LEV, TAP, on=True)),
]


@pytest.mark.parametrize("message", [MESSAGE, TOO_OLD], ids=["fresh", "inaccessible"])
@pytest.mark.parametrize(("press", "event"), PRESSES)
async def test_a_press_comes_back_as_it_was_packed(
    route: Route, press: TapPress, event: Event, message: dict[str, Any]
) -> None:
    assert await route.event_of(tapped(pack(press), message)) == event


@pytest.mark.parametrize(("press", "event"), OF_CUSTOMERS)
async def test_a_customers_press_counts_in_the_own_chat_alone(
    route: Route, press: TapPress, event: Event
) -> None:
    own = await route.event_of(tapped(pack(press), IN_PRIVATE))
    forged = await route.event_of(tapped(pack(press)))

    assert (own, forged) == (event, NothingHappened(why="callback_query", tap=TAP))


@pytest.mark.parametrize("action", StaffAction)
async def test_every_action_of_the_staff_comes_back(route: Route, action: StaffAction) -> None:
    event = await route.event_of(tapped(pack(CasePress(1, action))))

    assert event == StaffTapped(LEV, TAP, case_id=1, action=action)


@pytest.mark.parametrize(
    "data",
    [
        "",
        None,
        "c",
        "c|14",
        "c|14|take",
        "c|14|take||",
        "c|14|steal|",
        "c||take|",
        "c|0|take|",
        "c|-14|take|",
        "c|1e3|take|",
        "c|9223372036854775808|take|",
        "c|" + "9" * 50 + "|take|",
        "C|14|take|",
        "a|x|ask|5",
        "q|2",
        "s|",
        "w|14",
        "z|1|2|3",
        "|||",
        "c|14|take|\x00|",
        "DROP TABLE cases",
    ],
)
async def test_made_up_data_only_stops_the_button(route: Route, data: str | None) -> None:
    event = await route.event_of(tapped(data))

    assert event == NothingHappened(why="callback_query", tap=TAP)


@given(data=st.text(st.characters(exclude_categories=["Cs"]), max_size=64))
async def test_no_data_raises(route: Route, data: str) -> None:
    event = await route.event_of(tapped(data))

    assert isinstance(event, NothingHappened)


@pytest.mark.parametrize(
    ("message", "tap"),
    [(IN_CHANNEL, TAP), (None, Tap(id="4382", chat_id=0, message_id=0))],
    ids=["channel", "inline"],
)
async def test_buttons_elsewhere_are_only_stopped(
    route: Route, message: dict[str, Any] | None, tap: Tap
) -> None:
    event = await route.event_of(tapped(pack(WishPress(14, "fix")), message))

    assert event == NothingHappened(why="callback_query", tap=tap)
