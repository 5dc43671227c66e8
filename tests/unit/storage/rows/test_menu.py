"""The command menu: one for each kind of chat, customers' also in every other language, told once."""

import json

from sqlalchemy import Connection, select

from bot.menu import tell_menu
from storage.tables import outbox
from storage.tx import Tx
from tests.content.salon import salon


def test_customers_have_the_menu_in_their_language_and_the_group_in_the_business_own(
    tx: Tx, conn: Connection
) -> None:
    tell_menu(tx, salon().book)

    rows = [json.loads(row.payload) for row in conn.execute(select(outbox).order_by(outbox.c.id))]
    assert [(row["scope"]["type"], row.get("language_code", "")) for row in rows] == [
        ("all_private_chats", ""),
        ("all_group_chats", ""),
        ("all_private_chats", "en"),
    ]
    words = [{each["command"]: each["description"] for each in row["commands"]} for row in rows]
    assert words[0]["settings"] == "Язык и вопросы"
    assert words[2]["settings"] == "Language and questions"


def test_a_menu_that_has_not_changed_is_told_once(tx: Tx, conn: Connection) -> None:
    tell_menu(tx, salon().book)

    tell_menu(tx, salon().book)

    assert len(conn.execute(select(outbox)).all()) == 3
