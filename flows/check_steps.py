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
        place.problem("this step says nothing, asks nothing and does nothing")
    _check_words(step, place)
    _check_contact(step, place)
    _check_leads_on(file, step, place)
    if step.case in _ABOUT_A_FIX and flow.trigger not in _AFTER_A_FIX:
        allowed = ", ".join(_AFTER_A_FIX)
        place.under("case").problem(f"case: {step.case} belongs to a flow of a check", allowed)
    if step.when is not None:
        _check_condition(flow, step.when, place.under("when"))


def _check_words(step: Step, place: Place) -> None:
    if step.promise and step.say:
        place.under("say").problem("a step with promise: true says the texts ack.*, not its own")
    if step.wishes and not step.promise:
        place.under("wishes").problem("wishes stand under a promise: add promise: true")
    if step.topics and not step.collect:
        place.under("choose").problem("a topic is told in words too: add collect")
    if step.silence and not step.waits:
        place.under("silence").problem("nothing is asked here, so nobody can be silent")
    if step.silence and SILENCE not in step.go and any(r.say is None for r in step.silence):
        place.under("silence").problem(
            "nothing is said and nothing follows: add say, or go: {silence: …}"
        )
    if (step.say_rated or step.say_unknown_visit) and not step.say:
        place.problem('"say" is missing: its variants stand instead of it')
    shown = step.marks or step.buttons or step.options or step.topics
    if shown and not (step.say or step.invite_review or step.contact):
        place.problem('buttons stand under a sentence: add "say"')


def _check_contact(step: Step, place: Place) -> None:
    if step.contact and (step.marks or step.buttons or step.options or step.topics):
        place.under("contact").problem(
            "the contact button stands alone: ask for the rest in another step"
        )
    if step.invite_review and (step.waits or step.promise or step.case):
        place.under("invite_review").problem(
            "an invitation asks nothing: put the rest into another step"
        )


def _check_leads_on(file: FlowFile, step: Step, place: Place) -> None:
    can = answers(step)
    stuck = [a for a in can if a not in step.go and a not in _MAY_END_HERE]
    if stuck:
        spoken = [_spoken(file, step, answer) for answer in stuck]
        place.under("go").problem(f"no step after {', '.join(spoken)}")
    if step.waits and not set(can) - {SILENCE}:
        place.problem("nothing the customer may do leads on from here")


def _spoken(file: FlowFile, step: Step, answer: str) -> str:
    """An answer as the owner has written it: its words in quotes, or the key."""
    written = file.labels.get(step.label(answer))
    return answer if written is None or answer.isdigit() else written.quoted()


def _check_condition(flow: Flow, when: Condition, place: Place) -> None:
    if when.rating is None:
        return
    low, high = when.rating
    offered = {mark for step in flow.steps.values() for mark in step.marks}
    if not offered:
        place.under("rating").problem("no step of this flow asks for a rating")
    elif not any(low <= mark <= high for mark in offered):
        known = ", ".join(map(str, sorted(offered)))
        place.under("rating").problem(f"nobody can give {low}..{high} here", known)
