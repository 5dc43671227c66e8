"""/content: the files of the folder go out, one comes back, what it changes is said in words, a tap applies it."""

from flows import dialogs
from flows.content_work import (
    Change,
    Fault,
    FileJudged,
    FilesRead,
    Hindered,
    Hindrance,
    JudgeFile,
    ReadFiles,
    SaveFile,
    WorkOutcome,
)
from flows.dialog import Dialog
from flows.draft import Draft
from flows.events import DialogTapped, Kind, Message
from flows.owner_answers import fault_lines, say_hindered
from flows.owners import write_to
from flows.people import Person
from flows.presses import Rows
from flows.room import cut, units
from flows.staff_effects import SendFile, WorkOnContent

NAME = "content"
_ENDINGS = (".yaml", ".yml", ".zip", ".yaml.txt")
_MOST_BYTES = 2_000_000  # of an archive; the files of a folder pack to a tenth of it
_SHOWN = 40  # changes
_WORDS = 90  # characters of a value
# Of Telegram's 4096 units; what is left over is for the words around them.
_CHANGES_ROOM, _WARNINGS_ROOM = 2600, 1000


def begun(draft: Draft, person: Person) -> None:
    """Everything as one archive; single files behind buttons."""
    dialog = dialogs.begin(draft, person.tg_id, NAME, "list")
    draft.do(WorkOnContent(person.tg_id, ReadFiles(), dialog.id))


def is_sent_back(message: Message) -> bool:
    """A document that is called like a file of the content."""
    return message.kind is Kind.DOCUMENT and message.file_name.lower().endswith(_ENDINGS)


def sent_back(draft: Draft, person: Person, message: Message) -> None:
    """The owner has sent a file: judge it, and say what it would change."""
    dialog = dialogs.begin(
        draft,
        person.tg_id,
        NAME,
        "judging",
        file_id=message.file_id,
        file=message.file_name[:_WORDS],
    )
    if message.size > _MOST_BYTES:
        dialogs.finish(draft, dialog)
        write_to(draft, person.tg_id, "owner.content.too_big")
        return
    work = JudgeFile(message.file_id, dialog.data["file"])
    draft.do(WorkOnContent(person.tg_id, work, dialog.id))


def tapped(draft: Draft, dialog: Dialog, event: DialogTapped) -> None:
    """One more file, or the judged one is wanted."""
    answer, argument = dialogs.answer_of(event)
    names = dialog.data.get("names", "").split("\n")
    match answer:
        case "file" if argument.isdecimal() and int(argument) < len(names):
            work = ReadFiles(names[int(argument)])
            draft.do(WorkOnContent(dialog.tg_id, work, dialog.id))
        case "apply" if dialog.step == "judged":
            after = dialogs.go_on(draft, dialog, "saving")
            save = SaveFile(dialog.data["file_id"], dialog.data["file"], dialog.data["seal"])
            draft.do(WorkOnContent(dialog.tg_id, save, after.id))
        case _:
            dialogs.out_of_date(draft, event)


def wrote(draft: Draft, dialog: Dialog, message: Message) -> bool:
    """No words are wanted here."""
    del draft, dialog, message
    return False


def worked(draft: Draft, dialog: Dialog, outcome: WorkOutcome) -> bool:
    """Files to send, or what the sent one would change."""
    match outcome:
        case FilesRead() if dialog.step == "list" and "names" not in dialog.data:
            _sends_all(draft, dialog, outcome)
        case FileJudged(seal, changes, warnings) if dialog.step == "judging":
            _say_changes(draft, dialog, seal, changes, warnings)
        case Hindered(Hindrance.MISTAKES, faults) if dialog.step == "judging":
            dialogs.finish(draft, dialog)
            write_to(
                draft,
                dialog.tg_id,
                "owner.file.bad",
                mistakes_list=cut(fault_lines(faults), _CHANGES_ROOM),
            )
        case FilesRead():
            return False
        case Hindered():
            dialogs.finish(draft, dialog)
            say_hindered(draft, dialog.tg_id, outcome)
        case _:
            dialogs.finish(draft, dialog)
            return False
    return True


def _sends_all(draft: Draft, dialog: Dialog, read: FilesRead) -> None:
    after = dialogs.go_on(draft, dialog, "list", names="\n".join(read.names))
    rows: Rows = (
        *(
            (dialogs.choice(after, "content_file", f"file:{number}", file_name=name),)
            for number, name in enumerate(read.names)
        ),
        (dialogs.cancelling(after),),
    )
    text = "owner.file.all"
    draft.do(SendFile(dialog.tg_id, read.name, read.content, text, draft.words(), rows))


def _say_changes(
    draft: Draft,
    dialog: Dialog,
    seal: str,
    changes: tuple[Change, ...],
    warnings: tuple[Fault, ...],
) -> None:
    after = dialogs.go_on(draft, dialog, "judged", seal=seal)
    rows = ((dialogs.choice(after, "apply", "apply"), dialogs.cancelling(after)),)
    dialogs.ask(
        draft,
        after,
        "owner.file.diff" if changes else "owner.file.comments",
        rows,
        changes_count=str(len(changes)),
        changes_list=_change_lines(changes),
        warnings_list=cut(fault_lines(warnings), _WARNINGS_ROOM),
    )


def _change_lines(changes: tuple[Change, ...]) -> str:
    lines, taken = list[str](), 0
    for change in changes[:_SHOWN]:
        line = cut(_change_line(change), _CHANGES_ROOM)
        taken += units(line) + 1
        if taken > _CHANGES_ROOM:
            break
        lines.append(line)
    more = len(changes) - len(lines)
    return "\n".join([*lines, *([f"… +{more}"] if more else [])])


def _change_line(change: Change) -> str:
    """`rate.5: «было» → «стало»`; a value that comes or goes stands alone."""
    where = change.where.removeprefix("texts.")
    before, after = _quoted(change.before), _quoted(change.after)
    return f"{where}: {before} → {after}"


def _quoted(words: str) -> str:
    line = " ".join(words.split())
    short = line if len(line) <= _WORDS else f"{line[:_WORDS].rstrip()}…"
    return f"«{short}»" if short else "—"
