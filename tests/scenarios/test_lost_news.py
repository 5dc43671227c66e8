"""A letter left and our own code failed on the news of it: the case must not wait for that news for ever."""

from sqlalchemy import Connection, text

from tests.world import World


async def the_news_is_lost(world: World) -> None:
    """The held letters are sent for all the outbox knows, and no turn followed."""

    def lose(conn: Connection) -> None:
        conn.execute(text("UPDATE outbox SET state = 'sent', leads = 0 WHERE lane LIKE 'held:%'"))

    await world.app.database.transact(lose)


async def test_a_case_is_resolved_although_nothing_was_heard_of_its_reply(world: World) -> None:
    await world.complaint("Ждала сорок минут")
    guzel = world.people["Гузель"]
    await guzel.replies("Простите нас", to=await world.card())
    waiting = await guzel.on_card("Решено")

    await the_news_is_lost(world)
    warned = await guzel.on_card("Решено")
    await guzel.on_card("Решено")

    assert waiting != warned
    assert "Открыть снова" in str((await world.card()).labels) or "Накладка" in str(
        (await world.card()).labels
    )


async def test_a_gift_of_which_nothing_was_heard_holds_the_card_no_longer(world: World) -> None:
    await world.complaint("Ждала сорок минут")
    guzel = world.people["Гузель"]
    await guzel.on_card("🎁 Уход")
    held = (await world.card()).labels

    await the_news_is_lost(world)
    await guzel.replies("// позвонить", to=await world.card())

    assert held != (await world.card()).labels
    assert "Решено" in (await world.card()).labels


async def test_a_promise_breaks_although_a_reply_is_held_for_ever(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")
    await world.people["Гузель"].replies("Простите нас", to=await world.card())

    await the_news_is_lost(world)
    await world.passes(minutes=31)

    assert (await anna.was_told())[-1] == "progress.late"
