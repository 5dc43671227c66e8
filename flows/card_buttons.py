"""The buttons of a case's card as it stands, and those behind «Ещё…». What it says is in card.py."""

from flows import compensation, handing, ready_talk, refund_form, topic_change
from flows.book import Offer, OfferKind
from flows.card import gifts_of_case
from flows.case import Case, LetterName, Menu
from flows.causes import LATER, cause_rows
from flows.draft import Draft
from flows.events import StaffAction
from flows.limits import visit_is_known
from flows.offer_values import offer_label
from flows.people import GiftState
from flows.presses import Button, CasePress, Rows
from flows.promises import held_gift
from flows.refund_times import is_owed, refund_of
from flows.voucher_values import lapsed
from flows.vouchers import redeem_rows


def card_rows(draft: Draft) -> Rows:
    """The buttons of the card: while something is about to leave, only the one that stops it."""
    case = draft.case
    if not case.is_open:
        return (*_show_more(case), *_sent_rows(draft), *_closed_rows(draft))
    if (held := held_gift(draft)) is not None:
        undo = CasePress(case.id, StaffAction.UNDO, str(held.id))
        return ((Button("undo", undo, style="danger"),),)
    first: Rows = ()
    if case.held:
        stop = CasePress(case.id, StaffAction.STOP_REPLY, str(case.held[-1].number))
        first = ((Button("do_not_send", stop, style="danger"),),)
        if case.held[-1].waits:
            as_is = CasePress(case.id, StaffAction.SEND_AS_IS, str(case.held[-1].number))
            first += ((Button("send_as_is", as_is),),)
    if case.failed:
        first += ((Button("resend", CasePress(case.id, StaffAction.RESEND)),),)
    return (*first, *_menu_rows(draft), *_show_more(case))


def _menu_rows(draft: Draft) -> Rows:
    case = draft.case
    back = (_plain(case, "back", StaffAction.BACK),)
    match case.menu:
        case Menu.MORE | Menu.SENIOR:
            return _more_rows(draft)
        case Menu.TOPICS:
            return (*topic_change.topic_rows(draft), back)
        case Menu.PEOPLE:
            return (*handing.people_rows(draft), back)
        case Menu.WHY if case.handing is not None:
            return (*handing.reason_rows(draft, case.handing), back)
        case _:
            return _main_rows(draft)


def _show_more(case: Case) -> Rows:
    """What waits to stand under the card, some at a time."""
    show = Button("show_more", CasePress(case.id, StaffAction.SHOW))
    return ((show,),) if case.unshown else ()


def _main_rows(draft: Draft) -> Rows:
    case = draft.case
    if not compensation.gifts_allowed(draft):
        below = _plain(case, "call", StaffAction.CALL), _plain(case, "more", StaffAction.MORE)
        return (_take_and_resolve(case), below)
    rows: list[tuple[Button, ...]] = [_take_and_resolve(case), *_money_rows(draft)]
    if not visit_is_known(draft):
        rows += _no_visit_rows(draft)
    elif _nothing_given(draft):
        rows += [(_offer_button(draft, offer),) for offer in _first_offers(draft)]
    rows.append((Button("more", CasePress(case.id, StaffAction.MORE)),))
    return tuple(rows)


def _nothing_given(draft: Draft) -> bool:
    """Money that goes back is the law's: a gift may come on top of it."""
    kinds = (OfferKind.FIX, OfferKind.GIFT)
    return all(compensation.given_now(draft, kind) is None for kind in kinds)


def _money_rows(draft: Draft) -> Rows:
    """First of all what the customer asked for; then, that it was sent."""
    if draft.case.refund_asked_at is not None and refund_form.may_begin(draft):
        return ((_plain(draft.case, "refund", StaffAction.REFUND),),)
    return _sent_rows(draft)


def _sent_rows(draft: Draft) -> Rows:
    gift = refund_of(draft)
    if gift is None or not is_owed(gift):
        return ()
    return (
        (Button("refund_sent", CasePress(draft.case.id, StaffAction.REFUND_SENT, str(gift.id))),),
    )


def _no_visit_rows(draft: Draft) -> Rows:
    """A fix is the customer's right; for a gift the visit is asked for, or the manager."""
    case, left = draft.case, compensation.offers_left(draft)
    fixes = [(_offer_button(draft, offer),) for offer in left if offer.kind is OfferKind.FIX]
    ask = Button("ask_visit_when", CasePress(case.id, StaffAction.ASK_VISIT))
    manager = Button("ask_manager", CasePress(case.id, StaffAction.ASK_MANAGER))
    rows = fixes[:1] if case.emergency else [*fixes[:1], (ask,)]
    return tuple(rows) if len(fixes) == len(left) else (*rows, (manager,))


def _take_and_resolve(case: Case) -> tuple[Button, ...]:
    resolve = Button("resolve", CasePress(case.id, StaffAction.RESOLVE), style="success")
    if case.taken_at is not None:
        return (resolve,)
    return (Button("take", CasePress(case.id, StaffAction.TAKE), style="primary"), resolve)


def _first_offers(draft: Draft) -> list[Offer]:
    return compensation.offers_left(draft)[: draft.facts.content.catalogue.rules.on_card]


def _offer_button(draft: Draft, offer: Offer) -> Button:
    label, values = offer_label(draft.words(), offer)
    return Button(label, CasePress(draft.case.id, StaffAction.GIVE, offer.id), values)


def _more_rows(draft: Draft) -> Rows:
    """Two to a row, in the order of the script; a button that would do nothing now is not there."""
    case, gives = draft.case, compensation.gifts_allowed(draft) and visit_is_known(draft)
    left = compensation.offers_left(draft) if gives else []
    shown = _first_offers(draft) if _nothing_given(draft) else []
    several = sum(offer.kind is OfferKind.GIFT for offer in left) > 1
    rows = (
        *((_offer_button(draft, offer),) for offer in left if offer not in shown),
        _row(
            several and _plain(case, "choice", StaffAction.CHOICE),
            refund_form.may_begin(draft) and _plain(case, "refund", StaffAction.REFUND),
        ),
        *_voucher_rows(draft),
        *_withdraw_rows(draft),
        _row(ready_talk.is_any(draft) and _plain(case, "choose_ready", StaffAction.READY)),
        _row(
            _plain(case, "to_manager", StaffAction.TO_MANAGER),
            _plain(case, "to_other", StaffAction.TO_OTHER),
        ),
        _row(
            draft.care.customer.phone and _plain(case, "call", StaffAction.CALL),
            _reads_promises(draft) and _plain(case, "promise", StaffAction.VOW),
        ),
        _row(
            _plain(case, "note", StaffAction.NOTE),
            _plain(case, "guest_note", StaffAction.GUEST_NOTE),
        ),
        _row(
            _plain(case, "history", StaffAction.HISTORY),
            _plain(case, "change_topic", StaffAction.TOPICS),
        ),
        _row(_letter(case, "result_letter", LetterName.RESULT)),
        _last_words(case),
        _row(_plain(case, "back", StaffAction.BACK)),
    )
    return tuple(row for row in rows if row)


def _reads_promises(draft: Draft) -> bool:
    """In the language of the business, times are looked for in words at all."""
    content = draft.facts.content
    tone = content.tones.get(content.business.locale)
    return tone is not None and tone.promises


def _row(*buttons: Button | str | bool) -> tuple[Button, ...]:
    """Those of the buttons that there is a reason for."""
    return tuple(button for button in buttons if isinstance(button, Button))


def _plain(case: Case, label: str, action: StaffAction) -> Button:
    return Button(label, CasePress(case.id, action))


def _letter(case: Case, label: str, name: LetterName) -> Button:
    return Button(label, CasePress(case.id, StaffAction.LETTER, str(name)))


def _last_words(case: Case) -> tuple[Button, ...]:
    """Only for whoever may say them: the menu remembers who has opened it."""
    final = _letter(case, "final_answer", LetterName.FINAL)
    not_confirmed = _letter(case, "not_confirmed", LetterName.NOT_CONFIRMED)
    return (final, not_confirmed) if case.menu is Menu.SENIOR else ()


def _withdraw_rows(draft: Draft) -> Rows:
    return tuple(
        (Button("choice_withdraw", CasePress(draft.case.id, StaffAction.UNDO, str(gift.id))),)
        for gift in gifts_of_case(draft)
        if gift.state is GiftState.OFFERED
    )


def _voucher_rows(draft: Draft) -> Rows:
    """What was given with a code can be redeemed where its card stands."""
    usable = (gift for gift in gifts_of_case(draft) if gift.state is GiftState.GIVEN and gift.code)
    zone = draft.branch.zone
    return tuple(
        row
        for gift in usable
        if not lapsed(gift, draft.moment, zone)
        for row in redeem_rows(draft, gift)
    )


def _closed_rows(draft: Draft) -> Rows:
    case = draft.case
    reopen = Button("reopen", CasePress(case.id, StaffAction.REOPEN))
    if case.menu is not Menu.CAUSE:
        return (
            (*_voucher_rows(draft), *((reopen,),))
            if case.check_result not in ("yes", "no")
            else _voucher_rows(draft)
        )
    later = Button("later", CasePress(case.id, StaffAction.CAUSE, LATER))
    return (*cause_rows(draft), (later, reopen))
