"""Visits are found by each of their names, and a known one is written over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from storage.tx import Tx
from tests.databases import plan
from tests.unit.storage.rows.matter import DANA, NOW, visit

PHONE = "+79170000000"


def test_a_visit_is_found_by_number_link_and_source(tx: Tx) -> None:
    known = visit(1, token="t1")
    tx.save_visit(known)

    assert (tx.visit(1), tx.visit_by_token("t1"), tx.visit_by_ext_id("crm-1")) == (known,) * 3


def test_what_the_source_knows_of_a_visit_is_kept(tx: Tx) -> None:
    told = visit(1, customer_name="Анна", amount=250_000, currency="RUB", language="ru")

    tx.save_visit(told)

    assert tx.visit(1) == told


def test_a_visit_without_a_link_is_not_found_by_an_empty_one(tx: Tx) -> None:
    tx.save_visit(visit(1))
    tx.save_visit(visit(2))

    assert tx.visit_by_token("") is None


def test_a_known_visit_is_written_over(tx: Tx) -> None:
    customer = tx.care_of(DANA).customer
    tx.save_visit(visit(1))

    tx.save_visit(replace(visit(1), customer_id=customer.id, asked_at=NOW))

    assert tx.visit(1) == replace(visit(1), customer_id=customer.id, asked_at=NOW)
    assert tx.visits_count(customer.id) == 1


def test_the_same_visit_of_a_source_is_not_counted_twice(tx: Tx) -> None:
    tx.save_visit(visit(1))

    with pytest.raises(IntegrityError):
        tx.save_visit(visit(2, ext_id="crm-1"))


def test_two_visits_never_share_a_link(tx: Tx) -> None:
    tx.save_visit(visit(1, token="t"))

    with pytest.raises(IntegrityError):
        tx.save_visit(visit(2, token="t"))


def test_visits_of_a_telephone_come_newest_first(tx: Tx) -> None:
    for days in (1, 3, 2, 9):
        tx.save_visit(visit(days, phone=PHONE, ended_at=NOW - timedelta(days=days)))
    tx.save_visit(visit(20))

    found = tx.recent_visits(999, PHONE, NOW - timedelta(days=3))

    assert [known.id for known in found] == [1, 2, 3]
    assert tx.recent_visits(999, "", NOW - timedelta(days=3)) == ()


def test_visits_of_a_telephone_are_found_by_index(conn: Connection) -> None:
    from storage.visits import _BY_PHONE

    assert plan(conn, _BY_PHONE)[0] == (
        "SEARCH visits USING INDEX ix_visits_phone_ended_at (phone=? AND ended_at>?)"
    )
