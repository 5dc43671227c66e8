"""Judges whether every sentence and label that will be asked for is there. Reads no file."""

from collections.abc import Iterable, Iterator, Mapping

from flows.book import Role
from flows.compile_limits import OWNER
from flows.compile_steps import FlowFile
from flows.compile_texts import TextFile, check_label, check_sentence, missing
from flows.flow import CONTACT, INVITATION, READY, Step
from flows.problems import nearest
from flows.reading import Place
from flows.text_keys import LABELS, OPTIONAL_LABELS, OPTIONAL_TEXTS, TEXTS


def check_written(flows: Iterable[FlowFile]) -> None:
    """Sentences and labels that stand in the flows themselves are like any other."""
    for flow in flows:
        for sentence in flow.sentences.values():
            check_sentence(sentence)
        for label in flow.labels.values():
            check_label(label)


def check_named(flows: Iterable[FlowFile], file: TextFile) -> None:
    """Every text and label that a flow names is there."""
    for flow in flows:
        texts = set(file.texts) | set(flow.sentences)
        for name, place in flow.places.items():
            step = flow.flow.steps[name]
            for field, key in said(step):
                if file.texts and key not in texts:
                    near = nearest(key, texts)
                    place.under(field).problem("unknown.text", key=key, near=near)
            for field, key in _labels(step):
                if file.buttons and key not in file.buttons and key not in flow.labels:
                    near = nearest(key, file.buttons)
                    place.under(field).problem("unknown.button", key=key, near=near)


def check_complete(flows: Iterable[FlowFile], roles: Iterable[Role], file: TextFile) -> None:
    """Everything the product asks for by name is there; what nobody asks for is pointed out."""
    texts, labels = _asked_by(flows)
    join = {f"join_as.{role.id}" for role in roles if role.id != OWNER}
    _compare(file.at.under("texts"), file.texts, TEXTS, OPTIONAL_TEXTS | texts, "text")
    _compare(
        file.at.under("buttons"), file.buttons, LABELS | join, OPTIONAL_LABELS | labels, "button"
    )


def check_translated_texts(flows: Iterable[FlowFile], file: TextFile, own: TextFile) -> None:
    """What is said in the business's own language is said in this one, too; if not, it is read in that one."""
    flows = list(flows)
    texts, labels = _asked_by(flows)
    needed_texts = [key for key in own.texts if key in TEXTS | texts and key not in file.texts]
    needed_labels = [
        key for key in own.buttons if key in LABELS | labels and key not in file.buttons
    ]
    for at, what, keys in (
        (file.at.under("texts"), "text", needed_texts),
        (file.at.under("buttons"), "button", needed_labels),
    ):
        for key in keys:
            missing(at, key, (), what, warning=True)
    written = {key for flow in flows for key in flow.sentences}  # in the flow itself
    for have, known, what in (
        (file.texts, TEXTS | OPTIONAL_TEXTS | texts | set(own.texts) | written, "text"),
        (file.buttons, LABELS | OPTIONAL_LABELS | labels | set(own.buttons), "button"),
    ):
        for key in set(have) - known:
            have[key].problem(f"unused.{what}", warning=True)


def _asked_by(flows: Iterable[FlowFile]) -> tuple[set[str], set[str]]:
    """Keys of texts and of labels that steps name; a sentence in the flow itself has no key to give."""
    texts: set[str] = set()
    labels: set[str] = set()
    for file in flows:
        for step in file.flow.steps.values():
            texts |= {key for _, key in said(step)} - set(file.sentences)
            labels |= {key for _, key in _labels(step)} - set(file.labels)
    return texts, labels


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


def said(step: Step) -> Iterator[tuple[str, str]]:
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
