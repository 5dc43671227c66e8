"""A reply to the card goes to the customer in any medium, signed, after a hold in which it can be stopped."""

from typing import Any

from bot.sandbox.views import MessageView
from tests.someone import Someone
from tests.world import World


async def test_words_in_reply_to_the_card_leave_after_the_hold_signed(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    await guzel.replies("Простите нас, Анна. Разбираемся.", to=await world.card())
    held = await world.card()
    await world.passes(seconds=9)
    before = await anna.was_told()
    await world.passes(seconds=2)

    assert (held.text.split("\n")[-1], held.labels[0]) == ("Уйдёт через 10 с", "Не отправлять")
    assert before[-1] == "ack.unassigned"
    assert (await anna.heard())[-1] == "Простите нас, Анна. Разбираемся.\n\nГузель, администратор"
    assert (await world.card_lines())[5:] == [
        "Отвечает: Гузель, с 12:01",
        "Ответили: Гузель, 12:01",
    ]


async def test_bold_words_stay_bold(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    await guzel.replies(to=await world.card(), html="Ждём вас <b>завтра</b> в 12 & <i>позже</i>")
    await world.passes(seconds=11)

    assert (await anna.sees())[-1].html == (
        "Ждём вас <b>завтра</b> в 12 &amp; <i>позже</i>\n\nГузель, администратор"
    )


async def test_files_in_reply_reach_the_customer_signed(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    told = len(await anna.sees())

    for kind in ("photo", "voice", "video", "document", "animation", "audio"):
        await guzel.replies_with(kind, to=await world.card())
    await guzel.replies_with("photo", to=await world.card(), caption="Вот новый график")
    await world.passes(seconds=11)

    sign = "Гузель, администратор"
    assert [(m.kind, m.text) for m in (await anna.sees())[told:]] == [
        ("photo", sign),
        ("voice", sign),
        ("video", sign),
        ("document", sign),
        ("animation", sign),
        ("audio", sign),
        ("photo", f"Вот новый график\n\n{sign}"),
    ]


async def test_what_takes_no_caption_is_signed_by_a_message_of_its_own(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    told = len(await anna.sees())
    card = await world.card()

    await guzel.replies_with("video_note", to=card)
    await guzel.replies(to=card, location={"latitude": 55.79, "longitude": 49.11})
    await world.passes(seconds=11)

    sign = "Гузель, администратор"
    assert [(m.kind, m.text) for m in (await anna.sees())[told:]] == [
        ("video_note", ""),
        ("text", sign),
        ("location", ""),
        ("text", sign),
    ]


async def test_an_album_in_reply_arrives_as_one_album_signed_once(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    told = len(await anna.sees())
    card = await world.card()

    await guzel.sends_album(
        "photo", "photo", "photo", caption="Наши мастера", chat=world.group, reply_to=card.id
    )
    await world.passes(seconds=11)

    album = (await anna.sees())[told:]
    assert [(m.kind, m.text) for m in album] == [
        ("photo", "Наши мастера\n\nГузель, администратор"),
        ("photo", ""),
        ("photo", ""),
    ]
    assert len({m.media_group_id for m in album}) == 1


async def test_a_stopped_reply_never_leaves(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    await guzel.replies("Сами виноваты", to=await world.card())
    await world.passes(seconds=9)
    popup = await guzel.on_card("Не отправлять")
    await world.passes(seconds=60)

    assert popup == "Не отправили."
    assert (await anna.was_told())[-1] == "ack.unassigned"
    assert (await world.card_lines())[-2:] == ["Ответить: до 12:30", "Отвечает: Гузель, с 12:01"]


async def test_a_reply_that_has_left_cannot_be_stopped(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await guzel.replies("Простите нас", to=await world.card())
    held = await world.card()

    await world.passes(seconds=11)
    popup = await guzel.taps_on(held, "Не отправлять", chat=world.group)

    assert popup == "Поздно: письмо уже ушло."
    assert (await anna.heard())[-1] == "Простите нас\n\nГузель, администратор"


async def test_two_replies_arrive_in_their_order_and_each_can_be_stopped(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    told = len(await anna.heard())
    card = await world.card()

    await guzel.replies("Первое", to=card)
    await world.passes(seconds=3)
    await guzel.replies("Второе", to=card)
    await guzel.replies("Третье", to=card)
    await guzel.on_card("Не отправлять")
    await world.passes(seconds=11)

    assert (await anna.heard())[told:] == [
        "Первое\n\nГузель, администратор",
        "Второе\n\nГузель, администратор",
    ]


async def test_notes_and_the_talk_of_the_group_go_nowhere(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    told = len(await anna.heard())
    posted = len(await world.in_group())

    await guzel.replies("// гостья постоянная, аккуратно", to=await world.card())
    said = await guzel.says("Девочки, кто завтра на смене?")
    await guzel.replies("Я", to=said)
    await world.passes(seconds=60)

    assert len(await anna.heard()) == told
    assert len(await world.in_group()) == posted
    assert (await world.card_lines())[-1] == "Заметка: гостья постоянная, аккуратно — Гузель"


async def test_words_under_a_customers_file_stay_among_colleagues(world: World) -> None:
    anna, guzel = await world.person("Анна"), world.people["Гузель"]
    await anna.starts("b_bauman")
    await anna.taps("2 ·")
    await anna.sends("photo")
    told = len(await anna.heard())
    photo = next(m for m in await world.in_group() if m.kind == "photo")

    await guzel.replies("Кошмар, это Лиля так?", to=photo)
    await world.passes(seconds=20)

    assert len(await anna.heard()) == told
    assert (await world.in_group())[-1].text == (
        "Это осталось у нас, гостю не ушло. Чтобы ответить, ответьте на саму карточку № 1."
    )


async def test_words_about_a_request_stay_with_who_was_asked(world: World) -> None:
    anna = await world.person("Анна")
    await anna.writes("Плохо покрасили")
    await world.passes(seconds=61)
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    await guzel.on_card("Спросить управляющего")
    told = len(await anna.heard())

    await ramilya.writes("Нет, она третий раз просит", reply_to=(await ramilya.sees())[-1].id)
    await world.passes(seconds=20)

    assert len(await anna.heard()) == told
    assert (await ramilya.heard())[-1] == (
        "Это осталось у нас, гостю не ушло. Чтобы ответить, ответьте на саму карточку № 1."
    )


async def test_a_reply_to_the_card_that_was_replaced_is_a_reply_to_the_customer(
    world: World,
) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    before = await world.card()
    await guzel.replies("Простите", to=before)
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await guzel.on_card("Опоздание")
    await world.passes(days=2, hours=1)
    await anna.taps("Не совсем")

    await guzel.replies("Простите ещё раз", to=before)
    await world.passes(seconds=11)

    assert (await anna.heard())[-1] == "Простите ещё раз\n\nГузель, администратор"


async def test_an_alert_is_answered_by_a_reply_where_its_card_stands(world: World) -> None:
    anna = await world.complaint("Обожгли кожу головы")
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]
    alerts = {
        person.name: next(m for m in await person.sees() if m.text.startswith("ЗДОРОВЬЕ"))
        for person in (guzel, ramilya)
    }

    await guzel.writes("Кто рядом с ней?", reply_to=alerts["Гузель"].id)
    await ramilya.writes("Анна, как вы сейчас?", reply_to=alerts["Рамиля"].id)
    await world.passes(seconds=11)

    assert (await anna.heard())[-1] == "Анна, как вы сейчас?\n\nРамиля, управляющая"
    assert "Кто рядом с ней?\n\nГузель, администратор" not in await anna.heard()
    assert (await guzel.heard())[-1] == (
        "Это осталось у нас, гостю не ушло. Чтобы ответить, ответьте на саму карточку № 1."
    )


async def test_a_reply_to_a_customer_who_has_blocked_the_bot_is_not_delivered_and_can_be_resent(
    world: World,
) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await world.control.block(anna.id)

    await guzel.replies("Простите нас", to=await world.card())
    await world.passes(seconds=11)
    failed = await world.card()
    await anna.unblocks()
    await guzel.on_card("Отправить ещё раз")
    await world.passes(seconds=1)

    assert failed.text.split("\n")[-1] == ("Не дошло в 12:01: бот остановлен")
    assert (await anna.heard())[-1] == "Простите нас\n\nГузель, администратор"
    assert (await world.card_lines())[-1] == "Ответили: Гузель, 12:01"


async def test_replies_that_were_refused_twice_are_all_sent_in_the_end(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    told = len(await anna.heard())
    await world.control.block(anna.id)
    await guzel.replies("Первое", to=await world.card())
    await guzel.replies("Второе", to=await world.card())
    await world.passes(seconds=11)
    await guzel.on_card("Отправить ещё раз")
    await world.passes(seconds=5)
    refused_again = await world.card()

    await anna.unblocks()
    await guzel.on_card("Отправить ещё раз")
    await world.passes(seconds=5)

    assert refused_again.labels[0] == "Отправить ещё раз"
    assert (await anna.heard())[told:] == [
        "Первое\n\nГузель, администратор",
        "Второе\n\nГузель, администратор",
    ]
    assert (await world.card_lines())[-1] == "Ответили: Гузель, 12:01"


async def test_a_reply_by_somebody_else_joins_the_case(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")
    guzel, ramilya = world.people["Гузель"], world.people["Рамиля"]

    await guzel.replies("Смотрим запись", to=await world.card())
    await ramilya.replies("Здравствуйте, я управляющая", to=await world.card())
    await world.passes(seconds=11)

    assert (await anna.heard())[-2:] == [
        "Смотрим запись\n\nГузель, администратор",
        "Здравствуйте, я управляющая\n\nРамиля, управляющая",
    ]


async def test_a_reply_to_a_closed_card_is_answered_with_what_to_do(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await guzel.replies("Простите нас", to=await world.card())
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    told = len(await anna.heard())

    await guzel.replies("И ещё одно", to=await world.card())
    await world.passes(seconds=60)

    assert (len(await anna.heard()), (await world.in_group())[-1].text) == (
        told,
        "№ 1 уже решено, ответ не ушёл. Нажмите на карточке «Открыть снова» и ответьте ещё раз.",
    )


async def test_the_manager_answers_from_the_private_chat(world: World) -> None:
    anna, ramilya = await world.complaint("Обожгли кожу головы"), world.people["Рамиля"]
    card = next(m for m in await ramilya.sees() if m.text.startswith("❗ № 1"))

    await ramilya.writes("Анна, как вы сейчас?", reply_to=card.id)
    await world.passes(seconds=11)

    assert (await anna.heard())[-1] == "Анна, как вы сейчас?\n\nРамиля, управляющая"


async def test_a_stopped_reply_leaves_no_signature_behind(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    told = len(await anna.sees())

    await guzel.replies_with("video_note", to=await world.card())
    await guzel.on_card("Не отправлять")
    await world.passes(seconds=60)

    assert [m.kind for m in (await anna.sees())[told:]] == []


async def test_what_is_signed_apart_is_resent_with_its_signature(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    told = len(await anna.sees())
    await world.control.block(anna.id)
    await guzel.replies_with("video_note", to=await world.card())
    await world.passes(seconds=11)

    await anna.unblocks()
    await guzel.on_card("Отправить ещё раз")
    await world.passes(seconds=1)

    assert [(m.kind, m.text) for m in (await anna.sees())[told:]] == [
        ("video_note", ""),
        ("text", "Гузель, администратор"),
    ]
    assert (await world.card_lines())[-1] == "Ответили: Гузель, 12:01"


async def test_a_refused_file_takes_its_signature_with_it_and_counts_as_no_answer(
    world: World,
) -> None:
    world.expected_parked = 2
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    told = len(await anna.sees())

    await world.app.intake.store([video_note_unknown_to_telegram(world, guzel, await world.card())])
    await world.settle()
    await world.passes(seconds=11)

    assert (await anna.sees())[told:] == []
    card = await world.card()
    assert card.text.split("\n")[-1] == "Не дошло в 12:01: Telegram не принял сообщение"
    assert card.labels[0] == "Отправить ещё раз"


def video_note_unknown_to_telegram(world: World, by: Someone, card: MessageView) -> dict[str, Any]:
    """A reply to the card with a file that cannot be sent on."""
    group = {"id": world.group, "type": "supergroup", "title": "Лана: смена"}
    return {
        "update_id": 900_000_001,
        "message": {
            "message_id": 9001,
            "date": 1_795_000_000,
            "chat": group,
            "from": {"id": by.id, "is_bot": False, "first_name": by.name},
            "reply_to_message": {"message_id": card.id, "date": 1_795_000_000, "chat": group},
            "video_note": {"file_id": "gone", "file_unique_id": "1", "length": 9, "duration": 9},
        },
    }


async def test_words_too_long_for_a_signature_below_are_signed_apart(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    told = len(await anna.sees())
    card = await world.card()
    long = "Очень " * 170 + "жаль"

    await guzel.replies_with("photo", to=card, caption=long)
    await guzel.sends_album("photo", "photo", caption=long, chat=world.group, reply_to=card.id)
    await guzel.replies("Очень " * 680 + "жаль", to=card)
    await world.passes(seconds=11)

    assert [(m.kind, m.text[-4:]) for m in (await anna.sees())[told:]] == [
        ("photo", "жаль"),
        ("text", "атор"),
        ("photo", "жаль"),
        ("photo", ""),
        ("text", "атор"),
        ("text", "жаль"),
        ("text", "атор"),
    ]
