"""A visit becomes known: from an import, or by a person of the staff who asks for a one-time link."""

from dataclasses import replace

from flows.book import Branch
from flows.draft import Draft
from flows.effects import Post, SaveVisit
from flows.events import VisitEnded, VisitLinkAsked
from flows.links import visit_link
from flows.occasions import plan_arrival
from flows.outsiders import turn_away, who_asks
from flows.people import Person, Visit
from flows.questions import ask_timer, is_no_customer
from flows.room import cut

_TYPED_MOST = (
    64  # UTF-16 units of what is typed after /visit: the customer reads it within a sentence
)


def visit_ended(draft: Draft, event: VisitEnded) -> None:
    """Keep the visit once; a customer whose telephone is known will be asked after the flow's delay."""
    if draft.facts.linked_visit is not None:
        _times_changed(draft, event, draft.facts.linked_visit)
        return
    known = draft.facts.known_customer
    visit = Visit(
        id=draft.facts.ids.visit(),
        ext_id=event.ext_id,
        source=event.source,
        branch_id=event.branch_id,
        ended_at=event.ended_at,
        service=event.service,
        master=event.master,
        customer_id=known.id if known else None,
        phone=event.phone,
        token=event.token,
        customer_name=event.customer_name,
        amount=event.amount,
        currency=event.currency,
        language=event.language,
        arrived_at=event.arrived_at,
    )
    draft.do(SaveVisit(visit))
    if known is not None and not is_no_customer(draft, known, visit):
        draft.do(ask_timer(draft, visit))
        plan_arrival(draft, visit)


def _times_changed(draft: Draft, event: VisitEnded, before: Visit) -> None:
    """The source has other times now: what was not asked yet is asked by the new ones."""
    arrived_at = event.arrived_at or before.arrived_at
    visit = replace(before, ended_at=event.ended_at, arrived_at=arrived_at)
    if visit == before:
        return
    draft.do(SaveVisit(visit))
    if visit.customer_id is not None:
        plan_arrival(draft, visit)
        if visit.asked_at is None:
            draft.do(ask_timer(draft, visit))


def _branch_of(draft: Draft, event: VisitLinkAsked, person: Person) -> Branch:
    """The branch of the group where it was asked, or where the person works, or the first one."""
    chat = draft.facts.staff_chats.of(event.chat_id)
    near = (*(chat.branches if chat is not None else ()), *person.branches)
    return draft.facts.content.business.branch(near[0] if near else None)


def link_asked(draft: Draft, event: VisitLinkAsked) -> None:
    """/visit: the visit is over now; whoever opens the link first is its customer."""
    person = who_asks(draft, event)
    if person is None:
        turn_away(draft, event)
        return
    visit_id, token = draft.facts.ids.visit(), draft.facts.ids.token()
    branch = _branch_of(draft, event, person)
    visit = Visit(
        id=visit_id,
        ext_id=f"staff:{visit_id}",
        source="staff",
        branch_id=branch.id,
        ended_at=draft.moment,
        service=cut(event.service, _TYPED_MOST),
        master=cut(event.master, _TYPED_MOST),
        token=token,
    )
    link = visit_link(draft.facts.bot_username, token)
    draft.do(
        SaveVisit(visit),
        Post(
            event.chat_id,
            "staff.visit_link",
            draft.words(link=link),
            reply_to=event.message_id,
            qr=link,
        ),
    )
    draft.record("visit_link", actor=person.name, visit_id=visit_id)
