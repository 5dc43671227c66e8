"""Joining, shifts, and who may press what: everybody at a button is checked at every tap."""

from tests.world import World


def link_of(world: World) -> str:
    """What a button of the group opens for somebody who is not on the roster yet."""
    return f"https://t.me/lana_bot?start=join_{world.app.desk.tokens.join}_{-world.group}"


async def test_nobody_types_an_id_to_join(world: World) -> None:
    lev, aygul = world.people["Лев"], await world.person("Айгуль", username="aygul")
    await world.control.join(aygul.id, world.group)

    url = await aygul.on_card("Это я")
    await aygul.follows(url)
    asked = (await lev.heard())[-1]
    await lev.taps("Администратор")
    await aygul.writes("Айгуль, старший администратор")

    assert asked == "Айгуль (@aygul). Работает с гостями?"
    assert await aygul.was_told() == ["join.hello", "join.approved", "join.signature_saved"]
    assert (await aygul.heard())[-1] == "Подпись теперь такая: «Айгуль, старший администратор»."


async def test_the_signature_that_was_chosen_stands_under_replies(world: World) -> None:
    aygul = await world.joins("Айгуль", "Администратор", signs="Айгуль Сафина, старшая смены")
    anna = await world.complaint("Ждала сорок минут")

    await aygul.replies("Простите нас", to=await world.card())
    await world.passes(seconds=11)

    assert (await anna.heard())[-1] == "Простите нас\n\nАйгуль Сафина, старшая смены"


async def test_who_is_declined_may_do_nothing(world: World) -> None:
    lev, boris = world.people["Лев"], await world.person("Борис")
    await world.control.join(boris.id, world.group)
    await boris.starts(f"join_{world.app.desk.tokens.join}")

    await lev.taps("Не из наших")
    await world.complaint("Ждала сорок минут")
    answer = await boris.on_card("Беру")

    assert await boris.was_told() == ["join.hello", "join.declined"]
    assert answer == link_of(world)
    assert "Отвечает" not in (await world.card()).text


async def test_only_the_owner_decides_who_joins(world: World) -> None:
    lev, boris, guzel = world.people["Лев"], await world.person("Борис"), world.people["Гузель"]
    await boris.starts(f"join_{world.app.desk.tokens.join}")
    asked = await world.newest_with("Администратор", lev.id)
    data = next(b.data for row in asked.buttons for b in row if b.text == "Администратор")

    popup = await guzel.forges(data or "", (await guzel.sees())[-1].id)

    assert popup == "Это решает владелец бота."
    assert await boris.was_told() == ["join.hello"]


async def test_the_owners_link_works_for_the_first_alone(world: World) -> None:
    boris = await world.person("Борис")

    await boris.starts(f"own_{world.app.desk.tokens.owner}")
    await boris.starts("own_guess")

    assert await boris.was_told() == ["owner.taken", "start.plain"]


async def test_off_shift_nobody_is_reminded_but_the_manager(world: World) -> None:
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    await ramilya.taps("Не на смене")
    await guzel.taps("Не на смене")
    told = len(await guzel.heard())

    await world.complaint("Ждала сорок минут")
    await world.passes(minutes=15)

    assert (await guzel.was_told())[told - 1 :] == ["join.shift_off"]
    assert (await ramilya.was_told())[-2:] == ["join.nobody", "staff.remind"]


async def test_back_on_shift_reminders_come_again(world: World) -> None:
    guzel = world.people["Гузель"]
    await guzel.taps("Не на смене")
    await guzel.taps("На смене")

    await world.complaint("Ждала сорок минут")
    await world.passes(minutes=15)

    assert (await guzel.was_told())[-3:] == ["join.shift_off", "join.shift_on", "staff.remind"]


async def test_who_leaves_the_group_loses_access_until_the_owner_gives_it_back(
    world: World,
) -> None:
    lev, guzel = world.people["Лев"], world.people["Гузель"]
    await world.complaint("Ждала сорок минут")
    await world.control.leave(guzel.id, world.group)
    await world.settle()
    told = (await lev.heard())[-1]
    await world.control.join(guzel.id, world.group)
    refused = await guzel.on_card("Беру")

    await lev.taps("Вернуть доступ")
    await guzel.on_card("Беру")

    assert told == "Гузель: больше не в группе, доступ закрыт."
    assert refused.startswith("https://t.me/lana_bot?start=join_")
    assert (await world.card_lines())[-1] == "Отвечает: Гузель, с 12:01"


async def test_an_anonymous_admin_is_told_how_to_fix_it_and_nothing_is_relayed(
    world: World,
) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await world.control.set_member(world.group, guzel.id, status="administrator", anonymous=True)
    told = len(await anna.heard())

    sent = await guzel.replies("Простите нас", to=await world.card())
    await world.passes(seconds=60)

    answer = (await world.in_group())[-1]
    assert (answer.reply_to, answer.text) == (
        sent,
        "Вы пишете от имени группы, и не видно, кто именно; гостю ничего не ушло. "
        "Выключите анонимность: название группы, «Администраторы», ваше имя, «Анонимность». "
        "Потом повторите.",
    )
    assert len(await anna.heard()) == told


async def test_an_anonymous_admins_tap_carries_the_person(world: World) -> None:
    await world.complaint("Ждала сорок минут")
    guzel = world.people["Гузель"]
    await world.control.set_member(world.group, guzel.id, status="administrator", anonymous=True)

    await guzel.on_card("Беру")

    assert (await world.card_lines())[-1] == "Отвечает: Гузель, с 12:01"


async def test_a_stranger_in_the_group_can_neither_tap_nor_reply(world: World) -> None:
    anna, boris = await world.complaint("Ждала сорок минут"), await world.person("Борис")
    await world.control.join(boris.id, world.group)

    answer = await boris.on_card("🎁 Уход")
    sent = await boris.replies("Мы вам ничего не должны", to=await world.card())
    await world.passes(seconds=60)

    post = (await world.in_group())[-1]
    assert answer == link_of(world)
    assert (post.reply_to, post.text, post.labels) == (
        sent,
        "Не отправили: вас пока нет в списке. Нажмите «Это я» и дождитесь подтверждения.",
        ("Это я",),
    )
    assert (await anna.was_told())[-1] == "ack.unassigned"


async def test_a_taken_case_says_who_answers(world: World) -> None:
    await world.complaint("Ждала сорок минут")
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    card = await world.card()

    await guzel.taps_on(card, "Беру", chat=world.group)
    popup = await ramilya.taps_on(card, "Беру", chat=world.group)

    assert popup == "Отвечает Гузель, с 12:01. Взять на себя: «Ещё…», «Другому»."


async def test_forged_buttons_change_nothing(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    dana = await world.person("Дана")
    await dana.starts("b_bauman")
    own = (await dana.sees())[0]
    card = await world.card()
    before = (card.text, await anna.heard())

    for data in ("c|1|take|", "w|1|refund", "a|1|ask|5", "a|1|sorry|topic:wait", "j|1|manager"):
        await dana.forges(data, own.id)
    for data in ("", "c|1", "c|999|take|", "c|1|give|gold", "c|1|undo|77", "c|1|stop|7", "zzz|"):
        await guzel.forges(data or "x", card.id, chat=world.group)
    await guzel.forges(f"c|{2**70}|take|", card.id, chat=world.group)
    await world.passes(seconds=11)

    assert ((await world.card()).text, await anna.heard()) == before
    assert len(await world.cards()) == 1


async def test_other_groups_are_no_business_of_the_bot(world: World) -> None:
    boris = await world.person("Борис")
    other = await world.control.add_group("Чужая", boris.id)

    await world.control.open_link(
        boris.id, "https://t.me/lana_bot?startgroup=g_guess&admin=delete_messages", group=other
    )
    await world.settle()
    await boris.writes("/visit", chat=other)

    chat = await world.control.chat(other)
    assert [m.text for m in chat.messages if m.from_bot and m.service is None] == []
