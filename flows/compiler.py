"""Turns an owner's files into Content, or into everything that is wrong with them. No disk here.

A folder is `business.yaml`, `gifts.yaml`, `flows/*.yaml`, `texts/<language>.yaml` for each language, and
`gifts.<language>.yaml` for those beside the business's own, `tone/<language>.yaml` and `ready/<language>.yaml`.
The book (what open conversations are pinned to) is made of the flows and of the texts of all languages.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from flows.book import Book, Business, Catalogue, Content
from flows.check_conditions import check_known
from flows.check_flows import check_flow, check_triggers
from flows.check_reviews import check_invitation_text
from flows.check_texts import check_complete, check_named, check_translated_texts, check_written
from flows.check_variables import check_filled
from flows.compile_business import compile_business, read_locale
from flows.compile_catalogue import compile_catalogue
from flows.compile_ready import READY_FILE, compile_readies
from flows.compile_steps import FlowFile, compile_flow
from flows.compile_texts import TextFile, check_phrases, compile_texts
from flows.compile_tone import TONE_FILE, compile_tones
from flows.compile_translation import (
    Translation,
    check_translated,
    compile_translation,
    translate_business,
    translated,
    with_all_words,
)
from flows.languages import is_language
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
_TEXT_FILE = re.compile(r"texts/([a-z0-9-]+)\.yaml")
_TRANSLATION_FILE = re.compile(r"gifts\.([a-z0-9-]+)\.yaml")
_KNOWN_FILES = (
    f"{BUSINESS}, {CATALOGUE}, gifts.en.yaml, flows/*.yaml, texts/ru.yaml, texts/en.yaml, tone/ru.yaml, "
    "ready/ru.yaml"
)


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


def judge_content(files: Mapping[str, str], unreadable: Iterable[Problem] = ()) -> Judgement:
    """Compile a folder and keep the warnings too; `unreadable` are files that are no text."""
    found = list(unreadable)
    there = {*files, *(problem.file for problem in found)}
    places = _places(files, found)
    locale = read_locale(places[BUSINESS]) if BUSINESS in places else "ru"
    _check_files(there, locale, found)
    flows = _read_flows(places)
    if flows and len(flows) == len([*filter(_FLOW_FILE.fullmatch, there)]):
        check_triggers(flows, _folder(flows[0].at))  # an unread one may have the missing trigger
    check_written(flows)
    texts = {
        language: _read_texts(at, language)
        for language, at in _by_language(places, _TEXT_FILE).items()
    }
    if locale in texts:
        check_named(flows, texts[locale])
    for each in texts.values():
        check_filled(flows, each)
    business = compile_business(places[BUSINESS]) if BUSINESS in places else None
    catalogue = compile_catalogue(places[CATALOGUE]) if CATALOGUE in places else None
    check_known(flows, business, catalogue)
    spoken: dict[str, Catalogue] = {}
    if catalogue is not None and locale in texts:
        spoken = _catalogues(places, catalogue, locale, texts)
        check_complete(flows, catalogue.roles, texts[locale])
        for language in texts.keys() - {locale}:
            check_translated_texts(flows, texts[language], texts[locale])
    names = {} if business is None else translate_business(places[BUSINESS], business, texts)
    tones = compile_tones(places.items())
    topics = None if catalogue is None else [topic.id for topic in catalogue.topics]
    ready = compile_readies(places.items(), topics)
    problems = in_order(found)
    if problems.errors or business is None or not spoken:
        return Judgement(None, problems, locale)
    source = {name: files[name] for name in sorted(filter(_is_book_file, files))}
    book = _book(source, flows, texts, locale)
    content = replace(_content(book, spoken, {**names, locale: business}), tones=tones, ready=ready)
    return Judgement(content, problems, locale)


def _content(
    book: Book, catalogues: Mapping[str, Catalogue], businesses: Mapping[str, Business]
) -> Content:
    """The business's own content, with the same in every other language beside it."""
    others = {
        language: Content(replace(book, texts=texts), catalogues[language], businesses[language])
        for language, texts in book.translated.items()
    }
    own = book.language
    return Content(book, catalogues[own], businesses[own], MappingProxyType(others))


def compile_book(files: Mapping[str, str], today: Book | None = None) -> Book:
    """Compile a stored source of a book; BookError when this version cannot make sense of it.

    Only what would stop a conversation counts: texts and languages that came later are taken from
    `today`, and limits on lengths or variables were judged when the source was new.
    """
    found: list[Problem] = []
    places = _places(files, found)
    flows = _flow_files(places)
    unread: list[Problem] = []
    texts = {
        language: compile_texts(replace(at, found=unread))
        for language, at in _by_language(places, _TEXT_FILE).items()
    }
    if not texts or in_order(found).errors:
        raise BookError(str(in_order(found)) or "a book without texts")
    own = today.language if today is not None and today.language in texts else next(iter(texts))
    try:
        book = _book(files, flows, texts, own)
    except TemplateError as error:
        raise BookError(str(error)) from error
    return book if today is None else _completed(book, today)


def _completed(book: Book, today: Book) -> Book:
    """The pinned texts, with whatever came later as it is today."""
    languages = {*book.translated, *today.translated} - {book.language}
    return replace(
        book,
        texts=book.texts.completed_by(today.texts_in(book.language)),
        translated=MappingProxyType(
            {
                language: book.translated[language].completed_by(today.texts_in(language))
                if language in book.translated
                else today.texts_in(language)
                for language in sorted(languages)
            }
        ),
    )


def source_sha256(source: Mapping[str, str]) -> str:
    """What a book's source is known by: SHA-256 over its canonical JSON."""
    plain = json.dumps(dict(source), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _places(files: Mapping[str, str], found: list[Problem]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for name, text in files.items():
        if not _is_known(name):
            continue
        source = read_yaml(name, text)
        if isinstance(source, Problem):
            found.append(source)
        else:
            found += source.repeated
            places[name] = Place(source, (), source.value, found)
    return places


def _is_known(name: str) -> bool:
    beside = _TRANSLATION_FILE.fullmatch(name)
    of_staff = TONE_FILE.fullmatch(name) or READY_FILE.fullmatch(name)
    return (
        name in (BUSINESS, CATALOGUE) or _is_book_file(name) or _in_a_language(beside or of_staff)
    )


def _is_book_file(name: str) -> bool:
    return bool(_FLOW_FILE.fullmatch(name)) or _in_a_language(_TEXT_FILE.fullmatch(name))


def _in_a_language(named: re.Match[str] | None) -> bool:
    return named is not None and is_language(named[1])


def _by_language(places: Mapping[str, Place], pattern: re.Pattern[str]) -> dict[str, Place]:
    """The files of that kind, by language."""
    named = {name: pattern.fullmatch(name) for name in sorted(places)}
    return {match[1]: places[name] for name, match in named.items() if match}


def _check_files(files: Iterable[str], locale: str, found: list[Problem]) -> None:
    needed = (BUSINESS, CATALOGUE, f"texts/{locale}.yaml")
    found += [Problem(name, None, "", "file.missing") for name in needed if name not in files]
    if not any(map(_FLOW_FILE.fullmatch, files)):
        found.append(
            Problem("flows/", None, "", "file.no_flow", allowed="flows/after_visit.yaml …")
        )
    for name in files:
        if not _is_known(name):
            near = nearest(name, (BUSINESS, CATALOGUE))
            allowed = "" if near else _KNOWN_FILES
            found.append(Problem(name, None, "", "file.foreign", allowed=allowed, near=near))
    if (name := f"gifts.{locale}.yaml") in files:
        found.append(Problem(name, None, "", "file.own_language", (("locale", locale),)))


def _catalogues(
    places: Mapping[str, Place], catalogue: Catalogue, locale: str, languages: Iterable[str]
) -> dict[str, Catalogue]:
    """The catalogue in every language there are texts in; each hears the words of all."""
    said = {
        language: compile_translation(at, catalogue)
        for language, at in _by_language(places, _TRANSLATION_FILE).items()
    }
    catalogue = with_all_words(catalogue, said.values())
    found = {locale: catalogue}
    for language in languages:
        if language != locale:
            empty = Place(Source(f"gifts.{language}.yaml", None), (), None, places[CATALOGUE].found)
            translation = said.get(language, Translation(empty))
            check_translated(catalogue, translation)
            found[language] = translated(catalogue, translation)
    return found


def _flow_files(places: Mapping[str, Place]) -> list[FlowFile]:
    """By the names of their files, which is the order in which they are tried."""
    flows = (at for name, at in sorted(places.items()) if _FLOW_FILE.fullmatch(name))
    return [compile_flow(at) for at in flows if at.is_mapping()]


def _read_flows(places: Mapping[str, Place]) -> list[FlowFile]:
    flows = _flow_files(places)
    for file in flows:
        check_flow(file)
    return flows


def _read_texts(at: Place, language: str) -> TextFile:
    texts = compile_texts(at)
    for key, text in texts.texts.items():
        if key.startswith("review.invite"):
            check_invitation_text(text)
    if texts.phrases:
        others = {key: slots.split() for key, slots in PHRASES.items()}
        check_phrases(texts, {**phrase_slots(language), **others})
    return texts


def _folder(near: Place) -> Place:
    return Place(Source("flows/", None), (), None, near.found)


def _book(
    source: Mapping[str, str],
    flows: Collection[FlowFile],
    files: Mapping[str, TextFile],
    language: str,
) -> Book:
    own = _texts(flows, files[language])
    others = {
        other: _texts(flows, file).completed_by(own)
        for other, file in files.items()
        if other != language
    }
    return Book(
        sha256=source_sha256(source),
        source=MappingProxyType(dict(source)),
        flows=MappingProxyType({file.flow.name: file.flow for file in flows}),
        texts=own,
        language=language,
        translated=MappingProxyType(others),
        asks=frozenset().union(*(file.flow.asks for file in flows)),
    )


def _texts(flows: Iterable[FlowFile], file: TextFile) -> Texts:
    sentences = {key: str(at.value) for key, at in file.texts.items()}
    labels = {key: str(at.value) for key, at in file.buttons.items()}
    for flow in flows:
        sentences |= {key: str(at.value) for key, at in flow.sentences.items()}
        labels |= {key: str(at.value) for key, at in flow.labels.items()}
    return Texts(
        sentences,
        labels,
        {key: str(at.value) for key, at in file.phrases.items()},
    )
