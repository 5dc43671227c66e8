"""Words are looked for among the newest cases alone: for them every story is read through."""

import pytest
from sqlalchemy import Connection, text

from flows.events import Scope, Sender
from storage import finding
from storage.finding import WORDS_AMONG, Wanted
from storage.tx import Tx
from tests.unit.storage.rows.matter import LEO, NOW, complaint, gift

STORY = ("Ждала сорок минут",)
NEWEST = WORDS_AMONG + 1


@pytest.fixture(autouse=True)
def told(tx: Tx) -> None:
    """The same words three times over: just out of reach, just within it, and now."""
    tx.save_person(LEO)
    for tg_id, (number, name) in enumerate(((1, "Анна"), (2, "Борис"), (NEWEST, "Вера")), 501):
        care = complaint(tx, Sender(tg_id, name), number, story=STORY)
        tx.save_gift(gift(care, number))


def found(conn: Connection, words: str) -> tuple[int, ...]:
    return finding.find(conn, Wanted(Scope.WORDS, words, LEO.id), NOW, skip=0, limit=9)


def test_a_word_finds_the_newest_cases(conn: Connection) -> None:
    assert found(conn, "сорок") == (NEWEST, 2)


@pytest.mark.parametrize("words", ["Анна", "1", "CODE-1"])
def test_a_name_a_number_or_a_code_finds_the_oldest_too(conn: Connection, words: str) -> None:
    assert found(conn, words) == (1,)


def test_of_older_cases_no_story_is_even_read(conn: Connection) -> None:
    conn.execute(text("UPDATE cases SET state = 'not json at all' WHERE id = 1"))

    assert found(conn, "сорок") == (NEWEST, 2)
