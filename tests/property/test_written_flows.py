"""Whatever flow an owner writes that passes the check: it plays, says nothing twice at once, and comes to an end."""

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.asking import say_step
from flows.book import Content
from flows.case import Care
from flows.draft import Draft
from flows.effects import Effect, Say
from flows.events import Event, Kind
from flows.presses import CopyText, OpenUrl, SharePhone, TypeLabel
from flows.steps import begin
from tests.property.written_flows import Steps, content_of, written
from tests.unit.flows.desk import Desk, salon_desk
from tests.unit.flows.proofread import labels_of

ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("press"), st.integers(0, 12)),
        st.tuples(st.just("press"), st.integers(0, 12)),
        st.tuples(st.just("write"), st.sampled_from(("Ждала сорок минут", "да", "3", "?", "😍"))),
        st.tuples(st.just("send"), st.sampled_from((Kind.PHOTO, Kind.VOICE, Kind.STICKER))),
        st.tuples(st.just("phone"), st.none()),
        st.tuples(st.just("pass"), st.sampled_from((61, 700, 90_000, 260_000))),
        st.tuples(st.just("again"), st.none()),
    ),
    max_size=25,
)


def desk_of(content: Content) -> Desk:
    desk = salon_desk()
    desk.memory.content = content
    return desk


def act(desk: Desk, what: str, value: Any) -> None:
    match what:
        case "press":
            presses(desk, value)
        case "write":
            desk.writes("Анна", value)
        case "send":
            desk.writes("Анна", kind=value, file_id="f")
        case "phone":
            desk.shares_phone("Анна", "+79990000001")
        case "pass":
            desk.passes(seconds=value)
        case "again":
            desk.opens_branch("Анна")


def presses(desk: Desk, number: int) -> None:
    said = desk.chats.get(desk.sender("Анна").tg_id, [])[-4:]
    closed = (OpenUrl, CopyText, SharePhone, TypeLabel)
    found = [b for one in said for row in one.rows for b in row if not isinstance(b.press, closed)]
    if found:
        label = labels_of(desk.memory.content, ((found[number % len(found)],),))[0][0]
        desk.presses("Анна", label)


@settings(max_examples=120)
@given(written(), ACTIONS)
def test_any_flow_plays_and_ends(steps: Steps, actions: list[tuple[str, Any]]) -> None:
    desk = desk_of(content_of(steps))

    def watch(event: Event, before: Care, after: Care, effects: list[Effect]) -> None:
        nothing_is_said_twice(effects)
        timers_name_a_wait(desk)

    desk.watch = watch
    desk.opens_branch("Анна")
    for what, value in actions:
        act(desk, what, value)
    desk.passes(days=60)

    for talk in desk.memory.conversations.values():
        if talk.closed_at is None:
            step = desk.memory.content.book.flows[talk.flow].steps[talk.step]
            assert step.waits, "an open conversation waits for the customer"
            assert not talk.delayed, "and not for time"


def nothing_is_said_twice(effects: list[Effect]) -> None:
    """One event never sends one text of a flow to one person twice."""
    said = Counter((e.tg_id, e.text) for e in effects if isinstance(e, Say))
    assert [
        key for key, times in said.items() if times > 1 and key[1].startswith("after_visit.")
    ] == []


def timers_name_a_wait(desk: Desk) -> None:
    """A timer of a conversation belongs to a wait that has been, and an open one's newest to the wait in hand."""
    for timer in desk.memory.timers.values():
        if timer.conversation_id is not None:
            talk = desk.memory.conversations[timer.conversation_id]
            assert 0 < timer.wait <= talk.wait
            assert timer.key.endswith(f":talk:{talk.id}")


@settings(max_examples=80)
@given(written())
def test_every_step_can_be_shown(steps: Steps) -> None:
    content = content_of(steps)
    desk = desk_of(content)
    desk.opens_branch("Анна")
    desk.writes("Анна", "Ждала сорок минут")
    care = desk.memory.care_of(desk.memory.customers[1])

    for name in content.book.flows["after_visit"].steps:
        draft = Draft(care, desk.memory.facts(care), desk.memory.now)
        begin(draft, content.book.flows["after_visit"])
        draft.care = replace(draft.care, conversation=replace(draft.conversation, step=name))
        say_step(draft, content.book.flows["after_visit"].steps[name])

        for say in (effect for effect in draft.effects if isinstance(effect, Say)):
            assert content.book.texts.render(say.text, say.values)
            labels_of(content, say.rows)
