"""The buttons of a step as the customer sees them. What a press leads to is in answers.py."""

from collections.abc import Collection

from flows.draft import Draft
from flows.flow import READY, Step, Trigger
from flows.presses import AnswerPress, Button, QuestionsPress, Rows, WishPress

TOPIC = "topic:"  # begins an answer that names a topic
_IN_A_ROW = 2
_SHORT = 3  # characters of a label that is a number or a sign
_SHORT_IN_A_ROW = 6
_MANY_MARKS = 5  # more of them are counted upwards, as people count
_MAY_BE_STOPPED = (
    Trigger.VISIT,
    Trigger.ARRIVAL,
    Trigger.NPS,
)  # questions of ours that nobody waits for


def step_rows(draft: Draft, step: Step, ticked: Collection[str] = ()) -> Rows:
    """The buttons of a step as the customer sees them; `ticked` are answers chosen so far."""
    rows: list[tuple[Button, ...]] = list(_rating_rows(draft, step))
    if step.topics:
        topics = [
            Button(
                "topic",
                _answer(draft, step, f"{TOPIC}{topic.id}"),
                {"category": topic.title},
                ticked=f"{TOPIC}{topic.id}" in ticked,
            )
            for topic in draft.spoken.catalogue.topics
        ]
        rows += _in_rows(topics)
    rows += _in_rows([_option(draft, step, option, ticked) for option in step.options])
    last = [*step.buttons, *([READY] if step.several else [])]
    if step.collect is not None and step.collect.until_button:
        last.append(step.collect.until_button)
    rows += _in_rows([_step_button(draft, step, key) for key in last])
    return tuple(rows)


def _rating_rows(draft: Draft, step: Step) -> Rows:
    """The marks; from the second question on also "do not ask"."""
    if not step.marks:
        return ()
    many = len(step.marks) > _MANY_MARKS
    marks = [
        Button(step.label(str(mark)), _answer(draft, step, str(mark)), {"score": mark})
        for mark in (step.marks if many else reversed(step.marks))
    ]
    asked_before = draft.care.customer.asked_at is not None
    may_be_stopped = asked_before and draft.flow.trigger in _MAY_BE_STOPPED
    stop: Rows = ((Button("stop_asking", QuestionsPress(wanted=False)),),) if may_be_stopped else ()
    if all(len(_label(draft, button)) <= _SHORT for button in marks):
        return (*_in_rows(marks, _SHORT_IN_A_ROW), *stop)
    return (tuple(marks[:1]), *_in_rows(marks[1:]), *stop)


def _label(draft: Draft, button: Button) -> str:
    texts = draft.book.texts_in(draft.language)
    return texts.label(button.label, button.values) if texts.has_label(button.label) else ""


def _option(draft: Draft, step: Step, option: str, ticked: Collection[str]) -> Button:
    words = draft.spoken.catalogue.words
    press = _answer(draft, step, option)
    return Button(step.label(option), press, words, ticked=option in ticked)


def _step_button(draft: Draft, step: Step, key: str) -> Button:
    case = draft.open_case
    if key == "call_me" and case is not None:
        return Button(key, WishPress(case.id, "call"))
    return Button(step.label(key), _answer(draft, step, key))


def _answer(draft: Draft, step: Step, answer: str) -> AnswerPress:
    return AnswerPress(draft.conversation.id, step.name, answer)


def _in_rows(buttons: list[Button], width: int = _IN_A_ROW) -> list[tuple[Button, ...]]:
    return [tuple(buttons[i : i + width]) for i in range(0, len(buttons), width)]
