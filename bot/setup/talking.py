"""The part of the set-up that talks to Telegram: token, proxy, webhook. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pydantic import TypeAdapter, ValidationError

from bot.settings_values import BotToken, ProxyUrl
from bot.setup.probing import Known, NoTelegram, TokenRefused, Way, ask_who, drop_webhook
from bot.terminal.console import Console

_TRIES: Final = 5  # so that a script with a wrong answer comes to an end
_NAME: Final = "BOT_TOKEN="


class GivenUp(Exception):
    """The person could not go on; `str()` is the key of the sentence."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A token that Telegram knows, and the way it was asked by."""

    token: str
    way: Way
    known: Known


def reach(console: Console, token: str, way: Way) -> Reached:
    """Ask for a token and, where Telegram does not answer, for a proxy, until both are good.

    `token` and `way` are what is there already ("" for nothing). Raises GivenUp.
    """
    if not token:
        console.say("token.hint")
    for _ in range(_TRIES):
        token = _token(console, token)
        try:
            reached = _by_some_way(console, token, way)
        except TokenRefused:
            console.say("owner.install.token_bad")
            token = ""
            continue
        console.say("owner.install.telegram_ok", bot_name=reached.known.name)
        return _without_webhook(console, reached)
    raise GivenUp("token.too_often")


def _token(console: Console, kept: str) -> str:
    for _ in range(_TRIES):
        answer = console.ask("token.keep" if kept else "owner.install.token", secret=True)
        answer = answer.removeprefix(_NAME) or kept
        if answer and _fits(BotToken, answer):
            return answer
        if answer:
            console.say("token.shape")
    raise GivenUp("token.too_often")


def _by_some_way(console: Console, token: str, way: Way) -> Reached:
    """By the way that is known, then by every proxy that is offered; raises TokenRefused."""
    question = "owner.install.no_telegram"
    while True:
        try:
            known = ask_who(token, way)
        except NoTelegram:
            proxy = _proxy(console, question)
            question = "owner.install.proxy_bad" if proxy else "owner.install.no_telegram"
            way = replace(way, proxy=proxy)
        else:
            if way.proxy:
                console.say("proxy.kept")
            return Reached(token, way, known)


def _proxy(console: Console, question: str) -> str:
    """The address of a proxy; "" to try again without one."""
    example = console.words("proxy_example")
    answer = console.ask(question, proxy_example=example)
    while answer and not _fits(ProxyUrl, answer):
        answer = console.ask("proxy.shape", proxy_example=example)
    return answer


def _without_webhook(console: Console, reached: Reached) -> Reached:
    if not reached.known.webhook:
        return reached
    if console.agrees("webhook.ask") and drop_webhook(reached.token, reached.way):
        console.say("webhook.gone")
    else:
        console.say("webhook.stays")
    return reached


def _fits(kind: object, value: str) -> bool:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True
