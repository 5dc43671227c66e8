"""Long silent customers are blanked; what was given stays, and nobody with an open case is forgotten."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from flows.effects import Praise
from flows.events import Kind, Message
from storage.forgetting import forget_silent
from storage.tx import Tx
from tests.unit.storage.rows.matter import DANA, LEO, NOW, complaint, gift, visit

HALF_A_YEAR_LATER = NOW + timedelta(days=180)


def _closed_case(tx: Tx, conn: Connection) -> int:
    tx.save_person(LEO)
    tx.save_visit(visit(phone="+79990000001"))
    care = complaint(tx, visit_id=1, story=("Ждала час",), notes=(("без сахара", "Лев"),))
    assert care.case is not None
    words = Message(DANA.tg_id, 7, Kind.TEXT, "Ждала час")
    tx.keep_message(1, care.customer.id, incoming=True, message=words, author="")
    tx.save_gift(gift(care))
    tx.save(care, replace(care, case=replace(care.case, closed_at=NOW)))
    return care.customer.id


def test_a_long_silent_customer_is_blanked_and_what_was_given_stays(
    tx: Tx, conn: Connection
) -> None:
    customer_id = _closed_case(tx, conn)

    forgotten = forget_silent(conn, HALF_A_YEAR_LATER, limit=9)

    care, case = tx.care_of_customer(customer_id), tx.case(1)
    assert care is not None
    assert case is not None
    assert (forgotten, care.customer.name, care.customer.phone) == (1, "", "")
    assert (case.story, case.notes, case.closed_at) == ((), (), NOW)
    assert conn.exec_driver_sql("SELECT count(*) FROM messages").scalar() == 0
    assert [given.code for given in tx.gifts_of(1, None)] == ["CODE-1"]
    assert forget_silent(conn, HALF_A_YEAR_LATER, limit=9) == 0


def test_nobody_with_an_open_case_is_forgotten(tx: Tx, conn: Connection) -> None:
    care = complaint(tx, story=("Ждала час",))

    forgotten = forget_silent(conn, HALF_A_YEAR_LATER, limit=9)

    assert (forgotten, tx.care_of_customer(care.customer.id)) == (0, care)


def test_somebody_heard_of_lately_is_kept(tx: Tx, conn: Connection) -> None:
    _closed_case(tx, conn)

    assert forget_silent(conn, NOW, limit=9) == 0


def test_a_newcomer_who_did_nothing_yet_is_kept(tx: Tx, conn: Connection) -> None:
    customer_id = tx.care_of(DANA).customer.id

    forgotten = forget_silent(conn, NOW, limit=9)

    care = tx.care_of_customer(customer_id)
    assert care is not None
    assert (forgotten, care.customer.name) == (0, "Дана")


def test_whoever_comes_back_is_known_for_as_long_again(tx: Tx, conn: Connection) -> None:
    _closed_case(tx, conn)
    Tx(conn, HALF_A_YEAR_LATER).care_of(DANA)

    assert forget_silent(conn, HALF_A_YEAR_LATER, limit=9) == 0
    assert forget_silent(conn, HALF_A_YEAR_LATER + timedelta(days=1), limit=9) == 1


def test_kind_words_stay_until_they_are_posted(tx: Tx, conn: Connection) -> None:
    customer_id = tx.care_of(DANA).customer.id
    tx.add_praise(Praise("center", customer_id, "Чудо", "Ира", "Дана"))

    forget_silent(conn, HALF_A_YEAR_LATER, limit=9)
    kept = tx.praise_lines("center")
    tx.praise_posted("center")
    forgotten = forget_silent(conn, HALF_A_YEAR_LATER, limit=9)

    assert (kept, forgotten) == ((("Ира", "Чудо", "Дана"),), 1)
    assert conn.exec_driver_sql("SELECT count(*) FROM praises").scalar() == 0


def test_telephones_of_visits_nobody_came_from_are_blanked(tx: Tx, conn: Connection) -> None:
    tx.save_visit(visit(phone="+79990000001"))

    forget_silent(conn, HALF_A_YEAR_LATER, limit=9)

    kept = tx.visit(1)
    assert kept is not None
    assert kept.phone == ""
