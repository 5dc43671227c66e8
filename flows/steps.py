"""A customer's way through a flow: entering a step, answering it, leaving it. The steps are the owner's YAML."""

from dataclasses import replace
from datetime import timedelta

from flows.book import CaseAction, Step, Trigger
from flows.case import Conversation
from flows.checks import confirm_fixed, reopen_after_no
from flows.complaints import open_case
from flows.draft import ConversationLost, Draft
from flows.events import TimerFired, TimerKind
from flows.promises import say_promise, stand_behind_promise
from flows.step_buttons import step_rows

_MOST_STEPS_AT_ONCE = 50  # the compiler refuses loops that never ask; this keeps a bug from hanging

_PRAISE_IS_EXPECTED = timedelta(days=1)  # words that come later are about something else


def begin(draft: Draft, trigger: Trigger) -> None:
    """Start the flow of `trigger` as the customer's conversation in hand."""
    book = draft.facts.content.book
    flow = book.flow_for(trigger)
    if draft.care.conversation is not None:
        draft.cancel_conversation_timers()
    visit, case = draft.care.visit, draft.care.case
    draft.care = replace(
        draft.care,
        conversation=Conversation(
            id=draft.facts.ids.conversation(),
            customer_id=draft.care.customer.id,
            book=book.sha256,
            flow=flow.name,
            step=flow.start,
            turned_at=draft.moment,
            visit_id=visit.id if visit else None,
            case_id=case.id if case else None,
        ),
    )
    enter(draft, flow.start)


def enter(draft: Draft, name: str) -> None:
    """Stand on a step; one that waits for nothing leads on at once."""
    flow = draft.flow
    for _ in range(_MOST_STEPS_AT_ONCE):
        step = flow.steps.get(name)
        if step is None:
            raise ConversationLost(f"{flow.name}.{name}")
        draft.cancel_conversation_timers()
        talk = draft.conversation
        draft.change_conversation(step=name, wait=talk.wait + 1, heard=False, reminded=0)
        _act_on_case(draft, step)
        _speak(draft, step)
        _set_timers(draft, step)
        if step.waits:
            return
        following = step.go.get("next")
        if following is None:
            draft.change_conversation(closed_at=draft.moment)
            return
        name = following
    raise ConversationLost(f"{flow.name} never asks")


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
    """The rating answered in the conversation in hand, if any."""
    flow = draft.flow
    for name, answer in draft.conversation.answers.items():
        if name in flow.steps and flow.steps[name].rating:
            return int(answer)
    return None


def _speak(draft: Draft, step: Step) -> None:
    if step.promise:
        _promise(draft, step)
    elif (text := _text_of(draft, step)) is not None and _can_be_kept(draft, text):
        draft.say(text, step_rows(draft, step))


def _promise(draft: Draft, step: Step) -> None:
    """Said once, and not after the answer."""
    case = draft.open_case
    if case is not None and case.reply_by is not None and not case.promised:
        say_promise(draft, step.wishes)


def _can_be_kept(draft: Draft, text: str) -> bool:
    """A text that names a time is said with a promise behind it, or not at all."""
    if "reply_by" not in draft.texts_with(text).names(text):
        return True
    if draft.open_case is not None:
        stand_behind_promise(draft)
    return draft.open_case is not None and draft.case.reply_by is not None


def ask_again(draft: Draft) -> None:
    """Put the question of the step in hand once more."""
    _speak(draft, draft.flow.steps[draft.conversation.step])


def _text_of(draft: Draft, step: Step) -> str | None:
    case, visit = draft.care.case, draft.care.visit
    if step.say_rated and case is not None and case.score is not None and not case.story:
        return step.say_rated
    if step.say_unknown_visit and visit is not None and visit.source == "link":
        return step.say_unknown_visit
    return step.say


def _set_timers(draft: Draft, step: Step) -> None:
    if step.silence is not None:
        draft.set_conversation_timer(
            TimerKind.SILENCE, draft.polite(draft.moment + step.silence.after)
        )
    patience = step.collect.no_words if step.collect is not None else None
    if step.case is CaseAction.PRAISE:
        patience = patience or _PRAISE_IS_EXPECTED
    if patience is not None:
        draft.set_conversation_timer(TimerKind.NO_WORDS, draft.moment + patience)


# ---- words ------------------------------------------------------------------------------------


def collecting(draft: Draft) -> Step | None:
    """The step in hand when it gathers words, and gathers them for the open case, if there is one; else None."""
    talk, case = draft.care.conversation, draft.open_case
    if talk is None or talk.closed_at is not None:
        return None
    if talk.case_id != (case.id if case is not None else None):
        return None
    step = draft.flow.steps[talk.step]
    return step if step.collect is not None else None


def expect_quiet(draft: Draft) -> None:
    """Something came: the step is over when nothing more follows for its `until_quiet`."""
    step = draft.flow.steps[draft.conversation.step]
    if step.collect is None:
        return
    draft.change_conversation(heard=True)
    draft.cancel_no_words()
    draft.set_conversation_timer(TimerKind.QUIET, draft.moment + step.collect.until_quiet)


# ---- timers -----------------------------------------------------------------------------------


def wait_over(draft: Draft, timer: TimerFired) -> None:
    """A timer of a wait: of the one in hand it leads on or reminds, of an earlier one it means nothing."""
    talk = draft.care.conversation
    if talk is None or talk.closed_at is not None or talk.wait != timer.wait:
        return
    step = draft.flow.steps[talk.step]
    match timer.kind:
        case TimerKind.QUIET:
            lead_on(draft, step, "words")
        case TimerKind.NO_WORDS if not talk.heard:
            lead_on(draft, step, "no_words")
        case TimerKind.SILENCE:
            _remind(draft, step)
        case _:
            pass


def lead_on(draft: Draft, step: Step, answer: str) -> None:
    """Go where `answer` leads from a step; where it leads nowhere the conversation ends."""
    following = step.go.get(answer)
    if following is None:
        draft.change_conversation(closed_at=draft.moment)
    else:
        enter(draft, following)


def _remind(draft: Draft, step: Step) -> None:
    talk, silence, customer = draft.conversation, step.silence, draft.care.customer
    newer = draft.facts.latest is not None and draft.facts.latest.id != talk.id
    if silence is None or talk.reminded >= silence.times or newer or draft.facts.open_case:
        return
    if not customer.questions or customer.blocked_at is not None:
        return
    due = draft.polite(draft.moment)
    if due == draft.moment:
        draft.change_conversation(reminded=talk.reminded + 1)
        draft.say(silence.say, step_rows(draft, step))
        due = draft.polite(draft.moment + silence.after)
    if draft.conversation.reminded < silence.times:
        draft.set_conversation_timer(TimerKind.SILENCE, due)
