"""/hours and /branches: where the business works, when, under which telephone. Judging and writing: bot/."""

import json
import re

from flows import branch_groups, dialogs
from flows.book import Branch
from flows.branch_ids import branch_id
from flows.compiler import BUSINESS
from flows.content_work import Edit, EditKind, Hindered, Saved, SaveEdits, WorkOutcome
from flows.dialog import Dialog
from flows.draft import Draft
from flows.events import DialogTapped, Kind, Message, Tap
from flows.owner_answers import say_hindered, undo_row
from flows.owners import write_to
from flows.people import Person
from flows.presses import Rows
from flows.staff_effects import WorkOnContent

HOURS, BRANCHES = "hours", "branches"
_DAY = re.compile(
    r"(\d{1,2}\.\d{1,2}\.\d{4}(?:\s*[-–—]\s*\d{1,2}\.\d{1,2}\.\d{4})?)\s*[:,]?\s*(.+)"
)
_CLOSED = "closed"
_NOTHING = ("нет", "no", "none", "-", "—")


def hours_begun(draft: Draft, person: Person) -> None:
    """The hours of each branch; with one branch, what to write at once."""
    dialog = dialogs.begin(draft, person.tg_id, HOURS, "list")
    branches = draft.facts.content.business.branches
    if len(branches) == 1:
        _show(draft, dialog, branches[0])
    else:
        _list(draft, dialog)


def branches_begun(draft: Draft, person: Person) -> None:
    """The branches, to rename, close or add to."""
    _list(draft, dialogs.begin(draft, person.tg_id, BRANCHES, "list"))


def tapped(draft: Draft, dialog: Dialog, event: DialogTapped) -> None:
    """A button of one of the steps."""
    answer, argument = dialogs.answer_of(event)
    branch = _branch(draft, argument or dialog.data.get("branch", ""))
    match answer:
        case "list":
            _list(draft, dialog, on=event.tap)
        case "add" if dialog.name == BRANCHES:
            _asks(draft, dialog, "add", "owner.branches.add", on=event.tap)
        case "show" if branch is not None:
            _show(draft, dialog, branch, on=event.tap)
        case "name" | "phone" | "holidays" if branch is not None:
            _asks(draft, dialog, answer, f"owner.branches.ask_{answer}", on=event.tap)
        case "close" if branch is not None and _is_last_open(draft, branch):
            draft.toast(event.tap, "owner.branches.last", alert=True)
        case "close" if branch is not None:
            _save(draft, dialog, branch.id, ("closed", True))
        case "open" if branch is not None:
            _drop(draft, dialog, branch.id, "closed")
        case "no_holidays" if branch is not None:
            _drop(draft, dialog, branch.id, "holidays")
        case _:
            dialogs.out_of_date(draft, event)


def wrote(draft: Draft, dialog: Dialog, message: Message) -> bool:
    """Hours, a name, a telephone, days off: as people write them."""
    if message.kind is not Kind.TEXT:
        return False
    words = " ".join(message.text.split())
    branch = _branch(draft, dialog.data.get("branch", ""))
    match dialog.step:
        case "add":
            _add(draft, dialog, message.text)
        case "hours" if branch is not None:
            _save(draft, dialog, branch.id, ("hours", words))
        case "name" if branch is not None:
            _save(draft, dialog, branch.id, ("name", words))
        case "phone" if branch is not None and words.casefold() in _NOTHING:
            _drop(draft, dialog, branch.id, "phone")
        case "phone" if branch is not None:
            _save(draft, dialog, branch.id, ("phone", words))
        case "holidays" if branch is not None:
            _holidays(draft, dialog, branch, message.text)
        case _:
            return False
    return True


def worked(draft: Draft, dialog: Dialog, outcome: WorkOutcome) -> bool:
    """Saved: said with the hours as customers read them; hindered: asked again."""
    branch = _branch(draft, dialog.data.get("branch", ""))
    match outcome:
        case Saved(key):
            name = branch.name if branch else ""
            hours = draft.words().phrases.hours(branch.hours) if branch else ""
            text = "owner.branches.saved"
            write_to(draft, dialog.tg_id, text, undo_row(key), branch=name, hours=hours)
        case Hindered():
            say_hindered(draft, dialog.tg_id, outcome)
        case _:
            return False
    if branch is not None:
        _show(draft, dialog, branch)
    else:
        _list(draft, dialog)
    return True


# ---- steps ------------------------------------------------------------------------------------


def _list(draft: Draft, dialog: Dialog, *, on: Tap | None = None) -> None:
    after = dialogs.go_on(draft, dialog, "list", branch="")
    branches = draft.facts.content.business.branches
    rows: Rows = tuple(
        (dialogs.choice(after, _label(each), f"show:{each.id}", branch=each.name),)
        for each in branches
    )
    add = (dialogs.choice(after, "add", "add"),) if dialog.name == BRANCHES else ()
    lines = "\n".join(_line(draft, each) for each in branches)
    managers = branch_groups.managers(draft) if dialog.name == BRANCHES else ()
    rows = (*rows, *managers, (*add, dialogs.cancelling(after)))
    dialogs.ask(draft, after, f"owner.{dialog.name}.list", rows, on=on, branches_line=lines)


def _show(draft: Draft, dialog: Dialog, branch: Branch, *, on: Tap | None = None) -> None:
    step = "hours" if dialog.name == HOURS else "show"
    after = dialogs.go_on(draft, dialog, step, branch=branch.id)
    days_off = ", ".join(f"{day:%d.%m.%Y}" for day in sorted(branch.hours.holidays))
    dialogs.ask(
        draft,
        after,
        f"owner.{dialog.name}.show",
        _show_rows(draft, after, branch),
        on=on,
        branch=branch.name,
        hours=draft.words().phrases.hours(branch.hours),
        phone_public=branch.phone,
        days_off=days_off,
        group=branch_groups.of_branch(draft, branch),
    )


def _show_rows(draft: Draft, dialog: Dialog, branch: Branch) -> Rows:
    back = (dialogs.choice(dialog, "back", "list"), dialogs.cancelling(dialog))
    if dialog.name == HOURS:
        holidays = [dialogs.choice(dialog, "branch_edit.holidays", "holidays")]
        if branch.hours.holidays:
            holidays.append(dialogs.choice(dialog, "branch_edit.no_holidays", "no_holidays"))
        return (tuple(holidays), back)
    turn = (
        dialogs.choice(dialog, "branch_edit.open", "open")
        if branch.closed
        else dialogs.choice(dialog, "branch_edit.close", "close")
    )
    name = dialogs.choice(dialog, "branch_edit.name", "name")
    phone = dialogs.choice(dialog, "branch_edit.phone", "phone")
    return ((name, phone), (turn,), *branch_groups.choice(draft), back)


def _asks(draft: Draft, dialog: Dialog, step: str, text: str, *, on: Tap | None = None) -> None:
    after = dialogs.go_on(draft, dialog, step)
    back = f"show:{dialog.data['branch']}" if dialog.data.get("branch") else "list"
    rows = ((dialogs.choice(after, "back", back), dialogs.cancelling(after)),)
    dialogs.ask(draft, after, text, rows, on=on)


# ---- changes ----------------------------------------------------------------------------------


def _holidays(draft: Draft, dialog: Dialog, branch: Branch, text: str) -> None:
    """A line for each: `31.12.2026 10–16`, `01.01.2027–03.01.2027 выходной`."""
    days: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.split("\n"))):
        found = _DAY.fullmatch(line)
        if found is None:
            _asks(draft, dialog, "holidays", "owner.branches.ask_holidays")
            return
        days[re.sub(r"\s*[-–—]\s*", "..", found[1])] = found[2].strip()
    edits = tuple(
        Edit(BUSINESS, ("branches", branch.id, "holidays", day), _json(hours))
        for day, hours in days.items()
    )
    _work(draft, dialog, edits)


def _add(draft: Draft, dialog: Dialog, text: str) -> None:
    """The name, and on a line of its own the hours; without hours those of the first branch."""
    name, _, hours = (part.strip() for part in text.partition("\n"))
    first = draft.facts.content.business.branches[0]
    taken = {each.id for each in draft.facts.content.business.branches}
    new_id = branch_id(name, taken)
    value = {"name": name, "hours": " ".join(hours.split()) or first.hours.written()}
    after = dialogs.go_on(draft, dialog, "add", branch=new_id)
    _work(draft, after, (Edit(BUSINESS, ("branches", new_id), _json(value)),))


def _save(draft: Draft, dialog: Dialog, branch_id: str, value: tuple[str, object]) -> None:
    _work(draft, dialog, (Edit(BUSINESS, ("branches", branch_id, value[0]), _json(value[1])),))


def _drop(draft: Draft, dialog: Dialog, branch_id: str, field: str) -> None:
    path = ("branches", branch_id, field)
    _work(draft, dialog, (Edit(BUSINESS, path, kind=EditKind.DROP),))


def _work(draft: Draft, dialog: Dialog, edits: tuple[Edit, ...]) -> None:
    after = dialogs.go_on(draft, dialog, "saving")
    draft.do(WorkOnContent(dialog.tg_id, SaveEdits(edits, "branch"), after.id))


def _branch(draft: Draft, branch_id: str) -> Branch | None:
    branches = draft.facts.content.business.branches
    return next((each for each in branches if each.id == branch_id), None)


def _is_last_open(draft: Draft, branch: Branch) -> bool:
    open_ones = [each for each in draft.facts.content.business.branches if not each.closed]
    return open_ones == [branch]


def _label(branch: Branch) -> str:
    return "branch_closed" if branch.closed else "branch"


def _line(draft: Draft, branch: Branch) -> str:
    return f"{branch.name}: {draft.words().phrases.hours(branch.hours)}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
