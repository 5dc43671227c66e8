"""`zabota demo` as a process, for tests that open its page."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from bot.page.child import TOKEN

ROOT = Path(__file__).parents[2]
_COMMAND = [sys.executable, "-c", "from bot.cli import main; main()", "demo", "--no-browser"]
_READY_WITHIN_S = 90.0


@dataclass
class Demo:
    """A running demo: where its page is, how long it took to be playable (s), and its process."""

    address: str
    folder: Path
    ready_after: float
    process: "subprocess.Popen[str]"

    def told(self, section: str) -> Any:
        """The newest of a section of the news."""
        with urlopen(f"{self.address}events", timeout=10) as news:  # noqa: S310 - our own address
            name = ""
            for raw in news:
                line = raw.decode().rstrip("\n")
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: ") and name == section:
                    return json.loads(line.removeprefix("data: "))
        raise AssertionError(f"no news of {section}")

    def asked(self, path: str, **body: Any) -> Any:
        """POST to the page's server."""
        request = Request(  # noqa: S310 - our own address
            f"{self.address}{path}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urlopen(request, timeout=60) as answer:  # noqa: S310 - see above
            return json.load(answer)

    @cached_property
    def telegram(self) -> str:
        """Where the bot's process finds its Telegram."""
        environ = Path(f"/proc/{self.told('process')['pid']}/environ").read_text(encoding="utf-8")
        return next(
            each.partition("=")[2]
            for each in environ.split("\0")
            if each.startswith("TELEGRAM_API_URL=")
        )

    def as_the_bot(self, method: str, **params: Any) -> Any:
        """Call the sandbox's Bot API with the bot's own token; the result."""
        request = Request(  # noqa: S310 - our own address
            f"{self.telegram}/bot{TOKEN}/{method}",
            json.dumps(params).encode(),
            {"Content-Type": "application/json"},
        )
        with urlopen(request, timeout=60) as answer:  # noqa: S310 - see above
            return json.load(answer)["result"]

    def new_guest(self, name: str, language: str = "ru") -> int:
        return int(self.asked("do/customer", name=name, language=language)["id"])


@contextmanager
def running_demo(folder: Path, *options: str, place: Path = ROOT) -> Iterator[Demo]:
    """The demo, started in `place`, once everybody has joined; stopped as Ctrl+C does, and it must end well."""
    began = time.monotonic()
    process = subprocess.Popen(
        [*_COMMAND, "--keep", str(folder), *options],
        stdout=subprocess.PIPE,
        text=True,
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        demo = Demo(address, folder, 0.0, process)
        while not demo.told("scene")["ready"]:
            assert time.monotonic() - began < _READY_WITHIN_S, "the business was not set up in time"
            time.sleep(0.05)  # another process: there is nothing of ours to wait for
        demo.ready_after = time.monotonic() - began
        yield demo
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert process.returncode == 0
