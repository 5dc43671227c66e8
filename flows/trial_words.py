"""What an owner who plays the customer is told between the steps. What their taps do: trial.py."""

from flows.case import Care
from flows.draft import Draft, is_trial
from flows.effects import Say
from flows.events import TrialAction
from flows.owners import write_to
from flows.presses import Button, Rows, TrialPress

_ALL_RIGHT = "yes"
_END = "try.end"


def offer_to_skip(draft: Draft) -> None:
    """Instead of waiting two days for the check."""
    case_id = draft.case.id
    rows = (
        (
            trial_button("show", TrialAction.SHOW, case_id),
            trial_button("enough", TrialAction.ENOUGH, case_id),
        ),
    )
    write_to(draft, draft.care.customer.tg_id, "try.skip", rows)


def say_end(draft: Draft) -> None:
    """It is over: once more, or away with the card."""
    rows: Rows = (
        (
            trial_button("once_more", TrialAction.AGAIN),
            trial_button("remove_card", TrialAction.REMOVE),
        ),
    )
    write_to(draft, draft.care.customer.tg_id, _END, rows)


def end_if_over(draft: Draft, before: Care) -> None:
    """The last word of what was played has been said in this decision."""
    if not is_trial(draft.care) or not is_trial(before) or _said(draft):
        return
    case, talk = draft.care.case, draft.care.conversation
    checked = case is not None and case.check_result == _ALL_RIGHT
    was_checked = before.case is not None and before.case.check_result == _ALL_RIGHT
    talked = case is None and talk is not None and talk.closed_at is not None
    was_talked = before.conversation is None or before.conversation.closed_at is not None
    if (checked and not was_checked) or (talked and not was_talked):
        say_end(draft)


def _said(draft: Draft) -> bool:
    return any(isinstance(effect, Say) and effect.text == _END for effect in draft.effects)


def trial_button(label: str, action: TrialAction, case_id: int = 0) -> Button:
    """A button of the try."""
    return Button(label, TrialPress(action, case_id))
