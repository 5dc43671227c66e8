"""What was of late is read by index and up to a bound; trials and forgotten people are not counted."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from flows.case import Care
from flows.events import Sender
from flows.people import TRIAL
from flows.prevention import Prevention, Stage
from storage import cases, customers, gifts, preventions
from storage.statements import Hot
from storage.tx import Tx
from tests.databases import plan
from tests.unit.storage.rows.matter import LEO, NOW, complaint, gift, visit

A_MONTH = timedelta(days=30)


def closed(tx: Tx, care: Care) -> None:
    assert care.case is not None
    tx.save(care, replace(care, case=replace(care.case, closed_at=NOW)))


def test_cases_of_a_customer_are_those_of_late_the_newest_first(tx: Tx) -> None:
    care = complaint(tx)
    closed(tx, care)
    complaint(tx, number=2, opened_at=NOW + timedelta(days=1))
    number = care.customer.id

    assert tx.cases_of_late(number, NOW, 9) == ((2, NOW + timedelta(days=1)), (1, NOW))
    assert tx.cases_of_late(number, NOW, 1) == ((2, NOW + timedelta(days=1)),)
    assert tx.cases_of_late(number, NOW + timedelta(days=2), 9) == ()
    assert tx.cases_of_late(number + 1, NOW, 9) == ()


def test_a_trial_is_no_case(tx: Tx) -> None:
    tx.save_visit(visit(source=TRIAL))
    care = complaint(tx, visit_id=1, topic="wait")

    assert tx.cases_of_late(care.customer.id, NOW, 9) == ()
    assert tx.cases_alike("center", "wait", NOW, 9) == ()


def test_cases_are_alike_by_topic_and_branch(tx: Tx) -> None:
    complaint(tx, topic="wait")

    assert tx.cases_alike("center", "wait", NOW, 9) == (NOW,)
    assert tx.cases_alike("center", "price", NOW, 9) == ()
    assert tx.cases_alike("pushkin", "wait", NOW, 9) == ()
    assert tx.cases_alike("center", "wait", NOW + timedelta(seconds=1), 9) == ()


def test_what_a_customer_was_given_of_late(tx: Tx) -> None:
    tx.save_person(LEO)
    care = complaint(tx)
    given = gift(care)
    tx.save_gift(given)

    assert tx.gifts_of_late(care.customer.id, given.given_at, 9) == (given,)
    assert tx.gifts_of_late(care.customer.id, given.given_at + timedelta(seconds=1), 9) == ()


def test_accounts_are_alike_by_telephone_and_by_a_claimed_visit(tx: Tx) -> None:
    anna, yana, lena, vera = (tx.care_of(Sender(n, "…")).customer for n in (901, 902, 903, 904))
    for customer, changes in (
        (anna, {"phone": "+79990000001"}),
        (yana, {"phone": "+79990000001"}),
        (lena, {"claimed_of": anna.id}),
    ):
        tx.save(Care(customer), Care(replace(customer, **changes)))

    def like(number: int) -> dict[int, str]:
        found = tx.care_of_customer(number)
        assert found is not None
        return tx.accounts_like(found.customer, 9)

    assert like(anna.id) == {lena.id: "visit", yana.id: "phone"}
    assert like(lena.id) == {anna.id: "visit"}
    assert like(vera.id) == {}


def test_a_forgotten_account_is_nobody_s(tx: Tx) -> None:
    anna, yana = (tx.care_of(Sender(n, "…")).customer for n in (901, 902))
    tx.save(Care(yana), Care(replace(yana, claimed_of=anna.id)))

    tx.erase(yana.id)

    assert tx.accounts_like(anna, 9) == {}


def test_a_situation_is_told_once_in_a_period(tx: Tx) -> None:
    tx.save_person(LEO)
    complaint(tx)
    told = Prevention(1, 1, 1, "center", "wait", Stage.NOTICED, NOW, LEO.id, situation=True)
    tx.save_prevention(told)

    assert tx.situation_told("center", "wait", NOW)
    assert not tx.situation_told("center", "wait", NOW + timedelta(seconds=1))
    assert not tx.situation_told("center", "price", NOW)


@pytest.mark.parametrize(
    "hot",
    [
        cases._OF_LATE,
        cases._ALIKE,
        gifts._OF_LATE,
        customers._SAME_PHONE,
        customers._CLAIMED,
        preventions._TOLD,
        preventions._WANTED,
        preventions._OF_CASE,
    ],
)
def test_nothing_is_scanned(hot: Hot[Any], conn: Connection) -> None:
    assert [step for step in plan(conn, hot) if step.startswith("SCAN")] == []
