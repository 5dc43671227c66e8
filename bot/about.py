"""Loads what an event is about, and the facts beside it, inside the turn's transaction. Decides nothing."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.desk import Desk
from bot.letter_keys import keys_of_letter
from flows.case import Care, Case, Conversation
from flows.complaints import VISIT_IS_RECENT
from flows.draft import Draft
from flows.events import (
    CustomerAnswered,
    CustomerOpenedBranchLink,
    CustomerOpenedVisitLink,
    CustomerSharedPhone,
    CustomerWrote,
    Event,
    JoinAsked,
    LetterFailed,
    LetterSent,
    NothingHappened,
    OwnerLinkOpened,
    StaffAction,
    StaffTapped,
    StaffWrote,
    TimerFired,
    TimerKind,
    VisitEnded,
    VisitLinkAsked,
)
from flows.facts import Facts
from flows.limits import counters_to_read
from flows.people import Customer
from flows.questions import branch_visit_id
from flows.replies import reply_key
from storage.journal import Copy
from storage.tx import Tx

NOBODY = Care(Customer(id=0, tg_id=0))  # events that are about no customer
_GIVING = (StaffAction.GIVE, StaffAction.APPROVE, StaffAction.ASK_MANAGER)


@dataclass(slots=True)
class About:
    """What was found: the event (perhaps read differently now), its subject, the facts."""

    event: Event
    care: Care = NOBODY
    more: dict[str, Any] = field(default_factory=dict)  # fields of Facts


def gather(tx: Tx, event: Event, moment: datetime, desk: Desk) -> tuple[Event, Care, Facts]:
    """Read everything the rules may ask about this event."""
    about = _load(tx, event, moment)
    care = about.care
    if care.case is not None:
        about.more.setdefault("gifts", tx.gifts_of(care.case.id, care.case.visit_id))
    facts = Facts(
        content=desk.content,
        books=_books(tx, desk, care),
        ids=tx.ids(desk.code, desk.token),
        tokens=desk.tokens,
        bot_username=desk.bot_username,
        roster=tx.roster(),
        staff_chat=tx.staff_chat(),
        **about.more,
    )
    return about.event, care, _with_what_hangs_on_facts(tx, about, facts, moment)


def _books(tx: Tx, desk: Desk, care: Care) -> dict[str, Any]:
    today = desk.content.book
    books = {today.sha256: today}
    for subject in (care.conversation, care.case):
        if subject is not None and subject.book not in books:
            pinned = desk.book(tx, subject.book)
            if pinned is not None:
                books[subject.book] = pinned
    return books


def _with_what_hangs_on_facts(tx: Tx, about: About, facts: Facts, moment: datetime) -> Facts:
    """Facts that can be named only when the others are known."""
    draft = Draft(about.care, facts, moment)
    match about.event:
        case CustomerOpenedBranchLink(branch_id=branch_id):
            ext_id = branch_visit_id(draft, branch_id)
            return replace(facts, linked_visit=tx.visit_by_ext_id(ext_id))
        case StaffTapped(action=action, by=by) if action in _GIVING and about.care.case is not None:
            person = facts.person(by.tg_id)
            if person is not None:
                keys = counters_to_read(draft, person)
                return replace(facts, spent=tx.spent(keys))
    return facts


def _load(tx: Tx, event: Event, moment: datetime) -> About:  # noqa: PLR0911 - one for each kind
    match event:
        case StaffTapped():
            return _staff_tapped(tx, event)
        case StaffWrote():
            return _staff_wrote(tx, event)
        case VisitLinkAsked(chat_id=chat_id):
            return (
                About(event) if _is_staff_chat(tx, chat_id) else _nothing("not the staff's group")
            )
        case TimerFired():
            return _timer(tx, event)
        case LetterSent() | LetterFailed():
            return _letter(tx, event)
        case VisitEnded():
            known = tx.customer_by_phone(event.phone) if event.phone else None
            found = {"linked_visit": tx.visit_by_ext_id(event.ext_id), "known_customer": known}
            return About(event, more=found)
        case CustomerAnswered():
            return _customer_answered(tx, event)
        case CustomerWrote() if (replied := _replied_in_private(tx, event)) is not None:
            wrote = StaffWrote(event.sender, event.message, findings=event.findings)
            return _of_case(tx, wrote, replied[0], reply_leads=replied[1])
    sender = getattr(event, "sender", None)
    if sender is None:
        return About(event)
    if isinstance(event, OwnerLinkOpened | JoinAsked):
        return About(event, tx.care_of(sender))
    return _customer(tx, event, tx.care_of(sender), moment)


def _customer(tx: Tx, event: Event, care: Care, moment: datetime) -> About:
    more: dict[str, Any] = {"open_case": care.case, "latest": care.conversation}
    talk = care.conversation
    if care.case is None and talk is not None and talk.case_id is not None:
        more["talk_case"] = tx.case(talk.case_id)
    match event:
        case CustomerOpenedVisitLink(token=token):
            more["linked_visit"] = tx.visit_by_token(token)
        case CustomerSharedPhone(phone=phone) | CustomerWrote(phone=phone) if (
            phone or not care.case
        ):
            since = moment - VISIT_IS_RECENT
            phone = phone or care.customer.phone
            more["past_visits"] = tx.recent_visits(care.customer.id, phone, since)
    return About(event, care, more)


def _replied_in_private(tx: Tx, event: CustomerWrote) -> tuple[int, bool] | None:
    """A person of the staff replies, in private, to what the bot wrote about a case."""
    message = event.message
    if message.reply_to is None:
        return None
    if not any(p.active and p.tg_id == event.sender.tg_id for p in tx.roster()):
        return None
    return _case_shown_by(tx, message.chat_id, message.reply_to)


def _case_shown_by(tx: Tx, chat_id: int, message_id: int) -> tuple[int, bool] | None:
    """The case behind a message of ours, and whether a reply to it is one to the customer.

    Only to a card: words under a file or a reminder are meant for colleagues. An alert counts while
    the card, with the button that stops a reply, stands in the same chat.
    """
    by_card = tx.case_by_card(chat_id, message_id)
    if by_card is not None:
        return by_card, True
    shown = tx.case_by_message(chat_id, message_id)
    if shown is None:
        return None
    with_card = any(at[0] == chat_id for at in tx.cards_of(shown.case_id))
    leads = shown.copy in (Copy.CARD, Copy.REWRITE) or (shown.copy is Copy.ALERT and with_card)
    return shown.case_id, leads


def _customer_answered(tx: Tx, event: CustomerAnswered) -> About:
    """The conversation is the one of the button; its case, or the open one."""
    care = tx.care_of(event.sender)
    more = {"open_case": care.case, "latest": care.conversation}
    tapped = tx.conversation(event.conversation_id)
    if tapped is None or tapped.customer_id != care.customer.id:
        return About(event, replace(care, conversation=None), more)
    return About(event, _with_conversation(tx, care, tapped), more)


def _with_conversation(tx: Tx, care: Care, talk: Conversation) -> Care:
    case = care.case
    if talk.case_id is not None and (case is None or case.id != talk.case_id):
        case = tx.case(talk.case_id)
    visit = care.visit
    visit_id = case.visit_id if case is not None else talk.visit_id
    if visit_id is not None and (visit is None or visit.id != visit_id):
        visit = tx.visit(visit_id)
    return replace(care, conversation=talk, case=case, visit=visit)


def _of_case(tx: Tx, event: Event, case_id: int, **more: Any) -> About:
    care = tx.care_of_case(case_id)
    if care is None or care.case is None:
        return _nothing("no such case", event)
    open_case = care.case if care.case.is_open else tx.open_case(care.customer.id)
    more |= {"open_case": open_case, "latest": care.conversation}
    more["card_at"] = next((at for at in tx.cards_of(case_id) if at[0] < 0), None)
    if isinstance(event, StaffWrote) and event.message.album:
        more["letter_waits"] = _album_waits(tx, care.case, event)
    return About(event, care, more)


def _album_waits(tx: Tx, case: Case, event: StaffWrote) -> bool:
    """The album this part belongs to has not left, or has not been seen before."""
    key = reply_key(case.id, event.message)
    return tx.letter_waits(key) or not tx.letter_known(key)


def _staff_tapped(tx: Tx, event: StaffTapped) -> About:
    about = _of_case(tx, event, event.case_id)
    case = about.care.case
    if case is None:
        return about
    match event.action:
        case StaffAction.UNDO:
            about.more["letter_waits"] = tx.letter_waits(f"gift:{event.arg}")
        case StaffAction.STOP_REPLY | StaffAction.CORRECT | StaffAction.SEND_AS_IS:
            number = event.arg.partition(":")[0]
            keys = [held.key for held in case.held if str(held.number) == number]
            about.more["letter_waits"] = any(map(tx.letter_waits, keys))
        case StaffAction.RESEND:
            keys = [letter.key for letter in case.failed]
            parked = (key for key in keys if any(map(tx.letter_parked, keys_of_letter(key))))
            about.more["parked"] = frozenset(parked)
    # In a private chat alerts and reminders carry the same buttons as the card beside them.
    in_group = event.tap.chat_id < 0
    about.more["stray"] = in_group and tx.is_stray_card(
        case.id, event.tap.chat_id, event.tap.message_id
    )
    return about


def _staff_wrote(tx: Tx, event: StaffWrote) -> About:
    message = event.message
    if not _is_staff_chat(tx, message.chat_id):
        return _nothing("not the staff's group")
    if message.reply_to is None:
        return _nothing("talk of the group")
    found = _case_shown_by(tx, message.chat_id, message.reply_to)
    if found is None and event.card_of is not None:
        return _of_case(tx, event, event.card_of)
    if found is None:
        return _nothing("talk of the group")
    return _of_case(tx, event, found[0], reply_leads=found[1])


def _is_staff_chat(tx: Tx, chat_id: int) -> bool:
    chat = tx.staff_chat()
    return chat is not None and chat.chat_id == chat_id


def _timer(tx: Tx, event: TimerFired) -> About:
    if event.kind is TimerKind.PRAISE:
        return About(event, more={"praise_lines": tx.praise_lines(event.branch_id)})
    if event.case_id is not None:
        return _of_case(tx, event, event.case_id)
    care = tx.care_of_customer(event.customer_id) if event.customer_id is not None else None
    if care is None:
        return _nothing("no such customer", event)
    more: dict[str, Any] = {"open_case": care.case, "latest": care.conversation}
    if event.visit_id is not None:
        more["linked_visit"] = tx.visit(event.visit_id)
    if event.conversation_id is not None:
        talk = tx.conversation(event.conversation_id)
        if talk is None:
            return _nothing("no such conversation", event)
        care = _with_conversation(tx, care, talk)
    return About(event, care, more)


def _letter(tx: Tx, event: LetterSent | LetterFailed) -> About:
    if event.case_id is not None:
        return _of_case(tx, event, event.case_id)
    return About(event) if event.letter.to_staff else _nothing("a letter of no case")


def _nothing(why: str, event: Event | None = None) -> About:
    return About(NothingHappened(why, getattr(event, "tap", None)))


def gather_case(tx: Tx, case_id: int, moment: datetime, desk: Desk) -> tuple[Care, Facts] | None:
    """What a case's card shows: read when it is sent, so that it is the newest state."""
    care = tx.care_of_case(case_id)
    if care is None or care.case is None:
        return None
    facts = Facts(
        content=desk.content,
        books=_books(tx, desk, care),
        ids=tx.ids(desk.code, desk.token),
        tokens=desk.tokens,
        bot_username=desk.bot_username,
        roster=tx.roster(),
        staff_chat=tx.staff_chat(),
        gifts=tx.gifts_of(care.case.id, care.case.visit_id),
        visits_count=tx.visits_count(care.customer.id),
    )
    return care, facts
