"""What goes first when a group's minute is short: cards before what stands below other cards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.cards import CardCall
from bot.claiming import Claiming
from bot.content import Books, load_content
from bot.desk import Desk
from bot.limits import LimitFigures, Limits, Rate
from bot.messages import BELOW_CARD
from flows.events import Sender
from flows.facts import Tokens
from flows.people import StaffChat
from storage.outbox import OutboxRow
from storage.sqlite import writer_engine
from storage.tx import Tx
from tests.databases import new_database
from tests.unit.storage.rows.matter import DANA, GROUP, NOW, complaint, post_card

ANNA = Sender(tg_id=502, name="Анна")


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[Connection]:
    engine = writer_engine(new_database(tmp_path))
    with engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()
    engine.dispose()


def test_a_new_card_goes_before_the_files_of_another(conn: Connection) -> None:
    content = load_content()
    desk = Desk(content, Books(content.book), Tokens("o", "j", "g"), "lana_bot")
    limits = Limits(LimitFigures(group=Rate(1, 61.0)))
    tx = Tx(conn, NOW)
    tx.save_staff_chat(StaffChat(GROUP, "Лана"))
    complaint(tx, DANA, 1)
    post_card(conn, tx, 1, 900)
    for number in range(3):
        tx.put_outbox(
            OutboxRow(
                f"case:1:{number}",
                GROUP,
                BELOW_CARD,
                "sendPhoto",
                {"photo": "x"},
                case_id=1,
                under_card=True,
            )
        )
    complaint(tx, ANNA, 2)
    tx.mark_card(2, "group", GROUP)

    ready = Claiming(limits, desk).claim(conn, 10, NOW).ready

    assert [each.card.case_id for each in ready if isinstance(each, CardCall)] == [2]
    assert len(ready) == 1
