"""The buttons of a step as the customer sees them. What a press leads to is in answers.py."""

from flows.book import Step
from flows.draft import Draft
from flows.presses import AnswerPress, Button, QuestionsPress, Rows, WishPress

TOPIC = "topic:"  # begins an answer that names a topic
_IN_A_ROW = 2


def step_rows(draft: Draft, step: Step, ticked: str = "") -> Rows:
    """The buttons of a step as the customer sees them."""
    rows: list[tuple[Button, ...]] = list(_rating_rows(draft, step))
    if step.topics:
        topics = [
            Button(
                "topic",
                _answer(draft, step, f"{TOPIC}{topic.id}"),
                {"category": topic.title},
                ticked=topic.id == ticked,
            )
            for topic in draft.spoken.catalogue.topics
        ]
        rows += _in_rows(topics)
    rows += _in_rows([_step_button(draft, step, key) for key in step.buttons])
    return tuple(rows)


def _rating_rows(draft: Draft, step: Step) -> Rows:
    """The marks; from the second question on also "do not ask"."""
    if step.rating is None:
        return ()
    low, high = step.rating
    marks = [
        Button(f"rate.{mark}", _answer(draft, step, str(mark))) for mark in range(high, low - 1, -1)
    ]
    asked_before = draft.care.customer.asked_at is not None
    stop: Rows = ((Button("stop_asking", QuestionsPress(wanted=False)),),) if asked_before else ()
    return (tuple(marks[:1]), *_in_rows(marks[1:]), *stop)


def _step_button(draft: Draft, step: Step, key: str) -> Button:
    case = draft.open_case
    if key == "call_me" and case is not None:
        return Button(key, WishPress(case.id, "call"))
    return Button(key, _answer(draft, step, key))


def _answer(draft: Draft, step: Step, answer: str) -> AnswerPress:
    return AnswerPress(draft.conversation.id, step.name, answer)


def _in_rows(buttons: list[Button]) -> list[tuple[Button, ...]]:
    return [tuple(buttons[i : i + _IN_A_ROW]) for i in range(0, len(buttons), _IN_A_ROW)]
