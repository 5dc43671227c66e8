"""Loads what an event is about, and the facts beside it, inside the turn's transaction. Decides nothing."""

from dataclasses import replace
from datetime import datetime

from bot.about_customer import customer, customer_answered, judged, replied_in_private
from bot.about_data import about_of_data
from bot.about_preventions import prevention_meant
from bot.about_refunds import case_of_form, case_of_sum
from bot.about_repeats import accounts, looked_back
from bot.about_replies import letters_gone, of_staffs_words
from bot.about_staff import list_asked, of_letter, one_case, staff_tapped, staff_wrote, voucher
from bot.about_time import letter, timer
from bot.desk import Desk
from bot.standing import standing
from bot.subject import About, is_staff_chat, nothing, of_case
from flows.case import Care
from flows.draft import Draft
from flows.events import (
    CaseAsked,
    CasesAsked,
    CasesTurned,
    CustomerAnswered,
    CustomerChose,
    CustomerEdited,
    CustomerOpenedBranchLink,
    CustomerWished,
    CustomerWrote,
    DialogTapped,
    Event,
    JoinAsked,
    LetterFailed,
    LetterSent,
    ManagerLinkOpened,
    OwnerLinkOpened,
    PreventionNamed,
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
    VoucherShown,
    VoucherTapped,
)
from flows.facts import Facts
from flows.follow_up import is_judgement
from flows.limits import counters_to_read
from flows.questions import branch_visit_id
from flows.vouchers import normal_code
from storage.tx import Tx

_GIVING = (
    StaffAction.GIVE,
    StaffAction.APPROVE,
    StaffAction.ASK_MANAGER,
    StaffAction.CHOICE,
    StaffAction.OTHER,
)


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
            return staff_tapped(tx, event)
        case StaffWrote() | StaffEdited():
            return staff_wrote(tx, event)
        case VisitLinkAsked(chat_id=chat_id):
            return About(event) if is_staff_chat(tx, chat_id) else nothing("not the staff's group")
        case CasesAsked() | CasesTurned():
            return list_asked(tx, event)
        case CaseAsked():
            return one_case(tx, event)
        case VoucherShown(code=code):
            return voucher(tx, event, tx.gift_by_code(normal_code(code)) if code else None)
        case VoucherTapped(gift_id=gift_id) | CustomerChose(gift_id=gift_id):
            return voucher(tx, event, tx.gift(gift_id))
        case TimerFired():
            return timer(tx, event)
        case LetterSent() | LetterFailed():
            return letter(tx, event)
        case VisitEnded():
            known = tx.customer_by_phone(event.phone) if event.phone else None
            found = {"linked_visit": tx.visit_by_ext_id(event.ext_id), "known_customer": known}
            return About(event, more=found)
        case CustomerAnswered():
            return customer_answered(tx, event)
        case TrialTapped(by=by, case_id=case_id):
            if not any(p.active and p.tg_id == by.tg_id for p in tx.roster()):
                return About(event)
            if case_id:
                return of_case(tx, event, case_id)
            return customer(tx, event, tx.care_of(by), moment, desk)
        case DialogTapped(by=by) if (form := case_of_form(tx, by.tg_id)) is not None:
            return of_case(tx, event, form)
        case CustomerWrote(sender=by, message=said) if (form := case_of_sum(tx, event)) is not None:
            return of_case(tx, SumNamed(by, said, form), form)
        case CustomerWrote() if (meant := prevention_meant(tx, event, moment)) is not None:
            named = PreventionNamed(event.sender, event.message, meant.id)
            return of_case(tx, named, meant.case_id, prevention=meant)
        case (
            CustomerWrote(sender=by, message=message) | CustomerEdited(sender=by, message=message)
        ) if (replied := replied_in_private(tx, event)) is not None:
            staff: Event = StaffEdited(by, message)
            if isinstance(event, CustomerWrote):
                staff = StaffWrote(by, message, findings=event.findings)
            return of_case(tx, staff, replied.case_id, **replied.facts)
        case CustomerWrote() | DialogTapped() if (written := of_letter(tx, event)) is not None:
            return written
        case CustomerWished(wish=wish) if is_judgement(wish):
            return judged(tx, event)
    sender = getattr(event, "sender", None)
    if sender is None:
        return About(event)
    if isinstance(event, OwnerLinkOpened | ManagerLinkOpened | JoinAsked):
        return About(event, tx.care_of(sender))
    if isinstance(event, CustomerWrote):
        event = replace(event, message=of_staffs_words(tx, event.message))
    return customer(tx, event, tx.care_of(sender), moment, desk)
