"""Settings of one installation, from the environment and `.env`; what is wrong is said in sentences.

No defaults of the business stand here (those are content), and nothing is opened or connected to.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.limits import LimitFigures, Rate
from bot.settings_values import (
    BackupFolder,
    BotToken,
    ContentFolder,
    DatabaseUrl,
    ProxyUrl,
    ServerUrl,
    Word,
    Zone,
    on_this_machine,
)
from storage.sqlite import path_of

ENV_FILE: Final = Path(".env")
_NEAR: Final = 0.8  # how much a name in .env must resemble a setting to be taken for a slip

_NO_WHOLE_NUMBER = "is not a whole number: write it in digits"
_NO_NUMBER = "is not a number: write it in digits"
_NO_SWITCH = "is neither yes nor no: write true or false"
_SENTENCES: Final = {
    "missing": "is missing: write the token that @BotFather gave you into .env, "
    "like {name}=123456789:AAE-and-thirty-more-letters",
    "value_error": "{error}",
    "literal_error": "is none of the known words: write one of {expected}",
    "greater_than_equal": "is too small: write a number from {ge:g} on",
    "less_than_equal": "is too large: write a number up to {le:g}",
    "bool_type": _NO_SWITCH,
    "bool_parsing": _NO_SWITCH,
    "int_type": _NO_WHOLE_NUMBER,
    "int_parsing": _NO_WHOLE_NUMBER,
    "int_from_float": _NO_WHOLE_NUMBER,
    "float_type": _NO_NUMBER,
    "float_parsing": _NO_NUMBER,
    "finite_number": _NO_NUMBER,
}


class SettingsProblem(Exception):
    """A setting is missing or wrong; `str()` is a sentence for each, one a line, without secrets."""


class LocalSettings(BaseSettings):
    """What commands need that work on this machine alone, without Telegram."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
        arbitrary_types_allowed=True,
        frozen=True,
    )

    database_url: DatabaseUrl = "sqlite:///zabota.db"
    content_dir: ContentFolder | None = None  # None: the shipped salon
    content_versions: int = Field(20, ge=1, le=1000)
    time_zone: Zone = ZoneInfo("UTC")  # of logs for people
    log_format: Literal["text", "json"] = "text"
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], Word] = "INFO"
    backup_dir: BackupFolder = Path("backups")  # None: no nightly backups
    backup_keep: int = Field(14, ge=1, le=1000)
    backup_hour: int = Field(4, ge=0, le=23)  # in the first branch's zone

    @property
    def database_path(self) -> Path:
        """The absolute path of the database's file."""
        return path_of(self.database_url)

    @property
    def backup_folder(self) -> Path:
        """Where backups go that are made by hand, too: beside the database, unless it is named in full."""
        return self.database_path.parent / (self.backup_dir or "backups")


class BackupSettings(LocalSettings):
    """The same where the folder of the content need not be there: a backup may bring it."""

    content_dir: Path | None = None


class Settings(LocalSettings):
    """Everything the running bot needs. Spans are in seconds."""

    bot_token: BotToken
    telegram_api_url: ServerUrl | None = None
    telegram_proxy: ProxyUrl | None = None
    poll_timeout: int = Field(25, ge=1, le=50)
    tick_seconds: float = Field(1.0, ge=0.05, le=60, allow_inf_nan=False)
    stop_grace: float = Field(5.0, ge=0, le=300, allow_inf_nan=False)
    health_port: int | None = Field(None, ge=1, le=65535)
    health_host: str = "127.0.0.1"
    limits_enabled: bool = True
    limit_overall_per_second: int = Field(30, ge=1, le=1000)
    limit_per_chat_per_second: int = Field(1, ge=1, le=100)
    limit_per_group_per_minute: int = Field(20, ge=2, le=1000)
    sandbox_clock_url: ServerUrl | None = None

    @model_validator(mode="after")
    def _clock_only_in_the_sandbox(self) -> Settings:
        if self.sandbox_clock_url and not (
            on_this_machine(self.sandbox_clock_url) and on_this_machine(self.telegram_api_url)
        ):
            raise ValueError(
                "SANDBOX_CLOCK_URL is for the sandbox alone: leave it out, or let it and "
                "TELEGRAM_API_URL name a sandbox on this machine, like http://127.0.0.1:8081"
            )
        return self

    @property
    def bot_id(self) -> int:
        """The bot's Telegram id, which the token begins with."""
        return int(self.bot_token.get_secret_value().partition(":")[0])

    @property
    def proxy_url(self) -> str | None:
        """The proxy with its password, for `bot.telegram.Telegram` and for no log."""
        return self.telegram_proxy.get_secret_value() if self.telegram_proxy else None

    @property
    def limit_figures(self) -> LimitFigures:
        """Telegram's limits as they are kept: in stretches a little longer than its own."""
        usual, group = LimitFigures(), self.limit_per_group_per_minute
        return LimitFigures(
            overall=Rate(self.limit_overall_per_second, usual.overall.seconds),
            private=Rate(
                usual.private.calls * self.limit_per_chat_per_second, usual.private.seconds
            ),
            group=Rate(group, usual.group.seconds),
            group_edits=max(1, group * usual.group_edits // usual.group.calls),
        )


AnySettings = TypeVar("AnySettings", bound=LocalSettings)


def load_settings(env_file: Path | None = ENV_FILE) -> Settings:
    """Everything, from the environment and `env_file`; raises SettingsProblem."""
    return _load(Settings, env_file)


def load_local_settings(env_file: Path | None = ENV_FILE) -> LocalSettings:
    """Only what needs no Telegram, so that a missing token disturbs nobody; raises SettingsProblem."""
    return _load(LocalSettings, env_file)


def load_backup_settings(env_file: Path | None = ENV_FILE) -> BackupSettings:
    """For backing up and restoring on a machine where little may be there yet; raises SettingsProblem."""
    return _load(BackupSettings, env_file)


def variables() -> tuple[str, ...]:
    """Names of all settings as they are written in the environment."""
    return tuple(name.upper() for name in Settings.model_fields)


def _load(kind: type[AnySettings], env_file: Path | None) -> AnySettings:
    slips = _slips(env_file)
    try:
        settings = kind(_env_file=env_file)
    except ValidationError as refused:
        said = [_sentence(error) for error in refused.errors(include_url=False)]
        raise SettingsProblem("\n".join([*said, *slips])) from None
    except (UnicodeDecodeError, OSError) as error:
        why = "is not UTF-8 text" if isinstance(error, ValueError) else f"({error.strerror})"
        raise SettingsProblem(f"The file {env_file} cannot be read: it {why}.") from None
    if slips:
        raise SettingsProblem("\n".join(slips))
    return settings


def _slips(env_file: Path | None) -> list[str]:
    """A misspelt name would be left out without a word, and the default would rule."""
    if env_file is None or not env_file.is_file():
        return []
    known = variables()
    try:
        written = [name.upper() for name in dotenv_values(env_file)]
    except (UnicodeDecodeError, OSError):
        return []
    meant = {
        name: get_close_matches(name, known, n=1, cutoff=_NEAR)
        for name in written
        if name not in known
    }
    return [
        f"{name} in {env_file} is not a setting: did you mean {near[0]}?"
        for name, near in meant.items()
        if near
    ]


def _sentence(error: Any) -> str:
    """One sentence for what pydantic found; its input is never quoted: it may be a secret."""
    said = error.get("ctx") or {}
    if not error["loc"]:
        return f"{said['error']}."
    name = str(error["loc"][0]).upper()
    what = _SENTENCES.get(error["type"], "cannot be understood: see its line in .env.example")
    return f"{name} {what.format_map({**said, 'name': name})}."
