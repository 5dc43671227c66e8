"""«Готовые фразы»: shown in private, sent by one tap, signed by the person and held like any reply."""

from datetime import datetime

from flows.case import Menu
from flows.draft import Draft, open_card
from flows.effects import ChangeButtons
from flows.events import Kind, Message, StaffAction, StaffTapped
from flows.held_words import hold_words
from flows.people import Person
from flows.presses import Button, CasePress, Rows
from flows.promises import letter_leaving
from flows.ready import NEXT_TIME, ReadyPhrase, can_be_said, fitting
from flows.room import units
from flows.wording import Wording

_SHOWN_MOST = 10
_SHOWN_UNITS = 3400  # UTF-16 units of all of them: a message holds 4096
_IN_A_ROW = 5


def show(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Every phrase that can be said now, in full and numbered, in a private message."""
    if not draft.case.is_open:
        draft.toast(event.tap, "staff.toast.closed")
        return
    if draft.facts.on_card:
        draft.change_case(menu=Menu.MAIN)
        draft.mark()
    offered = _offered(draft, person)
    if not person.reachable:
        draft.toast(event.tap, "staff.toast.open_chat", alert=True)
    elif not offered:
        draft.toast(event.tap, "staff.toast.nothing_ready", alert=True)
    else:
        lines = "\n\n".join(f"{n}. {said}" for n, (_, said) in enumerate(offered, 1))
        draft.tell(person, "staff.ready", _rows(draft, offered), ready_lines=lines)
        draft.toast(event.tap, "staff.toast.ready_private")


def send(draft: Draft, event: StaffTapped, person: Person) -> None:
    """One of them goes to the customer, after the hold; what it names is as it is now."""
    chosen = next((each for each in _offered(draft, person) if each[0].id == event.arg), None)
    if not draft.case.is_open:
        draft.toast(event.tap, "staff.toast.closed")
    elif chosen is None:
        draft.toast(event.tap, "staff.toast.outdated")
    elif letter_leaving(draft):
        draft.toast(event.tap, "staff.toast.wait_for_hold", alert=True)
    else:
        _hold(draft, event, person, *chosen)


def _hold(draft: Draft, event: StaffTapped, person: Person, phrase: ReadyPhrase, said: str) -> None:
    tap = event.tap
    message = Message(tap.chat_id, tap.message_id, Kind.TEXT, said)
    due = _next_time(draft) if NEXT_TIME in phrase.template.names else None
    held = hold_words(draft, person, message, due)
    if not draft.facts.on_card:
        stop = CasePress(draft.case.id, StaffAction.STOP_REPLY, str(held.number))
        rows = ((Button("do_not_send", stop, style="danger"),), *open_card(draft))
        draft.do(ChangeButtons(tap.chat_id, tap.message_id, rows))
    draft.toast(tap, "staff.toast.ready_held")


# ---- which ------------------------------------------------------------------------------------


def is_any(draft: Draft) -> bool:
    """The owner has phrases that may fit this case."""
    return bool(_fitting(draft))


def _fitting(draft: Draft) -> tuple[ReadyPhrase, ...]:
    """In the customer's language; in an emergency only what was written for its topic, and promises nothing."""
    content, case = draft.facts.content, draft.case
    own = content.ready.get(content.business.locale, {})
    found = fitting(content.ready.get(draft.language, own), case.topic, for_all=not case.emergency)
    if case.emergency:
        return tuple(each for each in found if NEXT_TIME not in each.template.names)
    return found


def _offered(draft: Draft, person: Person) -> tuple[tuple[ReadyPhrase, str], ...]:
    """Phrases with their words, as many as one message holds."""
    words = draft.words_in(draft.language, agent=person, **{NEXT_TIME: _next_time(draft)})
    topic_known = draft.case.topic is not None
    offered: list[tuple[ReadyPhrase, str]] = []
    left = _SHOWN_UNITS
    for phrase in _fitting(draft):
        if can_be_said(phrase, words, topic_known=topic_known):
            said = _said(phrase, words)
            left -= units(said)
            if left < 0 or len(offered) == _SHOWN_MOST:
                break
            offered.append((phrase, said))
    return tuple(offered)


def _said(phrase: ReadyPhrase, words: Wording) -> str:
    return phrase.template.fill(words, str)


def _next_time(draft: Draft) -> datetime:
    return draft.branch.hours.add_working(draft.moment, draft.timing.reply_within)


def _rows(draft: Draft, offered: tuple[tuple[ReadyPhrase, str], ...]) -> Rows:
    buttons = [
        Button(
            "send_ready",
            CasePress(draft.case.id, StaffAction.SEND_READY, phrase.id),
            {"ready_no": n},
        )
        for n, (phrase, _) in enumerate(offered, 1)
    ]
    return tuple(tuple(buttons[n : n + _IN_A_ROW]) for n in range(0, len(buttons), _IN_A_ROW))
