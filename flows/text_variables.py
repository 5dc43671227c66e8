"""Which variables a text or label is given, by its key. Examples of them stand in variables.py, values in values.py.

What can be worked out at any time (`flows.values.VALUES`) is given to every text; the rest comes with one message
only. A text for customers names what comes with it here; texts for staff and owners may use every variable.
"""

from collections.abc import Mapping

from flows.text_keys import LABELS, OPTIONAL_LABELS
from flows.values import VALUES
from flows.variables import EXAMPLES


def _names(*lines: str) -> frozenset[str]:
    return frozenset(name for line in lines for name in line.split())


_WITH: Mapping[str, str] = {
    "ack.unassigned": "wish_line",
    "ack.open": "wish_line",
    "ack.closed_hours": "wish_line",
    "call.missed": "called_at",
    "close.final": "checked_public",
    "close.letter_employee": "cause_public done_public prevention_public",
    "close.letter_manager": "cause_public done_public prevention_public",
    "close.self_help": "howto",
    "health.seen": "seen_at",
    "offer.choice": "options_list",
    "privacy.erase_confirm": "erased_code_until",
    "privacy.erased": "sealed_until",
    "progress.cannot": "cannot_text options_list",
    "progress.need_time": "promise promise_when",
    "progress.promise_cannot": "promise promise_when",
    "progress.update": "update_text",
    "quiet.saved": "quiet_from quiet_to",
    "quiet.set": "quiet_from quiet_to",
    "tell.other_media": "wanted",
    "voucher.unknown": "code",
}
_INTERNAL = ("owner.", "staff.", "lint.", "join.", "setup.", "dialog.", "try.", "find.")

# Labels that customers read are filled by whoever shows them; one of the owner's own has the words of the trade.
_WITH_LABEL: Mapping[str, str] = {
    "branch": "branch",
    "language": "language",
    "voucher_redeem_at": "branch",
    "cause": "cause",
    "fix": "button",
    "gift": "button price",
    "option": "button price",
    "quiet_hours": "quiet_from quiet_to",
    "refund_whole": "price",
    "refund_rest": "price",
    "refund_checked": "mark",
    "refund_day": "mark refund_by",
    "review_case": "case_guess",
    "review_page": "platform",
    "score": "score",
    "ticked": "label",
    "topic": "category",
}
_TRADE = "place guest to_guest with_guests to_team visit_ask how wish_fix"

# What a customer's own text may say only when there is a case: without one it would stand empty.
OF_A_CASE = _names(
    "case_no story summary wish score wrote_at wrote_when_cap status_human",
    "reply_by call_by next_update_by",
)
# And only when somebody has answered: in what comes days after a case was resolved.
OF_AN_ANSWER = _names(
    "agent_name agent_role answered_by taken_at closed_at closed_by given_at given_by given_on",
    "offer_title offer_price offer_terms offer_until offer_code offer_cost",
    "voucher_state voucher_state_public revoke_reason refund_sum refund_by refund_sent_on bank_days",
)


def known_in_text(key: str) -> Mapping[str, str]:
    """The variables that the text of this key is given, with their examples."""
    if key.startswith(_INTERNAL):
        return EXAMPLES
    return _examples({*VALUES, *_WITH.get(key, "").split()})


def known_in_label(key: str) -> Mapping[str, str]:
    """The variables that the label of this key is given, with their examples; "" is one of the owner's own."""
    if key not in _WITH_LABEL and key in LABELS | OPTIONAL_LABELS:
        return EXAMPLES
    return _examples(set(_WITH_LABEL.get(key, _TRADE).split()))


def _examples(names: set[str]) -> Mapping[str, str]:
    return {name: example for name, example in EXAMPLES.items() if name in names}
