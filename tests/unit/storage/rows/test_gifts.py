"""Nothing is given twice and no limit is exceeded, whoever asks."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from flows.book import OfferKind
from flows.events import Sender
from flows.people import GiftState
from storage.tx import OverLimit, Tx
from tests.databases import plan
from tests.unit.storage.rows.matter import DANA, LEO, NOW, SOON, complaint, gift, visit

ANNA = Sender(tg_id=502, name="Анна")


@pytest.fixture(autouse=True)
def roster(tx: Tx) -> None:
    tx.save_person(LEO)


def test_a_gift_reads_as_it_was_written(tx: Tx) -> None:
    tx.save_visit(visit(1))
    full = gift(complaint(tx), visit_id=1, valid_until=SOON, state=GiftState.GIVEN)

    tx.save_gift(full)

    assert tx.gifts_of(1, None) == (full,)


def test_a_second_gift_in_one_opening_is_refused(tx: Tx) -> None:
    care = complaint(tx)
    tx.save_gift(gift(care, 1))

    with pytest.raises(IntegrityError):
        tx.save_gift(gift(care, 2))


@pytest.mark.parametrize("changes", [{"kind": OfferKind.FIX}, {"opening": 2}])
def test_another_kind_or_another_opening_is_not_refused(tx: Tx, changes: dict[str, object]) -> None:
    care = complaint(tx)

    tx.save_gift(gift(care, 1))
    tx.save_gift(gift(care, 2, **changes))

    assert [given.id for given in tx.gifts_of(1, None)] == [1, 2]


def test_what_was_taken_back_can_be_given_again(tx: Tx) -> None:
    care = complaint(tx)
    tx.save_gift(gift(care, 1))
    tx.save_gift(gift(care, 1, state=GiftState.TAKEN_BACK))

    tx.save_gift(gift(care, 2))

    states = [given.state for given in tx.gifts_of(1, None)]
    assert states == [GiftState.TAKEN_BACK, GiftState.HELD]


def test_one_visit_gets_one_gift_whatever_account_asks(tx: Tx) -> None:
    tx.save_visit(visit(1))
    tx.save_gift(gift(complaint(tx, DANA, 1), 1, visit_id=1))
    another = gift(complaint(tx, ANNA, 2), 2, visit_id=1)

    with pytest.raises(IntegrityError):
        tx.save_gift(another)


def test_a_fix_does_not_use_up_the_gift_of_the_visit(tx: Tx) -> None:
    tx.save_visit(visit(1))
    care = complaint(tx)
    tx.save_gift(gift(care, 1, visit_id=1))

    tx.save_gift(gift(care, 2, visit_id=1, kind=OfferKind.FIX))

    assert [given.id for given in tx.gifts_of(None, 1)] == [1, 2]


def test_title_and_price_stay_as_they_were_given(tx: Tx) -> None:
    first = gift(complaint(tx))
    tx.save_gift(first)

    tx.save_gift(replace(first, title="Дороже", cost=1, state=GiftState.GIVEN))

    assert tx.gifts_of(1, None) == (replace(first, state=GiftState.GIVEN),)


def test_two_gifts_never_share_a_code(tx: Tx) -> None:
    tx.save_gift(gift(complaint(tx), code="TAKEN"))
    drawn = iter(["TAKEN", "TAKEN", "FREE"])

    ids = tx.ids(code=lambda: next(drawn), token=lambda: "t")

    assert ids.code() == "FREE"


def test_numbers_are_given_out_once_and_by_kind(tx: Tx) -> None:
    ids = tx.ids(code=lambda: "c", token=lambda: "t")

    assert [ids.case(), ids.case(), ids.gift(), ids.case()] == [1, 2, 1, 3]
    assert [ids.conversation(), ids.visit(), ids.person(), ids.token()] == [1, 1, 1, "t"]


def test_a_counter_goes_to_its_limit_and_not_over(tx: Tx) -> None:
    tx.spend("day", 60, 100)
    tx.spend("day", 40, 100)

    with pytest.raises(OverLimit):
        tx.spend("day", 1, 100)

    assert tx.spent(["day", "month"]).counters == {"day": 100}


def test_the_first_amount_is_held_against_the_limit_too(tx: Tx) -> None:
    with pytest.raises(OverLimit):
        tx.spend("day", 101, 100)

    assert tx.spent(["day"]).counters == {}


def test_without_a_limit_everything_is_counted(tx: Tx) -> None:
    tx.spend("month", 1_000_000, None)
    tx.spend("month", 1, None)

    assert tx.spent(["month"]).of("month") == 1_000_001


def test_taking_back_reverses_the_counter_even_above_a_lowered_limit(tx: Tx) -> None:
    tx.spend("day", 90, 100)

    tx.spend("day", -40, 10)

    assert tx.spent(["day"]).of("day") == 50


def test_no_more_can_be_given_back_than_was_spent(tx: Tx) -> None:
    tx.spend("day", 10, 100)

    tx.spend("day", -11, 100)
    tx.spend("another day", -11, 100)

    assert tx.spent(["day", "another day"]).counters == {"day": 10}


def test_gifts_are_found_by_index(conn: Connection) -> None:
    from storage.gifts import _OF

    assert plan(conn, _OF)[:5] == [
        "MULTI-INDEX OR",
        "INDEX 1",
        "SEARCH gifts USING INDEX ix_gifts_case_id (case_id=?)",
        "INDEX 2",
        "SEARCH gifts USING INDEX ix_gifts_visit (visit_id=?)",
    ]


def test_a_gift_needs_a_giver_and_a_case(tx: Tx) -> None:
    care = complaint(tx)

    with pytest.raises(IntegrityError):
        tx.save_gift(gift(care, given_by=99, given_at=NOW))
