"""Reads what stands beside the texts in another language: gifts.en.yaml, and `names` of business.yaml."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from flows.book import Business, Catalogue, Offer, Role, Topic, WordList
from flows.compile_catalogue import (
    TITLE_MOST,
    TRADE_WORDS,
    WORD_LISTS,
    read_phrase,
)
from flows.compile_offers import BUTTON_WITH_PRICE_MOST
from flows.compile_words import compile_words
from flows.languages import is_language
from flows.problems import nearest, shown
from flows.reading import Place

PARTS = ("words", "topics", "offers", "roles")
TOPIC: Mapping[str, Callable[[Place], str]] = {
    "title": lambda at: at.text(TITLE_MOST),
    "sorry_for": read_phrase,
    "about": read_phrase,
}
OFFER: Mapping[str, Callable[[Place], str]] = {
    "title": Place.text,
    "button": lambda at: at.text(BUTTON_WITH_PRICE_MOST),
    "price_word": Place.text,
    "terms": Place.text,
}
ROLE: Mapping[str, Callable[[Place], str]] = {"title": Place.text}

Words = Mapping[str, str]  # a field's name to what it says


@dataclass(frozen=True, slots=True)
class Translation:
    """What gifts.<language>.yaml says; whatever it leaves out stays as gifts.yaml has it."""

    at: Place
    words: Words = field(default_factory=dict)
    topics: Mapping[str, Words] = field(default_factory=dict)
    offers: Mapping[str, Words] = field(default_factory=dict)
    roles: Mapping[str, Words] = field(default_factory=dict)
    lists: Mapping[str, WordList] = field(default_factory=dict)  # words that set something off


def compile_translation(place: Place, catalogue: Catalogue) -> Translation:
    """Everything in the file; what names nothing of the catalogue is noted."""
    fields = place.fields((), (*PARTS, *WORD_LISTS))
    topics = [topic.id for topic in catalogue.topics]
    offers = [offer.id for offer in catalogue.offers]
    roles = [role.id for role in catalogue.roles]
    words = fields.get("words")
    return Translation(
        at=place,
        words=_said(words, dict.fromkeys(TRADE_WORDS, Place.text)) if words else {},
        topics=fields.read("topics", lambda at: _by_id(at, TOPIC, topics), {}),
        offers=fields.read("offers", lambda at: _by_id(at, OFFER, offers), {}),
        roles=fields.read("roles", lambda at: _by_id(at, ROLE, roles), {}),
        lists={key: compile_words(at) for key in WORD_LISTS if (at := fields.get(key))},
    )


def _by_id(
    place: Place, fields: Mapping[str, Callable[[Place], str]], known: Iterable[str]
) -> dict[str, Words]:
    names = tuple(known)
    for name, at in place.entries().items():
        if name not in names:
            at.problem("translation.spare", near=nearest(name, names), warning=True)
    return {name: _said(at, fields) for name, at in place.entries().items() if name in names}


def _said(place: Place, fields: Mapping[str, Callable[[Place], str]]) -> Words:
    found = place.fields((), tuple(fields))
    return {name: read(at) for name, read in fields.items() if (at := found.get(name))}


def with_all_words(catalogue: Catalogue, translations: Iterable[Translation]) -> Catalogue:
    """The catalogue that hears words of every language: a cry for help counts in any of them."""
    for translation in translations:
        heard = {key: getattr(catalogue, key) | more for key, more in translation.lists.items()}
        catalogue = replace(catalogue, **heard)
    return catalogue


def translated(catalogue: Catalogue, translation: Translation) -> Catalogue:
    """The catalogue in the words of the translation."""
    return replace(
        catalogue,
        words=MappingProxyType({**catalogue.words, **translation.words}),
        topics=tuple(_topic(topic, translation) for topic in catalogue.topics),
        offers=tuple(_offer(offer, translation) for offer in catalogue.offers),
        roles=tuple(_role(role, translation) for role in catalogue.roles),
    )


def _topic(topic: Topic, translation: Translation) -> Topic:
    said = translation.topics.get(topic.id, {})
    return replace(
        topic,
        title=said.get("title", topic.title),
        sorry_for=said.get("sorry_for", topic.sorry_for),
        about=said.get("about", topic.about),
    )


def _offer(offer: Offer, translation: Translation) -> Offer:
    said = translation.offers.get(offer.id, {})
    return replace(
        offer,
        title=said.get("title", offer.title),
        button=said.get("button", offer.button),
        price_word=said.get("price_word", offer.price_word),
        terms=said.get("terms", offer.terms),
    )


def _role(role: Role, translation: Translation) -> Role:
    return replace(role, title=translation.roles.get(role.id, {}).get("title", role.title))


def check_translated(catalogue: Catalogue, translation: Translation) -> None:
    """Note what customers of this language would read in another."""
    wanted = {
        "topics": ({t.id: _has(t, TOPIC) for t in catalogue.topics}, translation.topics),
        "offers": ({o.id: _has(o, OFFER) for o in catalogue.offers}, translation.offers),
        "roles": ({r.id: _has(r, ROLE) for r in catalogue.roles}, translation.roles),
    }
    _note(translation.at, "words", TRADE_WORDS, translation.words)
    for part, (entries, said) in wanted.items():
        for name, fields in entries.items():
            _note(translation.at.under(part), f"{part}.{name}", fields, said.get(name, {}))


def _has(thing: object, fields: Iterable[str]) -> list[str]:
    return [name for name in fields if getattr(thing, name)]


def _note(at: Place, where: str, wanted: Iterable[str], said: Words) -> None:
    left = [name for name in wanted if name not in said]
    if left:
        at.problem("translation.missing", what=f"{where}: {', '.join(left)}", warning=True)


def translate_business(
    place: Place, business: Business, languages: Iterable[str]
) -> dict[str, Business]:
    """The business as people of each language read it; `names` of business.yaml may say how."""
    entries = place.value if isinstance(place.value, dict) else {}
    named = {
        language: _named(language, at, business)
        for language, at in (place.under("names").entries() if "names" in entries else {}).items()
    }
    return {
        language: replace(named.get(language, business), locale=language) for language in languages
    }


def _named(language: str, place: Place, business: Business) -> Business:
    if not is_language(language):
        place.problem("type.language", value=shown(language), allowed="ru, en …")
    names = place.fields((), ("brand", "branches"))
    none: dict[str, Place] = {}
    branches = names.read("branches", Place.entries, none)
    known = [branch.id for branch in business.branches]
    for branch, at in branches.items():
        if branch not in known:
            at.unknown(branch, known, "unknown.branch")
    return replace(
        business,
        brand=names.read("brand", lambda at: at.text(64), business.brand),
        branches=tuple(
            replace(branch, name=branches[branch.id].text(64)) if branch.id in branches else branch
            for branch in business.branches
        ),
    )
