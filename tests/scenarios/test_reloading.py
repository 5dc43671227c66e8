"""The owner's folder is edited while the bot works: good content takes over, bad content changes nothing."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.content import ContentProblems, write_preset
from bot.folder_watch import REST
from bot.health import judge
from bot.office_door import content_in_force
from bot.office_wire import RemoteOffice, commands
from bot.socket import Server, socket_path
from tests.world import SECOND, World, opened_world

BUSINESS, GIFTS, TEXTS = "business.yaml", "gifts.yaml", "texts/ru.yaml"
BAD_HOURS = ('hours: "10:00-21:00"', 'hours: "10:00-25:00"')
REPORT = (
    "business.yaml:{line}: branches.bauman.hours: «25:00» — это не время суток; "
    "оно идёт от 0:00 до 24:00"
)


@dataclass(slots=True)
class Shop:
    """A world whose content stands in a folder."""

    world: World
    folder: Path

    def saves(self, file: str, before: str, after: str) -> int:
        """Replace words in a file; the line they stand on."""
        path = self.folder / file
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), "utf-8")
        return text[: text.index(before)].count("\n") + 1

    async def is_looked_at(self, after: timedelta = REST) -> None:
        """The bot looks at the folder now, and again when it has had time to rest."""
        await self.world.app.reloader.look()
        self.world.clock.push(after)
        await self.world.app.reloader.look()
        await self.world.settle()

    async def owner_told(self) -> list[str]:
        """What Лев was told since everybody is at work, by key."""
        return (await self.world.people["Лев"].was_told())[self.before :]

    async def owner_heard(self) -> str:
        return (await self.world.people["Лев"].heard())[-1]

    before: int = 0


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """The salon with its content in a folder, an owner and a group; the folder has been looked at."""
    folder = tmp_path / "content"
    write_preset("salon", folder)
    async with opened_world(tmp_path, content_dir=folder) as world:
        await world.staffed()
        shop = Shop(world, folder)
        await shop.is_looked_at()
        shop.before = len(await shop.owner_told())
        yield shop
        await world.nothing_is_wrong()


async def test_a_changed_file_takes_over_by_itself_and_the_owner_hears_which(shop: Shop) -> None:
    anna = await shop.world.person("Анна")
    shop.saves(TEXTS, "Здравствуйте! Это «{brand}»", "Привет! Это «{brand}»")
    shop.saves(GIFTS, "value: 700", "value: 900")

    await shop.is_looked_at()
    await anna.starts()

    assert await shop.owner_told() == ["owner.reload.done"]
    assert (await shop.owner_heard()).split("\n")[0].endswith("gifts.yaml, texts/ru.yaml.")
    assert shop.world.app.desk.content.catalogue.offers[2].value == 90_000


async def test_a_file_that_is_still_being_saved_is_not_judged(shop: Shop) -> None:
    shop.saves(BUSINESS, *BAD_HOURS)

    await shop.is_looked_at(after=REST - SECOND)
    shop.saves(BUSINESS, *reversed(BAD_HOURS))
    await shop.is_looked_at()

    assert await shop.owner_told() == []


async def test_bad_content_changes_nothing_and_is_told_once(shop: Shop) -> None:
    anna = await shop.world.person("Анна")
    line = shop.saves(BUSINESS, *BAD_HOURS)
    shop.saves(TEXTS, "Спасибо! Хотите передать", "Ура! Хотите передать")

    await shop.is_looked_at()
    (shop.folder / BUSINESS).touch()
    await shop.is_looked_at()
    await anna.starts("b_bauman")
    await anna.taps("5 ·")

    assert await shop.owner_told() == ["owner.reload.bad"]
    assert (await shop.owner_heard()).split("\n")[2] == REPORT.format(line=line)
    assert (await anna.heard())[-1].startswith("Спасибо! Хотите передать")


async def test_another_mistake_is_told_again_and_mending_them_too(shop: Shop) -> None:
    shop.saves(BUSINESS, *BAD_HOURS)
    await shop.is_looked_at()
    shop.saves(GIFTS, "value: 700", "value: много")
    await shop.is_looked_at()
    shop.saves(GIFTS, "value: много", "value: 700")
    shop.saves(BUSINESS, *reversed(BAD_HOURS))

    await shop.is_looked_at()

    assert await shop.owner_told() == [
        "owner.reload.bad",
        "owner.reload.bad",
        "owner.reload.mended",
    ]


async def test_more_mistakes_than_fit_are_counted(shop: Shop) -> None:
    gifts = shop.folder / GIFTS
    broken = gifts.read_text("utf-8").replace("sev: [", "seev: [").replace("title:", "titel:")
    gifts.write_text(broken, "utf-8")

    await shop.is_looked_at()

    heard = await shop.owner_heard()
    assert len(heard) < 4096
    assert heard.split("\n\n")[-2].startswith("И ещё ")


async def test_the_owner_asks_and_is_answered_every_time(shop: Shop) -> None:
    lev = shop.world.people["Лев"]

    await lev.writes("/reload")
    shop.saves(BUSINESS, *BAD_HOURS)
    await lev.writes("/reload")
    await lev.writes("/reload")
    shop.saves(BUSINESS, "10:00-25:00", "10:00-22:00")
    await lev.writes("/reload")

    assert await shop.owner_told() == [
        "owner.reload.same",
        "owner.reload.bad",
        "owner.reload.bad",
        "owner.reload.done",
    ]


async def test_nobody_but_the_owner_has_the_folder_read(shop: Shop) -> None:
    anna, guzel = await shop.world.person("Анна"), shop.world.people["Гузель"]
    shop.saves(TEXTS, "Спасибо! Хотите передать", "Ура! Хотите передать")

    await anna.writes("/reload")
    await guzel.writes("/reload")

    assert ((await anna.was_told())[-1], (await guzel.was_told())[-1]) == ("help", "owner.only")
    assert await shop.owner_told() == []


async def test_an_answer_that_is_owed_outlives_a_kill(shop: Shop) -> None:
    lev, world = shop.world.people["Лев"], shop.world
    await world.stop()
    await world.control.send(lev.id, "/reload")
    await world.reopen()

    assert await shop.owner_told() == ["owner.reload.same"]


async def test_a_begun_conversation_keeps_its_words_and_a_new_one_has_the_new(shop: Shop) -> None:
    anna, dana = await shop.world.person("Анна"), await shop.world.person("Дана")
    await anna.starts("b_bauman")
    shop.saves(TEXTS, "Спасибо! Хотите передать", "Ура! Хотите передать")

    await shop.is_looked_at()
    await anna.taps("5 ·")
    await dana.starts("b_bauman")
    await dana.taps("5 ·")
    await shop.world.restart()

    assert (await anna.heard())[-1].startswith("Спасибо! Хотите передать")
    assert (await dana.heard())[-1].startswith("Ура! Хотите передать")


async def test_a_changed_menu_is_told_to_telegram(shop: Shop) -> None:
    shop.saves(TEXTS, 'command.help: "Что можно сделать"', 'command.help: "Помощь"')

    await shop.is_looked_at()

    menus = shop.world.sandbox.world.bot_with(
        shop.world.settings.bot_token.get_secret_value()
    ).commands
    changed = [
        json.loads(scope)["type"]
        for (scope, _), commands in menus.items()
        if any(each["description"] == "Помощь" for each in commands)
    ]
    assert sorted(changed) == ["all_private_chats", *["chat"] * len(shop.world.people)]


async def test_a_restart_with_a_bad_folder_goes_on_with_what_ran_before(shop: Shop) -> None:
    anna, world = await shop.world.person("Анна"), shop.world
    shop.saves(TEXTS, "Спасибо! Хотите передать", "Ура! Хотите передать")
    await shop.is_looked_at()
    shop.saves(BUSINESS, *BAD_HOURS)
    world.expected_errors = {"content_bad_at_start"}

    await world.restart()
    await world.restart()
    await shop.is_looked_at()
    await anna.starts("b_bauman")
    await anna.taps("5 ·")

    assert await shop.owner_told() == ["owner.reload.done", "owner.reload.kept"]
    assert (await anna.heard())[-1].startswith("Ура! Хотите передать")


async def test_health_knows_of_the_mistakes_and_of_the_revision(shop: Shop) -> None:
    before = await shop.world.app.health()
    shop.saves(BUSINESS, *BAD_HOURS)
    await shop.is_looked_at()

    after = await shop.world.app.health()

    assert (before.content, before.content_mistakes) == (after.content, 0)
    assert judge(after).notices == (
        "the content folder has mistakes (1): see `zabota check`; "
        "the bot works with what it had before",
    )


async def test_a_first_start_with_a_bad_folder_is_refused_with_the_list(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    write_preset("salon", folder)
    (folder / GIFTS).unlink()

    with pytest.raises(ContentProblems) as refused:
        async with opened_world(tmp_path, content_dir=folder):
            pass

    assert str(refused.value) == "gifts.yaml: файла нет"


async def test_the_office_has_the_folder_read_too(shop: Shop) -> None:
    path = socket_path(shop.world.settings.database_path)
    async with Server(path, commands(shop.world.app.office), ()):
        office = RemoteOffice(path)
        same = await office.reload()
        line = shop.saves(BUSINESS, *BAD_HOURS)
        bad = await office.reload("ru")
        shop.saves(BUSINESS, "10:00-25:00", "10:00-22:00")
        good = await office.reload()
    await shop.world.settle()

    assert (same.outcome, good.outcome, good.changed) == ("same", "taken", (BUSINESS,))
    assert (bad.outcome, bad.lines) == ("bad", (REPORT.format(line=line),))
    assert await shop.owner_told() == ["owner.reload.bad", "owner.reload.done"]


async def test_what_was_changed_in_telegram_is_no_news_to_whoever_watches_the_folder(
    shop: Shop,
) -> None:
    lev = shop.world.people["Лев"]
    await lev.writes("/texts")
    await lev.taps("Ответ на 4")
    await lev.writes("Спасибо! Чего не хватило?")
    await lev.taps("Сохранить")
    told = await shop.owner_told()

    await shop.is_looked_at()

    assert await shop.owner_told() == told
    assert shop.world.app.reloader.mistakes == 0


async def test_a_half_edited_folder_does_not_stop_an_import(shop: Shop) -> None:
    path = socket_path(shop.world.settings.database_path)
    shop.saves(BUSINESS, *BAD_HOURS)

    async with Server(path, commands(shop.world.app.office), ()):
        content = await content_in_force(RemoteOffice(path))

    assert [branch.id for branch in content.business.branches] == ["bauman"]
