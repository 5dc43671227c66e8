"""Closing in one tap, the cause, and the question days later that may open the same case again."""

from tests.someone import Someone
from tests.world import World


async def answered(world: World) -> tuple[Someone, Someone]:
    """Анна has complained and been answered by Гузель."""
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await guzel.replies("Простите нас, мастер опоздал", to=await world.card())
    await world.passes(seconds=11)
    return anna, guzel


async def test_resolved_without_an_answer_takes_a_second_tap(world: World) -> None:
    await world.complaint("Ждала сорок минут")
    guzel = world.people["Гузель"]

    warning = await guzel.on_card("Решено")
    still = await world.card_lines()
    await guzel.on_card("Решено")

    assert warning == (
        "Анна ещё ждёт ответа. Сначала ответьте или нажмите «Решено» ещё раз, если ответили иначе."
    )
    assert still[-1] == "Ответить: до 12:30"
    assert (await world.card_lines())[-1] == "Решено: Гузель, 12:01. Почему так вышло?"


async def test_resolved_says_nothing_to_the_customer(world: World) -> None:
    anna, guzel = await answered(world)
    told = len(await anna.heard())

    await guzel.on_card("Решено")
    await guzel.on_card("Опоздание")
    await world.passes(days=1)

    assert len(await anna.heard()) == told
    assert (await world.card()).text == (
        "№ 1 · без темы · 2/5\nАнна · визитов: 1\nсегодня\n\nЖдала сорок минут\n"
        "Решено: Гузель, 12:01. Причина: Опоздание мастера"
    )
    assert (await world.card()).labels == ("Открыть снова",)


async def test_a_cause_put_off_is_asked_for_in_the_evening_privately(world: World) -> None:
    _, guzel = await answered(world)
    await guzel.on_card("Решено")

    await guzel.on_card("Потом")
    await world.passes_until(20, 31)
    asked = (await guzel.heard())[-1]
    await guzel.taps("Опоздание")

    assert asked == "№ 1, «без темы»: почему так вышло?"
    assert (await world.card_lines())[-1] == "Решено: Гузель, 12:01. Причина: Опоздание мастера"


async def test_all_causes_put_off_come_as_one_message_that_goes_on_after_a_restart(
    world: World,
) -> None:
    _, guzel = await answered(world)
    await guzel.on_card("Решено")
    await guzel.on_card("Потом")
    await world.complaint("Грязно", name="Ольга")
    await guzel.on_card("Решено")
    await guzel.on_card("Решено")
    await guzel.on_card("Потом")
    told = len(await guzel.heard())

    await world.passes_until(20, 31)
    asked = (await guzel.heard())[told:]
    await guzel.taps("Опоздание")
    await world.restart()
    then = (await guzel.heard())[told:]
    await guzel.taps("Не знаю")

    assert asked == ["№ 1, «без темы»: почему так вышло? Потом спросим ещё: № 2."]
    assert then == ["№ 2, «без темы»: почему так вышло?"]
    assert (await guzel.labels())[-1] == ()
    await world.passes(days=1)
    assert len(await guzel.heard()) == told + 1


async def test_no_opens_the_same_case_again_with_the_manager_and_both_sides_know_by_when(
    world: World,
) -> None:
    anna, guzel = await answered(world)
    ramilya = world.people["Рамиля"]
    await guzel.on_card("Решено")
    await guzel.on_card("Опоздание")
    await world.passes(days=2)

    await anna.taps("Не совсем")
    await anna.writes("Снова ждала")
    await world.passes(seconds=61)
    cards = await world.cards()
    reopened, old = cards[-1], cards[0]
    await ramilya.replies("Анна, простите, что снова ждали", to=reopened)
    await world.passes(seconds=11)
    await ramilya.on_card("Решено")
    await world.passes(days=2)
    await anna.taps("Да")

    assert (await anna.heard())[4:6] == [
        "Анна, это «Лана». В пятницу вы писали нам про свой визит. Теперь всё в порядке?",
        "Жаль, что исправили не всё. Что осталось не так? "
        "Отвечать будет Рамиля, управляющая: здесь, до 13:01.",
    ]
    assert reopened.text == (
        "№ 1 · без темы · 2/5\nАнна · визитов: 1\n20 ноября\n\n"
        "Ждала сорок минут\nСнова ждала\nОтветить: до 13:01\n"
        "Открыто снова 22 ноября, 12:01: «Снова ждала». Отвечает: Рамиля, до 13:01"
    )
    assert (len(cards), old.labels, reopened.silent) == (2, (), False)
    assert (await anna.was_told())[-2:] == ["check.2d", "check.ok"]
    told = await ramilya.heard()
    assert [words for words in told if words.startswith("Анна")][-1] == (
        "Анна ждёт ответа до 13:01. № 1: «Ждала сорок минут»"
    )


async def test_a_check_nobody_answers_is_not_repeated(world: World) -> None:
    anna, guzel = await answered(world)
    await guzel.on_card("Решено")

    await world.passes(days=10)

    assert (await anna.was_told())[-1:] == ["check.2d"]
    assert (await anna.was_told()).count("check.2d") == 1


async def test_a_check_answered_twice_is_answered_once(world: World) -> None:
    anna, guzel = await answered(world)
    await guzel.on_card("Решено")
    await world.passes(days=2)
    question = (await anna.sees())[-1]

    await anna.taps_on(question, "Да")
    await anna.taps_on(question, "Не совсем")

    assert (await anna.was_told())[-2:] == ["check.2d", "check.ok"]
    assert (await world.card_lines())[-2] == "Проверка 22 ноября: всё в порядке"


async def test_closed_by_mistake_is_opened_again_by_a_tap(world: World) -> None:
    anna, guzel = await answered(world)
    await guzel.on_card("Решено")

    await guzel.on_card("Открыть снова")
    await guzel.replies("И ещё: ждём вас", to=await world.card())
    await world.passes(seconds=11)
    await world.passes(days=2)

    assert (await anna.heard())[-1] == "И ещё: ждём вас\n\nГузель, администратор"
    assert (await world.card()).labels[0] == "Решено"


async def test_words_after_closing_are_a_new_case_of_the_same_customer(world: World) -> None:
    anna, guzel = await answered(world)
    await guzel.on_card("Решено")

    await anna.writes("А деньги за укладку вернёте?")
    await world.passes(seconds=61)

    assert [card.text.split("\n")[0] for card in await world.cards()] == [
        "№ 1 · без темы · 2/5",
        "№ 2 · без темы",
    ]
    assert (await anna.was_told())[-1] == "ack.unassigned"
