"""A group with topics: each case in its own, closed and opened with it; without topics as in a plain group."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox.views import MessageView
from bot.telegram import Call
from flows.book import Content
from tests.content.salon import salon
from tests.world import World, opened_world


def with_topics(per_hour: int = 20) -> Content:
    """The salon's content, topics switched on."""
    content = salon()
    business = replace(content.business, topics=True, topics_per_hour=per_hour)
    return replace(content, business=business)


@pytest.fixture
async def forum(tmp_path: Path) -> AsyncIterator[World]:
    """The staff's group has topics, and the owner wants them."""
    async with opened_world(tmp_path, content=with_topics()) as world:
        await world.staffed(forum=True)
        yield world
        await world.nothing_is_wrong()


@pytest.fixture
async def narrow(tmp_path: Path) -> AsyncIterator[World]:
    """The same with two topics an hour at most."""
    async with opened_world(tmp_path, content=with_topics(2)) as world:
        await world.staffed(forum=True)
        yield world
        await world.nothing_is_wrong()


async def topics(world: World) -> list[tuple[str, bool]]:
    """Title and whether it is closed of every topic, the oldest first."""
    found = (await world.control.chat(world.group)).topics
    return [found[thread] for thread in sorted(found)]


async def newest_topic(world: World) -> int:
    """The id of the topic made last."""
    return max((await world.control.chat(world.group)).topics)


async def posts(world: World, thread: int | None) -> list[MessageView]:
    """What the bot has posted in a topic, or outside of all."""
    return [m for m in await world.in_group() if m.thread == thread]


async def card_in(world: World, thread: int | None) -> MessageView:
    """The card in a topic."""
    (card,) = [m for m in await posts(world, thread) if m.kind == "text" and m.text[0] == "№"]
    return card


async def test_a_case_has_a_topic_with_the_card_in_it(forum: World) -> None:
    await forum.complaint("Ждала сорок минут")

    thread = await newest_topic(forum)
    assert await topics(forum) == [("🔴 № 1 · Анна · без темы", False)]
    assert (await card_in(forum, thread)).text.split("\n")[4] == "Ждала сорок минут"
    assert [m for m in await posts(forum, None) if m.text.startswith("№")] == []


async def test_words_in_the_topic_go_to_the_customer_and_notes_stay(forum: World) -> None:
    anna, guzel = await forum.complaint("Ждала сорок минут"), forum.people["Гузель"]
    thread, before = await newest_topic(forum), len(await anna.heard())

    await guzel.writes("// у неё аллергия", chat=forum.group, topic=thread)
    await guzel.writes("/nothing", chat=forum.group, topic=thread)
    await guzel.writes("Анна, простите нас", chat=forum.group, topic=thread)
    await forum.passes(seconds=21)

    assert (await anna.heard())[before:] == ["Анна, простите нас\n\nГузель, администратор"]
    assert "у неё аллергия" in (await card_in(forum, thread)).text
    assert await topics(forum) == [("🟢 № 1 · Анна · без темы", False)]


async def test_words_elsewhere_in_the_group_are_nobodys(forum: World) -> None:
    anna, guzel = await forum.complaint("Ждала сорок минут"), forum.people["Гузель"]
    before = await anna.heard()
    other = await forum.control.open_topic(forum.group, "Обед")

    await guzel.says("Кто заказывает?")
    await guzel.writes("Мне суп", chat=forum.group, topic=other)
    await forum.passes(seconds=11)

    assert await anna.heard() == before


async def test_an_answer_to_a_colleague_in_the_topic_stays_among_colleagues(forum: World) -> None:
    anna, guzel, lev = await forum.complaint("Ждала"), forum.people["Гузель"], forum.people["Лев"]
    thread = await newest_topic(forum)
    asked = await guzel.writes("// кто её стриг?", chat=forum.group, topic=thread)
    before = await anna.heard()

    await lev.replies("Лилия, опять она", to=asked)
    await forum.passes(seconds=11)

    assert await anna.heard() == before
    assert (await posts(forum, thread))[-1].text.startswith("Это осталось у нас")


async def test_files_stand_below_the_card_in_the_topic(forum: World) -> None:
    anna = await forum.complaint("Ждала сорок минут")
    await forum.complaint("И я", name="Дана")
    first = min((await forum.control.chat(forum.group)).topics)

    await anna.sends("photo")

    photo = (await posts(forum, first))[-1]
    assert (photo.kind, photo.reply_to) == ("photo", (await card_in(forum, first)).id)


async def test_the_title_follows_the_case_in_one_edit(forum: World) -> None:
    await forum.complaint("Ждала сорок минут")
    thread, guzel = await newest_topic(forum), forum.people["Гузель"]

    await guzel.on_card("Беру")
    await guzel.on_card("Решено")
    await guzel.on_card("Решено")
    await forum.passes(seconds=11)

    chat = await forum.control.chat(forum.group)
    edits = [m.service for m in chat.messages if m.thread == thread and m.service]
    assert edits == ["forum_topic_created", "forum_topic_edited", "forum_topic_closed"]
    assert await topics(forum) == [("✅ № 1 · Анна · без темы", True)]


async def test_a_case_that_is_opened_again_opens_its_topic(forum: World) -> None:
    await forum.complaint("Ждала сорок минут")
    guzel, thread = forum.people["Гузель"], await newest_topic(forum)
    await guzel.on_card("Решено")
    await guzel.on_card("Решено")
    await forum.passes(seconds=11)

    await guzel.on_card("Открыть снова")
    await forum.passes(seconds=11)

    assert await newest_topic(forum) == thread
    assert [closed for _, closed in await topics(forum)] == [False]
    assert "Взяли в работу" not in (await card_in(forum, thread)).text


async def test_a_deleted_topic_is_made_again_with_its_card(forum: World) -> None:
    anna, guzel = await forum.complaint("Ждала сорок минут"), forum.people["Гузель"]
    gone = await newest_topic(forum)

    await forum.control.delete_topic(forum.group, gone)
    await anna.writes("И не извинились")
    await forum.passes(seconds=61)
    thread = await newest_topic(forum)
    await guzel.writes("Простите нас", chat=forum.group, topic=thread)
    await forum.passes(seconds=11)

    assert thread != gone
    assert (await card_in(forum, thread)).text.split("\n")[4:6] == [
        "Ждала сорок минут",
        "И не извинились",
    ]
    assert (await anna.heard())[-1] == "Простите нас\n\nГузель, администратор"


async def test_a_file_for_a_deleted_topic_follows_the_card_into_the_new_one(forum: World) -> None:
    anna = await forum.complaint("Ждала сорок минут")

    await forum.control.delete_topic(forum.group, await newest_topic(forum))
    await anna.sends("photo")
    await forum.passes(seconds=61)

    thread = await newest_topic(forum)
    assert [m.kind for m in await posts(forum, thread)] == ["text", "photo"]


async def test_over_the_hours_limit_cards_come_as_into_a_plain_group(narrow: World) -> None:
    guzel = narrow.people["Гузель"]
    for name in ("Анна", "Белла", "Вера"):
        await narrow.complaint("Ждала", name=name)

    plain = await card_in(narrow, None)
    await guzel.replies("Вера, простите", to=plain)
    await narrow.passes(seconds=11)
    vera = narrow.people["Вера"]
    answered = (await vera.heard())[-1]
    await narrow.passes(minutes=61)
    await narrow.complaint("Ждала", name="Галя")

    assert plain.text.split("\n")[:2] == ["№ 3 · без темы · 2/5", "Вера · визитов: 1"]
    assert answered == "Вера, простите\n\nГузель, администратор"
    assert [title[2:5] for title, _ in await topics(narrow)] == ["№ 1", "№ 2", "№ 4"]


async def test_topics_switched_off_are_told_once_and_nothing_is_lost(forum: World) -> None:
    lev, guzel = forum.people["Лев"], forum.people["Гузель"]
    anna = await forum.complaint("Ждала сорок минут")
    before = len(await lev.heard())

    await forum.control.set_forum(forum.group, on=False)
    await anna.sends("photo")
    await forum.complaint("И я", name="Дана")
    await forum.complaint("И я тоже", name="Ева")
    cards = [card.text[:3] for card in await forum.cards()]
    await guzel.replies("Простите нас", to=(await forum.cards())[0])
    await forum.passes(seconds=11)

    assert cards == ["№ 1", "№ 2", "№ 3"]
    assert (await anna.heard())[-1] == "Простите нас\n\nГузель, администратор"
    assert (await lev.heard())[before:] == [
        "В группе «Лана: смена» не получается создавать темы. Не хватает: темы в настройках "
        "группы. Карточки пока приходят в общую ленту, ничего не теряется."
    ]


async def test_topics_that_are_back_are_used_again(forum: World) -> None:
    lev = forum.people["Лев"]
    await forum.control.set_forum(forum.group, on=False)
    await forum.complaint("Ждала")

    await forum.control.set_forum(forum.group, on=True)
    await forum.passes(minutes=11)
    await forum.complaint("И я", name="Дана")

    assert [title for title, _ in await topics(forum)] == ["🔴 № 2 · Дана · без темы"]
    assert (await lev.heard())[-1] == (
        "В группе «Лана: смена» темы снова работают: у каждого нового обращения будет своя."
    )


async def test_the_right_to_make_topics_is_missed_and_welcomed_back(forum: World) -> None:
    lev = forum.people["Лев"]
    rights = {"can_manage_topics": False}

    await forum.control.set_bot(forum.group, "administrator", rights=rights)
    await forum.settle()
    lost = (await lev.heard())[-1]
    await forum.complaint("Ждала")
    plain = await card_in(forum, None)
    await forum.control.set_bot(forum.group, "administrator", rights={})
    await forum.settle()
    back = (await lev.heard())[-1]
    await forum.complaint("И я", name="Дана")

    assert lost == (
        "В группе «Лана: смена» не получается создавать темы. Не хватает: право «Управлять "
        "темами». Карточки пока приходят в общую ленту, ничего не теряется."
    )
    assert plain.text.startswith("№ 1")
    assert back.endswith("темы снова работают: у каждого нового обращения будет своя.")
    assert [title for title, _ in await topics(forum)] == ["🔴 № 2 · Дана · без темы"]


async def test_without_the_right_a_topic_that_stands_is_still_led(forum: World) -> None:
    await forum.complaint("Ждала")
    guzel, thread = forum.people["Гузель"], await newest_topic(forum)

    await forum.control.set_bot(forum.group, "administrator", rights={"can_manage_topics": False})
    await forum.settle()
    await guzel.on_card("Решено")
    await guzel.on_card("Решено")
    await forum.passes(seconds=11)

    assert await topics(forum) == [("✅ № 1 · Анна · без темы", True)]
    assert len(await posts(forum, thread)) == 1


async def test_the_topic_of_a_case_that_went_to_the_manager_names_nobody(forum: World) -> None:
    await forum.complaint("Обожгли краской, ожог")
    await forum.passes(seconds=11)

    thread = await newest_topic(forum)
    assert await topics(forum) == [("🔴 № 1", False)]
    assert (await card_in(forum, thread)).text == "№ 1 · здоровье · у управляющего"


async def test_a_case_that_is_the_managers_at_once_has_no_topic(forum: World) -> None:
    guest = await forum.person("Анна")
    await guest.starts()
    await guest.writes("У меня ожог после окрашивания")
    await forum.passes(seconds=61)

    assert await topics(forum) == []
    assert (await posts(forum, None))[-1].text == "№ 1 · здоровье · у управляющего"


async def test_erased_data_take_the_topic_with_them(forum: World) -> None:
    anna = await forum.complaint("Ждала сорок минут")
    await anna.writes("/privacy")
    await anna.taps("Удалить мои данные")
    await anna.taps("Да, удалить")
    await forum.passes(seconds=11)

    chat = await forum.control.chat(forum.group)
    assert chat.topics == {}
    assert [m for m in chat.messages if "Анна" in m.text or "сорок" in m.text] == []


async def test_setup_says_that_topics_are_wanted_and_possible(forum: World) -> None:
    guzel = forum.people["Гузель"]

    await guzel.says("/setup")
    possible = (await forum.in_group())[-2].text
    await forum.control.set_forum(forum.group, on=False)
    await guzel.says("/setup")
    impossible = (await forum.in_group())[-2].text

    assert "Темы: да." in possible
    assert "Темы: нет." in impossible
    assert impossible.endswith("Не хватает: темы в настройках группы.")


async def test_with_a_restart_after_every_deed_it_is_all_the_same(forum: World) -> None:
    forum.restless = True
    anna = await forum.complaint("Ждала сорок минут")
    guzel, thread = forum.people["Гузель"], await newest_topic(forum)

    await anna.sends("photo")
    await guzel.writes("Простите нас", chat=forum.group, topic=thread)
    await forum.passes(seconds=11)
    await guzel.on_card("Решено")
    await forum.passes(seconds=11)

    assert (await anna.heard())[-1] == "Простите нас\n\nГузель, администратор"
    assert await topics(forum) == [("✅ № 1 · Анна · без темы", True)]
    assert [m.kind for m in await posts(forum, thread)] == ["text", "photo"]


@pytest.mark.parametrize("kind", ["drop_after", "garbage", "5xx"])
async def test_a_topic_whose_answer_was_lost_is_made_or_found(forum: World, kind: str) -> None:
    await forum.control.add_fault(kind, "createForumTopic")

    await forum.complaint("Ждала сорок минут")
    await forum.passes(minutes=5)

    assert await topics(forum) == [("🔴 № 1 · Анна · без темы", False)]
    assert len(await posts(forum, await newest_topic(forum))) == 1


async def test_topics_that_fail_again_and_again_keep_no_card_waiting(forum: World) -> None:
    await forum.control.add_fault("5xx", "createForumTopic", times=-1)

    await forum.complaint("Ждала сорок минут")
    await forum.passes(minutes=5)

    assert await topics(forum) == []
    assert (await card_in(forum, None)).text.startswith("№ 1")


async def test_a_topic_that_no_case_claims_is_deleted(forum: World) -> None:
    """As after a kill between Telegram's answer and the commit."""
    await forum.complaint("Ждала сорок минут")
    kept = await topics(forum)
    call = Call("createForumTopic", {"chat_id": forum.group, "name": "🔴 № 1 · Анна"})

    await forum.app.telegram.call(call)
    await forum.settle()
    twice = len(await topics(forum))
    await forum.passes(minutes=3)

    assert twice == 2
    assert await topics(forum) == kept


async def test_a_limit_of_telegrams_on_topics_keeps_no_card_waiting(forum: World) -> None:
    await forum.control.add_fault("429", "createForumTopic", retry_after=3000)

    await forum.complaint("Ждала сорок минут")
    await forum.complaint("И я", name="Дана")
    plain = [card.text[:3] for card in await forum.cards()]
    await forum.passes(minutes=51)
    await forum.complaint("И я тоже", name="Ева")

    assert plain == ["№ 1", "№ 2"]
    assert [title[2:5] for title, _ in await topics(forum)] == ["№ 3"]


async def test_words_changed_in_the_topic_change_for_the_customer(forum: World) -> None:
    anna, guzel = await forum.complaint("Ждала сорок минут"), forum.people["Гузель"]
    thread = await newest_topic(forum)

    written = await guzel.writes("Ждем вас", chat=forum.group, topic=thread)
    await forum.passes(seconds=11)
    await guzel.edits(written, "Ждём вас завтра", chat=forum.group)

    assert (await anna.heard())[-1] == "Ждём вас завтра\n\nГузель, администратор"


async def test_an_album_in_the_topic_is_an_album_for_the_customer(forum: World) -> None:
    anna, guzel = await forum.complaint("Ждала сорок минут"), forum.people["Гузель"]
    thread = await newest_topic(forum)

    await guzel.sends_album("photo", "photo", chat=forum.group, topic=thread)
    await forum.passes(seconds=11)

    album = [m for m in (await anna.sees()) if m.kind == "photo"]
    assert len(album) == 2
    assert len({m.media_group_id for m in album}) == 1


async def test_a_reply_in_the_topic_is_stopped_on_the_card(forum: World) -> None:
    anna, guzel = await forum.complaint("Ждала сорок минут"), forum.people["Гузель"]
    before = await anna.heard()

    await guzel.writes("Ой, не туда", chat=forum.group, topic=await newest_topic(forum))
    await guzel.on_card("Не отправлять")
    await forum.passes(seconds=21)

    assert await anna.heard() == before


async def test_whoever_is_no_colleague_hears_why_it_does_not_go(forum: World) -> None:
    anna = await forum.complaint("Ждала сорок минут")
    thread, before = await newest_topic(forum), await anna.heard()
    boris = await forum.person("Борис")
    await forum.control.join(boris.id, forum.group)

    await boris.writes("Анна, здравствуйте", chat=forum.group, topic=thread)
    await forum.passes(seconds=11)

    assert await anna.heard() == before
    assert (await posts(forum, thread))[-1].labels == ("Это я",)


async def test_with_another_group_the_topic_that_is_left_is_closed(forum: World) -> None:
    lev, old = forum.people["Лев"], forum.group
    await forum.complaint("Ждала сорок минут")

    forum.group = await forum.control.add_group("Лана: новая", lev.id, forum=True)
    await forum.control.open_link(lev.id, forum.group_link, group=forum.group)
    await forum.passes(seconds=11)

    left = (await forum.control.chat(old)).topics
    assert list(left.values()) == [("🔴 № 1 · Анна · без темы", True)]
    assert await topics(forum) == [("🔴 № 1 · Анна · без темы", False)]
    assert (await card_in(forum, await newest_topic(forum))).text.startswith("№ 1")
