"""What is written of each subject is what is read, whatever it holds."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from flows.case import Care, Case, Conversation
from flows.people import Customer, Person, Visit
from storage.tx import Tx
from tests.unit.storage.rows.anything import anything
from tests.unit.storage.rows.matter import BOOK, DANA, NOW

# Each example writes over the one before, which is what a turn does, too.
often = settings(
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
CASES = anything(Case, id=1, customer_id=1, book=BOOK, visit_id=None, version=0, opening=3)
TALKS = anything(
    Conversation, id=1, customer_id=1, book=BOOK, visit_id=None, case_id=None, version=0
)
CUSTOMERS = anything(Customer, id=1, tg_id=DANA.tg_id, version=1)


@pytest.fixture
def dana(tx: Tx) -> Customer:
    tx.keep_book(BOOK, "{}")
    return tx.care_of(DANA).customer


@often
@given(case=CASES)
def test_a_case(tx: Tx, dana: Customer, case: Case) -> None:
    known = tx.case(1)

    tx.save_case(replace(case, version=known.version if known else 0))

    assert tx.case(1) == replace(case, version=known.version + 1 if known else 1)


@often
@given(conversation=TALKS)
def test_a_conversation(tx: Tx, dana: Customer, conversation: Conversation) -> None:
    known = tx.conversation(1)

    tx.save_conversation(replace(conversation, version=known.version if known else 0))

    assert tx.conversation(1) == replace(conversation, version=known.version + 1 if known else 1)


@often
@given(customer=CUSTOMERS)
def test_a_customer(tx: Tx, dana: Customer, customer: Customer) -> None:
    before = customer_now(tx)

    tx.save(Care(before), Care(replace(customer, version=before.version)))

    changed = int(replace(customer, version=before.version) != before)
    assert customer_now(tx) == replace(customer, version=before.version + changed)


@often
@given(visit=anything(Visit, id=1, customer_id=None))
def test_a_visit(tx: Tx, visit: Visit) -> None:
    tx.save_visit(visit)

    assert tx.visit(1) == visit


@often
@given(person=anything(Person, id=1, branches=("bauman", "pushkina")))
def test_a_person(tx: Tx, person: Person) -> None:
    tx.save_person(person)

    assert tx.roster() == (person,)


def customer_now(tx: Tx) -> Customer:
    care = tx.care_of_customer(1)
    assert care is not None
    return care.customer


def test_a_case_that_stands_as_it_began_is_a_short_text() -> None:
    from storage.cases import _state

    assert _state(Case(1, 1, BOOK, "center", NOW)) == "{}"
