"""What changes so that it does not happen again: asked of the manager privately, kept, asked about on its day."""

from sqlalchemy import select

from storage.tables import preventions
from tests.someone import Someone
from tests.world import World


async def grave(world: World) -> tuple[Someone, Someone]:
    """Анна does not like the colour; answered, closed, and a quarter of an hour has passed."""
    anna = await world.complaint("Покрасили криво")
    await anna.taps("Не тот результат")
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    await ramilya.replies("Анна, простите нас за цвет", to=await world.card())
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await world.passes(minutes=15)
    return anna, ramilya


async def kept(world: World) -> list[tuple[str, str, str, str]]:
    """(stage, what, who, due) of every row."""
    found = select(preventions.c.stage, preventions.c.what, preventions.c.who, preventions.c.due)
    rows = await world.app.database.transact(lambda conn: conn.execute(found).all())
    return [tuple(row) for row in rows]


async def test_a_line_written_in_private_is_the_answer(world: World) -> None:
    anna, ramilya = await grave(world)
    before = await anna.heard()

    await ramilya.writes("Разбор звонков по понедельникам, Гузель, к 1 декабря")

    assert await kept(world) == [
        ("planned", "Разбор звонков по понедельникам", "Гузель", "2026-12-01")
    ]
    assert (await ramilya.heard())[-1] == (
        "№ 1, записали: Разбор звонков по понедельникам. Кто: Гузель. Спросим 1 декабря, сделано ли. "
        "Гости этого не увидят."
    )
    assert await anna.heard() == before


async def test_it_is_asked_about_on_its_day_even_after_a_restart(world: World) -> None:
    _, ramilya = await grave(world)
    await ramilya.writes("Разбор звонков, Гузель, к 1 декабря")
    await world.restart()

    await world.passes(days=11)
    await ramilya.taps("Сделано")

    assert (await ramilya.heard())[-1] == "№ 1: к 1 декабря хотели так: Разбор звонков. Сделано?"
    assert [row[0] for row in await kept(world)] == ["done"]


async def test_a_reply_to_the_question_names_it_days_later(world: World) -> None:
    _, ramilya = await grave(world)
    question = (await ramilya.sees())[-1]
    await world.passes(days=6)

    await ramilya.writes("Разбор звонков, через неделю", reply_to=question.id)

    assert await kept(world) == [("planned", "Разбор звонков", "", "2026-12-03")]


async def test_words_a_day_later_are_not_taken_for_the_answer(world: World) -> None:
    _, ramilya = await grave(world)
    await ramilya.taps("Менять нечего")

    await ramilya.writes("Спасибо")

    assert await kept(world) == [("nothing", "", "", "")]
    assert (await ramilya.was_told())[-1] == "staff.not_a_reply"


async def test_erasing_the_customer_takes_the_words_away(world: World) -> None:
    anna, ramilya = await grave(world)
    await ramilya.writes("Больше не записывать Анну к Лилии, к 1 декабря")

    await anna.writes("/privacy")
    await anna.taps("Удалить")
    await anna.taps("Да, удалить")
    await world.passes(days=12)

    assert [(stage, what, who) for stage, what, who, _ in await kept(world)] == [
        ("dropped", "", "")
    ]
    assert "Больше не записывать" not in "\n".join(await ramilya.heard())
