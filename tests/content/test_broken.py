"""Every kind of mistake is reported with its place and what to write instead, word for word."""

import pytest

from bot.problem_words import LANGUAGES, problem_words
from flows.compiler import judge_content
from flows.problems import Problems
from tests.content.broken import Broken, broken_folders
from tests.content.salon import salon_files

BROKEN = {broken.name: broken for broken in broken_folders()}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_folder_is_reported_word_for_word(broken: Broken) -> None:
    judgement = judge_content(broken.files())

    said = {language: reported(judgement.problems, language) for language in LANGUAGES}
    assert said == {language: broken.report(language) for language in LANGUAGES}
    assert (judgement.content is None) == bool(judgement.problems.errors)


def test_all_mistakes_of_all_files_are_told_at_once() -> None:
    one, two = BROKEN["telephone"], BROKEN["unknown role"]
    files = {**one.files(), two.file: two.files()[two.file]}

    judgement = judge_content(files)

    assert reported(judgement.problems, "en") == [*one.report("en"), *two.report("en")]


def test_a_missing_file_is_named() -> None:
    files = {name: text for name, text in salon_files().items() if name != "gifts.yaml"}

    judgement = judge_content(files)

    assert reported(judgement.problems, "ru") == ["gifts.yaml: файла нет"]


def test_a_file_of_another_name_is_not_silently_ignored() -> None:
    files = {**salon_files(), "gift.yaml": ""}

    judgement = judge_content(files)

    assert reported(judgement.problems, "en") == [
        'gift.yaml: not a file of this folder; did you mean "gifts.yaml"?'
    ]


def reported(problems: Problems, language: str) -> list[str]:
    return problem_words(language).report(problems).split("\n")
