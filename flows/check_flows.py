"""Judges whether the steps of a flow make a conversation that always ends; reads no file."""

from collections.abc import Iterable

from flows.book import Step, Trigger
from flows.compile_steps import NEXT, FlowFile, answers
from flows.reading import Place


def check_flow(file: FlowFile) -> None:
    """Note what is wrong with a flow as a whole."""
    flow = file.flow
    if flow.start and flow.start not in flow.steps:
        file.at.under("start").unknown(flow.start, flow.steps, "a step of this flow")
    for name, place in file.places.items():
        _check_step(flow.steps[name], place)
        _check_targets(flow.steps[name], place, flow.steps)
    _check_reachable(file)
    _check_loops(file)


def check_triggers(files: Iterable[FlowFile], missing_at: Place) -> None:
    """There is exactly one flow for everything that begins a conversation."""
    begun: dict[Trigger, FlowFile] = {}
    named: dict[str, FlowFile] = {}
    for file in files:
        trigger, name = file.flow.trigger, file.flow.name
        if trigger in begun:
            other = begun[trigger].at.source.file
            file.at.under("trigger").problem(f'"{trigger}" already begins the flow in {other}')
        if name in named:
            other = named[name].at.source.file
            file.at.under("flow").problem(f'the flow "{name}" is already in {other}')
        begun.setdefault(trigger, file)
        named.setdefault(name, file)
    for trigger in Trigger:
        if trigger not in begun:
            missing_at.problem(f"no flow has the trigger {trigger}")


def _check_step(step: Step, place: Place) -> None:
    if not (step.say or step.waits or step.promise or step.case or step.go):
        place.problem("this step says nothing, asks nothing and does nothing")
    if step.promise and step.say:
        place.under("say").problem("a step with promise: true says the texts ack.*, not its own")
    if step.wishes and not step.promise:
        place.under("wishes").problem("wishes stand under a promise: add promise: true")
    if step.topics and not step.collect:
        place.under("choose").problem("a topic is told in words too: add collect")
    if step.silence and not step.waits:
        place.under("silence").problem("nothing is asked here, so nobody can be silent")
    if (step.say_rated or step.say_unknown_visit) and not step.say:
        place.problem('"say" is missing: its variants stand instead of it')
    _check_every_answer_leads_on(step, place)


def _check_every_answer_leads_on(step: Step, place: Place) -> None:
    may_end_here = {NEXT, "words"}
    stuck = [a for a in answers(step) if a not in step.go and a not in may_end_here]
    if stuck:
        place.under("go").problem(f"no step after {', '.join(stuck)}")


def _check_targets(step: Step, place: Place, steps: Iterable[str]) -> None:
    known = tuple(steps)
    go = place.under("go")
    for answer, target in step.go.items():
        if target not in known:
            at = go if isinstance(go.value, str) else go.under(answer)
            at.unknown(target, known, "a step of this flow")


def _check_reachable(file: FlowFile) -> None:
    steps = file.flow.steps
    if file.flow.start not in steps:
        return
    reached = {file.flow.start}
    ahead = [file.flow.start]
    while ahead:
        for target in steps[ahead.pop()].go.values():
            if target in steps and target not in reached:
                reached.add(target)
                ahead.append(target)
    for name, place in file.places.items():
        if name not in reached:
            place.problem("no step leads here")


def _check_loops(file: FlowFile) -> None:
    steps = file.flow.steps
    for name, place in file.places.items():
        seen: list[str] = []
        at = name
        while at in steps and not steps[at].waits and at not in seen:
            seen.append(at)
            at = steps[at].go.get(NEXT, "")
        if at == name and seen and name == min(seen):
            place.problem(f"a loop that never asks: {' → '.join((*seen, name))}")
