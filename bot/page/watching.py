"""What the page looks at by itself: the bot's database, its polls, the owner's folder. Nothing is shown here."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Final

from bot.content import judge_folder
from bot.page.stage import ContentState, Stage
from bot.problem_words import problem_words, report_language

_LOOK_S: Final = 0.15
_FOLDER_LOOK_S: Final = 0.4

Signature = tuple[tuple[str, int, int], ...]


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


async def watch_folder(stage: Stage) -> None:
    """Judge the content folder whenever a file changes; good content reaches the bot, bad is shown."""
    known = _signature(stage.content_folder)
    while True:
        await asyncio.sleep(_FOLDER_LOOK_S)
        found = await asyncio.to_thread(_signature, stage.content_folder)
        if found == known:
            continue
        known = found
        await _read_anew(stage)


async def _read_anew(stage: Stage) -> None:
    count = stage.reading.count + 1
    judged = await asyncio.to_thread(judge_folder, stage.content_folder)
    words = problem_words(report_language(judged.locale, os.environ))
    problems = tuple(map(words.line, judged.problems))
    if judged.content is None:
        stage.reading = ContentState("mistakes", problems, count)
        stage.changed()
        return
    stage.content = judged.content
    stage.reading = ContentState("reloaded", problems, count)
    stage.changed()
    if stage.child.pid is not None:
        await stage.child.stop()
        await stage.child.start()


def _signature(folder: Path) -> Signature:
    """Names, sizes and times of all files that count."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".yaml", ".yml") and not path.name.startswith("."):
            try:
                stat = path.stat()
            except OSError:  # an editor replaces files under our eyes
                continue
            found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)
