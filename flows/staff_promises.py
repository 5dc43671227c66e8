"""What staff promise in replies: offered to the author as a timer, kept on the card, asked about when it falls due.

Nothing is assumed: a promise without the author's tap is an offer and no more. What a customer is promised by the
bot itself is promises.py's.
"""

from dataclasses import replace

from flows import letters
from flows.case import LetterName, StaffPromise
from flows.draft import Draft, open_card
from flows.effects import CancelTimer, ChangeButtons, SetTimer
from flows.events import StaffAction, StaffTapped, TimerFired, TimerKind
from flows.lint import rows_of
from flows.people import Person
from flows.presses import Button, CasePress, Rows
from flows.promises import keep_promise, make_promise, who_answers
from flows.spoken_time import moment_of
from flows.tone import Findings

_OFFERED_MOST = 2  # of one reply
_KEPT_MOST = 8  # of one case
_ASKED_MOST = 2


def keep_found(draft: Draft, person: Person, findings: Findings | None, reply: int) -> None:
    """The promises of a reply stand on the case, to be offered; what is over already is none."""
    tone = draft.facts.content.tones.get(findings.language) if findings else None
    if findings is None or tone is None:
        return
    hours = draft.branch.hours
    known = {(each.words, each.due) for each in draft.case.promises}
    found = [
        (each, due)
        for each in findings.promises
        if (due := moment_of(each.time, draft.moment, hours, tone.clocks)) is not None
        and (each.words, due) not in known
    ][:_OFFERED_MOST]
    number = draft.case.promises_found
    new = tuple(
        StaffPromise(number + n, each.words, due, person.id, reply, each.answer)
        for n, (each, due) in enumerate(found, 1)
    )
    kept = [p for p in draft.case.promises if p.reminded]
    offered = [p for p in draft.case.promises if not p.reminded][-_KEPT_MOST:]
    draft.change_case(promises=(*kept, *offered, *new), promises_found=number + len(new))


def add(draft: Draft, person: Person, findings: Findings | None) -> StaffPromise | None:
    """What the person has promised elsewhere, with a timer at once; None when no time ahead was named."""
    tone = draft.facts.content.tones.get(findings.language) if findings else None
    if findings is None or tone is None:
        return None
    for found in findings.promises:
        due = moment_of(found.time, draft.moment, draft.branch.hours, tone.clocks)
        if due is not None:
            number = draft.case.promises_found + 1
            promise = StaffPromise(number, found.words, due, person.id, reply=0, reminded=True)
            draft.change_case(promises=(*draft.case.promises, promise), promises_found=number)
            _set_timer(draft, promise)
            return promise
    return None


def remind(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The author wants to be reminded: a timer stands behind the words, and the card shows them."""
    number, _, rest = event.arg.partition(":")
    hinted, _, reply = rest.partition(":")
    promise = _promise(draft, number)
    if promise is None or promise.reminded or promise.due <= draft.moment:
        draft.toast(event.tap, "staff.toast.outdated")
        return
    promise = replace(promise, reminded=True, by=person.id)
    _change(draft, promise)
    _set_timer(draft, promise)
    if event.tap.chat_id > 0 and reply.partition(":")[0].isdecimal():
        rows = rows_of(draft, reply, hinted=hinted == "1")
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id, rows))
    draft.toast(event.tap, "staff.toast.reminder_set", promise_when=promise.due)
    draft.record("promised", actor=person.name, promise=promise.words, number=promise.number)
    draft.mark()


def forget(draft: Draft, reply: int) -> None:
    """The customer will not read that reply: nothing was promised in it."""
    for promise in draft.case.promises:
        if promise.reply == reply:
            _drop(draft, promise)


def answered(draft: Draft, reply: int) -> None:
    """A reply has left: answers that were promised before have been given."""
    for promise in draft.case.promises:
        if promise.answer and promise.reply < reply:
            _drop(draft, promise)


def _promise(draft: Draft, number: str) -> StaffPromise | None:
    return next((p for p in draft.case.promises if str(p.number) == number), None)


def _change(draft: Draft, promise: StaffPromise) -> None:
    others = (p if p.number != promise.number else promise for p in draft.case.promises)
    draft.change_case(promises=tuple(others))


def _drop(draft: Draft, promise: StaffPromise) -> None:
    left = tuple(p for p in draft.case.promises if p.number != promise.number)
    draft.change_case(promises=left)
    draft.do(CancelTimer(_key(draft, promise)))


def _key(draft: Draft, promise: StaffPromise) -> str:
    return f"{TimerKind.PROMISE}:{draft.case.id}:{promise.number}"


def _set_timer(draft: Draft, promise: StaffPromise) -> None:
    """A little before it breaks, so that there is time for an honest word; an answer is reminded of earlier."""
    timing, case = draft.timing, draft.case
    notice = timing.waiting_notice if promise.answer else timing.late_notice
    due = promise.due + timing.waiting_notice if promise.asked else promise.due - notice
    if due <= draft.moment:
        due = promise.due
    draft.do(
        SetTimer(
            _key(draft, promise),
            TimerKind.PROMISE,
            due,
            promise.number,
            customer_id=case.customer_id,
            case_id=case.id,
        )
    )


# ---- falling due ------------------------------------------------------------------------------


def falls_due(draft: Draft, timer: TimerFired) -> None:
    """Ask whoever promised; once more later, then also whoever is responsible. A closed case needs nothing."""
    promise = _promise(draft, str(timer.wait))
    if promise is None:
        return
    if not draft.case.is_open:
        _drop(draft, promise)
        draft.mark()
        return
    if promise.answer and not promise.asked:
        _await_answer(draft, promise)
    promise = replace(promise, asked=promise.asked + 1)
    _change(draft, promise)
    for person in _asked(draft, promise):
        draft.tell(
            person,
            "staff.promise_due",
            _due_rows(draft, promise),
            promise=promise.words,
            promise_when=promise.due,
        )
    if promise.asked < _ASKED_MOST and not promise.answer:
        _set_timer(draft, promise)


def _await_answer(draft: Draft, promise: StaffPromise) -> None:
    """From now on it is a promise like the bot's own: the honest message goes before it breaks."""
    case = draft.case
    if case.reply_by is not None or case.emergency or promise.due <= draft.moment:
        return
    draft.change_case(promise=case.promise + 1, reply_by=promise.due, promised=True)
    late = max(promise.due - draft.timing.late_notice, draft.moment)
    draft.set_case_timer(TimerKind.LATE, late, draft.case.promise)
    draft.mark()


def _asked(draft: Draft, promise: StaffPromise) -> tuple[Person, ...]:
    author = draft.facts.person_by_id(promise.by)
    there = (author,) if author is not None and author.active and author.reachable else ()
    senior = draft.impartial.senior_to(0)
    again = (senior,) if promise.asked > 1 and senior is not None else ()
    return tuple(dict.fromkeys((*there, *again))) or who_answers(draft)


def _due_rows(draft: Draft, promise: StaffPromise) -> Rows:
    def button(label: str, action: StaffAction) -> Button:
        return Button(label, CasePress(draft.case.id, action, str(promise.number)))

    return (
        (
            button("done", StaffAction.KEPT),
            button("need_time", StaffAction.MORE_TIME),
            button("did_not_work", StaffAction.CANNOT),
        ),
        *open_card(draft),
    )


def settle(draft: Draft, event: StaffTapped, person: Person) -> None:
    """Done; or the customer is told honestly at once, with a new time behind which the bot's own timers stand."""
    promise = _promise(draft, event.arg)
    if promise is None or not draft.case.is_open:
        draft.toast(event.tap, "staff.toast.outdated")
        return
    _drop(draft, promise)
    if event.action is StaffAction.KEPT:
        if draft.case.reply_by == promise.due:
            keep_promise(draft)
        draft.toast(event.tap, "staff.toast.promise_kept")
    else:
        _say_honestly(draft, event, person, promise)
    draft.record("promise_settled", actor=person.name, how=str(event.action), promise=promise.words)
    draft.mark()


def _say_honestly(draft: Draft, event: StaffTapped, person: Person, promise: StaffPromise) -> None:
    cannot = event.action is StaffAction.CANNOT
    draft.change_case(owner_id=person.id, taken_at=draft.case.taken_at or draft.moment)
    make_promise(draft, draft.timing.manager_reply_within)
    draft.change_case(promised=draft.case.reply_by is not None)
    draft.say(
        "progress.promise_cannot" if cannot else "progress.need_time",
        promise=promise.words,
        promise_when=promise.due,
        agent=person,
    )
    if cannot:
        draft.tell(
            person, "staff.promise_cannot", (*_what_can_be(draft, person), *open_card(draft))
        )
    draft.toast(event.tap, "staff.toast.guest_told")


def _what_can_be(draft: Draft, person: Person) -> Rows:
    """Said next, in a letter of its own, where there is something to choose from."""
    if letters.refused(draft, LetterName.CANNOT, person):
        return ()
    press = CasePress(draft.case.id, StaffAction.LETTER, str(LetterName.CANNOT))
    return ((Button("what_can_be", press),),)
