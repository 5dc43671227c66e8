from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.content import write_preset
from bot.doctor import stored
from bot.doctor.finding import State
from bot.settings import LocalSettings
from storage.db import Database
from storage.lock import DatabaseLock

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def keys(path: Path) -> list[str]:
    return [finding.key for finding in stored.database(path)]


def test_a_sound_database_is_good(tmp_path: Path) -> None:
    path = tmp_path / "zabota.db"
    Database.create(path)

    assert keys(path) == ["database.ok"]


def test_none_is_told(tmp_path: Path) -> None:
    assert keys(tmp_path / "zabota.db") == ["database.missing"]


def test_something_else_is_not_taken_for_one(tmp_path: Path) -> None:
    path = tmp_path / "zabota.db"
    path.write_bytes(b"a photo")

    assert keys(path) == ["database.unreadable"]


def test_damage_is_found(tmp_path: Path) -> None:
    path = tmp_path / "zabota.db"
    Database.create(path)
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 6)

    (found,) = stored.database(path)

    assert found.state is State.BAD


def test_a_lock_is_told_only_when_no_bot_answers(tmp_path: Path) -> None:
    path = tmp_path / "zabota.db"
    Database.create(path)

    with DatabaseLock.take(path):
        held = [finding.key for finding in stored.lock(path, answers=False)]
        running = list(stored.lock(path, answers=True))
    free = list(stored.lock(path, answers=False))

    assert (held, running, free) == (["database.held"], [], [])


def test_backups_are_judged_by_the_newest(tmp_path: Path) -> None:
    def found(made_at: datetime) -> str:
        (tmp_path / f"zabota-nightly-{made_at:%Y%m%dT%H%M%SZ}.tar.gz").write_bytes(b"")
        return stored.backups(tmp_path, NOW).key

    assert stored.backups(None, NOW).key == "backup.off"
    assert stored.backups(tmp_path, NOW).key == "backup.none"
    assert found(NOW - timedelta(days=3)) == "backup.old"
    assert found(NOW - timedelta(hours=5)) == "backup.ok"


def test_mistakes_of_the_content_are_shown_in_the_asked_language(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "business.yaml").write_text("brand: [")

    content, (found,) = stored.content(LocalSettings(_env_file=None, content_dir=folder), "ru")

    assert (content, found.key) == (None, "content.bad")


def test_what_ships_is_a_notice() -> None:
    _, (found,) = stored.content(LocalSettings(_env_file=None), "ru")

    assert (found.state, found.key) == (State.NOTICE, "content.shipped")


def test_examples_that_an_owner_has_left_are_named(tmp_path: Path) -> None:
    write_preset("salon", tmp_path)
    file = tmp_path / "business.yaml"
    written = file.read_text("utf-8").replace(
        "https://example.ru/privacy", "https://lana.ru/privacy"
    )
    file.write_text(written, "utf-8")

    _, found = stored.content(LocalSettings(_env_file=None, content_dir=tmp_path), "ru")

    assert [(each.state, each.key) for each in found] == [
        (State.GOOD, "content.ok"),
        (State.NOTICE, "content.examples"),
    ]
    assert found[1].values["settings"] == "consent_url, legal_contact, review_pages, booking_url"
