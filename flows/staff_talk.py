"""What a person of the staff asks of the bot in private: which talk a command, a tap or words belong to.

Who may is checked here, at every command and every tap.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from flows import (
    content_talk,
    dialogs,
    gifts_talk,
    hours_talk,
    letter_talk,
    options_talk,
    papers,
    people_talk,
    refund_form,
    setup_talk,
    texts_talk,
    trial,
)
from flows.content_work import FilesRead, Hindered, Hindrance, Saved, Undone, UndoSaved, WorkOutcome
from flows.dialog import Dialog
from flows.draft import Draft
from flows.effects import ChangeButtons, ReadContentAgain
from flows.events import (
    ContentWorked,
    CustomerCommanded,
    CustomerOpenedBranchLink,
    CustomerOpenedVisitLink,
    CustomerStarted,
    DialogEvent,
    DialogTapped,
    Event,
    Message,
    Sender,
    StaffCommand,
    StaffCommanded,
    TrialTapped,
    UndoTapped,
)
from flows.owner_answers import say_hindered, say_saved, say_undone, send_file
from flows.owners import is_owner, owners, write_to
from flows.people import Person
from flows.staff_effects import CloseDialog, WorkOnContent


@dataclass(frozen=True, slots=True)
class Talk:
    """How one kind of talk is led; every part gets the person and the talk as it stands."""

    begun: Callable[[Draft, Person], None] | None  # by a command; None: by a button of a case
    tapped: Callable[[Draft, Dialog, DialogTapped], None]
    wrote: Callable[[Draft, Dialog, Message], bool]  # False: the words are meant for nobody here
    worked: Callable[[Draft, Dialog, WorkOutcome], bool]  # False: say it as always
    owner_only: bool = True


TALKS: Final[Mapping[str, Talk]] = {
    "setup": Talk(setup_talk.begun, setup_talk.tapped, setup_talk.wrote, setup_talk.worked),
    "texts": Talk(texts_talk.begun, texts_talk.tapped, texts_talk.wrote, texts_talk.worked),
    "gifts": Talk(gifts_talk.begun, gifts_talk.tapped, gifts_talk.wrote, gifts_talk.worked),
    "hours": Talk(hours_talk.hours_begun, hours_talk.tapped, hours_talk.wrote, hours_talk.worked),
    "branches": Talk(
        hours_talk.branches_begun, hours_talk.tapped, hours_talk.wrote, hours_talk.worked
    ),
    "refund": Talk(
        refund_form.begun,
        refund_form.tapped,
        refund_form.wrote,
        refund_form.worked,
        owner_only=False,
    ),
    "people": Talk(people_talk.begun, people_talk.tapped, people_talk.wrote, people_talk.worked),
    "options": Talk(
        options_talk.begun, options_talk.tapped, options_talk.wrote, options_talk.worked
    ),
    letter_talk.NAME: Talk(
        None, letter_talk.tapped, letter_talk.wrote, letter_talk.worked, owner_only=False
    ),
    "content": Talk(
        content_talk.begun, content_talk.tapped, content_talk.wrote, content_talk.worked
    ),
}


def _reload(draft: Draft, _: Person) -> None:
    """What comes of it is told to the owners when the folder has been read."""
    draft.do(ReadContentAgain())


# For the owner, and done at once: no talk comes of it.
_AT_ONCE: Final[Mapping[StaffCommand, Callable[[Draft, Person], None]]] = {
    StaffCommand.QR: papers.posters_asked,
    StaffCommand.LINKS: papers.links_asked,
    StaffCommand.RELOAD: _reload,
    StaffCommand.TRY: trial.asked,
}
_ELSEWHERE = (
    CustomerStarted,
    CustomerCommanded,
    CustomerOpenedVisitLink,
    CustomerOpenedBranchLink,
)


def staff_did(draft: Draft, event: DialogEvent) -> None:
    """Decide on what a person of the staff asks of the bot, and on what came of it."""
    match event:
        case StaffCommanded():
            _commanded(draft, event)
        case DialogTapped():
            _tapped(draft, event)
        case UndoTapped():
            _undo(draft, event)
        case TrialTapped():
            trial.tapped(draft, event)
        case ContentWorked():
            _worked(draft, event)


def wrote(draft: Draft, sender: Sender, message: Message) -> bool:
    """Words for the talk the person is in, or a file of the content; False when neither is wanted."""
    author = draft.facts.person(sender.tg_id)
    if author is not None and is_owner(draft, author) and content_talk.is_sent_back(message):
        content_talk.sent_back(draft, author, message)
        return True
    dialog = draft.facts.dialog
    person = draft.facts.person(dialog.tg_id) if dialog is not None else None
    talk = TALKS.get(dialog.name) if dialog is not None else None
    if dialog is None or talk is None or person is None or not _may(draft, person, talk):
        return False
    return talk.wrote(draft, dialog, message)


def turned_elsewhere(draft: Draft, event: Event) -> None:
    """Another command of the same person ends the talk."""
    if isinstance(event, _ELSEWHERE) and draft.facts.dialog is not None:
        draft.do(CloseDialog(draft.facts.dialog.tg_id))


def is_of_owner(draft: Draft, event: CustomerCommanded) -> bool:
    """An owner has sent a command that customers know, too."""
    person = draft.facts.person(event.sender.tg_id)
    return person is not None and is_owner(draft, person)


def owners_settings(draft: Draft, event: CustomerCommanded) -> None:
    """/settings of an owner are the switches of the business."""
    person = draft.facts.person(event.sender.tg_id)
    if person is not None:
        options_talk.begun(draft, person)


def _commanded(draft: Draft, event: StaffCommanded) -> None:
    person = draft.facts.person(event.sender.tg_id)
    dialog = draft.facts.dialog
    if person is None:
        draft.say("help")
    elif event.command is StaffCommand.CANCEL:
        if dialog is None:
            write_to(draft, person.tg_id, "dialog.nothing")
        else:
            dialogs.cancelled(draft, dialog)
    elif event.command in _AT_ONCE and is_owner(draft, person):
        _AT_ONCE[event.command](draft, person)
    elif (talk := TALKS.get(event.command.value)) is not None:
        if dialog is not None:
            dialogs.finish(draft, dialog)
        if talk.begun is not None and _may(draft, person, talk):
            talk.begun(draft, person)
        else:
            _only_for_the_owner(draft, person)
    else:
        _only_for_the_owner(draft, person)


def _only_for_the_owner(draft: Draft, person: Person) -> None:
    there = owners(draft)
    write_to(draft, person.tg_id, "owner.only", owner_name=there[0].name if there else "")


def _tapped(draft: Draft, event: DialogTapped) -> None:
    person, dialog = draft.facts.person(event.by.tg_id), draft.facts.dialog
    talk = TALKS.get(dialog.name) if dialog is not None else None
    if person is None:
        draft.toast(event.tap, "staff.toast.not_staff", alert=True)
    elif dialog is None or talk is None or not dialogs.is_current(draft, event):
        dialogs.out_of_date(draft, event)
    elif not _may(draft, person, talk):
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
        draft.toast(event.tap, "staff.toast.not_owner", alert=True)
    elif event.answer == dialogs.CANCEL:
        dialogs.cancelled(draft, dialog, on=event.tap)
    else:
        talk.tapped(draft, dialog, event)


def _may(draft: Draft, person: Person, talk: Talk) -> bool:
    return person.active and (is_owner(draft, person) or not talk.owner_only)


def _undo(draft: Draft, event: UndoTapped) -> None:
    person = draft.facts.person(event.by.tg_id)
    if person is None or not is_owner(draft, person) or event.tap.chat_id != person.tg_id:
        draft.toast(event.tap, "staff.toast.not_owner", alert=True)
    else:
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
        draft.do(WorkOnContent(person.tg_id, UndoSaved(event.key)))


def _worked(draft: Draft, event: ContentWorked) -> None:
    dialog, outcome = draft.facts.dialog, event.outcome
    talk = TALKS.get(dialog.name) if dialog is not None else None
    meant = dialog is not None and dialog.id == event.dialog_id
    if meant and dialog is not None and talk is not None and talk.worked(draft, dialog, outcome):
        return
    match outcome:
        case Saved():
            say_saved(draft, event.tg_id, outcome)
        case Undone():
            say_undone(draft, event.tg_id)
        case FilesRead():
            send_file(draft, event.tg_id, outcome)
        case Hindered(why=why) if why is not Hindrance.NOTHING_NEW or dialog is not None:
            say_hindered(draft, event.tg_id, outcome)
        case _:
            pass  # what was asked in a talk that is over
