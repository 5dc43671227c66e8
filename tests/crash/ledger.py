"""What happened in a crash run, counted: ends of the bot, what was open then, the verdict; and the table of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Final

from tests.crash.peek import Backlog

SIGKILL: Final = "kill -9"
SIGTERM: Final = "SIGTERM"


@dataclass(frozen=True, slots=True)
class End:
    """One end of the bot. Moments are ms of the machine's monotonic clock."""

    how: str
    window: str
    waited: Backlog  # just before
    left: Backlog  # as the dead bot left it
    code: int
    before_ms: float
    after_ms: float
    lived_s: float = 0.0  # since its first update, where that is looked at

    @property
    def took_s(self) -> float:
        return (self.after_ms - self.before_ms) / 1000


@dataclass(slots=True)
class Ledger:
    """One run: its ends, how much of its window was open at each, and what was found at the end."""

    title: str
    ends: list[End] = field(default_factory=list)
    open: list[int] = field(default_factory=list)  # beside `ends`
    load: dict[str, int] = field(default_factory=dict)
    repeats: int = 0
    answers_lost: int = 0  # faults after which nobody can know whether a message arrived
    wrong: dict[str, int] = field(default_factory=dict)  # all must be 0
    took_s: float = 0.0

    def hits(self, how: str, window: str) -> list[int]:
        """What was open at the ends that hit this window."""
        pairs = zip(self.ends, self.open, strict=True)
        return sorted(
            size for end, size in pairs if (end.how, end.window) == (how, window) and size
        )

    @property
    def in_flight(self) -> int:
        """Messages that were under way when the bot ended."""
        return sum(end.left.posting for end in self.ends)

    def lost_nothing(self) -> bool:
        """Nothing is wrong, and nothing was repeated that need not be; else the table, as an AssertionError."""
        allowed = self.in_flight + self.answers_lost
        if any(self.wrong.values()) or self.repeats > allowed:
            raise AssertionError("\n".join(self.lines()))
        return True

    def lines(self) -> Iterator[str]:
        """The table, for the terminal."""
        yield f"{self.title}, {self.took_s:.0f} s"
        yield f"  {'':9}{'window':20}{'ends':>6}{'hits':>6}   backlog: least, median, most"
        for how, window in dict.fromkeys((end.how, end.window) for end in self.ends):
            tried = sum((end.how, end.window) == (how, window) for end in self.ends)
            hits = self.hits(how, window)
            spread = f"{hits[0]}, {hits[len(hits) // 2]}, {hits[-1]}" if hits else "none"
            yield f"  {how:9}{window:20}{tried:>6}{len(hits):>6}   {spread}"
        yield "  load: " + ", ".join(f"{count} {name}" for name, count in self.load.items())
        yield (
            f"  repeats of messages: {self.repeats}; in flight at the ends: {self.in_flight}, "
            f"answers lost by faults: {self.answers_lost}"
        )
        found = ", ".join(f"{count} {name}" for name, count in self.wrong.items())
        yield from wrap(found, width=90, initial_indent="  ", subsequent_indent="  ")
