"""The office does what is asked at a terminal, inside the bot and alone, and says the same."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.clock import PushedClock
from bot.content import Books, load_content
from bot.desk import Desk
from bot.health import HealthReport
from bot.links import Links
from bot.office import PORTION, ImportedVisit, Office, OfficeProblem, ParkedRow
from bot.office_door import AnyOffice, any_office
from bot.office_wire import RemoteOffice, commands
from bot.settings import LocalSettings
from bot.socket import Server, SocketProblem, socket_path
from bot.turn import Turns
from flows.effects import SetTimer
from flows.events import Event, TimerKind, TroubleNoticed, VisitEnded
from flows.facts import Tokens
from handlers.visits_csv import VisitRow
from storage import inbox, timers, visits
from storage.db import Connection, Database
from storage.parked import Parked
from storage.tx import Tx
from tests.databases import new_database

NOON = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
ROW = VisitRow("crm-1", NOON, "main", "Стрижка", None, "Дана", None, 250_000, "RUB", None)
WELL = HealthReport(poll_age_s=1.0, tick_age_s=0.5)


class _Stage:
    """One database, and an office on it; `broken` makes routing fail."""

    def __init__(self, database: Database, turns: type[Turns] = Turns) -> None:
        self.database = database
        self.broken = False
        self.routed: list[dict[str, Any]] = []
        self.woken: list[str] = []
        content = load_content()
        tokens = iter(f"t{number}" for number in range(10_000))
        desk = Desk(
            content,
            Books(content.book),
            Tokens("own", "join", "group"),
            "lana_bot",
            token=lambda: next(tokens),
        )
        clock = PushedClock(NOON)
        self.turns = turns(database, desk, clock)
        self.turns.on_calls = partial(self.woken.append, "calls")
        self.office = Office(
            database, self.turns, desk, clock, event_of=self._event_of, health=self._health
        )

    async def _event_of(self, update: dict[str, Any]) -> Event:
        if self.broken:
            raise KeyError("Ждала сорок минут")
        self.routed.append(update)
        return TroubleNoticed("staff.parked", (("parked_no", "1"),))

    async def _health(self) -> HealthReport:
        return WELL

    async def park(self) -> None:
        """An update and a timer, as if both had failed."""

        def write(conn: Connection) -> None:
            inbox.store(conn, 1, [(10, 501, '{"update_id": 10}')], NOON)
            inbox.park(conn, 1, "KeyError")
            Tx(conn, NOON).set_timer(SetTimer("ask:7", TimerKind.ASK, NOON))
            timers.park(conn, "ask:7", "ValueError")

        await self.database.transact(write)


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    yield
    structlog.reset_defaults()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[_Stage]:
    database = await Database.open(new_database(tmp_path))
    yield _Stage(database)
    await database.close()


@asynccontextmanager
async def asked(stage: _Stage, tmp_path: Path, *, remote: bool) -> AsyncIterator[AnyOffice]:
    """The office itself, or the same one over a socket."""
    if not remote:
        yield stage.office
        return
    path = tmp_path / "z.sock"
    async with Server(path, commands(stage.office), problems=(OfficeProblem,)):
        yield RemoteOffice(path)


BOTH = pytest.mark.parametrize("remote", [False, True], ids=["alone", "over the socket"])


@BOTH
async def test_visits_are_taken_in_once(stage: _Stage, tmp_path: Path, remote: bool) -> None:
    rows = [ROW, replace(ROW, ext_id="crm-2", phone="+79990000001")]

    async with asked(stage, tmp_path, remote=remote) as office:
        first = await office.import_visits(rows)
        again = await office.import_visits([rows[1], replace(ROW, ext_id="crm-3")])

    assert first == [ImportedVisit("crm-1", "new", "t0"), ImportedVisit("crm-2", "new", "t1")]
    assert again == [ImportedVisit("crm-2", "known", "t1"), ImportedVisit("crm-3", "new", "t3")]


async def test_a_visit_keeps_what_the_file_said(stage: _Stage) -> None:
    await stage.office.import_visits([ROW])

    visit = await stage.database.transact(partial(visits.by_ext_id, ext_id="csv:crm-1"))

    assert visit is not None
    assert (visit.source, visit.ended_at, visit.service) == ("csv", NOON, "Стрижка")


async def test_two_imports_at_once_agree_on_the_link(stage: _Stage) -> None:
    first, second = await asyncio.gather(
        stage.office.import_visits([ROW]), stage.office.import_visits([ROW])
    )

    assert sorted(v.state for v in (*first, *second)) == ["known", "new"]
    assert first[0].token == second[0].token


@BOTH
async def test_too_many_at_once_are_refused(stage: _Stage, tmp_path: Path, remote: bool) -> None:
    rows = [replace(ROW, ext_id=str(number)) for number in range(PORTION + 1)]

    async with asked(stage, tmp_path, remote=remote) as office:
        with pytest.raises((OfficeProblem, SocketProblem)) as refused:
            await office.import_visits(rows)

    assert str(refused.value) == "At most 200 visits are taken at once."


class _FragileTurns(Turns):
    """Cannot bear the visit crm-2."""

    async def happened_all(self, events: Sequence[Event]) -> None:
        for event in events:
            self._look_at(event)
        await super().happened_all(events)

    async def happened(self, event: Event) -> None:
        self._look_at(event)
        await super().happened(event)

    def _look_at(self, event: Event) -> None:
        if isinstance(event, VisitEnded) and event.ext_id == "csv:crm-2":
            raise KeyError(event.ext_id)


async def test_a_row_nobody_can_bear_keeps_no_other_out(stage: _Stage) -> None:
    stage = _Stage(stage.database, _FragileTurns)

    done = await stage.office.import_visits(
        [replace(ROW, ext_id=ext_id) for ext_id in ("crm-1", "crm-2", "crm-3")]
    )

    assert [(visit.ext_id, visit.state) for visit in done] == [
        ("crm-1", "new"),
        ("crm-2", "refused"),
        ("crm-3", "new"),
    ]


@BOTH
async def test_what_is_parked_is_listed_and_shown(
    stage: _Stage, tmp_path: Path, remote: bool
) -> None:
    await stage.park()

    async with asked(stage, tmp_path, remote=remote) as office:
        listed = await office.parked()
        shown = [await office.show(which) for which in ("inbox:1", "1", "ask:7")]

    update = Parked("inbox", "1", "10", NOON, "KeyError")
    timer = Parked("timers", "ask:7", "ask", NOON, "ValueError")
    assert listed == [update, timer]
    assert shown == [
        ParkedRow(update, '{"update_id": 10}'),
        ParkedRow(update, '{"update_id": 10}'),
        ParkedRow(timer, ""),
    ]


@BOTH
async def test_what_is_parked_goes_once_more(stage: _Stage, tmp_path: Path, remote: bool) -> None:
    await stage.park()

    async with asked(stage, tmp_path, remote=remote) as office:
        await office.replay("inbox:1")
        await office.replay("timers:ask:7")
        left = await office.parked()

    assert left == []
    assert stage.routed == [{"update_id": 10}]
    assert "calls" in stage.woken


@BOTH
async def test_what_fails_again_stays_parked(stage: _Stage, tmp_path: Path, remote: bool) -> None:
    await stage.park()
    stage.broken = True

    async with asked(stage, tmp_path, remote=remote) as office:
        with pytest.raises((OfficeProblem, SocketProblem)) as refused:
            await office.replay("inbox:1")
        listed = await office.parked()

    assert str(refused.value) == "Update 1 failed again (KeyError): it stays parked."
    assert [row.ref for row in listed] == ["1", "ask:7"]


@BOTH
async def test_what_is_dropped_is_gone(stage: _Stage, tmp_path: Path, remote: bool) -> None:
    await stage.park()

    async with asked(stage, tmp_path, remote=remote) as office:
        await office.drop("inbox:1")
        await office.drop("ask:7")

        assert await office.parked() == []
        with pytest.raises((OfficeProblem, SocketProblem)) as refused:
            await office.drop("inbox:1")

    assert str(refused.value) == "Nothing is parked as inbox:1: `zabota parked` lists what is."
    assert stage.routed == []


@BOTH
async def test_links_and_health_are_told(stage: _Stage, tmp_path: Path, remote: bool) -> None:
    async with asked(stage, tmp_path, remote=remote) as office:
        told = await office.links(), await office.status()

    assert told == (Links("lana_bot", Tokens("own", "join", "group")), WELL)


async def test_a_command_comes_to_the_running_bot(tmp_path: Path) -> None:
    settings = LocalSettings(_env_file=None, database_url=f"sqlite:///{new_database(tmp_path)}")
    database = await Database.open(settings.database_url)
    stage = _Stage(database)

    async with (
        Server(socket_path(settings.database_path), commands(stage.office)),
        any_office(settings) as office,
    ):
        done = await office.import_visits([ROW])
    await database.close()

    assert isinstance(office, RemoteOffice)
    assert done == [ImportedVisit("crm-1", "new", "t0")]


async def test_a_command_works_alone_when_no_bot_runs(tmp_path: Path) -> None:
    settings = LocalSettings(_env_file=None, database_url=f"sqlite:///{new_database(tmp_path)}")

    async with any_office(settings) as office:
        done = await office.import_visits([ROW])
        links = await office.links()
    async with any_office(settings) as office:
        again = await office.import_visits([ROW])
        links_again = await office.links()

    assert isinstance(office, Office)
    assert (done[0].state, again[0].state) == ("new", "known")
    assert done[0].token == again[0].token
    assert links == links_again
