"""The forms of Russian words, by pymorphy3. Loaded when the first reply is read, never while starting."""

from functools import cache, lru_cache
from typing import Any

from flows.tone import Form

_MOST_WORDS = 20_000  # of a vocabulary in use; a word that is known costs nothing


@cache
def _analyzer() -> Any:
    import pymorphy3  # noqa: PLC0415 - 28 MB that a bot whose staff write nothing never needs

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=_MOST_WORDS)
def russian_forms(word: str) -> tuple[Form, ...]:
    """Every reading of a word in lower case, the likeliest first, ё as е."""
    return tuple(
        Form(parse.normal_form.replace("ё", "е"), frozenset(parse.tag.grammemes))
        for parse in _analyzer().parse(word)
    )
