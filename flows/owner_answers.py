"""What an owner is told of a change to the content, whichever talk it was made in."""

from collections.abc import Sequence

from flows.content_work import Fault, FilesRead, Hindered, Hindrance, Saved
from flows.draft import Draft
from flows.owners import write_to
from flows.presses import Button, Rows, UndoPress
from flows.staff_effects import SendFile

_FAULTS_SHOWN = 5
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
        write_to(
            draft, tg_id, "owner.content.mistakes", mistakes_list=fault_lines(hindered.mistakes)
        )
    else:
        write_to(draft, tg_id, f"owner.content.{hindered.why.value}")


def fault_lines(faults: Sequence[Fault]) -> str:
    """The first of them, one a line, and how many more there are."""
    lines = [fault_line(each) for each in faults[:_FAULTS_SHOWN]]
    more = len(faults) - len(lines)
    return "\n".join([*lines, *([f"… +{more}"] if more else [])])


def fault_line(fault: Fault) -> str:
    """File, line and what is wrong."""
    place = f"{fault.file}:{fault.line}" if fault.line else fault.file
    return f"{place}: {fault.where}: {fault.what}" if fault.where else f"{place}: {fault.what}"


def send_file(draft: Draft, tg_id: int, read: FilesRead) -> None:
    """A file of the content, to be changed and sent back."""
    draft.do(SendFile(tg_id, read.name, read.content, "owner.file.sent", draft.words()))


def _name(draft: Draft, tg_id: int) -> str:
    person = draft.facts.person(tg_id)
    return person.name if person is not None else ""
