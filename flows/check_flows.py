"""Judges whether the steps of a flow make a conversation that always ends; reads no file."""

from collections.abc import Iterable

from flows.book import Step, Trigger
from flows.compile_steps import NEXT, FlowFile, answers
from flows.reading import Place


def check_flow(file: FlowFile) -> None:
    """Note what is wrong with a flow as a whole."""
    flow = file.flow
    if flow.start and flow.start not in flow.steps:
        file.at.under("start").unknown(flow.start, flow.steps, "unknown.step")
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
            file.at.under("trigger").problem("flow.trigger_taken", trigger=trigger, file=other)
        if name in named:
            other = named[name].at.source.file
            file.at.under("flow").problem("flow.name_taken", flow=name, file=other)
        begun.setdefault(trigger, file)
        named.setdefault(name, file)
    for trigger in Trigger:
        if trigger not in begun:
            missing_at.problem("flow.no_trigger", trigger=trigger)


def _check_step(step: Step, place: Place) -> None:
    if not (step.say or step.waits or step.promise or step.case or step.go):
        place.problem("step.idle")
    if step.promise and step.say:
        place.under("say").problem("step.promise_says")
    if step.wishes and not step.promise:
        place.under("wishes").problem("step.wishes_alone")
    if step.topics and not step.collect:
        place.under("choose").problem("step.topic_without_words")
    if step.silence and not step.waits:
        place.under("silence").problem("step.silence_unasked")
    if (step.say_rated or step.say_unknown_visit) and not step.say:
        place.problem("step.variants_alone")
    _check_every_answer_leads_on(step, place)


def _check_every_answer_leads_on(step: Step, place: Place) -> None:
    may_end_here = {NEXT, "words"}
    stuck = [a for a in answers(step) if a not in step.go and a not in may_end_here]
    if stuck:
        place.under("go").problem("step.stuck", answers=", ".join(stuck))


def _check_targets(step: Step, place: Place, steps: Iterable[str]) -> None:
    known = tuple(steps)
    go = place.under("go")
    for answer, target in step.go.items():
        if target not in known:
            at = go if isinstance(go.value, str) else go.under(answer)
            at.unknown(target, known, "unknown.step")


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
            place.problem("step.unreachable")


def _check_loops(file: FlowFile) -> None:
    steps = file.flow.steps
    for name, place in file.places.items():
        seen: list[str] = []
        at = name
        while at in steps and not steps[at].waits and at not in seen:
            seen.append(at)
            at = steps[at].go.get(NEXT, "")
        if at == name and seen and name == min(seen):
            place.problem("step.loop", steps=" → ".join((*seen, name)))
