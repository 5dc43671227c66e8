"""A customer's way through a flow: entering a step, answering it, leaving it. The steps are the owner's YAML."""

from dataclasses import replace
from datetime import datetime, timedelta

from flows.book import CaseAction, Flow, Path, Step, Trigger
from flows.case import Conversation
from flows.checks import confirm_fixed, reopen_after_no
from flows.complaints import open_case, set_topic
from flows.draft import ConversationLost, Draft
from flows.effects import ChangeButtons, Praise
from flows.events import CustomerAnswered, Message, TimerFired, TimerKind
from flows.health import begin as begin_special_path
from flows.presses import AnswerPress, Button, Rows, WishPress
from flows.promises import say_promise, stand_behind_promise

_MOST_STEPS_AT_ONCE = (
    50  # the compiler refuses loops that never ask; this only keeps a bug from hanging
)
_TOPICS_IN_A_ROW = 2


def begin(draft: Draft, trigger: Trigger) -> None:
    """Start the flow of `trigger` as the customer's conversation in hand."""
    book = draft.facts.content.book
    flow = book.flow_for(trigger)
    visit, case = draft.care.visit, draft.care.case
    draft.care = replace(
        draft.care,
        conversation=Conversation(
            id=draft.facts.ids.conversation(),
            customer_id=draft.care.customer.id,
            book=book.sha256,
            flow=flow.name,
            step=flow.start,
            started_at=draft.moment,
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
        _act_on_case(draft, flow, step)
        _speak(draft, flow, step)
        _set_timers(draft, step)
        if step.waits:
            return
        following = step.go.get("next")
        if following is None:
            draft.change_conversation(closed_at=draft.moment)
            return
        name = following
    raise ConversationLost(f"{flow.name} never asks")


def _act_on_case(draft: Draft, flow: Flow, step: Step) -> None:
    match step.case:
        case CaseAction.OPEN:
            case = open_case(draft, rating_given(draft, flow))
            draft.change_conversation(case_id=case.id)
        case CaseAction.REOPEN:
            reopen_after_no(draft)
        case CaseAction.CONFIRM:
            confirm_fixed(draft)
        case CaseAction.OPEN_ON_ANSWER | CaseAction.PRAISE | None:
            pass


def rating_given(draft: Draft, flow: Flow) -> int | None:
    """The rating answered in this conversation, if any."""
    for name, answer in draft.conversation.answers.items():
        if name in flow.steps and flow.steps[name].rating:
            return int(answer)
    return None


def _speak(draft: Draft, flow: Flow, step: Step) -> None:
    if step.promise and draft.open_case is not None:
        say_promise(draft, step.wishes)
        return
    text = _text_of(draft, step)
    if text is None:
        return
    if draft.open_case is not None and "reply_by" in draft.texts_with(text).names(text):
        stand_behind_promise(draft)
    draft.say(text, step_rows(draft, step))


def _text_of(draft: Draft, step: Step) -> str | None:
    case, visit = draft.care.case, draft.care.visit
    if step.say_rated and case is not None and case.score is not None and not case.story:
        return step.say_rated
    if step.say_unknown_visit and visit is not None and visit.source == "link":
        return step.say_unknown_visit
    return step.say


def step_rows(draft: Draft, step: Step, ticked: str = "") -> Rows:
    """The buttons of a step as the customer sees them."""
    rows: list[tuple[Button, ...]] = list(_rating_rows(draft, step))
    if step.topics:
        topics = [
            Button(
                "topic",
                _answer(draft, step, f"topic:{topic.id}"),
                {"category": topic.title},
                ticked=topic.id == ticked,
            )
            for topic in draft.facts.content.catalogue.topics
        ]
        rows += _in_rows(topics, _TOPICS_IN_A_ROW)
    rows += _in_rows([_step_button(draft, step, key) for key in step.buttons], 2)
    return tuple(rows)


def _rating_rows(draft: Draft, step: Step) -> Rows:
    if step.rating is None:
        return ()
    low, high = step.rating
    marks = [
        Button(f"rate.{mark}", _answer(draft, step, str(mark))) for mark in range(high, low - 1, -1)
    ]
    return (tuple(marks[:1]), *_in_rows(marks[1:], 2))


def _step_button(draft: Draft, step: Step, key: str) -> Button:
    case = draft.open_case
    if key == "call_me" and case is not None:
        return Button(key, WishPress(case.id, "call"))
    return Button(key, _answer(draft, step, key))


def _answer(draft: Draft, step: Step, answer: str) -> AnswerPress:
    return AnswerPress(draft.conversation.id, step.name, answer)


def _in_rows(buttons: list[Button], width: int) -> list[tuple[Button, ...]]:
    return [tuple(buttons[i : i + width]) for i in range(0, len(buttons), width)]


def _set_timers(draft: Draft, step: Step) -> None:
    if step.silence is not None:
        draft.set_conversation_timer(TimerKind.SILENCE, _polite(draft, step.silence.after))
    if step.collect is not None and step.collect.no_words is not None:
        draft.set_conversation_timer(TimerKind.NO_WORDS, draft.moment + step.collect.no_words)


def _polite(draft: Draft, after: timedelta) -> datetime:
    return draft.facts.content.business.quiet.next_allowed(draft.moment + after)


# ---- answers ----------------------------------------------------------------------------------


def answered(draft: Draft, event: CustomerAnswered) -> None:
    """A button of a step was pressed; one of a step that is over changes only what it still can."""
    flow = draft.flow
    step = flow.steps.get(event.step)
    if step is None:
        raise ConversationLost(f"{flow.name}.{event.step}")
    if event.answer.startswith("topic:"):
        _topic_chosen(draft, event, step)
    elif step.rating is not None:
        _rated(draft, event, flow, step)
    elif draft.conversation.step == step.name and event.answer in step.go:
        _go(draft, event, step)
    else:
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))


def _go(draft: Draft, event: CustomerAnswered, step: Step) -> None:
    answers = {**draft.conversation.answers, step.name: event.answer}
    draft.change_conversation(answers=answers, closed_at=None)
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    enter(draft, step.go[event.answer])


def _rated(draft: Draft, event: CustomerAnswered, flow: Flow, step: Step) -> None:
    """A rating; it may be corrected as long as no case has come of it."""
    if event.answer not in step.go:
        return
    given = draft.conversation.answers.get(step.name)
    if draft.open_case is not None:
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
        if given is None:
            open_case(draft, int(event.answer))
            draft.change_conversation(answers={step.name: event.answer}, closed_at=draft.moment)
            draft.mark()
        return
    if given == event.answer:
        return
    draft.record("rated", score=int(event.answer), visit_id=draft.conversation.visit_id)
    _go(draft, event, step)


def _topic_chosen(draft: Draft, event: CustomerAnswered, step: Step) -> None:
    catalogue = draft.facts.content.catalogue
    topic = catalogue.topic(event.answer.removeprefix("topic:"))
    if draft.open_case is None:
        if step.case is not CaseAction.OPEN_ON_ANSWER or draft.conversation.step != step.name:
            draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
            return
        case = open_case(draft, rating_given(draft, draft.flow))
        draft.change_conversation(case_id=case.id)
    set_topic(draft, topic)
    rows = step_rows(draft, step, ticked=topic.id)
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id, rows))
    if topic.path is not Path.ORDINARY:
        draft.toast(event.tap)
        begin_special_path(draft, topic.path, topic)
        return
    draft.toast(event.tap, "tell.topic")
    if draft.conversation.step == step.name:
        expect_quiet(draft)


# ---- words ------------------------------------------------------------------------------------


def collecting(draft: Draft) -> Step | None:
    """The step in hand when it gathers words, else None."""
    talk = draft.care.conversation
    if talk is None or talk.closed_at is not None:
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


def keep_praise(draft: Draft, message: Message) -> None:
    """Kind words go to the evening post of the branch."""
    visit, customer = draft.care.visit, draft.care.customer
    branch = draft.facts.content.business.branch(visit.branch_id if visit else None)
    master = visit.master if visit else ""
    draft.do(Praise(branch.id, customer.id, message.text, master, customer.name))
    draft.record("praise", message_id=message.message_id)


# ---- timers -----------------------------------------------------------------------------------


def wait_over(draft: Draft, timer: TimerFired) -> None:
    """A timer of a wait: of the one in hand it leads on or reminds, of an earlier one it means nothing."""
    talk = draft.care.conversation
    if talk is None or talk.closed_at is not None or talk.wait != timer.wait:
        return
    step = draft.flow.steps[talk.step]
    match timer.kind:
        case TimerKind.QUIET:
            _lead_on(draft, step, "words")
        case TimerKind.NO_WORDS if not talk.heard:
            _lead_on(draft, step, "no_words")
        case TimerKind.SILENCE:
            _remind(draft, step)
        case _:
            pass


def _lead_on(draft: Draft, step: Step, answer: str) -> None:
    following = step.go.get(answer)
    if following is None:
        draft.change_conversation(closed_at=draft.moment)
    else:
        enter(draft, following)


def _remind(draft: Draft, step: Step) -> None:
    talk, silence = draft.conversation, step.silence
    newer = draft.facts.latest is not None and draft.facts.latest.id != talk.id
    customer = draft.care.customer
    if silence is None or talk.reminded >= silence.times or newer or draft.facts.open_case:
        return
    if not customer.questions or customer.blocked_at is not None:
        return
    draft.change_conversation(reminded=talk.reminded + 1)
    draft.say(silence.say, step_rows(draft, step))
    if talk.reminded + 1 < silence.times:
        draft.set_conversation_timer(TimerKind.SILENCE, _polite(draft, silence.after))
