"""Telling what happened: words and files in every form fill one case, and silence ends the story."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.world import World, opened_world

EYES = ("👀",)


async def test_text_voice_photo_video_and_document_fill_one_case_and_each_gets_eyes(
    world: World,
) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    await anna.taps("2 ·")

    sent = [await anna.writes("Ждала сорок минут")]
    sent += [await anna.sends(kind) for kind in ("voice", "photo", "video", "document")]
    sent += [await anna.sends("video_note"), await anna.forwards("Приходите в 12")]
    await world.passes(seconds=61)

    assert await anna.marks_on(*sent) == [EYES] * 7
    assert await anna.was_told() == ["ask.qr", "rate.low", "ack.unassigned"]
    assert (await world.card()).text == (
        "№ 1 · без темы · 2/5\nАнна · визитов: 1\nсегодня\n\n"
        "Ждала сорок минут\nПриходите в 12\nФайлов: 5\nОтветить: до 12:30"
    )
    assert await shown_under_card(world) == [
        ("voice", "№ 1, Анна"),
        ("photo", "№ 1, Анна"),
        ("video", "№ 1, Анна"),
        ("document", "№ 1, Анна"),
        ("video_note", ""),
    ]


async def shown_under_card(world: World) -> list[tuple[str, str]]:
    """Kind and caption of what stands in the group as a reply to the card."""
    card = await world.card()
    return [(m.kind, m.text) for m in await world.in_group() if m.reply_to == card.id]


async def test_words_under_a_photo_stand_on_the_card(world: World) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    await anna.taps("2 ·")

    await anna.sends("photo", "Вот что вышло")

    assert (await world.card_lines())[4:6] == ["Вот что вышло", "Файлов: 1"]


async def test_an_album_comes_under_the_card_as_one_album(world: World) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    await anna.taps("2 ·")

    sent = await anna.sends_album("photo", "photo", "video", caption="Вот что вышло")
    await world.passes(seconds=2)

    card = await world.card()
    album = [m for m in await world.in_group() if m.reply_to == card.id]
    assert [(m.kind, m.text) for m in album] == [
        ("photo", "№ 1, Анна"),
        ("photo", ""),
        ("video", ""),
    ]
    assert len({m.media_group_id for m in album}) == 1
    assert await anna.marks_on(*sent) == [EYES] * 3
    assert (await world.card_lines())[4:6] == ["Вот что вышло", "Файлов: 3"]


async def test_a_burst_is_one_story_in_its_order(world: World) -> None:
    anna = await world.person("Анна")
    posted = len(await world.in_group())

    await anna.writes_at_once("Ждала сорок минут", "Никто не подошёл", "Ушла", "Больше не приду")
    await world.passes(seconds=61)

    assert await anna.was_told() == ["ack.unassigned"]
    assert (await world.card()).text == (
        "№ 1 · без темы\nАнна\n\n"
        "Ждала сорок минут\nНикто не подошёл\nУшла\nБольше не приду\n"
        "Ответить: до 12:30\nВизит не найден"
    )
    assert len(await world.in_group()) == posted + 1


async def test_quiet_is_counted_from_the_last_words(world: World) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    await anna.taps("2 ·")

    await anna.writes("Ждала сорок минут")
    await world.passes(seconds=59)
    await anna.writes("Никто не подошёл")
    await world.passes(seconds=59)
    before = await anna.was_told()
    await world.passes(seconds=2)

    assert before == ["ask.qr", "rate.low"]
    assert await anna.was_told() == ["ask.qr", "rate.low", "ack.unassigned"]


async def test_more_words_after_the_promise_fill_the_card_and_get_eyes_alone(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")

    sent = await anna.writes("И администратор не извинился")
    await world.passes(seconds=120)

    assert await anna.was_told() == ["ask.qr", "rate.low", "ack.unassigned"]
    assert await anna.marks_on(sent) == [EYES]
    assert (await world.card_lines())[4:6] == ["Ждала сорок минут", "И администратор не извинился"]


async def test_edited_words_take_the_place_of_the_earlier_ones_and_the_card_says_so(
    world: World,
) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    await anna.taps("2 ·")
    sent = await anna.writes("Ждала сорок")

    await anna.edits(sent, "Ждала сорок минут")

    lines = await world.card_lines()
    assert lines[4] == "Ждала сорок минут"
    assert [line for line in lines if line.startswith("Слова изменены в ")] == [
        "Слова изменены в 12:00"
    ]


async def test_somebody_who_just_writes_is_heard_the_same_way(world: World) -> None:
    anna, guzel = await world.person("Анна"), world.people["Гузель"]

    sent = await anna.writes("У меня потёк гель-лак на второй день")
    await world.passes(seconds=61)
    await guzel.replies("Переделаем завтра в 12, подойдёт?", to=await world.card())
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await guzel.on_card("Ошибка")
    await world.passes(days=2)
    await anna.taps("Да")

    assert await anna.marks_on(sent) == [EYES]
    assert await anna.was_told() == [
        "ack.unassigned",
        "Переделаем завтра в 12, подойдёт?\n\nГузель, администратор",
        "check.2d",
        "check.ok",
    ]


async def test_kind_words_out_of_the_blue_are_passed_on(world: World) -> None:
    anna = await world.person("Анна")
    posted = len(await world.in_group())

    await anna.writes("Спасибо, Лилия волшебница!")
    await world.passes(seconds=61)

    assert await anna.heard() == ["Спасибо, передадим слово в слово."]
    assert len(await world.in_group()) == posted


async def test_a_mere_greeting_is_asked_back(world: World) -> None:
    anna = await world.person("Анна")

    await anna.writes("Здравствуйте")
    await anna.writes("Ждала у вас сорок минут")
    await world.passes(seconds=61)

    assert await anna.was_told() == ["case.unknown", "ack.unassigned"]


async def test_what_cannot_be_passed_on_is_said_so(world: World) -> None:
    anna = await world.person("Анна")

    await anna.writes(poll={"question": "Как вам?", "options": ["да", "нет"]})

    assert await anna.was_told() == ["case.unsupported"]


async def test_a_topic_is_ticked_and_stands_on_the_card_with_its_words(world: World) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    await anna.taps("2 ·")

    popup = await anna.taps("Не тот результат")

    assert popup == "Записали: «Не тот результат». Можно добавить пару слов или фото."
    assert (await anna.labels())[-1][:3] == ("Долго ждали", "✓ Не тот результат", "Было больно")
    assert (await world.card_lines())[0] == "❗ № 1 · Не тот результат · 2/5"


async def test_a_wish_is_saved_with_the_time_of_the_answer(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")

    popup = await anna.taps("Вернуть деньги")

    assert popup == "Записали: «Вернуть деньги». Ответим здесь до 12:30."
    assert (await anna.labels())[-1] == ()
    assert (await world.card_lines())[5:8] == [
        "Просит: Вернуть деньги",
        "Ответить: до 12:30",
        "Просит вернуть деньги с 20 ноября; по закону решить до 30 ноября",
    ]


async def test_when_taken_already_the_promise_names_who_answers(world: World) -> None:
    anna, guzel = await world.person("Анна"), world.people["Гузель"]
    await anna.starts("b_bauman")
    await anna.taps("2 ·")
    await anna.writes("Ждала сорок минут")

    hint = await guzel.on_card("Беру")
    await world.passes(seconds=61)

    assert hint.startswith("Ответьте на карточку: текст уйдёт гостю через 10 с")
    assert (await anna.heard())[-1] == (
        "Анна, спасибо, что рассказали. Отвечать вам будет Гузель, администратор: "
        "здесь же, до 12:30. Захотите добавить — просто пишите.\n\n"
        "Как нам это исправить? Можно не отвечать."
    )


@pytest.fixture
async def night(tmp_path: Path) -> object:
    """Half past eleven in the evening, the salon is closed."""
    async with opened_world(tmp_path, at=datetime(2026, 11, 20, 20, 30, tzinfo=UTC)) as world:
        await world.staffed()
        yield world
        await world.nothing_is_wrong()


async def test_at_night_the_promise_is_for_the_morning_and_can_be_called_urgent(
    night: World,
) -> None:
    anna, guzel = await night.complaint("Ключи забыла у вас"), night.people["Гузель"]

    promise = (await anna.heard())[-1]
    await anna.taps("Это срочно")
    popup = await guzel.taps("Вижу")

    assert promise.split("\n")[0] == (
        "Анна, спасибо, что написали. Сейчас мы закрыты, ответим здесь завтра до 10:30. "
        "Если ждать нельзя, нажмите кнопку или позвоните: +7 900 000-00-00."
    )
    assert popup == ""
    assert await anna.was_told() == [
        "ask.qr",
        "rate.low",
        "ack.closed_hours",
        "ack.urgent",
        "health.seen",
    ]
    assert (await guzel.was_told())[-1:] == ["staff.urgent"]
