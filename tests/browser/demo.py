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
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

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

    def new_guest(self, name: str, language: str = "ru") -> int:
        return int(self.asked("do/customer", name=name, language=language)["id"])


@contextmanager
def running_demo(folder: Path, *options: str) -> Iterator[Demo]:
    """The demo once everybody has joined; stopped as Ctrl+C does, and it must end well."""
    began = time.monotonic()
    process = subprocess.Popen(
        [*_COMMAND, "--keep", str(folder), *options],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
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
