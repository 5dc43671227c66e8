"""What crash tests share: one nursery for all of them, a stage for each, and their tables at the end."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from tests.crash.bots import Nursery
from tests.crash.bots import nursery as opened_nursery
from tests.crash.ledger import Ledger
from tests.crash.stage import Stage, opened_stage

LEDGERS: Final = pytest.StashKey[list[Ledger]]()
SEED: Final = 20


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def nursery() -> AsyncIterator[Nursery]:
    """The imports of the bot take seconds; they are done once."""
    async with opened_nursery() as nursery:
        yield nursery


@pytest_asyncio.fixture(loop_scope="session")
async def stage(nursery: Nursery, tmp_path: Path) -> AsyncIterator[Stage]:
    """A sandbox and an empty database of its own; the bot has not been started."""
    async with opened_stage(nursery, tmp_path, SEED) as stage:
        yield stage


@pytest.fixture
def ledgers(pytestconfig: pytest.Config) -> list[Ledger]:
    """What is put here is shown at the end of the test run."""
    return pytestconfig.stash.setdefault(LEDGERS, [])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """The tables, whatever is captured."""
    for ledger in config.stash.get(LEDGERS, []):
        terminalreporter.section("crash run")
        for line in ledger.lines():
            terminalreporter.write_line(line)
