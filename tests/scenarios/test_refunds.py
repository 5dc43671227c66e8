"""Money back over the real composition: the form in private, the letter, the day, the bank; with a restart."""

from sqlalchemy import update

from storage.tables import visits
from tests.someone import Someone
from tests.world import World


async def asked_for_money(world: World) -> Someone:
    """Анна has paid 4,000 roubles, is unhappy and wants the money back."""
    anna = await world.complaint("Испортили волосы")
    await world.app.database.transact(
        lambda conn: conn.execute(update(visits).values(amount=400_000, currency="RUB"))
    )
    await world.passes(seconds=70)
    await anna.taps("Вернуть деньги")
    return anna


async def decides(ramilya: Someone, day: str) -> None:
    """The manager fills the form in."""
    await ramilya.on_card("Вернуть деньги")
    await ramilya.taps("Весь визит")
    await ramilya.taps("Чек или оплата проверены")
    await ramilya.taps(day)
    await ramilya.taps("Вернуть")


async def test_money_goes_back_on_the_promised_day_and_is_asked_about(world: World) -> None:
    ramilya = world.people["Рамиля"]
    anna = await asked_for_money(world)
    first = (await world.card()).labels

    await decides(ramilya, "до 23 ноября")
    await world.passes(seconds=11)
    await world.restart()
    letter = (await anna.heard())[-1]
    await world.passes(days=3)
    await ramilya.taps("Деньги отправили")
    sent = (await anna.heard())[-1]
    await world.passes(days=3, hours=1)
    await anna.taps("Ещё нет")

    assert first[:3] == ("Беру", "Решено", "Вернуть деньги")
    assert letter.replace("\N{NO-BREAK SPACE}", " ").startswith("Анна, простите нас")
    assert "до 23 ноября. Как отправим, напишем сюда." in letter
    assert sent.startswith("Анна, это «Лана». Деньги отправили 23 ноября")
    assert "Деньги не пришли" in (await world.card()).text
    assert (await anna.was_told())[-2:] == ["offer.refund_check", "offer.refund_missing"]


async def test_the_sum_may_be_typed_and_all_is_taken_back_in_ten_seconds(world: World) -> None:
    ramilya = world.people["Рамиля"]
    anna = await asked_for_money(world)
    told = len(await anna.heard())

    await ramilya.on_card("Вернуть деньги")
    await ramilya.writes("2 500 руб")
    await ramilya.taps("Чек или оплата проверены")
    await ramilya.taps("сегодня")
    await ramilya.taps("Вернуть")
    await ramilya.taps("Отменить")
    await world.passes(seconds=30)

    assert (await anna.heard())[told:] == []
    assert (await world.card()).labels[:2] == ("Решено", "Вернуть деньги")


async def test_an_administrator_asks_the_manager(world: World) -> None:
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    await asked_for_money(world)

    toast = await guzel.on_card("Вернуть деньги")
    asked = (await ramilya.heard())[-1]

    assert toast == "Это решает управляющий. Спросили, ответ появится на карточке."
    assert asked.startswith(
        "Спрашивает Гузель: возврат стоимости услуги. Почему вы: такое решаете вы."
    )


async def test_a_promised_day_that_passes_is_excused_before_it_is_over(world: World) -> None:
    ramilya = world.people["Рамиля"]
    anna = await asked_for_money(world)
    await decides(ramilya, "сегодня")
    await world.passes(seconds=11)

    await world.passes_until(18, 1)

    assert (await anna.was_told())[-1] == "offer.refund_late"
    assert "Отправим до 22 ноября и напишем сюда." in (await anna.heard())[-1]
