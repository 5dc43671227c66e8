"""Health first: a health topic or health words skip every step and quiet hours until a person has seen it."""

from datetime import timedelta

from flows.book import Path, Topic
from flows.complaints import open_case
from flows.draft import Draft
from flows.events import StaffAction, TimerFired, TimerKind
from flows.people import Person
from flows.presses import Button, CasePress, WishPress
from flows.promises import make_promise

_ACKNOWLEDGEMENT = {Path.HEALTH: "health.ack", Path.DANGER: "health.danger"}


def path_of(draft: Draft, text: str) -> Path:
    """The special way that words ask for by themselves."""
    catalogue = draft.facts.content.catalogue
    if catalogue.health_words.found_in(text):
        return Path.HEALTH
    if catalogue.danger_words.found_in(text):
        return Path.DANGER
    return Path.ORDINARY


def begin(draft: Draft, path: Path, topic: Topic | None = None) -> None:
    """Put the case on a special path: the manager's card, personal alerts, no automatic texts after this one."""
    case = open_case(draft)
    if case.path is not Path.ORDINARY:
        return
    if draft.care.conversation is not None and draft.care.conversation.closed_at is None:
        draft.cancel_conversation_timers()
        draft.change_conversation(closed_at=draft.moment)
    topic = topic or next((t for t in draft.facts.content.catalogue.topics if t.path is path), None)
    draft.change_case(path=path, severity=3, topic=topic.id if topic else case.topic)
    draft.record("special_path", path=str(path))
    if path is Path.MANAGER:
        _hand_to_manager(draft)
    else:
        _alert_everybody(draft)
    draft.mark()


def _hand_to_manager(draft: Draft) -> None:
    manager = draft.facts.senior_to(0)
    draft.change_case(owner_id=manager.id if manager else None)
    make_promise(draft, draft.timing.manager_reply_within)
    call_me = Button("call_me", WishPress(draft.case.id, "call"))
    draft.say("ack.severe", ((call_me,),))
    draft.change_case(promised=True)


def _alert_everybody(draft: Draft) -> None:
    case = draft.case
    draft.cancel_case_timers(TimerKind.WAITING, TimerKind.LATE, TimerKind.TAKEN)
    draft.change_case(reply_by=None, promised=False, alerts=0)
    call_me = Button("call_me", WishPress(case.id, "call"))
    draft.say(_ACKNOWLEDGEMENT[case.path], ((call_me,),), alerted=recipients(draft))
    _send_alerts(draft, "staff.health_alert")
    draft.set_case_timer(TimerKind.ALERT, draft.moment + draft.timing.health_alerts[0])
    draft.set_case_timer(TimerKind.HEALTH_LATE, draft.moment + draft.timing.health_reply)


def recipients(draft: Draft) -> tuple[Person, ...]:
    """Who is alerted personally: whoever is on shift, and the manager; later also everybody above."""
    manager = draft.facts.senior_to(0)
    people = [*draft.facts.on_shift(), *([manager] if manager else [])]
    if draft.case.alerts > len(draft.timing.health_alerts) or not people:
        people += [p for p in draft.facts.roster if p.active and p.reachable]
    return tuple(dict.fromkeys(people))


def _send_alerts(draft: Draft, text: str) -> None:
    seen = Button("seen", CasePress(draft.case.id, StaffAction.SEEN), style="danger")
    for person in recipients(draft):
        draft.tell(person, text, ((seen,),))


def alert_due(draft: Draft) -> None:
    """Nobody has answered yet: alert again; whoever has seen it is the only one to be reminded."""
    case = draft.case
    if not case.is_open or case.answered_at is not None:
        return
    draft.change_case(alerts=case.alerts + 1)
    seer = draft.facts.person_by_id(case.seen_by)
    if seer is None:
        _send_alerts(draft, "staff.health_alert.again")
    else:
        draft.tell(seer, "staff.health_alert.again")
    draft.set_case_timer(TimerKind.ALERT, draft.moment + _until_next_alert(draft))


def _until_next_alert(draft: Draft) -> timedelta:
    if draft.case.seen_by is not None:
        return draft.timing.health_reply
    alerts = draft.timing.health_alerts
    passed = min(draft.case.alerts, len(alerts) - 1)
    step = alerts[passed] - alerts[passed - 1] if passed else alerts[0]
    return step if step.total_seconds() > 0 else alerts[-1]


def nobody_came(draft: Draft, timer: TimerFired) -> None:
    """A quarter of an hour without an eye on it: the customer gets the telephone, once."""
    case = draft.case
    if case.is_open and case.seen_by is None and case.answered_at is None:
        draft.say("health.late")
        draft.record("health_late", wait=timer.wait)


def seen(draft: Draft, person: Person) -> None:
    """A person has pressed "I see it": the customer learns who writes, the others that they need not."""
    case = draft.case
    if case.seen_by is not None or not case.is_open:
        return
    others = [p for p in recipients(draft) if p.id != person.id]
    draft.change_case(seen_by=person.id, owner_id=person.id, taken_at=draft.moment)
    draft.cancel_case_timers(TimerKind.HEALTH_LATE)
    draft.set_case_timer(TimerKind.ALERT, draft.moment + draft.timing.health_reply)
    draft.say("health.seen", seen_at=draft.moment)
    for other in others:
        draft.tell(other, "staff.health_seen", seen_at=draft.moment)
    draft.record("seen", actor=person.name)
    draft.mark()
