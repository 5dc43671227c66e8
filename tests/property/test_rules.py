"""Whatever happens in whatever order: the rules never raise, give twice, forget a case or say what is not so."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.book import OfferKind
from flows.card_buttons import card_rows
from flows.case import Care
from flows.effects import Effect, Say, Toast
from flows.events import Event, TimerFired, TimerKind
from flows.limits import limits_of
from tests.property.chaos import ACTIONS, Chaos
from tests.unit.flows.desk import Desk, salon_desk

_TIMES = ("reply_by", "call_by", "next_update_by")
_WAITED_FOR = (TimerKind.LATE, TimerKind.STILL_OPEN, TimerKind.ALERT)
_NEVER_IN_AN_EMERGENCY = (
    "ask.salon",
    "ask.qr",
    "ask.reminder",
    "ack.",
    "progress.",
    "check.",
    "rate.",
)


@settings(max_examples=120)
@given(st.lists(ACTIONS, min_size=1, max_size=50))
def test_whatever_happens_the_rules_hold(actions: list[tuple[object, ...]]) -> None:
    desk = salon_desk()
    chaos = Chaos(desk)

    def watch(event: Event, before: Care, after: Care, effects: list[Effect]) -> None:
        if isinstance(event, TimerFired):
            chaos.fired.append(event)
        chaos.last = event
        every_tap_is_answered_once(event, effects)
        times_are_promised(desk, after, effects)
        nothing_internal_reaches_customers(desk, effects)
        emergencies_are_left_to_people(before, after, effects)
        no_case_is_forgotten(desk)
        counters_are_what_was_given(desk)

    desk.watch = watch
    for action in actions:
        chaos.play(action)

    assert desk.over_limit == 0


def every_tap_is_answered_once(event: Event, effects: list[Effect]) -> None:
    """Exactly one answer for a tap, none without one."""
    tap = getattr(event, "tap", None)
    answers = [effect.tap_id for effect in effects if isinstance(effect, Toast)]
    assert answers == ([tap.id] if tap is not None else [])


def times_are_promised(desk: Desk, after: Care, effects: list[Effect]) -> None:
    """A text to the customer that names a time has a promise in force behind it, and its timer."""
    texts = desk.memory.content.book.texts
    for say in effects:
        if not isinstance(say, Say) or say.tg_id != after.customer.tg_id:
            continue
        if say.text.startswith(("staff.", "join.", "owner.")):
            continue
        named = [name for name in _TIMES if name in texts.names(say.text) and say.values.get(name)]
        if named:
            case = after.case
            assert case is not None, say.text
            assert case.reply_by is not None, say.text
            late = desk.memory.pending(TimerKind.LATE, case.id)
            assert late is not None, say.text
            assert late.wait == case.promise, say.text
            assert case.promised, say.text


def nothing_internal_reaches_customers(desk: Desk, effects: list[Effect]) -> None:
    """Texts for staff go to people of the roster alone."""
    people = {person.tg_id for person in desk.memory.roster.values() if person.active}
    for say in effects:
        if isinstance(say, Say) and say.text.startswith("staff."):
            assert say.tg_id in people, say.text


def emergencies_are_left_to_people(before: Care, after: Care, effects: list[Effect]) -> None:
    """Once a case is an emergency, nothing automatic but its own few texts goes to the customer."""
    case = before.case
    if case is None or not case.emergency or not case.is_open:
        return
    said = [e.text for e in effects if isinstance(e, Say) and e.tg_id == after.customer.tg_id]
    assert [text for text in said if text.startswith(_NEVER_IN_AN_EMERGENCY)] == []


def no_case_is_forgotten(desk: Desk) -> None:
    """An open case has a timer that looks after it, and a card with buttons."""
    for case in desk.memory.cases.values():
        if case.is_open:
            assert any(desk.memory.pending(kind, case.id) for kind in _WAITED_FOR), case
            assert card_rows(desk.draft_of(case))
        desk.card(case)
        desk.card_buttons(case)


def counters_are_what_was_given(desk: Desk) -> None:
    """Every counter is the sum of what was given and not taken back."""
    expected: Counter[str] = Counter()
    for gift in desk.memory.live_gifts():
        if gift.kind is OfferKind.GIFT:
            draft = desk.draft_of(desk.memory.cases[gift.case_id])
            giver = desk.memory.roster[gift.given_by]
            for limit in limits_of(draft, giver, gift.cost, gift.given_at):
                expected[limit.counter] += limit.amount
    counted = {key: value for key, value in desk.memory.counters.items() if value}
    assert counted == dict(expected)
