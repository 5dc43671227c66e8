"""Single settings as they are written, to values; a ValueError says what is wrong after the name.

Secrets (a token, a proxy's password) are never quoted.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, SecretStr

from storage.errors import UnsupportedDatabase
from storage.sqlite import path_of

_TOKEN: Final = re.compile(r"\d{1,16}:[A-Za-z0-9_-]{20,}")
_OFF: Final = frozenset({"off", "none", "no", "false"})
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def _database(value: object) -> object:
    if not isinstance(value, str) or "://" not in value:
        raise ValueError("is not the address of a database: write it like sqlite:///zabota.db")
    try:
        path_of(value)
    except UnsupportedDatabase:
        raise ValueError(
            "names something else than an SQLite file, and only SQLite is supported: "
            "write it like sqlite:///zabota.db"
        ) from None
    return value


def _folder(value: object) -> object:
    if not Path(str(value)).is_dir():
        raise ValueError(
            f"names the folder {value}, which is not there: `zabota init salon {value}` "
            "writes one, or leave the setting out to use the salon that is shipped"
        )
    return value


def _backup_folder(value: object) -> object:
    return None if str(value).strip().lower() in _OFF else value


def _token(value: object) -> object:
    if not _TOKEN.fullmatch(str(value)):
        raise ValueError(
            "does not look like a bot's token: copy it whole from @BotFather, "
            "it is like 123456789:AAE-and-thirty-more-letters"
        )
    return value


def _api_url(value: object) -> object:
    address = _parts(str(value))
    if address is None or address.scheme not in {"http", "https"} or address.query:
        raise ValueError("is not an address of a server: write it like http://127.0.0.1:8081")
    return str(value).rstrip("/")


def _proxy(value: object) -> object:
    """The value may hold a password, so it is never quoted."""
    address = _parts(str(value))
    if address is None or address.scheme not in {"http", "socks5"} or address.port is None:
        raise ValueError(
            "is not the address of a proxy: write it like socks5://user:password@host:1080 "
            "or http://user:password@host:3128"
        )
    return value


def _zone(value: object) -> object:
    try:
        return ZoneInfo(str(value))
    except (ValueError, OSError):  # an unknown key is a KeyError dressed as ZoneInfoNotFoundError
        raise ValueError("cannot be read as a time zone: write it like Europe/Moscow") from None
    except KeyError:
        raise ValueError("names no time zone: write it like Europe/Moscow") from None


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def on_this_machine(url: str | None) -> bool:
    """The address names this very machine."""
    return url is not None and urlsplit(url).hostname in _LOOPBACK


DatabaseUrl = Annotated[str, BeforeValidator(_database)]
ContentFolder = Annotated[Path, BeforeValidator(_folder)]
BackupFolder = Annotated[Path | None, BeforeValidator(_backup_folder)]
BotToken = Annotated[SecretStr, BeforeValidator(_token)]
ServerUrl = Annotated[str, BeforeValidator(_api_url)]
ProxyUrl = Annotated[SecretStr, BeforeValidator(_proxy)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
Word = BeforeValidator(_upper)
