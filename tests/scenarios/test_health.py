"""Health first: every step and quiet hour is skipped, people are alerted until one has seen it."""

from datetime import UTC, datetime
from pathlib import Path

from tests.someone import Someone
from tests.world import World, opened_world

ACK = (
    "Анна, сначала здоровье: если становится хуже, отекает лицо или трудно дышать, "
    "звоните 103 или 112.\n\nВаше сообщение отправили лично дежурному и управляющему. "
    "Как только прочитают, напишем, кто отвечает; если за 15 минут не ответим, "
    "звоните: +7 900 000-00-00."
)


async def burnt(world: World) -> tuple[Someone, int, int]:
    """Анна writes about a burn; and how much Гузель and Рамиля had heard before."""
    heard = [len(await world.people[name].heard()) for name in ("Гузель", "Рамиля")]
    anna = await world.person("Анна")
    await anna.writes("У меня ожог после маски")
    return anna, heard[0], heard[1]


async def test_words_about_health_are_answered_at_once_and_alert_people_personally(
    world: World,
) -> None:
    posted = len(await world.in_group())

    anna, of_guzel, of_ramilya = await burnt(world)

    alert = (
        "ЗДОРОВЬЕ. № 1, Анна: «У меня ожог после маски». Написано в 12:00.\n\n"
        "После «Вижу» Анна получит: «прочитали, сейчас вам напишет…». Напишите сразу, ответом на карточку."
    )
    assert await anna.heard() == [ACK]
    assert (await anna.labels())[-1] == ("Позвоните мне",)
    assert (await world.people["Гузель"].heard())[of_guzel:] == [alert]
    assert alert in (await world.people["Рамиля"].heard())[of_ramilya:]
    assert [m.text for m in (await world.in_group())[posted:]] == [
        "№ 1 · здоровье · у управляющего"
    ]


async def test_seen_tells_the_customer_who_writes_and_the_others_that_they_need_not(
    world: World,
) -> None:
    anna, _, of_ramilya = await burnt(world)
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]

    await world.passes(minutes=1)
    await guzel.taps("Вижу")
    await world.passes(hours=8)

    assert await anna.heard() == [
        ACK,
        "Ваше сообщение прочитали в 12:01. Сейчас вам напишет Гузель, администратор.",
    ]
    assert "№ 1: отвечает Гузель, с 12:01." in (await ramilya.heard())[of_ramilya:]


async def test_unseen_it_is_repeated_after_three_six_and_ten_minutes(world: World) -> None:
    _, of_guzel, _ = await burnt(world)
    guzel = world.people["Гузель"]

    heard = []
    for minutes in (2, 2, 3, 4):
        await world.passes(minutes=minutes)
        heard.append(len(await guzel.heard()) - of_guzel)

    assert heard == [1, 2, 3, 4]
    assert (await guzel.was_told())[-1] == "staff.health_alert.again"


async def test_when_nobody_comes_the_customer_gets_the_telephone_once(world: World) -> None:
    anna, _, _ = await burnt(world)

    await world.passes(minutes=16)
    late = await anna.was_told()
    await world.passes(hours=3)

    assert late == ["health.ack", "health.late"]
    assert await anna.was_told() == late


async def test_when_nobody_of_the_shift_comes_the_owner_is_called_too(world: World) -> None:
    lev = world.people["Лев"]
    told = len(await lev.heard())
    await burnt(world)

    await world.passes(minutes=10)
    before = len(await lev.heard())
    await world.passes(minutes=10)

    assert before == told
    assert (await lev.was_told())[told] == "staff.health_alert.again"


async def test_the_whole_path_ends_without_questions_of_the_bot(world: World) -> None:
    anna, _, _ = await burnt(world)
    ramilya = world.people["Рамиля"]
    await ramilya.taps("Вижу")
    card = next(m for m in reversed(await ramilya.sees()) if m.text.startswith("❗"))

    await ramilya.writes("Анна, как вы сейчас?", reply_to=card.id)
    await world.passes(seconds=11)
    await ramilya.taps("Решено")
    await world.passes(days=5)

    assert await anna.was_told() == [
        "health.ack",
        "health.seen",
        "Анна, как вы сейчас?\n\nРамиля, управляющая",
    ]


async def test_a_health_topic_does_the_same_as_health_words(world: World) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    await anna.taps("2 ·")

    await anna.taps("Ожог")

    assert await anna.was_told() == ["ask.qr", "rate.low", "health.ack"]


async def test_health_words_later_in_a_case_stop_its_promises(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")

    await anna.writes("И краской мне обожгли кожу")
    await world.passes(minutes=40)

    assert await anna.was_told() == [
        "ask.qr",
        "rate.low",
        "ack.unassigned",
        "health.ack",
        "health.late",
    ]


async def test_health_knows_no_quiet_hours(tmp_path: Path) -> None:
    async with opened_world(tmp_path, at=datetime(2026, 11, 21, 0, 0, tzinfo=UTC)) as world:
        await world.staffed()

        anna, of_guzel, _ = await burnt(world)

        assert await anna.heard() == [ACK]
        assert (await world.people["Гузель"].was_told())[of_guzel:] == ["staff.health_alert"]
        await world.nothing_is_wrong()


async def test_a_wanted_call_in_an_emergency_is_told_to_everybody_alerted(world: World) -> None:
    anna, of_guzel, _ = await burnt(world)
    guzel = world.people["Гузель"]

    await anna.taps("Позвоните мне")
    await anna.shares_contact()

    assert await anna.was_told() == ["health.ack", "health.phone", "health.call_accepted"]
    phone = (await world.control.chat(anna.id)).messages[-2].contact
    assert phone is not None
    assert (await guzel.heard())[-1] == (
        f"ЗДОРОВЬЕ, ответа нет с 12:00. № 1, Анна, {phone['phone_number']}: "
        "«У меня ожог после маски»."
    )
    assert len(await guzel.heard()) == of_guzel + 2
