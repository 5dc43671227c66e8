"""Reads what staff write to customers before its turn, so that the turn finds the findings in the event.

Beside the turn's path on purpose: the rules stay pure and import no dictionary, the writer's thread never waits
for one, and what was found commits with the reply itself: after a kill the update is read again.
"""

import asyncio
from dataclasses import replace

import structlog

from bot.desk import Desk
from bot.morphology import russian_forms
from flows.events import CustomerWrote, Event, Message, StaffWrote
from flows.reading_replies import read_reply
from flows.replies import NOTE_MARK
from flows.tone import Findings, Form, Forms, Lint, Tone
from flows.word_forms import english_forms

_log = structlog.get_logger(__name__)

_FORMS: dict[str, Forms] = {"ru": russian_forms, "en": english_forms}


class ReplyReader:
    """Adds findings to events that may be replies to customers."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk whose content holds the rules, today's at every reply."""
        self._desk = desk

    async def read(self, event: Event) -> Event:
        """The event with what stands in it. A mistake of the reader must not keep a reply from going."""
        if not isinstance(event, StaffWrote | CustomerWrote):
            return event
        tone = self._tone_for(event.message)
        if tone is None:
            return event
        try:
            findings = await asyncio.to_thread(_findings, event.message.text, tone)
        except Exception as error:  # a hint is lost, the reply is not
            _log.error("reply_not_read", error=type(error).__name__, exc_info=error)
            return event
        return replace(event, findings=findings)

    def _tone_for(self, message: Message) -> Tone | None:
        """The rules of the language it is written in; None for what is no reply, or is not to be read."""
        content = self._desk.content
        if message.reply_to is None or not message.text or message.text.startswith(NOTE_MARK):
            return None
        tone = content.tones.get(language_of(message.text))
        if tone is None or (content.business.lint is Lint.OFF and not tone.promises):
            return None
        return tone


def language_of(text: str) -> str:
    """By its letters: Russian, or English; "" when it has none."""
    cyrillic = sum("а" <= c <= "я" or c == "ё" for c in text.lower())
    latin = sum("a" <= c <= "z" for c in text.lower())
    if not cyrillic and not latin:
        return ""
    return "ru" if cyrillic >= latin else "en"


def _findings(text: str, tone: Tone) -> Findings:
    return read_reply(text, tone, _FORMS.get(tone.language, _as_written))


def _as_written(word: str) -> tuple[Form, ...]:
    return (Form(word),)
