"""The bot is restarted in the middle of things, also with other content: begun is ended as it began."""

import json
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, text

from bot.content import load_content, write_preset
from flows.book import Content
from tests.world import World

AFTER_VISIT = "flows/after_visit.yaml"


def changed_content(folder: Path, file: str, *changes: tuple[str, str]) -> Content:
    """The salon's content with words of one file replaced: (before, after)."""
    write_preset("salon", folder)
    path = folder / file
    source = path.read_text("utf-8")
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    path.write_text(source, "utf-8")
    return load_content(folder)


async def test_health_with_a_restart_after_every_step(world: World) -> None:
    anna, guzel = await world.person("Анна"), world.people["Гузель"]
    world.restless = True

    await anna.writes("У меня ожог после маски")
    await world.passes(minutes=4)
    await guzel.taps("Вижу")
    await world.passes(minutes=20)

    assert await anna.was_told() == ["health.ack", "health.seen"]
    assert (await guzel.was_told())[-3:-1] == ["staff.health_alert", "staff.health_alert.again"]


async def test_a_reopened_case_with_a_restart_after_every_step(world: World) -> None:
    anna, guzel = await world.person("Анна"), world.people["Гузель"]
    world.restless = True

    await anna.writes("Ждала у вас сорок минут")
    await world.passes(seconds=61)
    await guzel.on_card("Беру")
    await guzel.replies("Простите нас", to=await world.card())
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await world.passes(days=2)
    await anna.taps("Не совсем")
    await world.people["Рамиля"].replies("Простите ещё раз", to=await world.card())
    await world.passes(seconds=11)

    assert await anna.was_told() == [
        "ack.unassigned",
        "Простите нас\n\nГузель, администратор",
        "check.2d",
        "check.reopen",
        "Простите ещё раз\n\nРамиля, управляющая",
    ]
    assert len(await world.cards()) == 2


async def test_what_was_written_while_the_bot_was_down_is_heard(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    card = await world.card()

    await world.stop()
    await world.control.send(anna.id, "Вы ещё здесь?")
    await world.control.send(guzel.id, "Простите нас", chat=world.group, reply_to=card.id)
    world.clock.push(timedelta(hours=1))
    await world.reopen()
    await world.passes(seconds=11)

    assert (await anna.heard())[3:] == ["Простите нас\n\nГузель, администратор"]
    assert (await world.card_lines())[4:6] == ["Ждала сорок минут", "Вы ещё здесь?"]


async def test_what_falls_due_while_the_bot_is_down_is_done_when_it_is_back(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await guzel.replies("Простите нас", to=await world.card())
    await world.passes(seconds=11)
    await guzel.on_card("Решено")

    await world.stop()
    world.clock.push(timedelta(days=3))
    await world.reopen()

    assert (await anna.was_told())[-1] == "check.2d"


async def test_a_begun_conversation_ends_with_the_texts_it_began_with(
    world: World, tmp_path: Path
) -> None:
    anna, dana = await world.person("Анна"), await world.person("Дана")
    await anna.starts("b_bauman")

    await world.restart(
        changed_content(
            tmp_path / "content",
            "texts/ru.yaml",
            ("Спасибо! Хотите передать", "Ура! Хотите передать"),
        )
    )
    await anna.taps("5 ·")
    await dana.starts("b_bauman")
    await dana.taps("5 ·")

    words = "Хотите передать мастеру пару слов — просто напишите сюда."
    assert (await anna.heard())[-1] == f"Спасибо! {words}"
    assert (await dana.heard())[-1] == f"Ура! {words}"


async def test_a_begun_conversation_keeps_its_steps_when_the_flow_is_changed(
    world: World, tmp_path: Path
) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    await anna.taps("2 ·")

    await world.restart(
        changed_content(tmp_path / "content", AFTER_VISIT, ("no_words: 10m", "no_words: 3h"))
    )
    await world.passes(minutes=11)

    assert await anna.was_told() == ["ask.qr", "rate.low", "ack.no_words"]


async def test_business_facts_are_never_pinned(world: World, tmp_path: Path) -> None:
    anna = await world.complaint("Ждала сорок минут")

    await world.restart(
        changed_content(
            tmp_path / "content", "business.yaml", ('brand: "Лана"', 'brand: "Лана и Ко"')
        )
    )
    await world.people["Гузель"].on_card("🎁 Уход")
    await world.passes(seconds=11)
    await world.people["Гузель"].on_card("Решено")
    await world.passes(days=2)

    assert (await anna.heard())[-1].startswith("Анна, это «Лана и Ко».")


async def forget_how_to_read_books(world: World) -> None:
    """The stored books compile no more, as after an update of the product that lost a word."""

    def spoil(conn: Connection) -> None:
        for sha, source in conn.execute(text("SELECT sha256, source FROM flow_books")).all():
            files = json.loads(source)
            files[AFTER_VISIT] = files[AFTER_VISIT].replace("rating: 1..5", "stars: 1..5")
            spoilt = {"source": json.dumps(files), "sha": sha}
            conn.execute(text("UPDATE flow_books SET source = :source WHERE sha256 = :sha"), spoilt)

    await world.app.database.transact(spoil)


async def test_a_book_that_cannot_be_honoured_sends_the_customer_to_staff(
    world: World, tmp_path: Path
) -> None:
    anna, dana = await world.person("Анна"), await world.person("Дана")
    await anna.starts("b_bauman")
    await dana.starts("b_bauman")

    await forget_how_to_read_books(world)
    renamed = ("start: ask\n", "start: question\n"), ("\n  ask:\n", "\n  question:\n")
    await world.restart(changed_content(tmp_path / "content", AFTER_VISIT, *renamed))
    await anna.taps("2 ·")
    await dana.writes("Ждала сорок минут")
    await world.passes(seconds=61)

    assert await anna.was_told() == ["ask.qr", "ack.unassigned"]
    assert await dana.was_told() == ["ask.qr", "ack.unassigned"]
    assert [card.text.split("\n")[0] for card in await world.cards()] == [
        "№ 1 · без темы · 2/5",
        "№ 2 · без темы",
    ]


async def test_an_open_case_of_a_book_that_cannot_be_honoured_goes_on(
    world: World, tmp_path: Path
) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    await forget_how_to_read_books(world)
    await world.restart(
        changed_content(tmp_path / "content", AFTER_VISIT, ("no_words: 10m", "no_words: 3h"))
    )
    await anna.writes("Вы ещё здесь?")
    await guzel.on_card("🎁 Уход")
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await world.passes(days=2)
    await anna.taps("Да")

    assert (await anna.was_told())[3:] == ["offer.single", "check.2d", "check.ok"]
