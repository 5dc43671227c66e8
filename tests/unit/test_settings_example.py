import re
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import Settings, load_settings, variables

EXAMPLE = Path(__file__).parents[2] / ".env.example"
SETTING = re.compile(r"^(?:# )?([A-Z_]+)=(.*)$", re.MULTILINE)
EXAMPLES_ONLY = {
    "TELEGRAM_API_URL",
    "TELEGRAM_PROXY",
    "CONTENT_DIR",
    "HEALTH_PORT",
    "SANDBOX_CLOCK_URL",
}


def test_every_setting_is_explained_and_no_other() -> None:
    explained = [name for name, _ in SETTING.findall(EXAMPLE.read_text(encoding="utf-8"))]

    assert sorted(explained) == sorted(variables())


def test_only_the_token_has_to_be_filled_in() -> None:
    assert dotenv_values(EXAMPLE) == {"BOT_TOKEN": ""}


def test_a_value_that_is_switched_off_is_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in variables():
        monkeypatch.delenv(name, raising=False)
    shown = dict(SETTING.findall(EXAMPLE.read_text(encoding="utf-8")))
    token = "BOT_TOKEN=123456789:AAE-and-thirty-more-letters"
    defaults = {name: value for name, value in shown.items() if name not in EXAMPLES_ONLY}
    written = tmp_path / ".env"
    written.write_text("\n".join([f"{n}={v}" for n, v in defaults.items() if v] + [token]))
    bare = tmp_path / "bare.env"
    bare.write_text(token)

    assert load_settings(written).model_dump() == load_settings(bare).model_dump()
    assert set(Settings.model_fields) >= {name.lower() for name in EXAMPLES_ONLY}
