"""Telegram is away, tells to wait, fails, drops connections, or gives the bot's updates to somebody else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.telegram import Telegram, TelegramRefusedError
from tests.someone import Someone
from tests.world import SECOND, TOKEN, World, opened_world

SIGNED = "\n\nГузель, администратор"


async def letters(someone: Someone, words: str) -> int:
    """How many times a message with these words has arrived."""
    return sum(words in text for text in await someone.heard())


# ---- away ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["drop", "5xx"])
async def test_after_an_hour_away_everything_arrives_once_and_in_order(
    world: World, how: str
) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    card = await world.card()
    await guzel.replies("Первое", to=card)
    await guzel.replies("Второе", to=card)

    async with world.telegram_away(how):
        await world.drifts(minutes=20)
        await world.control.send(anna.id, "Вы ещё здесь?")
        await world.control.send(guzel.id, "Третье", chat=world.group, reply_to=card.id)
        await world.drifts(minutes=40)
    await world.passes(minutes=2)

    assert (await anna.heard())[3:] == [f"Первое{SIGNED}", f"Второе{SIGNED}", f"Третье{SIGNED}"]
    assert (await world.card_lines())[4:6] == ["Ждала сорок минут", "Вы ещё здесь?"]


async def test_an_answer_that_waited_in_telegram_is_no_broken_promise(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    card = await world.card()

    async with world.telegram_away():
        await world.drifts(minutes=5)
        await world.control.send(guzel.id, "Простите нас", chat=world.group, reply_to=card.id)
        await world.drifts(minutes=55)
    await world.passes(minutes=2)

    assert await anna.was_told() == [
        "ask.qr",
        "rate.low",
        "ack.unassigned",
        f"Простите нас{SIGNED}",
    ]


async def test_words_that_waited_in_telegram_are_no_silence(world: World) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    await anna.taps("2 ·")

    async with world.telegram_away():
        await world.drifts(minutes=5)
        await world.control.send(anna.id, "Ждала сорок минут")
        await world.drifts(minutes=55)
    await world.passes(minutes=2)

    assert (await anna.was_told())[:2] == ["ask.qr", "rate.low"]
    assert "ack.no_words" not in await anna.was_told()


async def test_a_promise_broken_while_telegram_was_away_is_told_honestly_and_once(
    world: World,
) -> None:
    anna = await world.complaint("Ждала сорок минут")

    async with world.telegram_away():
        await world.drifts(hours=1)
    await world.passes(minutes=2)

    assert (await anna.heard())[3:] == [
        "Анна, обещали ответить до 12:30 и не успеваем, виноваты мы. "
        "Отвечать будет Рамиля, управляющая: до 14:01."
    ]


async def test_the_card_says_that_telegram_does_not_answer_until_it_does(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    card = await world.card()
    await world.control.add_fault("5xx", "sendMessage", chat=anna.id, times=-1)

    await guzel.replies("Простите нас", to=card)
    await world.passes(minutes=2)
    failing = await world.card_lines()
    await world.control.clear_faults()
    await world.passes(minutes=2)

    assert failing[-1] == "Не дошло в 12:01: Telegram не отвечает, пробуем ещё"
    assert (await anna.heard())[-1] == f"Простите нас{SIGNED}"
    assert (await world.card_lines())[-1].startswith("Ответили: Гузель")


# ---- single calls -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "arrives"),
    [("5xx", 1), ("drop_before", 1), ("drop_after", 2), ("garbage", 1)],
)
async def test_a_message_repeats_only_when_its_answer_never_came(
    world: World, kind: str, arrives: int
) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    card = await world.card()
    await world.control.add_fault(kind, "sendMessage", chat=anna.id)

    await guzel.replies("Простите нас", to=card)
    await world.passes(minutes=1)

    assert await letters(anna, "Простите нас") == arrives
    assert (await world.card_lines())[-1].startswith("Ответили: Гузель")


async def test_a_gift_letter_that_repeats_is_still_one_gift(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await world.control.add_fault("drop_after", "sendMessage", chat=anna.id)

    await guzel.on_card("🎁 Уход")
    await world.passes(minutes=1)

    assert await letters(anna, "Код: LANA-1") == 2
    assert [line for line in await world.card_lines() if line.startswith("Дали")] == [
        "Дали: уход-комплимент, маска или парафин, код LANA-1. Гузель, 12:01"
    ]


@pytest.mark.parametrize("kind", ["drop_after", "garbage"])
async def test_a_stray_copy_of_a_card_goes_at_the_first_tap(world: World, kind: str) -> None:
    await world.control.add_fault(kind, "sendMessage", chat=world.group)
    await world.complaint("Ждала сорок минут")
    guzel = world.people["Гузель"]
    copies = await world.cards()

    popups = [await guzel.taps_on(card, "Беру", chat=world.group) for card in copies]

    assert len(copies) == 2
    assert popups[0] == "Кнопка устарела: карточка уже другая, посмотрите на неё."
    assert [card.id for card in await world.cards()] == [copies[-1].id]


# ---- limits -------------------------------------------------------------------------------------


async def test_a_chat_that_has_to_wait_holds_up_nobody_else(world: World) -> None:
    anna, dana = await world.person("Анна"), await world.person("Дана")
    await world.control.add_fault("429", "sendMessage", chat=anna.id, retry_after=1)

    await anna.starts("b_bauman")
    await dana.starts("b_bauman")
    meanwhile = (await anna.was_told(), await dana.was_told())
    world.clock.push(SECOND)
    await world.control.wait_for_text(anna.id, "Всё ли вам у нас понравилось?")

    assert meanwhile == ([], ["ask.qr"])
    assert await anna.was_told() == ["ask.qr"]


async def test_a_group_that_has_to_wait_holds_up_no_customer(world: World) -> None:
    await world.control.add_fault("429", "sendMessage", chat=world.group, retry_after=1)

    anna = await world.complaint("Ждала сорок минут")
    meanwhile = len(await world.cards())
    world.clock.push(SECOND)
    await world.control.wait_for_text(world.group, "№ 1")

    assert meanwhile == 0
    assert await anna.was_told() == ["ask.qr", "rate.low", "ack.unassigned"]
    assert len(await world.cards()) == 1


@pytest.fixture
async def limited(tmp_path: Path) -> AsyncIterator[World]:
    """Telegram keeps its limits, and so does the bot."""
    async with opened_world(tmp_path) as world:
        await world.staffed()
        world.settings = world.settings.model_copy(update={"limits_enabled": True})
        await world.restart()
        await world.control.set_limits(on=True)
        yield world
        await world.nothing_is_wrong()


async def test_under_limits_nothing_is_refused_and_nothing_lost(limited: World) -> None:
    anna, guzel = await limited.complaint("Ждала сорок минут"), limited.people["Гузель"]
    for number in range(3):
        await guzel.replies(f"Слово {number}", to=await limited.card())

    await limited.passes(seconds=11)
    await limited.control.wait_for_text(anna.id, "Слово 2")

    assert (await anna.heard())[3:] == [f"Слово {n}{SIGNED}" for n in range(3)]
    assert [c.outcome for c in await limited.control.calls() if "429" in c.outcome] == []


# ---- somebody else takes the updates ------------------------------------------------------------


async def test_a_second_poller_is_told_to_the_owner_once_and_polling_goes_on(world: World) -> None:
    lev, anna = world.people["Лев"], await world.person("Анна")
    told = len(await lev.heard())
    other = Telegram(TOKEN, api_url=world.settings.telegram_api_url, proxy=None)

    for _ in range(3):
        try:
            await other.fetch(None, limit=1, timeout_s=0, allowed=())
        except TelegramRefusedError:
            continue
    await other.close()
    await world.control.wait_for_text(lev.id, "Бот запущен где-то ещё")
    await anna.starts("b_bauman")

    assert (await lev.was_told())[told:] == ["owner.conflict.poller"]
    assert await anna.was_told() == ["ask.qr"]


async def test_a_webhook_is_told_to_the_owner_once_and_without_it_polling_goes_on(
    world: World,
) -> None:
    lev, anna = world.people["Лев"], await world.person("Анна")
    told = len(await lev.heard())

    await world.control.set_webhook("https://example.org/hook")
    await world.control.wait_for_text(lev.id, "webhook")
    await world.control.start(anna.id, "b_bauman")
    world.clock.push(SECOND)
    await world.tried()
    await world.control.set_webhook("")
    await world.settle()

    assert (await lev.was_told())[told:] == ["owner.conflict.webhook"]
    assert await anna.was_told() == ["ask.qr"]
