"""When of a day the bot asks of its own accord: within the business's hours for it, outside quiet hours."""

from datetime import datetime, time, timedelta

from flows.draft import Draft
from flows.people import Visit


def question_time(draft: Draft, at: datetime, visit: Visit | None = None) -> datetime:
    """That moment, or the next one at which a question is welcome where the customer is; UTC in and out.

    What does not fit into `ask_window` of its day is asked in the `ask_morning` that follows.
    """
    window = draft.timing.ask_window
    branch = draft.facts.content.business.branch(visit.branch_id) if visit else draft.branch
    local = at.astimezone(branch.zone)
    if _within(local.time(), *window):
        return draft.polite(at, visit)
    morning = datetime.combine(local.date(), draft.timing.ask_morning or window[0], local.tzinfo)
    if morning <= local:
        morning += timedelta(days=1)
    return draft.polite(morning.astimezone(at.tzinfo), visit)


def _within(moment: time, start: time, end: time) -> bool:
    if start < end:
        return start <= moment < end
    return moment >= start or moment < end
