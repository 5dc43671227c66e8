"""Another preset with an owner's own answers in it, as texts. No disk, no judging."""

from collections.abc import Mapping

from bot.content import preset_files
from bot.content_change import edited, filled
from flows.compiler import BUSINESS
from flows.content_work import Edit, EditKind
from flows.yaml_editing import value_at
from flows.yaml_source import Source, read_yaml

_PLACES = "branches"


def preset_with(preset: str, edits: tuple[Edit, ...]) -> dict[str, str]:
    """Every file of the preset with these edits; the places it shows as examples go when the edits name others."""
    texts = dict(preset_files(preset))
    made = filled((*_without_examples(texts, edits), *edits), _nothing)
    return texts | edited(texts, made)


def _without_examples(texts: Mapping[str, str], edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The owner's places come first: a business without a place is none."""
    put = tuple(e for e in edits if e.path[:1] == (_PLACES,) and e.kind is EditKind.PUT)
    if not put:
        return ()
    source = read_yaml(BUSINESS, texts[BUSINESS])
    places = value_at(source.value, (_PLACES,))[1] if isinstance(source, Source) else None
    kept = {edit.path[1] for edit in put}
    examples = [each for each in places if each not in kept] if isinstance(places, dict) else []
    drops = (Edit(BUSINESS, (_PLACES, each), kind=EditKind.DROP) for each in examples)
    return (*put, *drops)


def _nothing(_file: str, _path: tuple[str, ...]) -> None:
    """Of a preset nothing is missing."""
