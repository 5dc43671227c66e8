"""A button of a step was pressed: a rating, a topic, an answer of the owner's. Callback data is input."""

from dataclasses import replace

from flows.book import CaseAction, Path, Step
from flows.complaints import open_case, set_topic
from flows.draft import Draft
from flows.effects import ChangeButtons
from flows.events import CustomerAnswered, Tap
from flows.health import begin as begin_special_path
from flows.step_buttons import TOPIC, step_rows
from flows.steps import expect_quiet, lead_on, rating_given


def answered(draft: Draft, event: CustomerAnswered) -> None:
    """A button of a step was pressed; one of a step that is over changes only what it still can."""
    step = draft.flow.steps.get(event.step)
    if step is None:
        is_over(draft, event.tap)
    elif step.topics and event.answer.startswith(TOPIC):
        _topic_chosen(draft, event, step)
    elif step.rating is not None and event.answer in _marks(step):
        _rated(draft, event, step)
    elif draft.conversation.step == step.name and event.answer in step.buttons:
        _go(draft, event, step)
    else:
        is_over(draft, event.tap)


def is_over(draft: Draft, tap: Tap) -> None:
    """The button has done its work: take it away, and say where to write."""
    draft.do(ChangeButtons(tap.chat_id, tap.message_id))
    draft.toast(tap, "ask.old_button")


def _marks(step: Step) -> list[str]:
    low, high = step.rating or (1, 0)
    return [str(mark) for mark in range(low, high + 1)]


def _go(draft: Draft, event: CustomerAnswered, step: Step) -> None:
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    _take(draft, step, event.answer)


def _take(draft: Draft, step: Step, answer: str) -> None:
    answers = {**draft.conversation.answers, step.name: answer}
    draft.change_conversation(answers=answers, closed_at=None, turned_at=draft.moment)
    lead_on(draft, step, answer)


def answered_in_words(draft: Draft, text: str) -> bool:
    """The whole message is a short answer to the question in hand, as good as its button; False when it is none."""
    talk = draft.care.conversation
    if talk is None or talk.closed_at is not None:
        return False
    step, words = draft.flow.steps[talk.step], draft.facts.content.catalogue
    fine = (words.yes_words | words.fine_words).says_all(text)
    mark = "".join(c for c in text if c.isalnum())
    if step.rating is not None and mark in _marks(step):
        draft.record("rated", score=int(mark), visit_id=talk.visit_id)
        _take(draft, step, mark)
    elif step.rating is not None and fine:
        lead_on(draft, step, str(step.rating[1]))  # as after the best mark, and none was given
    elif "yes" in step.buttons and fine:
        _take_about_its_case(draft, step, "yes")
    elif "no" in step.buttons and words.no_words.says_all(text):
        _take_about_its_case(draft, step, "no")
    else:
        return False
    return True


def _take_about_its_case(draft: Draft, step: Step, answer: str) -> None:
    """A question about a case that was closed is answered about that case."""
    if draft.care.case is None:
        draft.care = replace(draft.care, case=draft.facts.talk_case)
    _take(draft, step, answer)


def _rated(draft: Draft, event: CustomerAnswered, step: Step) -> None:
    """A rating; it may be corrected as long as no case has come of it. One in hand only takes it down."""
    talk = draft.conversation
    if talk.case_id is not None:
        is_over(draft, event.tap)
        return
    if talk.answers.get(step.name) == event.answer:
        return
    draft.record("rated", score=int(event.answer), visit_id=talk.visit_id)
    if draft.open_case is None:
        _go(draft, event, step)
        return
    case = open_case(draft, int(event.answer))
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    draft.cancel_conversation_timers()
    answers = {**talk.answers, step.name: event.answer}
    draft.change_conversation(answers=answers, case_id=case.id, closed_at=draft.moment)


def _topic_chosen(draft: Draft, event: CustomerAnswered, step: Step) -> None:
    talk = draft.conversation
    begins = step.case is CaseAction.OPEN_ON_ANSWER and talk.step == step.name
    if talk.case_id is None and begins:
        case = open_case(draft, rating_given(draft))
        draft.change_conversation(case_id=case.id, turned_at=draft.moment)
    case_in_hand = draft.open_case
    if case_in_hand is None or case_in_hand.for_manager:
        is_over(draft, event.tap)
        return
    topic = draft.facts.content.catalogue.topic(event.answer.removeprefix(TOPIC))
    set_topic(draft, topic)
    rows = step_rows(draft, step, ticked=topic.id)
    tap = event.tap
    draft.do(ChangeButtons(tap.chat_id, tap.message_id, rows, language=draft.language))
    if topic.path is not Path.ORDINARY:
        begin_special_path(draft, topic.path, topic)
        return
    draft.toast(event.tap, "tell.topic")
    if talk.step == step.name:
        expect_quiet(draft)
