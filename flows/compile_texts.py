"""Reads texts/*.yaml: sentences, labels and phrases. What fills them is elsewhere."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flows.markup import mistake_in
from flows.problems import Mistake, nearest
from flows.reading import Place
from flows.template import Template, TemplateError, parse_template, without_tags
from flows.text_keys import CAPTION_MOST, CAPTIONS, LABEL_MOST, TEXT_MOST, TOAST_MOST, TOASTS
from flows.text_variables import known_in_label, known_in_text
from flows.variables import EXAMPLES


@dataclass(frozen=True, slots=True)
class TextFile:
    """Sentences, labels and phrases of one language, each with its place."""

    at: Place
    texts: Mapping[str, Place]
    buttons: Mapping[str, Place]
    phrases: Mapping[str, Place]


def compile_texts(place: Place) -> TextFile:
    """Everything in the file; problems of single sentences are noted."""
    fields = place.fields(("texts", "buttons", "phrases"))
    file = TextFile(
        place,
        fields["texts"].entries(),
        fields["buttons"].entries(),
        fields["phrases"].entries(),
    )
    for key, at in file.texts.items():
        _check(at, known_in_text(key), _most(key), mistake_in)
    for key, at in file.buttons.items():
        check_label(at, key)
    return file


def check_label(place: Place, key: str = "") -> None:
    """Judge the label of a button, wherever it stands."""
    _check(place, known_in_label(key), LABEL_MOST, lambda _: None)


def check_sentence(place: Place) -> None:
    """Judge a sentence that stands in a flow itself."""
    _check(place, known_in_text(""), TEXT_MOST, mistake_in)


def check_phrase(place: Place, slots: Mapping[str, str], most: int) -> None:
    """Judge words that are sent as they stand: the slots they may have, and their length when these are filled."""
    _check(place, slots, most, lambda _: None)


def variables_of(place: Place) -> frozenset[str]:
    """The variables of a sentence; none when it cannot be parsed, which is told elsewhere."""
    try:
        return parse_template(str(place.value)).names
    except TemplateError:
        return frozenset()


def check_phrases(file: TextFile, slots: Mapping[str, Iterable[str]]) -> None:
    """Every phrase is there and uses only the slots that it will be given."""
    for key, known in slots.items():
        place = file.phrases.get(key)
        if place is None:
            missing(file.at.under("phrases"), key, set(file.phrases) - set(slots), "phrase")
        else:
            template = _parsed(place)
            if template is not None:
                _check_slots(place, template, tuple(known))
    for key, place in file.phrases.items():
        if key not in slots:
            place.unknown(key, slots, "unknown.phrase")


def missing(at: Place, key: str, spare: Iterable[str], what: str, *, warning: bool = False) -> None:
    """Note that a needed text, button or phrase (`what`) is not there; a spare one may be meant."""
    instead = nearest(key, spare)
    if instead:
        at.problem(f"missing.{what}_misspelt", key=key, instead=instead, warning=warning)
    else:
        at.problem(f"missing.{what}", key=key, warning=warning)


def _most(key: str) -> int:
    if key in TOASTS:
        return TOAST_MOST
    return CAPTION_MOST if key in CAPTIONS else TEXT_MOST


def _check(
    place: Place, slots: Mapping[str, str], most: int, judge: Callable[[str], Mistake | None]
) -> None:
    template = _parsed(place)
    if template is None:
        return
    _check_slots(place, template, slots)
    if mistake := judge(str(place.value)):
        place.mistaken(mistake)
    length = len(without_tags(template.fill(slots, str)))
    if length > most:
        place.problem("text.long_filled", length=length, most=most)


def _parsed(place: Place) -> Template | None:
    text = place.text()
    if not text.strip():
        return None
    try:
        return parse_template(text)
    except TemplateError as mistake:
        place.mistaken(mistake)
        return None


def _check_slots(place: Place, template: Template, known: Iterable[str]) -> None:
    names = tuple(known)
    for name in sorted(template.names - set(names)):
        if name in EXAMPLES:
            place.problem("variable.not_here", variable=f"{{{name}}}")
            continue
        near = nearest(name, names)
        few = ", ".join(f"{{{known}}}" for known in names) if len(names) <= 5 else ""
        meant = f"{{{near}}}" if near else ""
        place.problem(
            "unknown.variable", variable=f"{{{name}}}", allowed="" if near else few, near=meant
        )
