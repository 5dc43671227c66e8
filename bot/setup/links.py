"""What a set-up leaves in the database and reads from it: who the bot is, the links, the owner."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.clock import SystemClock
from bot.content import load_content
from bot.desk import link_token
from bot.links import Links, standing_tokens
from bot.office_door import running_office
from bot.settings import LocalSettings
from bot.staff_state import StaffState, staff_state
from storage.db import Connection, Database
from storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Standing:
    """The links that stand for good, and whose the bot is ("" for nobody's yet)."""

    links: Links
    owner_name: str


def remember_and_look(settings: LocalSettings, me: Mapping[str, Any]) -> Standing:
    """Keep what Telegram calls the bot, and read the rest; the running bot is asked instead."""
    return asyncio.run(_looked(settings, me))


async def _looked(settings: LocalSettings, me: Mapping[str, Any]) -> Standing:
    office = await running_office(settings)
    if office is not None:
        return _standing(await office.links(), await office.staff())
    content = load_content(settings.content_dir)

    def remember(conn: Connection) -> Standing:
        tx = Tx(conn, SystemClock().now())
        tx.set_setting("me", json.dumps(dict(me)))
        links = Links(str(me.get("username", "")), standing_tokens(tx, link_token))
        return _standing(links, staff_state(tx, content))

    database = await Database.open(settings.database_url)
    try:
        return await database.transact(remember)
    finally:
        await database.close()


def _standing(links: Links, staff: StaffState) -> Standing:
    return Standing(links, staff.owners[0].name if staff.owners else "")
