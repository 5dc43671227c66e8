"""Reads flows/*.yaml into steps. Whether they make a conversation: check_flows.py."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import MappingProxyType

from flows.book import CaseAction, Collect, Flow, Medium, Silence, Step, Trigger
from flows.reading import Fields, Place

NEXT, WORDS, NO_WORDS = "next", "words", "no_words"
STAYS = frozenset({"call_me"})  # buttons that act and move nothing, so they need no branch
MOST_TIMES = 3

_STEP = [
    *("say", "say_rated", "say_unknown_visit", "rating", "choose", "buttons", "wishes"),
    *("promise", "collect", "silence", "case", "go"),
]
_MARK = re.compile(r"[1-5]")
_MARKS = re.compile(r"([1-5])\s*(?:\.\.|-)\s*([1-5])")
_KEY = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")
_QUIET = timedelta(seconds=60)


@dataclass(slots=True)
class FlowFile:
    """A flow with the place of each of its steps, and the sentences written into it."""

    at: Place
    flow: Flow
    places: Mapping[str, Place]
    sentences: dict[str, Place] = field(default_factory=dict)


def compile_flow(place: Place) -> FlowFile:
    """One flow; problems of single steps are noted."""
    fields = place.fields(("flow", "trigger", "start", "steps"))
    name = fields["flow"].id()
    sentences: dict[str, Place] = {}
    places = fields["steps"].entries()
    steps = {key: _step(name, key, at, sentences) for key, at in places.items()}
    flow = Flow(
        name=name,
        trigger=Trigger(fields["trigger"].one_of([t.value for t in Trigger], "unknown.trigger")),
        start=fields["start"].text(),
        steps=MappingProxyType(steps),
    )
    return FlowFile(place, flow, places, sentences)


def _step(flow: str, name: str, place: Place, sentences: dict[str, Place]) -> Step:
    Place(place.source, place.path, name, place.found).id()
    fields = place.fields((), _STEP)

    def said(key: str) -> str | None:
        return fields.read(key, lambda at: _said(at, f"{flow}.{name}.{key}", sentences), None)

    step = Step(
        name=name,
        say=said("say"),
        say_rated=said("say_rated"),
        say_unknown_visit=said("say_unknown_visit"),
        rating=fields.read("rating", _rating, None),
        topics=fields.read("choose", _topics, default=False),
        buttons=fields.read("buttons", _keys, ()),
        wishes=fields.read("wishes", _keys, ()),
        promise=fields.read("promise", Place.flag, default=False),
        collect=fields.read("collect", _collect, None),
        silence=fields.read(
            "silence", lambda at: _silence(at, f"{flow}.{name}.silence", sentences), None
        ),
        case=fields.read("case", _case, None),
    )
    return _with_branches(step, fields)


def _said(place: Place, key: str, sentences: dict[str, Place]) -> str:
    """The key of a text; a sentence written right here becomes a text with a key of its own."""
    said = place.text()
    if not said or _KEY.fullmatch(said):
        return said
    sentences[key] = place
    return key


def _rating(place: Place) -> tuple[int, int]:
    found = _MARKS.fullmatch(place.value) if isinstance(place.value, str) else None
    if found is None or int(found[1]) >= int(found[2]):
        place.problem("type.marks", value=place.shown(), allowed="1..5")
        return (1, 5)
    return (int(found[1]), int(found[2]))


def _topics(place: Place) -> bool:
    return place.one_of(("topics",), "unknown.choice") == "topics"


def _case(place: Place) -> CaseAction:
    return CaseAction(place.one_of([a.value for a in CaseAction], "unknown.case_action"))


def _keys(place: Place) -> tuple[str, ...]:
    return tuple(item.text() for item in place.items())


def _collect(place: Place) -> Collect:
    fields = place.fields((), [*Medium, "until_quiet", "no_words"])
    media = frozenset(m for m in Medium if fields.read(m, Place.flag, default=False))
    if not media:
        place.problem("collect.nothing", allowed="text: true, voice: true, photo: true …")
    return Collect(
        media=media,
        until_quiet=fields.read("until_quiet", Place.span, _QUIET),
        no_words=fields.read("no_words", Place.span, None),
    )


def _silence(place: Place, key: str, sentences: dict[str, Place]) -> Silence:
    fields = place.fields(("after", "say"), ("times",))
    return Silence(
        after=fields["after"].span(),
        say=_said(fields["say"], key, sentences),
        times=fields.read("times", lambda at: at.whole(1, MOST_TIMES), 1),
    )


def _with_branches(step: Step, fields: Fields) -> Step:
    place = fields.get("go")
    if place is None:
        return step
    return replace(step, go=MappingProxyType(_branches(step, place)))


def answers(step: Step) -> tuple[str, ...]:
    """Everything that may lead on from a step, by the words that stand in `go`."""
    if not step.waits:
        return (NEXT,)
    found: list[str] = []
    if step.rating:
        found += [str(mark) for mark in range(step.rating[0], step.rating[1] + 1)]
    found += [button for button in step.buttons if button not in STAYS]
    if step.collect or step.topics:
        found.append(WORDS)
    if step.collect and step.collect.no_words:
        found.append(NO_WORDS)
    return tuple(found)


def _branches(step: Step, place: Place) -> dict[str, str]:
    if isinstance(place.value, str):
        return dict.fromkeys((a for a in answers(step) if a != NO_WORDS), place.value)
    go: dict[str, str] = {}
    for key, target in place.entries().items():
        marks = _MARKS.fullmatch(key)
        low, high = (int(marks[1]), int(marks[2])) if marks else (0, -1)
        for answer in map(str, range(low, high + 1)) if marks else (key,):
            if answer in go:
                target.problem("go.twice", answer=answer, step=go[answer])
            elif answer not in answers(step) and answer not in STAYS:
                target.unknown(answer, answers(step), "unknown.answer")
            go[answer] = target.text()
    return go
