"""Replies as the tests read them: with the rules that ship and the real dictionary."""

from collections.abc import Mapping
from functools import cache

from bot.morphology import russian_forms
from bot.reply_reader import language_of
from flows.reading_replies import read_reply
from flows.tone import Findings, Forms
from flows.word_forms import english_forms
from tests.content.salon import salon

FORMS: Mapping[str, Forms] = {"ru": russian_forms, "en": english_forms}


@cache
def read(text: str) -> Findings:
    """What stands in a reply."""
    language = language_of(text)
    return read_reply(text, salon().tones[language], FORMS[language])
