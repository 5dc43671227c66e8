"""Texts and labels that the talk of staff with customers asks for by name; the others are in text_keys.py."""

from flows import money_keys


def _named(*lines: str) -> frozenset[str]:
    return frozenset(name for line in lines for name in line.split())


TEXTS = money_keys.TEXTS | _named(
    "progress.nothing_new",
    "staff.card.handed staff.card.guest_notes",
    "staff.handed staff.handed_away",
    "staff.note_ask staff.words_wanted staff.guest_note_ask staff.guest_notes staff.guest_notes_full",
    "staff.vow_ask staff.vow_no_time staff.vow_closed",
    "staff.toast.hand_why staff.toast.handed staff.toast.handed_told staff.toast.hand_gone",
    "staff.toast.hand_only_self staff.toast.nobody_else",
    "staff.toast.asked_private staff.toast.open_chat staff.toast.note_removed",
    "staff.toast.topic_changed staff.toast.topic_health",
    "staff.ready staff.toast.ready_private staff.toast.ready_held staff.toast.nothing_ready",
    "staff.toast.news_held staff.toast.news_wanted",
)
LABELS = money_keys.LABELS | _named(
    "hand_to hand_reason hand_no_reason",
    "choose_ready send_ready",
    "note guest_note note_remove promise change_topic nothing_new",
)
