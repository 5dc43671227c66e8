"""What changes, who does it, by when: asked of the manager after closing, answered in a line, asked about on its day.

The words are for the business alone. Reading a line is prevention_line.py's; a matter that repeats, repeats.py's.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from flows.draft import Draft, is_trial, open_card
from flows.effects import CancelTimer, SavePrevention, SetTimer
from flows.events import (
    LetterKind,
    PreventionNamed,
    StaffAction,
    StaffTapped,
    TimerFired,
    TimerKind,
)
from flows.people import Person
from flows.presses import Button, CasePress
from flows.prevention import Prevention, Stage
from flows.prevention_line import Line, read_line
from flows.working_time import next_morning

_ASKED_MOST = 3
_ASKED_AGAIN = timedelta(days=7)  # on its day nobody said a word
_IN_DAYS = (7, 14, 30)
_MORNING = time(10)  # of a day off
# What a button says, as it stands in callback data behind the number; others are a count of days.
_ENDS = {"none": Stage.NOTHING, "done": Stage.DONE, "off": Stage.DROPPED, "known": Stage.KNOWN}
LATER, NOT_YET, EDIT, WRITE = "later", "notyet", "edit", "write"


# ---- after closing ----------------------------------------------------------------------------


def plan(draft: Draft) -> None:
    """The case was closed: if it was a grave one, or not the first, the manager is asked a little later."""
    if is_wanted(draft):
        due = draft.polite_to_staff(draft.moment + draft.timing.prevention_after)
        draft.set_case_timer(TimerKind.PREVENT, due, draft.case.opening)


def is_wanted(draft: Draft) -> bool:
    """Severe enough, opened again, or one of several."""
    case, notice = draft.case, draft.facts.content.business.notice
    again = case.opening > 1 or case.repeated
    return not is_trial(draft.care) and (again or case.severity >= notice.prevention_severity)


def falls_due(draft: Draft, timer: TimerFired) -> None:
    """Ask, or ask again; a case that was opened meanwhile will be closed another time."""
    case, known = draft.case, draft.facts.prevention
    if case.erased or timer.wait != case.opening or (known is None and case.is_open):
        return
    if known is None:
        ask(draft)
    elif known.stage in (Stage.NOTICED, Stage.ASKED) and known.asked < _ASKED_MOST:
        ask(draft, known)


def ask(draft: Draft, known: Prevention | None = None, *, of: Person | None = None) -> None:
    """Ask the manager (or `of`) what changes; without a word again the next working mornings."""
    manager = of or draft.impartial.senior_to(0)
    if manager is None:
        return
    found = known or begun(draft, manager, Stage.ASKED)
    asked = replace(
        found,
        stage=Stage.ASKED,
        person_id=manager.id,
        asked=found.asked + 1,
        asked_at=draft.moment,
    )
    draft.do(SavePrevention(asked))
    draft.tell(
        manager,
        "staff.prevention_ask" if not draft.case.is_open else "staff.prevention_ask.open",
        (buttons(asked, ("nothing_to_change", "none"), ("later", LATER)),),
        kind=LetterKind.PREVENTION,
        cause=draft.case.cause,
    )
    if asked.asked < _ASKED_MOST:
        _ask_tomorrow(draft)


def begun(draft: Draft, person: Person, stage: Stage) -> Prevention:
    """A new one, of the case in hand as it is open now."""
    case = draft.case
    return Prevention(
        id=draft.facts.ids.prevention(),
        case_id=case.id,
        opening=case.opening,
        branch_id=case.branch_id,
        topic=case.topic or "",
        stage=stage,
        begun_at=draft.moment,
        person_id=person.id,
    )


def _ask_tomorrow(draft: Draft) -> None:
    draft.set_case_timer(TimerKind.PREVENT, next_morning(draft), draft.case.opening)


def buttons(prevention: Prevention, *wanted: tuple[str, str]) -> tuple[Button, ...]:
    """Buttons of these labels and answers, side by side."""
    return tuple(_button(prevention, label, answer) for label, answer in wanted)


def _button(prevention: Prevention, label: str, answer: str, **values: object) -> Button:
    press = CasePress(prevention.case_id, StaffAction.PREVENTION, f"{prevention.id}:{answer}")
    return Button(label, press, values)


# ---- answers ----------------------------------------------------------------------------------


def number_in(arg: str) -> int | None:
    """The number that callback data names; None for what is none."""
    number = arg.partition(":")[0]
    return int(number) if number.isdecimal() and len(number) < 19 else None


def tapped(draft: Draft, event: StaffTapped, person: Person) -> None:
    """A button under one of the questions, pressed by somebody who may decide."""
    prevention, answer = draft.facts.prevention, event.arg.partition(":")[2]
    if not _may_decide(draft, person):
        draft.toast(event.tap, "staff.toast.no_right", alert=True)
    elif prevention is None or not _is_open(prevention):
        draft.toast(event.tap, "staff.toast.outdated")
    else:
        _answered(draft, event, replace(prevention, person_id=person.id), answer)


def _may_decide(draft: Draft, person: Person) -> bool:
    """Somebody above the lowest role, and not about a complaint of themselves."""
    return draft.facts.content.catalogue.rank(person.role) > 0 and not draft.is_about(person)


def _is_open(prevention: Prevention) -> bool:
    return prevention.stage in (Stage.NOTICED, Stage.ASKED, Stage.UNDATED, Stage.PLANNED)


def _answered(draft: Draft, event: StaffTapped, prevention: Prevention, answer: str) -> None:
    person = draft.facts.person_by_id(prevention.person_id)
    if answer in _ENDS:
        _keep(draft, replace(prevention, stage=_ENDS[answer]))
        draft.toast(event.tap, "staff.toast.prevention_saved")
    elif answer == LATER:
        draft.do(SavePrevention(replace(prevention, asked=0)))
        _ask_tomorrow(draft)
        draft.toast(event.tap, "staff.toast.prevention_later")
    elif answer in (WRITE, EDIT):
        ask(draft, replace(prevention, asked=0), of=person)
    elif answer == NOT_YET:
        _ask_day(draft, prevention)
    elif answer.isdecimal() and int(answer) in _IN_DAYS and prevention.what:
        _plan_for(draft, prevention, _today(draft) + timedelta(days=int(answer)))
    else:
        draft.toast(event.tap, "staff.toast.outdated")


def named(draft: Draft, event: PreventionNamed) -> None:
    """The line itself; what it leaves out is asked for, a day by buttons."""
    prevention, person = draft.facts.prevention, draft.facts.person(event.by.tg_id)
    if prevention is None or person is None or not _may_decide(draft, person):
        return
    line = _read(draft, event.message.text)
    only_day = prevention.stage is Stage.UNDATED and line.due is not None
    if line.what and not only_day:
        prevention = replace(prevention, what=line.what, who=line.who)
    prevention = replace(prevention, person_id=person.id, asked=0)
    due = line.due or (prevention.due if prevention.stage is Stage.PLANNED else None)
    if not prevention.what:
        ask(draft, prevention, of=person)
    elif due is None:
        _ask_day(draft, prevention)
    else:
        _plan_for(draft, prevention, due)


def _read(draft: Draft, text: str) -> Line:
    names = [person.name for person in draft.facts.roster if person.active]
    clocks = {
        name: at for tone in draft.facts.content.tones.values() for name, at in tone.clocks.items()
    }
    return read_line(text, names, draft.moment, draft.branch.hours, clocks)


def _ask_day(draft: Draft, prevention: Prevention) -> None:
    """Everything is known but the day."""
    undated = replace(prevention, stage=Stage.UNDATED, asked_at=draft.moment, due=None)
    draft.do(SavePrevention(undated), CancelTimer(_due_key(prevention)))
    draft.cancel_case_timers(TimerKind.PREVENT)
    days = tuple(
        _button(
            undated, "by_day", str(n), prevention_by=_shown(draft, _today(draft) + timedelta(n))
        )
        for n in _IN_DAYS
    )
    draft.tell(
        draft.facts.person_by_id(prevention.person_id),
        "staff.prevention_when",
        (days, buttons(undated, ("done_already", "done"), ("edit", EDIT))),
        kind=LetterKind.PREVENTION,
        prevention=undated.what,
    )


def _plan_for(draft: Draft, prevention: Prevention, day: date) -> None:
    planned = replace(prevention, stage=Stage.PLANNED, due=day, asked=0)
    _keep(draft, planned)
    _set_due(draft, planned, _morning_of(draft, day))
    draft.tell(
        draft.facts.person_by_id(planned.person_id),
        "staff.prevention_saved",
        (buttons(planned, ("edit", EDIT)),),
        prevention=planned.what,
        prevention_who=planned.who,
        prevention_by=_shown(draft, day),
    )


def _keep(draft: Draft, prevention: Prevention) -> None:
    draft.do(SavePrevention(prevention), CancelTimer(_due_key(prevention)))
    draft.cancel_case_timers(TimerKind.PREVENT)
    due = prevention.due.isoformat() if prevention.due else ""
    draft.record("prevention", number=prevention.id, stage=str(prevention.stage), due=due)


# ---- the day ----------------------------------------------------------------------------------


def day_comes(draft: Draft, timer: TimerFired) -> None:
    """Whoever planned it is asked whether it is done; without a word again, some times."""
    prevention = draft.facts.prevention
    if prevention is None or prevention.stage is not Stage.PLANNED or prevention.due is None:
        return
    asked = replace(prevention, asked=prevention.asked + 1, asked_at=draft.moment)
    draft.do(SavePrevention(asked))
    if asked.asked < _ASKED_MOST:
        _set_due(draft, asked, draft.polite_to_staff(draft.moment + _ASKED_AGAIN))
    answers = (("done", "done"), ("not_yet", NOT_YET), ("changed_mind", "off"))
    draft.tell(
        _who_planned(draft, prevention),
        "staff.prevention_due",
        (buttons(asked, *answers), *open_card(draft)),
        prevention=prevention.what,
        prevention_by=_shown(draft, prevention.due),
    )


def _who_planned(draft: Draft, prevention: Prevention) -> Person | None:
    person = draft.facts.person_by_id(prevention.person_id)
    there = person is not None and person.active and person.reachable
    return person if there else draft.impartial.senior_to(0)


def _set_due(draft: Draft, prevention: Prevention, at: datetime) -> None:
    draft.do(
        SetTimer(
            _due_key(prevention),
            TimerKind.PREVENT_DUE,
            at,
            prevention.id,
            customer_id=draft.case.customer_id,
            case_id=prevention.case_id,
        )
    )


def _due_key(prevention: Prevention) -> str:
    return f"{TimerKind.PREVENT_DUE}:{prevention.id}"


def _morning_of(draft: Draft, day: date) -> datetime:
    """When the branch opens that day; today, at once."""
    hours = draft.branch.hours
    opens = hours.opens_on(day) or datetime.combine(day, _MORNING, hours.zone)
    return draft.polite_to_staff(max(opens, draft.moment))


def _today(draft: Draft) -> date:
    return draft.moment.astimezone(draft.branch.zone).date()


def _shown(draft: Draft, day: date) -> str:
    return draft.words().phrases.day(day, draft.moment)
