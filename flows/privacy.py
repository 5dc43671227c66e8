"""/privacy: what is kept about the customer in words, the file with all of it, and erasing it."""

from datetime import datetime

from flows import consent, owners
from flows.book import OfferKind
from flows.draft import Draft
from flows.effects import ChangeButtons, EraseCustomer, ExportData, Post, Say
from flows.events import CustomerChoseData, DataChoice
from flows.people import Gift
from flows.presses import Button, DataPress, Rows
from flows.refund_times import is_owed


def show(draft: Draft) -> None:
    """What is kept, why, for how long, who sees it; consents can be taken back when some were given."""
    rows: Rows = ((_button("export_data", DataChoice.EXPORT), _erase_button()),)
    if consent.has_given_any(draft):
        rows += ((_button("withdraw_consent", DataChoice.WITHDRAW),),)
    draft.say("privacy.main", rows)


def chosen(draft: Draft, event: CustomerChoseData) -> None:
    """A button about data or a consent was pressed."""
    match event.choice:
        case DataChoice.FIRST_YES | DataChoice.FIRST_NO:
            consent.first_answered(draft, event)
        case _ if not draft.care.customer.id:
            draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
            draft.toast(event.tap, "privacy.nothing")
        case DataChoice.REGULAR_YES | DataChoice.REGULAR_NO:
            consent.regular_answered(draft, event)
        case DataChoice.EXPORT:
            draft.do(ExportData(draft.care.customer.id, draft.care.customer.tg_id))
            draft.record("exported")
        case DataChoice.ERASE:
            rows = (
                (
                    _button("erase_yes", DataChoice.ERASE_YES),
                    _button("erase_no", DataChoice.ERASE_NO),
                ),
            )
            until = _code_until(draft)
            draft.say("privacy.erase_confirm", rows, erased_code_until=until or "")
        case DataChoice.ERASE_YES:
            _erased(draft, told=event.sender.tg_id)
        case DataChoice.ERASE_NO:
            draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
        case DataChoice.WITHDRAW:
            draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
            consent.withdraw_all(draft)
            draft.say("privacy.withdrawn", ((_erase_button(),),), drop_keyboard=False)
        case DataChoice.FORGET_PHONE:
            draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
            consent.forget_phone(draft, "settings.main")
            draft.say("privacy.phone_gone")


def erased_by_owner(draft: Draft) -> None:
    """The request came another way: nothing is written to the customer."""
    if draft.care.customer.id:
        _erased(draft, told=None)


def _erased(draft: Draft, told: int | None) -> None:
    """Everything goes in this turn; what is said afterwards names nobody, and is forgotten when it is sent."""
    draft.do(EraseCustomer(draft.care.customer.id))
    if told is not None:
        draft.do(Say(told, "privacy.erased", draft.words(sealed_until=""), farewell=True))
    if draft.facts.own_cases:
        _tell_staff(draft)
    for gift in draft.facts.own_gifts:
        if gift.kind is OfferKind.REFUND and is_owed(gift):
            _still_owed(draft, gift)


def _still_owed(draft: Draft, gift: Gift) -> None:
    """Nothing reminds of the promise any more: the manager is told once, apart from the case that is forgotten."""
    about: dict[str, object] = {"case_no": gift.case_id, "gift": gift}
    manager = draft.impartial.senior_to(0)
    if manager is not None and manager.reachable:
        owners.write_to(draft, manager.tg_id, "staff.erased_owed", **about)
    else:
        owners.tell_owners(draft, "staff.erased_owed", **about)


def _tell_staff(draft: Draft) -> None:
    """Cards have gone from the group, and a code may still be shown at the desk."""
    gift = min(_valid(draft), key=_until, default=None)
    code: dict[str, object] = {"gift": gift} if gift else {"offer_code": ""}
    for chat_id, numbers in _by_group(draft).items():
        values = draft.words(case_no=", № ".join(map(str, numbers)), **code)
        if chat_id is not None:
            draft.do(Post(chat_id, "staff.erased", values))
        else:
            owners.say_to_owners(draft, "staff.erased", values)


def _by_group(draft: Draft) -> dict[int | None, list[int]]:
    """Numbers of the cases by the group of their branch; None where there is no group that reads it."""
    found: dict[int | None, list[int]] = {}
    for number, branch_id in draft.facts.own_cases:
        branch = draft.facts.content.business.branch(branch_id)
        chat = draft.facts.staff_chats.of_branch(branch.id)
        found.setdefault(chat.chat_id if chat is not None and chat.inside else None, []).append(
            number
        )
    return found


def _valid(draft: Draft) -> list[Gift]:
    return [
        g
        for g in draft.facts.own_gifts
        if g.kind is not OfferKind.REFUND
        and (g.valid_until is None or g.valid_until > draft.moment)
    ]


def _until(gift: Gift) -> float:
    return gift.valid_until.timestamp() if gift.valid_until else float("inf")


def _code_until(draft: Draft) -> datetime | None:
    """The day up to which a code is certain to be good; None without one, or without a last day."""
    return min((g.valid_until for g in _valid(draft) if g.code and g.valid_until), default=None)


def _button(label: str, choice: DataChoice) -> Button:
    return Button(label, DataPress(choice))


def _erase_button() -> Button:
    return _button("erase_data", DataChoice.ERASE)
