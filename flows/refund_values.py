"""Values about money that goes back: how much, by which day, sent when, and how long a bank may take."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flows.book import OfferKind
from flows.offer_values import gift_of
from flows.people import Gift
from flows.situation import Situation

WORDS_MOST = 10  # numbers of days that have a word of their own


def day_in_words(w: Situation, at: datetime | None) -> str:
    """`сегодня`, or `до 5 декабря`; "" without a day."""
    if at is None:
        return ""
    day = w.phrases.today(at)
    if day == w.phrases.today(w.moment):
        return w.phrase("phrase.refund_today")
    return w.phrase("phrase.refund_by", date=w.phrases.day(day, w.moment))


def _of_refund(value: Callable[[Situation, Gift], str]) -> Callable[[Situation], str]:
    def of_refund(w: Situation) -> str:
        gift = gift_of(w)
        return value(w, gift) if gift is not None and gift.kind is OfferKind.REFUND else ""

    return of_refund


def _sent_on(w: Situation, gift: Gift) -> str:
    return w.phrases.day(w.phrases.today(gift.ended_at), w.moment) if gift.ended_at else ""


def bank_days(w: Situation) -> str:
    """`трёх дней`: after "up to"."""
    days = w.facts.content.catalogue.rules.bank_days
    if days <= WORDS_MOST:
        return w.phrase(f"phrase.bank_days.{days}")
    return w.phrase("phrase.bank_days", n=days)


REFUND_VALUES: Mapping[str, Callable[[Situation], object]] = {
    "refund_sum": _of_refund(lambda w, gift: w.phrases.money(gift.value, gift.currency)),
    "refund_by": _of_refund(lambda w, gift: day_in_words(w, gift.valid_until)),
    "refund_sent_on": _of_refund(_sent_on),
    "bank_days": bank_days,
}
