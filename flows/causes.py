"""Why it happened, as staff name it after "resolved": one tap, or in the evening for all that was put off.

The evening's message is one for a person: it asks about one case, and after each answer about the next.
"""

from dataclasses import replace
from datetime import timedelta

from flows.case import Case, Menu
from flows.draft import Draft
from flows.effects import ChangeButtons, SetTimer
from flows.events import StaffAction, StaffTapped, Tap, TimerKind
from flows.people import Person
from flows.presses import Button, CasePress, Rows
from flows.staff_effects import Reword

LATER = "later"  # the cause is asked again in the evening
UNKNOWN = "unknown"  # nobody knows; it is not asked again
_IN_A_ROW = 2
_ASKED_FOR = timedelta(days=3)  # since "resolved"; nobody remembers a cause for longer


def name_cause(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Why it happened; "later" asks again in the evening, privately, together with whatever else was put off."""
    case = draft.case
    known = {cause.id: cause.title for cause in draft.facts.content.catalogue.causes}
    if case.is_open or event.arg not in (*known, LATER, UNKNOWN):
        draft.toast(event.tap, "staff.toast.outdated")
        return
    in_the_evening = event.tap.chat_id > 0 and case.menu is not Menu.CAUSE
    draft.change_case(menu=Menu.NONE)
    if event.arg == LATER:
        draft.set_case_timer(TimerKind.CAUSE, draft.this_evening())
    else:
        draft.cancel_case_timers(TimerKind.CAUSE)
        draft.record("cause", actor=person.name, cause=event.arg)
    if event.arg in known:
        draft.change_case(cause=known[event.arg])
        draft.toast(event.tap, "staff.toast.cause_saved", cause=known[event.arg])
    draft.mark()
    if in_the_evening:
        _ask_about_the_next(draft, event.tap)


def cause_rows(draft: Draft) -> Rows:
    """The causes of the catalogue as buttons."""
    causes = [
        Button(
            "cause", CasePress(draft.case.id, StaffAction.CAUSE, cause.id), {"cause": cause.title}
        )
        for cause in draft.facts.content.catalogue.causes
    ]
    return tuple(tuple(causes[i : i + _IN_A_ROW]) for i in range(0, len(causes), _IN_A_ROW))


# ---- in the evening ---------------------------------------------------------------------------


def ask_again(draft: Draft) -> None:
    """Whoever closed the case is asked privately, at once about all of theirs that wait; again tomorrow."""
    closer = draft.facts.person_by_id(draft.case.closed_by_id)
    if not _waits(draft.case) or closer is None or not closer.active or not closer.reachable:
        return
    others = draft.facts.put_off
    draft.tell(closer, "staff.cause_later", _rows(draft), put_off=_numbers(others))
    for case in (draft.case, *others):
        _again_tomorrow(draft, case)


def _waits(case: Case) -> bool:
    return not case.is_open and not case.cause and not case.erased


def _again_tomorrow(draft: Draft, case: Case) -> None:
    evening = draft.this_evening(draft.facts.content.business.branch(case.branch_id))
    if case.closed_at is None or evening - case.closed_at > _ASKED_FOR:
        return
    key = f"{TimerKind.CAUSE}:{case.id}"
    draft.do(SetTimer(key, TimerKind.CAUSE, evening, 0, case.customer_id, case_id=case.id))


def _ask_about_the_next(draft: Draft, tap: Tap) -> None:
    """The same message asks about the next case that the person has put off, or has no buttons any more."""
    left = [case for case in draft.facts.put_off if case.id != draft.case.id]
    if not left:
        draft.do(ChangeButtons(tap.chat_id, tap.message_id))
        return
    of_next = replace(draft, care=replace(draft.care, case=left[0], visit=None), effects=[])
    words = of_next.words(put_off=_numbers(tuple(left[1:])))
    draft.do(Reword(tap.chat_id, tap.message_id, "staff.cause_later", words, _rows(of_next)))


def _rows(draft: Draft) -> Rows:
    unknown = Button("dont_know", CasePress(draft.case.id, StaffAction.CAUSE, UNKNOWN))
    return (*cause_rows(draft), (unknown,))


def _numbers(cases: tuple[Case, ...]) -> str:
    return ", ".join(str(case.id) for case in cases)
