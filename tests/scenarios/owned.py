"""A world whose owner has a folder of their own; what stands in it, and what is sent back and forth."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.content import write_preset
from bot.sandbox.control import medium
from bot.sandbox.views import MessageView
from tests.someone import Someone
from tests.world import World, opened_world


@asynccontextmanager
async def owned_world(tmp_path: Path) -> AsyncIterator[World]:
    """A staffed salon on a folder that the bot may write."""
    write_preset("salon", tmp_path / "content")
    async with opened_world(tmp_path, content_dir=tmp_path / "content") as world:
        await world.staffed()
        yield world
        await world.nothing_is_wrong()


def written(world: World, name: str) -> str:
    """A file of the folder as it stands on disk."""
    assert world.settings.content_dir is not None
    return (world.settings.content_dir / name).read_text("utf-8")


async def last(person: Someone) -> MessageView:
    """What the bot has said to this person last."""
    return (await person.sees())[-1]


async def sends_file(person: Someone, name: str, content: bytes) -> None:
    """Sends a document under that name."""
    await person.writes(medium=medium("document", content, file_name=name))
