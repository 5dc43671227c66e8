"""The machinery of the sandbox, through the control interface: clock, faults, queue, log."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.sandbox.control_link import Link
from bot.sandbox.shapes import Json, JsonObject
from bot.sandbox.views import CallView, QueueView, moment


class Levers(Link):
    """What no person can do."""

    async def now(self) -> datetime:
        """The sandbox's moment, aware, in UTC."""
        return moment(0) + timedelta(milliseconds=(await self.ask("GET", "clock"))["now_ms"])

    async def push_clock(self, delta: timedelta) -> None:
        await self.ask("POST", "clock", {"advance_s": delta.total_seconds()})

    async def add_fault(self, kind: str, method: str = "*", **about: Json) -> int:
        """`chat`, `times` (1 unless said, -1: for ever), `probability`, `retry_after`, `seconds`, ..."""
        told = await self.ask("POST", "faults", {"kind": kind, "method": method, **about})
        return int(told["id"])

    async def faults(self) -> list[JsonObject]:
        """The rules with their `hits`."""
        told: list[JsonObject] = (await self.ask("GET", "faults"))["faults"]
        return told

    async def clear_faults(self, fault: int | None = None) -> None:
        await self.ask("DELETE", "faults" if fault is None else f"faults/{fault}")

    async def set_limits(self, *, on: bool) -> None:
        await self.ask("POST", "limits", {"on": on})

    async def go_away(self, how: str = "drop") -> None:
        """Telegram is out of reach: "drop" closes connections, "5xx" answers 502."""
        await self.ask("POST", "away", {"how": how})

    async def come_back(self) -> None:
        await self.ask("POST", "away", {})

    async def queue(self) -> QueueView:
        return QueueView.read(await self.ask("GET", "queue"))

    async def wait_until_idle(self, timeout: float = 10.0) -> QueueView:  # noqa: ASYNC109 - real time of the sandbox
        """The queue once everything in it was fetched and a getUpdates waits for more.

        Raises TimeoutError.
        """
        seen = QueueView.read(await self.ask("GET", f"queue/idle?timeout={timeout}"))
        if not seen.polling:
            raise TimeoutError(f"no getUpdates waits after {timeout} s, {seen.pending} updates do")
        return seen

    async def redeliver(self, count: int = 1) -> int:
        """The updates confirmed last come once more; returns how many."""
        return int((await self.ask("POST", "queue/redeliver", {"count": count}))["count"])

    async def inject(self, raw: str) -> int:
        """Put `{"update_id": N, <raw>}` into the queue as it is, readable or not; returns N."""
        return int((await self.ask("POST", "queue/inject", {"raw": raw}))["update_id"])

    async def restart_update_ids(self, next_id: int | None = None) -> int:
        told = await self.ask("POST", "queue/restart_ids", {"next_id": next_id})
        return int(told["next_id"])

    async def set_webhook(self, url: str) -> None:
        """As somebody else with the token would; an empty one takes it away."""
        await self.ask("POST", "webhook", {"url": url})

    async def calls(self, method: str | None = None, after: int = 0) -> list[CallView]:
        """The log of Bot API calls, oldest first; `after` is a call's number."""
        named = f"&method={method}" if method else ""
        told = await self.ask("GET", f"calls?after={after}{named}&limit=100000")
        return list(map(CallView.read, told["calls"]))

    async def counters(self) -> JsonObject:
        """`methods`: calls by method; `outcomes`: by method and outcome."""
        told: JsonObject = await self.ask("GET", "counters")
        return told

    async def complaints(self) -> list[str]:
        """What requests held that the Bot API's schema does not know."""
        told: list[str] = (await self.ask("GET", "complaints"))["complaints"]
        return told

    async def reset(self) -> None:
        await self.ask("POST", "reset", {})
