"""An office put together for one command, while no bot runs on the database; Telegram is not called."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.clock import SystemClock
from bot.content import Books
from bot.desk import Desk, link_token
from bot.forgetting import forget_again
from bot.kept_content import content_to_start_with
from bot.links import standing_tokens
from bot.office import Office
from bot.route import Route
from bot.settings import LocalSettings
from bot.turn import Turns
from flows.facts import Tokens
from storage.db import Connection, Database
from storage.tx import Tx


@asynccontextmanager
async def own_office(settings: LocalSettings) -> AsyncIterator[Office]:
    """An office on the database itself, without Telegram: what it writes goes out with the next start."""
    database = await Database.open(settings.database_url)
    try:
        await forget_again(database, SystemClock())
        me, tokens = await database.transact(_remembered)
        standing = await content_to_start_with(settings.content_dir, database)
        content, name = standing.content, str(me.get("username", ""))
        desk = Desk(content, Books(content.book), tokens, name, files=standing.runs.files)
        clock = SystemClock()
        turns = Turns(database, desk, clock)
        yield Office(database, turns, desk, clock, event_of=Route(me).event_of)
    finally:
        await database.close()


def _remembered(conn: Connection) -> tuple[dict[str, Any], Tokens]:
    """Who the bot was at its last start, and the secrets of its links."""
    tx = Tx(conn, SystemClock().now())
    me = tx.setting("me")
    nobody = {"id": 0, "is_bot": True, "first_name": ""}
    return (json.loads(me) if me else nobody), standing_tokens(tx, link_token)
