"""Who answers which words: the card says what a customer's reply answers, a reply of staff quotes the customer."""

from bot.sandbox.hands import medium
from tests.world import World

SIGNED = "\n\nГузель, администратор"


async def test_the_card_says_which_words_of_staff_a_customer_answers(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await guzel.replies("Приходите завтра в 10\nили в 12", to=await world.card())
    await world.passes(seconds=11)
    letter = (await anna.sees())[-1]

    await anna.writes("Подходит", reply_to=letter.id)
    await anna.writes("А это второе", reply_to=letter.id, quote="или в 12")
    await world.settle()

    lines = (await world.card()).text.split("\n")
    start = lines.index("Ждала сорок минут")
    assert lines[start : start + 5] == [
        "Ждала сорок минут",
        "В ответ на «Приходите завтра в 10»:",
        "Подходит",
        "В ответ на «или в 12»:",
        "А это второе",
    ]


async def test_a_file_says_below_the_card_what_it_answers(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await guzel.replies("Пришлите фото", to=await world.card())
    await world.passes(seconds=11)
    letter = (await anna.sees())[-1]

    await anna.writes(medium=medium("photo", b"1"), reply_to=letter.id)
    await world.settle()

    assert [m.text for m in await world.in_group() if m.kind == "photo"] == [
        "В ответ на «Пришлите фото»:\n№ 1, Анна"
    ]


async def test_an_answer_to_a_question_of_the_bot_stands_as_it_is(world: World) -> None:
    anna = await world.complaint()
    question = (await anna.sees())[-1]

    await anna.writes("Ждала сорок минут", reply_to=question.id)
    await world.settle()

    text = (await world.card()).text
    assert ("Ждала сорок минут" in text, "В ответ" in text) == (True, False)


async def test_what_staff_quote_from_the_card_is_quoted_to_the_customer(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    second = await anna.writes("И никто не извинился")
    await world.settle()

    await guzel.replies("Простите нас", to=await world.card(), quote="никто не извинился")
    await guzel.replies("Отвечаю до конца", to=await world.card(), quote="Ответить")
    await world.passes(seconds=11)

    heard = [(m.text, m.reply_to, m.quote) for m in await anna.sees()][-2:]
    assert heard == [
        (f"Простите нас{SIGNED}", second, "никто не извинился"),
        (f"Отвечаю до конца{SIGNED}", None, None),
    ]


async def test_a_reply_to_the_card_without_a_quote_quotes_nothing(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    await guzel.replies("Простите нас", to=await world.card())
    await world.passes(seconds=11)

    letter = (await anna.sees())[-1]
    assert (letter.text, letter.reply_to, letter.quote) == (f"Простите нас{SIGNED}", None, None)


async def test_a_changed_reply_still_quotes(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    reply = await guzel.replies("Прстите", to=await world.card(), quote="сорок минут")

    await guzel.edits(reply, "Простите", chat=world.group)
    await world.passes(seconds=11)

    letter = (await anna.sees())[-1]
    assert (letter.text, letter.quote) == (f"Простите{SIGNED}", "сорок минут")


async def test_a_quote_of_words_that_were_changed_does_not_keep_the_letter_back(
    world: World,
) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    second = await anna.writes("И никто не извинился")
    await world.settle()

    await guzel.replies("Да, было", to=await world.card(), quote="не извинился")
    await anna.edits(second, "Уже неважно")
    await world.passes(seconds=11)

    letter = (await anna.sees())[-1]
    assert (letter.text, letter.reply_to, letter.quote) == (f"Да, было{SIGNED}", second, None)
