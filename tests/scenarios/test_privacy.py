"""/privacy: what is kept is shown, handed over and erased, in the database and in the chats."""

import json
import shutil
from datetime import timedelta
from typing import Any

from flows.events import ErasureAsked, VisitEnded
from tests.someone import Someone
from tests.world import World

PHONE = "+79990000001"
WORDS = "Ждала сорок минут, покрасили криво"
TRACES = (WORDS, "Аннушка-Совиная", "annushka_owl", PHONE, "79990000001")


async def complained(world: World) -> Someone:
    """Somebody with an unusual name has complained, sent a photo, given a telephone and got an answer."""
    anna = await world.person(
        "Аннушка-Совиная", username="annushka_owl", phone_number="79990000001"
    )
    await world.app.turns.happened(
        VisitEnded(
            "csv:512",
            "csv",
            world.clock.now() - timedelta(hours=1),
            "bauman",
            phone=PHONE,
            customer_name="Аннушка-Совиная",
        )
    )
    await world.complaint(WORDS, name="Аннушка-Совиная")
    await anna.sends("photo", "Вот так")
    await anna.taps("Позвоните мне")
    await anna.shares_contact()
    await world.people["Гузель"].replies("Простите нас", to=await world.card())
    await world.passes(seconds=20)
    return anna


async def in_database(world: World) -> list[str]:
    """Traces that stand in the files of the database."""
    await world.app.scheduler.verify()
    files = [world.folder / "zabota.db", world.folder / "zabota.db-wal"]
    held = b"".join(file.read_bytes() for file in files if file.exists())
    return [trace for trace in TRACES if trace.encode() in held]


async def in_staff_chats(world: World) -> list[str]:
    """Traces that staff can still see of what the bot has written."""
    seen = [m.text for m in await world.in_group()]
    for name in ("Лев", "Гузель", "Рамиля"):
        seen += await world.people[name].heard()
    return [trace for trace in TRACES if any(trace in text for text in seen)]


async def test_what_is_kept_is_told_in_words(world: World) -> None:
    anna = await complained(world)

    await anna.writes("/privacy")

    assert (await anna.was_told())[-1] == "privacy.main"
    assert (await anna.labels())[-1] == (
        "Прислать мои данные",
        "Удалить мои данные",
        "Отозвать согласие",
    )


async def test_asking_what_is_kept_keeps_nothing(world: World) -> None:
    stranger = await world.person("Прохожий-Незнакомый")

    await stranger.writes("/privacy")
    told = await stranger.taps("Удалить мои данные")

    known = await world.app.database.transact(
        lambda conn: conn.exec_driver_sql("SELECT count(*) FROM customers").scalar()
    )
    assert (told, known) == ("О вас ничего не храним.", 3)  # staff have opened the bot, too


async def test_the_files_hold_everything_and_go_to_the_customer_alone(world: World) -> None:
    anna = await complained(world)
    await anna.writes("/privacy")

    await anna.taps("Прислать мои данные")

    text, data = (await anna.sees())[-2:]
    readable = (await world.control.file(text.file_id or "")).decode()
    kept: dict[str, Any] = json.loads(await world.control.file(data.file_id or ""))
    assert data.text.startswith("Всё, что мы о вас храним")
    assert [trace for trace in TRACES[:4] if trace not in readable] == []
    assert kept["phone"] == PHONE
    assert kept["messages"][0]["text"] == WORDS
    assert "Простите нас" in readable
    assert [c["kind"] for c in kept["consents"]] == ["phone"]
    assert all(m.kind != "document" for m in await world.in_group())


async def test_what_colleagues_noted_is_not_handed_out(world: World) -> None:
    anna = await complained(world)
    await world.people["Гузель"].replies("//скандалистка", to=await world.card())
    await anna.writes("/privacy")

    await anna.taps("Прислать мои данные")

    files = [await world.control.file(m.file_id or "") for m in (await anna.sees())[-2:]]
    assert all("скандалистка" not in file.decode() for file in files)


async def test_erasing_leaves_nothing_in_the_database_and_in_the_staffs_chats(
    world: World,
) -> None:
    anna = await complained(world)
    await world.people["Гузель"].writes("/case 1")
    before = (await in_database(world), await in_staff_chats(world))
    assert WORDS in (await world.people["Гузель"].heard())[-1]
    await anna.writes("/privacy")

    await anna.taps("Удалить мои данные")
    await anna.taps("Да, удалить")

    assert (len(before[0]), WORDS in before[1]) == (5, True)
    assert (await anna.was_told())[-2:] == ["privacy.erase_confirm", "privacy.erased"]
    assert await in_staff_chats(world) == []
    assert await in_database(world) == []
    assert (await world.in_group())[-1].text == (
        "Стёрли по просьбе: № 1. Карточек и файлов больше нет, отвечать не нужно."
    )
    assert [m.kind for m in await world.in_group() if m.kind == "photo"] == []


async def test_of_two_taps_the_second_finds_nothing(world: World) -> None:
    anna = await complained(world)
    await anna.writes("/privacy")
    await anna.taps("Удалить мои данные")
    confirm = (await anna.sees())[-1]
    await anna.taps_on(confirm, "Да, удалить")

    again = await anna.forges("p|erase_yes|", confirm.id)

    assert again == "О вас ничего не храним."
    assert await in_database(world) == []


async def test_nothing_is_erased_before_it_is_confirmed(world: World) -> None:
    anna = await complained(world)
    await anna.writes("/privacy")

    await anna.taps("Удалить мои данные")
    await anna.taps("Оставить")

    assert WORDS in (await world.card()).text


async def test_a_code_that_is_still_good_is_named_to_both_sides(world: World) -> None:
    anna = await complained(world)
    await world.people["Гузель"].on_card("🎁 Уход")
    await world.passes(seconds=11)
    await anna.writes("/privacy")

    await anna.taps("Удалить мои данные")
    asked = (await anna.heard())[-1]
    await anna.taps("Да, удалить")
    await world.people["Гузель"].writes("/redeem LANA-1")

    assert asked == (
        "Удалим переписку, номер и файлы у себя и в рабочем чате. Если ждёте нашего ответа, он уже "
        "не придёт. Код на подарок будет действовать до 19 января. Удаляем?"
    )
    assert (await world.in_group())[-1].text.endswith("Код LANA-1 действует до 19 января.")
    assert "LANA-1" in (await world.people["Гузель"].heard())[-1]


async def test_an_old_card_that_cannot_be_deleted_loses_its_words(world: World) -> None:
    await world.control.set_bot(world.group, "member")
    anna = await complained(world)
    await world.people["Гузель"].on_card("Решено")
    await world.passes(days=3)
    await anna.writes("/privacy")

    await anna.taps("Удалить мои данные")
    await anna.taps("Да, удалить")

    assert await in_staff_chats(world) == []
    assert "Стёрто по просьбе." in [m.text for m in await world.in_group()]
    assert (await world.people["Лев"].was_told())[-1] == "staff.copy_left"


async def test_kind_words_are_taken_out_of_the_evening_post(world: World) -> None:
    anna, dana = await world.person("Анна"), await world.person("Дана")
    for person, words in ((anna, "Чудо-мастер, спасибо"), (dana, "Лучшая стрижка")):
        await person.starts("b_bauman")
        await person.taps("5 ·")
        await person.writes(words)
    await world.passes_until(20, 31)
    before = (await world.in_group())[-1].text
    await anna.writes("/privacy")

    await anna.taps("Удалить мои данные")
    await anna.taps("Да, удалить")

    after = (await world.in_group())[-1].text
    assert ("Чудо-мастер" in before, "Лучшая стрижка" in before) == (True, True)
    assert ("Чудо-мастер" in after, "Лучшая стрижка" in after) == (False, True)


async def test_consents_are_taken_back_and_the_number_goes(world: World) -> None:
    anna = await complained(world)
    await anna.writes("/privacy")

    await anna.taps("Отозвать согласие")
    await world.app.turns.happened(
        VisitEnded("csv:513", "csv", world.clock.now(), "bauman", phone=PHONE)
    )
    await world.passes(days=20)

    assert "privacy.withdrawn" in await anna.was_told()
    assert (await anna.was_told())[-1] != "ask.salon"
    assert "+7 9••" not in (await world.card()).text


async def test_a_customer_chooses_when_the_bot_is_quiet(world: World) -> None:
    anna = await complained(world)
    await anna.writes("/settings")

    await anna.taps("Тихие часы: 22:00–9:00")
    popup = await anna.taps("21:00–10:00")
    await anna.writes("/settings")

    assert popup == "С 21:00 до 10:00 первыми не пишем."
    settings = [m for m in await anna.sees() if "Вопросы после визита" in m.text]
    assert "Тихие часы: 21:00–10:00" in settings[-1].labels


async def test_the_number_alone_is_taken_back_in_the_settings(world: World) -> None:
    anna = await complained(world)
    await anna.writes("/settings")

    await anna.taps("Стереть мой номер")
    await anna.writes("/settings")

    settings = [m for m in await anna.sees() if "Вопросы после визита" in m.text]
    assert ["Телефон: +7 9•• •••-••-01" in m.text for m in settings] == [True, False]
    assert "Стереть мой номер" not in settings[-1].labels


async def test_the_owner_erases_on_a_request_that_came_another_way(world: World) -> None:
    anna = await complained(world)
    told = len(await anna.heard())

    done = await world.app.office.erase(str(anna.id))
    await world.settle()

    assert (done.cases, done.visits) == (1, 2)
    assert await in_database(world) == []
    assert await in_staff_chats(world) == []
    assert len(await anna.heard()) == told


async def test_a_telephone_whose_owner_never_came_is_erased_too(world: World) -> None:
    await world.app.turns.happened(
        VisitEnded(
            "csv:512", "csv", world.clock.now(), "bauman", phone=PHONE, customer_name="Зинаида"
        )
    )

    done = await world.app.office.erase(PHONE)

    assert (done.tg_id, done.visits) == (None, 1)
    assert await in_database(world) == []


async def test_a_backup_put_back_forgets_again_at_the_next_start(world: World) -> None:
    anna = await complained(world)
    await world.stop()
    shutil.copy(world.folder / "zabota.db", world.folder / "backup.db")
    await world.reopen()
    await world.app.turns.happened(ErasureAsked(anna.id))
    await world.settle()
    await world.stop()
    shutil.copy(world.folder / "backup.db", world.folder / "zabota.db")

    await world.reopen()
    await world.settle()

    assert await in_database(world) == []
    assert await in_staff_chats(world) == []
