"""The full crash run: the real process is ended again and again, under load and with faults on."""

import pytest

from tests.crash.ledger import SIGKILL, SIGTERM, Ledger
from tests.crash.run import crash_run
from tests.crash.stage import GRACE_S, Stage
from tests.crash.windows import ANY, LOOP, WINDOWS, Moment

pytestmark = [pytest.mark.long, pytest.mark.asyncio(loop_scope="session")]

_KILLS = 12  # in each window
_STOPS = 12
_LOOPS = 12
_BY_COMMAND = 12  # every so many starts the command itself is taken: its imports cost seconds
_EXIT_S = 3.0  # for what comes behind the grace time: closing the database and the network


async def test_no_end_of_the_process_loses_or_doubles_anything(
    stage: Stage, ledgers: list[Ledger]
) -> None:
    kills = [(SIGKILL, window) for _ in range(_KILLS) for window in WINDOWS]
    ends = [*kills, *[(SIGTERM, ANY)] * _STOPS]
    moments = [
        Moment(how, window, by_command=number % _BY_COMMAND == 0)
        for number, (how, window) in enumerate(ends)
    ]

    ledger = await crash_run(stage, "The crash run", moments, customers=30)
    ledgers.append(ledger)

    stops = [end for end in ledger.ends if end.how == SIGTERM]
    assert ledger.lost_nothing()
    assert [window for window in WINDOWS if len(ledger.hits(SIGKILL, window)) < 5] == []
    assert sum(len(ledger.hits(SIGKILL, window)) for window in WINDOWS) >= 30
    assert [end.code for end in stops] == [0] * _STOPS
    assert [end.took_s for end in stops if end.took_s > GRACE_S + _EXIT_S] == []


async def test_a_crash_loop_loses_nothing(stage: Stage, ledgers: list[Ledger]) -> None:
    moments = [Moment(SIGKILL, LOOP)] * _LOOPS

    ledger = await crash_run(stage, "A crash loop", moments, customers=16)
    ledgers.append(ledger)

    assert ledger.lost_nothing()
    assert len(ledger.hits(SIGKILL, LOOP)) >= 10
