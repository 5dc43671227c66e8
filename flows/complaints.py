"""Opening a case and hearing the customer: words and files fill the card. Health comes first, in health.py."""

from dataclasses import replace

from flows.book import Topic
from flows.case import Case
from flows.draft import Draft
from flows.effects import RelayToStaff
from flows.events import Kind, Message
from flows.promises import make_promise

_STORY_LIMIT = (
    60  # messages kept word for word on the case; all of them stand in the journal of messages
)


def open_case(draft: Draft, score: int | None = None) -> Case:
    """The customer's open case, opened now unless there is one; the promise to answer begins here."""
    if draft.open_case is not None:
        if score is not None:
            draft.change_case(score=score)
        return draft.case
    if draft.facts.open_case is not None:
        draft.care = replace(draft.care, case=draft.facts.open_case)
        return draft.case
    visit = draft.care.visit
    branch = draft.facts.content.business.branch(visit.branch_id if visit else None)
    case = Case(
        id=draft.facts.ids.case(),
        customer_id=draft.care.customer.id,
        book=draft.book.sha256,
        branch_id=branch.id,
        opened_at=draft.moment,
        visit_id=visit.id if visit else None,
        score=score,
    )
    draft.care = replace(draft.care, case=case)
    make_promise(draft, draft.timing.reply_within)
    draft.record("opened", score=score)
    draft.mark()
    return draft.case


def add_words(draft: Draft, message: Message) -> None:
    """What the customer sent becomes part of the case in hand."""
    case = draft.case
    first_words = not case.story and not case.files
    story = (*case.story, message.text) if message.text else case.story
    has_file = message.kind is not Kind.TEXT
    draft.change_case(story=story[-_STORY_LIMIT:], files=case.files + has_file)
    if case.reopened_at is not None and not case.check_comment:
        draft.change_case(check_comment=message.text)
    if has_file:
        draft.do(RelayToStaff(case.id, message))
    draft.mark(anew=first_words and case.score is not None and case.opening == 1)
    draft.record("words", message_id=message.message_id, media=str(message.kind))


def set_topic(draft: Draft, topic: Topic) -> None:
    """The customer (or a person of the staff) has said what it is about."""
    draft.change_case(topic=topic.id, severity=max(topic.severity, 1))
    draft.record("topic", topic=topic.id)
    draft.mark()
