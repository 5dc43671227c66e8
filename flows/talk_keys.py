"""Texts and labels that the talk of staff with customers asks for by name; the others are in text_keys.py."""


def _named(*lines: str) -> frozenset[str]:
    return frozenset(name for line in lines for name in line.split())


TEXTS = _named(
    "staff.card.handed staff.handed staff.handed_away",
    "staff.toast.hand_why staff.toast.handed staff.toast.handed_told staff.toast.hand_gone",
    "staff.toast.hand_only_self staff.toast.nobody_else",
)
LABELS = _named("hand_to hand_reason hand_no_reason")
