"""`zabota demo`: the story of a complaint, played by the real bot and the sandbox as processes of their own."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

from bot.demo.failure import DemoFailed
from bot.demo.player import Player
from bot.demo.stage import opened_stage
from bot.demo.story import STORY, Story, read_story
from bot.demo.transcript import Transcript

_FAILED: Final = 1
_WRONG: Final = 2  # as click says it: the command was asked for what it cannot do
_INTERRUPTED: Final = 130


def main(*, script: bool, preset: str, path: Path = STORY) -> int:
    """Play and print the story; 0 when all of it happened. `script`, or no terminal: without colours."""
    story = read_story(path)
    transcript = Transcript(script=script or not sys.stdout.isatty())
    if preset != story.preset:
        transcript.failure(story.words("unknown_preset", preset=preset, known=story.preset), ())
        return _WRONG
    try:
        asyncio.run(_play(story, transcript))
    except DemoFailed as failed:
        transcript.failure(str(failed), failed.details)
        return _FAILED
    except (KeyboardInterrupt, asyncio.CancelledError):
        return _INTERRUPTED
    return 0


async def _play(story: Story, transcript: Transcript) -> None:
    playing = asyncio.current_task()
    if playing is not None:
        # Ctrl+C is asyncio's own affair; `kill` should leave as little behind.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, playing.cancel)
    words = story.words
    transcript.heading(story.title, story.intro, words("guest_side"), words("staff_side"))
    async with AsyncExitStack() as stack:
        with transcript.waiting(words("starting")):
            stage = await stack.enter_async_context(opened_stage(story))
        await Player(story, stage, transcript).play()
