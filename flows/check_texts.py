"""Judges whether every sentence and label that will be asked for is there. Reads no file."""

from collections.abc import Iterable, Iterator, Mapping

from flows.book import Flow, Role, Step
from flows.compile_limits import OWNER
from flows.compile_steps import FlowFile
from flows.compile_texts import TextFile, missing
from flows.problems import nearest
from flows.reading import Place
from flows.text_keys import LABELS, OPTIONAL_LABELS, OPTIONAL_TEXTS, TEXTS


def check_named(flows: Iterable[FlowFile], file: TextFile) -> None:
    """Every text and label that a flow names is there."""
    for flow in flows:
        texts = set(file.texts) | set(flow.sentences)
        for name, place in flow.places.items():
            step = flow.flow.steps[name]
            for key in _said(step):
                if key not in texts:
                    place.problem(f'there is no text "{key}"', did_you_mean=nearest(key, texts))
            for key in _labels(step):
                if key not in file.buttons:
                    near = nearest(key, file.buttons)
                    place.problem(f'there is no button "{key}"', did_you_mean=near)


def check_complete(flows: Iterable[Flow], roles: Iterable[Role], file: TextFile) -> None:
    """Everything the product asks for by name is there; what nobody asks for is pointed out."""
    steps = [step for flow in flows for step in flow.steps.values()]
    join = {f"join_as.{role.id}" for role in roles if role.id != OWNER}
    said = {key for step in steps for key in _said(step)}
    shown = {key for step in steps for key in _labels(step)}
    _compare(file.texts_at, file.texts, TEXTS, OPTIONAL_TEXTS | said, "text")
    _compare(file.buttons_at, file.buttons, LABELS | join, OPTIONAL_LABELS | shown, "button")


def _compare(
    at: Place,
    have: Mapping[str, Place],
    needed: Iterable[str],
    optional: Iterable[str],
    what: str,
) -> None:
    if not have:
        return
    known = {*needed, *optional}
    spare = [key for key in have if key not in known]
    for key in sorted(set(needed) - set(have)):
        missing(at, key, spare, what)
    for key in spare:
        have[key].problem(f"nobody asks for this {what}", warning=True)


def _said(step: Step) -> Iterator[str]:
    silence = step.silence.say if step.silence else None
    yield from filter(None, (step.say, step.say_rated, step.say_unknown_visit, silence))


def _labels(step: Step) -> Iterator[str]:
    if step.rating:
        yield from (f"rate.{mark}" for mark in range(step.rating[0], step.rating[1] + 1))
    yield from (*step.buttons, *step.wishes)
