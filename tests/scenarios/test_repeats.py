"""What comes back is seen by the manager alone; the group and the customer notice nothing."""

from sqlalchemy import select

from storage.tables import preventions
from tests.someone import Someone
from tests.world import World


async def settled(world: World, name: str, topic: str = "") -> Someone:
    """Complains, is answered, the case is closed and the cause named."""
    customer = await world.complaint("Ждала сорок минут", name=name)
    if topic:
        await customer.taps(topic)
    await world.passes(minutes=3)
    guzel = world.people["Гузель"]
    await guzel.replies("Простите, что ждали", to=await world.card())
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await guzel.on_card("Опоздание")
    return customer


async def about_repeats(world: World, name: str) -> list[str]:
    """Keys of what this person of the staff was told of things that come back."""
    told = await world.people[name].was_told()
    return [key for key in told if key.startswith(("staff.repeat", "staff.second", "staff.abuse"))]


async def test_a_second_failure_and_a_third_case_are_told_to_the_manager_alone(
    world: World,
) -> None:
    for _ in range(3):
        await settled(world, "Анна")
        await world.passes(days=15)

    group = [m.text for m in await world.in_group()]
    assert await about_repeats(world, "Рамиля") == ["staff.second_failure", "staff.repeat_customer"]
    assert (await about_repeats(world, "Гузель"), await about_repeats(world, "Лев")) == ([], [])
    assert not any("третий раз" in text for text in group)


async def test_one_topic_three_times_becomes_a_question_what_to_change(world: World) -> None:
    for name in ("Анна", "Яна", "Дана"):
        await settled(world, name, "Долго ждали")
        await world.passes(days=1)
    ramilya = world.people["Рамиля"]

    await ramilya.taps("Записать")
    await ramilya.writes("Второй мастер по пятницам, Гузель, к 1 декабря")

    found = select(preventions.c.topic, preventions.c.situation, preventions.c.stage)
    rows = await world.app.database.transact(lambda conn: conn.execute(found).all())
    assert await about_repeats(world, "Рамиля") == ["staff.repeat_situation"]
    assert [tuple(row) for row in rows] == [("wait", 1, "planned")]


async def test_a_professional_complainer_with_two_accounts(world: World) -> None:
    anna = await world.person("Анна", phone_number="79990000001")
    yana = await world.person("Яна", phone_number="79990000001")
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    await world.passes(days=14)  # from here on within one window of gifts
    popups = []
    for customer in (anna, yana, anna):
        await world.passes(days=8)
        await world.complaint("Испортили причёску, верните деньги", name=customer.name)
        await customer.gives_phone()
        await world.passes(minutes=3)
        popups.append(await guzel.on_card("🎁"))
        await world.passes(seconds=11)
        await guzel.on_card("Решено")
    request = (await ramilya.sees())[-1]

    about = [text for text in await ramilya.heard() if "тот же телефон" in text]
    assert about[0].startswith("№ 2, Яна: тот же телефон, что у другого гостя (№ 1 за 90 дней)")
    asked = "Это решает управляющий. Спросили, ответ появится на карточке."
    assert popups == ["", "", asked]
    assert "похоже, второй аккаунт" in request.text
    assert len([key for key in await anna.was_told() if key == "offer.single"]) == 1


async def test_after_a_restart_nothing_is_told_twice(world: World) -> None:
    world.restless = True
    await settled(world, "Анна")
    await world.passes(days=5)

    await settled(world, "Анна")
    await world.passes(hours=1)

    assert await about_repeats(world, "Рамиля") == ["staff.second_failure"]
