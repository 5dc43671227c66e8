"""A customer's way through a flow: entering a step, its time passing, leaving it. The steps are the owner's YAML."""

from dataclasses import replace
from datetime import timedelta

from flows import choices
from flows.asking import say_step, set_timers
from flows.book import Path
from flows.case import Conversation, Heard
from flows.checks import confirm_fixed, reopen_after_no
from flows.complaints import open_case
from flows.conditions import flow_for, holds, mark_given
from flows.draft import ConversationLost, Draft
from flows.events import TimerFired, TimerKind
from flows.flow import (
    END,
    NEXT,
    NO_PHONE,
    NO_WORDS,
    OTHER,
    PHONE,
    READY,
    SILENCE,
    WORDS,
    CaseAction,
    Flow,
    Step,
    Trigger,
)
from flows.step_buttons import step_rows

_CHOSEN_BY_THEN = timedelta(minutes=10)  # what was ticked counts, even if "ready" is never pressed
_MOST_STEPS_AT_ONCE = 50  # the compiler refuses loops that never ask; this keeps a bug from hanging


def begin_for(draft: Draft, trigger: Trigger) -> bool:
    """Start the flow that this customer gets for `trigger`; False when there is none for them."""
    flow = flow_for(draft, trigger)
    if flow is not None:
        begin(draft, flow)
    return flow is not None


def begin_answered(draft: Draft, flow: Flow, answer: str) -> None:
    """Start a flow whose first question was put elsewhere, with this answer to it."""
    begin(draft, flow, at=flow.steps[flow.start].go.get(answer, END))


def begin(draft: Draft, flow: Flow, *, at: str = "") -> None:
    """Start a flow of today's as the customer's conversation in hand; what another one has planned stays."""
    before = draft.care.conversation
    if before is not None and not before.delayed:
        draft.cancel_conversation_timers()
    visit, case = draft.care.visit, draft.care.case
    draft.care = replace(
        draft.care,
        conversation=Conversation(
            id=draft.facts.ids.conversation(),
            customer_id=draft.care.customer.id,
            book=draft.facts.content.book.sha256,
            flow=flow.name,
            step=flow.start,
            turned_at=draft.moment,
            mark_before=draft.care.customer.last_mark,
            visit_id=visit.id if visit else None,
            case_id=case.id if case else None,
        ),
    )
    enter(draft, at or flow.start)


def enter(draft: Draft, name: str) -> None:
    """Stand on a step, or pass over it; one that waits for nothing leads on at once."""
    following: str | None = name
    for _ in range(_MOST_STEPS_AT_ONCE):
        if following is None:
            return
        if following == END:
            end(draft)
            return
        following = _stand(draft, following)
    raise ConversationLost(f"{draft.conversation.flow} never asks")


def end(draft: Draft) -> None:
    """Nothing more is said or asked in the conversation in hand."""
    draft.cancel_conversation_timers()
    draft.change_conversation(closed_at=draft.moment, delayed=False)


def _stand(draft: Draft, name: str) -> str | None:
    """Where to go from a step at once; None when the conversation stays there."""
    flow = draft.flow
    step = flow.steps.get(name)
    if step is None:
        raise ConversationLost(f"{flow.name}.{name}")
    if not holds(draft, step.when):
        return step.otherwise
    draft.cancel_conversation_timers()
    wait = draft.conversation.wait + 1
    draft.change_conversation(
        step=name, wait=wait, heard=Heard.NOTHING, reminded=0, delayed=step.wait is not None
    )
    if step.wait is None:
        return _take_place(draft, step)
    draft.set_conversation_timer(TimerKind.DELAY, draft.polite(draft.moment + step.wait))
    return None


def _take_place(draft: Draft, step: Step) -> str | None:
    if step.contact and draft.care.customer.phone:
        return step.go.get(PHONE, END)
    _act_on_case(draft, step)
    say_step(draft, step)
    if not step.waits:
        return step.go.get(NEXT, END)
    set_timers(draft, step)
    return None


def _act_on_case(draft: Draft, step: Step) -> None:
    match step.case:
        case CaseAction.OPEN:
            case = open_case(draft, rating_given(draft))
            draft.change_conversation(case_id=case.id)
        case CaseAction.REOPEN:
            reopen_after_no(draft)
        case CaseAction.CONFIRM:
            confirm_fixed(draft)
        case CaseAction.OPEN_ON_ANSWER | CaseAction.PRAISE | None:
            pass


def rating_given(draft: Draft) -> int | None:
    """The mark that the visit got in the conversation in hand; what others ask for is no mark of the visit."""
    return mark_given(draft) if draft.flow.trigger is Trigger.VISIT else None


def ask_again(draft: Draft) -> None:
    """Put the question of the step in hand once more."""
    if not draft.conversation.delayed:
        say_step(draft, draft.flow.steps[draft.conversation.step])


# ---- words ------------------------------------------------------------------------------------


def collecting(draft: Draft) -> Step | None:
    """The step in hand when it gathers words, and gathers them for the open case, if there is one; else None."""
    talk, case = draft.care.conversation, draft.open_case
    if talk is None or talk.closed_at is not None or talk.delayed:
        return None
    if talk.case_id != (case.id if case is not None else None):
        return None
    step = draft.flow.steps[talk.step]
    return step if step.collect is not None else None


def expect_quiet(draft: Draft, *, asked: bool = True) -> None:
    """Something came: the step is over when nothing more follows for its `until_quiet`."""
    talk = draft.conversation
    step = draft.flow.steps[talk.step]
    if step.collect is None and not step.several:
        return
    quiet = step.collect.until_quiet if step.collect is not None else _CHOSEN_BY_THEN
    heard = Heard.ASKED if asked else max(talk.heard, Heard.OTHER)
    draft.change_conversation(heard=heard)
    draft.cancel_no_words()
    draft.set_conversation_timer(TimerKind.QUIET, draft.moment + quiet)


def open_on_answer(draft: Draft, step: Step) -> None:
    """The first topic or choice opens the case, where the step says so."""
    talk = draft.conversation
    begins = step.case is CaseAction.OPEN_ON_ANSWER and talk.step == step.name
    if talk.case_id is None and begins:
        case = open_case(draft, rating_given(draft))
        draft.change_conversation(case_id=case.id, turned_at=draft.moment)


def phone_answered(draft: Draft) -> None:
    """The telephone that a step asks for came, or was refused."""
    talk = draft.care.conversation
    if talk is None or talk.closed_at is not None or talk.delayed:
        return
    step = draft.flow.steps[talk.step]
    if step.contact:
        lead_on(draft, step, PHONE if draft.care.customer.phone else NO_PHONE)


# ---- timers -----------------------------------------------------------------------------------


def wait_over(draft: Draft, timer: TimerFired) -> None:
    """A timer of a wait: of the one in hand it leads on or reminds, of an earlier one it means nothing."""
    talk = draft.care.conversation
    if talk is None or talk.closed_at is not None or talk.wait != timer.wait:
        return
    step = draft.flow.steps[talk.step]
    match timer.kind:
        case TimerKind.DELAY if talk.delayed:
            _delay_over(draft, step)
        case TimerKind.QUIET:
            gathered(draft, step)
        case TimerKind.NO_WORDS if talk.heard is Heard.NOTHING:
            lead_on(draft, step, NO_WORDS)
        case TimerKind.SILENCE:
            _silent(draft, step)
        case _:
            pass


def _delay_over(draft: Draft, step: Step) -> None:
    """The step may begin, unless the customer is to be left in peace; at night it waits for the morning."""
    due = draft.polite(draft.moment)
    if due != draft.moment:
        draft.set_conversation_timer(TimerKind.DELAY, due)
    elif _is_unwelcome(draft):
        draft.record("delay_skipped", step=step.name)
        end(draft)
    elif holds(draft, step.when):
        draft.change_conversation(delayed=False, turned_at=draft.moment)
        following = _take_place(draft, step)
        if following is not None:
            enter(draft, following)
    else:
        enter(draft, step.otherwise)


def _is_unwelcome(draft: Draft) -> bool:
    """Something newer is going on, or the customer wants no questions; about its own case a flow may go on."""
    talk, customer, case = draft.conversation, draft.care.customer, draft.facts.open_case
    if customer.blocked_at is not None:
        return True
    if case is not None:
        return case.id != talk.case_id or case.path is not Path.ORDINARY
    return talk.case_id is None and not customer.questions


def gathered(draft: Draft, step: Step) -> None:
    """That was all the customer has to say here, or has chosen."""
    options = choices.chosen(draft, step) if step.several else ()
    if options:
        open_on_answer(draft, step)
        choices.tell_staff(draft, step, options)
    if options or (step.several and step.collect is None):
        lead_on(draft, step, READY)
        return
    other = draft.conversation.heard is Heard.OTHER and OTHER in step.go
    lead_on(draft, step, OTHER if other else WORDS)


def lead_on(draft: Draft, step: Step, answer: str) -> None:
    """Go where `answer` leads from a step; where it leads nowhere the conversation ends."""
    enter(draft, step.go.get(answer, END))


def _silent(draft: Draft, step: Step) -> None:
    """Nothing was answered: say the next reminder, or go where silence leads."""
    told, reminders = draft.conversation.reminded, step.silence
    if told >= len(reminders):
        lead_on(draft, step, SILENCE)
        return
    due = draft.polite(draft.moment)
    if due != draft.moment:
        draft.set_conversation_timer(TimerKind.SILENCE, due)
        return
    reminder, follows = reminders[told], SILENCE in step.go
    welcome = _may_be_reminded(draft)
    if reminder.say is not None and welcome:
        draft.say(reminder.say, step_rows(draft, step))
    elif not (welcome or follows):
        return
    draft.change_conversation(reminded=told + 1)
    if told + 1 < len(reminders) or (follows and reminder.say is not None):
        after = reminders[min(told + 1, len(reminders) - 1)].after
        draft.set_conversation_timer(TimerKind.SILENCE, draft.polite(draft.moment + after))
    elif follows:
        lead_on(draft, step, SILENCE)


def _may_be_reminded(draft: Draft) -> bool:
    talk, customer = draft.conversation, draft.care.customer
    newer = draft.facts.latest is not None and draft.facts.latest.id != talk.id
    if newer or draft.facts.open_case:
        return False
    return customer.questions and customer.blocked_at is None
