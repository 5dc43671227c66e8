"""Opening a case and hearing the customer: words and files fill the card. Health comes first, in health.py."""

from dataclasses import replace

from flows import repeats, story
from flows.book import Topic
from flows.case import Case, Origin
from flows.draft import Draft, open_card
from flows.effects import KeepMessage, SaveVisit
from flows.events import Failure, Kind, Message
from flows.people import Visit
from flows.promises import make_promise
from flows.quoting import answered_words
from flows.showing import show_below


def open_case(draft: Draft, score: int | None = None) -> Case:
    """The customer's open case, opened now unless there is one; the promise to answer begins here."""
    if draft.open_case is None and draft.facts.open_case is not None:
        draft.care = replace(draft.care, case=draft.facts.open_case)
    if draft.open_case is not None:
        if score is not None:
            draft.change_case(score=score)
            draft.mark()
        return draft.case
    visit = draft.care.visit
    if visit is None or draft.moment - visit.ended_at >= draft.timing.visit_is_recent:
        visit = recent_visit(draft)
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
    draft.care = replace(draft.care, case=case, visit=visit)
    make_promise(draft, draft.timing.reply_within)
    repeats.plan(draft)
    draft.record("opened", score=score)
    draft.mark()
    if visit is not None and visit.customer_id is None:
        visit_found(draft, visit)
    _go_back_to_manager(draft, visit)
    return draft.case


def _go_back_to_manager(draft: Draft, visit: Visit | None) -> None:
    """The last case ended with a manager's own letter: what the customer says to it is the manager's to answer.

    After a newer visit it is about something else.
    """
    last = draft.facts.last_case
    if last is None or last.answers_to is None or last.closed_at is None:
        return
    if visit is not None and visit.id != last.visit_id and visit.ended_at > last.closed_at:
        return
    author = draft.facts.person_by_id(last.answers_to)
    there = author is not None and author.active and author.reachable
    manager = author if there else draft.facts.senior_to(0)
    draft.change_case(after_final=last.outcome.is_last_word)
    if manager is not None:
        draft.change_case(owner_id=manager.id)
        draft.tell(manager, "staff.wrote_back", open_card(draft))


def recent_visit(draft: Draft) -> Visit | None:
    """The customer's newest visit of late, or one of their own telephone that is nobody else's."""
    found = (v for v in draft.facts.past_visits if _is_mine(draft, v))
    return next(
        (v for v in found if draft.moment - v.ended_at < draft.timing.visit_is_recent), None
    )


def _is_mine(draft: Draft, visit: Visit) -> bool:
    """A typed number proves nothing: by it anybody could claim the visit of another."""
    customer = draft.care.customer
    if visit.customer_id is not None:
        return visit.customer_id == customer.id
    return customer.phone_own and visit.phone == customer.phone


def visit_found(draft: Draft, visit: Visit) -> None:
    """The visit behind the case in hand is known now; it belongs to this customer."""
    visit = replace(visit, customer_id=draft.care.customer.id)
    draft.do(SaveVisit(visit))
    draft.change_case(visit_id=visit.id, branch_id=visit.branch_id)
    draft.care = replace(draft.care, visit=visit)
    draft.mark()


def add_words(draft: Draft, message: Message) -> None:
    """What the customer sent becomes part of the case in hand; what the card cannot show stands under it."""
    case = draft.case
    first_words = not case.story and not case.files
    has_file = message.kind is not Kind.TEXT
    draft.change_case(files=case.files + has_file)
    if message.text:
        origin = Origin(message.message_id, answered_words(message))
        told = story.with_words(case, message.text, origin)
        draft.change_case(**told)
    if case.check_result == "no" and not case.check_comment:
        draft.change_case(check_comment=message.text)
    too_long = bool(message.text) and not story.has_room(case.story, message.text)
    waits = show_below(draft, message, words=too_long)
    draft.do(KeepMessage(case.id, message, waits=waits))
    draft.mark(anew=first_words and case.score is not None and case.opening == 1)
    draft.record("words", message_id=message.message_id, media=str(message.kind))


def change_words(draft: Draft, message: Message, place: int) -> None:
    """The customer has changed a message: its entry says the new words, the journal keeps the earlier ones."""
    case, words = draft.case, message.text
    before = case.story[place]
    others = (*case.story[:place], *case.story[place + 1 :])
    comment = words if case.check_comment == before else case.check_comment
    draft.change_case(
        story=story.reworded(case, place, words), edited_at=draft.moment, check_comment=comment
    )
    waits = show_below(draft, message, words=not story.has_room(others, words))
    draft.do(KeepMessage(case.id, message, waits=waits))
    draft.record("words_changed", message_id=message.message_id, before=before)
    draft.mark()


def not_shown(draft: Draft, failure: Failure) -> None:
    """What was to stand under the card was refused: the card says so, lest anybody believe to have seen all."""
    if failure is Failure.AWAY:
        return
    draft.change_case(not_shown=draft.case.not_shown + 1)
    draft.record("not_shown", why=str(failure))
    draft.mark()


def set_topic(draft: Draft, topic: Topic) -> None:
    """The customer (or a person of the staff) has said what it is about."""
    draft.change_case(topic=topic.id, severity=max(topic.severity, 1))
    repeats.plan(draft)
    draft.record("topic", topic=topic.id)
    draft.mark()
