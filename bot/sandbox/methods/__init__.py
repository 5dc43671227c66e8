"""Every Bot API method that the sandbox plays, by name."""

from __future__ import annotations

from bot.sandbox.methods import (
    answers,
    copying,
    deleting,
    editing,
    looking,
    managing,
    media,
    polling,
    profile,
    sending,
    topics,
)
from bot.sandbox.methods.request import Method

METHODS: dict[str, Method] = {
    **polling.METHODS,
    **sending.METHODS,
    **media.METHODS,
    **copying.METHODS,
    **editing.METHODS,
    **deleting.METHODS,
    **answers.METHODS,
    **looking.METHODS,
    **managing.METHODS,
    **topics.METHODS,
    **profile.METHODS,
}
