"""Every kind of mistake is reported with its place and what to write instead, word for word."""

import re
from collections.abc import Mapping

import pytest

from flows.compiler import judge_content
from tests.content.broken import Broken
from tests.content.broken_flows import BROKEN_FLOWS
from tests.content.broken_texts import BROKEN_TEXTS
from tests.content.salon import salon_files

BROKEN = (*BROKEN_FLOWS, *BROKEN_TEXTS)
PLACE = re.compile(r"^(\S+?):<(.+?)>(?=: )")


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_broken_folder_is_reported_word_for_word(broken: Broken) -> None:
    files = {**salon_files(), broken.file: changed(broken)}

    judgement = judge_content(files)

    assert str(judgement.problems).split("\n") == [placed(line, files) for line in broken.report]
    assert (judgement.content is None) == bool(judgement.problems.errors)


def test_all_mistakes_of_all_files_are_told_at_once() -> None:
    one, two = (next(b for b in BROKEN if b.name == name) for name in ("telephone", "unknown role"))
    files = {**salon_files(), one.file: changed(one), two.file: changed(two)}

    judgement = judge_content(files)

    expected = [placed(line, files) for line in (*one.report, *two.report)]
    assert str(judgement.problems).split("\n") == expected


def test_a_missing_file_is_named() -> None:
    files = {name: text for name, text in salon_files().items() if name != "gifts.yaml"}

    judgement = judge_content(files)

    assert str(judgement.problems) == "gifts.yaml: the file is missing"


def test_a_file_of_another_name_is_not_silently_ignored() -> None:
    files = {**salon_files(), "gift.yaml": ""}

    judgement = judge_content(files)

    assert str(judgement.problems) == (
        'gift.yaml: not a file of this folder; did you mean "gifts.yaml"?'
    )


def changed(broken: Broken) -> str:
    text = salon_files()[broken.file]
    assert broken.old in text, "the salon's file has changed: change the table too"
    return text.replace(broken.old, broken.new, 1)


def placed(line: str, files: Mapping[str, str]) -> str:
    found = PLACE.match(line)
    if found is None:
        return line
    file, words = found.groups()
    at = next(n for n, text in enumerate(files[file].split("\n"), 1) if words in text)
    return f"{file}:{at}{line[found.end() :]}"
