"""When of a day the bot asks of its own accord: within the business's hours for it, outside quiet hours."""

from datetime import datetime, time, timedelta

from flows.draft import Draft


def question_time(draft: Draft, at: datetime) -> datetime:
    """That moment, or the next one at which a question is welcome; UTC in and out.

    What does not fit into `ask_window` of its day is asked in the `ask_morning` that follows.
    """
    window = draft.timing.ask_window
    local = at.astimezone(draft.branch.zone)
    if _within(local.time(), *window):
        return draft.polite(at)
    morning = datetime.combine(local.date(), draft.timing.ask_morning or window[0], local.tzinfo)
    if morning <= local:
        morning += timedelta(days=1)
    return draft.polite(morning.astimezone(at.tzinfo))


def _within(moment: time, start: time, end: time) -> bool:
    if start < end:
        return start <= moment < end
    return moment >= start or moment < end
