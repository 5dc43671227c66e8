"""A few ends of each kind, for every day; the full run is in test_crash.py."""

import pytest

from tests.crash.ledger import SIGKILL, SIGTERM, Ledger
from tests.crash.run import crash_run
from tests.crash.scenes import LOOP as THE_LOOP
from tests.crash.stage import Stage
from tests.crash.windows import ANY, LOOP, SENT, STEPPED, STORED, Moment
from tests.crash.workbench import WORKBENCH

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_bot_that_is_killed_in_every_window_loses_nothing(
    stage: Stage, ledgers: list[Ledger]
) -> None:
    windows = (STORED, STEPPED, SENT, LOOP)
    moments = [Moment(SIGKILL, window) for window in windows] + [Moment(SIGTERM, ANY)]

    ledger = await crash_run(stage, "A short crash run", moments, customers=12, scenes=THE_LOOP)
    ledgers.append(ledger)

    assert [end.code for end in ledger.ends] == [-9, -9, -9, -9, 0]
    assert ledger.lost_nothing()


async def test_a_bot_that_is_killed_at_the_workbench_loses_nothing(
    stage: Stage, ledgers: list[Ledger]
) -> None:
    windows = (SENT, ANY, STEPPED, ANY, LOOP, STORED)
    moments = [Moment(SIGKILL, window) for window in windows]

    ledger = await crash_run(
        stage, "A short crash run at the workbench", moments, customers=10, scenes=WORKBENCH
    )
    ledgers.append(ledger)

    assert ledger.lost_nothing()
    assert ledger.load["gifts chosen"] + ledger.load["codes redeemed"] > 0
