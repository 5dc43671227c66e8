import stat
from pathlib import Path

import pytest

from bot.settings import load_settings
from bot.setup.env_file import EnvFile
from tests.docs.documents import ROOT

TOKEN = "123456789:AAE-and-thirty-more-letters_of-it"


def written(path: Path, **changes: str) -> list[str]:
    EnvFile(path).write(changes)
    return path.read_text(encoding="utf-8").splitlines()


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / ".env"

    lines = written(path, BOT_TOKEN=TOKEN)

    assert (lines, stat.S_IMODE(path.stat().st_mode)) == ([f"BOT_TOKEN={TOKEN}"], 0o600)


def test_one_that_everybody_could_read_is_closed(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("LOG_LEVEL=INFO\n")
    path.chmod(0o644)

    written(path, BOT_TOKEN=TOKEN)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_value_takes_the_place_of_the_old_ones(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("BOT_TOKEN=old\n# a comment\nexport BOT_TOKEN=older\nLOG_LEVEL=INFO\n")

    assert written(path, BOT_TOKEN=TOKEN) == [f"BOT_TOKEN={TOKEN}", "# a comment", "LOG_LEVEL=INFO"]


def test_a_setting_stands_under_the_line_that_explains_it(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("# Where it is.\n# CONTENT_DIR=content\n\nLOG_LEVEL=INFO\n")

    assert written(path, CONTENT_DIR="ours") == [
        "# Where it is.",
        "# CONTENT_DIR=content",
        "CONTENT_DIR=ours",
        "",
        "LOG_LEVEL=INFO",
    ]


def test_an_empty_value_switches_off(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("TELEGRAM_PROXY=http://old:1\n")

    assert written(path, TELEGRAM_PROXY="", BOT_TOKEN="") == ["# TELEGRAM_PROXY="]


@pytest.mark.parametrize(
    "proxy",
    [
        "socks5://user:pa$$word@proxy.example:1080",
        "socks5://user:${HOME}@proxy.example:1080",
        "http://us'er:pa ss@proxy.example:3128",
        'http://us\\er:p#ss"@[::1]:3128',
    ],
)
def test_whatever_a_password_holds_is_read_back(tmp_path: Path, proxy: str) -> None:
    file = EnvFile(tmp_path / ".env")

    file.write({"TELEGRAM_PROXY": proxy})

    assert file.get("TELEGRAM_PROXY") == proxy


def test_the_example_becomes_a_whole_file_that_loads(tmp_path: Path) -> None:
    path = tmp_path / ".env"

    EnvFile(path, ROOT / ".env.example").write({"BOT_TOKEN": TOKEN, "TELEGRAM_PROXY": "http://a:1"})

    settings = load_settings(path)
    assert (settings.bot_id, settings.proxy_url) == (123456789, "http://a:1")
    assert len(path.read_text().splitlines()) > len(
        (ROOT / ".env.example").read_text().splitlines()
    )
