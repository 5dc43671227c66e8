"""A voucher at the counter: redeemed once, shown to anybody, extended, revoked, reminded of."""

import asyncio

import pytest

from tests.someone import Someone
from tests.world import World


async def _given(world: World) -> Someone:
    """Анна has the letter with the code LANA-1, valid for 60 days from Friday, 20 November."""
    anna = await world.complaint("Ждала сорок минут")
    await world.people["Гузель"].on_card("🎁 Уход")
    await world.passes(seconds=11)
    return anna


async def test_a_typed_code_is_redeemed_at_once_and_the_card_says_so(world: World) -> None:
    await _given(world)
    guzel = world.people["Гузель"]

    await guzel.writes("/redeem LANA-1")

    assert (await guzel.heard())[-1].replace("\xa0", " ") == (
        "Погашено: уход-комплимент, маска или парафин (по прайсу 1 200 ₽). Код LANA-1, Анна."
    )
    assert (await world.card_lines())[-1] == "Код LANA-1: погашен 20 ноября, 12:01, Гузель"


async def test_a_second_try_says_when_and_by_whom(world: World) -> None:
    await _given(world)
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    await guzel.writes("/redeem LANA-1")

    await ramilya.writes("/redeem LANA-1")

    assert (await ramilya.heard())[-1].split("\n")[-1] == "Сейчас: погашен 20 ноября, 12:01, Гузель"
    assert (await ramilya.labels())[-1] == ()


@pytest.mark.parametrize("typed", ["lana-1", "LANA1", "lana 1", "ЛANA-1".replace("Л", "L")])
async def test_a_code_is_read_as_people_type_it(world: World, typed: str) -> None:
    await _given(world)
    guzel = world.people["Гузель"]

    await guzel.writes(f"/redeem {typed}")

    assert (await guzel.was_told())[-1] == "voucher.redeemed"


async def test_in_the_group_the_command_is_answered_under_it(world: World) -> None:
    await _given(world)

    asked = await world.people["Гузель"].says("/redeem LANA-1")

    answer = (await world.in_group())[-1]
    assert (answer.reply_to, answer.text.split(":")[0]) == (asked, "Погашено")


async def test_after_a_scan_a_person_of_the_staff_is_asked_first(world: World) -> None:
    await _given(world)
    guzel = world.people["Гузель"]

    await guzel.starts("c_LANA-1")
    asked = (await guzel.heard())[-1]
    popup = await guzel.taps("Погасить код")

    assert asked.split("\n")[1:] == ["Анна. Дали: Гузель, 20 ноября", "Сейчас: действует"]
    assert popup == "Погашено: уход-комплимент, маска или парафин."
    assert (await world.card_lines())[-1] == "Код LANA-1: погашен 20 ноября, 12:01, Гузель"


async def test_two_cashiers_at_the_same_moment_redeem_once(world: World) -> None:
    await _given(world)
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    shown = []
    for person in (guzel, ramilya):
        await person.starts("c_LANA-1")
        shown.append(await world.newest_with("Погасить код", person.id))

    taps = await asyncio.gather(
        world.control.tap(guzel.id, shown[0].id, "Погасить код"),
        world.control.tap(ramilya.id, shown[1].id, "Погасить код"),
    )
    await world.settle()
    answers = [(await world.control.tap_answer(tap)).text for tap in taps]

    first = answers.index("Погашено: уход-комплимент, маска или парафин.")
    name = ("Гузель", "Рамиля")[first]
    assert answers[1 - first] == f"Код LANA-1: погашен 20 ноября, 12:01, {name}."


async def test_the_guest_sees_how_it_stands_and_cannot_redeem(world: World) -> None:
    anna = await _given(world)
    stranger = await world.person("Ильдар")

    await anna.starts("c_LANA-1")
    await stranger.writes("/redeem LANA-1")

    for person in (anna, stranger):
        assert (await person.heard())[-1] == (
            "Код LANA-1: уход-комплимент, маска или парафин, до 19 января.\nСейчас: действует"
        )
        assert (await person.labels())[-1] == ()


async def test_a_button_forged_by_a_stranger_does_nothing(world: World) -> None:
    await _given(world)
    guzel, stranger = world.people["Гузель"], await world.person("Ильдар")
    await guzel.starts("c_LANA-1")
    shown = await world.newest_with("Погасить код", guzel.id)
    data = shown.buttons[0][0].data
    assert data is not None
    await stranger.starts()
    under = (await stranger.sees())[-1].id

    popups = [
        await stranger.forges(data, under),
        await stranger.forges(data.replace("use", "qr"), under),
    ]

    assert popups == [
        "Вы пока не в списке. Откройте бота и нажмите «Попроситься».",
        "Эта кнопка уже своё отработала. Хотите что-то сказать — напишите сюда.",
    ]
    await guzel.taps("Погасить код")
    assert (await world.card_lines())[-1].startswith("Код LANA-1: погашен")


async def test_the_card_redeems_too_while_the_case_is_open_and_after(world: World) -> None:
    await _given(world)
    guzel = world.people["Гузель"]

    await guzel.on_card("Ещё…")
    await guzel.on_card("Погасить код")
    used = (await world.card()).labels
    await guzel.taps_on(await world.card(), "Назад", chat=world.group)

    assert "Погасить код" not in used
    assert (await world.card_lines())[-1] == "Код LANA-1: погашен 20 ноября, 12:01, Гузель"


async def test_a_closed_card_still_redeems(world: World) -> None:
    await _given(world)
    guzel = world.people["Гузель"]
    await guzel.on_card("Решено")
    await guzel.on_card("Накладка в записи")

    popup = await guzel.on_card("Погасить код")

    assert popup == "Погашено: уход-комплимент, маска или парафин."


async def test_a_slip_is_taken_back_by_whoever_made_it_within_ten_minutes(world: World) -> None:
    await _given(world)
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    await guzel.writes("/redeem LANA-1")

    undone = await guzel.taps("Вернуть")
    await guzel.taps("Погасить код")
    await world.passes(minutes=11)
    late = await guzel.taps("Вернуть")
    await ramilya.starts("c_LANA-1")

    assert undone == "Вернули: код LANA-1 снова действует."
    assert late == "Это решает управляющий."
    assert (await ramilya.heard())[-1].split("\n")[-1].startswith("Сейчас: погашен")


async def test_a_lapsed_code_is_not_redeemed_until_a_manager_makes_it_longer(world: World) -> None:
    anna = await _given(world)
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    await world.passes(days=61)

    await guzel.writes("/redeem LANA-1")
    await ramilya.writes("/redeem LANA-1")
    await ramilya.taps("Ещё…")
    popup = await ramilya.taps("Продлить")
    await guzel.writes("/redeem LANA-1")

    assert [text.split("\n")[-1] for text in (await ramilya.heard())[-1:]] == [
        "Сейчас: срок вышел 19 января"
    ]
    assert popup == "Продлили до 21 марта. Анна уже знает."
    assert (await anna.was_told())[-1] == "voucher.extended"
    assert (await guzel.was_told())[-1] == "voucher.redeemed"
    assert (await guzel.labels())[-2] == ()


async def test_revoked_with_a_reason_the_guest_is_told_and_counters_are_given_back(
    world: World,
) -> None:
    anna = await _given(world)
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]

    await guzel.starts("c_LANA-1")
    await ramilya.starts("c_LANA-1")
    await ramilya.taps("Ещё…")
    await ramilya.taps("Отозвать…")
    await ramilya.taps("Дали другой подарок")
    popup = await guzel.taps("Погасить код")
    await guzel.on_card("🎁 Экспресс")
    await world.passes(seconds=11)

    assert (await anna.heard())[-2] == (
        "Анна, это «Лана». Код LANA-1 больше не действует: вместо него дали другой подарок. "
        "Если это не так, напишите сюда, разберёмся."
    )
    assert popup == (
        "Код LANA-1: отозван 20 ноября, 12:01, Рамиля: вместо него дали другой подарок."
    )
    assert (await anna.was_told())[-1] == "offer.single"


async def test_the_picture_in_the_letter_opens_as_the_code(world: World) -> None:
    anna = await _given(world)

    await anna.taps("Показать QR")

    picture = (await anna.sees())[-1]
    assert picture.kind == "photo"
    assert picture.text == (
        "уход-комплимент, маска или парафин, до 19 января. Код: LANA-1. Покажите нам эту картинку."
    )


async def test_a_week_before_it_lapses_the_guest_is_reminded_once(world: World) -> None:
    anna = await _given(world)
    await anna.agrees_to_questions()
    await world.people["Гузель"].on_card("Решено")

    await world.passes(days=52)
    before = (await anna.was_told()).count("offer.remind")
    await world.passes(days=2)
    reminded = (await anna.was_told()).count("offer.remind")
    await world.passes(days=10)

    assert (before, reminded) == (0, 1)
    assert (await anna.was_told()).count("offer.remind") == 1


@pytest.mark.parametrize("why", ["used", "stopped"])
async def test_nobody_is_reminded_of_what_is_used_or_not_wanted(world: World, why: str) -> None:
    anna = await _given(world)
    await world.people["Гузель"].on_card("Решено")
    if why == "used":
        await world.people["Гузель"].writes("/redeem LANA-1")
    else:
        await anna.writes("/stop")

    await world.passes(days=62)

    assert (await anna.was_told()).count("offer.remind") == 0


async def test_a_wrong_code_and_no_code_are_answered_in_a_sentence(world: World) -> None:
    guzel = world.people["Гузель"]

    await guzel.writes("/redeem")
    await guzel.writes("/redeem <b>ABCD-EF</b>")

    assert (await guzel.heard())[-2:] == [
        "Напишите код после команды: /redeem K7M2-QX",
        "Кода «<b>ABCD-EF</b>» нет. Проверьте буквы и цифры: О и 0, I и 1 в кодах не бывает.",
    ]
