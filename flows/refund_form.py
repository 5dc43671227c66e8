"""«Вернуть деньги»: how much, that the payment was checked, by when; asked in private, given with the usual hold.

What follows is in refunds.py. Money that goes back is no gift and stands outside the limits of gifts; the sum that a
person of the front line may decide on is what the visit has cost.
"""

from dataclasses import replace
from datetime import datetime

from flows import dialogs, requests
from flows.amounts import read_number
from flows.book import Offer, OfferKind
from flows.compensation import gift_key, gifts_allowed, giving
from flows.content_work import WorkOutcome
from flows.dialog import Dialog
from flows.draft import Draft
from flows.effects import SaveGift
from flows.events import DialogTapped, LetterKind, Message, StaffAction, StaffTapped, SumNamed, Tap
from flows.finding import may_read
from flows.offer_words import minor
from flows.people import Gift, Person
from flows.presses import Button, CasePress, Rows
from flows.refund_sums import is_begun, is_too_much, left, returned_before
from flows.refund_times import date_of, days_to_choose
from flows.refund_values import day_in_words
from flows.staff_effects import Reword

NAME = "refund"
CASE = "case"  # in the data of the talk; what it is about is loaded by this
_STEP = "form"
_DAY = "day"  # the chosen one, as a date
_MOST = 10_000_000_000  # minor units
_TICKED, _EMPTY = "✓ ", ""


def offers(draft: Draft) -> list[Offer]:
    """Ways to give money back that suit the case, those of the lowest role first."""
    case, catalogue = draft.case, draft.facts.content.catalogue
    topic = catalogue.topic(case.topic).id
    found = [
        offer
        for offer in catalogue.offers
        if offer.kind is OfferKind.REFUND
        and not offer.off
        and case.severity in offer.severities
        and (offer.topics is None or topic in offer.topics)
    ]
    return sorted(found, key=lambda offer: (catalogue.rank(offer.role), offer.value))


def may_begin(draft: Draft) -> bool:
    """Money may be decided on: nothing of the kind was, and the manager has spoken where that comes first."""
    return gifts_allowed(draft) and returned_before(draft) is None and bool(offers(draft))


def _offer_for(draft: Draft, person: Person, offer_id: str) -> Offer | None:
    """The one that was meant; without a name the greatest that this person may give, or else the least."""
    suitable, rank = offers(draft), draft.facts.content.catalogue.rank
    named = next((offer for offer in suitable if offer.id == offer_id), None)
    mine = [offer for offer in suitable if rank(offer.role) <= rank(person.role)]
    return named or (mine[-1] if mine else next(iter(suitable), None))


def begin(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The tap on a card, or under a request: the form comes in private, or the next role is asked."""
    given, offer = returned_before(draft), _offer_for(draft, person, event.arg)
    if not draft.case.is_open:
        draft.toast(event.tap, "staff.toast.closed")
    elif given is not None:
        draft.toast(
            event.tap, "staff.toast.already_given", alert=True, gift=given, given_at=given.given_at
        )
    elif offer is None or not gifts_allowed(draft):
        draft.toast(event.tap, "staff.toast.outdated", alert=True)
        draft.mark()
    elif not _is_his_to_decide(draft, person, offer):
        requests.ask_senior(draft, event, person, offer, "phrase.reason.role")
    elif not days_to_choose(draft, person):
        requests.ask_senior(draft, event, person, offer, "phrase.reason.legal")
    elif not person.reachable:
        draft.toast(event.tap, "staff.toast.open_chat", alert=True)
    else:
        data = {CASE: str(draft.case.id), "offer": offer.id}
        _show(draft, dialogs.begin(draft, person.tg_id, NAME, _STEP, **data), person)
        draft.toast(event.tap, "staff.toast.refund_form")


def _is_his_to_decide(draft: Draft, person: Person, offer: Offer) -> bool:
    rank = draft.facts.content.catalogue.rank
    return rank(person.role) >= rank(offer.role)


# ---- the form ---------------------------------------------------------------------------------


def _show(
    draft: Draft,
    dialog: Dialog,
    person: Person,
    *,
    on: Tap | None = None,
    text: str = "staff.refund",
) -> None:
    """One message: what is decided so far, and buttons for what is not."""
    words, amount = draft.words(), _amount(dialog)
    dialogs.ask(
        draft,
        dialog,
        text,
        _rows(draft, dialog, person),
        on=on,
        refund_sum="" if amount is None else _money(draft, amount),
        refund_by=day_in_words(words, _promised(draft, dialog, person)),
    )


def _rows(draft: Draft, dialog: Dialog, person: Person) -> Rows:
    most = left(draft)
    whole: Rows = ()
    if most is not None and _amount(dialog) != most:
        label = "refund_rest" if is_begun(draft) else "refund_whole"
        whole = ((dialogs.choice(dialog, label, "sum", price=_money(draft, most)),),)
    checked = dialogs.choice(
        dialog, "refund_checked", "check", mark=_TICKED if dialog.data.get("checked") else _EMPTY
    )
    days = tuple(_day(draft, dialog, each) for each in days_to_choose(draft, person))
    give = replace(dialogs.choice(dialog, "refund_give", "give"), style="success")
    last = (
        (give, dialogs.cancelling(dialog))
        if _is_ready(draft, dialog, person)
        else (dialogs.cancelling(dialog),)
    )
    return (*whole, (checked,), days, last)


def _day(draft: Draft, dialog: Dialog, end: datetime) -> Button:
    day, label = date_of(draft, end), day_in_words(draft.words(), end)
    mark = _TICKED if dialog.data.get(_DAY) == day else _EMPTY
    return dialogs.choice(dialog, "refund_day", f"{_DAY}:{day}", mark=mark, refund_by=label)


def _is_ready(draft: Draft, dialog: Dialog, person: Person) -> bool:
    whole = all(dialog.data.get(part) for part in ("sum", "checked"))
    return whole and _promised(draft, dialog, person) is not None


def _amount(dialog: Dialog) -> int | None:
    """Minor units."""
    written = dialog.data.get("sum", "")
    return int(written) if written else None


def _promised(draft: Draft, dialog: Dialog, person: Person) -> datetime | None:
    """The end of the chosen day, as long as it may be promised: the form is there for many hours."""
    chosen = dialog.data.get(_DAY)
    ends = days_to_choose(draft, person)
    return next((end for end in ends if date_of(draft, end) == chosen), None)


def _money(draft: Draft, amount: int) -> str:
    return draft.words().phrases.money(amount, draft.facts.content.catalogue.currency)


# ---- what is said to it -----------------------------------------------------------------------


def tapped(draft: Draft, dialog: Dialog, event: DialogTapped) -> None:
    """A button of the form; who presses is judged anew at each."""
    person = draft.facts.person(event.by.tg_id)
    if person is None or not _still_stands(draft, dialog, person):
        _over(draft, dialog, event)
        return
    answer, argument = dialogs.answer_of(event)
    most = left(draft)
    match answer:
        case "sum" if most is not None:
            _go_on(draft, dialog, person, event.tap, sum=str(most))
        case "check":
            ticked = "" if dialog.data.get("checked") else "1"
            _go_on(draft, dialog, person, event.tap, checked=ticked)
        case "day":
            _go_on(draft, dialog, person, event.tap, **{_DAY: argument})
        case "give" if _is_ready(draft, dialog, person):
            _decide(draft, dialog, event, person)
        case "give":
            _go_on(draft, dialog, person, event.tap, **{_DAY: ""})
        case _:
            dialogs.out_of_date(draft, event)


def _go_on(draft: Draft, dialog: Dialog, person: Person, tap: Tap, **said_now: str) -> None:
    _show(draft, dialogs.go_on(draft, dialog, _STEP, **said_now), person, on=tap)


def _still_stands(draft: Draft, dialog: Dialog, person: Person) -> bool:
    """The case is there and open, it is not about the person, and nobody has decided on the money meanwhile."""
    case = draft.care.case
    if case is None or str(case.id) != dialog.data.get(CASE) or not case.is_open:
        return False
    offer = draft.facts.content.catalogue.offer(dialog.data.get("offer", ""))
    theirs = offer is not None and _is_his_to_decide(draft, person, offer)
    return theirs and may_read(draft, person) and may_begin(draft)


def _over(draft: Draft, dialog: Dialog, event: DialogTapped) -> None:
    dialogs.finish(draft, dialog)
    dialogs.out_of_date(draft, event)


def sum_named(draft: Draft, event: SumNamed) -> None:
    """The sum in words: `4 000`, `4000 руб`."""
    person, dialog = draft.facts.person(event.sender.tg_id), draft.facts.dialog
    if person is None or dialog is None or dialog.name != NAME:
        return
    if not _still_stands(draft, dialog, person):
        dialogs.cancelled(draft, dialog)
        return
    number = read_number(event.message.text)
    amount = 0 if number is None else minor(draft, number)
    if not 0 < amount <= _MOST:
        after = dialogs.go_on(draft, dialog, _STEP)
        _show(draft, after, person, text="staff.refund.bad_sum")
    else:
        _show(draft, dialogs.go_on(draft, dialog, _STEP, sum=str(amount)), person)


def _decide(draft: Draft, dialog: Dialog, event: DialogTapped, person: Person) -> None:
    offer = draft.facts.content.catalogue.offer(dialog.data["offer"])
    hold = draft.facts.content.catalogue.rules.undo
    amount, promised = _amount(dialog), _promised(draft, dialog, person)
    if offer is None or amount is None or promised is None:
        dialogs.out_of_date(draft, event)
        return
    dialogs.finish(draft, dialog)
    if is_too_much(draft, person, amount):
        requests.ask_senior(draft, event, person, offer, "phrase.reason.limit")
        draft.do(
            Reword(event.tap.chat_id, event.tap.message_id, "staff.refund.asked", draft.words())
        )
        return
    gift = _made(draft, offer, person, amount, promised)
    draft.do(SaveGift(gift))
    giving(draft, person, approved=draft.case.asked_offer == offer.id)
    draft.say(
        "offer.refund",
        hold=hold,
        key=gift_key(gift.id),
        letter=LetterKind.GIFT,
        ref=gift.id,
        gift=gift,
        offer=offer,
        agent=person,
    )
    undo = Button("undo", CasePress(draft.case.id, StaffAction.UNDO, str(gift.id)), style="danger")
    held = draft.words(gift=gift, hold_s=round(hold.total_seconds()))
    draft.do(Reword(event.tap.chat_id, event.tap.message_id, "staff.refund.held", held, ((undo,),)))
    draft.record("refund", actor=person.name, gift=gift.id, value=amount, evidence=True)
    draft.mark()


def _made(draft: Draft, offer: Offer, person: Person, amount: int, promised: datetime) -> Gift:
    case = draft.case
    return Gift(
        id=draft.facts.ids.gift(),
        case_id=case.id,
        opening=case.opening,
        kind=OfferKind.REFUND,
        offer_id=offer.id,
        title=offer.title,
        value=amount,
        cost=amount,
        currency=draft.facts.content.catalogue.currency,
        code="",
        given_by=person.id,
        given_by_name=person.name,
        given_at=draft.moment,
        customer_id=case.customer_id,
        visit_id=case.visit_id,
        valid_until=promised,
    )


# ---- parts of a talk that this one does without -----------------------------------------------


def begun(draft: Draft, person: Person) -> None:
    """No command begins it: a tap on a card does."""
    del draft, person


def wrote(draft: Draft, dialog: Dialog, message: Message) -> bool:
    """A file, or words that came before the form was open, are meant for nobody here: sums come as `SumNamed`."""
    del draft, dialog, message
    return False


def worked(draft: Draft, dialog: Dialog, outcome: WorkOutcome) -> bool:
    """Nothing is asked of the folder here."""
    del draft, dialog, outcome
    return False
