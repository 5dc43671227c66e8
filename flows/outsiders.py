"""Somebody who is not known as one of the staff asks for what is theirs: how to become one, or to be seen as one."""

from flows.draft import Draft
from flows.effects import Post, Say
from flows.events import CaseAsked, CasesAsked, VisitLinkAsked, VoucherShown
from flows.links import to_join
from flows.people import Person
from flows.presses import Button

StaffAsked = CaseAsked | CasesAsked | VisitLinkAsked | VoucherShown


def who_asks(draft: Draft, event: StaffAsked) -> Person | None:
    """The person who asks; None for anybody else, and for an administrator whose messages hide who wrote them."""
    return None if event.anonymous else draft.facts.person(event.by.tg_id)


def turn_away(draft: Draft, event: StaffAsked) -> None:
    """In the group under their message, else in private; a tap is answered to whoever taps alone."""
    if isinstance(event, CaseAsked) and event.tap is not None:
        draft.toast(event.tap, "staff.toast.not_staff")
        return
    text = "staff.anonymous" if event.anonymous else "staff.toast.not_staff"
    join = Button("ask_to_join", to_join(draft.facts.tokens, event.chat_id))
    rows = () if event.anonymous else ((join,),)
    if event.chat_id < 0:
        draft.do(Post(event.chat_id, text, draft.words(), rows, reply_to=event.message_id))
    else:
        draft.do(Say(event.by.tg_id, text, draft.words(), rows=rows))
