"""The first minutes in the chat: six questions, what is written of the answers, the group, the posters."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from bot.content import load_content, write_preset
from flows.book import Content
from tests.someone import Someone
from tests.world import World, opened_world

_MANAGER_LINK = "https://t.me/lana_bot?start=mgr_"


@asynccontextmanager
async def new_world(folder: Path) -> AsyncIterator[World]:
    """A bot that was just installed: content of its own, and nobody there yet."""
    write_preset("salon", folder / "content")
    async with opened_world(folder, content_dir=folder / "content") as world:
        yield world
        await world.nothing_is_wrong()


@pytest.fixture
async def new(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(tmp_path) as world:
        yield world


def written(world: World) -> Content:
    """The content as it stands on disk."""
    return load_content(world.settings.content_dir)


async def owner_of(world: World) -> Someone:
    """Лев opens the owner's link."""
    lev = await world.person("Лев")
    await lev.starts(f"own_{world.app.desk.tokens.owner}")
    return lev


async def answers(lev: Someone, manager: str = "Я") -> None:
    """Begins and answers everything."""
    await lev.taps("Начать")
    await lev.taps("Салон красоты")
    await lev.writes("«Мята»")
    await lev.writes("+7 843 111-11-11")
    await lev.writes("Пушкина, 12\nНа Баумана")
    await lev.writes("пн–пт 9–20, сб 10–18")
    await lev.taps(manager)
    await lev.taps("Пропустить")


async def binds(world: World, owner: Someone) -> None:
    """Chooses a group for the staff."""
    world.group = await world.control.add_group("Мята: смена", owner.id)
    await world.control.open_link(owner.id, world.group_link, group=world.group)
    await world.settle()


async def test_six_answers_a_group_and_the_posters_are_there(new: World) -> None:
    lev = await owner_of(new)

    await answers(lev)
    summary = (await lev.heard())[-1]
    await lev.taps("Всё верно")
    await binds(new, lev)

    assert await lev.was_told() == [
        "owner.hello",
        *(
            f"owner.ask.{step}"
            for step in ("preset", "brand", "phone", "branches", "hours", "manager")
        ),
        "owner.ask.reviews",
        "owner.summary",
        "owner.group",
        "owner.bound",
        "owner.group_for",
        "owner.qr",
        "owner.ready",
        "owner.examples",
    ]
    assert summary.split("\n")[1:] == [
        "Салон красоты, «Мята»",
        "Телефон: +7 843 111-11-11",
        "Где: Пушкина, 12, На Баумана",
        "Когда: по будням с 9 до 20, в субботу с 10 до 18",
        "Управляющий: Лев",
    ]
    business = written(new).business
    assert (business.brand, business.phone_duty) == ("Мята", "+7 843 111-11-11")
    assert [(b.id, b.name) for b in business.branches] == [
        ("bauman", "На Баумана"),
        ("pushkina_12", "Пушкина, 12"),
    ]


async def test_the_posters_lead_to_every_branch(new: World) -> None:
    lev = await owner_of(new)
    await answers(lev)
    await lev.taps("Всё верно")
    await binds(new, lev)

    await lev.writes("/qr")

    sent = [m for m in await lev.sees() if m.kind == "document"]
    assert [m.text for m in sent] == [sent[0].text] * 2
    file = await new.app.telegram.download(sent[-1].file_id or "")
    document = pypdfium2.PdfDocument(file)
    pictures = [page.render(scale=2).to_pil() for page in document]
    assert [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)] == [
        "https://t.me/lana_bot?start=b_bauman",
        "https://t.me/lana_bot?start=b_pushkina_12",
    ]
    document.close()


async def test_what_is_said_wrong_is_asked_again_with_an_example(new: World) -> None:
    lev = await owner_of(new)
    await lev.taps("Начать")
    await lev.taps("Салон красоты")

    await lev.writes("x" * 65)
    await lev.writes("Мята")
    await lev.writes("потом")
    await lev.writes("+7 843 111-11-11")
    await lev.writes("Тут\nТут")
    await lev.writes("Тут")
    await lev.writes("как пойдёт")
    await lev.taps("Ежедневно 10–21")
    await lev.writes("я")

    told = await lev.was_told()
    assert [key for key in told if key.startswith("owner.bad.")] == [
        "owner.bad.brand",
        "owner.bad.phone",
        "owner.bad.branches",
        "owner.bad.hours",
        "owner.bad.button",
    ]


async def test_another_number_at_night(new: World) -> None:
    lev = await owner_of(new)
    await lev.taps("Начать")
    await lev.taps("Салон красоты")
    await lev.writes("Мята")

    await lev.taps("Ночью другой номер")
    await lev.writes("+7 843 111-11-11")
    await lev.writes("+7 843 111-11-11\n+7 900 222-22-22")
    await lev.writes("Пушкина, 12")
    await lev.taps("Ежедневно 9–20")
    await lev.taps("Я")
    await lev.taps("Пропустить")
    await lev.taps("Всё верно")

    business = written(new).business
    assert (business.phone, business.phone_duty) == ("+7 843 111-11-11", "+7 900 222-22-22")
    assert "owner.bad.night" in await lev.was_told()


async def test_without_pages_with_reviews_the_example_of_the_preset_goes(new: World) -> None:
    lev = await owner_of(new)

    await answers(lev)
    await lev.taps("Всё верно")

    assert dict(written(new).business.review_pages) == {}


async def test_pages_with_reviews_are_asked_for_and_written(new: World) -> None:
    lev = await owner_of(new)
    await answers(lev)
    await lev.taps("Поправить")
    await lev.taps("Отзывы")
    await lev.writes("яндекс")
    await lev.writes("Яндекс Карты: https://yandex.ru/maps/1\nhttps://2gis.ru/kazan/2")
    summary = (await lev.heard())[-1]
    await lev.taps("Всё верно")
    assert "owner.bad.reviews" in await lev.was_told()
    assert summary.split("\n")[-1] == (
        "Отзывы: Яндекс Карты: https://yandex.ru/maps/1, https://2gis.ru/kazan/2"
    )
    assert dict(written(new).business.review_pages) == {
        "Яндекс Карты": "https://yandex.ru/maps/1",
        "2gis.ru": "https://2gis.ru/kazan/2",
    }


async def test_one_answer_is_corrected_and_the_others_stay(new: World) -> None:
    lev = await owner_of(new)
    await answers(lev)

    await lev.taps("Поправить")
    await lev.taps("Название")
    await lev.writes("Шалфей")
    await lev.taps("Всё верно")

    business = written(new).business
    assert (business.brand, business.phone) == ("Шалфей", "+7 843 111-11-11")


async def test_nothing_is_written_before_it_is_said_to_be_right(new: World) -> None:
    lev = await owner_of(new)
    before = written(new).business

    await answers(lev)
    await lev.writes("/cancel")

    assert written(new).business == before
    assert (await lev.was_told())[-1] == "dialog.cancelled"


async def test_a_restart_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    async with new_world(tmp_path) as world:
        world.restless = True
        lev = await owner_of(world)

        await answers(lev)
        await lev.taps("Всё верно")
        await binds(world, lev)

        assert written(world).business.brand == "Мята"
        assert (await lev.was_told())[-2:] == ["owner.ready", "owner.examples"]


async def test_an_old_button_is_out_of_date(new: World) -> None:
    lev = await owner_of(new)
    hello = await new.newest_with("Начать", lev.id)
    await answers(lev)

    popup = await lev.taps_on(hello, "Начать")

    assert popup != ""
    assert (await lev.was_told())[-1] == "owner.summary"


async def test_another_business_takes_the_place_of_the_salon(new: World) -> None:
    lev = await owner_of(new)
    await answers(lev)

    await lev.taps("Поправить")
    await lev.taps("Чем занимаемся")
    await lev.taps("Отель")
    await lev.taps("Всё верно")

    content = written(new)
    assert (content.catalogue.words["place"], content.business.brand) == ("отель", "Мята")
    assert {branch.name for branch in content.business.branches} == {"Пушкина, 12", "На Баумана"}


async def test_setup_begins_anew(new: World) -> None:
    lev = await owner_of(new)
    await lev.taps("Начать")
    await lev.taps("Салон красоты")
    await lev.writes("Мята")

    await lev.writes("/setup")

    assert (await lev.was_told())[-1] == "owner.ask.preset"


async def test_somebody_else_is_told_that_there_is_an_owner(new: World) -> None:
    await owner_of(new)
    ira = await new.person("Ира")

    await ira.starts(f"own_{new.app.desk.tokens.owner}")
    await ira.writes("/setup")
    await ira.writes("/qr")
    await ira.writes("/links")

    assert await ira.was_told() == ["owner.taken", "help", "help", "help"]


async def test_the_manager_comes_by_the_link_that_was_forwarded(new: World) -> None:
    lev = await owner_of(new)
    await answers(lev, manager="Другой человек")
    await lev.taps("Всё верно")
    (told,) = [text for text in await lev.heard() if _MANAGER_LINK in text]
    link = next(word.rstrip(".") for word in told.split() if word.startswith(_MANAGER_LINK))
    ramilya, guzel = await new.person("Рамиля"), await new.person("Гузель")

    await ramilya.follows(link)
    await guzel.follows(link)

    assert (await ramilya.was_told())[-1] == "join.approved"
    assert (await guzel.was_told())[-1] == "join.hello"
    assert (await lev.was_told())[-2:] == ["join.owner_done", "join.owner_ask"]


async def test_links_are_for_the_owner(new: World) -> None:
    lev = await owner_of(new)

    await lev.writes("/links")

    said = (await lev.heard())[-1]
    assert said.count("https://t.me/lana_bot?start=") == 3
    assert (await lev.labels())[-1] == ("Выбрать группу",)


async def test_without_a_folder_of_ones_own_it_goes_on_to_the_group(tmp_path: Path) -> None:
    async with opened_world(tmp_path) as world:
        lev = await owner_of(world)

        await answers(lev)
        await lev.taps("Всё верно")

        assert (await lev.was_told())[-2:] == ["owner.content.no_folder", "owner.group"]


async def test_another_industry_later_says_what_goes_and_can_be_undone(new: World) -> None:
    lev = await owner_of(new)
    await answers(lev)
    await lev.taps("Всё верно")
    await binds(new, lev)
    folder = new.settings.content_dir
    assert folder is not None
    texts = folder / "texts/ru.yaml"
    texts.write_text(texts.read_text("utf-8").replace("Спасибо! Хотите", "Благодарим! Хотите"))

    await lev.writes("/setup")
    await lev.taps("Отель")
    for words in ("Мята", "+7 843 000-00-00", "Пушкина, 12\nНа Баумана", "ежедневно 10-21"):
        await lev.writes(words)
    await lev.taps("Я")
    await lev.taps("Пропустить")
    summary = (await lev.heard())[-1]
    await lev.taps("Всё верно")
    told = (await lev.was_told())[-4:]
    place = written(new).catalogue.words["place"]
    await lev.taps("Отменить")

    assert summary.split("\n")[-1].startswith("Отрасль другая: ваши тексты, подарки")
    assert told == ["owner.content.saved", "owner.qr", "owner.ready", "owner.examples"]
    assert place == "отель"
    assert written(new).catalogue.words["place"] == "салон"
    assert texts.read_text("utf-8").count("Благодарим! Хотите") == 1
