"""The transcript on the terminal: the customer's phone on the left, staff on the right. It knows no story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import Enum
from typing import Final

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from bot.sandbox.shapes import JsonObject
from bot.sandbox.views import ButtonView

WIDTH: Final = 100
_NARROWEST: Final = 72
_BAR: Final = "│ "
_ENTITY_STYLES: Final = {
    "bold": "bold",
    "code": "bold yellow",
    "blockquote": "italic",
    "expandable_blockquote": "italic",
}


class Side(Enum):
    """Whose screen it is."""

    CUSTOMER = "cyan"
    STAFF = "green"


class Transcript:
    """Writes to a console of at most WIDTH columns; without colours in `script` mode."""

    def __init__(self, *, script: bool) -> None:
        if script:
            self.console = Console(width=WIDTH, color_system=None, highlight=False, emoji=False)
        else:
            self.console = Console(highlight=False, emoji=False)
            self.console.width = max(_NARROWEST, min(WIDTH, self.console.width))
        self._blank = True

    @property
    def _half(self) -> int:
        return self.console.width // 2 - 2

    def waiting(self, said: str) -> AbstractContextManager[object]:
        """Something to look at while nothing is to be told yet; nothing at all without a terminal."""
        return self.console.status(said) if self.console.is_terminal else nullcontext()

    def heading(self, title: str, intro: str, left: str, right: str) -> None:
        """The title, what there is to see, and what each side is."""
        self._print(Text(title, "bold"))
        self._wide(intro)
        self._print()
        sides = Text(f"  {left}", Side.CUSTOMER.value)
        sides.append(" " * (self._indent(Side.STAFF) - sides.cell_len))
        sides.append(right, Side.STAFF.value)
        self._print(sides)

    def scene(self, title: str, about: str) -> None:
        """A new heading with a sentence on what to look at."""
        self.gap()
        self.console.print(Rule(Text(title, "bold"), align="left", style="dim", characters="─"))
        self._wide(about)
        self._print()

    def clock(self, said: str) -> None:
        """Time has passed."""
        line = Text(f"· · ·  {said}  · · ·", "dim")
        self._print(Text(" " * ((self.console.width - line.cell_len) // 2)) + line)
        self._print()

    def act(self, side: Side, who: str, does: str, *, person: bool = True) -> None:
        """Somebody does something that leaves no message."""
        style = f"bold {side.value}" if person else "bold"
        self._print(self._at(side, Text.assemble((who, style), " ", does)))

    def toast(self, side: Side, said: str) -> None:
        """What popped up at a tap."""
        for line in self._wrapped(Text(said, "italic")):
            self._print(self._at(side, Text("  ") + line))

    def gap(self) -> None:
        """An empty line, unless there is one already."""
        if not self._blank:
            self._print()

    def message(
        self,
        side: Side,
        head: Text,
        body: Iterable[Text],
        buttons: Sequence[Sequence[ButtonView]] = (),
        *,
        own: bool = False,
    ) -> None:
        """A message with a bar beside it; `own` ones were written by a person."""
        self._print(self._at(side, head))
        # A span, not the style of the whole: what is added behind it would take that on.
        bar = Text.assemble((_BAR, side.value if own else "dim"))
        for line in body:
            for part in self._wrapped(line):
                self._print(self._at(side, bar + part))
        for row in buttons:
            for line in self._button_lines(row):
                self._print(self._at(side, bar + line))
        self._print()

    def closing(self, total: str, following: str) -> None:
        """How it ended."""
        self.gap()
        self.console.print(Rule(style="dim", characters="─"))
        self._wide(total, style="")
        self._wide(following)

    def failure(self, sentence: str, details: Iterable[str]) -> None:
        """Why it did not."""
        self._print(Text(sentence, "bold red"))
        for line in details:
            self._print(Text(line))

    # ---- lines

    def _indent(self, side: Side) -> int:
        return 2 if side is Side.CUSTOMER else self.console.width // 2

    def _at(self, side: Side, line: Text) -> Text:
        return Text(" " * self._indent(side)) + line

    def _wrapped(self, line: Text) -> list[Text]:
        parts = list(line.wrap(self.console, self._half - len(_BAR)))
        for part in parts:
            part.rstrip()
        return parts or [Text()]

    def _button_lines(self, row: Sequence[ButtonView]) -> list[Text]:
        lines = [Text()]
        for button in row:
            mark = " ↗" if button.url else ""
            made = Text.assemble(("[ ", "dim"), (button.text + mark, "bold"), (" ]", "dim"))
            if lines[-1] and lines[-1].cell_len + 1 + made.cell_len > self._half - len(_BAR):
                lines.append(Text())
            lines[-1] = Text(" ").join([lines[-1], made]) if lines[-1] else made
        return lines

    def _wide(self, said: str, style: str = "dim") -> None:
        if said:
            for line in Text(said, style).wrap(self.console, self.console.width):
                line.rstrip()
                self._print(line)

    def _print(self, line: Text | None = None) -> None:
        line = line or Text()
        line.rstrip()
        self._blank = not line
        self.console.print(line, soft_wrap=True)


def styled(text: str, entities: Iterable[JsonObject]) -> list[Text]:
    """A message's text line by line, with what its entities mark; Telegram counts in UTF-16."""
    whole = Text(text)
    units = text.encode("utf-16-le")
    for entity in entities:
        style = _ENTITY_STYLES.get(entity["type"])
        if style is not None:
            start = len(units[: entity["offset"] * 2].decode("utf-16-le"))
            length = len(units[entity["offset"] * 2 :][: entity["length"] * 2].decode("utf-16-le"))
            whole.stylize(style, start, start + length)
    return list(whole.split("\n", allow_blank=True))
