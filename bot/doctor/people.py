"""Who is there: an owner who can be written to, a group, people on shift. And how the running bot is."""

from __future__ import annotations

from collections.abc import Iterator

from bot.doctor.finding import Finding, bad, good, notice
from bot.health import USUAL, HealthReport
from bot.staff_state import StaffState
from flows.people import Use

_SERVING = (Use.ALL, Use.BRANCHES)


def staff(state: StaffState) -> Iterator[Finding]:
    """Somebody has to be there to answer."""
    if not state.owners:
        yield bad("owner.none")
        return
    names = ", ".join(owner.name for owner in state.owners)
    reachable = any(owner.reachable for owner in state.owners)
    yield good("owner.ok", names=names) if reachable else bad("owner.unreachable", names=names)
    served = [group for group in state.groups if group.use in _SERVING]
    if not served:
        yield bad("group.none")
    for group in state.groups:
        if group.use == Use.UNSAID:
            yield notice("group.unsaid", group=group.title)
    if state.unserved and served:
        yield notice("group.unserved", branches=", ".join(state.unserved))
    if state.on_shift == 0:
        yield notice("shift.nobody", people=state.people)
    else:
        yield good("shift.ok", on_shift=state.on_shift, people=state.people)
    if state.waiting:
        yield notice("people.waiting", waiting=state.waiting)


def running(report: HealthReport | None) -> Iterator[Finding]:
    """The bot polls, ticks and gets its work done; None: no bot answers."""
    if report is None:
        yield notice("running.not")
        return
    found = list(_troubles(report))
    yield from found or [good("running.ok")]
    if report.parked:
        yield notice("running.parked", parked=report.parked)


def _troubles(report: HealthReport) -> Iterator[Finding]:
    if report.conflict is not None:
        yield bad(f"running.{report.conflict}")
    if report.database != "ok":
        yield bad("running.database", why=report.database)
    if (report.poll_age_s or 0) > USUAL.poll_s:
        yield bad("running.poll", seconds=round(report.poll_age_s or 0))
    if (report.tick_age_s or 0) > USUAL.tick_s:
        yield bad("running.tick", seconds=round(report.tick_age_s or 0))
    if (report.inbox_age_s or 0) > USUAL.inbox_s:
        yield bad("running.inbox", waiting=report.inbox_waiting)
    if (report.outbox_age_s or 0) > USUAL.outbox_s:
        yield bad("running.outbox", waiting=report.outbox_waiting)
