"""The office over the socket: the same questions as JSON, on both sides. Nothing is done here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.health import HealthReport, as_json, from_json
from bot.links import Links
from bot.office import ErasedPerson, ImportedVisit, Office, ParkedRow, ReloadReport
from bot.socket import Command, ask
from bot.staff_state import StaffState
from flows.facts import Tokens
from handlers.visits_csv import VisitRow
from storage.parked import Parked

Said = dict[str, Any]


def commands(office: Office) -> Mapping[str, Command]:
    """What `bot.socket.Server` answers."""

    async def import_visits(asked: Said) -> Said:
        rows = [_row(said) for said in asked["rows"]]
        return {"visits": [asdict(visit) for visit in await office.import_visits(rows)]}

    async def parked(_: Said) -> Said:
        return {"rows": [_parked_out(row) for row in await office.parked()]}

    async def show(asked: Said) -> Said:
        shown = await office.show(asked["which"])
        return {"row": _parked_out(shown.row), "contents": shown.contents}

    async def replay(asked: Said) -> Said:
        return {"row": _parked_out(await office.replay(asked["which"]))}

    async def drop(asked: Said) -> Said:
        return {"row": _parked_out(await office.drop(asked["which"]))}

    async def erase(asked: Said) -> Said:
        return asdict(await office.erase(asked["who"]))

    async def links(_: Said) -> Said:
        return asdict(await office.links())

    async def staff(_: Said) -> Said:
        return (await office.staff()).as_json()

    async def status(_: Said) -> Said:
        return as_json(await office.status())

    async def files(_: Said) -> Said:
        return {"files": await office.files()}

    async def reload(asked: Said) -> Said:
        return asdict(await office.reload(asked.get("language", "")))

    return {
        "import_visits": import_visits,
        "parked": parked,
        "show": show,
        "replay": replay,
        "drop": drop,
        "erase": erase,
        "links": links,
        "staff": staff,
        "status": status,
        "files": files,
        "reload": reload,
    }


class RemoteOffice:
    """The office of the bot that listens at `path`; raises SocketProblem where `Office` refuses."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def import_visits(self, rows: Sequence[VisitRow]) -> list[ImportedVisit]:
        said = await self._ask("import_visits", rows=[_row_out(row) for row in rows])
        return [ImportedVisit(**visit) for visit in said["visits"]]

    async def parked(self) -> list[Parked]:
        return [_parked(row) for row in (await self._ask("parked"))["rows"]]

    async def show(self, which: str) -> ParkedRow:
        said = await self._ask("show", which=which)
        return ParkedRow(_parked(said["row"]), said["contents"])

    async def replay(self, which: str) -> Parked:
        return _parked((await self._ask("replay", which=which))["row"])

    async def drop(self, which: str) -> Parked:
        return _parked((await self._ask("drop", which=which))["row"])

    async def erase(self, who: str) -> ErasedPerson:
        return ErasedPerson(**await self._ask("erase", who=who))

    async def links(self) -> Links:
        said = await self._ask("links")
        return Links(said["bot_username"], Tokens(**said["tokens"]))

    async def staff(self) -> StaffState:
        return StaffState.from_json(await self._ask("staff"))

    async def status(self) -> HealthReport:
        return from_json(await self._ask("status"))

    async def files(self) -> dict[str, str]:
        return dict((await self._ask("files"))["files"])

    async def reload(self, language: str = "") -> ReloadReport:
        said = await self._ask("reload", language=language)
        return ReloadReport(said["outcome"], tuple(said["changed"]), tuple(said["lines"]))

    async def _ask(self, command: str, **args: Any) -> Said:
        return await ask(self._path, command, **args)


def _row_out(row: VisitRow) -> Said:
    arrived_at = row.arrived_at.isoformat() if row.arrived_at else None
    return {**asdict(row), "ended_at": row.ended_at.isoformat(), "arrived_at": arrived_at}


def _row(said: Said) -> VisitRow:
    times = {name: _moment(said.get(name)) for name in ("ended_at", "arrived_at")}
    return VisitRow(**{**said, **times})


def _moment(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _parked_out(row: Parked) -> Said:
    return {**row._asdict(), "at": row.at.isoformat()}


def _parked(said: Said) -> Parked:
    return Parked(**{**said, "at": datetime.fromisoformat(said["at"])})
