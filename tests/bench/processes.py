"""Processes that are measured: started, held, stopped, and what the kernel says they have used."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_PATIENCE_S = 30.0
_ROOT = Path(__file__).parents[2]


class Broken(Exception):
    """Something did not come about; the text says what."""


@dataclass(slots=True)
class Process:
    """A process of ours; what it prints goes to `log`."""

    name: str
    log: Path
    _process: asyncio.subprocess.Process

    @classmethod
    async def start(
        cls, name: str, args: Sequence[str], log: Path, more: Mapping[str, str] | None = None
    ) -> Self:
        """Run Python with `args` beside the log, where no `.env` lies; `more` goes into its environment."""
        inherited = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT")
        env = {key: os.environ[key] for key in inherited if key in os.environ}
        env |= {"PYTHONPATH": str(_ROOT), **(more or {})}
        with log.open("ab") as out:
            process = await asyncio.create_subprocess_exec(
                sys.executable, *args, cwd=log.parent, env=env, stdout=out, stderr=out
            )
        return cls(name, log, process)

    def require_alive(self) -> None:
        """Raises Broken with the end of the log when the process is gone."""
        if self._process.returncode is not None:
            said = self.log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise Broken(f"{self.name} ended with {self._process.returncode}:\n{said}")

    def pause(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    async def stop(self) -> None:
        """SIGTERM, then SIGKILL for one that does not end."""
        if self._process.returncode is not None:
            return
        self._process.terminate()
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    @property
    def pid(self) -> int:
        return self._process.pid

    def cpu_s(self) -> float:
        """Seconds of processor used so far, by all threads."""
        after_name = self._proc("stat").rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / _TICKS_PER_S

    def rss_mb(self) -> float:
        """Memory in use now."""
        return self._status_mb("VmRSS")

    def peak_mb(self) -> float:
        """The most memory that was ever in use."""
        return self._status_mb("VmHWM")

    def _status_mb(self, name: str) -> float:
        for line in self._proc("status").splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) / 1024
        raise Broken(f"no {name} of {self.name}")

    def _proc(self, name: str) -> str:
        self.require_alive()
        return Path(f"/proc/{self._process.pid}/{name}").read_text()
