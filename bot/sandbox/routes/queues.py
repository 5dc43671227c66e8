"""Control: queues of updates, webhooks set by others, the log of calls."""

from __future__ import annotations

import json
from collections.abc import Callable

from bot.sandbox.bots import BotAccount
from bot.sandbox.refusals import Refused
from bot.sandbox.routes.asked import Asked, Route
from bot.sandbox.shapes import JsonObject


async def state(asked: Asked) -> JsonObject:
    """`GET queue?updates=1`; with `/idle` only when a getUpdates waits for what comes next."""
    bot = asked.bot()
    queue = bot.queue
    if asked.path[:1] == ["idle"]:
        await queue.bell.until(lambda: queue.polling, asked.timeout_s())
    return {
        "bot": bot.id,
        "pending": queue.pending,
        "pending_updates": [json.loads(queued.body) for queued in queue.waiting()]
        if asked.query.get("updates")
        else None,
        "confirmed": queue.confirmed_count,
        "confirmed_offset": queue.confirmed_offset,
        "polling": queue.polling,
        "last_poll_at": queue.last_poll_at,
        "allowed_updates": sorted(bot.allowed),
    }


def change(asked: Asked) -> JsonObject:
    """`POST queue/{redeliver|inject|restart_ids|forget|clear}`."""
    return _CHANGES[asked.path[0]](asked, asked.bot())


def _redeliver(asked: Asked, bot: BotAccount) -> JsonObject:
    """`{count}` of the updates confirmed last come once more."""
    return {"count": bot.queue.redeliver(int(asked.body.get("count", 1)))}


def _inject(asked: Asked, bot: BotAccount) -> JsonObject:
    """`{raw}`: text put as it is behind a fresh `update_id`, readable or not.

    `{update}`: an object of fields, put beside it.
    """
    if "update" in asked.body:
        raw = json.dumps(asked.body["update"], ensure_ascii=False).strip()[1:-1]
    else:
        raw = str(asked.body["raw"])
    return {"update_id": bot.queue.put_raw(raw)}


def _restart_ids(asked: Asked, bot: BotAccount) -> JsonObject:
    return {"next_id": bot.queue.restart_ids(asked.body.get("next_id"))}


def _forget(asked: Asked, bot: BotAccount) -> JsonObject:
    """`{on}`: whether updates are lost after a day of the sandbox's clock, taps after 150 s."""
    bot.queue.forgets = bool(asked.body["on"])
    return {}


def _clear(asked: Asked, bot: BotAccount) -> JsonObject:
    bot.queue.clear()
    return {}


def webhook(asked: Asked) -> JsonObject:
    """`{url}`: somebody else sets a webhook; an empty one takes it away."""
    bot = asked.bot()
    address = asked.body.get("url") or ""
    if address:
        bot.webhook = {"url": address, "has_custom_certificate": False, "max_connections": 40}
        bot.queue.wake(Refused(409, "Conflict: terminated by setWebhook request"))
    else:
        bot.webhook = None
    return {}


def calls(asked: Asked) -> JsonObject:
    """`GET calls?after=N&method=&limit=`: the log, oldest first."""
    found = asked.world.calls.since(
        asked.number("after", 0), asked.query.get("method"), asked.number("limit", 10_000)
    )
    return {"calls": [call.shown() for call in found]}


def counters(asked: Asked) -> JsonObject:
    log = asked.world.calls
    outcomes: JsonObject = {}
    for (method, outcome), count in log.outcomes.items():
        outcomes.setdefault(method, {})[outcome] = count
    return {"methods": dict(log.methods), "outcomes": outcomes}


def complaints(asked: Asked) -> JsonObject:
    return {"complaints": asked.world.complaints}


_CHANGES: dict[str, Callable[[Asked, BotAccount], JsonObject]] = {
    "redeliver": _redeliver,
    "inject": _inject,
    "restart_ids": _restart_ids,
    "forget": _forget,
    "clear": _clear,
}

ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "queue"): state,
    ("POST", "queue"): change,
    ("POST", "webhook"): webhook,
    ("GET", "calls"): calls,
    ("GET", "counters"): counters,
    ("GET", "complaints"): complaints,
}
