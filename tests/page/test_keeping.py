"""A play that is kept in a folder: written down while it goes on, and taken up where numbers cannot repeat."""

import asyncio
from contextlib import suppress
from pathlib import Path

from bot.content import write_preset
from bot.page.child import Child, settings_of
from bot.page.keeping import keep, kept_in, next_message, recall
from bot.page.setting_up import make_people
from bot.page.stage import opened_stage
from bot.page.watching import watch_keeping


async def test_a_page_that_is_killed_has_written_down_the_play(tmp_path: Path) -> None:
    write_preset("salon", tmp_path / "content")
    (tmp_path / "zabota.db").touch()
    child = Child(tmp_path, settings_of(tmp_path, "http://127.0.0.1:1"))
    async with opened_stage(tmp_path, "salon", child, 0) as stage:
        make_people(stage)
        stage.ready = True

        with suppress(TimeoutError):
            async with asyncio.timeout(0):  # once round: nobody says goodbye when it is killed
                await watch_keeping(stage)

        told = kept_in(tmp_path)

        assert told is not None
        assert told["customers"] == stage.customers


async def test_what_was_numbered_after_that_is_numbered_only_once(tmp_path: Path) -> None:
    write_preset("salon", tmp_path / "content")
    (tmp_path / "zabota.db").touch()
    child = Child(tmp_path, settings_of(tmp_path, "http://127.0.0.1:1"))
    async with opened_stage(tmp_path, "salon", child, 0) as stage:
        make_people(stage)
        stage.ready = True
        keep(stage)
        next_update = stage.bot.queue.next_id
    told = kept_in(tmp_path)
    assert told is not None

    async with opened_stage(tmp_path, "salon", child, 0, next_message(told)) as again:
        recall(again, told)

        assert again.bot.queue.next_id == next_update + 1000
        assert next_message(told) > 1000
