"""The first start after a restore: whoever owns the bot hears what it does not remember. Restoring is in storage/."""

from datetime import datetime
from functools import partial

from bot.clock import Clock
from bot.desk import Desk
from bot.turn import Turns
from flows.events import TroubleNoticed
from storage.after_restore import RESTORED
from storage.db import Connection, Database
from storage.tx import Tx


async def tell_restored(turns: Turns, database: Database, desk: Desk, clock: Clock) -> None:
    """Once, in the transaction that forgets that it has to be told."""
    since = await database.transact(partial(_restored_from, clock=clock))
    if since is not None:
        zone = desk.content.business.branches[0].zone
        said = f"{since.astimezone(zone):%d.%m.%Y %H:%M}"
        await turns.soon(_claim, TroubleNoticed("owner.restored", (("backup_at", said),)))


def _restored_from(conn: Connection, clock: Clock) -> datetime | None:
    said = Tx(conn, clock.now()).setting(RESTORED)
    return datetime.fromisoformat(said) if said else None


def _claim(tx: Tx) -> bool:
    told = bool(tx.setting(RESTORED))
    tx.set_setting(RESTORED, "")
    return told
