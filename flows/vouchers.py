"""A voucher's way from the letter to the counter: shown, redeemed once, extended, revoked, reminded of.

Giving lives in compensation.py. Who shows a code is not known; who redeems, extends or revokes is on the roster.
"""

from dataclasses import replace
from datetime import timedelta

from flows import consent
from flows.book import OfferKind
from flows.compensation import give_back
from flows.draft import Draft
from flows.effects import ChangeButtons, Post, SaveGift, Say, SetTimer
from flows.events import Sender, TimerFired, TimerKind, VoucherAction, VoucherShown, VoucherTapped
from flows.links import voucher_link
from flows.outsiders import turn_away, who_asks
from flows.people import Gift, GiftState, Person
from flows.presses import Button, OpenUrl, QuestionsPress, Rows, VoucherPress
from flows.text_keys import is_for_staff
from flows.voucher_values import lapsed

REASONS = ("mistake", "replaced", "abuse")

# What people read from paper or type on a Russian keyboard, for letters of the code that look the same.
_LOOKS_LIKE = str.maketrans("АВЕКМНРСТХУЗ", "ABEKMHPCTXY3")
_FIRST_GROUP = 4


def normal_code(typed: str) -> str:
    """`k7m2qx`, `К7М2 QX` and the like as codes are kept: `K7M2-QX`."""
    letters = "".join(c for c in typed.upper().translate(_LOOKS_LIKE) if c.isalnum())
    return f"{letters[:_FIRST_GROUP]}-{letters[_FIRST_GROUP:]}"


# ---- shown ------------------------------------------------------------------------------------


def shown(draft: Draft, event: VoucherShown) -> None:
    """A person of the staff redeems by a typed code, and is asked after a scan; others read how it stands."""
    person = draft.facts.person(event.by.tg_id)
    in_group = event.chat_id < 0
    if in_group and who_asks(draft, event) is None:
        turn_away(draft, event)
    elif not event.code or draft.facts.voucher is None:
        _answer(draft, event, "voucher.unknown" if event.code else "voucher.which", code=event.code)
    elif person is None:
        _answer(draft, event, "voucher.guest", gift=draft.facts.voucher)
    elif event.typed and not in_group and _own(draft, event.by):
        _answer(draft, event, "voucher.own", gift=draft.facts.voucher)
    elif draft.is_about(person):
        _answer(draft, event, "staff.toast.own_case")
    elif event.typed and len(draft.facts.content.business.branches) == 1 and _usable(draft):
        _redeem(draft, person, draft.branch.id)
        _answer(draft, event, "voucher.redeemed", _undo_rows(draft), gift=_gift(draft))
    else:
        _answer(draft, event, "voucher.staff", staff_rows(draft, person), gift=_gift(draft))


def _answer(draft: Draft, event: VoucherShown, text: str, rows: Rows = (), **more: object) -> None:
    """Where the code was shown: in private, or under the message of the group."""
    language = "" if is_for_staff(text) else draft.facts.content.language_for(event.by.language)
    values = draft.words_in(language, **more)
    if event.chat_id > 0:
        draft.do(Say(event.by.tg_id, text, values, rows=rows, language=language))
    else:
        reply_to = event.message_id
        draft.do(Post(event.chat_id, text, values, rows, reply_to=reply_to, language=language))


def _gift(draft: Draft) -> Gift:
    """The voucher in hand as it stands now; asking without one is a bug of ours."""
    for effect in reversed(draft.effects):
        if isinstance(effect, SaveGift):
            return effect.gift
    if draft.facts.voucher is None:
        raise LookupError("the event is about a voucher, and none was loaded")
    return draft.facts.voucher


def _own(draft: Draft, by: Sender) -> bool:
    return by.tg_id == draft.care.customer.tg_id


def _usable(draft: Draft) -> bool:
    gift = _gift(draft)
    return gift.state is GiftState.GIVEN and not lapsed(gift, draft.moment, draft.branch.zone)


# ---- the buttons of the staff -----------------------------------------------------------------


def staff_rows(draft: Draft, person: Person, *, more: bool = False) -> Rows:
    """What a person may do with the voucher now; one button for each branch where it may be used."""
    gift = _gift(draft)
    if gift.state is not GiftState.GIVEN:
        return ()
    if more:
        extend = Button("voucher_extend", VoucherPress(gift.id, VoucherAction.EXTEND))
        revoke = Button("voucher_revoke", VoucherPress(gift.id, VoucherAction.REVOKE))
        back = Button("back", VoucherPress(gift.id, VoucherAction.BACK))
        dated = (extend,) if gift.valid_until else ()
        return ((*dated, revoke), (back,))
    rows: Rows = redeem_rows(draft, gift) if _usable(draft) else ()
    if _may(draft, person, "extend") or _may(draft, person, "revoke"):
        rows += ((Button("more", VoucherPress(gift.id, VoucherAction.MORE)),),)
    return rows


def redeem_rows(draft: Draft, gift: Gift) -> Rows:
    """A button that redeems, for each branch; without its name where there is only one."""
    branches = draft.facts.content.business.branches
    if len(branches) == 1:
        press = VoucherPress(gift.id, VoucherAction.REDEEM, branches[0].id)
        return ((Button("voucher_redeem", press, style="success"),),)
    return tuple(
        (
            Button(
                "voucher_redeem_at",
                VoucherPress(gift.id, VoucherAction.REDEEM, branch.id),
                {"branch": branch.name},
                style="success",
            ),
        )
        for branch in branches
    )


def _undo_rows(draft: Draft) -> Rows:
    return ((Button("voucher_undo", VoucherPress(_gift(draft).id, VoucherAction.UNDO)),),)


def _reason_rows(draft: Draft) -> Rows:
    gift = _gift(draft)
    reasons = tuple(
        (Button(f"revoke.{reason}", VoucherPress(gift.id, VoucherAction.REVOKE, reason)),)
        for reason in REASONS
    )
    return (*reasons, (Button("back", VoucherPress(gift.id, VoucherAction.BACK)),))


# ---- taps -------------------------------------------------------------------------------------


def tapped(draft: Draft, event: VoucherTapped) -> None:
    """Check who is at the button, then act; a tap that comes too late says how the voucher stands."""
    voucher = draft.facts.voucher
    if voucher is None or voucher.kind is OfferKind.REFUND:
        draft.toast(event.tap, "staff.toast.outdated", alert=True)
        return
    person = draft.facts.person(event.by.tg_id)
    if event.action is VoucherAction.PICTURE:
        _picture(draft, event)
    elif person is None:
        draft.toast(event.tap, "staff.toast.not_staff", alert=True)
    elif draft.is_about(person):
        draft.toast(event.tap, "staff.toast.own_case", alert=True)
    else:
        _by_staff(draft, event, person)


def _picture(draft: Draft, event: VoucherTapped) -> None:
    """The code as a picture, to whom it was given; nobody else learns anything."""
    gift = _gift(draft)
    if not _own(draft, event.by):
        draft.toast(event.tap, "ask.old_button")
    elif not _usable(draft):
        draft.toast(event.tap, "voucher.toast_ended_guest", alert=True, gift=gift)
    else:
        link = voucher_link(draft.facts.bot_username, gift.code)
        words = draft.words_for("voucher.picture", gift=gift)
        draft.do(
            Post(
                event.tap.chat_id,
                "voucher.picture",
                words,
                qr=link,
                silent=False,
                language=draft.language,
            )
        )


def _by_staff(draft: Draft, event: VoucherTapped, person: Person) -> None:
    match event.action:
        case VoucherAction.REDEEM:
            _redeem_tapped(draft, event, person)
        case VoucherAction.UNDO:
            _undo(draft, event, person)
        case VoucherAction.EXTEND:
            _extend(draft, event, person)
        case VoucherAction.REVOKE:
            _revoke(draft, event, person)
        case VoucherAction.MORE | VoucherAction.BACK:
            more = event.action is VoucherAction.MORE
            _show(draft, event, staff_rows(draft, person, more=more))


def _show(draft: Draft, event: VoucherTapped, rows: Rows) -> None:
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id, rows))


def _ended(draft: Draft, event: VoucherTapped) -> None:
    """It cannot be done any more: when, where and by whom it ended."""
    draft.toast(event.tap, "voucher.toast_ended", alert=True, gift=_gift(draft))
    if not _on_card(draft, event):
        _show(draft, event, ())


def _on_card(draft: Draft, event: VoucherTapped) -> bool:
    return draft.facts.card_at == (event.tap.chat_id, event.tap.message_id)


def _redeem_tapped(draft: Draft, event: VoucherTapped, person: Person) -> None:
    known = {branch.id for branch in draft.facts.content.business.branches}
    if not _usable(draft) or event.arg not in known:
        _ended(draft, event)
        return
    _redeem(draft, person, event.arg)
    draft.toast(event.tap, "voucher.toast_redeemed", gift=_gift(draft))
    if not _on_card(draft, event):
        _show(draft, event, _undo_rows(draft))


def _redeem(draft: Draft, person: Person, branch_id: str) -> None:
    """Once only: the turn has read the voucher in the transaction that writes it."""
    _end(draft, GiftState.REDEEMED, person, where=branch_id)
    draft.record("redeemed", actor=person.name, gift=_gift(draft).id, branch=branch_id)


def _end(draft: Draft, state: GiftState, person: Person, *, where: str = "", why: str = "") -> None:
    gift = replace(
        _gift(draft),
        state=state,
        ended_at=draft.moment,
        ended_by=person.id,
        ended_by_name=person.name,
        ended_where=where,
        ended_why=why,
    )
    draft.do(SaveGift(gift))
    draft.mark()


def _undo(draft: Draft, event: VoucherTapped, person: Person) -> None:
    """A slip is mended by whoever made it, within the time that the rules give; later by who may revoke."""
    gift = _gift(draft)
    if gift.state is not GiftState.REDEEMED or gift.ended_at is None:
        _ended(draft, event)
        return
    recent = draft.moment - gift.ended_at <= draft.facts.content.catalogue.rules.redeem_undo
    if not (gift.ended_by == person.id and recent) and not _may(draft, person, "revoke"):
        draft.toast(event.tap, "voucher.toast_role", alert=True)
        return
    again = replace(
        gift,
        state=GiftState.GIVEN,
        ended_at=None,
        ended_by=None,
        ended_by_name="",
        ended_where="",
    )
    draft.do(SaveGift(again))
    draft.record("redemption_undone", actor=person.name, gift=gift.id)
    draft.mark()
    draft.toast(event.tap, "voucher.toast_undone", gift=again)
    _show(draft, event, staff_rows(draft, person))


def _may(draft: Draft, person: Person, what: str) -> bool:
    catalogue = draft.facts.content.catalogue
    least = catalogue.rules.extend_by if what == "extend" else catalogue.rules.revoke_by
    return catalogue.rank(person.role) >= max(catalogue.rank(least), 0)


def _extend(draft: Draft, event: VoucherTapped, person: Person) -> None:
    """As long again as it was given for, from today; the customer is told."""
    gift = _gift(draft)
    if not _may(draft, person, "extend"):
        draft.toast(event.tap, "voucher.toast_role", alert=True)
        return
    if gift.state is not GiftState.GIVEN or gift.valid_until is None:
        _ended(draft, event)
        return
    offer = draft.facts.content.catalogue.offer(gift.offer_id)
    usual = draft.facts.content.catalogue.rules.default_valid_days
    days = (offer.valid_days if offer else None) or usual
    until = max(gift.valid_until, draft.moment + timedelta(days=days))
    longer = replace(gift, valid_until=until)
    draft.do(SaveGift(longer), *remind_timer(draft, longer))
    draft.record("extended", actor=person.name, gift=gift.id, days=days)
    draft.mark()
    draft.say("voucher.extended", gift=longer)
    draft.toast(event.tap, "voucher.toast_extended", gift=longer)
    _show(draft, event, staff_rows(draft, person))


def _revoke(draft: Draft, event: VoucherTapped, person: Person) -> None:
    """With a reason, by the role that may; counters are given back, and the customer hears of it from us."""
    gift = _gift(draft)
    if not _may(draft, person, "revoke"):
        draft.toast(event.tap, "voucher.toast_role", alert=True)
    elif gift.state is not GiftState.GIVEN:
        _ended(draft, event)
    elif event.arg not in REASONS:
        _show(draft, event, _reason_rows(draft))
    else:
        _end(draft, GiftState.REVOKED, person, why=event.arg)
        give_back(draft, draft.facts.person_by_id(gift.given_by), gift)
        draft.record("revoked", actor=person.name, gift=gift.id, reason=event.arg)
        draft.say("voucher.revoked", gift=_gift(draft))
        draft.toast(event.tap, "voucher.toast_revoked", alert=True)
        _show(draft, event, ())


# ---- before it lapses -------------------------------------------------------------------------


def remind_timer(draft: Draft, gift: Gift) -> tuple[SetTimer, ...]:
    """One reminder before the last day; none for a voucher that is short, or where the owner wants none."""
    before = draft.facts.content.catalogue.rules.remind_before
    if gift.valid_until is None or not gift.code or not before:
        return ()
    due = draft.polite(gift.valid_until - before)
    if due - draft.moment < before:
        return ()
    key = f"{TimerKind.VOUCHER}:{gift.id}"
    case_id, customer_id = gift.case_id, gift.customer_id
    return (
        SetTimer(key, TimerKind.VOUCHER, due, gift.id, customer_id=customer_id, case_id=case_id),
    )


def lapses_soon(draft: Draft, timer: TimerFired) -> None:
    """A word to a customer who wants to hear from us, if the voucher is still there to be used."""
    gift = next((each for each in draft.facts.gifts if each.id == timer.wait), None)
    customer = draft.care.customer
    if gift is None or gift.state is not GiftState.GIVEN or customer.blocked_at is not None:
        return
    if not consent.wants_to_hear(draft) or lapsed(gift, draft.moment, draft.branch.zone):
        return
    address = draft.facts.content.business.booking_url
    book = (Button("book_visit", OpenUrl(address)),) if address else ()
    quiet = Button("no_reminders", QuestionsPress(wanted=False))
    draft.say("offer.remind", ((*book, quiet),), gift=gift)
    draft.record("reminded_of_voucher", gift=gift.id)
