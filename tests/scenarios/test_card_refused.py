"""A card that Telegram does not take: it stands in short, with its buttons, and the owner hears of it once."""

from dataclasses import replace

from flows.texts import Texts
from tests.world import World


async def test_a_refused_card_stands_in_short_and_still_works(world: World) -> None:
    whole, lev = world.app.desk.content, world.people["Лев"]
    world.expected_errors.add("card_refused")
    unbalanced = Texts({"staff.card": "<b>{story}"}, {}, {}).completed_by(whole.book.texts)
    world.app.desk.content = replace(whole, book=replace(whole.book, texts=unbalanced))

    anna = await world.complaint("Ждала сорок минут")
    short = await world.card()
    await world.people["Гузель"].replies("Простите нас", to=short)
    await world.passes(seconds=11)
    told = [key for key in await lev.was_told() if key == "staff.card_refused"]
    world.app.desk.content = whole
    await world.people["Гузель"].on_card("Ещё…")

    assert short.text.split("\n")[0] == "№ 1 · Анна"
    assert short.labels[:2] == ("Беру", "Решено")
    assert (await anna.heard())[-1] == "Простите нас\n\nГузель, администратор"
    assert told == ["staff.card_refused"]
    assert (await world.card_lines())[4] == "Ждала сорок минут"
