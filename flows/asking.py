"""What a step says and how long it waits. Where a conversation goes from there is in steps.py."""

from datetime import timedelta

from flows.draft import Draft
from flows.events import TimerKind
from flows.flow import CaseAction, Step
from flows.invitation import invite
from flows.promises import say_promise, stand_behind_promise
from flows.step_buttons import step_rows
from flows.telephone import ask_phone

_PRAISE_IS_EXPECTED = timedelta(days=1)  # words that come later are about something else


def say_step(draft: Draft, step: Step) -> None:
    """The words of a step, with its buttons."""
    if step.promise:
        _promise(draft, step)
    elif step.invite_review:
        invite(draft, step)
    elif step.contact:
        ask_phone(draft, step.say)
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


def _text_of(draft: Draft, step: Step) -> str | None:
    case, visit = draft.care.case, draft.care.visit
    if step.say_rated and case is not None and case.score is not None and not case.story:
        return step.say_rated
    if step.say_unknown_visit and visit is not None and visit.source == "link":
        return step.say_unknown_visit
    return step.say


def set_timers(draft: Draft, step: Step) -> None:
    """How long the customer is waited for."""
    if step.silence:
        due = draft.polite(draft.moment + step.silence[0].after)
        draft.set_conversation_timer(TimerKind.SILENCE, due)
    patience = step.collect.no_words if step.collect is not None else None
    if step.case is CaseAction.PRAISE:
        patience = patience or _PRAISE_IS_EXPECTED
    if patience is not None:
        draft.set_conversation_timer(TimerKind.NO_WORDS, draft.moment + patience)
