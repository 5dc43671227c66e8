"""What an owner is told of a change to the content, whichever talk it was made in."""

from flows.content_work import Fault, Hindered, Hindrance, Saved
from flows.draft import Draft
from flows.owners import write_to
from flows.presses import Button, Rows, UndoPress

_MISTAKES_SHOWN = 5
_ABOUT_TEXT = "text"


def say_saved(draft: Draft, tg_id: int, saved: Saved) -> None:
    """It is live; one button takes it back."""
    text = "owner.texts.saved" if saved.about == _ABOUT_TEXT else "owner.content.saved"
    write_to(draft, tg_id, text, undo_row(saved.key))
    draft.record("content_saved", actor=_name(draft, tg_id), change=saved.key, about=saved.about)


def undo_row(key: str) -> Rows:
    """The button that takes a saved change back."""
    return ((Button("undo", UndoPress(key)),),)


def say_undone(draft: Draft, tg_id: int) -> None:
    """What was there before is there again."""
    write_to(draft, tg_id, "owner.content.undone")
    draft.record("content_undone", actor=_name(draft, tg_id))


def say_hindered(draft: Draft, tg_id: int, hindered: Hindered) -> None:
    """Nothing was changed, and why."""
    if hindered.why is Hindrance.MISTAKES:
        write_to(draft, tg_id, "owner.content.mistakes", mistakes_list=mistake_lines(hindered))
    else:
        write_to(draft, tg_id, f"owner.content.{hindered.why.value}")


def mistake_lines(hindered: Hindered) -> str:
    """The first mistakes, one a line."""
    lines = [mistake_line(each) for each in hindered.mistakes[:_MISTAKES_SHOWN]]
    more = len(hindered.mistakes) - len(lines)
    return "\n".join([*lines, *([f"… +{more}"] if more else [])])


def mistake_line(mistake: Fault) -> str:
    """File, line and what is wrong."""
    place = f"{mistake.file}:{mistake.line}" if mistake.line else mistake.file
    return f"{place}: {mistake.what}"


def _name(draft: Draft, tg_id: int) -> str:
    person = draft.facts.person(tg_id)
    return person.name if person is not None else ""
