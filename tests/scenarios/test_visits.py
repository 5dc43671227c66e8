"""How a visit becomes known: an import, a link for one visit, the permanent link of a branch."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from flows.events import VisitEnded
from tests.world import World, opened_world


async def visit_ends(world: World, **about: Any) -> None:
    """A visit of a known telephone, as an import brings it."""
    usual = {"ext_id": "512", "source": "csv", "branch_id": "bauman", "phone": "+79990000001"}
    ended_at = about.pop("ended_at", world.clock.now())
    await world.app.turns.happened(VisitEnded(ended_at=ended_at, **{**usual, **about}))
    await world.settle()


async def customer_with_a_phone(world: World) -> Any:
    """Анна, who has given her number and whose case is closed."""
    anna = await world.person("Анна", phone_number="79990000001")
    await anna.writes("Здравствуйте")
    await anna.gives_phone()
    return anna


async def test_a_known_customer_is_asked_after_the_delay(world: World) -> None:
    anna = await customer_with_a_phone(world)
    known = len(await anna.heard())

    await visit_ends(world, service="Стрижка", master="Лилия")
    await world.passes(minutes=119)
    before = len(await anna.heard())
    await world.passes(minutes=2)

    assert before == known
    assert (await anna.heard())[known:] == [
        "Анна, здравствуйте! Это «Лана». Сегодня вы были у нас: стрижка, мастер — Лилия. "
        "Всё ли понравилось?"
    ]


async def test_nobody_is_asked_at_night_or_before_the_hours_for_it(world: World) -> None:
    anna = await customer_with_a_phone(world)
    known = len(await anna.heard())
    await world.passes_until(20, 45)

    await visit_ends(world)
    await world.passes_until(9, 59)
    before = len(await anna.heard())
    await world.passes_until(10, 1)

    assert before == known
    assert (await anna.heard())[known:] == [
        "Анна, здравствуйте! Это «Лана». Вчера вы были у нас. Всё ли понравилось?"
    ]


async def test_a_visit_imported_twice_is_asked_about_once(world: World) -> None:
    anna = await customer_with_a_phone(world)
    known = len(await anna.heard())

    await visit_ends(world)
    await visit_ends(world)
    await world.passes(hours=3)
    await visit_ends(world)
    await world.passes(hours=3)

    assert (await anna.was_told())[known:] == ["ask.salon"]


async def test_two_visits_in_a_week_are_asked_about_once(world: World) -> None:
    anna = await customer_with_a_phone(world)
    known = len(await anna.heard())

    await visit_ends(world)
    await world.passes(hours=3)
    await anna.taps("5 ·")
    await visit_ends(world, ext_id="513")
    await world.passes(days=4)

    assert (await anna.was_told())[known:] == ["ask.salon", "rate.5"]


async def test_who_said_stop_is_not_asked_any_more(world: World) -> None:
    anna = await customer_with_a_phone(world)
    await anna.writes("/stop")
    known = len(await anna.heard())

    await visit_ends(world)
    await world.passes(days=2)

    assert (await anna.heard())[known:] == []


async def test_a_visit_of_last_month_is_not_asked_about(world: World) -> None:
    anna = await customer_with_a_phone(world)
    known = len(await anna.heard())

    await visit_ends(world, ended_at=world.clock.now() - timedelta(days=30))
    await world.passes(days=2)

    assert (await anna.heard())[known:] == []


async def test_a_link_for_one_visit_stands_in_the_group_with_its_qr(world: World) -> None:
    anna, guzel = await world.person("Анна"), world.people["Гузель"]

    asked = await guzel.says("/visit маникюр, Лилия")
    post = (await world.in_group())[-1]
    await anna.follows(await world.visit_link())

    assert (post.kind, post.reply_to) == ("photo", asked)
    assert post.text == (
        f"Ссылка на один раз: {await world.visit_link()}\nПокажите QR гостю или перешлите ссылку."
    )
    assert (await world.control.file(post.file_id or ""))[:8] == b"\x89PNG\r\n\x1a\n"
    assert (await anna.heard())[0].split("\n")[0] == (
        "Анна, здравствуйте! Это «Лана». Сегодня вы были у нас: маникюр, мастер — Лилия. "
        "Всё ли понравилось?"
    )


async def test_a_link_for_one_visit_is_of_the_first_who_opens_it(world: World) -> None:
    anna, dana = await world.person("Анна"), await world.person("Дана")
    await world.people["Гузель"].says("/visit")
    link = await world.visit_link()

    await anna.follows(link)
    await dana.follows(link)
    await anna.follows(link)
    await anna.taps("5 ·")
    await anna.follows(link)

    assert await dana.was_told() == ["ask.link_used"]
    assert await anna.was_told() == ["ask.salon", "ask.salon", "rate.5", "ask.already_answered"]


async def test_a_link_nobody_made_is_answered_kindly(world: World) -> None:
    anna = await world.person("Анна")

    await anna.starts("v_nonsense")
    await anna.starts("nonsense")
    await anna.starts("b_moon")

    assert await anna.was_told() == ["ask.link_unknown", "start.plain", "start.plain"]


async def test_the_permanent_link_is_one_visit_a_day(world: World) -> None:
    anna = await world.person("Анна")

    await anna.starts("b_bauman")
    await anna.taps("5 ·")
    await anna.starts("b_bauman")
    await world.passes(days=1)
    await anna.starts("b_bauman")

    assert await anna.was_told() == ["ask.qr", "rate.5", "ask.already_answered", "ask.qr"]


async def test_a_link_opened_beside_an_open_case_says_how_it_stands(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")

    await anna.starts("b_bauman")

    assert (await anna.heard())[-1] == (
        "Ваше сообщение от 20 ноября получили, № 1. Ответит администратор: здесь, до 12:30."
    )
    assert len(await world.cards()) == 1


async def test_before_there_is_a_group_a_complaint_is_kept_and_the_owner_has_its_card(
    tmp_path: Path,
) -> None:
    async with opened_world(tmp_path) as world:
        lev = await world.person("Лев")
        await lev.starts(f"own_{world.app.desk.tokens.owner}")

        anna = await world.complaint("Ждала сорок минут")
        await lev.writes("Простите нас", reply_to=(await lev.sees())[-1].id)
        await world.passes(seconds=11)

        assert await anna.was_told() == [
            "ask.qr",
            "rate.low",
            "ack.unassigned",
            "Простите нас\n\nЛев, владелец",
        ]
        assert next(text for text in await lev.heard() if text.startswith("№ 1")) == (
            "№ 1 · без темы · 2/5\nАнна · визитов: 1\nсегодня\n\nЖдала сорок минут\n"
            "Отвечает: Лев, с 12:01\nОтветили: Лев, 12:01"
        )
        await world.nothing_is_wrong()


async def test_before_there_is_anybody_a_file_waits_for_the_card(tmp_path: Path) -> None:
    async with opened_world(tmp_path) as world:
        anna = await world.person("Анна")
        await anna.starts("b_bauman")
        await anna.taps("2 ·")
        await anna.sends("photo", "Вот что вышло")

        await world.staffed()
        await world.passes(minutes=2)

        shown = [m for m in await world.in_group() if m.kind == "photo" and m.reply_to]
        assert (await world.card_lines())[4:6] == ["Вот что вышло", "Файлов: 1"]
        assert [(m.text, m.reply_to) for m in shown] == [("№ 1, Анна", (await world.card()).id)]
        await world.nothing_is_wrong()


async def test_who_writes_after_an_imported_visit_complains_about_that_visit(world: World) -> None:
    anna, guzel = await world.person("Анна", phone_number="79990000001"), world.people["Гузель"]
    await world.complaint("Ждала сорок минут")
    await anna.taps("Позвоните мне")
    await anna.shares_contact()
    await guzel.on_card("Решено")
    await guzel.on_card("Решено")
    await guzel.on_card("Опоздание")
    await world.passes(days=20)
    await world.app.turns.happened(
        VisitEnded(
            ext_id="v1",
            source="csv",
            ended_at=world.clock.now(),
            branch_id="bauman",
            service="Окрашивание",
            master="Лилия",
            phone="+79990000001",
        )
    )

    await anna.writes("Криво покрасили!")
    await world.passes(seconds=61)

    assert (await world.card_lines())[2] == "окрашивание · Лилия · сегодня"
