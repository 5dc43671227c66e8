"""What the page looks at by itself: the bot's database, its polls, the owner's folder. Nothing is shown here."""

from __future__ import annotations

import asyncio
import os
from typing import Final

from bot.content import judge_folder
from bot.folder_watch import FolderWatch
from bot.page.keeping import keep
from bot.page.stage import ContentState, Stage
from bot.problem_words import problem_words, report_language

_LOOK_S: Final = 0.15
_FOLDER_LOOK_S: Final = 0.4
_KEEP_S: Final = 2.0


async def watch_inside(stage: Stage) -> None:
    """Keep `stage.seen` fresh, for ever."""
    while True:
        seen = await asyncio.to_thread(stage.window.look)
        if seen is not None and seen != stage.seen:
            stage.seen = seen
            stage.changed()
        await asyncio.sleep(_LOOK_S)


async def watch_polls(stage: Stage) -> None:
    """Notice for ever that the bot has begun to ask for updates."""
    queue = stage.bot.queue
    while True:
        if queue.polling:
            stage.child.polls()
        await queue.bell.heard(_FOLDER_LOOK_S)


async def watch_child(stage: Stage) -> None:
    """Notice for ever that the bot's process has ended by itself."""
    await stage.child.watch()


async def watch_keeping(stage: Stage) -> None:
    """Write down for ever what has changed: a page that is killed loses a moment, and not the play."""
    written = -1
    while True:
        if stage.ready and stage.world.change != written:
            written = stage.world.change
            keep(stage)
        await asyncio.sleep(_KEEP_S)


async def watch_folder(stage: Stage) -> None:
    """Judge the content folder whenever it has changed, as the bot does by itself: the page shows what came of it."""
    watch = FolderWatch(stage.content_folder, stage.clock.now)
    watch.reading()  # it was judged when the stage was opened
    while True:
        await asyncio.sleep(_FOLDER_LOOK_S)
        if await asyncio.to_thread(watch.settled):
            await _read_anew(stage)


async def _read_anew(stage: Stage) -> None:
    judged = await asyncio.to_thread(judge_folder, stage.content_folder)
    words = problem_words(report_language(judged.locale, os.environ))
    problems = tuple(map(words.line, judged.problems))
    state = "mistakes" if judged.content is None else "reloaded"
    stage.content = judged.content or stage.content
    stage.reading = ContentState(state, problems, stage.reading.count + 1)
    stage.changed()
