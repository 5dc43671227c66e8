"""A backup is one whole file or none, of a database in use or at rest."""

import asyncio
import os
import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import archive
from storage.archive import Manifest, unpack
from storage.backup import Backup, Why, clear_partial, keep_newest, listing, make
from storage.backup_problems import DatabaseDamaged, FolderUnusable
from storage.db import Database
from storage.errors import DatabaseMissing, ForeignDatabase
from tests.databases import new_database
from tests.filled import contents, fill

NIGHT = datetime(2026, 3, 2, 1, 0, 7, tzinfo=UTC)


def backed_up(
    database: Path, why: Why = "by-hand", at: datetime = NIGHT
) -> tuple[Backup, Manifest]:
    return make(database, database.with_name("backups"), at, why=why, version="1.2.3")


def test_a_backup_holds_every_row(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    fill(database)

    made, manifest = backed_up(database)
    unpacked = unpack(made.path, tmp_path / "out")

    assert contents(tmp_path / "out" / archive.DATABASE) == contents(database)
    assert unpacked == manifest
    assert (manifest.version, manifest.schema, manifest.counts["gifts"]) == ("1.2.3", "0001", 2000)
    assert made.path.name == "zabota-by-hand-20260302T010007Z.tar.gz"
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]
    assert made.path.stat().st_mode & 0o777 == 0o600


async def test_what_was_committed_just_now_is_in_the_backup_of_a_running_bot(
    tmp_path: Path,
) -> None:
    database = await Database.open(new_database(tmp_path))
    await database.transact(lambda c: c.execute(text("INSERT INTO settings VALUES ('a', 'b')")))

    made, _ = await asyncio.to_thread(backed_up, database.path)
    await database.close()
    unpack(made.path, tmp_path / "out")

    assert contents(tmp_path / "out" / archive.DATABASE)["settings"] == [("a", "b")]


def test_the_owners_folder_goes_along_and_secrets_only_when_asked(tmp_path: Path) -> None:
    content, env = tmp_path / "content", tmp_path / ".env"
    (content / "texts").mkdir(parents=True)
    (content / "texts" / "ru.yaml").write_text("texts: {}\n")
    (content / "half.yaml.tmp").write_text("tex")
    (content / "link.yaml").symlink_to("/etc/hostname")
    version = content / ".versions" / "20260301-010000-000000-1"
    (version / "before").mkdir(parents=True)
    (version / "before" / "gifts.yaml").write_text("gifts: {}\n")
    (version / "change.json").write_text("{}")
    for stray in (
        content / ".env",
        content / "id_rsa",
        content / ".env.yaml.bak",
        version / ".env",
    ):
        stray.write_text("BOT_TOKEN=1:secret\n")
    env.write_text("BOT_TOKEN=1:secret\n")
    database, folder = new_database(tmp_path), tmp_path / "backups"

    plain, _ = make(database, folder, NIGHT, why="by-hand", version="1", content=content)
    whole, _ = make(
        database, folder, NIGHT, why="by-hand", version="1", content=content, secrets=env
    )

    with tarfile.open(plain.path) as packed:
        names = packed.getnames()
    assert names == [
        "manifest.json",
        "content/.versions/20260301-010000-000000-1/before/gifts.yaml",
        "content/.versions/20260301-010000-000000-1/change.json",
        "content/texts/ru.yaml",
        "zabota.db",
    ]
    assert archive.secrets_of(plain.path) is None
    assert archive.secrets_of(whole.path) == b"BOT_TOKEN=1:secret\n"


def test_two_backups_of_one_second_are_two_files(tmp_path: Path) -> None:
    database = new_database(tmp_path)

    first, _ = backed_up(database)
    before = first.path.read_bytes()
    second, _ = backed_up(database)

    assert first.path.read_bytes() == before
    assert second.path.name == "zabota-by-hand-20260302T010008Z.tar.gz"


def test_the_newest_nightly_ones_are_kept_and_all_the_others(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    for day in range(3):
        backed_up(database, "nightly", NIGHT + timedelta(days=day))
    backed_up(database, "upgrade")
    folder = database.with_name("backups")

    gone = keep_newest(folder, "nightly", 2)

    assert [path.name for path in gone] == ["zabota-nightly-20260302T010007Z.tar.gz"]
    assert [(each.why, each.made_at.day) for each in listing(folder)] == [
        ("nightly", 4),
        ("nightly", 3),
        ("upgrade", 2),
    ]


def test_what_a_killed_backup_left_is_cleared_away_a_day_later(tmp_path: Path) -> None:
    old = tmp_path / "zabota-nightly-20260301T010007Z.tar.gz.77.db.partial"
    young, other = (
        tmp_path / "zabota-nightly-20260302T010007Z.tar.gz.78.partial",
        tmp_path / "x.partial",
    )
    for path in (old, young, other):
        path.touch()
        os.utime(path, (NIGHT.timestamp(), NIGHT.timestamp()))
    os.utime(old, (0, NIGHT.timestamp() - 90_000))

    clear_partial(tmp_path, NIGHT)

    assert sorted(tmp_path.iterdir()) == sorted([young, other])
    assert listing(tmp_path) == []


def test_a_damaged_database_is_not_backed_up(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    fill(database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM people WHERE id = 5")

    with pytest.raises(DatabaseDamaged) as refused:
        backed_up(database)

    assert str(refused.value) == (
        f"The database {database} is damaged (rows of preventions point nowhere): no backup was made of it. "
        "Keep the older ones, check the disk, and restore the newest with `zabota restore`."
    )
    assert list(database.with_name("backups").iterdir()) == []


def test_only_a_database_of_ours_is_backed_up_and_none_is_created(tmp_path: Path) -> None:
    (tmp_path / "other.db").write_text("a diary")

    with pytest.raises(ForeignDatabase):
        backed_up(tmp_path / "other.db")
    with pytest.raises(DatabaseMissing):
        backed_up(tmp_path / "no.db")

    assert [path.name for path in tmp_path.iterdir()] == ["other.db"]


def test_a_folder_that_cannot_be_one_is_told(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    database.with_name("backups").write_text("a file")

    with pytest.raises(FolderUnusable) as refused:
        backed_up(database)

    assert str(refused.value) == (
        f"The folder {tmp_path / 'backups'} cannot be written to (File exists): "
        "check its rights, or name another."
    )


def test_a_link_to_a_database_backs_up_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    database = new_database(tmp_path / "far")
    fill(database, 10)
    (tmp_path / "zabota.db").symlink_to(database)

    made, _ = backed_up(tmp_path / "zabota.db")
    unpack(made.path, tmp_path / "out")

    assert contents(tmp_path / "out" / archive.DATABASE) == contents(database)
