"""Health first: a health topic or health words skip every step and quiet hours until a person has seen it."""

from collections.abc import Iterable
from datetime import timedelta

from flows.book import Path, Topic
from flows.case import Case
from flows.complaints import open_case
from flows.draft import Draft, open_card
from flows.events import LetterKind, StaffAction, TimerKind
from flows.people import Person
from flows.presses import Button, CasePress, Rows, WishPress
from flows.promises import make_promise

_ONE_DAY = timedelta(days=1)
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
    if case.emergency or case.path is path:
        return
    talk = draft.care.conversation
    if talk is not None and talk.closed_at is None:
        draft.cancel_conversation_timers()
        draft.change_conversation(closed_at=draft.moment)
    topic = topic or next((t for t in draft.facts.content.catalogue.topics if t.path is path), None)
    draft.change_case(path=path, severity=3, topic=topic.id if topic else case.topic)
    draft.record("special_path", path=str(path))
    if draft.case.emergency:
        _alert_everybody(draft)
    else:
        _hand_to_manager(draft)
    draft.mark()


def _hand_to_manager(draft: Draft) -> None:
    manager = draft.impartial.senior_to(0)
    if manager is not None and manager.id != draft.case.owner_id:
        draft.change_case(owner_id=manager.id, taken_at=None)
    draft.change_case(alerts=0, seen_by=None, spoken_at=None)
    make_promise(draft, draft.timing.manager_reply_within)
    draft.change_case(promised=True)
    draft.say("ack.severe", _call_me(draft))
    if recipients(draft):
        draft.set_case_timer(TimerKind.HEALTH_LATE, draft.moment + draft.timing.health_reply)
        _send_alerts(draft, "staff.severe")
        plan_alert(draft)


def _alert_everybody(draft: Draft) -> None:
    """With nobody to alert the customer gets the telephone at once: nothing is said that has not been done."""
    draft.cancel_case_timers(TimerKind.WAITING, TimerKind.LATE, TimerKind.TAKEN)
    draft.change_case(
        reply_by=None, promised=False, alerts=0, seen_by=None, answered_at=None, spoken_at=None
    )
    alerted = recipients(draft)
    if alerted:
        draft.say(_ACKNOWLEDGEMENT[draft.case.path], _call_me(draft), alerted=alerted)
        late = draft.moment + draft.timing.health_reply
        draft.set_case_timer(TimerKind.HEALTH_LATE, late)
    else:
        draft.say("health.late", _call_me(draft))
    _send_alerts(draft, "staff.health_alert")
    await_answer(draft)


def _call_me(draft: Draft) -> Rows:
    return ((Button("call_me", WishPress(draft.case.id, "call")),),)


def recipients(draft: Draft) -> tuple[Person, ...]:
    """Everybody who has been alerted personally so far, or is with the first alert."""
    return _together(draft, [_alerted_at(draft, n) for n in range(draft.case.alerts + 1)])


def _alerted_now(draft: Draft) -> tuple[Person, ...]:
    return _together(draft, [_alerted_at(draft, draft.case.alerts)])


def _alerted_at(draft: Draft, place: int) -> list[Person]:
    """The planned alerts are for the shift and the manager, the next for the person above as well, all later ones
    for whoever is the most senior. What is the manager's is told to nobody on the shift."""
    beyond = place - len(draft.timing.health_alerts)
    if beyond > 1:
        senior = draft.impartial.most_senior()
        return [senior] if senior else []
    manager = draft.impartial.senior_to(0)
    shift = () if draft.case.path is Path.MANAGER and manager else draft.impartial.on_shift()
    people = [*shift, *([manager] if manager else [])]
    if beyond == 1 and manager is not None:
        above = draft.impartial.senior_to(draft.facts.content.catalogue.rank(manager.role))
        people += [above] if above else []
    return people


def _together(draft: Draft, stages: Iterable[list[Person]]) -> tuple[Person, ...]:
    people = dict.fromkeys(person for stage in stages for person in stage)
    return tuple(people) or draft.impartial.reachable()


def seen_button(draft: Draft) -> Rows:
    """ "I see it", under an alert."""
    seen = Button("seen", CasePress(draft.case.id, StaffAction.SEEN), style="danger")
    return ((seen,),)


def _send_alerts(draft: Draft, text: str) -> None:
    for person in _alerted_now(draft):
        draft.tell(person, text, seen_button(draft), kind=LetterKind.ALERT)


# ---- waiting for a person ---------------------------------------------------------------------


def await_answer(draft: Draft) -> None:
    """The customer waits for a person: in an emergency behind alerts, else behind a promise."""
    if draft.case.emergency:
        plan_alert(draft)
    else:
        make_promise(draft, draft.timing.reply_within)


def plan_alert(draft: Draft) -> None:
    """Whoever was alerted is alerted again, as long as nobody has answered."""
    draft.set_case_timer(TimerKind.ALERT, draft.moment + _until_next_alert(draft))


def _until_next_alert(draft: Draft) -> timedelta:
    """Unseen: as the content counts alerts from the first words, one such interval more, then unhurried; at last
    once a day: nobody reads the hundredth. Seen: unhurried from the beginning."""
    alerts = draft.timing.health_alerts
    if draft.case.alerts >= draft.timing.health_alerts_most:
        return _ONE_DAY
    if draft.case.seen_by is None and draft.case.alerts > len(alerts):
        return draft.timing.health_alert_again
    if draft.case.seen_by is not None or not alerts:
        return draft.timing.health_reply
    place = min(draft.case.alerts, len(alerts) - 1)
    return alerts[place] - alerts[place - 1] if place else alerts[0]


def alert_due(draft: Draft) -> None:
    """Nobody has answered yet: alert again; whoever has seen it is the only one to be reminded."""
    case = draft.case
    if not case.is_open or not case.awaits_answer or _is_enough(draft):
        return
    draft.change_case(alerts=case.alerts + 1)
    text = "staff.health_alert.again" if case.emergency else _calm_alert(case)
    seer = draft.facts.person_by_id(case.seen_by)
    if seer is not None and seer.active and seer.reachable:
        draft.tell(seer, text, open_card(draft), kind=LetterKind.ALERT)
    else:
        _send_alerts(draft, text)
    plan_alert(draft)


def _calm_alert(case: Case) -> str:
    return "staff.severe" if case.severe else "staff.urgent"


def _is_enough(draft: Draft) -> bool:
    """What is urgent and not severe has a promise behind it: nobody is called for ever, or once it is taken.

    Whoever has seen it is reminded a few times: the customer was told that they write now.
    """
    case = draft.case
    taken = case.taken_at is not None and case.seen_by is None
    called = taken or case.alerts >= len(draft.timing.health_alerts)
    return called and not case.severe


def nobody_came(draft: Draft) -> None:
    """A quarter of an hour without an eye on it: the customer gets the telephone, once."""
    case = draft.case
    if case.is_open and case.seen_by is None and case.answered_at is None:
        draft.say("health.late" if case.emergency else "ack.severe.late")
        draft.record("health_late")


def seen(draft: Draft, person: Person) -> None:
    """A person has pressed "I see it": the customer learns who writes, the others that they need not."""
    case = draft.case
    if case.seen_by is not None or not case.is_open:
        return
    others = [p for p in recipients(draft) if p.id != person.id]
    draft.change_case(seen_by=person.id, owner_id=person.id, taken_at=draft.moment)
    draft.cancel_case_timers(TimerKind.HEALTH_LATE)
    plan_alert(draft)
    if case.awaits_answer:
        draft.say("health.seen", seen_at=draft.moment)
    for other in others:
        draft.tell(other, "staff.health_seen", seen_at=draft.moment)
    draft.record("seen", actor=person.name)
    draft.mark()
