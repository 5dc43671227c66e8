"""`python -m bot.sandbox`: the sandbox as a process of its own, until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from bot.clock import PushedClock
from bot.sandbox.server import Sandbox


async def _serve(args: argparse.Namespace) -> None:
    sandbox = Sandbox(PushedClock(), limits=args.limits, seed=args.seed)
    await sandbox.start(args.host, args.port)
    sys.stdout.write(f"{sandbox.url}\n")
    sys.stdout.flush()
    if args.ready_file is not None:
        # Renamed into place, so that whoever waits for it never reads half of it.
        written = args.ready_file.with_suffix(".part")
        written.write_text(sandbox.url + "\n", encoding="utf-8")
        written.replace(args.ready_file)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
    await sandbox.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--ready-file", type=Path, help="gets the address when it listens")
    parser.add_argument("--limits", action="store_true", help="keep Telegram's limits on sending")
    parser.add_argument("--seed", type=int, default=0, help="of ids and of chance")
    asyncio.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
