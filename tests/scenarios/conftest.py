"""A world for each scenario, with its people in place; what must hold at the end of every one is checked."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.world import World, opened_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A salon with an owner, a manager, an administrator and their group; nobody has complained yet."""
    async with opened_world(tmp_path) as world:
        await world.staffed()
        yield world
        await world.nothing_is_wrong()
