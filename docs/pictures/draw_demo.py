"""Draws docs/pictures/demo.svg: the decisive parts of `zabota demo`, as a terminal shows them.

`.venv/bin/python docs/pictures/draw_demo.py` plays the demo once and writes the file anew.
"""

import asyncio
import io
import re
from contextlib import AsyncExitStack
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from bot.demo.player import Player
from bot.demo.stage import opened_stage
from bot.demo.story import read_story
from bot.demo.transcript import WIDTH, Transcript

_PICTURE = Path(__file__).with_name("demo.svg")
# A line of each part, and how many lines from there on are shown.
_PARTS = (
    ("Телефон гостя", 1),
    ("Анна нажимает «2 ·", 12),
    ("│ Запись была на одиннадцать", 18),
    ("Гузель нажимает «🎁", 29),
    ("через два дня · воскресенье", 14),
    ("ещё через два дня", 11),
)


class _Kept(Transcript):
    """Keeps every line instead of writing it."""

    def __init__(self) -> None:
        super().__init__(script=False)
        self.console = Console(width=WIDTH, file=io.StringIO(), highlight=False, emoji=False)
        self.lines: list[Text] = []

    def scene(self, title: str, about: str) -> None:
        """Headings are left out of the picture."""

    def _print(self, line: Text | None = None) -> None:
        super()._print(line)
        self.lines.append(line.copy() if line else Text())


async def _play() -> list[Text]:
    story, transcript = read_story(), _Kept()
    words = story.words
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(opened_stage(story))
        transcript.heading(story.title, "", words("guest_side"), words("staff_side"))
        await Player(story, stage, transcript).play()
    return transcript.lines


def _part(lines: list[Text], begins: str, count: int) -> list[Text]:
    start = next(n for n, line in enumerate(lines) if begins in line.plain)
    start -= 1 if lines[start].plain.lstrip().startswith("│") else 0
    return lines[start : start + count]


def main() -> None:
    """Play, choose, draw. The fonts are the reader's own: nothing is fetched."""
    lines = asyncio.run(_play())
    console = Console(
        width=WIDTH, record=True, file=io.StringIO(), force_terminal=True, highlight=False
    )
    for begins, count in _PARTS:
        for line in [*_part(lines, begins, count), Text()]:
            console.print(line, soft_wrap=True)
    code_format = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    code_format = code_format.replace(
        "Fira Code, monospace", "Fira Code, DejaVu Sans Mono, Menlo, Consolas, monospace"
    )
    svg = console.export_svg(title="zabota demo", code_format=code_format, unique_id="demo")
    _PICTURE.write_text("\n".join(line.rstrip() for line in svg.splitlines()) + "\n", "utf-8")


if __name__ == "__main__":
    main()
