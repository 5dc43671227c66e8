"""A time named in a reply: offered as a reminder, kept on the card, asked about when it is due, told honestly."""

from tests.world import World

WAITED = "Ждала сорок минут"
WILL_REDO = "Анна, простите, что ждали. Лилия переделает укладку сегодня до 18:00."
OUTDATED = "Кнопка устарела: карточка уже другая, посмотрите на неё."
WILL_WRITE = "Анна, простите, что ждали. Напишу вам через два часа."


async def promised(world: World, reply: str = WILL_REDO) -> None:
    """Гузель replies to Анна's complaint at 12:01, and asks to be reminded."""
    await world.complaint(WAITED)
    guzel = world.people["Гузель"]
    await guzel.replies(reply, to=await world.card())
    await guzel.taps("Напомнить")
    await world.passes(seconds=11)


async def test_a_promise_is_offered_and_one_tap_keeps_it_on_the_card(world: World) -> None:
    await world.complaint(WAITED)
    guzel = world.people["Гузель"]

    await guzel.replies(WILL_REDO, to=await world.card())
    offer = (await guzel.sees())[-1]
    before = await world.card_lines()
    popup = await guzel.taps("Напомнить до 18:00")

    words = "Лилия переделает укладку сегодня до 18:00"
    assert offer.text == f"Обещание «{words}»: поставить напоминание, до 18:00?"
    assert offer.labels == ("Напомнить до 18:00", "Не нужно")
    assert [line for line in before if line.startswith("Обещано")] == []
    assert popup == "Напомним, до 18:00."
    assert f"Обещано: {words}, до 18:00" in await world.card_lines()
    assert (await guzel.sees())[-1].labels == ()


async def test_without_a_tap_nothing_is_assumed(world: World) -> None:
    await world.complaint(WAITED)
    guzel = world.people["Гузель"]
    await guzel.replies(WILL_REDO, to=await world.card())

    await guzel.taps("Не нужно")
    await world.passes(hours=7)

    assert "staff.promise_due" not in await guzel.was_told()


async def test_a_hint_and_a_promise_are_one_message(world: World) -> None:
    await world.complaint(WAITED)
    guzel = world.people["Гузель"]

    await guzel.replies(f"{WILL_REDO} Не переживайте.", to=await world.card())
    hint = (await guzel.sees())[-1]
    await guzel.taps("Напомнить")

    assert hint.text.split("\n")[-1] == (
        "— Обещание «Лилия переделает укладку сегодня до 18:00»: поставить напоминание, до 18:00?"
    )
    assert hint.labels == ("Напомнить до 18:00", "Исправить", "Понятно", "Не подсказывать")
    assert (await guzel.sees())[-1].labels == ("Исправить", "Понятно", "Не подсказывать")


async def test_a_little_before_it_is_due_the_author_is_asked_also_after_a_restart(
    world: World,
) -> None:
    await promised(world)
    guzel = world.people["Гузель"]

    await world.restart()
    await world.passes_until(17, 56)
    early = await guzel.was_told()
    await world.passes(minutes=1)

    asked = (await guzel.sees())[-1]
    assert "staff.promise_due" not in early
    assert asked.text == (
        "№ 1, обещано до 18:00: Лилия переделает укладку сегодня до 18:00. Сделано?"
    )
    assert asked.labels[:3] == ("Сделано", "Нужно время", "Не получится")


async def test_done_takes_it_off_the_card_and_the_customer_hears_nothing(world: World) -> None:
    await promised(world)
    anna, guzel = world.people["Анна"], world.people["Гузель"]
    await world.passes_until(17, 57)
    told = await anna.heard()

    popup = await guzel.taps("Сделано")
    await world.passes(hours=1)

    assert popup == "Записали: сделано."
    assert [line for line in await world.card_lines() if line.startswith("Обещано")] == []
    assert await anna.heard() == told
    assert (await guzel.was_told()).count("staff.promise_due") == 1


async def test_more_time_tells_the_customer_honestly_before_the_promise_breaks(
    world: World,
) -> None:
    await promised(world)
    anna, guzel = world.people["Анна"], world.people["Гузель"]
    await world.passes_until(17, 57)

    popup = await guzel.taps("Нужно время")
    told, card = (await anna.heard())[-1], await world.card_lines()
    again = await guzel.forges("c|1|moretime|1", (await guzel.sees())[-1].id)
    await world.passes(minutes=58)

    assert popup == "Гостю написали честно, срок новый."
    assert told == (
        "Анна, обещали до 18:00 и не успеваем, виноваты мы: «Лилия переделает укладку сегодня до 18:00». "
        "Напишу снова до 18:57.\n\nГузель, администратор"
    )
    assert again == OUTDATED
    assert "Ответить: до 18:57" in card
    assert (await anna.was_told())[-1] == "progress.late"  # a timer stood behind the new time


async def test_what_cannot_be_done_is_said_plainly_and_the_author_is_asked_for_another_way(
    world: World,
) -> None:
    await promised(world)
    anna, guzel = world.people["Анна"], world.people["Гузель"]
    await world.passes_until(17, 57)

    await guzel.taps("Не получится")

    assert (await anna.heard())[-1] == (
        "Анна, скажу прямо: то, что обещали до 18:00, не получится: "
        "«Лилия переделает укладку сегодня до 18:00». Простите нас. "
        "Что можно взамен, напишу до 18:57.\n\nГузель, администратор"
    )
    assert (await guzel.heard())[-1] == (
        "№ 1: Анна уже знает, что не получится. Теперь ответьте на карточку: что можно взамен. "
        "Срок — до 18:57."
    )


async def test_a_promise_nobody_answers_for_is_asked_about_once_more_and_of_the_manager(
    world: World,
) -> None:
    await promised(world)
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]

    await world.passes_until(18, 20)

    assert (await guzel.was_told()).count("staff.promise_due") == 2
    assert (await ramilya.was_told()).count("staff.promise_due") == 1


async def test_a_promised_answer_that_was_given_is_not_asked_about(world: World) -> None:
    await promised(world, WILL_WRITE)
    guzel = world.people["Гузель"]

    await world.passes(hours=1)
    await guzel.replies("Запись на пятницу свободна.", to=await world.card())
    await world.passes(hours=2)

    assert "staff.promise_due" not in await guzel.was_told()
    assert [line for line in await world.card_lines() if line.startswith("Обещано")] == []


async def test_a_promised_answer_that_does_not_come_is_excused_before_it_breaks(
    world: World,
) -> None:
    await promised(world, WILL_WRITE)
    anna, guzel = world.people["Анна"], world.people["Гузель"]

    await world.passes_until(13, 58)
    asked = (await guzel.was_told()).count("staff.promise_due")
    told = await anna.was_told()
    await world.passes(minutes=2)

    assert asked == 1
    assert "progress.late" not in told
    assert (await anna.heard())[-1].startswith("Анна, обещали ответить до 14:01 и не успеваем")


async def test_a_reply_taken_back_takes_its_promise_along(world: World) -> None:
    await world.complaint(WAITED)
    guzel = world.people["Гузель"]
    await guzel.replies(f"{WILL_REDO} Не переживайте.", to=await world.card())
    hint = (await guzel.sees())[-1]

    await guzel.taps("Напомнить")
    await guzel.taps("Исправить")
    popup = await guzel.taps_on(hint, "Напомнить")
    await world.passes(hours=7)

    assert popup == OUTDATED
    assert [line for line in await world.card_lines() if line.startswith("Обещано")] == []
    assert "staff.promise_due" not in await guzel.was_told()


async def test_a_closed_case_asks_for_nothing(world: World) -> None:
    await promised(world)
    guzel = world.people["Гузель"]

    await guzel.on_card("Решено")
    await world.passes(hours=8)

    assert "staff.promise_due" not in await guzel.was_told()


async def test_an_english_reply_is_read_in_english(world: World) -> None:
    await world.complaint(WAITED)
    guzel = world.people["Гузель"]

    await guzel.replies(
        "Анна, sorry you waited. We'll redo it by tomorrow noon.", to=await world.card()
    )

    assert (await guzel.heard())[-1] == (
        "Обещание «we'll redo it by tomorrow noon»: поставить напоминание, завтра до 12:00?"
    )
