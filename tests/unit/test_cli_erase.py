"""`zabota erase`: it asks once, erases for good, and says so in a sentence."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner, Result

from bot.cli import main
from bot.settings import variables
from flows.events import Sender
from flows.people import Visit
from storage.db import Connection, Database
from storage.erasures import ErasureLog
from storage.tx import Tx
from tests.unit.storage.rows.matter import NOW


@pytest.fixture(autouse=True)
def _somewhere_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///zabota.db")
    monkeypatch.chdir(tmp_path)
    Database.create(Path("zabota.db"))
    asyncio.run(_filled())
    yield
    structlog.reset_defaults()


async def _filled() -> None:
    database = await Database.open(Path("zabota.db"))
    await database.transact(_fill)
    await database.close()


def _fill(conn: Connection) -> None:
    tx = Tx(conn, NOW)
    tx.care_of(Sender(501, "Даньяна"))
    tx.save_visit(Visit(1, "csv:1", "csv", "bauman", NOW, phone="+79990000001"))


def zabota(*args: str, answer: str = "") -> Result:
    return CliRunner().invoke(main, args, input=answer)


def held(word: str) -> bool:
    return word.encode() in Path("zabota.db").read_bytes()


def test_it_asks_before_it_erases() -> None:
    refused = zabota("erase", "501", answer="n\n")

    assert refused.exit_code == 1
    assert held("Даньяна")


def test_a_customer_is_erased_by_the_telegram_id() -> None:
    done = zabota("erase", "501", "--yes")

    assert (done.exit_code, done.stdout.partition(".")[0]) == (
        0,
        "501 is erased (cases: 0, visits: 0)",
    )
    assert not held("Даньяна")
    assert len(list(ErasureLog.beside(Path("zabota.db").resolve()).entries())) == 1


def test_a_telephone_is_erased_from_visits() -> None:
    done = zabota("erase", "+79990000001", "--yes")

    assert (done.exit_code, held("+79990000001")) == (0, False)


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("777", "Nothing is kept of 777.\n"),
        (
            "Анна",
            "Анна is neither a Telegram id (123456789) nor a telephone (+79990000001).\n",
        ),
    ],
)
def test_what_cannot_be_erased_is_one_sentence(who: str, told: str) -> None:
    refused = zabota("erase", who, "--yes")

    assert (refused.exit_code, refused.stderr) == (2, told)
