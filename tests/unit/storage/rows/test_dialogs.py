"""Talks with people of the staff: one a person, forgotten after a day."""

from datetime import timedelta

from sqlalchemy import Connection

from flows.dialog import Dialog
from storage import dialogs
from storage.tx import Tx
from tests.unit.storage.rows.matter import NOW

TEXTS = Dialog(1, 501, "texts", "show", NOW, {"key": "rate.5"}, version=2)
GIFTS = Dialog(2, 501, "gifts", "list", NOW)


def test_a_talk_comes_back_as_it_was(tx: Tx) -> None:
    tx.save_dialog(TEXTS)

    assert tx.dialog_of(501) == TEXTS
    assert tx.dialog_of(502) is None


def test_another_talk_takes_its_place(tx: Tx) -> None:
    tx.save_dialog(TEXTS)

    tx.save_dialog(GIFTS)

    assert tx.dialog_of(501) == GIFTS


def test_a_talk_is_forgotten_after_a_day(conn: Connection, tx: Tx) -> None:
    tx.save_dialog(TEXTS)

    assert Tx(conn, NOW + timedelta(hours=23)).dialog_of(501) == TEXTS
    assert Tx(conn, NOW + timedelta(hours=24)).dialog_of(501) is None
    assert dialogs.forget(conn, NOW + timedelta(hours=1)) == 1


def test_a_talk_that_is_over_is_gone(tx: Tx) -> None:
    tx.save_dialog(TEXTS)

    tx.close_dialog(501)

    assert tx.dialog_of(501) is None
