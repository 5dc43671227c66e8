"""«Пока без новостей»: one tap tells the customer honestly that nothing is known yet, and when they hear again.

It is held like any reply, with «Не отправлять». The earlier promise ends when it leaves: then the new one stands.
"""

from flows.case import HeldReply
from flows.draft import Draft, open_card
from flows.effects import ChangeButtons, KeepMessage
from flows.events import Kind, LetterKind, Message, StaffAction, StaffTapped
from flows.people import Person
from flows.presses import Button, CasePress
from flows.promises import letter_leaving, owner_of, promise_next
from flows.working_time import answer_by

_TEXT = "progress.nothing_new"


def say(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Hold the message; so many in a row at most, then the customer is owed an answer."""
    case, most = draft.case, draft.facts.content.business.nothing_new_most
    if not case.is_open:
        draft.toast(event.tap, "staff.toast.closed")
    elif case.emergency or case.reply_by is None:
        draft.toast(event.tap, "staff.toast.outdated")
    elif letter_leaving(draft):
        draft.toast(event.tap, "staff.toast.wait_for_hold", alert=True)
    elif case.no_news >= most:
        draft.toast(event.tap, "staff.toast.news_wanted", alert=True)
    else:
        _hold(draft, event, person)


def _hold(draft: Draft, event: StaffTapped, person: Person) -> None:
    case, timing = draft.case, draft.timing
    number = case.replies + 1
    key = f"news:{case.id}:{number}"
    due = answer_by(draft, timing.reply_within)
    held = HeldReply(
        number,
        key,
        draft.moment + timing.reply_hold,
        person.name,
        by_id=person.id,
        next_by=due,
        answers=False,
    )
    draft.change_case(
        replies=number,
        held=(*case.held, held),
        owner_id=(owner_of(draft) or person).id,
        taken_at=case.taken_at or draft.moment,
    )
    _keep_words(draft, event, person, held)
    draft.say(
        _TEXT,
        hold=timing.reply_hold,
        key=key,
        letter=LetterKind.REPLY,
        ref=number,
        next_update_by=due,
        agent=person,
    )
    if not draft.facts.on_card:
        stop = CasePress(case.id, StaffAction.STOP_REPLY, str(number))
        rows = ((Button("do_not_send", stop, style="danger"),), *open_card(draft))
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id, rows))
    draft.toast(event.tap, "staff.toast.news_held", next_update_by=due)
    draft.record("nothing_new", actor=person.name, number=number)
    draft.mark()


def _keep_words(draft: Draft, event: StaffTapped, person: Person, held: HeldReply) -> None:
    values = draft.words_for(_TEXT, next_update_by=held.next_by, agent=person)
    words = draft.texts_with(_TEXT).plain(_TEXT, values)
    tap = event.tap
    kept = Message(tap.chat_id, tap.message_id, Kind.TEXT, words)
    draft.do(KeepMessage(draft.case.id, kept, person.name))


def left(draft: Draft, held: HeldReply) -> None:
    """It has reached the customer: what it promised stands, and what was promised before is over."""
    if draft.case.is_open:
        promise_next(draft, held.next_by)
        draft.change_case(no_news=draft.case.no_news + 1)
