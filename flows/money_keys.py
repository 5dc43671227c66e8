"""Texts, labels and phrases that money on its way back asks for by name; the others are in text_keys.py."""

from collections.abc import Mapping

from flows.refund_values import WORDS_MOST


def _named(*lines: str) -> frozenset[str]:
    return frozenset(name for line in lines for name in line.split())


TEXTS = _named(
    "offer.refund offer.refund_sent offer.refund_late offer.refund_check offer.refund_arrived",
    "offer.refund_missing",
    "staff.refund staff.refund.bad_sum staff.refund.held staff.refund.asked staff.refund_request",
    "staff.refund_due staff.refund_late staff.refund_missing staff.refund_legal",
    "staff.refund_last_day staff.erased_owed",
    "staff.card.refund_promised staff.card.refund_sent staff.card.refund_arrived",
    "staff.card.refund_missing",
    "staff.toast.refund_form staff.toast.refund_wait",
)
LABELS = _named(
    "refund_sent refund_whole refund_rest refund_checked refund_day refund_give yes not_yet"
)
PHRASES: Mapping[str, str] = {
    "phrase.refund_today": "",
    "phrase.refund_by": "date",
    "phrase.bank_days": "n",
    **{f"phrase.bank_days.{days}": "" for days in range(1, WORDS_MOST + 1)},
    "phrase.reason.legal": "",
}
