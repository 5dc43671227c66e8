"""Turns an owner's files into Content, or into everything that is wrong with them. No disk here.

A folder is `business.yaml`, `gifts.yaml`, `flows/*.yaml`, `texts/<language>.yaml` and
`tone/<language>.yaml`. The book (what open conversations are pinned to) is made of the flows and of
the texts of one language.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from flows.book import Book, Content
from flows.check_conditions import check_known
from flows.check_flows import check_flow, check_triggers
from flows.check_texts import check_complete, check_named
from flows.compile_business import compile_business, read_locale
from flows.compile_catalogue import compile_catalogue
from flows.compile_steps import FlowFile, compile_flow
from flows.compile_texts import TextFile, check_label, check_phrases, check_sentence, compile_texts
from flows.compile_tone import TONE_FILE, compile_tones
from flows.phrases import phrase_slots
from flows.problems import Problem, Problems, in_order, nearest
from flows.reading import Place
from flows.template import TemplateError
from flows.text_keys import PHRASES
from flows.texts import Texts
from flows.yaml_source import Source, read_yaml

BUSINESS = "business.yaml"
CATALOGUE = "gifts.yaml"

_FLOW_FILE = re.compile(r"flows/[^/]+\.yaml")
_TEXT_FILE = re.compile(r"texts/[a-z]{2}\.yaml")
_KNOWN_FILES = f"{BUSINESS}, {CATALOGUE}, flows/*.yaml, texts/ru.yaml, tone/ru.yaml"


class BookError(ValueError):
    """A pinned revision can no longer be honoured; the message lists why."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of a folder: content when there are no errors, and every problem found.

    `locale` is the language the folder says it is in, "" when it could not be read.
    """

    content: Content | None
    problems: Problems
    locale: str = ""


def compile_content(files: Mapping[str, str]) -> Content | Problems:
    """Compile a folder (file name to text): its content, or everything that is wrong with it."""
    judgement = judge_content(files)
    return judgement.content or judgement.problems


def judge_content(files: Mapping[str, str], unreadable: Iterable[Problem] = ()) -> Judgement:
    """Compile a folder and keep the warnings too; `unreadable` are files that are no text."""
    found = list(unreadable)
    there = {*files, *(problem.file for problem in found)}
    places = _places(files, found)
    locale = read_locale(places[BUSINESS]) if BUSINESS in places else "ru"
    _check_files(there, locale, found)
    flows = _read_flows(places)
    texts_at = places.get(_texts_file(locale))
    texts = None if texts_at is None else _read_texts(texts_at, flows, locale)
    business = compile_business(places[BUSINESS]) if BUSINESS in places else None
    catalogue = compile_catalogue(places[CATALOGUE]) if CATALOGUE in places else None
    check_known(flows, business, catalogue)
    if texts is not None and catalogue is not None:
        check_complete([file.flow for file in flows], catalogue.roles, texts)
    tones = compile_tones(places.items())
    problems = in_order(found)
    if problems.errors or texts is None or business is None or catalogue is None:
        return Judgement(None, problems, locale)
    source = {name: files[name] for name in sorted(_book_files(files, locale))}
    content = Content(_book(source, flows, texts), catalogue, business, tones)
    return Judgement(content, problems, locale)


def compile_book(files: Mapping[str, str], today: Book | None = None) -> Book:
    """Compile a stored source of a book; BookError when this version cannot make sense of it.

    Only what would stop a conversation counts: texts that came with a later version are taken from
    `today`, and limits on lengths or variables were judged when the source was new.
    """
    found: list[Problem] = []
    places = _places(files, found)
    flows = _flow_files(places)
    texts = next((at for name, at in places.items() if _TEXT_FILE.fullmatch(name)), None)
    unread: list[Problem] = []
    try:
        read = None if texts is None else compile_texts(replace(texts, found=unread))
        book = None if read is None else _book(files, flows, read)
    except TemplateError as error:
        raise BookError(str(error)) from error
    if book is None or in_order(found).errors:
        raise BookError(str(in_order(found)) or "a book without texts")
    return book if today is None else replace(book, texts=book.texts.completed_by(today.texts))


def source_sha256(source: Mapping[str, str]) -> str:
    """What a book's source is known by: SHA-256 over its canonical JSON."""
    plain = json.dumps(dict(source), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _places(files: Mapping[str, str], found: list[Problem]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for name, text in files.items():
        if name not in (BUSINESS, CATALOGUE) and not (
            _is_book_file(name) or TONE_FILE.fullmatch(name)
        ):
            continue
        source = read_yaml(name, text)
        if isinstance(source, Problem):
            found.append(source)
        else:
            found += source.repeated
            places[name] = Place(source, (), source.value, found)
    return places


def _is_book_file(name: str) -> bool:
    return bool(_FLOW_FILE.fullmatch(name) or _TEXT_FILE.fullmatch(name))


def _book_files(files: Iterable[str], locale: str) -> list[str]:
    return [name for name in files if _FLOW_FILE.fullmatch(name) or name == _texts_file(locale)]


def _texts_file(locale: str) -> str:
    return f"texts/{locale}.yaml"


def _check_files(files: Iterable[str], locale: str, found: list[Problem]) -> None:
    needed = (BUSINESS, CATALOGUE, _texts_file(locale))
    found += [Problem(name, None, "", "file.missing") for name in needed if name not in files]
    if not any(map(_FLOW_FILE.fullmatch, files)):
        found.append(
            Problem("flows/", None, "", "file.no_flow", allowed="flows/after_visit.yaml …")
        )
    for name in files:
        if name in (BUSINESS, CATALOGUE, *_book_files(files, locale)) or TONE_FILE.fullmatch(name):
            continue
        if _TEXT_FILE.fullmatch(name):
            values = (("locale", locale),)
            found.append(Problem(name, None, "", "file.language_unused", values, warning=True))
        else:
            near = nearest(name, (BUSINESS, CATALOGUE))
            allowed = "" if near else _KNOWN_FILES
            found.append(Problem(name, None, "", "file.foreign", allowed=allowed, near=near))


def _flow_files(places: Mapping[str, Place]) -> list[FlowFile]:
    """By the names of their files, which is the order in which they are tried."""
    return [compile_flow(at) for name, at in sorted(places.items()) if _FLOW_FILE.fullmatch(name)]


def _read_flows(places: Mapping[str, Place]) -> list[FlowFile]:
    flows = _flow_files(places)
    for file in flows:
        check_flow(file)
    if flows:
        check_triggers(flows, _folder(flows[0].at))
    return flows


def _read_texts(at: Place, flows: Iterable[FlowFile], locale: str) -> TextFile:
    texts = compile_texts(at)
    for file in flows:
        for sentence in file.sentences.values():
            check_sentence(sentence)
        for label in file.labels.values():
            check_label(label)
    check_named(flows, texts)
    if texts.phrases:
        others = {key: slots.split() for key, slots in PHRASES.items()}
        check_phrases(texts, {**phrase_slots(locale), **others})
    return texts


def _folder(near: Place) -> Place:
    return Place(Source("flows/", None), (), None, near.found)


def _book(source: Mapping[str, str], flows: Collection[FlowFile], texts: TextFile) -> Book:
    sentences = {key: str(at.value) for key, at in texts.texts.items()}
    labels = {key: str(at.value) for key, at in texts.buttons.items()}
    for file in flows:
        sentences |= {key: str(at.value) for key, at in file.sentences.items()}
        labels |= {key: str(at.value) for key, at in file.labels.items()}
    return Book(
        sha256=source_sha256(source),
        source=MappingProxyType(dict(source)),
        flows=MappingProxyType({file.flow.name: file.flow for file in flows}),
        texts=Texts(
            sentences,
            labels,
            {key: str(at.value) for key, at in texts.phrases.items()},
        ),
        asks=frozenset().union(*(file.flow.asks for file in flows)),
    )
