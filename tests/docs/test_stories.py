"""The guide to a shift tells every story that is played, and no other. What each takes is told by the stories."""

import re

from tests.story import GUIDE, Title, promised


def test_the_table_has_a_row_for_every_story() -> None:
    assert list(promised()) == list(Title)


def test_every_story_of_the_table_is_told_below_it() -> None:
    told = re.findall(r"^## (.+)$", GUIDE.read_text("utf-8"), flags=re.MULTILINE)

    assert told == list(Title)
