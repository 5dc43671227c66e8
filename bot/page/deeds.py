"""What the page asks beside what people do in Telegram: visits, customers, faults, the process. No HTTP here."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Final

from bot.page import pushing, setting_up
from bot.page.stage import Stage
from bot.sandbox.faults import Fault
from bot.sandbox.shapes import JsonObject
from bot.socket import ask

_LONGEST_PUSH_S: Final = 60 * 60 * 24 * 30
_SLOW_S: Final = 3.0
_RETRY_AFTER_S: Final = 5
_SENDING: Final = ("sendMessage", "sendPhoto", "editMessageText", "editMessageReplyMarkup")
_LONGEST_NAME: Final = 64


class NotDone(Exception):
    """It cannot be done now; `str()` is a sentence for the person."""


async def push(stage: Stage, asked: JsonObject) -> JsonObject:
    """`{seconds}`, or `{next: true}`."""
    if asked.get("next"):
        return {"moved": await pushing.push_to_next(stage)}
    seconds = float(asked["seconds"])
    if not 0 < seconds <= _LONGEST_PUSH_S:
        raise NotDone("a month at most, and only forward")
    await pushing.push(stage, seconds)
    return {"moved": True}


async def process(stage: Stage, asked: JsonObject) -> JsonObject:
    """`{what}`: start, stop (SIGTERM) or kill (SIGKILL)."""
    child = stage.child
    await {"start": child.start, "stop": child.stop, "kill": child.kill}[asked["what"]]()
    return {"state": child.state}


async def visit(stage: Stage, asked: JsonObject) -> JsonObject:
    """`{customer, branch, service, master, opens}`: over now; with `opens` they open its link."""
    person = stage.world.people[int(asked["customer"])]
    now = stage.clock.now()
    row = {
        "ext_id": f"page-{secrets.token_hex(4)}",
        "ended_at": now.isoformat(),
        "branch_id": str(asked["branch"]),
        "service": asked.get("service") or None,
        "master": asked.get("master") or None,
        "customer_name": person.first_name,
        "phone": f"+{person.phone_number.lstrip('+')}",
        "amount_minor": None,
        "currency": stage.content.catalogue.currency,
        "lang": person.language_code,
    }
    told = await ask(stage.socket, "import_visits", rows=[row])
    token = told["visits"][0]["token"]
    link = f"https://t.me/{stage.bot.username}?start=v_{token}"
    if asked.get("opens", True):
        setting_up.do(stage, person.id, "open_link", link=link)
    return {"link": link}


async def customer(stage: Stage, asked: JsonObject) -> JsonObject:
    """`{name, language}`: somebody new with a telephone of their own."""
    name = str(asked.get("name") or "").strip()[:_LONGEST_NAME]
    if not name:
        raise NotDone("a person has a name")
    person = setting_up.add_guest(stage, name, str(asked.get("language") or "ru"))
    return {"id": person.id}


async def group(stage: Stage, asked: JsonObject) -> JsonObject:
    """`{}`: one more group, with the owner and everybody of the staff in it; the bot is not there yet."""
    del asked
    return {"id": setting_up.add_group(stage).id}


async def fault(stage: Stage, asked: JsonObject) -> JsonObject:
    """`{name, on}`: slow, flood, away or limits."""
    name, on = asked["name"], bool(asked["on"])
    if name not in _FAULTS:
        raise NotDone(f"there is no fault {name}")
    (stage.switches.add if on else stage.switches.discard)(name)
    _apply(stage)
    stage.changed()
    return {"on": sorted(stage.switches)}


def _apply(stage: Stage) -> None:
    world = stage.world
    world.faults.remove(None)
    if "slow" in stage.switches:
        for method in (*_SENDING, "answerCallbackQuery"):
            world.faults.add(Fault("slow", method, times=None, seconds=_SLOW_S))
    if "flood" in stage.switches:
        for method in _SENDING:
            world.faults.add(Fault("429", method, times=None, retry_after=_RETRY_AFTER_S))
    world.limits.on = "limits" in stage.switches
    was_away, world.away = world.away, "drop" if "away" in stage.switches else None
    if world.away and not was_away:
        world.drop_polls()


async def topic(stage: Stage, asked: JsonObject) -> JsonObject:
    """`{on}`: the group gets topics, or loses them."""
    first = stage.world.groups[stage.group]
    first.forum = bool(asked["on"])
    if not first.forum:
        first.topics.clear()
    first.changed()
    return {}


_FAULTS: Final = frozenset({"slow", "flood", "away", "limits"})
Deed = Callable[[Stage, JsonObject], Awaitable[JsonObject]]
DEEDS: Final[dict[str, Deed]] = {
    "push": push,
    "process": process,
    "visit": visit,
    "customer": customer,
    "group": group,
    "fault": fault,
    "topics": topic,
}
