"""A customer's files and long words under the card: so many a minute, the rest waits for a tap and is never lost.

The group takes twenty messages a minute from the bot: a hundred photos of one customer must not hold up other cards.
"""

from dataclasses import replace
from datetime import timedelta

from flows.draft import Draft
from flows.effects import MarkShown, RelayToStaff
from flows.events import Kind, Message, StaffTapped
from flows.facts import Unshown
from flows.people import Person

_WINDOW = timedelta(minutes=1)
FILE, WORDS, BOTH = "file", "words", "both"


def show_below(draft: Draft, message: Message, *, words: bool) -> str:
    """Have a file, or `words` the card has no room for, stand under it; what waits instead is returned, or ""."""
    has_file = message.kind is not Kind.TEXT
    count = has_file + words
    if not count:
        return ""
    waits = BOTH if count > 1 else FILE if has_file else WORDS
    if not _has_room(draft):
        draft.change_case(unshown=draft.case.unshown + count)
        return waits
    draft.change_case(shown=draft.case.shown + count)
    _relay(draft, message, waits)
    return ""


def _has_room(draft: Draft) -> bool:
    case = draft.case
    if case.shown_since is None or draft.moment - case.shown_since >= _WINDOW:
        draft.change_case(shown_since=draft.moment, shown=0)
    return draft.case.shown < draft.facts.content.business.shown_per_minute


def _relay(draft: Draft, message: Message, what: str) -> None:
    if what in (FILE, BOTH):
        draft.do(RelayToStaff(draft.case.id, message))
    if what in (WORDS, BOTH):
        plain = replace(message, kind=Kind.TEXT, file_id="", album="")
        draft.do(RelayToStaff(draft.case.id, plain))


def show_more(draft: Draft, event: StaffTapped, _person: Person) -> None:
    """The next ones that wait, as they came; those that come meanwhile wait behind them."""
    waiting: tuple[Unshown, ...] = draft.facts.unshown
    for each in waiting:
        _relay(draft, each.message, each.waits)
    count = sum(2 if each.waits == BOTH else 1 for each in waiting)
    left = max(0, draft.case.unshown - count) if waiting else 0
    draft.change_case(unshown=left, shown_since=draft.moment, shown=count)
    draft.do(MarkShown(tuple(each.row_id for each in waiting)))
    draft.toast(event.tap)
    draft.mark()
