"""What is to change: kept word for word, one for each opening of a case, nameless once the customer is forgotten."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from flows.prevention import Prevention, Stage
from storage.erasing import forget
from storage.tx import Tx
from tests.unit.storage.rows.matter import LEO, NOW, complaint

PLANNED = Prevention(
    id=1,
    case_id=1,
    opening=1,
    branch_id="bauman",
    topic="rude",
    stage=Stage.PLANNED,
    begun_at=NOW,
    person_id=LEO.id,
    what="Разбор звонков",
    who="Лев",
    due=date(2026, 12, 1),
    asked=1,
    asked_at=NOW,
)


def _complained(tx: Tx) -> int:
    tx.save_person(LEO)
    care = complaint(tx)
    tx.save_prevention(PLANNED)
    return care.customer.id


def test_it_is_read_as_it_was_written(tx: Tx) -> None:
    _complained(tx)
    bare = Prevention(2, 1, 2, "bauman", "", Stage.ASKED, NOW, LEO.id)
    tx.save_prevention(bare)

    assert (tx.prevention(1), tx.prevention(2), tx.prevention(3)) == (PLANNED, bare, None)


def test_a_new_state_takes_the_place_of_the_old_one(tx: Tx) -> None:
    _complained(tx)
    done = replace(PLANNED, stage=Stage.DONE, due=None, asked_at=None)

    tx.save_prevention(done)

    assert tx.prevention(1) == done


def test_one_opening_of_a_case_has_one(tx: Tx) -> None:
    _complained(tx)

    with pytest.raises(IntegrityError):
        tx.save_prevention(replace(PLANNED, id=2))


def test_words_are_wanted_of_whoever_was_asked_last_and_not_for_ever(tx: Tx) -> None:
    _complained(tx)
    asked = replace(PLANNED, stage=Stage.ASKED)
    tx.save_prevention(asked)

    assert tx.prevention_wanted(LEO.id, NOW) == asked
    assert tx.prevention_wanted(LEO.id, NOW + timedelta(seconds=1)) is None
    assert tx.prevention_wanted(LEO.id + 1, NOW) is None


def test_with_the_customer_its_words_go_and_what_was_to_be_done_is_dropped(
    tx: Tx, conn: Connection
) -> None:
    customer_id = _complained(tx)

    forget(conn, customer_id, NOW, asked=True)

    assert tx.prevention(1) == replace(PLANNED, stage=Stage.DROPPED, what="", who="")
