"""What customers read keeps the rules of tone: the words that are avoided, one sign at most, no empty promises."""

import re

import pytest

from flows.text_keys import is_for_staff
from tests.content.presets import LANGUAGES, PRESETS, preset
from tests.content.test_presets import written

AVOIDED = {
    "ru": (
        r"проблем|инцидент|претензи|жалоб|обращени|компенсаци|неудобств|весточк|\bно\b|\bоднако\b|"
        r"приносим извинения|в кратчайшие сроки|в ближайшее время|очень важ|в порядке очереди|"
        r"\bвы должны\b|\bвы не\b|регламент|успокойтесь|не переживайте|я вас понимаю|"
        r"на нашей стороне|останется между нами|ваше мнение|\bскоро\b"
    ),
    "en": (
        r"problem|incident|complaint|inconvenien|compensat|\bbut\b|\bhowever\b|apolog|"
        r"at the earliest|shortly|\bsoon\b|as soon as possible|very important to us|valued|"
        r"\byou must\b|\byou should\b|\byou did not\b|regulation|calm down|do not worry|don’t worry|"
        r"i understand you|unfortunately|your opinion|between us"
    ),
}
MAY_SAY = {  # «как только прочитают»: said of what a timer stands behind
    ("en", "ack.urgent"),
    ("en", "health.ack"),
    ("en", "health.danger"),
    ("en", "offer.refund"),
}
SIGNS = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")


def to_customers(language: str) -> dict[str, str]:
    return {
        key: text
        for key, text in written("salon", language)["texts"].items()
        if not is_for_staff(key)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_to_a_customer_has_a_word_that_is_avoided(language: str) -> None:
    avoided = re.compile(AVOIDED[language], re.IGNORECASE)

    found = {
        key: avoided.findall(text)
        for key, text in to_customers(language).items()
        if avoided.search(text) and (language, key) not in MAY_SAY
    }

    assert found == {}


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_of_the_catalogue_has_a_word_that_is_avoided(name: str, language: str) -> None:
    avoided = re.compile(AVOIDED[language], re.IGNORECASE)
    catalogue = preset(name).in_language(language).catalogue
    said = [
        *(word for t in catalogue.topics for word in (t.title, t.sorry_for, t.about)),
        *(word for o in catalogue.offers for word in (o.title, o.button, o.terms or "")),
        *(word for key, word in catalogue.words.items()),
    ]

    assert [word for word in said if avoided.search(word)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_to_a_customer_has_signs_or_more_than_one_exclamation_in_sorrow(
    language: str,
) -> None:
    texts = to_customers(language)

    assert {key for key, text in texts.items() if SIGNS.search(text)} == set()
    sorrow = ("rate.low", "rate.3", "tell.", "ack.", "health.", "progress.", "offer.", "check.re")
    assert {key for key, text in texts.items() if key.startswith(sorrow) and "!" in text} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_is_said_once_in_a_message(language: str) -> None:
    twice = {
        key
        for key, text in to_customers(language).items()
        if text.count("{name_c}") + text.count("{hello}") + text.count("{name}") > 1
    }

    assert twice == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_ordinary_messages_are_short(language: str) -> None:
    """300 characters of our own; what must say more is named here."""
    longer = {
        key
        for key, text in to_customers(language).items()
        if len(re.sub(r"\{\w+\}|\[\[|\]\]|<[^>]+>", "", text)) > 300
    }

    assert longer <= {
        "phone.ask",
        "privacy.main",
        "health.ack",
        "help",
        "staff.commands_hint",
        "consent.regular",
        "health.danger",
    }
