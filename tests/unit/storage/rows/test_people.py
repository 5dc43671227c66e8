"""One roster, one bound group, which may get a new id."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from flows.people import PersonState, StaffChat, Use
from flows.staff_chats import StaffChats
from storage.tx import Tx
from tests.unit.storage.rows.matter import (
    GROUP,
    LEO,
    claimed,
    claimed_cards,
    complaint,
    letter,
    post_card,
)


def test_the_roster_keeps_everybody_who_asked(tx: Tx) -> None:
    ira = replace(LEO, id=2, tg_id=602, name="Ира", state=PersonState.DECLINED)
    tx.save_person(ira)
    tx.save_person(LEO)

    tx.save_person(replace(LEO, on_shift=False, title="мастер"))

    assert tx.roster() == (replace(LEO, on_shift=False, title="мастер"), ira)


def test_one_account_is_one_person(tx: Tx) -> None:
    tx.save_person(LEO)

    with pytest.raises(IntegrityError):
        tx.save_person(replace(LEO, id=2))


def test_no_group_is_bound_at_first(tx: Tx) -> None:
    assert tx.staff_chats() == StaffChats()


def test_the_bound_group_reads_as_it_was_written(tx: Tx) -> None:
    chat = StaffChat(GROUP, "Команда", inside=False, missing=("pin", "delete"))
    tx.save_staff_chat(StaffChat(GROUP))

    tx.save_staff_chat(chat)

    assert tx.staff_chats().common == chat


def test_a_group_that_takes_the_place_of_another_lets_it_go(tx: Tx) -> None:
    tx.save_staff_chat(StaffChat(GROUP))

    tx.save_staff_chat(StaffChat(GROUP + 1), replaces=GROUP)

    assert tx.staff_chats() == StaffChats((StaffChat(GROUP + 1),))


def test_groups_of_several_branches_are_kept_beside_one_another(tx: Tx) -> None:
    groups = (
        StaffChat(GROUP, "Баумана", use=Use.BRANCHES, branches=("bauman", "pushkina")),
        StaffChat(GROUP + 1, "Все"),
        StaffChat(GROUP + 2, "Управляющие", use=Use.MANAGER),
    )

    for group in groups:
        tx.save_staff_chat(group)

    assert tx.staff_chats() == StaffChats(groups)


def test_a_group_with_a_new_id_keeps_its_cards_and_letters(conn: Connection, tx: Tx) -> None:
    tx.save_staff_chat(StaffChat(GROUP))
    complaint(tx)
    post_card(conn, tx, case_id=1, message_id=40)
    tx.put_outbox(letter("post", chat_id=GROUP))

    tx.save_staff_chat(StaffChat(GROUP - 1), replaces=GROUP)

    assert tx.staff_chats().common == StaffChat(GROUP - 1)
    assert [row.chat_id for row in claimed(conn)] == [GROUP - 1]
    assert [(c.chat_id, c.message_id) for c in claimed_cards(conn)] == [(GROUP - 1, None)]
