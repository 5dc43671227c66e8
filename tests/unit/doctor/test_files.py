from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.doctor.files import left_by_restores, ownership
from bot.doctor.finding import State

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
ZABOTA = 990
ROOT = 0


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with what lies beside it, and a content folder."""
    (tmp_path / "content/texts").mkdir(parents=True)
    for name in ("zabota.db", "zabota.db-wal", ".env", "content/texts/ru.yaml"):
        (tmp_path / name).write_text("x")
    return tmp_path / "zabota.db"


def owned_by_root(*names: str) -> Callable[[Path], int]:
    """Everything belongs to the bot but these."""
    return lambda path: ROOT if path.name in names else ZABOTA


def found(database: Path, *of_root: str) -> list[tuple[str, str]]:
    folder = database.parent
    findings = ownership(database, folder / "content", folder / ".env", owned_by_root(*of_root))
    return [(each.key, str(each.values["places"])) for each in findings]


def test_files_of_one_owner_are_well(database: Path) -> None:
    assert found(database) == []


@pytest.mark.parametrize("name", ["zabota.db", "zabota.db-wal", ".env"])
def test_a_file_of_somebody_else_is_named(database: Path, name: str) -> None:
    assert found(database, name) == [("files.foreign", str(database.parent / name))]


def test_of_the_content_the_whole_folder_is_given_back(database: Path) -> None:
    assert found(database, "ru.yaml", "texts") == [
        ("files.foreign", str(database.parent / "content"))
    ]


def test_before_there_is_a_folder_nothing_is_said(tmp_path: Path) -> None:
    assert list(ownership(tmp_path / "none/zabota.db", None, tmp_path / ".env")) == []


def test_copies_that_restores_have_left_are_named_with_their_age(database: Path) -> None:
    kept = "zabota.db.before-restore-20261110T090000Z"
    for name in (kept, f"{kept}-wal", f"{kept}-2"):
        (database.parent / name).write_text("x")
    (database.parent / "zabota.db.restoring-ab12").mkdir()

    findings = list(left_by_restores(database, NOW))

    assert [(each.state, each.key) for each in findings] == [
        (State.BAD, "copies.half"),
        (State.NOTICE, "copies.before"),
        (State.NOTICE, "copies.before"),
    ]
    names = [Path(str(each.values["path"])).name for each in findings]
    assert names == ["zabota.db.restoring-ab12", kept, f"{kept}-2"]
    assert [each.values["days"] for each in findings[1:]] == [10, 10]
