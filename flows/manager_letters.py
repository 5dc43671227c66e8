"""The manager's own letter after a case is closed: drafted and put before the manager, sent by their tap alone."""

from flows import letters
from flows.book import ManagerLetter
from flows.case import LetterDraft, LetterName
from flows.draft import Draft
from flows.promises import manager_of

_SEVERE = 3


def put(draft: Draft) -> None:
    """The case is closed: where the owner wants such letters, the manager sees one ready to be sent."""
    manager = manager_of(draft)
    if manager is None or not _wanted(draft) or draft.care.customer.blocked_at is not None:
        return
    letters.drop_all_of(draft, LetterName.MANAGER)
    letter = letters.begun_by(draft, manager, LetterName.MANAGER)
    letters.show(draft, _whole(draft, letter), manager)


def _wanted(draft: Draft) -> bool:
    case = draft.case
    match draft.facts.content.business.manager_letter:
        case ManagerLetter.ALL:
            return True
        case ManagerLetter.SEVERE:
            return case.severity >= _SEVERE or case.opening > 1 or case.noes > 0
        case ManagerLetter.OFF:
            return False


def _whole(draft: Draft, letter: LetterDraft) -> LetterDraft:
    """Nothing has to be written for it: what has changed is left out unless the manager adds it."""
    return letters.with_words(draft, letter, "prevention_public", "")
