"""A person of the staff says what a case is about, in place of the customer or against what was tapped."""

from flows import health
from flows.book import Path, Topic
from flows.case import Menu
from flows.complaints import set_topic
from flows.draft import Draft
from flows.events import StaffAction, StaffTapped
from flows.people import Person
from flows.presses import Button, CasePress, Rows

_IN_A_ROW = 2


def choose(draft: Draft, event: StaffTapped, _person: Person) -> None:
    """The topics, as buttons of the card."""
    if draft.case.is_open:
        draft.change_case(menu=Menu.TOPICS)
        draft.mark()
        draft.toast(event.tap)
    else:
        draft.toast(event.tap, "staff.toast.closed")


def change(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Another topic, with its severity; one of health or danger begins its way at once."""
    topic = next((t for t in draft.facts.content.catalogue.topics if t.id == event.arg), None)
    if not draft.case.is_open:
        draft.toast(event.tap, "staff.toast.closed")
        return
    if topic is None:
        draft.toast(event.tap, "staff.toast.outdated")
        return
    draft.change_case(menu=Menu.MAIN)
    if topic.id == draft.case.topic:
        draft.mark()
        draft.toast(event.tap)
        return
    before = draft.case.topic or ""
    draft.record("topic_changed", actor=person.name, before=before, topic=topic.id)
    _take_up(draft, event, topic)


def _take_up(draft: Draft, event: StaffTapped, topic: Topic) -> None:
    case, before = draft.case, draft.facts.content.catalogue.topic(draft.case.topic)
    set_topic(draft, topic)
    if case.emergency:  # whatever it is called, it stays one until a manager has spoken
        draft.change_case(severity=max(case.severity, topic.severity))
        draft.toast(event.tap, "staff.toast.topic_health")
    elif topic.path is not Path.ORDINARY:
        health.begin(draft, topic.path, topic)
        draft.toast(event.tap, "staff.toast.topic_changed")
    else:
        if before.path is case.path and not (case.about or case.lawyer):
            draft.change_case(path=Path.ORDINARY)  # nothing but the topic had made it the manager's
        draft.toast(event.tap, "staff.toast.topic_changed")


def topic_rows(draft: Draft) -> Rows:
    """A button for each topic; the one in force is ticked."""
    buttons = [
        Button(
            "topic",
            CasePress(draft.case.id, StaffAction.SET_TOPIC, topic.id),
            {"category": topic.title},
            ticked=topic.id == draft.case.topic,
        )
        for topic in draft.facts.content.catalogue.topics
    ]
    return tuple(tuple(buttons[n : n + _IN_A_ROW]) for n in range(0, len(buttons), _IN_A_ROW))
