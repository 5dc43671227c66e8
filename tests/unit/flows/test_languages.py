"""Every customer is spoken to in a language of their own; the staff reads the business's."""

from dataclasses import replace

import pytest

from flows.events import Command, CustomerChoseLanguage, Tap
from tests.unit.flows.desk import Desk, salon_desk


def english_desk(code: str = "en-US") -> Desk:
    desk = salon_desk()
    desk.languages["Kate"] = code
    return desk


@pytest.mark.parametrize(
    ("code", "hello"),
    [
        ("en", "Hello Kate!"),
        ("en-GB", "Hello Kate!"),
        ("ru", "Kate, здравствуйте!"),
        ("de", "Kate, здравствуйте!"),
        ("", "Kate, здравствуйте!"),
    ],
)
def test_the_language_is_the_exact_one_or_its_base_or_the_business_own(
    code: str, hello: str
) -> None:
    desk = english_desk(code)

    desk.starts("Kate")

    assert desk.heard("Kate")[0].text.startswith(hello)


def test_a_complaint_in_english_is_asked_and_answered_in_english() -> None:
    desk = english_desk()

    desk.rates("Kate", 2)
    desk.presses("Kate", "topic")
    desk.writes("Kate", "I waited for forty minutes")
    desk.passes(seconds=61)

    assert desk.heard("Kate")[-1].text == (
        "Kate, thank you for telling us. We have passed your message on; our administrator will reply "
        "right here, by 12:30\N{NO-BREAK SPACE}PM. If you would like to add something, just write.\n\n"
        "How can we put it right? You do not have to answer."
    )
    assert desk.case.topic == "wait"


def test_topics_are_offered_in_the_customers_language_and_stand_on_the_card_in_the_staffs() -> None:
    desk = english_desk()

    desk.rates("Kate", 2)
    desk.presses("Kate", "topic")

    offered = [b.values.get("category") for row in desk.heard("Kate")[-1].rows for b in row]
    assert offered[:2] == ["Long wait", "Not the result I wanted"]
    assert "· Долго ждали" in desk.card()
    assert "Язык: английский" in desk.card()


def test_a_card_says_nothing_of_the_language_everybody_speaks() -> None:
    desk = english_desk("ru")

    desk.rates("Kate", 2)

    assert "Язык" not in desk.card()


def test_a_gift_is_named_in_the_customers_language_and_kept_in_the_staffs() -> None:
    desk = english_desk()
    desk.rates("Kate", 2)
    desk.writes("Kate", "Too long")

    desk.taps("Гузель", "🎁 Уход-комплимент")
    desk.passes(seconds=11)

    letter = desk.heard("Kate")[-1].text
    assert "Please accept a gift from us: a complimentary treatment, a mask or paraffin" in letter
    assert "(usually RUB\N{NO-BREAK SPACE}1,200), until January 19, no strings attached" in letter
    assert letter.endswith("Гузель, administrator")
    assert [gift.title for gift in desk.memory.gifts.values()] == [
        "уход-комплимент, маска или парафин"
    ]


def test_a_gift_that_was_renamed_since_keeps_the_name_it_was_given_by() -> None:
    desk = english_desk()
    desk.rates("Kate", 2)
    desk.taps("Гузель", "🎁 Уход-комплимент")
    gift = next(iter(desk.memory.gifts.values()))

    title = desk.draft_of(desk.case).words_for("offer.single", gift=gift)["offer_title"]
    renamed = replace(gift, title="маска")

    assert title == "a complimentary treatment, a mask or paraffin"
    assert (
        desk.draft_of(desk.case).words_for("offer.single", gift=renamed)["offer_title"] == "маска"
    )


@pytest.mark.parametrize("words", ["I got a burn on my neck", "allergic reaction", "У меня ожог"])
def test_a_cry_for_help_counts_in_any_language_from_anybody(words: str) -> None:
    for code in ("ru", "en"):
        desk = english_desk(code)

        desk.writes("Kate", words)

        assert desk.said("Kate") == ["health.ack"]


def test_hospitality_is_no_hospital() -> None:
    desk = english_desk()

    desk.writes("Kate", "Thank you for your hospitality!")

    assert desk.said("Kate") == ["case.praise"]


def test_a_short_answer_in_words_is_as_good_as_a_button_in_any_language() -> None:
    desk = english_desk()
    desk.opens_branch("Kate")

    desk.writes("Kate", "Everything was great")

    assert desk.said("Kate") == ["ask.qr", "rate.5"]


def test_the_language_is_changed_in_the_settings_and_the_next_words_are_in_it() -> None:
    desk = english_desk()
    desk.commands("Kate", Command.SETTINGS)
    shown = desk.heard("Kate")[-1]

    desk.presses("Kate", "Русский")

    assert shown.text == "Language: English\nQuestions after visits: we ask\n\nTap to change."
    assert [[b.label for b in row] for row in shown.rows] == [
        ["language", "language"],
        ["stop_asking"],
        ["quiet_hours"],
    ]
    assert [(b.values["language"], b.ticked) for b in shown.rows[0]] == [
        ("Русский", False),
        ("English", True),
    ]
    assert desk.heard("Kate")[-1].text.startswith("Язык: Русский\n")
    assert desk.memory.customer(desk.sender("Kate").tg_id, "Kate").language == "ru"


def test_a_language_that_nobody_speaks_here_changes_nothing() -> None:
    desk = english_desk()
    desk.commands("Kate", Command.SETTINGS)
    kate = desk.sender("Kate")

    desk.happens(CustomerChoseLanguage(kate, Tap("tap", kate.tg_id, 1), "xx"))

    assert desk.heard("Kate")[-1].text.startswith("Language: English\n")


def test_questions_are_switched_off_and_on_in_the_settings() -> None:
    desk = english_desk()
    desk.commands("Kate", Command.SETTINGS)

    desk.presses("Kate", "stop_asking")
    desk.commands("Kate", Command.SETTINGS)

    assert desk.said("Kate") == ["settings.main", "stop.confirm", "settings.main"]
    assert "we do not ask" in desk.heard("Kate")[-1].text
    assert desk.heard("Kate")[-1].rows[1][0].label == "resume_asking"


def test_reply_here_instead_is_understood_after_the_language_was_changed() -> None:
    desk = english_desk()
    desk.rates("Kate", 2)
    desk.presses("Kate", "call_me")

    desk.writes("Kate", "Лучше ответьте здесь")

    assert desk.said("Kate")[-1] == "phone.answer_here"


def test_staff_who_have_another_language_read_the_business_own() -> None:
    desk = salon_desk()
    desk.languages["Гузель"] = "en"

    desk.writes("Гузель", "передайте, что стол готов")

    assert desk.heard("Гузель")[-1].text.startswith("Отсюда гостю ничего не уходит.")
