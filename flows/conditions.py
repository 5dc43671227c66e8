"""Whether a condition of a flow holds: what is known of customer, visit and case. Decides nothing else."""

from collections.abc import Callable

from flows.book import Book
from flows.draft import Draft
from flows.flow import Condition, Flow, Trigger


def holds(draft: Draft, condition: Condition | None) -> bool:
    """True when everything that is asked for is known to be so."""
    return condition is None or all(_HOLDS[name](draft, condition) for name in condition.asks)


def flow_for(draft: Draft, trigger: Trigger) -> Flow | None:
    """Today's flow of that trigger for this customer and visit; None when it is for nobody like them."""
    book: Book = draft.facts.content.book
    return next((f for f in book.flows_for(trigger) if holds(draft, f.audience)), None)


def option_on(draft: Draft, option: str) -> bool:
    """The switch of business.yaml, as it stands today."""
    return option in draft.facts.content.business.options


def mark_given(draft: Draft) -> int | None:
    """The newest mark answered in the conversation in hand, on the scale of its step."""
    steps, answers = draft.flow.steps, draft.conversation.answers
    marks = [int(answer) for name, answer in answers.items() if name in steps and steps[name].marks]
    return marks[-1] if marks else None


def _branch(draft: Draft, condition: Condition) -> bool:
    subject = draft.care.visit or draft.care.case
    return subject is not None and subject.branch_id in condition.branch


def _service(draft: Draft, condition: Condition) -> bool:
    service = draft.care.visit.service.casefold() if draft.care.visit else ""
    return any(part in service for part in condition.service)


def _master(draft: Draft, condition: Condition) -> bool:
    return draft.care.visit is not None and draft.care.visit.master.casefold() in condition.master


def _language(draft: Draft, condition: Condition) -> bool:
    return draft.care.customer.language.partition("-")[0].lower() in condition.language


def _rating(draft: Draft, condition: Condition) -> bool:
    return draft.care.conversation is not None and _within(mark_given(draft), condition.rating)


def _rating_before(draft: Draft, condition: Condition) -> bool:
    talk, customer = draft.care.conversation, draft.care.customer
    begun = talk is not None and talk.closed_at is None
    return _within(
        talk.mark_before if talk and begun else customer.last_mark, condition.rating_before
    )


def _within(mark: int | None, marks: tuple[int, int] | None) -> bool:
    return mark is not None and marks is not None and marks[0] <= mark <= marks[1]


def _topic(draft: Draft, condition: Condition) -> bool:
    return draft.care.case is not None and draft.care.case.topic in condition.topic


def _first_visit(draft: Draft, condition: Condition) -> bool:
    return (draft.facts.earlier_visits == 0) is condition.first_visit


def _words(draft: Draft, condition: Condition) -> bool:
    return bool(draft.care.case and draft.care.case.story) is condition.words


def _files(draft: Draft, condition: Condition) -> bool:
    return bool(draft.care.case and draft.care.case.files) is condition.files


def _wish(draft: Draft, condition: Condition) -> bool:
    return bool(draft.care.case and draft.care.case.wish) is condition.wish


_HOLDS: dict[str, Callable[[Draft, Condition], bool]] = {
    "branch": _branch,
    "service": _service,
    "master": _master,
    "language": _language,
    "topic": _topic,
    "first_visit": _first_visit,
    "rating": _rating,
    "rating_before": _rating_before,
    "words": _words,
    "files": _files,
    "wish": _wish,
    "option": lambda draft, condition: option_on(draft, condition.option),
}
