"""What events of the staff are about: taps, words, lists, vouchers, letters they write. Decides nothing."""

from bot.about_preventions import prevention_of_event
from bot.about_replies import replied_to
from bot.letter_keys import keys_of_letter
from bot.standing import same_phone
from bot.subject import About, is_staff_chat, nothing, of_case, of_roster
from flows import letter_talk
from flows.events import (
    CaseAsked,
    CasesAsked,
    CasesTurned,
    CustomerWrote,
    DialogTapped,
    Scope,
    StaffAction,
    StaffEdited,
    StaffTapped,
    StaffWrote,
    VoucherEvent,
    VoucherShown,
)
from flows.found import PAGE, Found
from flows.people import Gift
from storage.finding import Wanted
from storage.tx import Tx


def staff_tapped(tx: Tx, event: StaffTapped) -> About:
    """A button of a case: what its rule asks beside the case itself."""
    about = of_case(tx, event, event.case_id)
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
            with_history(tx, about)
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


def staff_wrote(tx: Tx, event: StaffWrote | StaffEdited) -> About:
    """Words in a group: in a topic, or in reply to something of a case; the talk of the group is nothing."""
    message = event.message
    if not is_staff_chat(tx, message.chat_id):
        return nothing("not the staff's group")
    in_topic = tx.forum.case_in(message.chat_id, message.thread) if message.thread else None
    if in_topic is not None:
        return _in_topic(tx, event, in_topic)
    if message.reply_to is None:
        return nothing("talk of the group")
    found = replied_to(tx, message)
    if found is None and event.card_of is not None:
        return of_case(tx, event, event.card_of)
    if found is None:
        return nothing("talk of the group")
    return of_case(tx, event, found.case_id, **found.facts)


def _in_topic(tx: Tx, event: StaffWrote | StaffEdited, case_id: int) -> About:
    """In the topic of a case every word is to the customer, but for an answer to what somebody else wrote there."""
    if event.message.reply_to is None:
        return of_case(tx, event, case_id, reply_leads=True)
    found = replied_to(tx, event.message)
    leads = event.card_of is not None or found is not None
    quoting = found.quoting if found is not None and found.case_id == case_id else {}
    return of_case(tx, event, case_id, reply_leads=leads, **quoting)


def of_letter(tx: Tx, event: CustomerWrote | DialogTapped) -> About | None:
    """A person of the staff writes a letter to a customer: it is about the case of their talk."""
    by = event.sender if isinstance(event, CustomerWrote) else event.by
    dialog = tx.dialog_of(by.tg_id)
    if dialog is None or dialog.name != letter_talk.NAME or of_roster(tx, by.tg_id) is None:
        return None
    return of_case(tx, event, int(dialog.data[letter_talk.CASE]))


def voucher(tx: Tx, event: VoucherEvent, gift: Gift | None) -> About:
    """The case that the gift was given in."""
    chat_id = event.chat_id if isinstance(event, VoucherShown) else event.tap.chat_id
    if chat_id < 0 and not is_staff_chat(tx, chat_id):
        return nothing("not the staff's group")
    if gift is None:
        return About(event)
    return of_case(tx, event, gift.case_id, voucher=gift)


def list_asked(tx: Tx, event: CasesAsked | CasesTurned) -> About:
    """A page of a list, for somebody of the staff; nothing is looked for on a stranger's word."""
    if isinstance(event, CasesAsked):
        chat_id, of, page = event.chat_id, event.words, 0
        scope = Scope.WORDS if event.words else Scope.OPEN
    else:
        chat_id, scope, of, page = event.tap.chat_id, event.scope, event.of, event.page
    if chat_id < 0 and not is_staff_chat(tx, chat_id):
        return nothing("not the staff's group", event)
    person = of_roster(tx, event.by.tg_id)
    if person is None:
        return About(event)
    cares, more = tx.find_cases(Wanted(scope, of, person.id), page, PAGE)
    own = frozenset(c.case.id for c in cares if c.case and person.tg_id in same_phone(tx, c))
    return About(event, more={"found": Found(scope, of, page, cares, more, own)})


def one_case(tx: Tx, event: CaseAsked) -> About:
    """The case whose number was asked, for somebody of the staff."""
    if event.chat_id < 0 and not is_staff_chat(tx, event.chat_id):
        return nothing("not the staff's group", event)
    if of_roster(tx, event.by.tg_id) is None or tx.case(event.case_id) is None:
        return About(event)
    return with_history(tx, of_case(tx, event, event.case_id))


def with_history(tx: Tx, about: About) -> About:
    """With what was before with this customer."""
    case = about.care.case
    if case is not None:
        about.more["earlier"] = tx.earlier(case)
        about.more["visits_count"] = tx.visits_count(case.customer_id)
    return about
