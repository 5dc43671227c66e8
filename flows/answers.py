"""A button of a step was pressed: a rating, a topic, an option, an answer of the owner's. Callback data is input."""

from dataclasses import replace

from flows import choices
from flows.book import Path
from flows.complaints import open_case, set_topic
from flows.draft import Draft, is_trial
from flows.effects import ChangeButtons
from flows.events import CustomerAnswered, Tap
from flows.flow import READY, Step, Trigger
from flows.health import begin as begin_special_path
from flows.occasions import visit_answered
from flows.step_buttons import TOPIC, step_rows
from flows.steps import expect_quiet, gathered, lead_on, open_on_answer

_ABOUT_A_FIX = (Trigger.CHECK, Trigger.CHECK_7D)
_RATED = {  # how the journal calls a mark, by what asked for it
    Trigger.VISIT: "rated",
    Trigger.ARRIVAL: "stay_rated",
    Trigger.CHECK: "check_rated",
    Trigger.CHECK_7D: "check_rated",
    Trigger.NPS: "nps",
}


def answered(draft: Draft, event: CustomerAnswered) -> None:
    """A button of a step was pressed; one of a step that is over changes only what it still can."""
    step = draft.flow.steps.get(event.step)
    if step is None:
        is_over(draft, event.tap)
        return
    in_hand = draft.conversation.step == step.name
    if step.topics and event.answer.startswith(TOPIC):
        _topic_chosen(draft, event, step)
    elif event.answer in _marks(step):
        _rated(draft, event, step)
    elif in_hand and choices.is_answer(step, event.answer):
        _chose(draft, event, step)
    elif in_hand and event.answer in step.buttons:
        _go(draft, event, step)
    elif in_hand and step.collect is not None and event.answer == step.collect.until_button:
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
        draft.change_conversation(closed_at=None, turned_at=draft.moment)
        gathered(draft, step)
    else:
        is_over(draft, event.tap)


def is_over(draft: Draft, tap: Tap) -> None:
    """The button has done its work: take it away, and say where to write."""
    draft.do(ChangeButtons(tap.chat_id, tap.message_id))
    draft.toast(tap, "ask.old_button")


def _marks(step: Step) -> tuple[str, ...]:
    return tuple(map(str, step.marks))


def _go(draft: Draft, event: CustomerAnswered, step: Step) -> None:
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    _take(draft, step, event.answer)


def _take(draft: Draft, step: Step, answer: str) -> None:
    answers = {**draft.conversation.answers, step.name: answer}
    draft.change_conversation(answers=answers, closed_at=None, turned_at=draft.moment)
    lead_on(draft, step, answer)


# ---- a short answer in words ------------------------------------------------------------------


def answered_in_words(draft: Draft, text: str) -> bool:
    """The whole message is a short answer to the question in hand, as good as its button; False when it is none."""
    talk = draft.care.conversation
    if talk is None or talk.closed_at is not None or talk.delayed:
        return False
    step, words = draft.flow.steps[talk.step], draft.facts.content.catalogue
    fine = (words.yes_words | words.fine_words).says_all(text)
    mark = _mark_in(draft, step, text)
    if mark:
        _record_mark(draft, int(mark))
        _take(draft, step, mark)
    elif step.marks and fine:
        lead_on(draft, step, str(step.marks[-1]))  # as after the best mark, and none was given
    elif "yes" in step.buttons and fine:
        _take_about_its_case(draft, step, "yes")
    elif "no" in step.buttons and words.no_words.says_all(text):
        _take_about_its_case(draft, step, "no")
    else:
        return False
    return True


def _mark_in(draft: Draft, step: Step, text: str) -> str:
    """The mark that a message is: its number, or its label, and nothing else; "" when it is none."""
    number = "".join(c for c in text if c.isalnum())
    if number in _marks(step):
        return number
    texts, said = draft.book.texts_in(draft.language), text.strip().casefold()
    labels = {mark: texts.label(step.label(mark), {"score": mark}) for mark in _marks(step)}
    return next((mark for mark, label in labels.items() if label.casefold() == said), "")


def _take_about_its_case(draft: Draft, step: Step, answer: str) -> None:
    """A question about a case that was closed is answered about that case."""
    if draft.care.case is None:
        draft.care = replace(draft.care, case=draft.facts.talk_case)
    _take(draft, step, answer)


# ---- marks ------------------------------------------------------------------------------------


def _rated(draft: Draft, event: CustomerAnswered, step: Step) -> None:
    """A rating; it may be corrected as long as no case has come of it. One in hand only takes it down."""
    talk, trigger = draft.conversation, draft.flow.trigger
    about_its_case = trigger in _ABOUT_A_FIX and talk.step == step.name
    if talk.case_id is not None and not about_its_case:
        is_over(draft, event.tap)
        return
    if talk.answers.get(step.name) == event.answer:
        return
    _record_mark(draft, int(event.answer))
    if draft.open_case is None or about_its_case:
        _go(draft, event, step)
        return
    case = open_case(draft, int(event.answer) if trigger is Trigger.VISIT else None)
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    draft.cancel_conversation_timers()
    answers = {**talk.answers, step.name: event.answer}
    draft.change_conversation(answers=answers, case_id=case.id, closed_at=draft.moment)


def _record_mark(draft: Draft, mark: int) -> None:
    trigger = draft.flow.trigger
    draft.record(_RATED.get(trigger, "marked"), score=mark, visit_id=draft.conversation.visit_id)
    if trigger is Trigger.VISIT and not is_trial(draft.care):
        draft.change_customer(last_mark=mark)
        visit_answered(draft)


# ---- topics and options -----------------------------------------------------------------------


def _topic_chosen(draft: Draft, event: CustomerAnswered, step: Step) -> None:
    talk = draft.conversation
    open_on_answer(draft, step)
    case_in_hand = draft.open_case
    if case_in_hand is None or case_in_hand.for_manager:
        is_over(draft, event.tap)
        return
    topic = draft.facts.content.catalogue.topic(event.answer.removeprefix(TOPIC))
    set_topic(draft, topic)
    rows = step_rows(draft, step, ticked=(f"{TOPIC}{topic.id}",))
    tap = event.tap
    draft.do(ChangeButtons(tap.chat_id, tap.message_id, rows, language=draft.language))
    if topic.path is not Path.ORDINARY:
        begin_special_path(draft, topic.path, topic)
        return
    draft.toast(event.tap, "tell.topic")
    if talk.step == step.name:
        expect_quiet(draft)


def _chose(draft: Draft, event: CustomerAnswered, step: Step) -> None:
    """One option leads on at once; of several each is ticked, until the customer is ready."""
    talk, tap = draft.conversation, event.tap
    if talk.closed_at is not None and step.name in talk.answers:
        is_over(draft, tap)
    elif not step.several:
        open_on_answer(draft, step)
        choices.tell_staff(draft, step, (event.answer,))
        _go(draft, event, step)
    elif event.answer == READY:
        draft.do(ChangeButtons(tap.chat_id, tap.message_id))
        draft.change_conversation(closed_at=None, turned_at=draft.moment)
        gathered(draft, step)
    else:
        rows = step_rows(draft, step, choices.tick(draft, step, event.answer))
        draft.do(ChangeButtons(tap.chat_id, tap.message_id, rows, language=draft.language))
        expect_quiet(draft)
