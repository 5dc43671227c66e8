"""Control: the clock, faults, limits, Telegram being away."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox.faults import Fault
from bot.sandbox.routes.asked import Asked, Route
from bot.sandbox.shapes import JsonObject
from bot.sandbox.world import World


async def clock(asked: Asked) -> JsonObject:
    """`GET clock?after=SEQ` answers at once when SEQ is not the present one, else after a push."""
    world = asked.world
    if "after" in asked.query:
        after = asked.number("after", -1)
        await world.pushed.until(lambda: world.pushes != after, asked.timeout_s())
    return _clock(world)


def push(asked: Asked) -> JsonObject:
    """`{advance_s}`: seconds; waiting getUpdates are answered at once."""
    asked.world.clock.push(timedelta(seconds=float(asked.body["advance_s"])))
    return _clock(asked.world)


def _clock(world: World) -> JsonObject:
    return {
        "seq": world.pushes,
        "now_ms": int(world.clock.now().timestamp() * 1000),
        "pushed_us": world.clock.pushed // timedelta(microseconds=1),
        "frozen": world.clock.frozen,
    }


def faults(asked: Asked) -> JsonObject:
    return {"faults": [rule.shown() for rule in asked.world.faults.rules]}


def add_fault(asked: Asked) -> JsonObject:
    """The fields of `Fault`, `kind` at least; it is answered with its id."""
    fields = {name: value for name, value in asked.body.items() if name != "bot"}
    return asked.world.faults.add(Fault(**fields)).shown()


def remove_faults(asked: Asked) -> JsonObject:
    asked.world.faults.remove(int(asked.path[0]) if asked.path else None)
    return {}


def limits(asked: Asked) -> JsonObject:
    asked.world.limits.on = bool(asked.body["on"])
    return {}


def away(asked: Asked) -> JsonObject:
    """`{how}`: "drop" closes every connection, "5xx" answers 502, null ends it."""
    how = asked.body.get("how")
    if how not in (None, "drop", "5xx"):
        raise ValueError(f"there is no way {how!r} to be away")
    asked.world.away = how
    if how is not None:
        asked.world.drop_polls()
    return {}


ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "clock"): clock,
    ("POST", "clock"): push,
    ("GET", "faults"): faults,
    ("POST", "faults"): add_fault,
    ("DELETE", "faults"): remove_faults,
    ("POST", "limits"): limits,
    ("POST", "away"): away,
}
