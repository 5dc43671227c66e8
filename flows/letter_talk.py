"""Writing a letter in private: one part after another is asked for, the rest is letters.py's.

The talk holds only which case and which letter; the words stand on the case.
"""

from flows import dialogs, letters
from flows.case import LetterDraft, LetterName, Menu
from flows.content_work import WorkOutcome
from flows.dialog import Dialog
from flows.draft import Draft
from flows.effects import ChangeButtons
from flows.events import DialogTapped, Kind, Message, StaffTapped
from flows.owners import write_to
from flows.people import Person

NAME = "letter"
CASE = "case"  # the number of the case, in what the talk knows
_LETTER = "letter"
_WHICH = "which"
_MOST = 700  # characters of one part


def wanted(draft: Draft, event: StaffTapped, person: Person) -> None:
    """A letter is to be written, or gone on with: privately, part by part."""
    if event.arg not in list(LetterName):
        draft.toast(event.tap, "staff.toast.outdated")
        return
    name = LetterName(event.arg)
    if why := letters.refused(draft, name, person):
        draft.toast(event.tap, why, alert=True)
        return
    if not person.reachable:
        draft.toast(event.tap, "staff.toast.open_chat", alert=True)
        return
    in_group = event.tap.chat_id < 0
    draft.toast(event.tap, "staff.toast.asked_privately" if in_group else "")
    draft.change_case(menu=Menu.MAIN)
    draft.mark()
    go_on(draft, letters.begun_by(draft, person, name), person)


def go_on(draft: Draft, letter: LetterDraft, person: Person) -> None:
    """Ask for the first part that is missing; a whole letter is shown."""
    part = letters.missing(letter)
    if part:
        _ask(draft, letter, person, part)
    else:
        letters.show(draft, letter, person)


def corrected(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The author wants other words in it: which part, where there are several."""
    letter = letters.of_number(draft, event.arg)
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    if letter is None or letter.by != person.id:
        draft.toast(event.tap, "staff.toast.outdated", alert=True)
        return
    parts = letters.SHAPES[letter.name].parts
    if len(parts) == 1:
        _ask(draft, letter, person, parts[0])
        return
    dialog = _begun(draft, letter, person, _WHICH)
    buttons = tuple((dialogs.choice(dialog, f"part.{p}", p),) for p in parts)
    dialogs.ask(draft, dialog, "staff.letter.which", (*buttons, (dialogs.cancelling(dialog),)))


def _begun(draft: Draft, letter: LetterDraft, person: Person, step: str) -> Dialog:
    about = {CASE: str(draft.case.id), _LETTER: str(letter.number)}
    return dialogs.begin(draft, person.tg_id, NAME, step, **about)


def _ask(draft: Draft, letter: LetterDraft, person: Person, part: str) -> None:
    dialog = _begun(draft, letter, person, part)
    shape = letters.SHAPES[letter.name]
    skip = (dialogs.choice(dialog, "skip", "skip"),) if part in shape.may_be_empty else ()
    text = "staff.final_ask" if part == "checked_public" else f"staff.letter.{part}"
    dialogs.ask(draft, dialog, text, ((*skip, dialogs.cancelling(dialog)),))


# ---- answers ----------------------------------------------------------------------------------


def tapped(draft: Draft, dialog: Dialog, event: DialogTapped) -> None:
    """A part is left out, or chosen to be changed."""
    found = _letter(draft, dialog)
    if found is None:
        return
    letter, author = found
    shape = letters.SHAPES[letter.name]
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    if event.answer == "skip" and dialog.step in shape.may_be_empty:
        _said(draft, dialog, letter, author, "")
    elif dialog.step == _WHICH and event.answer in shape.parts:
        _ask(draft, letter, author, event.answer)
    else:
        draft.toast(event.tap, "dialog.outdated")


def wrote(draft: Draft, dialog: Dialog, message: Message) -> bool:
    """The words of the part that was asked for. They are nobody else's: the turn is about the customer's case."""
    found = _letter(draft, dialog)
    if found is None:
        return True
    letter, author = found
    words = " ".join(message.text.split()).rstrip(".")
    if dialog.step not in letters.SHAPES[letter.name].parts:
        write_to(draft, author.tg_id, "staff.letter.tap")
    elif message.kind is not Kind.TEXT or not words:
        write_to(draft, author.tg_id, "staff.letter.words_only")
    elif len(words) > _MOST:
        write_to(draft, author.tg_id, "staff.letter.too_long", most=_MOST)
    else:
        _said(draft, dialog, letter, author, words)
    return True


def _said(draft: Draft, dialog: Dialog, letter: LetterDraft, author: Person, words: str) -> None:
    dialogs.finish(draft, dialog)
    go_on(draft, letters.with_words(draft, letter, dialog.step, words), author)


def _letter(draft: Draft, dialog: Dialog) -> tuple[LetterDraft, Person] | None:
    """The letter of the talk and its author; when it cannot be sent any more, that is said and the talk is over."""
    author = draft.facts.person(dialog.tg_id)
    case = draft.care.case
    letter = letters.of_number(draft, dialog.data[_LETTER]) if case is not None else None
    if author is None or case is None or letter is None:
        dialogs.finish(draft, dialog)
        write_to(draft, dialog.tg_id, "staff.letter.gone")
        return None
    why = letters.refused(draft, letter.name, author)
    if why:
        dialogs.finish(draft, dialog)
        write_to(draft, dialog.tg_id, why)
        return None
    return letter, author


def worked(draft: Draft, dialog: Dialog, outcome: WorkOutcome) -> bool:
    """Nothing is asked of the folder here."""
    del draft, dialog, outcome
    return False
