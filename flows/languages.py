"""Languages by their codes (`ru`, `pt-br`): what Babel knows of one. Texts and who reads them are elsewhere."""

import re
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError

_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,4})?")


def is_language(code: str) -> bool:
    """True for a code that is written like Telegram's and that Babel knows."""
    if _CODE.fullmatch(code) is None:
        return False
    try:
        locale_of(code)
    except (UnknownLocaleError, ValueError):
        return False
    return True


@lru_cache(maxsize=32)
def locale_of(code: str) -> Locale:
    """Babel's rules of the language; UnknownLocaleError or ValueError for what is none."""
    return Locale.parse(code, sep="-")


@lru_cache(maxsize=64)
def language_name(code: str, reader: str) -> str:
    """`английский`: the language as a reader of another calls it; "" for a code that says nothing."""
    base = code.lower().partition("-")[0]
    return str(locale_of(reader).languages.get(base, ""))


@lru_cache(maxsize=32)
def own_name(code: str) -> str:
    """`Русский`, `English`: the language as its own people call it."""
    name = language_name(code, code) or code
    return name[:1].upper() + name[1:]
