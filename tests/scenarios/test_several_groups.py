"""Several places, each with its group, and a chat of the managers: every card stands where it is worked on."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox.views import MessageView
from flows.book import Content
from flows.people import StaffChat, Use
from storage import people
from tests.content.salon import salon
from tests.someone import Someone
from tests.world import World, opened_world

FIRST = "№ 1 · без темы · 2/5"


def with_places(*names: str) -> Content:
    """The salon at Bauman street and at each of these: («pushkina», «На Пушкина»)."""
    content = salon()
    first = content.business.branches[0]
    more = [replace(first, id=name, name=f"На {name.capitalize()}") for name in names]
    return replace(content, business=replace(content.business, branches=(first, *more)))


@pytest.fixture
async def chain(tmp_path: Path) -> AsyncIterator[World]:
    """Two places; the group that was bound first serves both, nothing else is bound yet."""
    async with opened_world(tmp_path, content=with_places("pushkina")) as world:
        await world.staffed()
        yield world
        await world.nothing_is_wrong()


@pytest.fixture(params=[False, True], ids=["runs on", "is restarted all the time"])
async def restless(chain: World, request: pytest.FixtureRequest) -> World:
    """The same, with a bot that is restarted after everything anybody does."""
    chain.restless = request.param
    return chain


async def another_group(world: World, title: str, use: str = "", kind: str = "supergroup") -> int:
    """The owner opens the link in a new group, and says what it is for."""
    lev = world.people["Лев"]
    group = await world.control.add_group(title, lev.id, kind=kind)
    await world.control.join(world.people["Гузель"].id, group)
    await world.control.open_link(lev.id, world.group_link, group=group)
    await world.settle()
    if use:
        await lev.taps(use)
    return group


async def managers_group(world: World) -> int:
    """The owner opens the managers' link in a new group."""
    lev = world.people["Лев"]
    group = await world.control.add_group("Лана: управляющие", lev.id)
    await world.control.join(world.people["Рамиля"].id, group)
    link = world.group_link.replace("startgroup=g_", "startgroup=gm_")
    await world.control.open_link(lev.id, link, group=group)
    await world.settle()
    return group


async def complains(
    world: World, name: str, branch: str, words: str = "Ждала сорок минут"
) -> Someone:
    """A guest of this place is unhappy; a minute of quiet is over."""
    guest = await world.person(name)
    await guest.starts(f"b_{branch}")
    await guest.taps("2 ·")
    await guest.writes(words)
    await world.passes(seconds=61)
    return guest


async def cards_in(world: World, group: int) -> list[MessageView]:
    """Cards that stand in a group, the oldest first."""
    posts = [m for m in (await world.control.chat(group)).messages if m.from_bot]
    return [
        m
        for m in posts
        if m.kind == "text" and m.reply_to is None and m.text.startswith(("№ ", "❗ № "))
    ]


async def titles(world: World, group: int) -> list[str]:
    """First lines of the cards of a group."""
    return [card.text.split("\n")[0] for card in await cards_in(world, group)]


async def bot_said(world: World, group: int) -> str:
    """The newest message of the bot in a group."""
    return [m for m in (await world.control.chat(group)).messages if m.from_bot][-1].text


async def groups_of(world: World) -> tuple[StaffChat, ...]:
    """The groups as the database has them."""
    return (await world.app.database.transact(people.all_chats)).chats


# ---- binding ----------------------------------------------------------------------------------


async def test_the_first_group_serves_every_place_and_the_owner_is_asked_privately(
    chain: World,
) -> None:
    lev = chain.people["Лев"]

    asked = [m for m in await lev.sees() if m.text.startswith("Для чего группа")]

    assert [m.text for m in asked] == [
        "Для чего группа «Лана: смена»? Мест можно отметить несколько.\nСейчас: все места."
    ]
    assert asked[0].labels == ("На Баумана", "На Pushkina", "✓ Все места", "Чат управляющих")


async def test_a_second_group_gets_nothing_until_the_owner_has_said_what_it_is_for(
    chain: World,
) -> None:
    second = await another_group(chain, "Пушкина: смена")

    await complains(chain, "Анна", "pushkina")

    assert (await titles(chain, chain.group), await titles(chain, second)) == ([FIRST], [])


async def test_each_place_has_its_cards_in_its_own_group(restless: World) -> None:
    second = await another_group(restless, "Пушкина: смена", "На Pushkina")

    anna = await complains(restless, "Анна", "pushkina")
    await complains(restless, "Дана", "bauman")
    await restless.people["Гузель"].writes(
        "Простите нас", chat=second, reply_to=(await cards_in(restless, second))[0].id
    )
    await restless.passes(seconds=11)

    assert await titles(restless, second) == [FIRST]
    assert await titles(restless, restless.group) == ["№ 2 · без темы · 2/5"]
    assert (await anna.heard())[-1] == "Простите нас\n\nГузель, администратор"


async def test_a_group_may_serve_several_places_and_be_changed_later(chain: World) -> None:
    lev = chain.people["Лев"]
    second = await another_group(chain, "Обе", "На Pushkina")
    await lev.taps("На Баумана")

    asked = (await lev.sees())[-1]
    refused = [await lev.taps("✓ На Баумана"), await lev.taps("✓ На Pushkina")]
    await complains(chain, "Анна", "pushkina")

    assert asked.labels[:2] == ("✓ На Баумана", "✓ На Pushkina")
    assert refused == ["", "Хотя бы одно место нужно оставить. Или нажмите «Все места»."]
    assert await titles(chain, second) == [FIRST]


async def test_branches_shows_the_group_of_a_place_and_lets_it_be_chosen_anew(
    chain: World,
) -> None:
    lev = chain.people["Лев"]
    await another_group(chain, "Пушкина: смена", "На Pushkina")

    await lev.writes("/branches")
    await lev.taps("На Pushkina")
    shown = (await lev.sees())[-1]
    await lev.taps_on(shown, "Группа «Лана: смена»")
    await lev.taps("На Pushkina")
    await complains(chain, "Анна", "pushkina")

    assert "Группа: Пушкина: смена" in shown.text.split("\n")
    assert await titles(chain, chain.group) == [FIRST]


async def test_nobody_but_the_owner_says_what_a_group_is_for(chain: World) -> None:
    ramilya, lev = chain.people["Рамиля"], chain.people["Лев"]
    question = await chain.newest_with("На Pushkina", lev.id)
    data = question.buttons[1][0].data or ""

    await ramilya.starts()
    said = await ramilya.forges(data, (await ramilya.sees())[-1].id)

    assert said == "Это решает владелец бота."
    assert [chat.use for chat in (await groups_of(chain))] == [Use.ALL]


# ---- what else comes to a group ---------------------------------------------------------------


async def test_kind_words_are_posted_in_the_group_of_the_place(chain: World) -> None:
    second = await another_group(chain, "Пушкина: смена", "На Pushkina")
    before = await bot_said(chain, chain.group)

    anna = await chain.person("Анна")
    await anna.starts("b_pushkina")
    await anna.taps("5 ·")
    await anna.writes("Мастер чудо")
    await chain.passes_until(21, 1)

    assert "Мастер чудо" in await bot_said(chain, second)
    assert await bot_said(chain, chain.group) == before


async def test_a_visit_link_asked_in_a_group_is_of_its_place(chain: World) -> None:
    second = await another_group(chain, "Пушкина: смена", "На Pushkina")

    await chain.people["Гузель"].writes("/visit стрижка", chat=second)
    link = next(w for w in (await bot_said(chain, second)).split() if "?start=v_" in w)
    anna = await chain.person("Анна")
    await anna.follows(link)
    await anna.taps("2 ·")
    await anna.writes("Ждала")
    await chain.passes(seconds=61)

    assert [title[:3] for title in await titles(chain, second)] == ["№ 1"]


async def test_whoever_joins_through_a_group_works_at_its_place_and_is_reminded_first(
    chain: World,
) -> None:
    lev, guzel = chain.people["Лев"], chain.people["Гузель"]
    second = await another_group(chain, "Пушкина: смена", "На Pushkina")
    aygul = await chain.person("Айгуль")
    await chain.control.join(aygul.id, second)

    await aygul.follows(await aygul.taps("Это я", chat=second))
    await lev.taps("Администратор")
    await aygul.writes("администратор")
    await lev.writes("/people")
    team = (await lev.sees())[-1].text.split("\n")
    await lev.taps("Место работы")
    await lev.taps("Гузель")
    await lev.taps("На Баумана")
    told = len(await guzel.heard()), len(await aygul.heard())
    await complains(chain, "Анна", "pushkina")
    await chain.passes(minutes=50)

    assert "Айгуль, администратор, На Pushkina, на смене" in team
    assert len(await guzel.heard()) == told[0]
    assert (await aygul.was_told())[told[1] :] == ["staff.remind"]


# ---- the managers' chat -----------------------------------------------------------------------


async def test_a_case_of_the_managers_has_its_card_in_their_chat_and_a_line_in_the_group(
    restless: World,
) -> None:
    managers, ramilya = await managers_group(restless), restless.people["Рамиля"]

    anna = await complains(restless, "Анна", "bauman", "У меня ожог после маски")
    (card,) = await cards_in(restless, managers)
    await ramilya.taps_on(card, "Беру", chat=managers)
    await ramilya.writes("Анна, звоню вам", chat=managers, reply_to=card.id)
    await restless.passes(seconds=11)

    (line,) = await cards_in(restless, restless.group)
    assert (line.text, line.labels) == ("№ 1 · здоровье · у управляющего", ())
    assert "У меня ожог после маски" in (await cards_in(restless, managers))[0].text
    assert (await anna.heard())[-1] == "Анна, звоню вам\n\nРамиля, управляющая"
    assert not any(m.text.startswith("№ ") for m in await ramilya.sees())


async def test_without_a_managers_chat_the_card_is_the_managers_in_private(chain: World) -> None:
    await complains(chain, "Анна", "bauman", "У меня ожог после маски")

    private = [m.text for m in await chain.people["Рамиля"].sees() if m.text.startswith("❗ № 1")]

    assert len(private) == 1


async def test_a_lost_managers_chat_leaves_the_cards_to_the_manager_until_it_is_back(
    chain: World,
) -> None:
    managers = await managers_group(chain)
    await complains(chain, "Анна", "bauman", "У меня ожог после маски")

    await chain.control.set_bot(managers, "kicked")
    await chain.settle()
    lost = (await chain.people["Лев"].heard())[-1]
    private = [m.text for m in await chain.people["Рамиля"].sees() if "№ 1 ·" in m.text]
    await chain.control.set_bot(managers, "administrator")
    await chain.settle()
    await complains(chain, "Дана", "bauman", "И у меня ожог")

    assert lost == (
        "Бота убрали из чата управляющих «Лана: управляющие». Пока всё, что для управляющего, "
        "приходит лично: Рамиля. Верните бота или выберите другой чат."
    )
    assert len(private) == 1
    assert [title[:5] for title in await titles(chain, managers)][-1] == "❗ № 2"


# ---- a group moves or is lost -----------------------------------------------------------------


async def test_the_cards_of_a_lost_group_come_to_the_common_one_and_the_owner_is_told(
    restless: World,
) -> None:
    second = await another_group(restless, "Пушкина: смена", "На Pushkina")
    anna = await complains(restless, "Анна", "pushkina")

    await restless.control.set_bot(second, "kicked")
    await restless.settle()
    lost = (await restless.people["Лев"].heard())[-1]
    await complains(restless, "Дана", "pushkina")
    await restless.people["Гузель"].replies(
        "Простите нас", to=(await cards_in(restless, restless.group))[0]
    )
    await restless.passes(seconds=11)
    await restless.control.set_bot(second, "administrator")
    await restless.settle()
    await complains(restless, "Ева", "pushkina")

    assert lost == (
        "Бота убрали из группы «Пушкина: смена». Карточки пока приходят в «Лана: смена», "
        "ничего не пропало. Верните бота или выберите другую группу."
    )
    assert await titles(restless, restless.group) == [FIRST, "№ 2 · без темы · 2/5"]
    assert (await anna.heard())[-1] == "Простите нас\n\nГузель, администратор"
    assert (await titles(restless, second))[1:] == ["№ 3 · без темы · 2/5"]


async def test_a_stray_card_of_a_group_that_is_back_goes_at_the_first_tap(chain: World) -> None:
    guzel = chain.people["Гузель"]
    second = await another_group(chain, "Пушкина: смена", "На Pushkina")
    await complains(chain, "Анна", "pushkina")
    await chain.control.set_bot(second, "kicked")
    await chain.settle()
    await chain.control.set_bot(second, "administrator")
    await chain.settle()

    (stray,) = await cards_in(chain, second)
    said = await guzel.taps_on(stray, "Беру", chat=second)

    assert said == "Кнопка устарела: карточка уже другая, посмотрите на неё."
    assert (await titles(chain, second), await titles(chain, chain.group)) == ([], [FIRST])


async def test_one_group_migrates_and_the_other_goes_on(restless: World) -> None:
    lev = restless.people["Лев"]
    second = await another_group(restless, "Пушкина: смена", "На Pushkina", kind="group")
    anna = await complains(restless, "Анна", "pushkina")
    await complains(restless, "Дана", "bauman")

    moved = await restless.control.migrate(second)
    await restless.settle()
    await restless.people["Гузель"].writes(
        "Простите нас", chat=moved, reply_to=(await cards_in(restless, moved))[0].id
    )
    await restless.passes(seconds=11)

    assert (await titles(restless, moved), await titles(restless, restless.group)) == (
        [FIRST],
        ["№ 2 · без темы · 2/5"],
    )
    assert (await anna.heard())[-1] == "Простите нас\n\nГузель, администратор"
    assert (await lev.heard())[-1].startswith("Telegram превратил группу «Пушкина: смена»")


async def test_all_places_moved_to_another_group_leave_the_old_one_without_buttons(
    chain: World,
) -> None:
    await complains(chain, "Анна", "pushkina")

    new = await another_group(chain, "Лана: новая", "Все места")

    left = [m for m in (await chain.control.chat(chain.group)).messages if m.from_bot]
    assert await titles(chain, new) == [FIRST]
    assert [m.labels for m in left if m.text.startswith("№ 1")] == [()]
    assert left[-1].text == (
        "Теперь карточки приходят в группу «Лана: новая», кнопки здесь больше не работают."
    )
    assert [(chat.title, chat.use) for chat in await groups_of(chain)] == [("Лана: новая", Use.ALL)]


async def test_a_card_stays_where_it_stands_until_it_is_called_anew(chain: World) -> None:
    guzel = chain.people["Гузель"]
    second = await another_group(chain, "Пушкина: смена", "На Pushkina")
    await guzel.writes("/visit стрижка", chat=second)
    link = next(w for w in (await bot_said(chain, second)).split() if "?start=v_" in w)
    anna = await chain.person("Анна")
    await anna.writes("Ждала сорок минут, никто не подошёл")
    await chain.passes(seconds=61)

    await anna.follows(link)
    await chain.passes(seconds=61)
    stays = len(await titles(chain, chain.group)), len(await titles(chain, second))
    await guzel.writes("/case 1")
    await guzel.taps("Прислать карточку заново")
    await chain.passes(seconds=5)

    assert stays == (1, 0)
    assert (len(await titles(chain, chain.group)), len(await titles(chain, second))) == (0, 1)


async def test_a_card_that_was_not_posted_yet_goes_to_the_group_that_is_chosen_meanwhile(
    chain: World,
) -> None:
    lev = chain.people["Лев"]
    await chain.control.set_bot(chain.group, "kicked")
    await chain.settle()
    await complains(chain, "Анна", "pushkina")

    second = await another_group(chain, "Пушкина: смена", "На Pushkina")
    await chain.passes(minutes=2)

    assert await titles(chain, second) == [FIRST]
    assert (await lev.heard())[-1] != ""


async def test_a_place_whose_group_is_taken_over_has_its_cards_moved(chain: World) -> None:
    second = await another_group(chain, "Пушкина: смена", "На Pushkina")
    await complains(chain, "Анна", "pushkina")

    third = await another_group(chain, "Пушкина: новая", "На Pushkina")

    assert await titles(chain, third) == [FIRST]
    assert (await cards_in(chain, second))[0].labels == ()
    assert [chat.title for chat in await groups_of(chain)] == ["Лана: смена", "Пушкина: новая"]


async def test_a_complaint_about_the_manager_is_not_read_in_the_managers_chat(
    chain: World,
) -> None:
    managers, lev = await managers_group(chain), chain.people["Лев"]

    await complains(chain, "Анна", "bauman", "Рамиля мне нагрубила")

    assert await cards_in(chain, managers) == []
    assert any("Рамиля мне нагрубила" in m.text for m in await lev.sees())
    assert [line.split(" · ")[-1] for line in await titles(chain, chain.group)] == [
        "у управляющего"
    ]


async def test_a_photo_comes_under_the_card_where_it_stands(chain: World) -> None:
    anna = await complains(chain, "Анна", "pushkina")
    second = await another_group(chain, "Пушкина: смена", "На Pushkina")

    await anna.sends("photo")
    await chain.passes(seconds=61)

    (card,) = await cards_in(chain, chain.group)
    under = [m.kind for m in await chain.in_group() if m.reply_to == card.id]
    assert under == ["photo"]
    assert await titles(chain, second) == []


async def test_a_group_where_the_bot_may_not_write_leaves_its_cards_to_the_common_one(
    chain: World,
) -> None:
    lev = chain.people["Лев"]
    second = await another_group(chain, "Пушкина: смена", "На Pushkina")

    await chain.control.set_bot(second, "restricted", rights={"can_send_messages": False})
    await chain.settle()
    await complains(chain, "Анна", "pushkina")
    told = (await lev.heard())[-1]
    await chain.control.set_bot(second, "administrator")
    await chain.settle()

    assert told.startswith(
        "В группе «Пушкина: смена» боту нельзя писать, карточки пока приходят в «Лана: смена»."
    )
    assert await titles(chain, chain.group) == [FIRST]
    assert (await lev.heard())[-1] == (
        "В группе «Пушкина: смена» у бота снова есть всё, что нужно."
    )


async def test_a_migration_while_the_bot_is_down_is_learned_from_the_first_call(
    chain: World,
) -> None:
    second = await another_group(chain, "Пушкина: смена", "На Pushkina", kind="group")
    anna = await complains(chain, "Анна", "pushkina")
    await chain.stop()

    moved = await chain.control.migrate(second)
    await chain.reopen()
    await anna.writes("И не извинились")
    await chain.passes(minutes=2)

    assert await titles(chain, moved) == [FIRST]
    assert [chat.chat_id for chat in await groups_of(chain)] == [chain.group, moved]


async def test_setup_says_in_each_group_how_it_stands_there(chain: World) -> None:
    second = await another_group(chain, "Пушкина: смена", "На Pushkina")
    third = await another_group(chain, "Третья")
    await chain.control.set_bot(second, "member")
    await chain.settle()

    await chain.people["Гузель"].writes("/setup", chat=second)
    await chain.people["Лев"].writes("/setup", chat=third)

    posts = [m.text for m in (await chain.control.chat(second)).messages if m.from_bot]
    assert "Не хватает: права администратора." in posts[-2]
    assert (await chain.people["Лев"].heard())[-1].startswith("Для чего группа «Третья»?")
