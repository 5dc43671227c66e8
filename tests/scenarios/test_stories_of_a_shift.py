"""Five stories of a shift in a salon, told from both sides of the counter; what each takes stands in the guide."""

from bot.sandbox.views import MessageView
from flows.events import VisitEnded
from tests.someone import Someone
from tests.story import Story, Title, promised
from tests.world import World

AS_ANYBODY = ("ask.salon", "rate.low", "ack.unassigned")  # what everybody hears who is not content
KIND = "Анна, простите, что ждали сорок минут. Сегодня посадили второго мастера."


async def test_everything_was_fine_and_one_tap_says_so(world: World) -> None:
    story = await Story.of(world, "Анна")
    anna = world.people["Анна"]

    await anna.starts("b_bauman")
    await anna.taps("5 ·")
    await world.passes(days=4)

    assert await anna.was_told() == ["ask.qr", "rate.5"]
    assert await story.cost() == promised()[Title.HAPPY]


async def test_two_of_five_on_friday_evening_is_settled_by_three_taps(world: World) -> None:
    await world.passes_until(18, 40)
    story = await Story.of(world, "Анна")
    anna, guzel = world.people["Анна"], world.people["Гузель"]

    await anna.starts("b_bauman")
    await anna.taps("2 ·")
    await anna.writes("Ждала сорок минут, никто не подошёл")
    await world.passes(seconds=61)
    promise = await anna.heard()
    await guzel.on_card("🎁 Экспресс")
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await guzel.on_card("Накладка")
    await world.passes(days=2)
    await anna.taps("Да")

    assert len(promise) == 3  # the question; then two: the apology, and who answers by when
    assert promise[-1].split(" Захотите")[0] == (
        "Анна, спасибо, что рассказали. Сообщение передали, ответит администратор: "
        "здесь же, до 19:10."
    )
    assert (await anna.was_told())[3:] == ["offer.single", "check.2d", "check.ok"]
    assert (await world.card_lines())[-3:] == [
        "Проверка 22 ноября: всё в порядке",
        "Дали: экспресс-укладка, код LANA-1. Гузель, 18:41",
        "Решено: Гузель, 18:41. Причина: Накладка в записи",
    ]
    assert await story.cost() == promised()[Title.FRIDAY]


async def test_a_burn_on_saturday_night_belongs_to_people(world: World) -> None:
    await world.passes(days=1)
    await world.passes_until(22, 30)
    story = await Story.of(world, "Анна")
    anna, guzel, ramilya = (world.people[name] for name in ("Анна", "Гузель", "Рамиля"))

    await anna.writes("После маски лицо жжёт, появились волдыри")
    no_gift = await guzel.forges("c|1|give|bs01", (await world.in_group())[-1].id, world.group)
    alerts = await alerts_within(world, minutes=16)
    await ramilya.taps("Вижу")
    before_words = (await manager_card(ramilya)).labels
    await answers(ramilya, "Анна, к вам выехала скорая? Дежурный врач на связи всю ночь.")
    await anna.writes("Промыла, стало легче")
    await world.passes_until(10, 5)
    await answers(ramilya, "Анна, доброе утро. Сегодня в 12 вас ждёт врач, платим мы.")
    in_the_morning = (await manager_card(ramilya)).labels
    await ramilya.taps("Решено")
    await ramilya.taps("Ошибка в работе")
    await world.passes(days=9)

    shift = ["Гузель", "Рамиля"]
    assert alerts == {0: shift, 3: shift, 6: shift, 10: shift, 14: [*shift, "Лев"]}
    assert (no_gift, before_words) == (
        "Это обращение ведёт управляющий.",
        ("Решено", "Позвонить", "Ещё…"),
    )
    assert in_the_morning == ("Решено", "Врач за наш счёт", "Ещё…")
    assert (await anna.heard())[1:3] == [
        "Анна, пока никто не ответил, это наша вина. Позвоните, пожалуйста, сами: "
        "+7 900 000-00-00. Если становится хуже — 103 или 112. Мы тоже продолжаем звать тех, "
        "кто может ответить.",
        "Ваше сообщение прочитали в 22:46. Сейчас вам напишет Рамиля, управляющая.",
    ]
    assert await anna.was_told() == [
        "health.ack",
        "health.late",
        "health.seen",
        "Анна, к вам выехала скорая? Дежурный врач на связи всю ночь.\n\nРамиля, управляющая",
        "Анна, доброе утро. Сегодня в 12 вас ждёт врач, платим мы.\n\nРамиля, управляющая",
    ]
    assert await story.cost() == promised()[Title.BURN]


async def test_two_accounts_get_one_gift_a_visit_and_the_tone_of_everybody(world: World) -> None:
    story = await Story.of(world, "Марина", "Маша")
    marina, masha, ramilya = (world.people[name] for name in ("Марина", "Маша", "Рамиля"))

    await complains_of_visit(world, marina, "v1")
    await settled_by_gift(world)
    await masha.starts("v_v1")  # the same visit from the other account
    await masha.writes("Обслужили из рук вон плохо, верните деньги")
    await world.passes(seconds=61)
    without_visit = await asked_of_manager(world, "Спросить управляющего")
    await ramilya.taps("Нет")
    await settled_by_words(world, "Маша, простите нас. Работу проверила старшая смены.")
    await world.passes(days=6)
    await complains_of_visit(world, marina, "v2")
    await settled_by_gift(world)
    await world.passes(days=3)
    await complains_of_visit(world, marina, "v3")
    third = await asked_of_manager(world, "🎁 Уход")
    await ramilya.taps("Нет")

    assert without_visit == "визит не найден. № 2, Маша, ответ обещан до 12:31."
    assert third == "дороже лимита. № 4, Марина, ответ обещан до 12:33."
    assert await gifts_given(world) == ["№ 1", "№ 3"]
    assert await masha.was_told() == [
        "ask.link_used",
        "ack.unassigned",
        "Маша, простите нас. Работу проверила старшая смены.\n\nГузель, администратор",
        "check.2d",
    ]
    assert await marina.was_told() == [
        *(*AS_ANYBODY, "offer.single", "check.2d"),
        *(*AS_ANYBODY, "offer.single", "check.2d"),
        *AS_ANYBODY,
    ]
    assert await story.cost() == promised()[Title.TWO_ACCOUNTS]


async def test_a_reply_that_was_meant_for_the_own_people_is_stopped(world: World) -> None:
    story = await Story.of(world, "Анна")
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    await guzel.replies("Опять эта, дай ей скидку и пусть идёт", to=await world.card())
    await world.passes(seconds=7)
    popup = await guzel.on_card("Не отправлять")
    await world.passes(minutes=1)
    silent = await anna.was_told()
    await guzel.replies(KIND, to=await world.card())
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await guzel.on_card("Накладка")
    await world.passes(days=2)
    await anna.taps("Да")

    assert popup == "Не отправили."
    assert silent == ["ask.qr", "rate.low", "ack.unassigned"]
    assert (await anna.was_told())[3:] == [
        f"{KIND}\n\nГузель, администратор",
        "check.2d",
        "check.ok",
    ]
    assert await story.cost() == promised()[Title.MISTAKE]


# ---- what people do in these stories ----------------------------------------------------------


async def alerts_within(world: World, *, minutes: int) -> dict[int, list[str]]:
    """Minute by minute: who was alerted anew."""
    staff = [world.people[name] for name in ("Гузель", "Рамиля", "Лев")]
    heard = dict.fromkeys((person.name for person in staff), 0)
    alerted: dict[int, list[str]] = {}
    for minute in range(minutes + 1):
        for person in staff:
            alarms = [t for t in await person.was_told() if t.startswith("staff.health_alert")]
            if len(alarms) > heard[person.name]:
                alerted.setdefault(minute, []).append(person.name)
            heard[person.name] = len(alarms)
        if minute < minutes:
            await world.passes(minutes=1)
    return alerted


async def manager_card(person: Someone) -> MessageView:
    """The card of an emergency, which only the manager has."""
    return next(m for m in reversed(await person.sees()) if m.text.startswith("❗"))


async def answers(person: Someone, text: str) -> None:
    """Replies to the card in private; the seconds to take it back are over."""
    await person.writes(text, reply_to=(await manager_card(person)).id)
    await person.world.passes(seconds=11)


async def complains_of_visit(world: World, guest: Someone, visit: str) -> None:
    """A visit is over; its customer comes by the link of it and is not content."""
    ended = VisitEnded(visit, "csv", world.clock.now(), "bauman", "Укладка", "Лилия", token=visit)
    await world.app.turns.happened(ended)
    await guest.starts(f"v_{visit}")
    await guest.taps("1 ·")
    await guest.writes("Ужасно, всё расскажу подругам")
    await world.passes(seconds=61)


async def settled_by_gift(world: World) -> None:
    """Гузель gives, resolves and names the cause."""
    guzel = world.people["Гузель"]
    await guzel.on_card("🎁 Уход")
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await guzel.on_card("Другое")


async def settled_by_words(world: World, text: str) -> None:
    """Гузель replies, resolves and names the cause."""
    guzel = world.people["Гузель"]
    await guzel.replies(text, to=await world.card())
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await guzel.on_card("Другое")


async def asked_of_manager(world: World, label: str) -> str:
    """Гузель taps what she may not decide; why, as Рамиля reads it."""
    popup = await world.people["Гузель"].on_card(label)
    assert popup == "Это решает управляющий. Спросили, ответ появится на карточке."
    return (await world.people["Рамиля"].heard())[-1].split(" Почему вы: ")[1]


async def gifts_given(world: World) -> list[str]:
    """Cases whose cards say that something was given."""
    texts = [card.text for card in await world.cards()]
    return [text.split(" ·")[0] for text in texts if "\nДали:" in text]
