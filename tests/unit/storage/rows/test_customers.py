"""A customer is met once, and a changed name is noticed."""

from dataclasses import replace

from flows.case import Care
from flows.events import Sender
from storage.tx import Tx
from tests.unit.storage.rows.matter import DANA


def test_a_customer_is_created_at_first_sight_and_known_after(tx: Tx) -> None:
    first = tx.care_of(DANA)
    second = tx.care_of(DANA)

    assert (first.customer.tg_id, first.customer.name) == (501, "Дана")
    assert second == first


def test_a_changed_name_is_kept_without_making_anything_stale(tx: Tx) -> None:
    before = tx.care_of(DANA)

    after = tx.care_of(replace(DANA, name="Дана Ф.", username=""))

    assert after.customer == replace(before.customer, name="Дана Ф.", username="")
    assert tx.care_of_customer(before.customer.id) == after


def test_an_update_that_names_nobody_takes_no_name_away(tx: Tx) -> None:
    tx.care_of(DANA)

    care = tx.care_of(Sender(tg_id=501, name="", username="dana"))

    assert (care.customer.name, care.customer.language) == ("Дана", "ru")


def test_the_language_of_the_first_contact_stays_and_a_chosen_one_too(tx: Tx) -> None:
    before = tx.care_of(replace(DANA, language="en-US"))
    stayed = tx.care_of(replace(DANA, language="ru"))
    tx.save(before, Care(replace(before.customer, language="de")))

    chosen = tx.care_of(replace(DANA, language="ru"))

    assert (stayed.customer.language, chosen.customer.language) == ("en-US", "de")


def test_a_telephone_leads_to_the_newest_customer_whose_own_it_is(tx: Tx) -> None:
    for tg_id in (501, 502, 503):
        care = tx.care_of(replace(DANA, tg_id=tg_id))
        typed = replace(care.customer, phone="+79170000000", phone_own=tg_id < 503)
        tx.save(care, Care(typed))

    found = tx.customer_by_phone("+79170000000")

    assert found is not None
    assert found.tg_id == 502
    assert tx.customer_by_phone("") is None


def test_nobody_is_found_under_an_unknown_number(tx: Tx) -> None:
    assert tx.care_of_customer(99) is None
    assert tx.care_of_case(99) is None
