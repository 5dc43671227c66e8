"""Every shipped preset in every language: compiles, fits Telegram, and every way through its conversations ends."""

import pytest
from ruamel.yaml import YAML

from bot.content import judge_files, preset_files
from bot.page.cast import read_cast
from bot.problem_words import problem_words
from flows.book import Content, OfferKind
from flows.compile_addresses import WITH_EXAMPLES
from flows.compile_offers import BUTTON_WITH_PRICE_MOST
from flows.compile_steps import answers
from flows.money import format_money
from flows.presses import AnswerPress, WishPress
from flows.step_buttons import TOPIC
from flows.template import parse_template, without_tags
from flows.text_keys import (
    CAPTION_MOST,
    CAPTIONS,
    LABEL_MOST,
    LABELS,
    OPTIONAL_LABELS,
    OPTIONAL_TEXTS,
    PHRASES,
    TEXT_MOST,
    TEXTS,
    TOAST_MOST,
    TOASTS,
)
from flows.texts import Texts
from flows.variables import EXAMPLES
from handlers.buttons import pack
from tests.content.presets import LANGUAGES, PRESETS, preset
from tests.content.test_salon import assert_well_formed, may_end, paths

LONGEST_ID = 2**63 - 1
_WITH_ADDRESSES = ("phone.ask", "consent.regular", "privacy.main", "help")
REMARKS = {
    "restaurant": [
        'the gift "−30 % на счёт" is worth less than 2 times what it costs you',
    ]
}

pytestmark = pytest.mark.parametrize("name", PRESETS)
in_every_language = pytest.mark.parametrize("language", LANGUAGES)


def test_a_preset_compiles_and_the_remarks_are_those_that_are_known(name: str) -> None:
    judged = judge_files(preset_files(name)).judgement

    remarks = [each for each in judged.problems if each.code != "business.example"]
    assert [problem_words("en").what(each) for each in remarks] == REMARKS.get(name, [])
    assert judged.content is not None
    assert judged.content.languages == LANGUAGES


def test_a_preset_shows_nobody_its_example_addresses(name: str) -> None:
    judged = judge_files(preset_files(name)).judgement

    assert judged.content is not None
    business = judged.content.business
    assert business.examples == WITH_EXAMPLES
    assert len([each for each in judged.problems if each.code == "business.example"]) == 5
    own = (business.privacy_url, business.consent_url, business.legal_contact, business.booking_url)
    assert (own, dict(business.review_pages)) == (("", "", "", ""), {})
    for texts in judged.content.book.texts, *judged.content.book.translated.values():
        said = [texts.render(key, dict.fromkeys(EXAMPLES, "")) for key in _WITH_ADDRESSES]
        assert [text for text in said if text.rstrip().endswith(":")] == []


@in_every_language
def test_every_text_fits_and_reads_well_with_and_without_values(name: str, language: str) -> None:
    texts = texts_of(name, language)

    for key in sorted(TEXTS | OPTIONAL_TEXTS):
        most = TOAST_MOST if key in TOASTS else CAPTION_MOST if key in CAPTIONS else TEXT_MOST
        assert 0 < len(without_tags(texts.render(key, EXAMPLES))) <= most, key
        for text in (texts.render(key, EXAMPLES), texts.render(key)):
            assert_well_formed(text)


@in_every_language
def test_every_label_fits(name: str, language: str) -> None:
    texts = texts_of(name, language)

    labels = {key: texts.label(key, EXAMPLES) for key in LABELS | OPTIONAL_LABELS}

    assert [key for key, label in labels.items() if not 0 < len(label) <= LABEL_MOST] == []
    assert [key for key, label in labels.items() if "\n" in label] == []


def test_both_languages_say_the_same_things_with_the_same_placeholders(name: str) -> None:
    ru, en = (written(name, language) for language in LANGUAGES)

    assert set(ru["texts"]) == set(en["texts"])
    assert set(ru["buttons"]) == set(en["buttons"])
    assert {key for key in ru["phrases"] if key in PHRASES} == set(PHRASES)
    for part in ("texts", "buttons"):
        slots = [
            {key: parse_template(said).names for key, said in each[part].items()}
            for each in (ru, en)
        ]
        assert slots[0] == slots[1]


@in_every_language
def test_topics_and_gifts_are_said_in_the_language(name: str, language: str) -> None:
    """Nothing of the catalogue is left in the other alphabet."""
    catalogue = preset(name).in_language(language).catalogue
    said = [
        *catalogue.words.values(),
        *(word for t in catalogue.topics for word in (t.title, t.sorry_for, t.about)),
        *(word for o in catalogue.offers for word in (o.title, o.button, o.price_word, o.terms)),
        *(role.title for role in catalogue.roles),
    ]

    cyrillic = [
        bool(set(word.casefold()) & set("абвгдежзиклмнопрстуфхцчшыьэюя")) for word in said if word
    ]

    assert set(cyrillic) == {language == "ru"}


@in_every_language
def test_buttons_of_topics_and_gifts_fit(name: str, language: str) -> None:
    content = preset(name).in_language(language)
    texts, catalogue = content.book.texts, content.catalogue

    gifts = [gift_label(content, offer.id) for offer in catalogue.offers]
    topics = [texts.label("topic", {"category": topic.title}) for topic in catalogue.topics]

    assert [label for label in gifts + topics if len(label) > BUTTON_WITH_PRICE_MOST] == []


def gift_label(content: Content, offer_id: str) -> str:
    """As customers see it."""
    offer = content.catalogue.offer(offer_id)
    assert offer is not None
    if offer.kind is not OfferKind.GIFT or offer.retail is None:
        return offer.button
    price = format_money(offer.retail, content.catalogue.currency, content.business.locale)
    return content.book.texts.label("option", {"button": offer.button, "price": price})


def test_every_path_from_every_start_reaches_an_end(name: str) -> None:
    for flow in preset(name).book.flows.values():
        ends = {path[-1] for path in paths(flow, (flow.start,))}

        assert ends == {step.name for step in flow.steps.values() if may_end(step)}, flow.name


def test_every_press_fits_into_a_button(name: str) -> None:
    content = preset(name)

    for flow in content.book.flows.values():
        for step in flow.steps.values():
            topics = (
                [f"{TOPIC}{topic.id}" for topic in content.catalogue.topics] if step.topics else []
            )
            for answer in (*answers(step), *topics):
                assert len(pack(AnswerPress(LONGEST_ID, step.name, answer)).encode()) <= 64
            for wish in step.wishes:
                assert len(pack(WishPress(LONGEST_ID, wish)).encode()) <= 64


def test_nothing_of_what_owners_switch_on_is_on(name: str) -> None:
    on = preset(name).business.options

    assert on == (frozenset({"check_7d"}) if name == "car_service" else frozenset())


def test_there_is_a_topic_for_health_that_goes_its_way(name: str) -> None:
    paths_of = [str(topic.path) for topic in preset(name).catalogue.topics]

    assert paths_of.count("health") == 1
    assert ("danger" in paths_of, "manager" in paths_of) == (name == "car_service", name == "hotel")


def test_the_first_question_is_the_industrys_own(name: str) -> None:
    asked = preset(name).book.flows["after_visit"].steps["ask"].say

    assert (
        asked
        == {
            "salon": "ask.salon",
            "restaurant": "ask.restaurant",
            "hotel": "ask.hotel.after",
            "car_service": "ask.car",
            "delivery": "ask.delivery",
        }[name]
    )


def texts_of(name: str, language: str) -> Texts:
    content = preset(name)
    return (
        content.book.texts
        if language == content.book.language
        else content.book.translated[language]
    )


def written(name: str, language: str) -> dict[str, dict[str, str]]:
    """The file as it stands: what is missing is not filled in from the other language."""

    read: dict[str, dict[str, str]] = YAML(typ="safe", pure=True).load(
        preset_files(name)[f"texts/{language}.yaml"]
    )
    return read


def test_the_demo_has_people_and_services_for_it(name: str) -> None:
    cast = read_cast(name)

    assert "" not in (*cast.services, *cast.masters)
    assert (bool(cast.services), bool(cast.masters)) == (True, True)
