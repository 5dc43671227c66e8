"""Finding: lists and one case for whoever works there, privately; what was before with a customer."""

import pytest

from tests.someone import Someone
from tests.world import World


async def _shown(person: Someone) -> list[str]:
    return (await person.heard())[-1].split("\n")


async def test_what_is_open_is_listed_by_when_an_answer_is_due(world: World) -> None:
    await world.complaint("Ждала сорок минут", name="Анна")
    await world.passes(minutes=5)
    await world.complaint("Грязно", name="Борис")
    guzel = world.people["Гузель"]
    await guzel.on_card("Беру")

    await guzel.says("/cases")

    assert await _shown(guzel) == [
        "Открытые",
        "",
        "№ 1 · Анна · без темы · до 12:30",
        "№ 2 · Борис · без темы · до 12:36 · Гузель",
    ]
    assert (await guzel.labels())[-1] == ("№ 1", "№ 2", "Мои", "Просрочены")
    assert len(await world.cards()) == 2


async def test_mine_and_overdue_are_lists_of_their_own_in_the_same_message(world: World) -> None:
    await world.complaint("Ждала сорок минут", name="Анна")
    await world.complaint("Грязно", name="Борис")
    guzel = world.people["Гузель"]
    await guzel.on_card("Беру")
    await guzel.writes("/cases")
    told = len(await guzel.heard())

    await guzel.taps("Мои")
    mine = await _shown(guzel)
    await guzel.taps("Просрочены")
    late = await _shown(guzel)

    assert [line.split(" · ")[0] for line in mine] == ["Мои", "", "№ 2"]
    assert late == ["Просрочены", "", "Пусто."]
    assert len(await guzel.heard()) == told


@pytest.mark.parametrize(
    "words",
    ["анна", "АННА", "сорок МИНУТ", "ещё", "еще", "№ 1", "LANA-1", "lana1", "8999 000-00-01"],
)
async def test_a_name_a_word_a_number_a_code_or_a_telephone_finds_the_case(
    world: World, words: str
) -> None:
    await world.person("Анна", phone_number="+79990000001")
    anna = await world.complaint("Ждала сорок минут и ещё час")
    await anna.taps("Позвоните мне")
    await anna.shares_contact()
    guzel = world.people["Гузель"]
    await guzel.on_card("🎁 Уход")
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await world.complaint("Совсем другое", name="Борис")

    await guzel.writes(f"/cases {words}")

    assert [line.split(" · ")[:2] for line in (await _shown(guzel))[2:]] == [["№ 1", "Анна"]]
    assert (await _shown(guzel))[2].endswith("закрыто")


@pytest.mark.parametrize("words", ["%", "_", "'; DROP TABLE cases; --", "story", "\\"])
async def test_what_means_something_to_a_database_finds_nothing(world: World, words: str) -> None:
    await world.complaint("Ждала сорок минут")
    guzel = world.people["Гузель"]

    await guzel.writes(f"/cases {words}")

    assert (await _shown(guzel))[-1] == "Пусто."


async def test_long_lists_have_pages(world: World) -> None:
    for n in range(10):
        await world.complaint(f"Рассказ {n}", name=f"Гость {n}")
    guzel = world.people["Гузель"]

    await guzel.writes("/cases")
    first = await _shown(guzel)
    await guzel.taps("Дальше")
    second = await _shown(guzel)
    back = (await guzel.labels())[-1]

    assert [line.split(" · ")[0] for line in first[2:]] == [f"№ {n}" for n in range(1, 9)]
    assert [line.split(" · ")[0] for line in second[2:]] == ["№ 9", "№ 10"]
    assert "← Назад" in back


async def test_one_case_is_shown_with_its_card_and_the_card_comes_again(world: World) -> None:
    await world.complaint("Ждала сорок минут")
    guzel = world.people["Гузель"]
    before = await world.card()

    await guzel.writes("/case 1")
    shown = await _shown(guzel)
    popup = await guzel.taps("Прислать карточку заново")

    assert shown[:2] == ["№ 1 · без темы · 2/5", "Анна · визитов: 1"]
    assert popup == "Карточка снова в группе."
    assert (await world.card()).id > before.id
    assert len(await world.cards()) == 1


async def test_a_case_that_is_not_there_is_said_so(world: World) -> None:
    guzel = world.people["Гузель"]

    await guzel.writes("/case 99")
    missing = await _shown(guzel)
    await guzel.writes("/case вчерашний")

    assert missing == ["Такого номера нет. Список открытых: /cases"] == await _shown(guzel)


async def test_what_is_the_managers_shows_its_number_only(world: World) -> None:
    await world.complaint("У меня ожог после процедуры")
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]

    await guzel.writes("/cases")
    listed = (await _shown(guzel))[-1]
    await guzel.writes("/case 1")
    refused = await _shown(guzel)
    await ramilya.writes("/case 1")

    assert listed == "№ 1 · ведёт управляющий"
    assert refused == ["Это обращение ведёт управляющий."]
    assert "У меня ожог после процедуры" in await _shown(ramilya)


async def test_strangers_and_other_groups_learn_nothing(world: World) -> None:
    await world.complaint("Ждала сорок минут")
    stranger = await world.person("Ильдар")

    await stranger.writes("/cases Анна")
    await stranger.writes("/case 1")

    assert (
        await stranger.heard()
        == ["Вы пока не в списке. Откройте бота и нажмите «Попроситься»."] * 2
    )


async def test_earlier_cases_gifts_and_notes_stand_on_the_card(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await guzel.on_card("🎁 Уход")
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await world.passes(days=30)

    await anna.writes("Снова ждала целый час")
    await world.passes(seconds=61)
    await guzel.on_card("Ещё…")
    await guzel.on_card("История")

    line = "20 ноября, уход-комплимент, маска или парафин"
    assert f"Раньше: {line}" in await world.card_lines()
    assert await _shown(guzel) == [f"Анна: {line}"]


async def test_a_forged_press_takes_nothing_that_is_the_managers(world: World) -> None:
    await world.complaint("У меня ожог после процедуры")
    guzel = world.people["Гузель"]
    await guzel.writes("/cases")
    under = (await guzel.sees())[-1].id

    popup = await guzel.forges("c|1|take|", under)
    await guzel.writes("/case 1")

    assert popup == "Это обращение ведёт управляющий."
    assert await _shown(guzel) == ["Это обращение ведёт управляющий."]


async def test_a_list_cannot_be_forged_into_the_group(world: World) -> None:
    await world.complaint("Ждала сорок минут")
    before = (await world.card()).text

    popup = await world.people["Гузель"].forges(
        "l|open|0|", (await world.card()).id, chat=world.group
    )

    outdated = "Кнопка устарела: карточка уже другая, посмотрите на неё."
    assert (popup, (await world.card()).text) == (outdated, before)
