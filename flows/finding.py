"""Lists of cases and one case of them, for a person of the staff alone. What a role may not read stays unread."""

from collections.abc import Iterable

from flows import guest_notes
from flows.card import card_text
from flows.case import Care
from flows.draft import Draft, open_card
from flows.effects import Say
from flows.events import CaseAsked, CasesAsked, CasesTurned, Scope, StaffAction, StaffTapped
from flows.found import Found
from flows.history import history_line
from flows.outsiders import turn_away, who_asks
from flows.people import Person
from flows.presses import Button, CasePress, ListPress, Rows, ShowCasePress
from flows.staff_effects import Reword
from flows.texts import Markup

_IN_A_ROW = 4
_WORDS_IN_BUTTON = 40  # bytes: callback data holds 64


def asked(draft: Draft, event: CasesAsked) -> None:
    """/cases: what is open, or what the words name; privately, so that the group stays quiet."""
    person = who_asks(draft, event)
    if person is None:
        turn_away(draft, event)
        return
    text, values, rows = _list(draft, person)
    draft.do(Say(person.tg_id, text, values, rows=rows))


def turned(draft: Draft, event: CasesTurned) -> None:
    """Another list, or another page, in the same message."""
    person = draft.facts.person(event.by.tg_id)
    if person is None:
        draft.toast(event.tap, "staff.toast.not_staff", alert=True)
        return
    if event.tap.chat_id != event.by.tg_id:  # forged: a list is for the person alone
        draft.toast(event.tap, "staff.toast.outdated", alert=True)
        return
    text, values, rows = _list(draft, person)
    draft.do(Reword(event.tap.chat_id, event.tap.message_id, text, values, rows))


def case_asked(draft: Draft, event: CaseAsked) -> None:
    """One case as its card shows it, with what was before, and a way to the card."""
    person = who_asks(draft, event)
    if person is None:
        turn_away(draft, event)
    elif draft.care.case is None:
        draft.do(Say(person.tg_id, "find.no_case", draft.words()))
    elif not may_read(draft, person):
        draft.do(Say(person.tg_id, "find.not_yours", draft.words()))
    else:
        again = Button("card_again", CasePress(draft.case.id, StaffAction.POST_AGAIN))
        whole = Markup(card_text(draft))
        draft.tell(person, "find.case", (*open_card(draft), (again,)), card=whole)


def post_again(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The card comes to the group as a new message; the old one goes."""
    draft.mark(anew=True)
    draft.record("card_called", actor=person.name)
    draft.toast(event.tap, "staff.toast.card_again")


def tell_history(draft: Draft, _event: StaffTapped, person: Person) -> None:
    """What was before with this customer, to the person who asks."""
    earlier = history_line(draft) or draft.words().phrase("phrase.history.none")
    noted = guest_notes.listed(draft)
    draft.tell(person, "staff.history", history_line=earlier, guest_notes=noted)


def may_read(draft: Draft, person: Person) -> bool:
    """Not a complaint about oneself; and what is the manager's is for the manager, and whoever works on it."""
    if draft.is_about(person):
        return False
    senior = draft.facts.content.catalogue.rank(person.role) > 0
    works_on_it = person.id in (draft.case.owner_id, draft.case.seen_by)
    return senior or not draft.case.for_manager or works_on_it


# ---- a list -----------------------------------------------------------------------------------


def _list(draft: Draft, person: Person) -> tuple[str, dict[str, object], Rows]:
    found = draft.facts.found
    if found is None:
        raise LookupError("a list was asked for, and none was loaded")
    lines = [_line(draft, person, care, found.own) for care in found.cares]
    words = draft.words()
    title = words.phrase(f"phrase.find.{found.scope}", of=_of(draft, found))
    nothing = words.phrase("phrase.find.nothing")
    values: dict[str, object] = {
        "find_title": title,
        "find_lines": Markup("\n".join(lines)) if lines else nothing,
    }
    return "find.list", values, _rows(draft, found)


def _of(draft: Draft, found: Found) -> str:
    if found.scope is Scope.BRANCH:
        return draft.facts.content.business.branch(found.of).name
    return found.of


def _line(draft: Draft, person: Person, care: Care, own: frozenset[int]) -> str:
    """One case in a line; of one that the person may not read, the number and whose it is."""
    its = Draft(care, draft.facts, draft.moment)
    case = its.case
    owner = draft.facts.person_by_id(case.owner_id)
    texts = draft.facts.content.book.texts
    readable = case.id not in own and may_read(its, person)
    key = "find.line" if readable else "find.line_hidden"
    state = "" if case.is_open else its.words().phrase("phrase.find.closed")
    by = case.reply_by if case.is_open else None
    return texts.render(
        key, its.words(reply_by=by or "", find_owner=owner.name if owner else "", find_state=state)
    )


def _rows(draft: Draft, found: Found) -> Rows:
    numbers = [
        Button("case_number", ShowCasePress(care.case.id), {"case_no": care.case.id})
        for care in found.cares
        if care.case is not None
    ]
    pages = _pages(found)
    return (*_in_rows(numbers), *((pages,) if pages else ()), *_lists(draft, found))


def _in_rows(buttons: list[Button]) -> Iterable[tuple[Button, ...]]:
    return (tuple(buttons[n : n + _IN_A_ROW]) for n in range(0, len(buttons), _IN_A_ROW))


def _pages(found: Found) -> tuple[Button, ...]:
    if len(found.of.encode()) > _WORDS_IN_BUTTON or "|" in found.of:
        return ()  # words that no button can carry: the first page is what there is
    back = [("page_back", found.page - 1)] if found.page else []
    on = [("page_on", found.page + 1)] if found.more else []
    return tuple(
        Button(label, ListPress(found.scope, found.of, page)) for label, page in (*back, *on)
    )


def _lists(draft: Draft, found: Found) -> Rows:
    """The other lists there are; of branches only where there are several."""
    usual = tuple(
        Button(f"find.{scope}", ListPress(scope))
        for scope in (Scope.OPEN, Scope.MINE, Scope.LATE)
        if scope is not found.scope
    )
    branches = draft.facts.content.business.branches
    if len(branches) == 1:
        return (usual,)
    places = [
        Button("find.branch", ListPress(Scope.BRANCH, branch.id), {"branch": branch.name})
        for branch in branches
        if (found.scope, found.of) != (Scope.BRANCH, branch.id)
    ]
    return (usual, *((place,) for place in places))
