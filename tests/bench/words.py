"""What reading a reply by the rules of tone costs: the dictionary's first use, a message, the longest message.

Times are those of the processor: what else the machine does belongs to nobody's message.
"""

import resource
from collections.abc import Mapping
from statistics import quantiles
from time import thread_time

from bot.content import load_content
from bot.morphology import russian_forms
from bot.reply_reader import language_of
from flows.reading_replies import read_reply
from flows.tone import Forms, Tone
from flows.word_forms import english_forms
from tests.bench.figures import Figure
from tests.unit.tone.test_drafts import HINTED, SILENT

_AIM_MS = 5.0
_ROUNDS = 5
_LONGEST = 4096  # characters Telegram takes
_FORMS: Mapping[str, Forms] = {"ru": russian_forms, "en": english_forms}


def figures() -> list[Figure]:
    """Lines of the table. A cold message is read as if none of its words had been met before."""
    tones, texts = load_content().tones, [text for text, _ in HINTED] + list(SILENT)
    before_mb = _memory_mb()
    first = _ms(texts[0], tones)
    grown = _memory_mb() - before_mb
    cold = [_cold_ms(text, tones) for text in texts * _ROUNDS]
    warm = [_ms(text, tones) for text in texts * _ROUNDS]
    longest = [_cold_ms(_long(texts), tones) for _ in range(_ROUNDS)]
    return [
        Figure("first reply: the dictionary is loaded", f"{first:.0f} ms, {grown:.0f} MB"),
        _figure("a reply is read, words not met before, p99", cold),
        _figure("a reply is read, p99", warm),
        _figure(f"a reply of {_LONGEST} characters, words not met before", longest),
    ]


def _figure(what: str, took_ms: list[float]) -> Figure:
    p99 = quantiles(took_ms, n=100)[98] if len(took_ms) > 99 else max(took_ms)
    return Figure(what, f"{p99:.2f} ms", aim=f"< {_AIM_MS:.0f} ms", met=p99 < _AIM_MS)


def _cold_ms(text: str, tones: Mapping[str, Tone]) -> float:
    russian_forms.cache_clear()
    return _ms(text, tones)


def _ms(text: str, tones: Mapping[str, Tone]) -> float:
    language = language_of(text)
    began = thread_time()
    read_reply(text, tones[language], _FORMS[language])
    return (thread_time() - began) * 1000


def _long(texts: list[str]) -> str:
    return " ".join(text for text in texts if language_of(text) == "ru")[:_LONGEST]


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
