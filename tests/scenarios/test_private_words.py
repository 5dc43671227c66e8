"""Words for colleagues are asked for in private: the group sees the card change, the customer nothing."""

import json

from tests.world import World


async def asks(world: World, who: str, label: str) -> int:
    """Taps a button behind «Ещё…»; returns the id of the question that came in private."""
    person = world.people[who]
    await person.on_card("Ещё…")
    await person.on_card(label)
    return (await person.sees())[-1].id


async def test_a_note_is_written_in_private_and_the_group_stays_quiet(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    posted, told = len(await world.in_group()), len(await anna.heard())

    question = await asks(world, "Гузель", "Заметка")
    answer = await guzel.writes("мастер был новый", reply_to=question)
    await world.passes(minutes=1)

    assert (await guzel.sees())[-1].reply_keyboard == {"force_reply": True}
    assert await guzel.marks_on(answer) == [("👀",)]
    assert (await world.card_lines())[-1] == "Заметка: мастер был новый — Гузель"
    assert (len(await world.in_group()), len(await anna.heard())) == (posted, told)


async def test_a_promise_made_on_the_telephone_is_kept_like_one_in_a_reply(world: World) -> None:
    await world.complaint("Ждала сорок минут")
    guzel = world.people["Гузель"]

    question = await asks(world, "Гузель", "Обещание")
    await guzel.writes("Мастер позвонит Анне", reply_to=question)
    again = (await guzel.sees())[-1]
    await guzel.writes("Мастер позвонит Анне завтра до 12:00", reply_to=again.id)
    stands = (await world.card_lines())[-1]
    await world.passes_until(12)
    await world.passes_until(12)

    assert again.text.startswith("Не видно, к какому времени.")
    assert stands == "Обещано: мастер позвонит Анне завтра до 12:00, завтра до 12:00"
    assert "staff.promise_due" in await guzel.was_told()


async def test_what_is_remembered_of_a_customer_is_theirs_to_read_and_to_have_erased(
    world: World,
) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    ramilya = world.people["Рамиля"]
    question = await asks(world, "Гузель", "Важно помнить")
    await guzel.writes("без сахара", reply_to=question)
    await ramilya.writes("/case 1")
    shown = (await ramilya.heard())[-1]

    await anna.writes("/privacy")
    await anna.taps("Прислать мои данные")
    files = [m for m in await anna.sees() if m.kind == "document"]
    data = json.loads(await world.control.file(files[-1].file_id or ""))
    await anna.writes("/privacy")
    await anna.taps("Удалить мои данные")
    await anna.taps("Да, удалить")
    await anna.starts("b_bauman")
    await anna.taps("2 ·")
    await anna.writes("Снова ждала")

    assert "Важно помнить: без сахара" in shown.split("\n")
    assert [(note["author"], note["words"]) for note in data["notes_of_staff"]] == [
        ("Гузель", "без сахара")
    ]
    assert "без сахара" not in (await world.card()).text


async def test_a_topic_is_changed_on_the_card(world: World) -> None:
    await world.complaint("Ждала сорок минут")
    guzel = world.people["Гузель"]

    await guzel.on_card("Ещё…")
    await guzel.on_card("Сменить тему")
    popup = await guzel.on_card("Долго ждали")

    assert popup == "Теперь тема: Долго ждали."
    assert (await world.card_lines())[0] == "№ 1 · Долго ждали · 2/5"


async def test_no_news_yet_is_one_tap_and_a_new_time(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await world.passes(minutes=15)

    popup = await guzel.taps("Пока без новостей")
    held = (await world.card()).labels
    await world.passes(seconds=11)

    assert popup == "Уйдёт через 10 с: пока без новостей, напишем до 12:46."
    assert held[0] == "Не отправлять"
    assert (await anna.heard())[-1] == (
        "Анна, пока без новостей, разбираемся. Напишу снова до 12:46.\n\nГузель, администратор"
    )
    assert "Ответить: до 12:46" in await world.card_lines()


async def test_no_news_yet_can_be_stopped_in_private(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await world.passes(minutes=15)
    told = len(await anna.heard())

    await guzel.taps("Пока без новостей")
    await guzel.taps("Не отправлять")
    await world.passes(seconds=60)

    assert len(await anna.heard()) == told
    assert (await guzel.labels())[-1] == ("Открыть карточку", "Пока без новостей", "Другому")
