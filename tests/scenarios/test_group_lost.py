"""The staff's group moves, throws the bot out, takes its rights: nothing is lost, the owner is told."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.world import World, opened_world


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[World]:
    """The staff's group is a basic one, which may become a supergroup."""
    async with opened_world(tmp_path) as world:
        await world.staffed(kind="group")
        yield world
        await world.nothing_is_wrong()


@pytest.mark.parametrize("due", [False, True], ids=["idle", "a card is due"])
async def test_a_migrated_group_has_its_cards_anew_and_everything_goes_on(
    small: World, due: bool
) -> None:
    anna, guzel = await small.complaint("Ждала сорок минут"), small.people["Гузель"]

    small.group = await small.control.migrate(small.group)
    if due:
        await small.control.send(anna.id, "И не извинились")
    await small.settle()
    await guzel.on_card("🎁 Уход")
    await small.passes(seconds=11)
    await guzel.replies("Ждём вас, Анна", to=await small.card())
    await small.passes(seconds=11)

    assert (await small.card_lines())[:5] == [
        "№ 1 · без темы · 2/5",
        "Анна · визитов: 1",
        "сегодня",
        "",
        "Ждала сорок минут",
    ]
    assert len(await small.cards()) == 1
    assert (await anna.was_told())[-2:] == [
        "offer.single",
        "Ждём вас, Анна\n\nГузель, администратор",
    ]
    assert (await small.people["Лев"].heard())[-1] == (
        "Telegram превратил группу «Лана: смена» в супергруппу. Бот уже там, делать ничего не нужно."
    )


async def test_a_migration_while_the_bot_is_down_is_learned_from_the_first_call(
    small: World,
) -> None:
    anna, guzel = await small.complaint("Ждала сорок минут"), small.people["Гузель"]
    await small.stop()

    small.group = await small.control.migrate(small.group)
    await small.reopen()
    await anna.writes("И не извинились")
    await guzel.on_card("Беру")

    assert (await small.card_lines())[4:6] == ["Ждала сорок минут", "И не извинились"]
    assert len(await small.cards()) == 1


async def test_thrown_out_and_let_in_again_nothing_is_lost_and_the_owner_is_told(
    world: World,
) -> None:
    lev, guzel = world.people["Лев"], world.people["Гузель"]
    await world.complaint("Ждала сорок минут")

    await world.control.set_bot(world.group, "kicked")
    await world.settle()
    dana = await world.complaint("И я ждала", name="Дана")
    lost = (await lev.heard())[-1]
    await world.control.set_bot(world.group, "administrator")
    await world.settle()
    await world.passes(minutes=2)
    await guzel.replies("Дана, простите", to=await world.card())
    await world.passes(seconds=11)

    assert lost == (
        "Бота убрали из группы «Лана: смена», карточкам некуда приходить. "
        "Ничего не пропадёт: верните бота или выберите другую группу."
    )
    assert [card.text.split("\n")[0] for card in await world.cards()] == [
        "№ 1 · без темы · 2/5",
        "№ 2 · без темы · 2/5",
    ]
    assert (await dana.heard())[-1] == "Дана, простите\n\nГузель, администратор"
    assert (await lev.heard())[-1] == "Группа «Лана: смена» подключена, карточки придут туда."


async def test_while_there_is_no_group_the_manager_has_the_new_card(world: World) -> None:
    ramilya = world.people["Рамиля"]
    await world.control.set_bot(world.group, "left")
    await world.settle()

    dana = await world.complaint("Ждала сорок минут", name="Дана")
    card = (await ramilya.sees())[-1]
    await ramilya.writes("Простите нас", reply_to=card.id)
    await world.passes(seconds=11)

    assert card.text.split("\n")[0] == "№ 1 · без темы · 2/5"
    assert (await dana.heard())[-1] == "Простите нас\n\nРамиля, управляющая"


async def test_back_in_the_group_both_cards_show_the_same(world: World) -> None:
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    await world.control.set_bot(world.group, "left")
    await world.settle()
    await world.complaint("Ждала сорок минут", name="Дана")

    await world.control.set_bot(world.group, "administrator")
    await world.passes(minutes=2)
    await guzel.on_card("Беру")

    assert (await ramilya.heard())[-1] == (await world.card()).text


async def test_another_group_gets_the_open_cases(world: World) -> None:
    lev, guzel = world.people["Лев"], world.people["Гузель"]
    anna = await world.complaint("Ждала сорок минут")

    world.group = await world.control.add_group("Лана: новая", lev.id)
    await world.control.join(guzel.id, world.group)
    await world.control.open_link(lev.id, world.group_link, group=world.group)
    await world.settle()
    await guzel.replies("Простите нас", to=await world.card())
    await world.passes(seconds=11)

    assert (await world.card_lines())[0] == "№ 1 · без темы · 2/5"
    assert (await anna.heard())[-1] == "Простите нас\n\nГузель, администратор"
    assert (await lev.heard())[-1] == "Группа «Лана: новая» подключена, карточки придут туда."


async def test_lost_rights_are_told_to_the_owner(world: World) -> None:
    lev = world.people["Лев"]

    await world.control.set_bot(world.group, "member")
    await world.settle()

    assert (await lev.heard())[-1] == (
        "В группе «Лана: смена» у бота забрали права: права администратора. "
        "Верните их, иначе карточки могут не прийти."
    )


async def test_without_the_right_to_write_the_manager_has_the_cards_until_it_is_back(
    world: World,
) -> None:
    lev, ramilya = world.people["Лев"], world.people["Рамиля"]

    await world.control.set_bot(world.group, "restricted", rights={"can_send_messages": False})
    await world.settle()
    dana = await world.complaint("Ждала сорок минут", name="Дана")
    told, card = (await lev.heard())[-1], (await ramilya.sees())[-1]
    await ramilya.writes("Простите нас", reply_to=card.id)
    await world.passes(seconds=11)
    await world.control.set_bot(world.group, "administrator")
    await world.settle()
    await world.passes(minutes=2)

    assert told.startswith(
        "В группе «Лана: смена» боту нельзя писать, карточки пока приходят лично: Рамиля."
    )
    assert card.text.split("\n")[0] == "№ 1 · без темы · 2/5"
    assert (await dana.heard())[-1] == "Простите нас\n\nРамиля, управляющая"
    assert (await world.card_lines())[0] == "№ 1 · без темы · 2/5"
    assert (await lev.heard())[-1] == "В группе «Лана: смена» у бота снова есть всё, что нужно."


async def test_a_case_that_was_open_before_comes_to_the_manager_as_well(world: World) -> None:
    await world.complaint("Ждала сорок минут")

    await world.control.set_bot(world.group, "restricted", rights={"can_send_messages": False})
    await world.settle()

    card = (await world.people["Рамиля"].sees())[-1]
    assert card.text.split("\n")[0] == "№ 1 · без темы · 2/5"


async def test_the_group_that_is_left_keeps_no_buttons_and_says_where_cards_come_now(
    world: World,
) -> None:
    lev, old = world.people["Лев"], world.group
    await world.complaint("Ждала сорок минут")

    world.group = await world.control.add_group("Лана: новая", lev.id)
    await world.control.open_link(lev.id, world.group_link, group=world.group)
    await world.settle()

    left = [m for m in (await world.control.chat(old)).messages if m.from_bot]
    (card,) = [m for m in left if m.text.startswith("№ 1")]
    assert card.labels == ()
    assert left[-1].text == (
        "Теперь карточки приходят в группу «Лана: новая», кнопки здесь больше не работают."
    )


@pytest.mark.parametrize(
    ("link_asks", "said"),
    [
        (
            "&admin=delete_messages",
            "Права администратора: да. Вижу сообщения: да. Темы: не нужны. Сотрудников: 3.",
        ),
        (
            "",
            "Права администратора: нет. Вижу сообщения: только ответы на мои. Темы: не нужны. "
            "Сотрудников: 3. Не хватает: права администратора.",
        ),
    ],
    ids=["administrator", "member"],
)
async def test_another_group_is_told_the_rights_as_they_are(
    world: World, link_asks: str, said: str
) -> None:
    lev = world.people["Лев"]

    world.group = await world.control.add_group("Лана: новая", lev.id)
    link = world.group_link.partition("&admin=")[0] + link_asks
    await world.control.open_link(lev.id, link, group=world.group)
    await world.settle()

    assert (await world.in_group())[0].text == f"Я на месте. {said}"


async def test_setup_in_the_group_says_how_it_stands_now(world: World) -> None:
    guzel = world.people["Гузель"]
    await world.control.set_bot(world.group, "member")
    await world.settle()

    await guzel.says("/setup")

    assert "Не хватает: права администратора." in (await world.in_group())[-2].text
