"""Ready phrases on a busy shift: two taps and a number, nothing typed, nothing in the group."""

from tests.world import World


async def test_an_apology_with_a_time_takes_three_taps_and_its_promise_is_kept(
    world: World,
) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await guzel.on_card("Ещё…")
    await guzel.on_card("Сменить тему")
    await guzel.on_card("Долго ждали")
    posted = len(await world.in_group())

    await guzel.on_card("Ещё…")
    await guzel.on_card("Готовые фразы")
    shown = (await guzel.heard())[-1]
    popup = await guzel.taps("2")
    held = (await world.card()).labels[0]
    await world.passes(seconds=11)
    said = (await anna.heard())[-1]
    card = await world.card_lines()
    await world.passes(minutes=28)

    assert shown.split("\n\n")[1] == (
        "1. Анна, простите нас за долгое ожидание. "
        "Ваше время занято не нами, и держать вас у стойки было нельзя."
    )
    assert (popup, held) == ("Уйдёт через 10 с.", "Не отправлять")
    assert said == (
        "Анна, простите нас за долгое ожидание. Спасибо, что сказали прямо. "
        "Разбираюсь сейчас и напишу вам до 12:31.\n\nГузель, администратор"
    )
    assert "Ответить: до 12:31" in card
    assert "Ответили: Гузель, 12:01" in card
    assert (await anna.was_told())[-1] == "progress.late"
    assert len(await world.in_group()) == posted


async def test_pressed_by_mistake_it_is_stopped_in_private(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    told = len(await anna.heard())
    await guzel.on_card("Ещё…")
    await guzel.on_card("Готовые фразы")

    await guzel.taps("1")
    await guzel.taps("Не отправлять")
    await world.passes(minutes=1)

    assert len(await anna.heard()) == told
    assert (await guzel.labels())[-1] == ("Открыть карточку",)
