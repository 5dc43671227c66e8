"""The questions days after "resolved": when they go, when not, and what silence means. Their words are flows'.

A week later is asked only about what was reopened, or when the first question was left unanswered.
"""

from flows import answers, checks, steps
from flows.checks import NO, YES
from flows.conditions import flow_for
from flows.draft import Draft
from flows.effects import ChangeButtons
from flows.events import CustomerWished, TimerFired, TimerKind
from flows.flow import Trigger
from flows.letters import ALL_WELL, NOT_QUITE

_BUTTON_OF = {ALL_WELL: YES, NOT_QUITE: NO}
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


# ---- answered under a letter ------------------------------------------------------------------


def is_judgement(wish: str) -> bool:
    """The customer has answered, under a letter with the result, whether all is well."""
    return wish.partition(":")[0] in _BUTTON_OF


def judged(draft: Draft, event: CustomerWished) -> None:
    """What the check's own answers do, at once: "yes" makes a check needless, "no" gives the case to the manager."""
    word, _, opening = event.wish.partition(":")
    case = draft.care.case
    if (
        case is None
        or case.erased
        or case.outcome.is_last_word
        or str(case.opening) != opening
        or case.check_result in (YES, NO)
    ):
        answers.is_over(draft, event.tap)
        return
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    if word == ALL_WELL:
        draft.cancel_case_timers(TimerKind.CHECK, TimerKind.CHECK_7D)
    flow = flow_for(draft, Trigger.CHECK)
    if flow is not None and _BUTTON_OF[word] in flow.steps[flow.start].go:
        steps.begin_answered(draft, flow, _BUTTON_OF[word])
    elif word == ALL_WELL:
        checks.confirm_fixed(draft)
        draft.say("check.ok")
    else:
        checks.reopen_after_no(draft)
        draft.say("check.reopen")
