"""/options: the switches of business.yaml as buttons; a tap turns one, and it holds at once. Writing: bot/."""

from flows import dialogs
from flows.compile_conditions import OPTIONS
from flows.compiler import BUSINESS
from flows.content_work import Edit, Hindered, Saved, SaveEdits, WorkOutcome
from flows.dialog import Dialog
from flows.draft import Draft
from flows.events import DialogTapped, Message, Tap
from flows.owner_answers import say_hindered
from flows.people import Person
from flows.presses import Button
from flows.staff_effects import WorkOnContent

NAME = "options"
_TOPICS = "topics"  # a setting of its own in business.yaml: it is about the group, not about conversations
_SWITCHES = (*OPTIONS, _TOPICS)


def begun(draft: Draft, person: Person) -> None:
    """What is on, and what could be."""
    _show(draft, dialogs.begin(draft, person.tg_id, NAME, "list"))


def tapped(draft: Draft, dialog: Dialog, event: DialogTapped) -> None:
    """One switch is turned."""
    answer, name = dialogs.answer_of(event)
    if answer != "turn" or name not in _SWITCHES:
        dialogs.out_of_date(draft, event)
        return
    on = not _is_on(draft, name)
    after = dialogs.go_on(draft, dialog, "saving", message=str(event.tap.message_id))
    at = (_TOPICS,) if name == _TOPICS else ("options", name)
    edit = Edit(BUSINESS, at, "true" if on else "false")
    draft.do(WorkOnContent(dialog.tg_id, SaveEdits((edit,), "option"), after.id))


def wrote(draft: Draft, dialog: Dialog, message: Message) -> bool:
    """No words are wanted here."""
    del draft, dialog, message
    return False


def worked(draft: Draft, dialog: Dialog, outcome: WorkOutcome) -> bool:
    """The same message shows how it is now."""
    match outcome:
        case Saved():
            message = int(dialog.data.get("message", "0"))
            _show(draft, dialog, on=Tap("", dialog.tg_id, message))
            draft.record("content_saved", change=outcome.key, about=outcome.about)
        case Hindered():
            say_hindered(draft, dialog.tg_id, outcome)
            _show(draft, dialog)
        case _:
            return False
    return True


def _show(draft: Draft, dialog: Dialog, *, on: Tap | None = None) -> None:
    after = dialogs.go_on(draft, dialog, "list")
    texts = draft.facts.content.book.texts
    buttons = [
        Button(
            f"option.{name}",
            dialogs.choice(after, "", f"turn:{name}").press,
            ticked=_is_on(draft, name),
        )
        for name in _SWITCHES
    ]
    names = [texts.label(f"option.{name}") for name in _SWITCHES if _is_on(draft, name)]
    rows = (*((button,) for button in buttons), (dialogs.cancelling(after),))
    dialogs.ask(draft, after, "owner.options", rows, on=on, options_on=", ".join(names))


def _is_on(draft: Draft, name: str) -> bool:
    business = draft.facts.content.business
    return business.topics if name == _TOPICS else name in business.options
