"""A reply that its author changes: the customer reads the right words, or the author hears that it is too late."""

from tests.world import World

SIGNED = "\n\nГузель, администратор"


async def test_a_held_reply_leaves_with_the_words_it_was_changed_to(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    reply = await guzel.replies("Пиршлите фото", to=await world.card())
    await world.passes(seconds=8)
    await guzel.edits(reply, "Пришлите фото", chat=world.group)
    await world.passes(seconds=9)
    waiting = await anna.heard()
    await world.passes(seconds=2)

    assert waiting[3:] == []
    assert (await anna.heard())[3:] == [f"Пришлите фото{SIGNED}"]


async def test_a_reply_that_has_left_is_changed_in_the_customers_chat(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    reply = await guzel.replies("Ждём вас в 10", to=await world.card())
    await world.passes(seconds=11)

    await guzel.edits(reply, "Ждём вас в 11", chat=world.group)
    await world.settle()

    assert (await anna.heard())[3:] == [f"Ждём вас в 11{SIGNED}"]


async def test_a_photos_words_are_changed_too(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    reply = await guzel.replies_with("photo", to=await world.card(), caption="Вот мостер")
    await world.passes(seconds=11)

    await guzel.edits(reply, "Вот мастер", chat=world.group)
    await world.settle()

    assert (await anna.sees())[-1].kind == "photo"
    assert (await anna.heard())[3:] == [f"Вот мастер{SIGNED}"]


async def test_a_reply_that_becomes_a_note_does_not_go(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    reply = await guzel.replies("Опять она", to=await world.card())
    await guzel.edits(reply, "// Опять она", chat=world.group)
    await world.passes(minutes=1)

    assert len(await anna.heard()) == 3


async def test_a_reply_that_has_left_cannot_become_a_note_and_its_author_hears_it(
    world: World,
) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    reply = await guzel.replies("Мы вам напишем", to=await world.card())
    await world.passes(seconds=11)

    await guzel.edits(reply, "// Мы вам напишем", chat=world.group)

    answer = (await world.in_group())[-1]
    assert (answer.text, answer.reply_to) == ("Поздно: письмо уже ушло.", reply)
    assert (await anna.heard())[3:] == [f"Мы вам напишем{SIGNED}"]


async def test_a_refused_reply_is_sent_again_with_its_new_words(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await anna.blocks()
    reply = await guzel.replies("Простите", to=await world.card())
    await world.passes(seconds=11)

    await guzel.edits(reply, "Простите нас, пожалуйста", chat=world.group)
    await anna.unblocks()
    await guzel.on_card("Отправить ещё раз")
    await world.settle()

    assert (await anna.heard())[3:] == [f"Простите нас, пожалуйста{SIGNED}"]


async def test_the_words_below_an_album_are_changed_while_it_is_held(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    card = await world.card()
    parts = await guzel.sends_album(
        "photo", "photo", caption="До", chat=world.group, reply_to=card.id
    )

    await guzel.edits(parts[0], "После", chat=world.group)
    await guzel.edits(parts[1], "Вид сбоку", chat=world.group)
    await world.passes(seconds=11)

    assert (await anna.heard())[3:] == [f"После{SIGNED}", "Вид сбоку"]


async def test_a_changed_note_and_the_talk_of_the_group_go_nowhere(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    note = await guzel.replies("// грубит", to=await world.card())
    talk = await guzel.says("Кто на обед?")

    await guzel.edits(note, "грубит", chat=world.group)
    await guzel.edits(talk, "Кто на обед со мной?", chat=world.group)
    await world.passes(minutes=1)

    assert len(await anna.heard()) == 3


async def test_a_changed_answer_to_an_alert_reaches_the_customer(world: World) -> None:
    anna, ramilya = await world.person("Анна"), world.people["Рамиля"]
    await anna.writes("У меня ожог после маски")
    alert = (await ramilya.sees())[-1]

    reply = await ramilya.writes("Едем", reply_to=alert.id)
    await ramilya.edits(reply, "Звоню вам")
    await world.passes(seconds=11)

    assert (await anna.heard())[-1] == "Звоню вам\n\nРамиля, управляющая"
