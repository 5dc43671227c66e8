"""What the page shows beside the chats, section by section, as plain JSON. Nothing is changed here."""

from __future__ import annotations

from typing import Final

from bot.page.stage import Stage
from bot.sandbox.shapes import JsonObject
from flows.people import Person as Colleague
from flows.people import PersonState

_MOST_NOTES: Final = 60
# How Telegram says that a card already looks so: nobody was refused anything.
_NOTHING_NEW: Final = "message is not modified"
# What was slow and then went well, and what a played fault says of itself.
_LATE_ONLY: Final = frozenset({"slow ok", "slow_answer ok"})
_PLAYED: Final = {"429": "429 Too Many Requests"}
_SILENT: Final = frozenset({"getUpdates"})


def scene(stage: Stage) -> JsonObject:
    """What stays as it is while the page is open, or changes with the content."""
    business, catalogue = stage.content.business, stage.content.catalogue
    quiet = business.branches[0].quiet
    private = [
        commands for (scope, _), commands in stage.bot.commands.items() if "private" in scope
    ]
    return {
        "bot": {"id": stage.bot.id, "name": stage.bot.name, "username": stage.bot.username},
        "commands": private[0] if private else [],
        "brand": business.brand,
        "preset": stage.preset,
        "group": stage.group,
        "groups": groups(stage),
        "ready": stage.ready,
        "branches": [
            {
                "id": branch.id,
                "name": branch.name,
                "zone": branch.zone.key,
                "hours": branch.hours.written(),
            }
            for branch in business.branches
        ],
        "quiet": [f"{quiet.start:%H:%M}", f"{quiet.end:%H:%M}"],
        "services": list(stage.cast.services),
        "masters": list(stage.cast.masters),
        "more": [{"name": each.name, "language": each.language} for each in stage.cast.more],
        "roles": {role.id: role.title for role in catalogue.roles},
        "folder": str(stage.content_folder),
    }


def groups(stage: Stage) -> list[int]:
    """Ids of the staff's groups, the first one first; one that has become a supergroup is there under its new id."""
    there = [group.id for group in stage.world.groups.values() if group.migrated_to is None]
    return sorted(there, key=lambda group_id: group_id != stage.group)


def people(stage: Stage) -> JsonObject:
    """Everybody, the staff with their places in the business."""
    roster = {each.tg_id: each for each in stage.seen.roster} if stage.seen else {}
    return {
        "customers": stage.customers,
        "staff": stage.staff,
        "all": {
            str(person.id): {
                "id": person.id,
                "name": person.title(),
                "language": person.language_code,
                "phone": person.phone_number,
                "blocked": person.id in stage.bot.blocked,
                "started": person.id in stage.bot.started,
                **_place(stage, roster.get(person.id)),
            }
            for person in stage.world.people.values()
        },
    }


def _place(stage: Stage, colleague: Colleague | None) -> JsonObject:
    if colleague is None or colleague.state is not PersonState.APPROVED:
        return {"role": "", "title": "", "on_shift": False}
    role = stage.content.catalogue.role(colleague.role)
    title = colleague.title or (role.title if role else colleague.role)
    return {"role": colleague.role, "title": title, "on_shift": colleague.on_shift}


def clock(stage: Stage) -> JsonObject:
    """How far ahead of the machine's clock it is, and what comes next; milliseconds."""
    now = stage.now_ms()
    timers = stage.seen.timers if stage.seen else []
    held = stage.seen.outbox if stage.seen else []
    following = [(row["due_at"], row["kind"]) for row in timers if row["state"] == "pending"]
    following += [(row["not_before"], "held") for row in held if _held(row, now)]
    nearest = min(following, default=None)
    return {
        "pushed_ms": int(stage.clock.pushed.total_seconds() * 1000),
        "pushing": stage.pushing,
        "next": {"at": nearest[0], "kind": nearest[1]} if nearest else None,
    }


def _held(row: JsonObject, now: int) -> bool:
    """A letter that waits for its moment: it can still be taken back."""
    return bool(row["state"] == "due" and row["not_before"] > now)


def process(stage: Stage) -> JsonObject:
    """The bot's process, and how many updates wait for it at Telegram."""
    child = stage.child
    return {
        "state": child.state,
        "pid": child.pid,
        "starts": child.starts,
        "pending": stage.bot.queue.pending,
        "last_words": child.last_words() if child.state == "died" else [],
    }


def faults(stage: Stage) -> JsonObject:
    return {"on": sorted(stage.switches)}


def content(stage: Stage) -> JsonObject:
    reading = stage.reading
    return {
        "state": reading.state,
        "problems": list(reading.problems),
        "count": reading.count,
        "folder": stage.content_shown,
    }


def inside(stage: Stage) -> JsonObject:
    """What the bot's database holds; empty before there is one."""
    if stage.seen is None:
        return {}
    seen = stage.seen
    return {
        "counts": seen.counts,
        "inbox": seen.inbox,
        "journal": seen.journal,
        "outbox": seen.outbox,
        "cards": seen.cards,
        "timers": seen.timers,
    }


def notes(stage: Stage) -> JsonObject:
    """What Telegram has refused the bot, the oldest first; the same again and again is one note."""
    found: list[JsonObject] = []
    for call in stage.world.calls.troubles:
        if call.method in _SILENT:
            continue
        if _NOTHING_NEW in call.outcome or call.outcome in _LATE_ONLY:
            continue
        chat = call.params.get("chat_id")
        note: JsonObject = {
            "chat": int(chat) if chat is not None else None,
            "method": call.method,
            "outcome": _PLAYED.get(call.outcome, call.outcome),
            "at": call.at,
        }
        last = found[-1] if found else None
        if last and all(last[name] == note[name] for name in ("chat", "method", "outcome")):
            last["times"] += 1
            last["at"] = note["at"]
        else:
            found.append({**note, "times": 1, "n": call.number})
    return {"notes": found[-_MOST_NOTES:]}


SECTIONS: Final = {
    "scene": scene,
    "people": people,
    "clock": clock,
    "process": process,
    "faults": faults,
    "content": content,
    "inside": inside,
    "notes": notes,
}
