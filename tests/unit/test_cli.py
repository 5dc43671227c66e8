import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner, Result

from bot.cli import main
from bot.settings import variables
from storage.db import Database
from storage.lock import DatabaseLock

TOKEN = "123456789:AAE-and-thirty-more-letters_of-it"
VISITS = """visit_id;ended_at;service;phone
1;2026-10-05 13:05;Стрижка;+7 999 000-00-01
2;2026-10-05 14:00;;
"""


@pytest.fixture(autouse=True)
def _somewhere_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    yield
    structlog.reset_defaults()


def zabota(*args: str) -> Result:
    return CliRunner().invoke(main, args)


def migrated() -> None:
    Database.create(Path("zabota.db"))


def test_help_names_every_command_and_imports_no_bot() -> None:
    code = (
        "import sys\nfrom bot.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "heavy = {'aiogram', 'sqlalchemy', 'pydantic', 'structlog', 'ruamel', 'segno'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    for name in ("run", "init", "check", "visits", "parked", "links", "posters", "status"):
        assert f"\n  {name} " in done.stdout


@pytest.mark.parametrize("command", main.list_commands(None))  # type: ignore[arg-type]  # not used
def test_every_command_explains_itself(command: str) -> None:
    if command == "sandbox":  # becomes another process, which explains itself
        return

    done = zabota(command, "--help")

    assert (done.exit_code, done.output.startswith("Usage: ")) == (0, True)


def test_no_token_is_one_sentence() -> None:
    done = zabota("run")

    assert done.exit_code == 2
    assert done.output.splitlines() == [
        "BOT_TOKEN is missing: write the token that @BotFather gave you into .env, "
        "like BOT_TOKEN=123456789:AAE-and-thirty-more-letters."
    ]


def test_no_database_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)

    done = zabota("run")

    assert (done.exit_code, done.output) == (
        2,
        f"There is no database at {Path.cwd() / 'zabota.db'}: create it with `zabota migrate`.\n",
    )


def test_migrate_creates_and_then_leaves_alone() -> None:
    first, second = zabota("migrate"), zabota("migrate")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "was created (schema 0001)." in first.output
    assert "is up to date (schema 0001)." in second.output


def test_init_writes_a_folder_that_check_finds_good() -> None:
    written = zabota("init", "salon", "ours")
    judged = zabota("check", "ours")

    assert (written.exit_code, judged.exit_code) == (0, 0)
    assert written.output.endswith("To use them, write CONTENT_DIR=ours into .env.\n")
    assert judged.output.splitlines()[-1].startswith("ours: ошибок: 0, ")


def test_init_overwrites_nothing() -> None:
    Path("content").mkdir()
    Path("content/mine.yaml").write_text("mine")

    done = zabota("init", "salon")

    assert (done.exit_code, done.output) == (2, "content is not empty; nothing was written\n")


def test_check_prints_every_mistake_and_exits_with_one() -> None:
    zabota("init", "salon", "ours")
    Path("ours/business.yaml").write_text("brand: [")

    done = zabota("check", "ours")

    assert done.exit_code == 1
    assert done.output.startswith("business.yaml:")


def test_check_speaks_the_language_of_the_content_or_the_one_asked_for() -> None:
    zabota("init", "salon", "ours")
    Path("ours/gifts.yaml").unlink()

    own, asked = zabota("check", "ours"), zabota("check", "ours", "--lang", "en")

    assert "gifts.yaml: файла нет" in own.output.splitlines()
    assert asked.output.splitlines()[-2:] == [
        "gifts.yaml: the file is missing",
        "ours: mistakes: 1, warnings: 5",
    ]


def test_reload_says_that_no_bot_runs() -> None:
    migrated()

    done = zabota("reload")

    assert (done.exit_code, done.output[:20]) == (2, "No bot is running he")


def test_check_without_a_folder_judges_what_is_shipped() -> None:
    done = zabota("check")

    assert (done.exit_code, done.output.splitlines()[-1][:24]) == (0, "заготовка salon: ошибок:")


def test_visits_are_imported_once_with_their_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    migrated()
    _remember_the_bot()
    Path("visits.csv").write_text(VISITS)

    first = zabota("visits", "import", "visits.csv", "--links", "links.csv")
    links = _links()
    second = zabota("visits", "import", "visits.csv", "--links", "links.csv")

    assert (first.exit_code, first.output) == (0, "new: 2, known already: 0, left out: 0\n")
    assert (second.exit_code, second.output) == (0, "new: 0, known already: 2, left out: 0\n")
    assert list(links) == ["visit_id", "1", "2"]
    assert links["1"].startswith("https://t.me/lana_bot?start=v_")
    assert _links() == links


def test_wrong_rows_are_told_and_the_others_taken() -> None:
    migrated()
    Path("visits.csv").write_text(VISITS + "3;yesterday;;12\n;2026-10-05 14:00;;\n")

    done = zabota("visits", "import", "visits.csv")

    assert done.exit_code == 1
    assert done.output.splitlines() == [
        'line 4, ended_at: "yesterday" is not a time; write it like "2026-10-05 13:05"',
        'line 4, phone: "12" is not a telephone number; write it like "+7 999 000-00-01"',
        "line 5, visit_id: it is empty; every visit needs one",
        "new: 2, known already: 0, left out: 2",
    ]


def test_a_bot_that_is_just_starting_is_told() -> None:
    migrated()
    Path("visits.csv").write_text(VISITS)

    with DatabaseLock.take(Path.cwd() / "zabota.db"):
        done = zabota("visits", "import", "visits.csv")

    assert done.exit_code == 2
    assert done.output.startswith(f"The database {Path.cwd() / 'zabota.db'} is in use by process")


def test_parked_says_when_nothing_is() -> None:
    migrated()

    assert zabota("parked").output == "Nothing is parked.\n"
    assert zabota("parked", "list").output == "Nothing is parked.\n"
    assert zabota("parked", "replay", "--all").exit_code == 0


def test_what_is_not_parked_is_a_sentence() -> None:
    migrated()

    shown, replayed = zabota("parked", "show", "7"), zabota("parked", "replay", "7", "8")

    assert (shown.exit_code, shown.output) == (
        2,
        "Nothing is parked as 7: `zabota parked` lists what is.\n",
    )
    assert (replayed.exit_code, len(replayed.output.splitlines())) == (1, 2)


def test_links_are_printed_and_drawn() -> None:
    migrated()
    _remember_the_bot()

    done = zabota("links", "--qr", "qr")

    lines = done.output.splitlines()
    assert done.exit_code == 0
    assert lines[0].startswith("https://t.me/lana_bot?start=own_")
    assert lines[1].startswith("https://t.me/lana_bot?startgroup=g_")
    assert lines[2].startswith("https://t.me/lana_bot?start=join_")
    assert lines[3].startswith("https://t.me/lana_bot?start=mgr_")
    assert lines[4].startswith("https://t.me/lana_bot?start=b_")
    assert lines[-1] == f"{2 * (len(lines) - 1)} pictures were written to qr."


def test_posters_are_drawn_one_for_each_branch() -> None:
    migrated()
    _remember_the_bot()

    done = zabota("posters", "print")
    other = zabota("posters", "--branch", "elsewhere")

    assert (done.exit_code, done.output) == (0, "print/poster-bauman.pdf\n")
    assert Path("print/poster-bauman.pdf").read_bytes()[:5] == b"%PDF-"
    assert (other.exit_code, Path("posters").exists()) == (2, False)


def test_a_bot_without_a_name_asks_for_its_token() -> None:
    migrated()

    done = zabota("links")

    assert (done.exit_code, done.output[:20]) == (2, "BOT_TOKEN is missing")


def test_the_status_of_no_bot_is_a_sentence() -> None:
    done = zabota("status")

    assert (done.exit_code, done.output) == (
        2,
        f"No bot is running here: nothing listens at {Path.cwd() / 'zabota.db.sock'}.\n",
    )


def _links() -> dict[str, str]:
    with Path("links.csv").open(encoding="utf-8-sig", newline="") as written:
        return {row[0]: row[1] for row in csv.reader(written, delimiter=";")}


def _remember_the_bot() -> None:
    """As its first start does."""
    import asyncio

    from storage.tx import Tx
    from tests.unit.test_office import NOON

    async def write() -> None:
        database = await Database.open("zabota.db")
        me = '{"id": 1, "is_bot": true, "first_name": "Лана", "username": "lana_bot"}'
        await database.transact(lambda conn: Tx(conn, NOON).set_setting("me", me))
        await database.close()

    asyncio.run(write())
