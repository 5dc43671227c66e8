"""Reads flows/*.yaml into steps. Whether they make a conversation: check_flows.py."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from flows.compile_asking import Asking, Written
from flows.compile_conditions import compile_audience, compile_when
from flows.flow import (
    END,
    NEXT,
    NO_PHONE,
    NO_WORDS,
    OTHER,
    PHONE,
    READY,
    SILENCE,
    WORDS,
    CaseAction,
    Flow,
    Step,
    Trigger,
)
from flows.reading import Fields, Place

STAYS = frozenset({"call_me"})  # buttons that act and move nothing, so they need no branch
UNSAID = frozenset(
    {NO_WORDS, OTHER, SILENCE}
)  # answers of a customer who said nothing that was asked

STEP = [
    *("wait", "when", "else", "say", "say_rated", "say_unknown_visit", "rating", "choose"),
    *(
        "buttons",
        "wishes",
        "promise",
        "contact",
        "invite_review",
        "collect",
        "silence",
        "case",
        "go",
    ),
]
_RANGE = re.compile(r"(\d{1,2})\s*(?:\.\.|-)\s*(\d{1,2})")


@dataclass(slots=True)
class FlowFile:
    """A flow with the place of each of its steps, and what is written into it: sentences and labels by key."""

    at: Place
    flow: Flow
    places: Mapping[str, Place]
    sentences: Mapping[str, Place]
    labels: Mapping[str, Place]


def compile_flow(place: Place) -> FlowFile:
    """One flow; problems of single steps are noted."""
    fields = place.fields(("flow", "trigger", "start", "steps"), ("for", "after"))
    name = fields["flow"].id()
    written = Written()
    places = fields["steps"].entries()
    steps = {key: _step(name, key, at, written) for key, at in places.items()}
    flow = Flow(
        name=name,
        trigger=Trigger(fields["trigger"].one_of([t.value for t in Trigger], "unknown.trigger")),
        start=fields["start"].text(),
        steps=MappingProxyType(steps),
        audience=fields.read("for", compile_audience, None),
        after=fields.read("after", Place.span, None),
    )
    return FlowFile(place, flow, places, written.sentences, written.labels)


def _step(flow: str, name: str, place: Place, written: Written) -> Step:
    Place(place.source, place.path, name, place.found).id()
    if name == END:
        place.problem("step.called_end", end=END)
    fields = place.fields((), STEP)
    asking = Asking(f"{flow}.{name}", written)
    asking.read(fields)

    def said(key: str) -> str | None:
        return fields.read(key, lambda at: asking.said(at, key), None)

    step = Step(
        name=name,
        wait=fields.read("wait", Place.span, None),
        when=fields.read("when", compile_when, None),
        say=said("say"),
        say_rated=said("say_rated"),
        say_unknown_visit=said("say_unknown_visit"),
        marks=asking.marks,
        topics=asking.topics,
        buttons=asking.buttons,
        options=asking.options,
        several=asking.several,
        labels=MappingProxyType(asking.labels),
        wishes=fields.read("wishes", _keys, ()),
        promise=fields.read("promise", Place.flag, default=False),
        contact=fields.read("contact", Place.flag, default=False),
        invite_review=fields.read("invite_review", Place.flag, default=False),
        collect=asking.collect,
        silence=asking.silence,
        case=fields.read("case", _case, None),
    )
    return _passed_over(_with_branches(step, fields, asking.spoken), fields)


def _case(place: Place) -> CaseAction:
    return CaseAction(place.one_of([a.value for a in CaseAction], "unknown.case_action"))


def _keys(place: Place) -> tuple[str, ...]:
    return tuple(item.text() for item in place.items())


# ---- where answers lead -----------------------------------------------------------------------


def answers(step: Step) -> tuple[str, ...]:
    """Everything that may lead on from a step, by the words that stand in `go`."""
    if not step.waits:
        return (NEXT,)
    found = [str(mark) for mark in step.marks]
    found += [READY] if step.several else step.options
    found += [button for button in step.buttons if button not in STAYS]
    if step.collect or step.topics:
        found.append(WORDS)
    if step.collect:
        found += [OTHER, NO_WORDS] if step.collect.no_words else [OTHER]
    if step.contact:
        found += [PHONE, NO_PHONE]
    return (*found, SILENCE) if step.silence else tuple(found)


def _with_branches(step: Step, fields: Fields, spoken: Mapping[str, str]) -> Step:
    place = fields.get("go")
    if place is None:
        return step
    if isinstance(place.value, str):
        go = dict.fromkeys((a for a in answers(step) if a not in UNSAID), place.value)
    else:
        go = _branches(step, place, spoken)
    return replace(step, go=MappingProxyType(go))


def _branches(step: Step, place: Place, spoken: Mapping[str, str]) -> dict[str, str]:
    go: dict[str, str] = {}
    for key, target in place.entries().items():
        for answer in _meant(step, spoken.get(key, key), target):
            if answer in go:
                target.problem("go.twice", answer=answer, step=go[answer])
            elif answer not in answers(step) and answer not in STAYS:
                words = {made: word for word, made in spoken.items()}
                known = [words.get(each, each) for each in answers(step)]
                target.unknown(answer, known, "unknown.answer")
            go[answer] = target.text()
    return go


def _meant(step: Step, key: str, place: Place) -> tuple[str, ...]:
    """The answers that a word under `go` stands for: a range is every mark offered within it."""
    found = _RANGE.fullmatch(key)
    if found is None or not step.marks:
        return (key,)
    low, high = int(found[1]), int(found[2])
    marks = tuple(str(mark) for mark in step.marks if low <= mark <= high)
    if low > high or not marks:
        place.problem("go.no_mark", marks=key, allowed=", ".join(map(str, step.marks)))
    return marks


def _passed_over(step: Step, fields: Fields) -> Step:
    """Where a step leads whose condition does not hold: `else`, or where all of its answers lead."""
    other = fields.get("else")
    if other is not None:
        if step.when is None:
            other.problem("step.else_alone")
        return replace(step, otherwise=other.text())
    targets = set(step.go.values())
    if step.when is None or not targets:
        return step
    if len(targets) > 1:
        fields.at.under("when").problem("step.no_else")
    return replace(step, otherwise=min(targets))
