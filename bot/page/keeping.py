"""What a kept folder remembers of a play beside the bot's own database: the clock, the people, the chats."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.sandbox import keeping
from bot.sandbox.shapes import JsonObject
from flows.people import PersonState

if TYPE_CHECKING:
    from bot.page.stage import Stage


# A page that was killed has numbered messages and updates after it had last written them down.
_UNWRITTEN: Final = 1000


def kept_in(folder: Path) -> JsonObject | None:
    """What the last play in this folder left; None for a new one, and for one without a database."""
    if not _file(folder).exists() or not (folder / "zabota.db").exists():
        return None
    told: JsonObject = json.loads(_file(folder).read_text(encoding="utf-8"))
    return told


def next_message(told: JsonObject) -> int:
    """A number that no message of that play had: the bot remembers them."""
    return keeping.next_message(told["world"]) + _UNWRITTEN


def recall(stage: Stage, told: JsonObject) -> bool:
    """Go on from where the folder was left; False when the business still has to be set up."""
    then = datetime.fromtimestamp(told["now_ms"] / 1000, UTC)
    if then > stage.clock.now():
        stage.clock.push(then - stage.clock.now())
    world = told["world"]
    keeping.read(stage.world, stage.bot, world | {"next_update": world["next_update"] + _UNWRITTEN})
    stage.customers, stage.staff, stage.group = told["customers"], told["staff"], told["group"]
    stage.seen = stage.window.look()
    roster = stage.seen.roster if stage.seen else ()
    approved = {each.tg_id for each in roster if each.state is PersonState.APPROVED}
    stage.ready = approved.issuperset(stage.staff)
    stage.changed()
    return stage.ready


def keep(stage: Stage) -> None:
    """Write down what `recall` needs; a play that was never ready is no beginning."""
    if not stage.ready:
        return
    told: JsonObject = {
        "now_ms": stage.now_ms(),
        "customers": stage.customers,
        "staff": stage.staff,
        "group": stage.group,
        "world": keeping.written(stage.world, stage.bot),
    }
    half = _file(stage.folder).with_suffix(".partial")
    half.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    half.replace(_file(stage.folder))


def _file(folder: Path) -> Path:
    return folder / "page.json"
