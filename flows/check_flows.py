"""Judges whether the steps of a flow make a conversation that always ends; reads no file."""

from collections.abc import Iterable, Iterator

from flows.check_reviews import check_invitations
from flows.check_steps import check_step
from flows.compile_steps import FlowFile
from flows.flow import ALWAYS, END, NEXT, NO_WORDS, SILENCE, Condition, Step, Trigger
from flows.reading import Place

_AT_ONCE = (
    Trigger.WORDS,
    Trigger.CHECK,
)  # begin by themselves, or by a setting: they take no `after`


def check_flow(file: FlowFile) -> None:
    """Note what is wrong with a flow as a whole."""
    flow = file.flow
    if flow.start and flow.start not in flow.steps:
        file.at.under("start").unknown(flow.start, flow.steps, "unknown.step")
    if flow.after is not None and flow.trigger in _AT_ONCE:
        file.at.under("after").problem("flow.no_delay", trigger=flow.trigger)
    for name, place in file.places.items():
        check_step(file, flow.steps[name], place)
        _check_targets(flow.steps[name], place, flow.steps)
    _check_reachable(file)
    _check_loops(file)
    check_invitations(file)


def check_triggers(files: Iterable[FlowFile], missing_at: Place) -> None:
    """For everything that begins a conversation there is one flow that everybody gets who gets no other."""
    begun: dict[tuple[Trigger, Condition | None], FlowFile] = {}
    named: dict[str, FlowFile] = {}
    for file in files:
        trigger, name = file.flow.trigger, file.flow.name
        who = (trigger, file.flow.audience)
        if who in begun:
            other = begun[who].at.source.file
            file.at.under("trigger").problem("flow.trigger_taken", trigger=trigger, file=other)
        if name in named:
            other = named[name].at.source.file
            file.at.under("flow").problem("flow.name_taken", flow=name, file=other)
        begun.setdefault(who, file)
        named.setdefault(name, file)
    for trigger in ALWAYS:
        if not any(known is trigger for known, _ in begun):
            missing_at.problem("flow.no_trigger", trigger=trigger)
        elif (trigger, None) not in begun:
            missing_at.problem("flow.no_default", trigger=trigger)


def _check_targets(step: Step, place: Place, steps: Iterable[str]) -> None:
    known = tuple(steps)
    go = place.under("go")
    for answer, target in step.go.items():
        if target not in known and target != END:
            at = go if isinstance(go.value, str) else go.under(answer)
            at.unknown(target, known, "unknown.step")
    if step.when is not None and step.otherwise not in (*known, END):
        place.under("else").unknown(step.otherwise, known, "unknown.step")


def _check_reachable(file: FlowFile) -> None:
    steps = file.flow.steps
    if file.flow.start not in steps:
        return
    reached = {file.flow.start}
    ahead = [file.flow.start]
    while ahead:
        for target in steps[ahead.pop()].onward:
            if target in steps and target not in reached:
                reached.add(target)
                ahead.append(target)
    for name, place in file.places.items():
        if name not in reached:
            place.problem("step.unreachable")


def _check_loops(file: FlowFile) -> None:
    """The customer must have a say in every circle, or it would never end."""
    told: set[str] = set()
    for name in sorted(file.places):
        circle = _circle(file, name)
        if circle and not told & set(circle):
            told |= set(circle)
            file.places[name].problem("step.loop", steps=" → ".join((*circle, name)))


def _circle(file: FlowFile, name: str) -> tuple[str, ...]:
    """A way from a step back to itself on which nobody is asked; empty when there is none."""
    steps = file.flow.steps
    ways: list[tuple[str, ...]] = [(name,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for target in _by_itself(steps[way[-1]]):
            if target == name:
                return way
            if target in steps and target not in seen:
                seen.add(target)
                ways.append((*way, target))
    return ()


def _by_itself(step: Step) -> Iterator[str]:
    """Where a step leads without the customer doing anything."""
    unasked = (NO_WORDS, SILENCE) if step.waits else (NEXT,)
    yield from (step.go[answer] for answer in unasked if answer in step.go)
    if step.when is not None:
        yield step.otherwise
