"""Refuses flows that invite only happy customers to review: Google's, Yandex's and the FTC's rules forbid it."""

from flows.compile_steps import FlowFile
from flows.flow import Flow, Step

# What tells a happy customer from an unhappy one.
_TELLING = frozenset({"rating", "rating_before", "topic", "words", "files", "wish"})


def check_invitations(file: FlowFile) -> None:
    """Whatever the mark, or a condition on it, the way reaches the invitation; or none does."""
    flow = file.flow
    invitations = [name for name, step in flow.steps.items() if step.invite_review]
    if not invitations:
        return
    if flow.audience is not None and _TELLING & set(flow.audience.asks):
        _refuse(file, ("for",))
    reaching = _reaching(flow, invitations)
    for name, step in flow.steps.items():
        if name in reaching and _chooses(step, reaching):
            _refuse(file, ("steps", name))


def _chooses(step: Step, reaching: frozenset[str]) -> bool:
    """At this step some customers are led towards the invitation, and others away from it."""
    ways = [step.go.get(str(mark)) for mark in step.marks]
    if step.when is not None and _TELLING & set(step.when.asks):
        if step.invite_review:
            return True
        ways += [*step.go.values(), step.otherwise]
    return any(way in reaching for way in ways) and not all(way in reaching for way in ways)


def _reaching(flow: Flow, invitations: list[str]) -> frozenset[str]:
    """Steps from which an invitation can be reached."""
    found = set(invitations)
    while more := {
        name
        for name, step in flow.steps.items()
        if name not in found and any(target in found for target in step.onward)
    }:
        found |= more
    return frozenset(found)


def _refuse(file: FlowFile, path: tuple[str, ...]) -> None:
    place = file.at
    for key in path:
        place = place.under(key)
    place.problem("review.some")
