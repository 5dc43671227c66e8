"""What a kept folder remembers of a play beside the bot's own database: the clock and the guests. No chats.

The sandbox begins with empty chats each time; the bot's cards that stood in them are posted anew by the bot.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from bot.page.setting_up import add_guest
from bot.page.stage import Stage
from bot.sandbox.members import Member
from bot.sandbox.shapes import JsonObject
from flows.people import PersonState


def recall(stage: Stage) -> bool:
    """Go on from where the folder was left; False for a new one, which is to be set up."""
    told = _read(stage)
    if told is None:
        return False
    then = datetime.fromtimestamp(told["now_ms"] / 1000, UTC)
    if then > stage.clock.now():
        stage.clock.push(then - stage.clock.now())
    for guest in told["guests"]:
        add_guest(stage, guest["name"], guest["language"])
    # Numbers that the bot knows from before must not come again for something else.
    stage.bot.queue.restart_ids(told["next_update"])
    seen = stage.window.look()
    if seen is None:
        return False
    approved = {each.tg_id for each in seen.roster if each.state is PersonState.APPROVED}
    if not approved.issuperset(stage.staff):
        return False
    stage.seen = seen
    _gather(stage)
    return True


def keep(stage: Stage) -> None:
    """Write down what `recall` needs; a play that was never ready is no beginning."""
    if not stage.ready:
        return
    first = len(stage.cast.customers)
    people = stage.world.people
    guests = [people[each] for each in stage.customers[first:]]
    told: JsonObject = {
        "now_ms": stage.now_ms(),
        "next_update": stage.bot.queue.confirmed_offset + 1000,
        "guests": [{"name": each.first_name, "language": each.language_code} for each in guests],
    }
    _file(stage).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _gather(stage: Stage) -> None:
    """Everybody is where the bot remembers them: the staff and the bot in the group, chats begun."""
    group = stage.world.groups[stage.group]
    group.members.update({each: Member("member") for each in stage.staff[1:]})
    group.members[stage.bot.id] = Member("administrator")
    everybody = {*stage.staff, *stage.customers}
    stage.bot.started |= everybody
    stage.bot.met |= everybody
    stage.ready = True
    stage.changed()


def _read(stage: Stage) -> JsonObject | None:
    if not _file(stage).exists() or not stage.database.exists():
        return None
    told: JsonObject = json.loads(_file(stage).read_text(encoding="utf-8"))
    return told


def _file(stage: Stage) -> Path:
    return stage.folder / "page.json"
