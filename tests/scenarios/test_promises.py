"""Behind every time that was named stands a timer; what cannot be kept is told honestly, once."""

from tests.world import World


async def test_a_quarter_before_the_deadline_whoever_is_on_shift_is_reminded(world: World) -> None:
    await world.complaint("Ждала сорок минут")
    guzel = world.people["Гузель"]
    told = len(await guzel.heard())

    await world.passes(minutes=13)
    before = len(await guzel.heard())
    await world.passes(minutes=2)

    assert before == told
    assert (await guzel.heard())[told:] == ["Анна ждёт ответа до 12:30. № 1: «Ждала сорок минут»"]
    assert (await world.card_lines())[-1] == "Ждёт ответа: Анна, до 12:30"


async def test_a_late_answer_is_excused_once_and_the_manager_takes_over(world: World) -> None:
    anna, ramilya = await world.complaint("Ждала сорок минут"), world.people["Рамиля"]

    await world.passes(minutes=27)

    assert (await anna.heard())[-1] == (
        "Анна, обещали ответить до 12:30 и не успеваем, виноваты мы. "
        "Отвечать будет Рамиля, управляющая: до 13:27."
    )
    assert (await ramilya.heard())[-1] == (
        "Ответа нет, срок был 12:30: № 1, Анна, «Ждала сорок минут». "
        "Теперь отвечаете вы, до 13:27: так и написали гостю."
    )
    assert (await world.card_lines())[5] == "Ответить: до 13:27"


async def test_an_answer_in_time_is_followed_by_no_excuse(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    await world.passes(minutes=20)
    await guzel.replies("Простите нас", to=await world.card())
    await world.passes(hours=5)

    assert (await anna.heard())[-1] == "Простите нас\n\nГузель, администратор"


async def test_an_answer_still_held_at_the_deadline_is_in_time(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    await world.passes(minutes=25, seconds=54)
    await guzel.replies("Простите нас", to=await world.card())
    await world.passes(hours=5)

    assert (await anna.heard())[3:] == ["Простите нас\n\nГузель, администратор"]


async def test_taken_and_silent_for_two_minutes_names_who_answers(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    await guzel.on_card("Беру")
    await world.passes(minutes=3)

    assert (await anna.heard())[-1] == (
        "Анна, вам отвечает Гузель, администратор. Ответ будет здесь до 12:30."
    )


async def test_taken_and_answered_at_once_names_nobody(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    await guzel.on_card("Беру")
    await guzel.replies("Простите нас", to=await world.card())
    await world.passes(minutes=5)

    assert (await anna.heard())[3:] == ["Простите нас\n\nГузель, администратор"]


async def test_handed_to_the_manager_the_customer_learns_who_answers_now(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]

    await guzel.on_card("Ещё…")
    await guzel.on_card("Управляющему")

    assert (await anna.heard())[-1] == (
        "Анна, теперь вам отвечает Рамиля, управляющая. Ответ будет здесь до 13:01; "
        "рассказывать заново не нужно."
    )
    assert (await ramilya.was_told())[-1] == "staff.remind"


async def test_answered_and_never_resolved_is_reminded_of_a_day_later(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await guzel.replies("Простите нас", to=await world.card())
    await world.passes(seconds=11)

    await world.passes(hours=24)
    reminder = (await guzel.heard())[-1]
    await guzel.taps("Решено")

    assert reminder == (
        "№ 1, Анна: ответ ушёл 12:01, карточка открыта. Если всё решили, нажмите «Решено»."
    )
    assert (await world.card_lines())[-1] == "Решено: Гузель, 12:01. Почему так вышло?"
    assert (await anna.heard())[3:] == ["Простите нас\n\nГузель, администратор"]


async def test_a_promise_made_on_friday_night_is_for_the_next_morning(world: World) -> None:
    await world.passes_until(20, 50)
    anna = await world.complaint("Ждала сорок минут")

    assert (await anna.heard())[-1].split(" Захотите")[0] == (
        "Анна, спасибо, что рассказали. Сообщение передали, ответит администратор: "
        "здесь же, завтра до 10:20."
    )
