"""What a person writes to a customer is read by the rules of tone: a private hint, or silence when all is well."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from flows.tone import Lint
from tests.content.salon import salon
from tests.someone import Someone
from tests.world import World, opened_world

WAITED = "Ждала сорок минут"
CURT = "Анна, простите, что ждали. Успокойтесь, пожалуйста."
KIND = "Анна, простите, что ждали сорок минут. Сегодня посадили второго мастера."
CALM_DOWN = "«успокойтесь», «не переживайте» — просто скажите, что делаете"


async def test_a_hint_comes_privately_and_holds_nothing_back(world: World) -> None:
    anna, guzel = await world.complaint(WAITED), world.people["Гузель"]
    posts = len(await world.in_group())

    await guzel.replies(CURT, to=await world.card())
    hint = (await guzel.sees())[-1]
    await world.passes(seconds=11)

    assert hint.text == f"Отправили. Подсказка на другой раз: {CALM_DOWN}"
    assert hint.labels == ("Исправить", "Понятно", "Не подсказывать")
    assert (await anna.heard())[-1] == f"{CURT}\n\nГузель, администратор"
    assert len(await world.in_group()) == posts


async def test_what_is_fine_passes_in_silence(world: World) -> None:
    await world.complaint(WAITED)
    guzel = world.people["Гузель"]
    told = await guzel.heard()

    await guzel.replies(KIND, to=await world.card())
    await guzel.replies("// клиентка права, проблема наша", to=await world.card())
    await world.passes(seconds=11)

    assert await guzel.heard() == told


async def test_the_important_stands_first_and_several_lines_stand_below_each_other(
    world: World,
) -> None:
    await world.complaint(WAITED)
    guzel = world.people["Гузель"]

    await guzel.replies(
        "Анна, простите, что ждали, но вы сами опоздали. Позвоните нам!", to=await world.card()
    )

    assert (await guzel.heard())[-1].split("\n") == [
        "Отправили. Подсказка на другой раз: ",
        "— Гость уже пишет сюда: не отправляйте его звонить или писать в другое место",
        "— Звучит как упрёк: скажите, что сделаем мы",
        "— «но» — поставьте точку и начните новую фразу",
    ]


async def test_correcting_within_the_hold_takes_the_reply_back_for_a_new_text(
    world: World,
) -> None:
    anna, guzel = await world.complaint(WAITED), world.people["Гузель"]
    told = await anna.heard()
    await guzel.replies(CURT, to=await world.card())

    popup = await guzel.taps("Исправить")
    asked = (await guzel.sees())[-1]
    new = await guzel.writes(KIND, reply_to=asked.id)
    await world.passes(seconds=11)

    assert popup == "Не отправили."
    assert asked.text == (
        "№ 1: не отправили. Пришлите новый текст ответом на это сообщение, он уйдёт гостю через 10 с."
    )
    assert (await anna.heard())[len(told) :] == [f"{KIND}\n\nГузель, администратор"]
    assert await guzel.marks_on(new) == [("👀",)]
    assert (await guzel.sees())[-1].id == asked.id  # nothing to hint at any more


async def test_after_the_hold_the_author_is_led_to_the_own_message(world: World) -> None:
    anna, guzel = await world.complaint(WAITED), world.people["Гузель"]
    sent = await guzel.replies(CURT, to=await world.card())
    await world.passes(seconds=11)

    await guzel.taps("Исправить")

    answer = (await guzel.sees())[-1]
    assert answer.text == (
        "№ 1: ответ уже у гостя. Измените своё сообщение: у гостя изменится и оно."
    )
    assert await guzel.taps_on(answer, "Открыть") == (
        f"https://t.me/c/{str(world.group)[4:]}/{sent}"
    )
    assert (await anna.heard())[-1] == f"{CURT}\n\nГузель, администратор"


async def test_understood_takes_the_buttons_away(world: World) -> None:
    await world.complaint(WAITED)
    guzel = world.people["Гузель"]
    await guzel.replies(CURT, to=await world.card())

    await guzel.taps("Понятно")

    assert (await guzel.sees())[-1].labels == ()


async def test_a_person_may_do_without_hints_and_turn_back(world: World) -> None:
    await world.complaint(WAITED)
    guzel = world.people["Гузель"]
    await guzel.replies(CURT, to=await world.card())

    popup = await guzel.taps("Не подсказывать")
    told = await guzel.heard()
    await world.restart()
    await guzel.replies(CURT, to=await world.card())
    silent = await guzel.heard()
    await guzel.taps("Подсказывать снова")
    await guzel.replies(CURT, to=await world.card())

    assert popup == "Больше не подсказываем. Вернуть — кнопкой ниже."
    assert silent == told
    assert (await guzel.heard())[-1].endswith(CALM_DOWN)


async def test_a_hint_that_is_not_important_is_given_once_a_day(world: World) -> None:
    await world.complaint(WAITED)
    guzel = world.people["Гузель"]
    text = "Анна, простите, что ждали, но мастер был один."

    for _ in range(2):
        await guzel.replies(text, to=await world.card())
    once = len(await hinted(guzel))
    await world.passes_until(11)
    await guzel.replies(text, to=await world.card())

    assert once == 1
    assert len(await hinted(guzel)) == 2


async def test_who_cannot_be_written_to_is_left_alone_and_the_reply_goes(world: World) -> None:
    anna, guzel = await world.complaint(WAITED), world.people["Гузель"]
    await guzel.blocks()

    await guzel.replies(CURT, to=await world.card())
    await world.passes(seconds=11)

    assert (await anna.heard())[-1] == f"{CURT}\n\nГузель, администратор"


async def test_the_owner_may_switch_hints_off(tmp_path: Path) -> None:
    async with salon_with(tmp_path, Lint.OFF) as world:
        await world.complaint(WAITED)
        guzel = world.people["Гузель"]

        await guzel.replies(CURT, to=await world.card())

        assert await hinted(guzel) == []


# ---- before sending, as a setting ---------------------------------------------------------------


async def test_before_sending_the_reply_waits_for_its_author(tmp_path: Path) -> None:
    async with salon_with(tmp_path, Lint.BEFORE) as world:
        anna, guzel = await world.complaint(WAITED), world.people["Гузель"]
        told = await anna.heard()

        await guzel.replies(CURT, to=await world.card())
        await world.passes(minutes=5)
        waiting = await anna.heard()
        card = await world.card()
        await world.restart()
        popup = await guzel.taps("Отправить так")
        await world.passes(seconds=1)

        hint = (await guzel.sees())[-1]
        assert (hint.text, hint.labels) == (f"Ещё не отправили: {CALM_DOWN}", ())
        assert waiting == told
        assert "Ответ ещё не ушёл, ждёт автора: Гузель" in card.text.split("\n")
        assert card.labels[:2] == ("Не отправлять", "Отправить так")
        assert popup == "Отправляем так."
        assert (await anna.heard())[-1] == f"{CURT}\n\nГузель, администратор"


async def test_a_reply_that_waits_keeps_neither_a_gift_nor_the_honest_word_back(
    tmp_path: Path,
) -> None:
    async with salon_with(tmp_path, Lint.BEFORE) as world:
        anna, guzel = await world.complaint(WAITED), world.people["Гузель"]
        await guzel.replies(CURT, to=await world.card())

        await guzel.on_card("🎁 Уход")
        await world.passes(seconds=11)
        gift = (await anna.was_told())[-1]
        popup = await guzel.on_card("Решено")
        await guzel.on_card("Не отправлять")

        assert gift == "offer.single"
        assert popup.startswith("Ответ ещё ждёт своего автора")
        assert (await anna.was_told())[-1] == "offer.single"


async def test_a_waiting_reply_does_not_hide_a_promise_that_breaks(tmp_path: Path) -> None:
    async with salon_with(tmp_path, Lint.BEFORE) as world:
        anna, guzel = await world.complaint(WAITED), world.people["Гузель"]
        await guzel.replies(CURT, to=await world.card())

        await world.passes(minutes=31)

        assert (await anna.was_told())[-1] == "progress.late"


async def test_what_is_fine_goes_after_the_usual_hold_also_then(tmp_path: Path) -> None:
    async with salon_with(tmp_path, Lint.BEFORE) as world:
        anna, guzel = await world.complaint(WAITED), world.people["Гузель"]

        await guzel.replies(KIND, to=await world.card())
        await world.passes(seconds=11)

        assert (await anna.heard())[-1] == f"{KIND}\n\nГузель, администратор"


@asynccontextmanager
async def salon_with(folder: Path, lint: Lint) -> AsyncIterator[World]:
    """The salon, staffed, with another setting."""
    content = salon()
    content = replace(content, business=replace(content.business, lint=lint))
    async with opened_world(folder, content=content) as world:
        await world.staffed()
        yield world
        await world.nothing_is_wrong()


async def hinted(person: Someone) -> list[str]:
    """The hints somebody was given."""
    return [text for text in await person.heard() if text.startswith("Отправили.")]
