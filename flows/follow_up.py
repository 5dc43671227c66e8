"""The questions days after "resolved": when they go, when not, and what silence means. Their words are flows'.

A week later is asked only about what was reopened, or when the first question was left unanswered.
"""

from flows import steps
from flows.draft import Draft
from flows.events import TimerFired, TimerKind
from flows.flow import Trigger

SILENT = "silent"  # the result of a check that nobody has answered
_UNANSWERED = ("", SILENT)


def falls_due(draft: Draft, timer: TimerFired, trigger: Trigger) -> None:
    """Ask whether it is all right now, unless something newer is going on or it is known."""
    case = draft.case
    if case.is_open or timer.wait != case.opening:
        return
    if trigger is Trigger.CHECK_7D and not _week_is_worth_asking(draft):
        return
    if draft.facts.open_case is not None or draft.care.customer.blocked_at is not None:
        draft.record("check_skipped")
        return
    allowed = draft.polite(draft.moment)
    if allowed != draft.moment:
        draft.set_case_timer(timer.kind, allowed, case.opening)
    elif steps.begin_for(draft, trigger):
        due = draft.moment + draft.timing.check_silence
        draft.set_case_timer(TimerKind.CHECK_SILENT, due, case.opening)
        draft.record("check_asked")


def _week_is_worth_asking(draft: Draft) -> bool:
    return draft.case.opening > 1 or draft.case.check_result in _UNANSWERED


def nobody_answered(draft: Draft, timer: TimerFired) -> None:
    """Nothing is said to the customer; reports count it, and a late answer still counts as one."""
    case = draft.case
    if case.is_open or timer.wait != case.opening or case.check_result:
        return
    draft.change_case(check_result=SILENT)
    draft.record("check", result=SILENT)
    draft.mark()
