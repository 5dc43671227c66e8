"""Judges whether every sentence and label that will be asked for is there. Reads no file."""

from collections.abc import Iterable, Iterator, Mapping

from flows.book import Role
from flows.compile_limits import OWNER
from flows.compile_steps import FlowFile
from flows.compile_texts import TextFile, missing
from flows.flow import CONTACT, INVITATION, READY, Flow, Step
from flows.problems import nearest
from flows.reading import Place
from flows.text_keys import LABELS, OPTIONAL_LABELS, OPTIONAL_TEXTS, TEXTS


def check_named(flows: Iterable[FlowFile], file: TextFile) -> None:
    """Every text and label that a flow names is there."""
    for flow in flows:
        texts = set(file.texts) | set(flow.sentences)
        for name, place in flow.places.items():
            step = flow.flow.steps[name]
            for field, key in _said(step):
                if key not in texts:
                    near = nearest(key, texts)
                    place.under(field).problem("unknown.text", key=key, near=near)
            for field, key in _labels(step):
                if key not in file.buttons and key not in flow.labels:
                    near = nearest(key, file.buttons)
                    place.under(field).problem("unknown.button", key=key, near=near)


def check_complete(flows: Iterable[Flow], roles: Iterable[Role], file: TextFile) -> None:
    """Everything the product asks for by name is there; what nobody asks for is pointed out."""
    steps = [step for flow in flows for step in flow.steps.values()]
    join = {f"join_as.{role.id}" for role in roles if role.id != OWNER}
    said = {key for step in steps for _, key in _said(step)}
    shown = {key for step in steps for _, key in _labels(step)}
    _compare(file.at.under("texts"), file.texts, TEXTS, OPTIONAL_TEXTS | said, "text")
    _compare(
        file.at.under("buttons"), file.buttons, LABELS | join, OPTIONAL_LABELS | shown, "button"
    )


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
        have[key].problem(f"unused.{what}", warning=True)


def _said(step: Step) -> Iterator[tuple[str, str]]:
    """Keys of texts, each with the field of the step that names it."""
    named = [
        ("say", step.say),
        ("say_rated", step.say_rated),
        ("say_unknown_visit", step.say_unknown_visit),
        *(("silence", reminder.say) for reminder in step.silence),
    ]
    yield from ((field, key) for field, key in named if key)
    if step.invite_review and not step.say:
        yield "invite_review", INVITATION
    if step.contact and not step.say:
        yield "contact", CONTACT


def _labels(step: Step) -> Iterator[tuple[str, str]]:
    """Keys of labels, each with the field of the step that names it."""
    yield from (("rating", step.label(str(mark))) for mark in step.marks)
    yield from (("buttons", step.label(button)) for button in step.buttons)
    yield from (("choose", step.label(option)) for option in step.options)
    yield from (("wishes", key) for key in step.wishes)
    if step.several:
        yield "choose", READY
    if step.collect and step.collect.until_button:
        yield "collect", step.label(step.collect.until_button)
    if step.invite_review:
        yield from (("invite_review", key) for key in ("review_page", "no_reviews"))
