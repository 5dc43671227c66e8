"""Loads what an event is about, and the facts beside it, inside the turn's transaction. Decides nothing."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.about_data import about_of_data
from bot.about_preventions import prevention_meant, prevention_of_event
from bot.about_refunds import case_of_form, case_of_sum
from bot.about_repeats import accounts, looked_back
from bot.about_replies import (
    RepliedTo,
    letter_facts,
    letters_gone,
    of_staffs_words,
    replied_to,
)
from bot.desk import Desk
from bot.letter_keys import keys_of_letter
from bot.standing import same_phone, standing
from flows import letter_talk
from flows.case import Care, Conversation
from flows.draft import Draft
from flows.events import (
    CaseAsked,
    CasesAsked,
    CasesTurned,
    CustomerAnswered,
    CustomerChose,
    CustomerEdited,
    CustomerOpenedBranchLink,
    CustomerOpenedVisitLink,
    CustomerSharedPhone,
    CustomerWished,
    CustomerWrote,
    DialogTapped,
    Event,
    JoinAsked,
    LetterFailed,
    LetterSent,
    ManagerLinkOpened,
    NothingHappened,
    OwnerLinkOpened,
    PreventionNamed,
    Scope,
    StaffAction,
    StaffEdited,
    StaffTapped,
    StaffWrote,
    SumNamed,
    TimerFired,
    TimerKind,
    TrialTapped,
    VisitEnded,
    VisitLinkAsked,
    VoucherEvent,
    VoucherShown,
    VoucherTapped,
)
from flows.facts import Facts
from flows.follow_up import is_judgement
from flows.found import PAGE, Found
from flows.limits import counters_to_read
from flows.people import Customer, Gift, Person
from flows.questions import branch_visit_id
from flows.vouchers import normal_code
from storage.finding import Wanted
from storage.tx import Tx

NOBODY = Care(Customer(id=0, tg_id=0))  # events that are about no customer
_GIVING = (
    StaffAction.GIVE,
    StaffAction.APPROVE,
    StaffAction.ASK_MANAGER,
    StaffAction.CHOICE,
    StaffAction.OTHER,
)


@dataclass(slots=True)
class About:
    """What was found: the event (perhaps read differently now), its subject, the facts."""

    event: Event
    care: Care = NOBODY
    more: dict[str, Any] = field(default_factory=dict)  # fields of Facts


def gather(tx: Tx, event: Event, moment: datetime, desk: Desk) -> tuple[Event, Care, Facts]:
    """Read everything the rules may ask about this event."""
    of_data = about_of_data(tx, event)
    about = About(event, *of_data) if of_data else _load(tx, event, moment, desk)
    care = about.care
    if care.case is not None:
        gifts = about.more.setdefault("gifts", tx.gifts_of(care.case.id, care.case.visit_id))
        if not isinstance(event, LetterSent | LetterFailed):  # these are the news
            about.more["letters_gone"] = letters_gone(tx, care.case, gifts)
    standing_facts = standing(tx, desk, care, about.event)
    if any("first_visit" in book.asks for book in standing_facts["books"].values()):
        about.more["earlier_visits"] = _earlier_visits(tx, about)
    facts = Facts(**standing_facts, **about.more)
    return about.event, care, _with_what_hangs_on_facts(tx, about, facts, moment)


def _earlier_visits(tx: Tx, about: About) -> int:
    """Visits of the customer beside the one in hand, which may not be written down as theirs yet."""
    customer = about.more.get("known_customer") or about.care.customer
    visit = about.more.get("linked_visit") or about.care.visit
    return tx.visits_count_but(customer.id, visit.id if visit is not None else 0)


def _with_what_hangs_on_facts(tx: Tx, about: About, facts: Facts, moment: datetime) -> Facts:
    """Facts that can be named only when the others are known."""
    draft = Draft(about.care, facts, moment)
    match about.event:
        case CustomerOpenedBranchLink(branch_id=branch_id):
            ext_id = branch_visit_id(draft, branch_id)
            return replace(facts, linked_visit=tx.visit_by_ext_id(ext_id))
        case StaffTapped(action=StaffAction.SHOW) if about.care.case is not None:
            many = facts.content.business.shown_per_minute
            return replace(facts, unshown=tx.unshown(about.care.case.id, many))
        case StaffTapped(action=action, by=by) if action in _GIVING and about.care.case is not None:
            person = facts.person(by.tg_id)
            if person is not None:
                keys = counters_to_read(draft, person)
                return replace(facts, spent=tx.spent(keys), accounts=accounts(tx, draft))
        case TimerFired(kind=TimerKind.LOOK_BACK) if about.care.case is not None:
            return replace(facts, **looked_back(tx, draft))
    return facts


def _load(  # noqa: PLR0911, PLR0912 - one for each kind
    tx: Tx, event: Event, moment: datetime, desk: Desk
) -> About:
    match event:
        case StaffTapped():
            return _staff_tapped(tx, event)
        case StaffWrote() | StaffEdited():
            return _staff_wrote(tx, event)
        case VisitLinkAsked(chat_id=chat_id):
            return (
                About(event) if _is_staff_chat(tx, chat_id) else _nothing("not the staff's group")
            )
        case CasesAsked() | CasesTurned():
            return _list(tx, event)
        case CaseAsked():
            return _one_case(tx, event)
        case VoucherShown(code=code):
            return _voucher(tx, event, tx.gift_by_code(normal_code(code)) if code else None)
        case VoucherTapped(gift_id=gift_id) | CustomerChose(gift_id=gift_id):
            return _voucher(tx, event, tx.gift(gift_id))
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
        case TrialTapped(by=by, case_id=case_id):
            if not any(p.active and p.tg_id == by.tg_id for p in tx.roster()):
                return About(event)
            if case_id:
                return _of_case(tx, event, case_id)
            return _customer(tx, event, tx.care_of(by), moment, desk)
        case DialogTapped(by=by) if (form := case_of_form(tx, by.tg_id)) is not None:
            return _of_case(tx, event, form)
        case CustomerWrote(sender=by, message=said) if (form := case_of_sum(tx, event)) is not None:
            return _of_case(tx, SumNamed(by, said, form), form)
        case CustomerWrote() if (meant := prevention_meant(tx, event, moment)) is not None:
            named = PreventionNamed(event.sender, event.message, meant.id)
            return _of_case(tx, named, meant.case_id, prevention=meant)
        case (
            CustomerWrote(sender=by, message=message) | CustomerEdited(sender=by, message=message)
        ) if (replied := _replied_in_private(tx, event)) is not None:
            staff: Event = StaffEdited(by, message)
            if isinstance(event, CustomerWrote):
                staff = StaffWrote(by, message, findings=event.findings)
            return _of_case(tx, staff, replied.case_id, **replied.facts)
        case CustomerWrote() | DialogTapped() if (letter := _of_letter(tx, event)) is not None:
            return letter
        case CustomerWished(wish=wish) if is_judgement(wish):
            return _judged(tx, event)
    sender = getattr(event, "sender", None)
    if sender is None:
        return About(event)
    if isinstance(event, OwnerLinkOpened | ManagerLinkOpened | JoinAsked):
        return About(event, tx.care_of(sender))
    if isinstance(event, CustomerWrote):
        event = replace(event, message=of_staffs_words(tx, event.message))
    return _customer(tx, event, tx.care_of(sender), moment, desk)


def _of_letter(tx: Tx, event: CustomerWrote | DialogTapped) -> About | None:
    """A person of the staff writes a letter to a customer: it is about the case of their talk."""
    by = event.sender if isinstance(event, CustomerWrote) else event.by
    dialog = tx.dialog_of(by.tg_id)
    if dialog is None or dialog.name != letter_talk.NAME or _of_roster(tx, by.tg_id) is None:
        return None
    return _of_case(tx, event, int(dialog.data[letter_talk.CASE]))


def _judged(tx: Tx, event: CustomerWished) -> About:
    """An answer under a letter is about the case of the letter, open or not; a stranger's is about none."""
    care = tx.care_of_case(event.case_id)
    if care is None or care.customer.tg_id != event.sender.tg_id:
        return About(event, replace(tx.care_of(event.sender), case=None))
    return _of_case(tx, event, event.case_id)


def _customer(tx: Tx, event: Event, care: Care, moment: datetime, desk: Desk) -> About:
    more: dict[str, Any] = {"open_case": care.case, "latest": care.conversation}
    talk = care.conversation
    if talk is not None:
        more["asked_visits"] = tx.asked_visits(care.customer.id)
    if care.case is None:
        more["last_case"] = tx.last_case(care.customer.id)
    if care.case is None and talk is not None and talk.case_id is not None:
        more["talk_case"] = tx.case(talk.case_id)
    match event:
        case CustomerOpenedVisitLink(token=token):
            more["linked_visit"] = tx.visit_by_token(token)
        case CustomerSharedPhone(phone=phone) | CustomerWrote(phone=phone) if (
            phone or not care.case
        ):
            since = moment - desk.content.business.timing.visit_is_recent
            phone = phone or care.customer.phone
            more["past_visits"] = tx.recent_visits(care.customer.id, phone, since)
    return About(event, care, more)


def _replied_in_private(tx: Tx, event: CustomerWrote | CustomerEdited) -> RepliedTo | None:
    """A person of the staff replies, in private, to what the bot wrote about a case."""
    message = event.message
    if message.reply_to is None:
        return None
    if not any(p.active and p.tg_id == event.sender.tg_id for p in tx.roster()):
        return None
    return replied_to(tx, message)


def _customer_answered(tx: Tx, event: CustomerAnswered) -> About:
    """The conversation is the one of the button; its case, or the open one."""
    care = tx.care_of(event.sender)
    more: dict[str, Any] = {"open_case": care.case, "latest": care.conversation}
    more["asked_visits"] = tx.asked_visits(care.customer.id)
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
    in_groups = [at for at in tx.cards_of(case_id) if at[0] < 0]
    more["card_at"] = in_groups[-1] if in_groups else None  # the managers' one is the full card
    if isinstance(event, StaffWrote | StaffEdited):
        more |= letter_facts(tx, care.case, event)
    return About(event, care, more)


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
        case StaffAction.HISTORY:
            _with_history(tx, about)
        case StaffAction.PREVENTION:
            about.more["prevention"] = prevention_of_event(tx, event, case)
        case StaffAction.CAUSE if case.closed_by_id is not None:
            about.more["put_off"] = tx.causes_put_off(case.closed_by_id, case.id)
    place = event.tap.chat_id, event.tap.message_id
    about.more["on_card"] = event.tap.chat_id < 0 or place in tx.cards_of(case.id)
    # In a private chat alerts and reminders carry the same buttons as the card beside them.
    in_group = event.tap.chat_id < 0
    about.more["stray"] = in_group and tx.is_stray_card(
        case.id, event.tap.chat_id, event.tap.message_id
    )
    return about


def _staff_wrote(tx: Tx, event: StaffWrote | StaffEdited) -> About:
    message = event.message
    if not _is_staff_chat(tx, message.chat_id):
        return _nothing("not the staff's group")
    in_topic = tx.forum.case_in(message.chat_id, message.thread) if message.thread else None
    if in_topic is not None:
        return _in_topic(tx, event, in_topic)
    if message.reply_to is None:
        return _nothing("talk of the group")
    found = replied_to(tx, message)
    if found is None and event.card_of is not None:
        return _of_case(tx, event, event.card_of)
    if found is None:
        return _nothing("talk of the group")
    return _of_case(tx, event, found.case_id, **found.facts)


def _in_topic(tx: Tx, event: StaffWrote | StaffEdited, case_id: int) -> About:
    """In the topic of a case every word is to the customer, but for an answer to what somebody else wrote there."""
    message = event.message
    if message.reply_to is None:
        return _of_case(tx, event, case_id, reply_leads=True)
    found = replied_to(tx, message)
    leads = event.card_of is not None or found is not None
    quoting = found.quoting if found is not None and found.case_id == case_id else {}
    return _of_case(tx, event, case_id, reply_leads=leads, **quoting)


def _voucher(tx: Tx, event: VoucherEvent, gift: Gift | None) -> About:
    chat_id = event.chat_id if isinstance(event, VoucherShown) else event.tap.chat_id
    if chat_id < 0 and not _is_staff_chat(tx, chat_id):
        return _nothing("not the staff's group")
    if gift is None:
        return About(event)
    return _of_case(tx, event, gift.case_id, voucher=gift)


def _list(tx: Tx, event: CasesAsked | CasesTurned) -> About:
    """A page of a list, for somebody of the staff; nothing is looked for on a stranger's word."""
    if isinstance(event, CasesAsked):
        chat_id, of, page = event.chat_id, event.words, 0
        scope = Scope.WORDS if event.words else Scope.OPEN
    else:
        chat_id, scope, of, page = event.tap.chat_id, event.scope, event.of, event.page
    if chat_id < 0 and not _is_staff_chat(tx, chat_id):
        return _nothing("not the staff's group", event)
    person = _of_roster(tx, event.by.tg_id)
    if person is None:
        return About(event)
    cares, more = tx.find_cases(Wanted(scope, of, person.id), page, PAGE)
    own = frozenset(c.case.id for c in cares if c.case and person.tg_id in same_phone(tx, c))
    return About(event, more={"found": Found(scope, of, page, cares, more, own)})


def _one_case(tx: Tx, event: CaseAsked) -> About:
    if event.chat_id < 0 and not _is_staff_chat(tx, event.chat_id):
        return _nothing("not the staff's group", event)
    if _of_roster(tx, event.by.tg_id) is None or tx.case(event.case_id) is None:
        return About(event)
    return _with_history(tx, _of_case(tx, event, event.case_id))


def _with_history(tx: Tx, about: About) -> About:
    case = about.care.case
    if case is not None:
        about.more["earlier"] = tx.earlier(case)
        about.more["visits_count"] = tx.visits_count(case.customer_id)
    return about


def _of_roster(tx: Tx, tg_id: int) -> Person | None:
    return next((p for p in tx.roster() if p.active and p.tg_id == tg_id), None)


def _is_staff_chat(tx: Tx, chat_id: int) -> bool:
    return tx.staff_chats().of(chat_id) is not None


def _timer(tx: Tx, event: TimerFired) -> About:
    if event.kind is TimerKind.PRAISE:
        return About(event, more={"praise_lines": tx.praise_lines(event.branch_id)})
    if event.kind is TimerKind.TOPIC:
        return About(event)
    if event.case_id is not None:
        return _timer_of_case(tx, event, event.case_id)
    care = tx.care_of_customer(event.customer_id) if event.customer_id is not None else None
    if care is None:
        return _nothing("no such customer", event)
    more: dict[str, Any] = {"open_case": care.case, "latest": care.conversation}
    if event.visit_id is not None:
        more["linked_visit"] = tx.visit(event.visit_id)
    if event.kind in (TimerKind.REVIEW, TimerKind.NPS) and event.visit_id is not None:
        more["hushed"] = tx.hushed(care.customer.id, event.visit_id)
    if event.kind is TimerKind.REVIEW and event.visit_id is not None:
        more["gifts"] = tx.gifts_of(0, event.visit_id)
    if event.conversation_id is not None:
        talk = tx.conversation(event.conversation_id)
        if talk is None:
            return _nothing("no such conversation", event)
        care = _with_conversation(tx, care, talk)
    return About(event, care, more)


def _timer_of_case(tx: Tx, event: TimerFired, case_id: int) -> About:
    about = _of_case(tx, event, case_id)
    case = about.care.case
    if event.kind is TimerKind.CAUSE and case is not None and case.closed_by_id is not None:
        about.more["put_off"] = tx.causes_put_off(case.closed_by_id, case_id)
    if case is not None:
        about.more["prevention"] = prevention_of_event(tx, event, case)
    return about


def _letter(tx: Tx, event: LetterSent | LetterFailed) -> About:
    if event.case_id is not None:
        return _of_case(tx, event, event.case_id)
    return About(event) if event.letter.to_staff else _nothing("a letter of no case")


def _nothing(why: str, event: Event | None = None) -> About:
    return About(NothingHappened(why, getattr(event, "tap", None)))
