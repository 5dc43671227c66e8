from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.limits import LimitFigures, Rate
from bot.settings import (
    SettingsProblem,
    load_local_settings,
    load_settings,
    variables,
)

TOKEN = "123456789:AAE-and-thirty-more-letters_of-it"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def env_file(*lines: str) -> Path:
    path = Path(".env")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def said(*lines: str) -> str:
    with pytest.raises(SettingsProblem) as refused:
        load_settings(env_file(*lines))
    return str(refused.value)


def test_a_token_alone_is_enough() -> None:
    settings = load_settings(env_file(f"BOT_TOKEN={TOKEN}"))

    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.bot_id == 123456789
    assert settings.database_path == Path.cwd() / "zabota.db"
    assert settings.content_dir is None
    assert settings.limit_figures == LimitFigures()
    assert settings.time_zone == ZoneInfo("UTC")


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "debug")

    settings = load_settings(env_file(f"BOT_TOKEN={TOKEN}", "LOG_LEVEL=ERROR"))

    assert settings.log_level == "DEBUG"


def test_an_empty_setting_is_one_that_is_not_given() -> None:
    assert said("BOT_TOKEN=") == (
        "BOT_TOKEN is missing: write the token that @BotFather gave you into .env, "
        "like BOT_TOKEN=123456789:AAE-and-thirty-more-letters."
    )
    assert load_settings(env_file(f"BOT_TOKEN={TOKEN}", "HEALTH_PORT=")).health_port is None


def test_what_needs_no_telegram_needs_no_token() -> None:
    assert load_local_settings(None).database_url == "sqlite:///zabota.db"


def test_everything_that_is_wrong_is_said_at_once() -> None:
    told = said("BOT_TOKEN=12345", "LOG_FORMAT=xml", "HEALTH_PORT=99999", "TICK_SECONDS=soon")

    assert told.splitlines() == [
        "LOG_FORMAT is none of the known words: write one of 'text' or 'json'.",
        "BOT_TOKEN does not look like a bot's token: copy it whole from @BotFather, "
        "it is like 123456789:AAE-and-thirty-more-letters.",
        "TICK_SECONDS is not a number: write it in digits.",
        "HEALTH_PORT is too large: write a number up to 65535.",
    ]


@pytest.mark.parametrize("name", ["TELEGRAM_PROXY", "BOT_TOKEN"])
def test_a_secret_is_never_quoted(name: str) -> None:
    assert "hunter2" not in said(f"{name}=ftp://me:hunter2@host")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "DATABASE_URL=postgresql://host/zabota",
            "DATABASE_URL names something else than an SQLite file, and only SQLite is "
            "supported: write it like sqlite:///zabota.db.",
        ),
        (
            "DATABASE_URL=sqlite:///:memory:",
            "DATABASE_URL names something else than an SQLite file, and only SQLite is "
            "supported: write it like sqlite:///zabota.db.",
        ),
        (
            "DATABASE_URL=zabota.db",
            "DATABASE_URL is not the address of a database: write it like sqlite:///zabota.db.",
        ),
        (
            "CONTENT_DIR=nowhere",
            "CONTENT_DIR names the folder nowhere, which is not there: `zabota init salon "
            "nowhere` writes one, or leave the setting out to use the salon that is shipped.",
        ),
        (
            "TELEGRAM_API_URL=ftp://127.0.0.1",
            "TELEGRAM_API_URL is not an address of a server: write it like http://127.0.0.1:8081.",
        ),
        (
            "TELEGRAM_PROXY=socks5://host",
            "TELEGRAM_PROXY is not the address of a proxy: write it like "
            "socks5://user:password@host:1080 or http://user:password@host:3128.",
        ),
        ("TIME_ZONE=Moscow", "TIME_ZONE names no time zone: write it like Europe/Moscow."),
        (
            "TIME_ZONE=../etc",
            "TIME_ZONE cannot be read as a time zone: write it like Europe/Moscow.",
        ),
        ("LIMITS_ENABLED=perhaps", "LIMITS_ENABLED is neither yes nor no: write true or false."),
        ("STOP_GRACE=-1", "STOP_GRACE is too small: write a number from 0 on."),
        ("STOP_GRACE=nan", "STOP_GRACE is not a number: write it in digits."),
        ("POLL_TIMEOUT=1.5", "POLL_TIMEOUT is not a whole number: write it in digits."),
        (
            "TELEGRAM_PROXI=x",
            "TELEGRAM_PROXI in .env is not a setting: did you mean TELEGRAM_PROXY?",
        ),
    ],
)
def test_a_wrong_setting_is_one_sentence(line: str, sentence: str) -> None:
    assert said(f"BOT_TOKEN={TOKEN}", line) == sentence


@pytest.mark.parametrize("api_url", ["", "TELEGRAM_API_URL=https://api.telegram.org"])
def test_the_sandbox_clock_is_refused_beside_the_real_telegram(api_url: str) -> None:
    lines = f"BOT_TOKEN={TOKEN}", "SANDBOX_CLOCK_URL=http://127.0.0.1:8081", api_url

    assert said(*lines) == (
        "SANDBOX_CLOCK_URL is for the sandbox alone: leave it out, or let it and "
        "TELEGRAM_API_URL name a sandbox on this machine, like http://127.0.0.1:8081."
    )


def test_the_sandbox_clock_is_taken_beside_the_sandbox() -> None:
    address = "http://127.0.0.1:8081"

    settings = load_settings(
        env_file(
            f"BOT_TOKEN={TOKEN}", f"TELEGRAM_API_URL={address}/", f"SANDBOX_CLOCK_URL={address}"
        )
    )

    assert (settings.telegram_api_url, settings.sandbox_clock_url) == (address, address)


def test_a_file_that_is_not_text_is_a_sentence() -> None:
    path = Path(".env")
    path.write_bytes(b"BOT_TOKEN=\xff\xfe")

    with pytest.raises(SettingsProblem) as refused:
        load_settings(path)

    assert str(refused.value) == "The file .env cannot be read: it is not UTF-8 text."


def test_limits_follow_the_figures() -> None:
    settings = load_settings(
        env_file(
            f"BOT_TOKEN={TOKEN}",
            "LIMIT_OVERALL_PER_SECOND=100",
            "LIMIT_PER_CHAT_PER_SECOND=2",
            "LIMIT_PER_GROUP_PER_MINUTE=40",
        )
    )

    assert settings.limit_figures == LimitFigures(
        overall=Rate(100, 1.05), private=Rate(6, 3.2), group=Rate(40, 61.0), group_edits=24
    )


def test_the_proxy_keeps_its_password_out_of_sight() -> None:
    proxy = "socks5://me:hunter2@host:1080"

    settings = load_settings(env_file(f"BOT_TOKEN={TOKEN}", f"TELEGRAM_PROXY={proxy}"))

    assert settings.proxy_url == proxy
    assert "hunter2" not in repr(settings)
    assert TOKEN not in repr(settings)
