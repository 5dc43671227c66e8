"""Talks of several steps with a person of the staff: begun, gone on with, over. What each is about is elsewhere.

A step is said with buttons that name the talk and the step: a button of an earlier step, or of a talk that is
over, answers only that it is out of date. Words go to the talk as long as its step wants some.
"""

from dataclasses import replace

from flows.dialog import Dialog
from flows.draft import Draft
from flows.effects import ChangeButtons, Say
from flows.events import DialogTapped, Tap
from flows.owners import write_to
from flows.presses import Button, DialogPress, Rows
from flows.staff_effects import CloseDialog, Reword, SaveDialog

CANCEL = "cancel"
_ANSWER_AND_ARGUMENT = ":"


def begin(draft: Draft, tg_id: int, name: str, step: str, **data: str) -> Dialog:
    """Begin a talk; whatever other talk the person had is over."""
    dialog = Dialog(draft.facts.ids.dialog(), tg_id, name, step, draft.moment, data)
    draft.do(SaveDialog(dialog))
    return dialog


def go_on(draft: Draft, dialog: Dialog, step: str, **data: str) -> Dialog:
    """The next step; `data` is added to what is known."""
    after = replace(
        dialog,
        step=step,
        data={**dialog.data, **data},
        version=dialog.version + 1,
        changed_at=draft.moment,
    )
    draft.do(SaveDialog(after))
    return after


def finish(draft: Draft, dialog: Dialog) -> None:
    """The talk is over."""
    draft.do(CloseDialog(dialog.tg_id))


def choice(dialog: Dialog, label: str, answer: str, **values: object) -> Button:
    """A button of the step that `dialog` is at; `answer` may carry an argument after a colon."""
    return Button(label, DialogPress(dialog.id, dialog.version, answer), values)


def cancelling(dialog: Dialog) -> Button:
    """The button that ends the talk."""
    return choice(dialog, "cancel", CANCEL)


def ask(
    draft: Draft,
    dialog: Dialog,
    text: str,
    rows: Rows = (),
    *,
    on: Tap | None = None,
    **more: object,
) -> None:
    """Say a step: as a new message, or (`on`) in the place of the message whose button was pressed."""
    values = draft.words(**more)
    if on is None:
        draft.do(Say(dialog.tg_id, text, values, rows=rows))
    else:
        draft.do(Reword(on.chat_id, on.message_id, text, values, rows))


def answer_of(event: DialogTapped) -> tuple[str, str]:
    """What was pressed, and its argument ("" without one)."""
    answer, _, argument = event.answer.partition(_ANSWER_AND_ARGUMENT)
    return answer, argument


def is_current(draft: Draft, event: DialogTapped) -> bool:
    """The button belongs to the step that the person's talk is at."""
    dialog = draft.facts.dialog
    return dialog is not None and (dialog.id, dialog.version) == (event.dialog_id, event.version)


def out_of_date(draft: Draft, event: DialogTapped) -> None:
    """A button of a step that is over: it goes, and says so."""
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    draft.toast(event.tap, "dialog.outdated")


def cancelled(draft: Draft, dialog: Dialog, on: Tap | None = None) -> None:
    """The person does not want to go on."""
    finish(draft, dialog)
    if on is None:
        write_to(draft, dialog.tg_id, "dialog.cancelled")
    else:
        ask(draft, dialog, "dialog.cancelled", on=on)
