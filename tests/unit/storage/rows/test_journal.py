"""What is kept to be read: entries, the talk of a case, kind words."""

from sqlalchemy import Connection

from flows.effects import Praise, Record
from flows.events import Kind, Message
from storage.journal import Copy, ShownCase
from storage.tx import Tx
from tests.unit.storage.rows.matter import DANA, GROUP, NOW

MS = int(NOW.timestamp() * 1000)


def test_an_entry_keeps_who_did_what_and_when(conn: Connection, tx: Tx) -> None:
    tx.record(Record("gift_given", case_id=7, customer_id=3, actor="Лев", data={"offer": "уход"}))

    rows = conn.exec_driver_sql("SELECT case_id, customer_id, kind, actor, data, at FROM journal")
    assert rows.fetchall() == [(7, 3, "gift_given", "Лев", '{"offer":"уход"}', MS)]


def test_a_message_of_the_talk_is_kept_with_its_author(conn: Connection, tx: Tx) -> None:
    message = Message(501, 12, Kind.PHOTO, text="Вот", file_id="F")

    tx.keep_message(7, 3, incoming=True, message=message, author="Дана")

    rows = conn.exec_driver_sql(
        "SELECT case_id, customer_id, incoming, chat_id, message_id, kind, text, file_id, author, at"
        " FROM messages"
    )
    assert rows.fetchall() == [(7, 3, 1, 501, 12, "photo", "Вот", "F", "Дана", MS)]


def test_only_messages_of_ours_lead_to_a_case(tx: Tx) -> None:
    tx.keep_message(7, 3, True, Message(GROUP, 12, Kind.TEXT), "Дана")
    tx.keep_copy(8, GROUP, 13, Copy.ALERT)
    tx.keep_message(8, 3, False, Message(GROUP, 14, Kind.TEXT), "Лев")

    found = [tx.case_by_message(GROUP, number) for number in (12, 13, 14)]

    assert found == [None, ShownCase(8, Copy.ALERT), None]


def test_kind_words_wait_for_the_evening_of_their_branch(tx: Tx) -> None:
    dana = tx.care_of(DANA).customer.id
    tx.add_praise(Praise("center", dana, "Чудо", "Ира", "Дана"))
    tx.add_praise(Praise("center", dana, "Спасибо", "", ""))
    tx.add_praise(Praise("south", dana, "Уютно", "", ""))
    before = tx.praise_lines("center")

    tx.praise_posted("center")

    assert before == (("Ира", "Чудо", "Дана"), ("", "Спасибо", ""))
    assert (tx.praise_lines("center"), tx.praise_lines("south")) == ((), (("", "Уютно", ""),))
