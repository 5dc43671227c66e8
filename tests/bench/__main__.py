"""`python -m tests.bench`: the product beside a bare echo bot, as real processes on one sandbox.

It measures and never judges a build: the exit code is 0 unless something broke.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from tests.bench import figures, table, words
from tests.bench.limited import CASES, FED_OVER_S, run_limited
from tests.bench.processes import Broken
from tests.bench.runs import Plan, Run, run_once
from tests.bench.stage import ECHO_ID, PRODUCT_ID, Stage, opened_stage

_WIDTH = 110  # where no terminal says how wide it is
_WORK = Path(__file__).parents[2]  # on the disk of the project: a commit costs nothing in memory


async def _runs(stage: Stage, plan: Plan, console: Console) -> tuple[list[Run], list[Run]]:
    """Echo, product, echo, product: what disturbs the machine for a while disturbs both."""
    runs: dict[int, list[Run]] = {ECHO_ID: [], PRODUCT_ID: []}
    for number in range(plan.rounds):
        for bot, name in ((ECHO_ID, "echo bot"), (PRODUCT_ID, "zabota")):
            console.print(f"[dim]round {number + 1} of {plan.rounds}: {name}[/]")
            runs[bot].append(await run_once(stage, bot, number, plan))
    return runs[PRODUCT_ID], runs[ECHO_ID]


async def _bench(plan: Plan, *, quick: bool, console: Console) -> None:
    with tempfile.TemporaryDirectory(dir=_WORK, prefix=".bench-") as folder:
        async with opened_stage(Path(folder)) as stage:
            found = figures.of_runs(*await _runs(stage, plan, console))
            if not quick:
                console.print("[dim]a busy hour under Telegram's limits: up to four minutes[/]")
                found += figures.of_limits(await run_limited(stage))
    found += words.figures()
    title = f"Median of {plan.rounds} rounds, {plan.crowd} customers at once, synchronous=FULL"
    if not quick:
        title += f"\nand {CASES} cases within {FED_OVER_S:.0f} s under Telegram's limits"
    table.show(title, found, console)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="without Telegram's limits (4 minutes)"
    )
    parser.add_argument("--rounds", type=int, default=3, help="runs of each bot")
    parser.add_argument("--crowd", type=int, default=1500, help="customers who write at once")
    parser.add_argument("--words", action="store_true", help="only the reading of replies")
    args = parser.parse_args()
    console = Console(width=_WIDTH if not sys.stdout.isatty() else None)
    if args.words:
        table.show("Reading replies by the rules of tone", words.figures(), console)
        return 0
    try:
        asyncio.run(
            _bench(Plan(rounds=args.rounds, crowd=args.crowd), quick=args.quick, console=console)
        )
    except Broken as problem:
        console.print(f"[red]The measurement broke:[/] {problem}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
