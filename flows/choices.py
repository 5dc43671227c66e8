"""What a customer chooses of a step's own options: told to staff, and kept. Which step follows is in answers.py."""

from flows import story
from flows.case import Origin
from flows.draft import Draft
from flows.flow import READY, Step
from flows.refund_times import money_asked

_WISH = "wish."  # an option that says what would help


def chosen(draft: Draft, step: Step) -> tuple[str, ...]:
    """Options chosen so far at a step, in its own order."""
    said = draft.conversation.answers.get(step.name, "").split(",")
    return tuple(option for option in step.options if option in said)


def tick(draft: Draft, step: Step, option: str) -> tuple[str, ...]:
    """Choose an option, or take it back; returns all that are chosen now."""
    now = {*chosen(draft, step)} ^ {option}
    ordered = tuple(each for each in step.options if each in now)
    answers = {**draft.conversation.answers, step.name: ",".join(ordered)}
    draft.change_conversation(answers=answers)
    return ordered


def tell_staff(draft: Draft, step: Step, options: tuple[str, ...]) -> None:
    """The choice stands on the card of the open case, as the customer's wish or words; else in the journal alone."""
    labels = [_label(draft, step, option) for option in options if not option.startswith(_WISH)]
    draft.record("chose", step=step.name, chosen=list(options))
    if draft.open_case is None:
        return
    for option in options:
        if option.startswith(_WISH):
            _wish(draft, option.removeprefix(_WISH))
    if labels:
        draft.change_case(**story.with_words(draft.case, ", ".join(labels), Origin()))
    draft.mark()


def _wish(draft: Draft, wish: str) -> None:
    draft.change_case(wish=wish)
    if wish == "refund":
        money_asked(draft)
    draft.record("wish", wish=wish)


def _label(draft: Draft, step: Step, option: str) -> str:
    words = draft.facts.content.catalogue.words
    return draft.book.texts.label(step.label(option), words)


def is_answer(step: Step, answer: str) -> bool:
    """A button of the step that tells or ends a choice."""
    return answer in step.options or (step.several and answer == READY)
