"""Handing a case to somebody else of the roster, with a reason that colleagues alone read.

The customer is told who answers now, if they were told of anybody before, and the promise keeps its time.
"""

from flows import health
from flows.book import Cause
from flows.case import Menu
from flows.draft import Draft, open_card
from flows.effects import ChangeButtons
from flows.events import StaffAction, StaffTapped, TimerKind
from flows.people import Person
from flows.presses import Button, CasePress, Rows
from flows.promises import make_promise, owner_of

_PEOPLE_MOST = 12  # buttons
_IN_A_ROW = 2
NO_REASON = "-"


def choose_person(draft: Draft, event: StaffTapped, _person: Person) -> None:
    """Who could take it, as buttons."""
    if not draft.case.is_open:
        draft.toast(event.tap, "staff.toast.closed")
    elif not candidates(draft):
        draft.toast(event.tap, "staff.toast.nobody_else", alert=True)
    else:
        _show(draft, event, Menu.PEOPLE)
        draft.toast(event.tap)


def choose_reason(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Somebody was chosen: why, in one more tap. Whoever takes it over needs no reason."""
    other = _chosen(draft, event, person, event.arg)
    if other is None:
        return
    if other.id == person.id or not _reasons(draft):
        _hand_over(draft, event, person, other, None)
    else:
        _show(draft, event, Menu.WHY, other)
        draft.toast(event.tap, "staff.toast.hand_why", agent=other)


def hand_over(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The case is the chosen person's from now on."""
    chosen, _, reason_id = event.arg.partition(":")
    other = _chosen(draft, event, person, chosen)
    reason = next((each for each in _reasons(draft) if each.id == reason_id), None)
    if other is None:
        return
    if reason is None and reason_id != NO_REASON:
        draft.toast(event.tap, "staff.toast.outdated")
        return
    _hand_over(draft, event, person, other, reason)


# ---- who --------------------------------------------------------------------------------------


def candidates(draft: Draft) -> tuple[Person, ...]:
    """Who could take the case, those on shift first: can be written to, has it not yet, and it is not about them.

    What is the manager's stays with managers and whoever stands above them.
    """
    rank = draft.facts.content.catalogue.rank
    found = [
        person
        for person in draft.facts.reachable()
        if not _has_it(draft, person)
        and not draft.is_about(person)
        and (rank(person.role) > 0 or not draft.case.for_manager)
    ]
    return tuple(sorted(found, key=lambda p: (not p.on_shift, rank(p.role), p.id))[:_PEOPLE_MOST])


def _has_it(draft: Draft, person: Person) -> bool:
    return draft.case.owner_id == person.id


def _chosen(draft: Draft, event: StaffTapped, person: Person, chosen: str) -> Person | None:
    """The person that a button names, if this may be done still; otherwise the tap is answered."""
    other = next((p for p in draft.facts.roster if str(p.id) == chosen), None)
    owner = owner_of(draft)
    if not draft.case.is_open:
        draft.toast(event.tap, "staff.toast.closed")
    elif other is None:
        draft.toast(event.tap, "staff.toast.outdated")
    elif _has_it(draft, other):
        draft.toast(event.tap, "staff.toast.handed", agent=other)
    elif other not in candidates(draft):
        draft.toast(event.tap, "staff.toast.hand_gone", alert=True, agent=other)
        _show(draft, event, Menu.PEOPLE)
    elif owner is not None and not _may_hand_on(draft, person, owner, other):
        draft.toast(event.tap, "staff.toast.hand_only_self", alert=True, agent=owner)
    else:
        return other
    return None


def _may_hand_on(draft: Draft, person: Person, owner: Person, other: Person) -> bool:
    """One's own case goes to anybody, a colleague's only to oneself; whoever stands above decides."""
    rank = draft.facts.content.catalogue.rank
    return person.id in (owner.id, other.id) or rank(person.role) > rank(owner.role)


# ---- doing ------------------------------------------------------------------------------------


def _hand_over(
    draft: Draft, event: StaffTapped, person: Person, other: Person, reason: Cause | None
) -> None:
    before = owner_of(draft)
    draft.change_case(
        owner_id=other.id,
        taken_at=draft.moment if other.id == person.id else None,
        menu=Menu.MAIN,
        handing=None,
        handed_to=other.id,
        handed_at=draft.moment,
        handed_by=person.name,
        handed_why=reason.title if reason else "",
    )
    draft.cancel_case_timers(TimerKind.TAKEN)
    told = _tell_customer(draft, other)
    _tell_colleagues(draft, person, other, before)
    if event.tap.chat_id > 0 and not draft.facts.on_card:
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id, open_card(draft)))
    draft.toast(event.tap, "staff.toast.handed_told" if told else "staff.toast.handed", agent=other)
    draft.record(
        "handed_over", actor=person.name, to=other.name, reason=reason.id if reason else ""
    )
    draft.mark()


def _tell_customer(draft: Draft, other: Person) -> bool:
    """Whoever was told of somebody learns who answers now, unless nothing is said before the manager speaks."""
    case = draft.case
    if case.silent or not (case.promised or case.answered_at is not None):
        return False
    if case.reply_by is None or case.reply_by <= draft.moment:
        make_promise(draft, draft.timing.reply_within)
    draft.change_case(promised=True)
    draft.say("progress.handover", agent=other)
    return True


def _tell_colleagues(draft: Draft, person: Person, other: Person, before: Person | None) -> None:
    case = draft.case
    if case.emergency and other.id != person.id:
        draft.change_case(seen_by=None)
        draft.tell(other, "staff.health_alert.again", health.seen_button(draft))
        health.plan_alert(draft)
    elif other.id != person.id:
        draft.tell(other, "staff.handed", open_card(draft), reason=case.handed_why, agent=person)
    if before is not None and before.id not in (person.id, other.id):
        draft.tell(before, "staff.handed_away", open_card(draft), agent=other)


# ---- buttons ----------------------------------------------------------------------------------


def _show(draft: Draft, event: StaffTapped, menu: Menu, other: Person | None = None) -> None:
    """On the card, or under the reminder where it was pressed."""
    if draft.facts.on_card:
        draft.change_case(menu=menu, handing=other.id if other else None)
        draft.mark()
    else:
        rows = people_rows(draft) if other is None else reason_rows(draft, other.id)
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id, (*rows, *open_card(draft))))


def people_rows(draft: Draft) -> Rows:
    """A button for each who could take the case."""
    shift = draft.words().phrase("phrase.shift_on")
    buttons = [
        Button(
            "hand_to",
            CasePress(draft.case.id, StaffAction.HAND_TO, str(person.id)),
            {"staff_name": person.name, "shift": shift if person.on_shift else ""},
        )
        for person in candidates(draft)
    ]
    return _in_rows(buttons)


def reason_rows(draft: Draft, person_id: int) -> Rows:
    """A button for each reason there may be, and one for none."""

    def press(reason: str) -> CasePress:
        return CasePress(draft.case.id, StaffAction.HAND_OVER, f"{person_id}:{reason}")

    buttons = [
        Button("hand_reason", press(each.id), {"reason": each.title}) for each in _reasons(draft)
    ]
    return (*_in_rows(buttons), (Button("hand_no_reason", press(NO_REASON)),))


def _reasons(draft: Draft) -> tuple[Cause, ...]:
    return draft.facts.content.catalogue.handing


def _in_rows(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[n : n + _IN_A_ROW]) for n in range(0, len(buttons), _IN_A_ROW))
