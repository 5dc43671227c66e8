"""Words that change who answers, and how: a court, threats, rudeness, a colleague's name, the same words again.

Health comes before all of these (health.py). The lists of words are the owner's.
"""

from flows.book import Path
from flows.case import Case
from flows.draft import Draft, open_card
from flows.events import Kind, Message, StaffAction, TimerKind
from flows.people import Person
from flows.presses import Button, CasePress, Rows
from flows.promises import make_promise, owner_of, stand_behind_promise
from flows.subjects import named_in, same_person

_WORTH_COMPARING = 12  # characters: "да" and "?" are written twice without being a repetition


def heard(draft: Draft, message: Message) -> None:
    """Words for the open case are on its card; now they are looked at. An emergency has its people already."""
    case = draft.open_case
    if case is None or case.emergency or not message.text:
        return
    text, catalogue = message.text, draft.facts.content.catalogue
    if catalogue.lawyer_words.found_in(text):
        _names_a_court(draft)
    elif catalogue.threat_words.found_in(text):
        _threatens(draft)
    _complains_about_somebody(draft, text)
    if catalogue.angry_words.found_in(text) or catalogue.threat_words.found_in(text):
        _is_angry(draft)


# ---- a court, threats, sharp words ------------------------------------------------------------


def _names_a_court(draft: Draft) -> None:
    """The manager answers, by a time; nothing automatic is said any more, nothing is asked."""
    if draft.case.lawyer:
        return
    _end_talk(draft)
    draft.change_case(lawyer=True)
    to_manager(draft)
    if draft.case.reply_by is None:
        make_promise(draft, draft.timing.manager_reply_within)
    stand_behind_promise(draft)
    draft.say("case.lawyer")
    draft.record("lawyer")
    draft.mark()


def _threatens(draft: Draft) -> None:
    """Asked once to leave threats out; the matter itself is answered like any other."""
    if draft.case.threatened or draft.case.silent:
        return
    _end_talk(draft)
    draft.change_case(threatened=True)
    stand_behind_promise(draft)
    draft.say("case.threat")
    draft.record("threat")


def _is_angry(draft: Draft) -> None:
    """Nothing is said about it to the customer: the card is marked, the manager hears of it once."""
    case = draft.case
    if case.angry_at is not None:
        return
    draft.change_case(angry_at=draft.moment)
    draft.tell(draft.impartial.senior_to(0), "staff.angry", _angry_rows(draft))
    draft.record("angry")
    draft.mark()


def _angry_rows(draft: Draft) -> Rows:
    myself = Button("answer_myself", CasePress(draft.case.id, StaffAction.TO_MANAGER))
    return (*open_card(draft), (myself,))


def _end_talk(draft: Draft) -> None:
    talk = draft.care.conversation
    if talk is not None and talk.closed_at is None:
        draft.cancel_conversation_timers()
        draft.change_conversation(closed_at=draft.moment)


# ---- a complaint about a colleague ------------------------------------------------------------


def _complains_about_somebody(draft: Draft, text: str) -> None:
    """Rudeness, or a colleague by name: the manager answers, the group sees the number only."""
    rude = draft.facts.content.catalogue.rude_words.found_in(text)
    people = {person.id for person in _meant(draft, text, rude=rude)}
    if not rude and not people:
        return
    draft.change_case(about=tuple(sorted({*draft.case.about, *people})))
    to_manager(draft)


def _meant(draft: Draft, text: str, *, rude: bool) -> list[Person]:
    """Who is named; to whom the customer speaks by name is meant only by rude words. And who served them rudely."""
    case, team = draft.case, [p for p in draft.facts.roster if p.active]
    named = named_in(text, team, but=draft.care.customer.name)
    meant = [p for p in named if rude or not _speaks_with(case, p)]
    visit = draft.care.visit
    if rude and not named and visit is not None and visit.id == case.visit_id:
        meant += [p for p in team if same_person(visit.master, p.name)]
    return meant


def _speaks_with(case: Case, person: Person) -> bool:
    """The customer has read this name under an answer, or that this person answers."""
    answers = case.owner_id == person.id and case.taken_at is not None
    return answers or case.answered_by == person.name


def to_manager(draft: Draft) -> None:
    """The card goes to the manager, or the next above who is not meant; who was told a name hears the new one."""
    case = draft.case
    senior = draft.impartial.senior_to(0)
    if case.path is Path.ORDINARY:
        draft.change_case(path=Path.MANAGER)
        draft.record("to_manager")
    owner = owner_of(draft)
    if senior is None or (owner is not None and _may_keep(draft, owner)):
        draft.mark()
        return
    draft.change_case(owner_id=senior.id, taken_at=None, asked_offer="")
    draft.cancel_case_timers(TimerKind.TAKEN, TimerKind.REQUEST)
    if not case.promised and case.reply_by is not None:
        make_promise(draft, draft.timing.manager_reply_within)
    elif case.promised and owner is not None and not case.silent:
        draft.say("progress.handover", agent=senior)
    draft.mark()


def _may_keep(draft: Draft, owner: Person) -> bool:
    rank = draft.facts.content.catalogue.rank(owner.role)
    return rank > 0 and not draft.is_about(owner)


# ---- the same words again ---------------------------------------------------------------------


def is_repeated(draft: Draft, message: Message) -> bool:
    """The same words are here already, and nobody has answered them: they are not told to staff a second time."""
    case = draft.open_case
    if case is None or message.kind is not Kind.TEXT or not case.awaits_answer:
        return False
    said = _compared(message.text)
    return len(said) >= _WORTH_COMPARING and any(said == _compared(each) for each in case.story)


def repeated(draft: Draft) -> None:
    """Once it is said that nothing is lost; while the customer is still telling, the eyes under it say so."""
    case = draft.case
    if case.promised and not case.told_repeated and not case.silent:
        draft.change_case(told_repeated=True)
        draft.say("case.minor_duplicate")
    draft.record("repeated")


def _compared(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


# ---- where to write publicly ------------------------------------------------------------------


def asks_for_reviews(draft: Draft, message: Message) -> bool:
    """The customer asks where a review can be left; in an emergency nobody is sent anywhere."""
    business, catalogue = draft.facts.content.business, draft.facts.content.catalogue
    emergency = draft.open_case is not None and draft.case.emergency
    if emergency or message.kind is not Kind.TEXT or not business.review_pages:
        return False
    return catalogue.review_words.found_in(message.text)


def tell_review_pages(draft: Draft) -> None:
    """Everybody who asks gets all the pages, happy or not."""
    if draft.open_case is not None and draft.case.reply_by is not None:
        stand_behind_promise(draft)
    draft.say("review.public_anytime")
    draft.record("review_pages_told")
