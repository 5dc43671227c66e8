"""Kind words without a group to post them to."""

from dataclasses import replace
from datetime import timedelta

from flows.draft import Draft
from flows.effects import SetTimer
from flows.events import TimerFired, TimerKind
from flows.praise import post_praise
from flows.staff_chats import StaffChats
from tests.unit.flows.desk import salon_desk


def test_kind_words_wait_for_a_group_evening_by_evening() -> None:
    desk = salon_desk()
    desk.writes("Анна", "Спасибо, всё супер!")
    care = desk.memory.care_of(desk.memory.customers[1])
    words = (("Лилия", "Чудо", "Анна"),)
    facts = replace(desk.memory.facts(care), staff_chats=StaffChats(), praise_lines=words)
    draft = Draft(care, facts, desk.memory.now)
    evening = draft.this_evening()

    at_post = Draft(care, facts, evening)
    post_praise(at_post, TimerFired("praise", TimerKind.PRAISE, 0, branch_id="bauman"))

    (timer,) = at_post.effects
    assert isinstance(timer, SetTimer)
    assert (timer.kind, timer.due) == (TimerKind.PRAISE, evening + timedelta(days=1))
