"""Judges one step of a flow: what is asked together, what leads on, what belongs elsewhere."""

from flows.compile_steps import FlowFile, answers
from flows.flow import NEXT, OTHER, SILENCE, WORDS, CaseAction, Condition, Flow, Step, Trigger
from flows.reading import Place

_MAY_END_HERE = frozenset({NEXT, WORDS, OTHER, SILENCE})
_ABOUT_A_FIX = (CaseAction.REOPEN, CaseAction.CONFIRM)
_AFTER_A_FIX = (Trigger.CHECK, Trigger.CHECK_7D)


def check_step(file: FlowFile, step: Step, place: Place) -> None:
    """Note what is wrong with a step by itself."""
    flow = file.flow
    does = (step.say, step.waits, step.promise, step.invite_review, step.case, step.go, step.wait)
    if not (any(does) or step.when):
        place.problem("step.idle")
    _check_words(step, place)
    _check_contact(step, place)
    _check_leads_on(file, step, place)
    if step.case in _ABOUT_A_FIX and flow.trigger not in _AFTER_A_FIX:
        allowed = ", ".join(_AFTER_A_FIX)
        place.under("case").problem("step.about_a_fix", action=step.case, allowed=allowed)
    if step.when is not None:
        _check_condition(flow, step.when, place.under("when"))


def _check_words(step: Step, place: Place) -> None:
    if step.promise and step.say:
        place.under("say").problem("step.promise_says")
    if step.wishes and not step.promise:
        place.under("wishes").problem("step.wishes_alone")
    if step.topics and not step.collect:
        place.under("choose").problem("step.topic_without_words")
    if step.silence and not step.waits:
        place.under("silence").problem("step.silence_unasked")
    if step.silence and SILENCE not in step.go and any(r.say is None for r in step.silence):
        place.under("silence").problem("step.silence_idle")
    if (step.say_rated or step.say_unknown_visit) and not step.say:
        place.problem("step.variants_alone")
    shown = step.marks or step.buttons or step.options or step.topics
    if shown and not (step.say or step.invite_review or step.contact):
        place.problem("step.buttons_unsaid")


def _check_contact(step: Step, place: Place) -> None:
    if step.contact and (step.marks or step.buttons or step.options or step.topics):
        place.under("contact").problem("step.contact_not_alone")
    if step.invite_review and (step.waits or step.promise or step.case):
        place.under("invite_review").problem("step.invitation_not_alone")


def _check_leads_on(file: FlowFile, step: Step, place: Place) -> None:
    can = answers(step)
    stuck = [a for a in can if a not in step.go and a not in _MAY_END_HERE]
    if stuck:
        spoken = [_spoken(file, step, answer) for answer in stuck]
        place.under("go").problem("step.stuck", answers=", ".join(spoken))
    if step.waits and not set(can) - {SILENCE}:
        place.problem("step.dead_end")


def _spoken(file: FlowFile, step: Step, answer: str) -> str:
    """An answer as the owner has written it: its words in quotes, or the key."""
    written = file.labels.get(step.label(answer))
    return answer if written is None or answer.isdigit() else str(written.value)


def _check_condition(flow: Flow, when: Condition, place: Place) -> None:
    if when.rating is None:
        return
    low, high = when.rating
    offered = {mark for step in flow.steps.values() for mark in step.marks}
    if not offered:
        place.under("rating").problem("when.unrated")
    elif not any(low <= mark <= high for mark in offered):
        known = ", ".join(map(str, sorted(offered)))
        place.under("rating").problem("when.no_mark", marks=f"{low}..{high}", allowed=known)
