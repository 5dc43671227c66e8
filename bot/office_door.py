"""How a command comes to an office: the running bot's, or its own while it holds the database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.content import ContentProblems, judge_files
from bot.logs import set_up_logs
from bot.office import Office
from bot.office_wire import RemoteOffice
from bot.settings import LocalSettings
from bot.socket import NobodyThere, ask, socket_path
from flows.book import Content

AnyOffice = Office | RemoteOffice


@asynccontextmanager
async def any_office(settings: LocalSettings) -> AsyncIterator[AnyOffice]:
    """The running bot's office, else one of our own; raises the problems of both.

    A bot that is just starting holds the database and does not listen yet: DatabaseInUse.
    """
    remote = await running_office(settings)
    if remote is not None:
        yield remote
        return
    from bot.own_office import own_office  # noqa: PLC0415  (aiogram: seconds, when a bot runs)

    set_up_logs(settings.log_format, "ERROR", settings.time_zone)
    async with own_office(settings) as office:
        yield office


async def content_in_force(office: AnyOffice) -> Content:
    """What the office works with; ContentProblems when this program cannot read what that one runs."""
    judgement = judge_files(await office.files()).judgement
    if judgement.content is None:
        raise ContentProblems(judgement)
    return judgement.content


async def running_office(settings: LocalSettings) -> RemoteOffice | None:
    """The office of the bot that runs on this database; None when none does."""
    path = socket_path(settings.database_path)
    try:
        await ask(path, "parked")
    except NobodyThere:
        return None
    return RemoteOffice(path)
