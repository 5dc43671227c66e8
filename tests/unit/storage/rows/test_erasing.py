"""Erasing one person: nothing of them is left in any table, others keep everything, and a backup forgets again."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, text

from flows.effects import Letter, Praise, Record, SetTimer
from flows.events import Kind, LetterKind, Message, Sender, TimerKind
from storage import cases, erasing, inbox, outbox, timers
from storage.erasures import ErasureLog
from storage.journal import Copy
from storage.outbox import OutboxRow
from storage.sqlite import writer_engine
from storage.tables import metadata
from storage.tx import Tx
from tests.databases import new_database
from tests.unit.storage.rows.matter import (
    GROUP,
    LEO,
    NOW,
    SOON,
    claimed,
    complaint,
    gift,
    post_card,
    talk,
    visit,
)

DANA = Sender(7770000501, "Даньяна", "danyana_secret", "tt")
ANNA = Sender(8880000502, "Аннабель", "annabel_kept", "ru")
PHONE = "+79995550001"
T = TypeVar("T")

WORDS = "Ждала сорок минут, мастер накричала"
TRACES = (
    str(DANA.tg_id),
    DANA.name,
    DANA.username,
    PHONE,
    WORDS,
    "сахар не клали danyana",
    "нежные руки Даньяны",
)


def lives(tx: Tx, conn: Connection, sender: Sender, number: int, phone: str, words: str) -> int:
    """Everything that can be known of a customer: a complaint with all that hangs on it."""
    tx.save_person(LEO)
    customer = tx.care_of(sender).customer
    own = tx.care_of(sender)
    tx.save(
        own,
        replace(
            own,
            customer=replace(
                customer, phone=phone, phone_own=True, zone=f"{sender.name}/Home", quiet="22_9"
            ),
        ),
    )
    tx.save_visit(visit(number, customer_id=customer.id, customer_name=sender.name, phone=phone))
    tx.save_visit(visit(number + 50, customer_name=sender.name, phone=phone))
    care = complaint(
        tx,
        sender,
        number,
        visit_id=number,
        story=(words,),
        notes=((f"сахар не клали {sender.username}", "Лев"),),
        check_comment=words,
    )
    post_card(conn, tx, number, 900 + number)
    tx.save(care, replace(care, conversation=talk(customer, number, answers={"ask": words})))
    message = Message(sender.tg_id, 7, Kind.PHOTO, words, file_id=f"file-of-{sender.username}")
    tx.keep_message(number, customer.id, incoming=True, message=message, author="")
    tx.keep_copy(number, GROUP, 950 + number, Copy.OTHER)
    tx.record(Record("note", number, customer.id, "Лев", {"note": words}))
    tx.record(Record("rated", None, customer.id, "", {"score": 2}))
    tx.add_praise(
        Praise("center", customer.id, f"нежные руки {sender.name[:-1]}ы", "Ира", sender.name)
    )
    tx.save_gift(gift(tx.care_of(sender), number))
    _queues(tx, conn, sender, number, customer.id, words)
    return customer.id


def _queues(
    tx: Tx, conn: Connection, sender: Sender, number: int, customer_id: int, words: str
) -> None:
    payload = f'{{"message":{{"text":"{words}","from":{{"id":{sender.tg_id}}}}}}}'
    first = number * 100
    rows = [(first + n, sender.tg_id, payload) for n in range(3)] + [(first + 9, GROUP, payload)]
    done, parked, sealed, elsewhere = inbox.store(conn, 1, rows, NOW)
    tx.claim_update(done, sender.tg_id)
    inbox.park(conn, parked, words)
    inbox.park(conn, elsewhere, "KeyError")
    conn.execute(text("UPDATE inbox SET state = 'sealed' WHERE id = :id"), {"id": sealed})
    about = Letter(LetterKind.STAFF, number)
    own, theirs = f"chat:{sender.tg_id}", f"case:{number}"
    for key in ("sent", "sending", "parked", "due"):
        params = {"text": f"{sender.name}: {words}"}
        tx.put_outbox(OutboxRow(own, sender.tg_id, 1, "sendMessage", params, f"{number}{key}"))
        tx.put_outbox(
            OutboxRow(theirs, GROUP, 3, "sendMessage", params, f"{number}{key}+", about, number)
        )
    timer = SetTimer(f"still:{number}", TimerKind.STILL_OPEN, SOON, 0, customer_id, number)
    timers.put(conn, timer, sender.tg_id)
    ready = [row for row in claimed(conn) if row.lane in (own, theirs)]
    assert len(ready) == 2
    for row in ready:
        tx.claim_result(row.id, state="sent", message_id=1000 + row.id)
    claimed(conn)


def everything(conn: Connection) -> dict[str, str]:
    """Every value of every column of every table, as text."""
    found = {}
    for table in metadata.sorted_tables:
        for column in table.columns:
            values = conn.execute(select(column)).scalars()
            found[f"{table.name}.{column.name}"] = "\n".join(str(value) for value in values)
    return found


def places_of(conn: Connection, *traces: str) -> list[str]:
    """Columns in which any of the traces stands."""
    return [
        name
        for name, values in everything(conn).items()
        if any(trace in values for trace in traces)
    ]


def test_nothing_of_an_erased_person_is_left_in_any_table(tx: Tx, conn: Connection) -> None:
    dana = lives(tx, conn, DANA, 1, PHONE, WORDS)
    before = places_of(conn, *TRACES)

    found = erasing.erase(conn, dana, NOW)

    assert len(before) > 20
    assert places_of(conn, *TRACES) == []
    assert (found.cases, found.visits) == ((1,), 1)
    case = tx.case(1)
    assert case is not None
    assert (case.closed_at, case.erased) == (NOW, True)
    assert [given.code for given in tx.gifts_of(1, None)] == ["CODE-1"]


def test_somebody_else_keeps_everything(tx: Tx, conn: Connection) -> None:
    dana = lives(tx, conn, DANA, 1, PHONE, WORDS)
    lives(tx, conn, ANNA, 2, "+79995550002", "Всё понравилось, спасибо большое")
    traces = (str(ANNA.tg_id), ANNA.name, "+79995550002", "Всё понравилось", "annabel")
    before = {name: places_of(conn, name) for name in traces}

    erasing.erase(conn, dana, NOW)

    assert {name: places_of(conn, name) for name in traces} == before


def _in_private(sender: Sender, words: str) -> str:
    chat = f'{{"id":{sender.tg_id},"type":"private"}}'
    return f'{{"message":{{"message_id":5,"chat":{chat},"from":{{"id":{sender.tg_id}}},"text":"{words}"}}}}'


def test_words_of_an_erased_person_take_no_parked_row_from_anybody_else(
    tx: Tx, conn: Connection
) -> None:
    dana = lives(tx, conn, DANA, 1, PHONE, "Да")
    for key, words in enumerate(("Когда Да вернут деньги?", "Да")):
        (row,) = inbox.store(conn, 1, [(7000 + key, ANNA.tg_id, _in_private(ANNA, words))], NOW)
        inbox.park(conn, row, "KeyError")
    (row,) = inbox.store(conn, 1, [(7002, GROUP, '{"message":{"text":"Да, верну"}}')], NOW)
    inbox.park(conn, row, "KeyError")
    tx.put_outbox(OutboxRow("", ANNA.tg_id, 1, "sendMessage", {"text": "Да"}, "theirs"))
    conn.execute(text("UPDATE outbox SET state = 'parked' WHERE dedup_key = 'theirs'"))
    aside = text(
        "SELECT id, payload FROM inbox WHERE state = 'parked' AND update_id >= 7000"
        " UNION ALL SELECT id, payload FROM outbox WHERE dedup_key = 'theirs' AND state = 'parked'"
    )
    before = conn.execute(aside).all()

    erasing.erase(conn, dana, NOW)

    assert len(before) == 4
    assert conn.execute(aside).all() == before


def test_a_parked_press_under_the_card_of_an_erased_case_is_let_go(
    tx: Tx, conn: Connection
) -> None:
    dana = lives(tx, conn, DANA, 1, PHONE, WORDS)
    card = f'{{"message_id":901,"chat":{{"id":{GROUP}}},"text":"Обращение 1. {WORDS}"}}'
    press = f'{{"callback_query":{{"from":{{"id":{LEO.tg_id}}},"message":{card}}}}}'
    (row,) = inbox.store(conn, 1, [(7000, GROUP, press)], NOW)
    inbox.park(conn, row, "KeyError")

    erasing.erase(conn, dana, NOW)

    assert places_of(conn, *TRACES) == []


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(codec="utf-8", exclude_characters="\x00\n"), min_size=12))
def test_whatever_a_person_wrote_is_found(conn: Connection, words: str) -> None:
    point = conn.begin_nested()
    tx = Tx(conn, NOW)
    customer = tx.care_of(DANA).customer
    complaint(tx, DANA, 1, story=(words,), notes=((words, "Лев"),))
    message = Message(DANA.tg_id, 7, Kind.TEXT, words)
    tx.keep_message(1, customer.id, incoming=True, message=message, author="")
    tx.put_outbox(OutboxRow("", GROUP, 3, "sendMessage", {"text": words}, case_id=1))

    erasing.erase(conn, customer.id, NOW)

    left = places_of(conn, words)
    point.rollback()
    assert left == []


def test_what_is_in_flight_leaves_no_trace_when_it_lands(tx: Tx, conn: Connection) -> None:
    dana = lives(tx, conn, DANA, 1, PHONE, WORDS)
    flying = conn.execute(text("SELECT id FROM outbox WHERE state = 'sending'")).scalars().all()

    erasing.erase(conn, dana, NOW)
    settled = [tx.claim_result(row, state="sent", message_id=5000 + row) for row in flying]

    taken_away = conn.execute(
        text("SELECT payload FROM outbox WHERE method = 'deleteMessage' AND state = 'due'")
    )
    gone = taken_away.scalars().all()
    in_group = [row for row in flying if f'{{"message_id":{5000 + row}}}' in gone]
    assert (settled, len(in_group)) == ([False, False], 1)
    assert places_of(conn, *TRACES) == []


def test_copies_in_the_group_are_taken_away(tx: Tx, conn: Connection) -> None:
    dana = lives(tx, conn, DANA, 1, PHONE, WORDS)

    erasing.erase(conn, dana, NOW)

    rows = conn.execute(
        text("SELECT chat_id, payload FROM outbox WHERE method = 'deleteMessage' ORDER BY id")
    ).all()
    assert {tuple(row) for row in rows} >= {
        (GROUP, '{"message_id":901}'),
        (GROUP, '{"message_id":951}'),
    }


def test_an_erased_customer_who_comes_back_begins_anew(tx: Tx, conn: Connection) -> None:
    dana = lives(tx, conn, DANA, 1, PHONE, WORDS)
    erasing.erase(conn, dana, NOW)

    again = tx.care_of(DANA)

    assert again.customer.id != dana
    assert (again.case, again.customer.phone, again.customer.name) == (None, "", DANA.name)


def test_a_retried_row_in_flight_is_not_sent_again(tx: Tx, conn: Connection) -> None:
    dana = lives(tx, conn, DANA, 1, PHONE, WORDS)
    flying = conn.execute(text("SELECT id FROM outbox WHERE state = 'sending'")).scalars().all()
    erasing.erase(conn, dana, NOW)

    for row in flying:
        outbox.release(conn, row, NOW, "429")

    assert [row.method for row in claimed(conn) if row.method != "deleteMessage"] == []


# ---- the log ------------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return new_database(tmp_path)


def _in(path: Path, work: Callable[[Connection], T]) -> T:
    engine = writer_engine(path)
    try:
        with engine.begin() as conn:
            return work(conn)
    finally:
        engine.dispose()


def test_a_restored_backup_forgets_again(place: Path) -> None:
    dana = _in(place, lambda conn: lives(Tx(conn, NOW), conn, DANA, 1, PHONE, WORDS))
    _in(place, lambda conn: lives(Tx(conn, NOW), conn, ANNA, 2, "+79995550002", "Спасибо вам"))
    backup = place.with_name("backup.db")
    shutil.copy(place, backup)
    _in(place, lambda conn: erasing.erase(conn, dana, NOW))
    shutil.copy(backup, place)

    found = _in(place, lambda conn: erasing.replay(conn, NOW + timedelta(days=1)))
    again = _in(place, lambda conn: erasing.replay(conn, NOW + timedelta(days=2)))

    assert (found, again) == (1, 0)
    assert _in(place, lambda conn: places_of(conn, *TRACES)) == []
    assert _in(place, lambda conn: places_of(conn, ANNA.name)) != []


def test_a_customer_who_came_back_is_not_forgotten_by_the_replay(place: Path) -> None:
    dana = _in(place, lambda conn: lives(Tx(conn, NOW), conn, DANA, 1, PHONE, WORDS))
    _in(place, lambda conn: erasing.erase(conn, dana, NOW))
    _in(place, lambda conn: Tx(conn, SOON).care_of(DANA))

    found = _in(place, lambda conn: erasing.replay(conn, NOW + timedelta(days=1)))

    assert found == 0
    assert _in(place, lambda conn: places_of(conn, DANA.name)) == ["customers.name"]


def test_the_log_is_for_nobody_else_and_names_nobody(place: Path) -> None:
    dana = _in(place, lambda conn: lives(Tx(conn, NOW), conn, DANA, 1, PHONE, WORDS))
    _in(place, lambda conn: erasing.erase(conn, dana, NOW))

    log = ErasureLog.beside(place)
    written = log.path.read_text()

    assert log.path.stat().st_mode & 0o777 == 0o600
    assert [trace for trace in TRACES if trace in written] == []
    assert len(list(log.entries())) == 2  # the person, and the telephone


def test_a_line_broken_off_spoils_no_other(tmp_path: Path) -> None:
    log = ErasureLog.beside(tmp_path / "zabota.db")
    log.write(["tg:1"], NOW)
    with log.path.open("a") as file:
        file.write('{"who": "ab')

    log.write(["tg:2"], SOON)

    assert len(list(log.entries())) == 2


def test_two_logs_join_by_writing_one_after_the_other(tmp_path: Path) -> None:
    one, other = ErasureLog(tmp_path / "one"), ErasureLog(tmp_path / "other")
    (first,) = one.write(["tg:1"], NOW)
    (second,) = other.write(["tg:2"], NOW)

    with one.path.open("a") as file:
        file.write(other.path.read_text())

    assert list(one.entries()) == [first, second]


def test_the_file_itself_holds_nothing_any_more(place: Path) -> None:
    dana = _in(place, lambda conn: lives(Tx(conn, NOW), conn, DANA, 1, PHONE, WORDS))
    before = place.read_bytes()
    _in(place, lambda conn: erasing.erase(conn, dana, NOW))

    after = place.read_bytes()

    assert [trace for trace in TRACES if trace.encode() not in before] == []
    assert [trace for trace in TRACES if trace.encode() in after] == []


def test_an_old_case_without_a_customer_is_no_obstacle(tx: Tx, conn: Connection) -> None:
    assert erasing.erase(conn, 99, NOW) == erasing.Forgotten()
    assert cases.by_id(conn, 99) is None
