"""Complaints about people who work here, sharp words, a court: who reads them, who answers, what is told."""

from tests.world import World


async def test_a_complaint_about_the_administrator_is_read_by_the_manager_alone(
    world: World,
) -> None:
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    posted, told = len(await world.in_group()), len(await guzel.heard())
    dina = await world.person("Дина")

    await dina.writes("Звонила, Гузель бросила трубку, ждала сорок минут")
    await world.passes(seconds=70)

    line = "№ 1 · другое · у управляющего"
    assert [m.text for m in (await world.in_group())[posted:]] == [line]
    card = next(m for m in reversed(await ramilya.sees()) if "бросила трубку" in m.text)
    assert (await dina.heard())[-1].startswith(
        "Дина, спасибо, что рассказали. Отвечать вам будет Рамиля, управляющая"
    )

    await guzel.writes("/case 1")
    await ramilya.writes("Дина, простите нас за звонок. Завтра перезвоню.", reply_to=card.id)
    await world.passes(seconds=11)

    assert (await guzel.heard())[told:] == ["Это обращение ведёт управляющий."]
    assert (await dina.heard())[-1].endswith("Рамиля, управляющая")


async def test_a_court_is_answered_by_the_manager_and_nothing_else_comes(world: World) -> None:
    dina = await world.person("Дина")

    await dina.writes("Испортили волосы. Подам на вас в суд!")
    await world.passes(minutes=5)

    assert await dina.was_told() == ["case.lawyer"]
    assert "Официально написать нам можно сюда: lana@lana.ru." in (await dina.heard())[-1]


async def test_sharp_words_and_the_same_again_after_a_restart(world: World) -> None:
    dina, ramilya = await world.person("Дина"), world.people["Рамиля"]
    told = len(await ramilya.was_told())

    await dina.writes("Вы охренели, ждала час")
    await world.passes(seconds=70)
    await world.restart()
    await dina.writes("Вы охренели, ждала час!")
    await dina.writes("вы охренели ждала час")

    assert await dina.was_told() == ["ack.unassigned", "case.minor_duplicate"]
    assert (await ramilya.was_told())[told:] == ["staff.angry"]
    assert "Пишет резко. Отвечайте спокойно" in (await world.card()).text


async def test_whoever_asks_where_to_write_publicly_is_told_in_their_language(
    world: World,
) -> None:
    kate = await world.person("Kate", language_code="en")

    await kate.writes("Where can I leave a review?")

    assert (await kate.heard())[-1] == (
        "Here are our pages: https://lana.ru/maps. Write it just as it was."
    )
    assert await world.cards() == []
