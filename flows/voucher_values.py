"""How a voucher stands, in words: for the staff with names, for anybody else without."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flows.moments import date_of
from flows.people import Gift, GiftState
from flows.situation import Situation

_AS_IT_IS = {GiftState.HELD: "held", GiftState.GIVEN: "given", GiftState.TAKEN_BACK: "taken_back"}


def lapsed(gift: Gift, moment: datetime, zone: ZoneInfo) -> bool:
    """Its last day, as the branch counts days, is over."""
    if gift.valid_until is None:
        return False
    return moment.astimezone(zone).date() > gift.valid_until.astimezone(zone).date()


def for_staff(w: Situation, gift: Gift | None) -> str:
    """`погашен 22 ноября, 12:10, Гузель`; "" without a voucher."""
    if gift is None:
        return ""
    if gift.ended_at is None:
        return w.phrase(f"phrase.voucher.{_not_ended(w, gift)}", date=_last_day(w, gift))
    at, by = w.phrases.moment(gift.ended_at, w.moment), gift.ended_by_name
    if gift.state is GiftState.REVOKED:
        why = w.phrase(f"phrase.revoke.{gift.ended_why}")
        return w.phrase("phrase.voucher.revoked", at=at, by=by, why=why)
    where = _branch_name(w, gift)
    key = "phrase.voucher.redeemed_at" if where else "phrase.voucher.redeemed"
    return w.phrase(key, at=at, by=by, where=where)


def for_anybody(w: Situation, gift: Gift | None) -> str:
    """`использован 22 ноября`: no names, no reasons."""
    if gift is None:
        return ""
    if gift.ended_at is None:
        return w.phrase(f"phrase.voucher.{_not_ended(w, gift)}", date=_last_day(w, gift))
    if gift.state is GiftState.REVOKED:
        return w.phrase("phrase.voucher.over")
    return w.phrase("phrase.voucher.used", date=date_of(w, gift.ended_at))


def revoked_because(w: Situation, gift: Gift | None) -> str:
    """Why it was revoked, as the customer reads it."""
    return w.phrase(f"phrase.revoke.{gift.ended_why}") if gift and gift.ended_why else ""


def given_on(w: Situation, gift: Gift | None) -> str:
    """`20 ноября`."""
    return date_of(w, gift.given_at) if gift else ""


def _not_ended(w: Situation, gift: Gift) -> str:
    if gift.state is GiftState.GIVEN and lapsed(gift, w.moment, w.branch.zone):
        return "lapsed"
    return _AS_IT_IS.get(gift.state, "given")


def _last_day(w: Situation, gift: Gift) -> str:
    return date_of(w, gift.valid_until) if gift.valid_until else ""


def _branch_name(w: Situation, gift: Gift) -> str:
    branches = w.content.business.branches
    named = {branch.id: branch.name for branch in branches} if len(branches) > 1 else {}
    return named.get(gift.ended_where, "")
