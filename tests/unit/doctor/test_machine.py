from pathlib import Path

import pytest

from bot.doctor import machine
from bot.doctor.finding import Finding, bad, good, notice


def told(enabled: str, active: str) -> list[Finding]:
    """What is found of a service that systemctl describes so."""
    answers = {"is-enabled": enabled, "is-active": active}
    return list(machine.service("zabota", booted=True, ask=lambda verb, _: answers[verb]))


@pytest.mark.parametrize(
    ("enabled", "active", "found"),
    [
        ("enabled", "active", good("unit.ok", unit="zabota")),
        ("disabled", "active", notice("unit.disabled", unit="zabota")),
        ("enabled", "failed", bad("unit.stopped", unit="zabota", state="failed")),
        ("enabled", "", bad("unit.stopped", unit="zabota", state="unknown")),
        ("not-found", "inactive", notice("unit.none", unit="zabota")),
        ("", "inactive", notice("unit.none", unit="zabota")),
    ],
)
def test_the_service_is_judged(enabled: str, active: str, found: Finding) -> None:
    assert told(enabled, active) == [found]


def test_without_systemd_that_is_all_there_is_to_say() -> None:
    assert list(machine.service("zabota", booted=False)) == [notice("unit.no_systemd")]


def test_an_old_python_is_named() -> None:
    assert machine.python((3, 10, 12)) == bad("python.old", version="3.10.12")
    assert machine.python((3, 11, 0)) == good("python.ok", version="3.11.0")


def test_a_token_that_others_may_read_is_told(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("")
    env.chmod(0o640)

    told = list(machine.env_file(env))
    env.chmod(0o600)

    assert (told, list(machine.env_file(env))) == ([bad("env.open", file=env)], [])


def test_what_ships_is_there() -> None:
    assert list(machine.packaged()) == []


def test_a_folder_that_is_not_there_yet_has_the_room_of_its_disk(tmp_path: Path) -> None:
    assert machine.room(tmp_path / "data" / "deep").key in ("disk.ok", "disk.little", "disk.full")
