"""The play at a terminal: prints what the customer sees, reads what the person types. The rules are in play.py."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files as package_files
from zoneinfo import ZoneInfo

from bot.trying.play import Play, Shown, new_play
from flows.book import Content
from flows.events import Kind
from flows.presses import Button

_SPAN = re.compile(r"\+((?:\d+[smhd])+)")
_PART = re.compile(r"(\d+)([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LONGEST = timedelta(days=3660)
_FILES = {"photo": Kind.PHOTO, "voice": Kind.VOICE, "video": Kind.VIDEO, "file": Kind.DOCUMENT}


@cache
def trying_words(language: str) -> Mapping[str, str]:
    """What the terminal says itself; English unless there are Russian words."""
    name = "ru" if language == "ru" else "en"
    file = package_files("bot") / "trying" / "words" / f"{name}.json"
    words: Mapping[str, str] = json.loads(file.read_text("utf-8"))
    return words


class Terminal:
    """One play; `write` prints a line."""

    def __init__(
        self, content: Content, now: datetime, write: Callable[[str], None], language: str
    ) -> None:
        self._write = write
        self._words = trying_words(language)
        self._zone: ZoneInfo = content.business.branches[0].zone
        self._content = content
        self._offered: list[tuple[int, tuple[Button, ...]]] = []
        self._newest = 0  # message whose buttons were shown last
        self.play: Play = new_play(content, now, self._show)

    def begin(self, flow: str = "") -> bool:
        """Start by the link of a visit, or with a flow by name; False when there is none of that name."""
        known = self._content.book.flows
        if flow and flow not in known:
            self._say("no_flow", flow=flow, known=", ".join(known))
            return False
        self._say("help")
        if flow:
            self.play.begins(known[flow])
        else:
            self.play.opens_the_link()
        self._offer()
        return True

    def heard(self, line: str) -> bool:
        """What the person has typed; False says that they are done."""
        line = line.strip()
        if line in ("q", "quit", "exit"):
            return False
        span = _SPAN.fullmatch(line)
        if span is not None:
            self._pass(span[1])
        elif line == "?":
            self._say("help")
        elif line == "!done":
            if not self.play.staff_resolve():
                self._say("no_case")
        elif line.isdigit():
            self._press(int(line))
        elif line.startswith(":") and line[1:] in _FILES:
            self.play.writes("", _FILES[line[1:]])
        elif line:
            self.play.writes(line)
        self._offer()
        return True

    # ---- printing

    def _show(self, shown: Shown) -> None:
        at = shown.at.astimezone(self._zone)
        if shown.kind == "message":
            self._write("")
            first, *rest = shown.text.split("\n")
            self._write(f"{at:%d.%m %H:%M}  {first}")
            for line in rest:
                self._write(f"             {line}".rstrip())
        else:
            self._say(shown.kind, text=shown.text.replace("\n", " "))

    def _offer(self) -> None:
        """The buttons that can be pressed now, numbered, unless they stand there already."""
        rows = self._rows()
        message = rows[0][0] if rows else 0
        if rows == self._offered or message < self._newest:
            return
        self._offered, self._newest = rows, message
        number = 0
        for _, row in rows:
            labels = []
            for button in row:
                number += 1
                labels.append(f"[{number}] {self.play.label(button)}")
            self._write(f"             {'   '.join(labels)}")

    def _rows(self) -> list[tuple[int, tuple[Button, ...]]]:
        """Rows under the newest message that has any, with its number."""
        for message in sorted(self.play.rows, reverse=True):
            if self.play.rows[message]:
                return [(message, row) for row in self.play.rows[message]]
        return []

    def _say(self, key: str, **values: str) -> None:
        self._write(self._words[key].format(**values))

    # ---- doing

    def _press(self, number: int) -> None:
        offered = [(message, button) for message, row in self._rows() for button in row]
        if 1 <= number <= len(offered):
            message, button = offered[number - 1]
            self.play.presses(button, message)
        else:
            self.play.writes(str(number))

    def _pass(self, span: str) -> None:
        parts = _PART.findall(span)
        length = timedelta(seconds=sum(int(n) * _SECONDS[unit] for n, unit in parts))
        if length > _LONGEST:
            self._say("too_long")
            return
        self.play.passes(length)
        now = self.play.memory.now.astimezone(self._zone)
        self._say("now", now=f"{now:%d.%m %H:%M}")
