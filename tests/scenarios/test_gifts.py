"""One tap on a gift gives it, once, with ten seconds to take it back."""

import asyncio

from tests.world import World


async def test_one_tap_sends_the_letter_ten_seconds_later(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    await guzel.on_card("🎁 Уход")
    leaving = await world.card()
    await world.passes(seconds=9)
    before = await anna.was_told()
    await world.passes(seconds=2)

    assert leaving.labels == ("Отменить",)
    assert leaving.text.split("\n")[-1] == ("Уйдёт через 10 с: уход-комплимент, маска или парафин")
    assert before[-1] == "ack.unassigned"
    assert (await anna.was_told())[-1] == "offer.single"
    assert (await anna.labels())[-1] == ("Скопировать код", "Записаться", "Показать QR")
    assert (await world.card_lines())[-1] == (
        "Дали: уход-комплимент, маска или парафин, код LANA-1. Гузель, 12:01"
    )


async def test_taken_back_within_ten_seconds_the_customer_gets_nothing(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    await guzel.on_card("🎁 Уход")
    await world.passes(seconds=9)
    popup = await guzel.on_card("Отменить")
    await world.passes(seconds=60)

    assert popup == "Отменили. Анна ничего не получит."
    assert (await anna.was_told())[-1] == "ack.unassigned"
    assert (await world.card()).labels[1:] == (
        "🎁 Уход-комплимент · 1\xa0200\xa0₽",
        "🎁 Экспресс-укладка · 1\xa0500\xa0₽",
        "Ещё…",
    )


async def test_what_was_taken_back_can_be_given_after_all(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    await guzel.on_card("🎁 Уход")
    await guzel.on_card("Отменить")
    await guzel.on_card("🎁 Экспресс")
    await world.passes(seconds=11)

    assert [text.split("\n")[2] for text in (await anna.heard())[-1:]] == [
        "Код: LANA-2. Назовите его администратору."
    ]


async def test_after_the_letter_has_left_it_is_too_late_to_take_back(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await guzel.on_card("🎁 Уход")
    leaving = await world.card()

    await world.passes(seconds=11)
    popup = await guzel.taps_on(leaving, "Отменить", chat=world.group)

    assert popup == "Поздно: письмо уже ушло."
    assert (await anna.was_told())[-1] == "offer.single"


async def test_a_second_tap_by_anybody_says_who_was_first(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    card = await world.card()

    await guzel.taps_on(card, "🎁 Уход", chat=world.group)
    popups = [
        await ramilya.taps_on(card, "🎁 Экспресс", chat=world.group),
        await guzel.taps_on(card, "🎁 Уход", chat=world.group),
    ]
    await world.passes(seconds=11)

    assert popups == ["Уже дали: уход-комплимент, маска или парафин. Гузель, 12:01."] * 2
    assert (await anna.was_told()).count("offer.single") == 1


async def test_two_taps_on_different_gifts_at_once_give_one_gift(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    card = await world.card()

    await asyncio.gather(
        world.control.tap(guzel.id, card.id, card.labels[2], chat=world.group),
        world.control.tap(ramilya.id, card.id, card.labels[3], chat=world.group),
    )
    await world.passes(seconds=11)

    assert (await anna.was_told()).count("offer.single") == 1
    assert len([line for line in await world.card_lines() if line.startswith("Дали:")]) == 1


async def test_one_visit_has_one_gift_whatever_account_asks(world: World) -> None:
    await world.people["Гузель"].says("/visit стрижка")
    anna, guzel = await world.person("Анна"), world.people["Гузель"]
    await anna.follows(await world.visit_link())
    await anna.taps("2 ·")
    await guzel.on_card("🎁 Уход")
    await world.passes(seconds=11)

    await guzel.on_card("Решено")
    await world.passes(days=2)
    await anna.taps("Не совсем")

    assert (await world.card()).labels == ("Беру", "Решено", "Ещё…")


async def test_more_shows_what_else_there_is_and_back_leads_back(world: World) -> None:
    await world.complaint("Ждала сорок минут")
    guzel = world.people["Гузель"]
    main = (await world.card()).labels

    await guzel.on_card("Ещё…")
    more = (await world.card()).labels
    await guzel.on_card("Назад")

    assert (more[:2], more[-1]) == (("На выбор", "Управляющему"), "Назад")
    assert (await world.card()).labels == main


async def test_a_fix_is_a_right_and_comes_first_without_a_code(world: World) -> None:
    anna, guzel = await world.person("Анна"), world.people["Гузель"]
    await anna.starts("b_bauman")
    await anna.taps("2 ·")
    await anna.taps("Не тот результат")

    labels = (await world.card()).labels
    await guzel.on_card("Коррекция бесплатно")
    await world.passes(seconds=11)

    assert labels[2:4] == ("Коррекция бесплатно", "Повтор у топ-мастера")
    assert (await anna.heard())[-1] == (
        "Анна, простите нас за то, что вышло не так, как вы хотели. Сделаем так: "
        "коррекция за наш счёт у того же или у другого мастера, до 27 ноября. "
        "Когда вам удобно? Напишите сюда, всё устроим.\n\nГузель, администратор"
    )


async def test_a_customer_of_no_known_visit_is_asked_when_it_was(world: World) -> None:
    anna, guzel = await world.person("Анна"), world.people["Гузель"]
    await anna.writes("Ждала у вас сорок минут")

    labels = (await world.card()).labels
    popup = await guzel.on_card("Спросить, когда")

    assert labels == (
        "Беру",
        "Решено",
        "Спросить, когда был визит",
        "Спросить управляющего",
        "Ещё…",
    )
    assert popup == "Спросили, когда был визит."
    assert (await anna.heard())[-1] == (
        "Анна, подскажите, на чьё имя и когда была запись? Найдём и ответим здесь до 12:30.\n\n"
        "Гузель, администратор"
    )


async def test_what_an_administrator_may_not_give_becomes_a_request_to_the_manager(
    world: World,
) -> None:
    anna, guzel, ramilya = (
        await world.person("Анна"),
        world.people["Гузель"],
        world.people["Рамиля"],
    )
    await anna.writes("Ждала у вас сорок минут")

    popup = await guzel.on_card("Спросить управляющего")
    asked = (await ramilya.heard())[-1]
    await ramilya.taps("Дать")
    await world.passes(seconds=11)

    assert popup == "Это решает управляющий. Спросили, ответ появится на карточке."
    assert asked == (
        "Спрашивает Гузель: уход-комплимент, маска или парафин, по прайсу 1\xa0200\xa0₽, "
        "нам ≈ 150\xa0₽. Почему вы: визит не найден. № 1, Анна, ответ обещан до 12:30."
    )
    assert (await anna.heard())[-1].split("\n")[-1] == "Рамиля, управляющая"
    assert (await world.card_lines())[-1] == (
        "Дали: уход-комплимент, маска или парафин, код LANA-1. Рамиля, 12:00"
    )


async def test_a_request_the_manager_refuses_stands_so_on_the_card(world: World) -> None:
    anna, guzel, ramilya = (
        await world.person("Анна"),
        world.people["Гузель"],
        world.people["Рамиля"],
    )
    await anna.writes("Ждала у вас сорок минут")
    await guzel.on_card("Спросить управляющего")

    await ramilya.taps("Нет")
    await world.passes(seconds=11)

    assert await anna.was_told() == []
    assert (await world.card_lines())[-1] == "Рамиля: нет"
