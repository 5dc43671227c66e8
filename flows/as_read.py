"""Flows as far as they read, mistakes or not: for whoever draws them. What is wrong is judged in compiler.py."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flows.compile_steps import FlowFile, compile_flow
from flows.compile_texts import compile_texts
from flows.compiler import judge_content
from flows.problems import Problem, Problems
from flows.reading import Place
from flows.yaml_source import Source, read_yaml

_FLOW_FILE = re.compile(r"flows/[^/]+\.yaml")


@dataclass(frozen=True, slots=True)
class AsRead:
    """What could be made out of a folder; texts and labels by key, in the language it says it is in."""

    flows: tuple[FlowFile, ...]
    texts: Mapping[str, str]
    labels: Mapping[str, str]
    problems: Problems
    locale: str


def as_read(files: Mapping[str, str], unreadable: Iterable[Problem] = ()) -> AsRead:
    """Everything that can be made out of the flows of a folder."""
    judgement = judge_content(files, unreadable)
    locale = judgement.locale or "ru"
    flows = tuple(
        compile_flow(place)
        for name in sorted(filter(_FLOW_FILE.fullmatch, files))
        if (place := _place(files, name)) is not None
    )
    at = _place(files, f"texts/{locale}.yaml")
    file = None if at is None else compile_texts(at)
    texts = {key: str(place.value) for key, place in file.texts.items()} if file else {}
    labels = {key: str(place.value) for key, place in file.buttons.items()} if file else {}
    for flow in flows:
        texts |= {key: str(place.value) for key, place in flow.sentences.items()}
        labels |= {key: str(place.value) for key, place in flow.labels.items()}
    return AsRead(flows, texts, labels, judgement.problems, locale)


def _place(files: Mapping[str, str], name: str) -> Place | None:
    """A file that reads as YAML; its mistakes are noted elsewhere."""
    source = read_yaml(name, files[name]) if name in files else None
    return Place(source, (), source.value, []) if isinstance(source, Source) else None
