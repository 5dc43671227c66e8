"""Letters of several parts that a person writes to the customer: kept on the case until they leave, shown before.

Which part is asked for next is letter_talk.py's; here are what letters there are, the preview, and sending. What was
written stays on the case, so that leaving in the middle, another talk or a restart loses nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from flows import choice
from flows.book import Offer, OfferKind
from flows.case import HeldReply, LetterDraft, LetterName
from flows.compensation import gifts_allowed, given_now
from flows.draft import Draft
from flows.effects import ChangeButtons, Letter, Say
from flows.events import LetterKind, StaffAction, StaffTapped, Tap
from flows.people import Person
from flows.presses import Button, CasePress, Rows, WishPress
from flows.promises import letter_leaving, owner_of
from flows.texts import Markup

ALL_WELL, NOT_QUITE = "well", "not_quite"  # what the customer answers to how it ended


@dataclass(frozen=True, slots=True)
class Shape:
    """A letter's text, and what is asked of its author: names of the text's slots, in order."""

    text: str
    parts: tuple[str, ...]
    may_be_empty: frozenset[str] = frozenset()
    senior: bool = False  # only somebody above the lowest role sends it
    after_closing: bool = False  # else while the case is open
    asks: bool = False  # whether all is well now
    preview: str = "staff.letter_preview"
    offers: int = 0  # at most so many gifts to choose from stand below


_FINAL: Final = Shape("close.final", ("checked_public",), senior=True)
SHAPES: Final[Mapping[LetterName, Shape]] = {
    LetterName.RESULT: Shape(
        "close.letter_employee",
        ("done_public", "cause_public", "prevention_public"),
        may_be_empty=frozenset({"cause_public", "prevention_public"}),
        asks=True,
    ),
    LetterName.MANAGER: Shape(
        "close.letter_manager",
        ("prevention_public",),
        may_be_empty=frozenset({"prevention_public"}),
        senior=True,
        after_closing=True,
        preview="staff.letter_manager",
    ),
    LetterName.FINAL: _FINAL,
    LetterName.NOT_CONFIRMED: _FINAL,
    LetterName.CANNOT: Shape("progress.cannot", ("cannot_text",), offers=2),
}


# ---- what is kept of it -----------------------------------------------------------------------


def of_number(draft: Draft, number: str) -> LetterDraft | None:
    """The letter with this number that has not been sent; a changed letter has another number."""
    unsent = (letter for letter in draft.case.letters if not letter.reply)
    return next((letter for letter in unsent if str(letter.number) == number), None)


def begun_by(draft: Draft, person: Person, name: LetterName) -> LetterDraft:
    """This person's letter of that name as far as it was written, or a new one."""
    known = (x for x in draft.case.letters if not x.reply and (x.by, x.name) == (person.id, name))
    return next(known, None) or _numbered(draft, LetterDraft(0, name, person.id))


def with_words(draft: Draft, letter: LetterDraft, part: str, words: str) -> LetterDraft:
    """The letter with these words in one part ("" leaves it out)."""
    said = {**dict(letter.said), part: words}
    return _numbered(draft, replace(letter, said=tuple(said.items())))


def _numbered(draft: Draft, letter: LetterDraft) -> LetterDraft:
    """Keep it under a new number: what was shown of it before may not be sent any more."""
    number = draft.case.letters_begun + 1
    others = tuple(x for x in draft.case.letters if x.number != letter.number)
    anew = replace(letter, number=number)
    draft.change_case(letters=(*others, anew), letters_begun=number)
    return anew


def drop(draft: Draft, letter: LetterDraft) -> None:
    """It will not be sent."""
    left = tuple(x for x in draft.case.letters if x.number != letter.number)
    draft.change_case(letters=left)


def drop_all_of(draft: Draft, *names: LetterName) -> None:
    """Letters of these names that nobody has sent have lost their sense."""
    left = tuple(x for x in draft.case.letters if x.reply or x.name not in names)
    draft.change_case(letters=left)


def missing(letter: LetterDraft) -> str:
    """The first part that nothing is known of yet; "" when the letter is whole."""
    known = dict(letter.said)
    return next((part for part in SHAPES[letter.name].parts if part not in known), "")


# ---- who may, and when ------------------------------------------------------------------------


def refused(draft: Draft, name: LetterName, person: Person) -> str:
    """Why this person cannot write or send such a letter now: the key of a toast, or ""."""
    case, shape = draft.case, SHAPES[name]
    if shape.senior and draft.facts.content.catalogue.rank(person.role) < 1:
        return "staff.toast.manager_only"
    if case.erased:
        return "staff.toast.letter_erased"
    if draft.care.customer.blocked_at is not None:
        return "staff.toast.letter_blocked"
    if case.is_open == shape.after_closing:
        return "staff.toast.letter_open" if case.is_open else "staff.toast.letter_closed"
    if shape.offers and not _offers(draft, shape, person):
        return "staff.toast.no_choice"
    return ""


def _offers(draft: Draft, shape: Shape, person: Person) -> list[Offer]:
    """What this person may put before the customer in such a letter; empty when that is no choice."""
    free = gifts_allowed(draft) and given_now(draft, OfferKind.GIFT) is None
    return choice.options(draft, person)[: shape.offers] if free else []


# ---- shown before -----------------------------------------------------------------------------


def show(draft: Draft, letter: LetterDraft, person: Person) -> None:
    """The whole letter as the customer will read it, with what may be done about it."""
    shape, case = SHAPES[letter.name], draft.case
    offers = choice.options_list(draft, _offers(draft, shape, person))
    said = {"agent": person, "manager": person, "options_list": offers, **_said(letter)}
    values = draft.words_in(draft.language, **said)
    seen = Markup(draft.texts_with(shape.text).render(shape.text, values))

    def button(label: str, action: StaffAction, style: str = "") -> Button:
        return Button(label, CasePress(case.id, action, str(letter.number)), style=style)

    rows = (
        (
            button("send", StaffAction.LETTER_SEND, "success"),
            button("edit", StaffAction.LETTER_EDIT),
        ),
        (button("do_not_send", StaffAction.LETTER_DROP),),
    )
    about = Letter(LetterKind.STAFF, case.id)
    words = draft.words(text_preview=seen)
    draft.do(Say(person.tg_id, shape.preview, words, rows=rows, letter=about))


def _said(letter: LetterDraft) -> dict[str, Any]:
    shape = SHAPES[letter.name]
    known = dict(letter.said)
    return {part: known.get(part, "") for part in shape.parts}


# ---- sending ----------------------------------------------------------------------------------


def sent(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The author's tap: the letter leaves after the hold, signed by the author, as any reply does."""
    letter = of_number(draft, event.arg)
    why = _not_now(draft, letter, person)
    if letter is None or why:
        draft.toast(event.tap, why, alert=True)
        return
    shape, case = SHAPES[letter.name], draft.case
    if shape.offers:
        _put_offers(draft, letter, person, event.tap)
        return
    number = _hold(draft, letter, person, event.tap)
    draft.say(
        shape.text,
        _judging(draft) if shape.asks else (),
        hold=draft.timing.reply_hold,
        key=_key(draft, number),
        letter=LetterKind.REPLY,
        ref=number,
        agent=person,
        manager=person,
        **_said(letter),
    )
    stop = Button("do_not_send", CasePress(case.id, StaffAction.STOP_REPLY, str(number)))
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id, ((stop,),)))
    draft.toast(event.tap, "staff.toast.letter_leaves")
    draft.record("letter", actor=person.name, letter=str(letter.name), number=number)
    draft.mark()


def _put_offers(draft: Draft, letter: LetterDraft, person: Person, tap: Tap) -> None:
    """A letter with a choice of gifts is one, with the seconds and the button on the card that take it back."""
    shape = SHAPES[letter.name]
    drop(draft, letter)
    draft.do(ChangeButtons(tap.chat_id, tap.message_id))
    offers = _offers(draft, shape, person)
    choice.put_before(draft, person, offers, shape.text, **_said(letter))
    draft.toast(tap, "staff.toast.choice_leaves")


def _not_now(draft: Draft, letter: LetterDraft | None, person: Person) -> str:
    if letter is None or letter.by != person.id or missing(letter) in _needed(letter):
        return "staff.toast.outdated"
    if letter_leaving(draft):
        return "staff.toast.wait_for_hold"
    return refused(draft, letter.name, person)


def _needed(letter: LetterDraft) -> frozenset[str]:
    shape = SHAPES[letter.name]
    return frozenset(shape.parts) - shape.may_be_empty


def _hold(draft: Draft, letter: LetterDraft, person: Person, tap: Tap) -> int:
    case, number = draft.case, draft.case.replies + 1
    held = HeldReply(
        number,
        _key(draft, number),
        draft.moment + draft.timing.reply_hold,
        person.name,
        by_id=person.id,
    )
    others = tuple(x for x in case.letters if x.number != letter.number)
    draft.change_case(
        replies=number,
        held=(*case.held, held),
        letters=(*others, replace(letter, reply=number, shown=tap.message_id)),
        owner_id=(owner_of(draft) or person).id,
        taken_at=case.taken_at or draft.moment,
    )
    return number


def _key(draft: Draft, number: int) -> str:
    return f"letter:{draft.case.id}:{number}"


def _judging(draft: Draft) -> Rows:
    case = draft.case

    def button(label: str, answer: str) -> Button:
        return Button(label, WishPress(case.id, f"{answer}:{case.opening}"))

    return ((button("all_well", ALL_WELL), button("no", NOT_QUITE)),)


def dropped(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The author does not want to send it."""
    letter = of_number(draft, event.arg)
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    if letter is None or letter.by != person.id:
        draft.toast(event.tap, "staff.toast.outdated", alert=True)
        return
    drop(draft, letter)
    draft.record("letter_dropped", actor=person.name, letter=str(letter.name))
    draft.toast(event.tap, "staff.toast.letter_dropped")


# ---- what became of it ------------------------------------------------------------------------


def _carried_by(draft: Draft, reply: int) -> LetterDraft | None:
    return next((x for x in draft.case.letters if x.reply == reply), None)


def stopped(draft: Draft, reply: int) -> None:
    """It was called back in time: its author has it before them again."""
    letter = _carried_by(draft, reply)
    author = draft.facts.person_by_id(letter.by) if letter is not None else None
    if letter is None or author is None:
        return
    draft.do(ChangeButtons(author.tg_id, letter.shown))
    show(draft, _numbered(draft, replace(letter, reply=0, shown=0)), author)


def left(draft: Draft, reply: int) -> LetterDraft | None:
    """It has arrived; returns it, and keeps nothing of it."""
    letter = _carried_by(draft, reply)
    author = draft.facts.person_by_id(letter.by) if letter is not None else None
    if letter is None:
        return None
    if author is not None:
        draft.do(ChangeButtons(author.tg_id, letter.shown))
    drop(draft, letter)
    return letter
