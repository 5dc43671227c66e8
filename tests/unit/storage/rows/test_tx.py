"""A turn loads what belongs together, writes what differs, and never over somebody else's work."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from flows.case import Care, Case
from storage.tx import StaleSubject, Tx
from tests.unit.storage.rows.matter import BOOK, DANA, NOW, complaint, talk, visit


def complaint_of(care: Care, visit_id: int | None = None) -> Case:
    return Case(1, care.customer.id, BOOK, "center", NOW, visit_id=visit_id)


def open_case(care: Care) -> Case:
    assert care.case is not None
    return care.case


def test_a_new_customer_has_nothing_open(tx: Tx) -> None:
    care = tx.care_of(DANA)

    assert (care.conversation, care.case, care.visit) == (None, None, None)


def test_visit_case_and_conversation_are_written_together_and_read_together(tx: Tx) -> None:
    tx.keep_book(BOOK, "{}")
    before = tx.care_of(DANA)
    opened = complaint_of(before, visit_id=1)
    asked = talk(before.customer, visit_id=1, case_id=1, answers={"ask": "2"})
    after = replace(before, visit=visit(1), case=opened, conversation=asked)

    tx.save(before, after)

    written = replace(
        after, case=replace(opened, version=1), conversation=replace(asked, version=1)
    )
    assert tx.care_of(DANA) == written
    assert tx.care_of_customer(before.customer.id) == written
    assert tx.care_of_case(1) == written


def test_what_did_not_change_is_not_written(tx: Tx) -> None:
    care = complaint(tx)

    tx.save(care, replace(care, case=replace(open_case(care), urgent=True)))

    after = tx.care_of(DANA)
    assert after.customer == care.customer
    assert after.case == replace(open_case(care), urgent=True, version=2)


def test_a_case_somebody_else_has_written_is_not_written_over(tx: Tx) -> None:
    care = complaint(tx)
    tx.save(care, replace(care, case=replace(open_case(care), urgent=True)))

    with pytest.raises(StaleSubject):
        tx.save(care, replace(care, case=replace(open_case(care), files=1)))


def test_a_conversation_somebody_else_has_written_is_not_written_over(tx: Tx) -> None:
    tx.keep_book(BOOK, "{}")
    customer = tx.care_of(DANA).customer
    tx.save_conversation(talk(customer))
    asked = talk(customer, version=1)
    tx.save_conversation(replace(asked, wait=1))

    with pytest.raises(StaleSubject):
        tx.save_conversation(replace(asked, wait=2))


def test_a_customer_somebody_else_has_written_is_not_written_over(tx: Tx) -> None:
    care = tx.care_of(DANA)
    tx.save(care, Care(replace(care.customer, questions=False)))

    with pytest.raises(StaleSubject):
        tx.save(care, Care(replace(care.customer, phone="+79170000000")))


def test_a_customer_has_one_open_case(tx: Tx) -> None:
    complaint(tx, number=1)

    with pytest.raises(IntegrityError):
        complaint(tx, number=2)


def test_after_a_case_is_closed_another_may_open(tx: Tx) -> None:
    complaint(tx, number=1, closed_at=NOW)

    care = complaint(tx, number=2)

    assert open_case(care).id == 2
    assert tx.open_case(care.customer.id) == care.case


def test_a_closed_case_is_loaded_when_something_is_about_it(tx: Tx) -> None:
    customer = complaint(tx, closed_at=NOW).customer
    tx.save_conversation(talk(customer, 5))

    care = tx.care_of_case(1)

    assert care is not None
    assert (open_case(care).id, care.conversation) == (1, talk(customer, 5, version=1))
    assert tx.open_case(customer.id) is None


def test_the_newest_open_conversation_is_the_one_in_hand(tx: Tx) -> None:
    tx.keep_book(BOOK, "{}")
    customer = tx.care_of(DANA).customer
    for number in (1, 2, 3):
        closed_at = NOW + timedelta(hours=1) if number == 3 else None
        tx.save_conversation(talk(customer, number, closed_at=closed_at))

    latest = tx.latest_conversation(customer.id)

    assert latest == talk(customer, 2, version=1)
    assert tx.care_of(DANA).conversation == latest


def test_the_visit_of_the_conversation_is_loaded_when_the_case_has_none(tx: Tx) -> None:
    tx.save_visit(visit(1))
    care = complaint(tx)
    tx.save_conversation(talk(care.customer, visit_id=1))

    assert tx.care_of(DANA).visit == visit(1)


def test_a_book_is_kept_as_it_was_first_used(tx: Tx) -> None:
    tx.keep_book(BOOK, "first")
    tx.keep_book(BOOK, "second")

    assert (tx.book_source(BOOK), tx.book_source("unknown")) == ("first", None)


def test_a_case_of_an_unknown_book_is_refused(tx: Tx) -> None:
    care = tx.care_of(DANA)

    with pytest.raises(IntegrityError):
        tx.save(care, replace(care, case=complaint_of(care)))


def test_settings_are_remembered_and_written_over(tx: Tx) -> None:
    unknown = tx.setting("token.owner")
    tx.set_setting("token.owner", "a")
    tx.set_setting("token.owner", "b")

    assert (unknown, tx.setting("token.owner")) == (None, "b")
