"""Backups while people talk to the bot, and going on from one on another machine."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.health import judge
from storage.backup import Backup, listing, make
from storage.restore import Restored, Where, restore
from tests.world import FRIDAY_NOON, World, opened_world


@pytest.fixture
async def backing_up(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path, backup_dir=tmp_path / "backups", backup_keep=2) as world:
        await world.staffed()
        yield world
        await world.nothing_is_wrong()


async def nights(world: World) -> list[datetime]:
    await world.app.nightly.look()
    assert world.settings.backup_dir is not None
    return [backup.made_at for backup in listing(world.settings.backup_dir)]


async def test_a_backup_is_made_once_a_night_and_the_newest_are_kept(backing_up: World) -> None:
    first = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # none was there yet
    four = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)  # 4:00 in Moscow

    made = await nights(backing_up)
    backing_up.clock.push(four - timedelta(minutes=1) - FRIDAY_NOON)
    before_four = await nights(backing_up)
    backing_up.clock.push(timedelta(minutes=1))
    at_four = await nights(backing_up)
    backing_up.clock.push(timedelta(hours=23, minutes=59))
    all_day = await nights(backing_up)
    backing_up.clock.push(timedelta(days=1))
    next_night = await nights(backing_up)

    assert made == before_four == [first]
    assert at_four == all_day == [four, first]
    assert next_night == [backing_up.clock.now(), four]


async def test_the_age_of_the_last_backup_is_seen(backing_up: World) -> None:
    await nights(backing_up)
    backing_up.clock.push(timedelta(hours=7))
    young = await backing_up.app.health()
    backing_up.clock.push(timedelta(hours=30))
    old = await backing_up.app.health()

    assert (young.backup, young.backup_age_s, judge(young).notices) == ("ok", 7 * 3600, ())
    assert judge(old).notices == ("the last backup is older than a day and a half",)


async def test_the_owner_hears_of_a_failure_once_a_day_and_of_nothing_when_it_works_again(
    backing_up: World, tmp_path: Path
) -> None:
    backing_up.expected_errors = {"backup_failed"}
    folder = tmp_path / "backups"
    folder.write_text("a file where the folder should be")

    for _ in range(3):
        await backing_up.app.nightly.look()
        backing_up.clock.push(timedelta(minutes=61))
    await backing_up.settle()
    told = (await backing_up.people["Лев"].was_told())[-2:]
    failed = await backing_up.app.health()
    folder.unlink()
    made = await nights(backing_up)

    assert told[0] != told[1] == "owner.backup_failed"
    assert judge(failed).notices == ("the night's backup failed: `zabota backup` says why",)
    assert len(made) == 1
    assert (await backing_up.app.health()).backup == "ok"


# ---- another machine --------------------------------------------------------------------------


def backup_of(world: World) -> Backup:
    made, _ = make(
        world.settings.database_path,
        world.folder / "backups",
        world.clock.now(),
        why="by-hand",
        version="0.1.0",
    )
    return made


async def moved(world: World, backup: Backup, folder: Path) -> Restored:
    """The bot stops here, and starts elsewhere from the backup."""
    await world.stop()
    database = folder / "zabota.db"
    done = restore(backup.path, Where(database), world.clock.now(), erase=lambda _conn, _since: 0)
    world.settings = world.settings.model_copy(update={"database_url": f"sqlite:///{database}"})
    await world.reopen()
    return done


async def test_the_bot_goes_on_on_another_machine(world: World, tmp_path: Path) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    boris = await world.complaint("Было холодно", name="Борис")
    await guzel.replies("Простите нас", to=(await world.cards())[0])
    await world.passes(seconds=11)
    await guzel.taps_on((await world.cards())[0], "Решено", chat=world.group)

    await moved(world, backup_of(world), tmp_path / "there")
    await guzel.taps_on((await world.cards())[1], "🎁 Уход", chat=world.group)
    await world.passes(days=2)
    await anna.taps("Да")
    dana = await world.complaint("Опоздали", name="Дана")

    assert (await anna.was_told())[3:] == [
        "Простите нас\n\nГузель, администратор",
        "check.2d",
        "check.ok",
    ]
    assert "offer.single" in await boris.was_told()
    assert (await dana.was_told())[-1] == "ack.unassigned"
    assert len(await world.cards()) == 3
    assert "owner.restored" in await world.people["Лев"].was_told()


async def test_a_letter_that_left_after_the_backup_is_not_sent_again(
    world: World, tmp_path: Path
) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await guzel.replies("Простите нас", to=await world.card())
    backup = backup_of(world)  # the reply is held still
    await world.passes(seconds=11)

    world.expected_parked = 1
    done = await moved(world, backup, tmp_path / "there")
    await world.passes(minutes=5)

    assert (await anna.was_told()).count("Простите нас\n\nГузель, администратор") == 1
    assert done.aside.letters == 1
    assert [row.what for row in await world.parked()] == ["sendMessage"]


async def test_what_the_lost_bot_has_heard_is_gone_and_the_restored_one_hears_on(
    world: World, tmp_path: Path
) -> None:
    anna = await world.complaint("Ждала сорок минут")
    backup = backup_of(world)
    await world.stop()
    await world.control.send(anna.id, "Вы ещё здесь?")
    await world.reopen()  # it is heard once by the bot that is lost

    await moved(world, backup, tmp_path / "there")
    await anna.writes("Ау")

    assert (await world.card_lines())[4:6] == ["Ждала сорок минут", "Ау"]
