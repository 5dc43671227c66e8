"""/people: who works here, with which role, on shift or not; who leaves, and how others come."""

from dataclasses import replace

from flows import dialogs
from flows.content_work import WorkOutcome
from flows.dialog import Dialog
from flows.draft import Draft
from flows.effects import SavePerson
from flows.events import DialogTapped, Message, Tap
from flows.group_use import names_of, open_branches
from flows.links import start_link
from flows.owners import is_owner, owners, write_to
from flows.people import Person, PersonState
from flows.presses import Button, JoinPress, Rows

NAME = "people"
_STEPS = ("role", "shift", "remove", "branches")


def begun(draft: Draft, person: Person) -> None:
    """Who works here."""
    _list(draft, dialogs.begin(draft, person.tg_id, NAME, "list"))


def tapped(draft: Draft, dialog: Dialog, event: DialogTapped) -> None:
    """What to do, then with whom."""
    answer, argument = dialogs.answer_of(event)
    person = _somebody(draft, argument.partition(",")[0])
    match answer:
        case "list":
            _list(draft, dialog, on=event.tap)
        case "do" if argument in _STEPS:
            _whom(draft, dialog, argument, event.tap)
        case "invite":
            _invite(draft, dialog, event.tap)
        case "role" if person is not None:
            _which_role(draft, dialog, person, event.tap)
        case "as" if person is not None:
            _change_role(draft, dialog, person, argument.partition(",")[2], event)
        case "shift" if person is not None:
            changed = replace(person, on_shift=not person.on_shift)
            draft.do(SavePerson(changed))
            _tell(draft, event, changed, "join.shift_on" if changed.on_shift else "join.shift_off")
            _list(draft, dialog, on=event.tap, changed=changed)
        case "branches" if person is not None:
            _which_branches(draft, dialog, person, event.tap)
        case "at" if person is not None:
            _change_branches(draft, dialog, person, argument.partition(",")[2], event)
        case "remove" if person is not None:
            _remove(draft, dialog, person, event)
        case _:
            dialogs.out_of_date(draft, event)


def wrote(draft: Draft, dialog: Dialog, message: Message) -> bool:
    """No words are wanted here."""
    del draft, dialog, message
    return False


def worked(draft: Draft, dialog: Dialog, outcome: WorkOutcome) -> bool:
    """Nothing is asked of the folder here."""
    del draft, dialog, outcome
    return False


# ---- steps ------------------------------------------------------------------------------------


def _list(
    draft: Draft, dialog: Dialog, *, on: Tap | None = None, changed: Person | None = None
) -> None:
    """Everybody, the highest role first; `changed` is somebody as this turn leaves them."""
    after = dialogs.go_on(draft, dialog, "list")
    rows: Rows = (
        (
            dialogs.choice(after, "change_role", "do:role"),
            dialogs.choice(after, "remove", "do:remove"),
        ),
        (
            dialogs.choice(after, "change_shift", "do:shift"),
            dialogs.choice(after, "invite_more", "invite"),
        ),
        *_branches_row(draft, after),
        (dialogs.cancelling(after),),
    )
    team = [changed if changed and p.id == changed.id else p for p in _team(draft)]
    lines = "\n".join(_line(draft, person) for person in team if person.active)
    dialogs.ask(draft, after, "owner.people", rows, on=on, people_lines=lines)


def _branches_row(draft: Draft, dialog: Dialog) -> Rows:
    several = len(open_branches(draft)) > 1
    return ((dialogs.choice(dialog, "change_branches", "do:branches"),),) if several else ()


def _whom(draft: Draft, dialog: Dialog, step: str, tap: Tap) -> None:
    after = dialogs.go_on(draft, dialog, step)
    people = [
        (dialogs.choice(after, "person", f"{step}:{person.id}", staff_name=_line(draft, person)),)
        for person in _team(draft)
    ]
    back = (dialogs.choice(after, "back", "list"),)
    dialogs.ask(draft, after, f"owner.people.{step}", (*people, back), on=tap)


def _which_role(draft: Draft, dialog: Dialog, person: Person, tap: Tap) -> None:
    after = dialogs.go_on(draft, dialog, "as")
    roles = [
        (dialogs.choice(after, "role", f"as:{person.id},{role.id}", staff_role=role.title),)
        for role in draft.facts.content.catalogue.roles
        if role.id != person.role
    ]
    back = (dialogs.choice(after, "back", "list"),)
    text = "owner.people.which_role"
    dialogs.ask(draft, after, text, (*roles, back), on=tap, staff_name=person.name)


def _which_branches(draft: Draft, dialog: Dialog, person: Person, tap: Tap) -> None:
    """Where somebody works: a tap on a branch ticks it, or takes the tick away."""
    after = dialogs.go_on(draft, dialog, "at")
    places = [
        (
            replace(
                dialogs.choice(after, "branch", f"at:{person.id},{each.id}", branch=each.name),
                ticked=each.id in person.branches,
            ),
        )
        for each in open_branches(draft)
    ]
    back = (dialogs.choice(after, "back", "list"),)
    text = "owner.people.which_branches"
    dialogs.ask(draft, after, text, (*places, back), on=tap, staff_name=person.name)


def _invite(draft: Draft, dialog: Dialog, tap: Tap) -> None:
    after = dialogs.go_on(draft, dialog, "list")
    link = start_link(draft.facts.bot_username, f"join_{draft.facts.tokens.join}")
    rows = ((dialogs.choice(after, "back", "list"),),)
    dialogs.ask(draft, after, "owner.people.invite", rows, on=tap, link=link)


# ---- deeds ------------------------------------------------------------------------------------


def _change_role(
    draft: Draft, dialog: Dialog, person: Person, role_id: str, event: DialogTapped
) -> None:
    role = draft.facts.content.catalogue.role(role_id)
    if role is None:
        dialogs.out_of_date(draft, event)
    elif _is_last_owner(draft, person):
        draft.toast(event.tap, "owner.people.last", alert=True)
    else:
        changed = replace(person, role=role.id)
        draft.do(SavePerson(changed))
        _tell(draft, event, changed, "join.role_changed", staff_role=role.title)
        draft.record("role_changed", actor=_by(draft, event), person=person.name, role=role.id)
        _list(draft, dialog, on=event.tap, changed=changed)


def _change_branches(
    draft: Draft, dialog: Dialog, person: Person, branch_id: str, event: DialogTapped
) -> None:
    """Ticked everywhere is the same as ticked nowhere: the person works at every branch, whichever comes later."""
    known = [each.id for each in open_branches(draft)]
    picked = set(person.branches) ^ {branch_id}
    branches = tuple(each for each in known if each in picked)
    if branch_id not in known:
        dialogs.out_of_date(draft, event)
        return
    changed = replace(person, branches=() if branches == tuple(known) else branches)
    draft.do(SavePerson(changed))
    draft.record("branches_changed", actor=_by(draft, event), person=person.name, at=branches)
    _which_branches(draft, dialog, changed, event.tap)


def _remove(draft: Draft, dialog: Dialog, person: Person, event: DialogTapped) -> None:
    if _is_last_owner(draft, person):
        draft.toast(event.tap, "owner.people.last", alert=True)
        return
    changed = replace(person, state=PersonState.LEFT, on_shift=False)
    draft.do(SavePerson(changed))
    _tell(draft, event, changed, "join.removed")
    draft.record("removed", actor=_by(draft, event), person=person.name)
    _list(draft, dialog, on=event.tap, changed=changed)
    back = Button("restore_access", JoinPress(person.id, person.role))
    rows: Rows = () if is_owner(draft, person) else ((back,),)
    text = "owner.people.removed"
    write_to(draft, event.by.tg_id, text, rows, staff_name=person.name)


def _tell(draft: Draft, event: DialogTapped, person: Person, text: str, **more: object) -> None:
    """Whoever is changed by somebody else hears of it."""
    if person.tg_id != event.by.tg_id and person.reachable:
        write_to(draft, person.tg_id, text, **more)


def _team(draft: Draft) -> list[Person]:
    rank = draft.facts.content.catalogue.rank
    active = [person for person in draft.facts.roster if person.active]
    return sorted(active, key=lambda p: -rank(p.role))


def _somebody(draft: Draft, number: str) -> Person | None:
    return next((p for p in _team(draft) if str(p.id) == number), None)


def _is_last_owner(draft: Draft, person: Person) -> bool:
    return [each.id for each in owners(draft)] == [person.id]


def _line(draft: Draft, person: Person) -> str:
    role = draft.facts.content.catalogue.role(person.role)
    words = draft.words()
    shift = words.phrase("phrase.shift_on" if person.on_shift else "phrase.shift_off")
    places = names_of(draft, person.branches)
    said = (person.name, role.title if role else person.role, *places, shift)
    return ", ".join(filter(None, said))


def _by(draft: Draft, event: DialogTapped) -> str:
    by = draft.facts.person(event.by.tg_id)
    return by.name if by is not None else ""
