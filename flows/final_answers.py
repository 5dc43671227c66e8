"""The last word on a case, which only a manager says: what was checked, by a letter that closes it once it has left.

After so many "no" of the customer as the owner's rule has it, a case is closed in no other way.
"""

from flows import checks, choice, letter_talk, letters
from flows.case import LetterDraft, LetterName, Outcome
from flows.draft import Draft, open_card
from flows.events import StaffAction, StaffTapped
from flows.people import GiftState, Person
from flows.presses import Button, CasePress
from flows.promises import manager_of

_OUTCOMES = {
    LetterName.FINAL: Outcome.FINAL,
    LetterName.NOT_CONFIRMED: Outcome.NOT_CONFIRMED,
}


def only_final_closes(draft: Draft) -> bool:
    """The customer has said "no" too often for another try; nobody is written to who would not read it."""
    case, rules = draft.case, draft.facts.content.catalogue.rules
    away = draft.care.customer.blocked_at is not None
    return case.noes >= rules.reopenings and case.check_result != checks.YES and not away


def resolve_wanted(draft: Draft, event: StaffTapped, person: Person) -> None:
    """ "Resolved" on such a case: a manager is asked what was checked, anybody else's word goes to the manager."""
    if draft.facts.content.catalogue.rank(person.role) > 0:
        draft.toast(event.tap, "staff.toast.only_final", alert=True)
        if person.reachable:
            letter = letters.begun_by(draft, person, LetterName.FINAL)
            letter_talk.go_on(draft, letter, person)
        return
    draft.toast(event.tap, "staff.toast.only_manager_closes", alert=True)
    manager = manager_of(draft)
    if manager is None or draft.case.final_wanted:
        return
    draft.change_case(final_wanted=True)
    press = CasePress(draft.case.id, StaffAction.LETTER, str(LetterName.FINAL))
    final = Button("final_answer", press)
    draft.tell(manager, "staff.final_wanted", ((final,), *open_card(draft)), agent=person)
    draft.record("final_wanted", actor=person.name)


def letter_left(draft: Draft, reply: int) -> None:
    """A reply has arrived: a letter may have come with it that ends the case, or asks for words to come back."""
    letter = letters.left(draft, reply)
    if letter is None:
        return
    if letter.name is not LetterName.RESULT:
        draft.change_case(answers_to=letter.by)
    elif draft.case.is_open:  # the customer is asked anew whether all is well
        draft.change_case(check_result="")
    author = draft.facts.person_by_id(letter.by)
    if letter.name in _OUTCOMES and author is not None and draft.case.is_open:
        _close(draft, letter, author)


def _close(draft: Draft, letter: LetterDraft, author: Person) -> None:
    """Nothing is promised or offered any more."""
    for gift in draft.facts.gifts:
        if gift.state is GiftState.OFFERED and gift.case_id == draft.case.id:
            choice.withdraw(draft, gift)
    checks.close(draft, author, _OUTCOMES[letter.name])
