"""From runs to lines of the table: medians, ratios, and whether an aim is met."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.limited import Limited
from tests.bench.runs import Run


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table; `met` None: nothing is aimed at."""

    what: str
    product: str
    echo: str = ""
    beside: str = ""  # how the two compare
    aim: str = ""
    met: bool | None = None


def of_runs(product: Sequence[Run], echo: Sequence[Run]) -> list[Figure]:
    """What the alternating runs of both bots have shown."""

    def both(read: Callable[[Run], float]) -> tuple[float, float]:
        return median(map(read, product)), median(map(read, echo))

    per_s, echo_per_s = both(lambda run: run.relay.per_s)
    added = [run.added for run in product if run.added is not None]
    p50, echo_p50 = both(lambda run: quantile(run.latencies_ms, 0.50))
    p99, echo_p99 = both(lambda run: quantile(run.latencies_ms, 0.99))
    cpu, echo_cpu = both(lambda run: run.relay.cpu_ms)
    sandbox, echo_sandbox = both(lambda run: run.relay.sandbox_cpu_ms)
    calls, echo_calls = both(lambda run: run.relay.calls)
    idle, echo_idle = both(lambda run: run.idle_mb)
    peak, echo_peak = both(lambda run: run.peak_mb)
    start, echo_start = both(lambda run: run.start_s)
    ratio = per_s / echo_per_s
    return [
        Figure(
            "first words -> card in the group, messages/s",
            f"{per_s:.0f}",
            f"{echo_per_s:.0f}",
            f"x {ratio:.2f}",
            "300, x 0.25",
            per_s >= 300 and ratio >= 0.25,
        ),
        Figure(
            "further words -> the card edited, messages/s",
            f"{median(each.per_s for each in added):.0f}",
        ),
        Figure("latency at 50/s, p50, ms", f"{p50:.1f}", f"{echo_p50:.1f}", "", "10", p50 <= 10),
        Figure("latency at 50/s, p99, ms", f"{p99:.1f}", f"{echo_p99:.1f}", "", "50", p99 <= 50),
        Figure("calls of the Bot API for an update", f"{calls:.2f}", f"{echo_calls:.2f}"),
        Figure("CPU for an update, ms", f"{cpu:.2f}", f"{echo_cpu:.2f}", f"x {cpu / echo_cpu:.2f}"),
        Figure("CPU of the sandbox for an update, ms", f"{sandbox:.2f}", f"{echo_sandbox:.2f}"),
        _more("memory idle, MB", idle, echo_idle, 80, "MB"),
        _more("memory peak, MB", peak, echo_peak, 80, "MB"),
        _more("start to first poll, s", start, echo_start, 2.5, "s"),
    ]


def of_limits(found: Limited) -> list[Figure]:
    """What a busy hour under Telegram's limits has shown."""
    answer, card, letter = max(found.answers), max(found.cards), max(found.letters)
    toast = quantile(sorted(found.toasts), 0.99) * 1000
    return [
        Figure(
            "customers' answers, longest, s",
            f"{answer:.2f}",
            aim="not with the group's",
            met=answer < 1 < card,
        ),
        Figure("gifts and replies behind the hold, longest, s", f"{letter:.2f}"),
        Figure(
            "rating -> card in the group, median and longest, s",
            f"{median(found.cards):.1f}, {card:.1f}",
            aim="180",
            met=card <= 180,
        ),
        Figure(
            f"answers to {len(found.toasts)} taps, p99, ms",
            f"{toast:.0f}",
            aim="300",
            met=toast <= 300,
        ),
        Figure(
            f"of {found.calls} calls refused with 429",
            str(found.refused),
            aim="0",
            met=found.refused == 0,
        ),
    ]


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which this part of them lies; `values` are in rising order."""
    return values[min(len(values) - 1, int(len(values) * part))]


def _more(what: str, product: float, echo: float, most: float, unit: str) -> Figure:
    digits = 2 if unit == "s" else 0
    more = product - echo
    return Figure(
        what,
        f"{product:.{digits}f}",
        f"{echo:.{digits}f}",
        f"{more:+.{digits}f} {unit}",
        f"echo + {most:g} {unit}",
        more <= most,
    )
