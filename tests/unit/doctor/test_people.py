import pytest

from bot.doctor import people
from bot.health import HealthReport
from bot.staff_state import GroupState, OwnerState, StaffState, group_lines

LEV = OwnerState("Лев", 7, reachable=True)
GROUP = GroupState(-7, "Смена", inside=True, missing=())
UNSAID = GroupState(-8, "Новая", inside=True, missing=(), use="unsaid")
WELL = HealthReport(poll_age_s=1, tick_age_s=1)


def keys(state: StaffState) -> list[str]:
    return [finding.key for finding in people.staff(state)]


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (StaffState(), ["owner.none"]),
        (StaffState((LEV,), (GROUP,), (), 3, 2), ["owner.ok", "shift.ok"]),
        (StaffState((LEV,), (), (), 1, 0), ["owner.ok", "group.none", "shift.nobody"]),
        (
            StaffState((LEV,), (GROUP, UNSAID), ("На Пушкина",), 3, 2),
            ["owner.ok", "group.unsaid", "group.unserved", "shift.ok"],
        ),
        (
            StaffState((OwnerState("Лев", 7, reachable=False),), (GROUP,), (), 3, 2, 1),
            ["owner.unreachable", "shift.ok", "people.waiting"],
        ),
    ],
)
def test_somebody_has_to_be_there(state: StaffState, found: list[str]) -> None:
    assert keys(state) == found


@pytest.mark.parametrize(
    ("report", "found"),
    [
        (None, ["running.not"]),
        (WELL, ["running.ok"]),
        (HealthReport(1, 1, conflict="poller"), ["running.poller"]),
        (HealthReport(1, 1, conflict="webhook"), ["running.webhook"]),
        (HealthReport(500, 1), ["running.poll"]),
        (HealthReport(1, 90), ["running.tick"]),
        (HealthReport(1, 1, inbox_waiting=3, inbox_age_s=90), ["running.inbox"]),
        (HealthReport(1, 1, outbox_waiting=3, outbox_age_s=900), ["running.outbox"]),
        (HealthReport(1, 1, database="full"), ["running.database"]),
        (HealthReport(1, 1, parked_inbox=2), ["running.ok", "running.parked"]),
    ],
)
def test_the_running_bot_is_judged(report: HealthReport | None, found: list[str]) -> None:
    assert [finding.key for finding in people.running(report)] == found


def test_the_state_of_the_staff_goes_over_the_socket_and_back() -> None:
    state = StaffState((LEV,), (GROUP,), (), 3, 2, 1)

    assert StaffState.from_json(state.as_json()) == state


def test_every_group_is_told_in_a_line() -> None:
    own = GroupState(-9, "Пушкина", True, ("can_delete_messages",), "branches", ("pushkina",))
    lost = GroupState(-10, "Управляющие", inside=False, missing=(), use="manager")

    lines = list(group_lines(StaffState((LEV,), (GROUP, own, lost, UNSAID))))

    assert lines == [
        "Смена (every branch without one of its own)",
        "Пушкина (pushkina); lacks can_delete_messages",
        "Управляющие (the manager's cases); the bot is not there",
        "Новая (not said yet)",
    ]


def test_branches_without_a_group_are_named() -> None:
    own = GroupState(-9, "Пушкина", inside=True, missing=(), use="branches", branches=("pushkina",))

    assert list(group_lines(StaffState((LEV,), (), ("На Баумана",)))) == ["none is bound"]
    assert list(group_lines(StaffState((LEV,), (own,), ("На Баумана",))))[1:] == [
        "none for На Баумана"
    ]
