"""What the limits let through, with time in the test's hands."""

from __future__ import annotations

import pytest

from bot.limits import Kind, LimitFigures, Limits, Rate, kind_of

_DANA, _LEV, _STAFF, _OTHER_GROUP = 7001, 7002, -1001, -1002
_FIGURES = LimitFigures(overall=Rate(30, 1), private=Rate(3, 3), group=Rate(20, 60), group_edits=12)


class HandClock:
    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def limits(clock: HandClock) -> Limits:
    return Limits(_FIGURES, now=clock)


def _take(limits: Limits, times: int, chat_id: int, kind: Kind = Kind.MESSAGE) -> None:
    for _ in range(times):
        limits.take(chat_id, kind)


def test_a_short_burst_to_a_person_passes_and_then_one_a_second(
    limits: Limits, clock: HandClock
) -> None:
    sent_at = []
    for _ in range(80):
        if limits.open(_DANA, Kind.MESSAGE):
            limits.take(_DANA, Kind.MESSAGE)
            sent_at.append(clock.time - 1000)
        clock.time += 0.1

    assert [round(moment, 1) for moment in sent_at] == pytest.approx(
        [0, 0.1, 0.2, 3.0, 3.1, 3.2, 6.0, 6.1, 6.2], abs=0.11
    )


def test_one_full_chat_does_not_hold_up_another(limits: Limits) -> None:
    _take(limits, 3, _DANA)

    assert limits.closed_chats() == {_DANA}
    assert limits.open(_DANA, Kind.MESSAGE) is False
    assert limits.open(_LEV, Kind.MESSAGE) is True


def test_never_more_than_twenty_calls_to_a_group_in_any_minute(
    limits: Limits, clock: HandClock
) -> None:
    sent_at: list[float] = []
    for _ in range(1800):
        if limits.open(_STAFF, Kind.MESSAGE):
            limits.take(_STAFF, Kind.MESSAGE)
            sent_at.append(clock.time)
        clock.time += 0.1

    busiest = max(sum(a <= b < a + 60 for b in sent_at) for a in sent_at)
    assert (busiest, len(sent_at)) == (20, 60)


def test_edits_leave_room_for_new_messages_in_a_group(limits: Limits) -> None:
    _take(limits, 12, _STAFF, Kind.EDIT)

    assert limits.open(_STAFF, Kind.EDIT) is False
    assert limits.open(_STAFF, Kind.MESSAGE) is True
    assert limits.closed_chats(Kind.EDIT) == {_STAFF}
    assert limits.closed_chats(Kind.MESSAGE) == frozenset()


def test_new_messages_and_edits_share_a_groups_minute(limits: Limits) -> None:
    _take(limits, 12, _STAFF, Kind.EDIT)
    _take(limits, 8, _STAFF)

    assert limits.closed_chats(Kind.MESSAGE) == {_STAFF}
    assert limits.closed_chats(Kind.EDIT) == {_STAFF}


def test_thirty_calls_a_second_close_everything_but_toasts(
    limits: Limits, clock: HandClock
) -> None:
    for person in range(1, 31):
        limits.take(person, Kind.MESSAGE)

    assert limits.room(100) == 0
    assert limits.open(_DANA, Kind.MESSAGE) is False
    assert limits.open(None, Kind.READ) is False
    assert limits.open(None, Kind.TOAST) is True
    assert limits.next_opening() == 1.0
    clock.time += 1
    assert limits.room(100) == 30
    assert limits.room(7) == 7


def test_reads_cost_no_chat_anything(limits: Limits) -> None:
    _take(limits, 20, _STAFF, Kind.READ)

    assert limits.open(_STAFF, Kind.MESSAGE) is True
    assert limits.room(100) == 10


def test_toasts_cost_nothing(limits: Limits) -> None:
    _take(limits, 100, _DANA, Kind.TOAST)

    assert (limits.room(100), limits.open(_DANA, Kind.MESSAGE)) == (30, True)


def test_a_chat_that_was_told_to_wait_is_closed_for_exactly_so_long(
    limits: Limits, clock: HandClock
) -> None:
    limits.told_to_wait(_STAFF, 17)

    assert limits.closed_chats() == {_STAFF}
    assert limits.next_opening() == 17.0
    clock.time += 17
    assert limits.closed_chats() == frozenset()
    assert limits.next_opening() is None


def test_a_shorter_wait_does_not_cut_a_longer_one(limits: Limits) -> None:
    limits.told_to_wait(_STAFF, 17)
    limits.told_to_wait(_STAFF, 2)

    assert limits.next_opening() == 17.0


def test_the_whole_bot_can_be_told_to_wait(limits: Limits, clock: HandClock) -> None:
    limits.told_to_wait(None, 5)

    assert (limits.open(_DANA, Kind.MESSAGE), limits.room(100)) == (False, 0)
    assert limits.next_opening() == 5.0
    clock.time += 5
    assert (limits.open(_DANA, Kind.MESSAGE), limits.room(100)) == (True, 30)


def test_the_next_opening_is_the_earliest_of_all(limits: Limits, clock: HandClock) -> None:
    _take(limits, 12, _STAFF, Kind.EDIT)
    limits.told_to_wait(_OTHER_GROUP, 40)
    clock.time += 10
    _take(limits, 3, _DANA)

    openings = []
    while (seconds := limits.next_opening()) is not None:
        openings.append(seconds)
        clock.time += seconds

    assert openings == [3.0, 27.0, 20.0]


def test_what_was_started_over_the_limit_is_paid_back(limits: Limits, clock: HandClock) -> None:
    _take(limits, 2, _DANA)
    clock.time += 1
    _take(limits, 4, _DANA)

    assert limits.next_opening() == 3.0


def test_switched_off_only_what_telegram_asks_is_kept(clock: HandClock) -> None:
    limits = Limits(_FIGURES, enabled=False, now=clock)

    _take(limits, 1000, _STAFF)
    limits.told_to_wait(_DANA, 3)

    assert limits.room(500) == 500
    assert limits.closed_chats() == {_DANA}


def test_idle_chats_are_forgotten(limits: Limits, clock: HandClock) -> None:
    for person in range(1, 10_001):
        limits.take(person, Kind.MESSAGE)
    clock.time += 61

    limits.take(_STAFF, Kind.MESSAGE)

    assert limits.known_chats == 1


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("sendMessage", Kind.MESSAGE),
        ("sendMediaGroup", Kind.MESSAGE),
        ("copyMessage", Kind.MESSAGE),
        ("editMessageText", Kind.EDIT),
        ("editMessageReplyMarkup", Kind.EDIT),
        ("deleteMessage", Kind.EDIT),
        ("setMessageReaction", Kind.EDIT),
        ("pinChatMessage", Kind.EDIT),
        ("getChatMember", Kind.READ),
        ("getFile", Kind.READ),
        ("answerCallbackQuery", Kind.TOAST),
    ],
)
def test_a_method_has_its_kind(method: str, kind: Kind) -> None:
    assert kind_of(method) is kind


def test_a_chat_with_room_for_two_is_granted_two_however_many_wait(limits: Limits) -> None:
    _take(limits, 18, _STAFF)

    grants = limits.budget().grants

    assert [grants(_STAFF, Kind.MESSAGE) for _ in range(4)] == [True, True, False, False]
    assert [grants(_DANA, Kind.MESSAGE) for _ in range(4)] == [True, True, True, False]


def test_edits_are_granted_only_what_is_left_to_edits(limits: Limits) -> None:
    _take(limits, 11, _STAFF, Kind.EDIT)

    grants = limits.budget().grants

    assert [grants(_STAFF, Kind.EDIT) for _ in range(2)] == [True, False]
    assert [grants(_STAFF, Kind.MESSAGE) for _ in range(9)] == [True] * 8 + [False]


def test_answers_to_taps_and_limits_that_are_off_need_no_budget(clock: HandClock) -> None:
    kept, off = Limits(_FIGURES, now=clock), Limits(_FIGURES, enabled=False, now=clock)
    _take(kept, 20, _STAFF)

    assert kept.budget().grants(_STAFF, Kind.TOAST)
    assert all(off.budget().grants(_STAFF, Kind.MESSAGE) for _ in range(30))
