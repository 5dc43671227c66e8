"""Letters written in private and seen whole before they leave: the result, the manager's own, the last word."""

from tests.scenarios.test_closing import answered
from tests.someone import Someone
from tests.world import World

CHECKED = "посмотрели запись и поговорили с мастером"


async def _writes_result(guzel: Someone) -> None:
    await guzel.on_card("Ещё…")
    await guzel.on_card("Письмо с итогом")
    await guzel.writes("Мастер переделал окрашивание.")


async def test_a_letter_goes_on_after_a_restart_and_all_well_spares_the_check(
    world: World,
) -> None:
    anna, guzel = await answered(world)
    await _writes_result(guzel)
    await world.restart()

    await guzel.taps("Пропустить")
    await guzel.writes("Теперь держим окно между записями")
    shown = (await guzel.heard())[-1]
    await guzel.taps("Отправить")
    held = (await world.card()).labels[0]
    await world.restart()
    await world.passes(seconds=11)
    letter = (await anna.heard())[-1]
    await anna.taps("Всё хорошо")
    await guzel.on_card("Решено")
    await world.passes(days=10)

    assert letter == (
        "Анна, вот чем закончилось.\n\nЧто сделали: Мастер переделал окрашивание.\n"
        "Что меняем: Теперь держим окно между записями.\n\n"
        "Спасибо, что сказали. Если что-то останется не так, просто напишите сюда.\n\n"
        "Гузель, администратор"
    )
    assert shown == f"Так увидит Анна:\n\n{letter}"
    assert held == "Не отправлять"
    assert (await anna.was_told())[-2:] == ["close.letter_employee", "check.ok"]
    assert "Проверка 20 ноября: всё в порядке" in await world.card_lines()


async def test_not_quite_under_the_letter_opens_the_closed_case_with_the_manager(
    world: World,
) -> None:
    anna, guzel = await answered(world)
    await _writes_result(guzel)
    await guzel.taps("Пропустить")
    await guzel.taps("Пропустить")
    await guzel.taps("Отправить")
    await world.passes(seconds=11)
    await guzel.on_card("Решено")

    await anna.taps("Не совсем")
    await anna.writes("Пятно осталось")
    await world.passes(seconds=61)

    assert (await anna.was_told())[-1] == "check.reopen"
    assert (await world.people["Рамиля"].heard())[-1] == (
        "Анна ждёт ответа до 13:01. № 1: «Ждала сорок минут»"
    )
    assert len(await world.cards()) == 2
    assert (await world.card_lines())[-1] == (
        "Открыто снова 20 ноября, 12:01: «Пятно осталось». Отвечает: Рамиля, до 13:01"
    )


async def test_a_letter_is_stopped_in_private_and_comes_back_to_be_corrected(world: World) -> None:
    anna, guzel = await answered(world)
    told = len(await anna.heard())
    await _writes_result(guzel)
    await guzel.taps("Пропустить")
    await guzel.taps("Пропустить")
    await guzel.taps("Отправить")

    stopped = await guzel.taps("Не отправлять")
    await world.passes(seconds=11)
    nothing = len(await anna.heard()) == told
    await guzel.taps("Поправить")
    await guzel.taps("Что сделали")
    await guzel.writes("Вернули деньги")
    await guzel.taps("Отправить")
    await world.passes(seconds=11)

    assert stopped == "Не отправили."
    assert nothing
    assert "Что сделали: Вернули деньги." in (await anna.heard())[-1].split("\n")


async def test_the_customer_has_erased_everything_while_the_letter_was_being_written(
    world: World,
) -> None:
    anna, guzel = await answered(world)
    await _writes_result(guzel)

    await anna.writes("/privacy")
    await anna.taps("Удалить мои данные")
    await anna.taps("Да, удалить")
    await guzel.writes("Запись сдвинулась")

    assert (await guzel.heard())[-1] == "Этого письма уже нет. Начать новое: карточка, «Ещё…»."


async def test_the_managers_letter_waits_for_the_managers_tap(world: World) -> None:
    anna, guzel = await answered(world)
    ramilya = world.people["Рамиля"]
    await guzel.on_card("Решено")
    await guzel.on_card("Опоздание")
    await world.passes(days=2)
    await anna.taps("Не совсем")
    await ramilya.replies("Простите, что снова ждали", to=await world.card())
    await world.passes(seconds=11)
    told = len(await anna.heard())
    await ramilya.on_card("Решено")
    await world.restart()
    before = len(await anna.heard())

    await ramilya.taps("Поправить")
    await ramilya.writes("держим окно между записями")
    await ramilya.taps("Отправить")
    await world.passes(seconds=11)
    await anna.writes("А деньги вернёте?")
    await world.passes(seconds=61)

    assert before == told
    assert (await anna.heard())[told] == (
        "Анна, здравствуйте! Меня зовут Рамиля, управляющая. Спасибо, что не промолчали.\n\n"
        "Что мы поменяли: держим окно между записями.\n\n"
        "Если что-то пойдёт не так, просто ответьте на это сообщение, отвечу лично."
    )
    assert "Рамиля" in (await anna.heard())[-1]
    assert (await ramilya.heard())[-1].startswith("Анна отвечает на ваше письмо: № 2.")


async def test_after_two_noes_the_manager_closes_by_the_final_answer_and_nothing_follows(
    world: World,
) -> None:
    anna, guzel = await answered(world)
    ramilya = world.people["Рамиля"]
    await guzel.on_card("Решено")
    await world.passes(days=2)
    await anna.taps("Не совсем")
    await ramilya.replies("Простите ещё раз", to=await world.card())
    await world.passes(seconds=11)
    await ramilya.on_card("Решено")
    await world.passes(days=2)
    await anna.taps("Не совсем")
    await ramilya.replies("Смотрим ещё раз", to=await world.card())
    await world.passes(seconds=11)

    refused = await guzel.on_card("Решено")
    await ramilya.taps("Окончательный ответ")
    await ramilya.writes(CHECKED)
    await ramilya.taps("Отправить")
    await world.passes(seconds=11)
    told = await anna.was_told()
    await world.passes(days=14)

    assert refused == (
        "Открывали снова уже не раз: теперь закрывает управляющий, окончательным ответом. Передали."
    )
    assert told[-1] == "close.final"
    assert await anna.was_told() == told
    assert "Решено: Рамиля" in (await world.card_lines())[-1]


async def test_not_confirmed_is_said_courteously_and_no_cause_is_asked(world: World) -> None:
    anna, _ = await answered(world)
    ramilya = world.people["Рамиля"]

    await ramilya.on_card("Ещё…")
    await ramilya.on_card("Не подтвердилось")
    await ramilya.writes(CHECKED)
    await ramilya.taps("Отправить")
    await world.passes(seconds=11)

    assert (await anna.heard())[-1].startswith(f"Анна, мы всё проверили: {CHECKED}.")
    assert (await world.card_lines())[-1] == "Не подтвердилось: Рамиля, 12:01"
    assert (await world.card()).labels == ("Открыть снова",)
