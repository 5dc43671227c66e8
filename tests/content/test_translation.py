"""What is said of files in another language: what is missing is a warning, what is wrong a mistake."""

import pytest

from bot.problem_words import problem_words
from flows.compiler import compile_book, judge_content
from tests.content.salon import TRANSLATIONS, salon, salon_files

GIFTS, TEXTS = TRANSLATIONS


def changed(file: str, old: str, new: str) -> list[str]:
    files = dict(salon_files())
    assert old in files[file], "the salon's file has changed: change the test too"
    files[file] = files[file].replace(old, new, 1)
    return reported(files)


def reported(files: dict[str, str]) -> list[str]:
    problems = judge_content(files).problems
    return [problem_words("en").what(each) + _mark(each.warning) for each in problems]


def _mark(warning: bool) -> str:
    return " (warning)" if warning else ""


@pytest.mark.parametrize(
    ("file", "old", "new", "report"),
    [
        (
            TEXTS,
            '  check.ok: "Thank you for answering. See you!"\n',
            "",
            'the text "check.ok" is missing (warning)',
        ),
        (
            TEXTS,
            '  call_me: "Call me"\n',
            "",
            'the button "call_me" is missing (warning)',
        ),
        (
            TEXTS,
            "Thank you for answering. See you!",
            "Thank you, {gest}!",
            '{gest} is not a variable; did you mean "{guest}"?',
        ),
        (
            TEXTS,
            "  check.ok:",
            '  chek.ok: "Hi"\n  check.ok:',
            "nobody asks for this text (warning)",
        ),
        (
            GIFTS,
            '  wait: {title: "Long wait", sorry_for',
            "  wait: {sorry_for",
            "not translated, so it is read as in gifts.yaml: topics.wait: title (warning)",
        ),
        (
            GIFTS,
            "  wait: {title",
            "  weit: {title",
            'nothing in gifts.yaml has this name; did you mean "wait"? (warning)',
        ),
        (GIFTS, "topics:\n", "topix:\n", '"topix" is not known here; did you mean "topics"?'),
    ],
)
def test_a_mistake_in_a_translation_is_told(file: str, old: str, new: str, report: str) -> None:
    assert report in changed(file, old, new)


def test_a_business_with_one_language_needs_no_other_file() -> None:
    files = {name: text for name, text in salon_files().items() if name not in TRANSLATIONS}

    judgement = judge_content(files)

    assert str(judgement.problems) == ""
    assert judgement.content is not None
    assert judgement.content.languages == ("ru",)
    assert judgement.content.language_for("en") == "ru"


def test_words_of_a_language_count_even_without_its_texts() -> None:
    files = {name: text for name, text in salon_files().items() if name != TEXTS}

    content = judge_content(files).content

    assert content is not None
    assert content.catalogue.health_words.found_in("I have a burn")


def test_english_texts_alone_are_read_with_the_business_own_gifts() -> None:
    files = {name: text for name, text in salon_files().items() if name != GIFTS}

    content = judge_content(files).content

    assert content is not None
    assert content.in_language("en").catalogue.topic("wait").title == "Долго ждали"
    assert len(reported(files)) == 1 + len(content.catalogue.topics) + len(
        content.catalogue.offers
    ) + len(content.catalogue.roles)


def test_an_english_business_has_russian_as_the_other_language() -> None:
    files = dict(salon_files())
    files["business.yaml"] = files["business.yaml"].replace("locale: ru ", "locale: en ", 1)
    del files[GIFTS]

    content = judge_content(files).content

    assert content is not None
    assert content.languages == ("en", "ru")
    assert content.book.texts.render("check.ok") == "Thank you for answering. See you!"
    assert content.language_for("kk") == "en"


def test_a_file_in_no_language_is_no_file_of_the_folder() -> None:
    files = {**salon_files(), "texts/english.yaml": "texts: {}"}

    assert len(reported(files)) == 1
    assert reported(files)[0].startswith("not a file of this folder")


def test_the_business_is_called_as_its_owner_says_in_another_language() -> None:
    files = dict(salon_files())
    files["business.yaml"] += 'names: {en: {brand: "Lana", branches: {bauman: "Bauman Street"}}}\n'

    content = judge_content(files).content

    assert content is not None
    assert content.business.brand == "Лана"
    assert content.in_language("en").business.brand == "Lana"
    assert content.in_language("en").business.branches[0].name == "Bauman Street"


def test_names_of_what_there_is_not_are_told() -> None:
    files = dict(salon_files())
    files["business.yaml"] += "names: {xx: {}, en: {branches: {pushkin: Pushkin}}}\n"

    assert reported(files) == [
        '"pushkin" is not a branch; allowed: bauman',
        '"xx" is not a language; allowed: ru, en …',
    ]


def test_a_book_older_than_a_language_speaks_it_with_todays_texts() -> None:
    source = {name: text for name, text in salon().book.source.items() if name != TEXTS}
    source["texts/ru.yaml"] = source["texts/ru.yaml"].replace("До встречи!", "Ждём вас!")

    book = compile_book(source, salon().book)

    assert book.texts.render("check.ok") == "Спасибо, что ответили. Ждём вас!"
    assert book.texts_in("en").render("check.ok") == "Thank you for answering. See you!"


def test_a_book_keeps_its_own_english_words() -> None:
    source = dict(salon().book.source)
    source[TEXTS] = source[TEXTS].replace("See you!", "Come again!")

    book = compile_book(source, salon().book)

    assert book.texts_in("en").render("check.ok") == "Thank you for answering. Come again!"
