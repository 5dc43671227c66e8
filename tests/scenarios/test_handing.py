"""A case is handed on: by the card, or from the reminder that came to somebody whose shift is over."""

from tests.world import World


async def test_a_case_goes_on_with_a_reason_and_the_customer_knows_who_answers(
    world: World,
) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    aygul = await world.joins("Айгуль", "Администратор", signs="старшая смены")
    posted = len(await world.in_group())

    await guzel.on_card("Беру")
    await guzel.on_card("Ещё…")
    await guzel.on_card("Другому")
    asked = await guzel.on_card("Айгуль")
    done = await guzel.on_card("Не моя смена")

    assert asked == "Айгуль: почему передаём? Причину увидят только свои."
    assert done == "Теперь отвечает Айгуль. Анна об этом знает."
    assert (await anna.heard())[-1] == (
        "Анна, теперь вам отвечает Айгуль, старшая смены. "
        "Ответ будет здесь до 12:30; рассказывать заново не нужно."
    )
    assert (await aygul.heard())[-1] == (
        "Теперь отвечаете вы, до 12:30: № 1, Анна, «Ждала сорок минут». "
        "Передаёт: Гузель, «Не моя смена»."
    )
    assert (await world.card_lines())[-1] == (
        "Теперь отвечает: Айгуль, с 12:01. Передаёт: Гузель, «Не моя смена»"
    )
    assert len(await world.in_group()) == posted


async def test_from_the_reminder_it_goes_on_without_the_group(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    ramilya, lev = world.people["Рамиля"], world.people["Лев"]
    await world.passes(minutes=15)

    await guzel.taps("Другому")
    await guzel.taps("Рамиля")
    await guzel.taps("Не знаю ответа")
    await world.passes(minutes=13)

    assert (await guzel.labels())[-1] == ("Открыть карточку",)
    assert (await ramilya.was_told())[-1] == "staff.handed"
    assert (await lev.was_told())[-1] == "staff.escalate"
    assert (await anna.was_told())[-2:] == ["progress.handover", "progress.late"]


async def test_the_card_of_the_managers_case_in_private_has_the_same_buttons(world: World) -> None:
    lev, ramilya, anna = world.people["Лев"], world.people["Рамиля"], await world.person("Анна")
    await anna.writes("У меня ожог после маски")
    await ramilya.taps("Вижу")

    await ramilya.taps("Ещё…")
    await ramilya.taps("Другому")
    await ramilya.taps("Лев")
    await ramilya.taps("Не успеваю")
    await lev.taps("Вижу")

    assert (await anna.was_told())[-2:] == ["health.seen", "health.seen"]
    assert (await world.in_group())[-1].text.endswith("у управляющего")
