import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner, Result

from bot.cli import main
from bot.settings import variables
from storage.backup import listing
from storage.db import Database
from storage.lock import DatabaseLock


@pytest.fixture(autouse=True)
def _somewhere_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    yield
    structlog.reset_defaults()


def zabota(*args: str) -> Result:
    return CliRunner().invoke(main, args)


def backed_up(*args: str) -> Path:
    Database.create(Path("zabota.db"))
    done = zabota("backup", *args)
    assert (done.exit_code, done.stderr) == (0, "")
    return Path(done.stdout.partition(" ")[0])


def test_a_backup_goes_where_the_nightly_ones_go() -> None:
    path = backed_up()

    assert [backup.path for backup in listing(Path("backups").resolve())] == [path]


def test_a_whole_installation_moves_into_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("content").mkdir()
    Path("content/a.yaml").write_text("a: 1\n")
    Path(".env").write_text("CONTENT_DIR=content\nDATABASE_URL=sqlite:///zabota.db\n")
    path = backed_up("--with-secrets").resolve()
    there = tmp_path / "there"
    there.mkdir()
    monkeypatch.chdir(there)

    done = zabota("restore", str(path))

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(".env was written, with the token.\nThe database ")
    assert {p.name for p in there.iterdir()} == {".env", "content", "zabota.db", "zabota.db.lock"}
    assert (there / "content" / "a.yaml").read_text() == "a: 1\n"
    assert os.stat(there / ".env").st_mode & 0o777 == 0o600


def test_a_database_that_is_there_is_replaced_only_when_the_person_agrees() -> None:
    path = backed_up()
    before = Path("zabota.db").read_bytes()

    refused = CliRunner().invoke(main, ["restore", str(path)], input="n\n")
    kept = Path("zabota.db").read_bytes()
    done = zabota("restore", str(path), "--yes")

    assert (refused.exit_code, kept) == (1, before)
    assert done.exit_code == 0
    assert len(list(Path().glob("zabota.db.before-restore-*Z"))) == 1


def test_what_cannot_be_restored_is_one_sentence() -> None:
    Database.create(Path("zabota.db"))
    Path("b.tar.gz").write_text("no")

    done = zabota("restore", "b.tar.gz", "--yes")
    missing = zabota("restore", "no.tar.gz", "--yes")

    assert (done.exit_code, missing.exit_code) == (2, 2)
    assert done.stderr == (
        "The backup b.tar.gz cannot be used, it is cut off, changed, or no backup of Zabota: "
        "take another. Nothing was changed.\n"
    )
    assert missing.stderr == (
        "The backup no.tar.gz cannot be used, there is no such file: take another. Nothing was changed.\n"
    )


def test_under_a_running_bot_nothing_is_restored() -> None:
    path = backed_up()

    with DatabaseLock.take(Path("zabota.db").resolve()):
        done = zabota("restore", str(path), "--yes")

    assert done.exit_code == 2
    assert "is in use by process" in done.stderr
