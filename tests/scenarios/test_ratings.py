"""What a rating leads to: thanks, one question, or a case at once."""

from tests.world import World


async def test_a_five_gets_thanks_and_nothing_comes_to_the_group(world: World) -> None:
    anna = await world.person("Анна")
    posted = len(await world.in_group())

    await anna.starts("b_bauman")
    await anna.taps("5 ·")
    await world.passes(days=3)

    assert await anna.was_told() == ["ask.qr", "rate.5"]
    assert await anna.labels() == [(), ()]
    assert len(await world.in_group()) == posted


async def test_kind_words_after_a_five_stand_in_the_evening_post(world: World) -> None:
    anna = await world.person("Анна")
    await world.people["Гузель"].says("/visit стрижка, Лилия")
    await anna.follows(await world.visit_link())

    await anna.taps("5 ·")
    await anna.writes("Лучшая стрижка за год.")
    await world.passes(seconds=61)
    told = await anna.was_told()
    await world.passes_until(20, 31)

    assert told == ["ask.salon", "rate.5", "rate.5.thanks_sent"]
    assert (await world.in_group())[-1].text == (
        "Сегодня вам написали\n\nЛилия, это вам: «Лучшая стрижка за год» — Анна"
    )


async def test_unhappy_words_after_a_five_open_a_case(world: World) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")

    await anna.taps("5 ·")
    await anna.writes("Но ждала я сорок минут")
    await world.passes(seconds=61)

    assert await anna.was_told() == ["ask.qr", "rate.5", "ack.unassigned"]
    assert (await world.card()).text == (
        "№ 1 · без темы · 5/5\nАнна · визитов: 1\nсегодня\n\n"
        "Но ждала я сорок минут\nОтветить: до 12:30"
    )


async def test_a_four_is_asked_what_was_missing_and_thanked(world: World) -> None:
    anna = await world.person("Анна")
    posted = len(await world.in_group())

    await anna.starts("b_bauman")
    await anna.taps("4 ·")
    await anna.writes("Музыка громковата")
    await world.passes(seconds=61)

    assert await anna.was_told() == ["ask.qr", "rate.4", "rate.4.answered"]
    assert len(await world.in_group()) == posted


async def test_a_three_with_a_topic_travels_the_whole_loop_with_one_card(world: World) -> None:
    anna, guzel = await world.person("Анна"), world.people["Гузель"]
    posted = len(await world.in_group())

    await anna.starts("b_bauman")
    await anna.taps("3 ·")
    popup = await anna.taps("Долго ждали")
    await world.passes(seconds=61)
    await guzel.replies("Простите, вчера не пришёл мастер.", to=await world.card())
    await world.passes(seconds=11)
    await guzel.on_card("Решено")
    await guzel.on_card("Опоздание")
    await world.passes(days=2)
    await anna.taps("Да")

    assert popup == "Записали: «Долго ждали». Можно добавить пару слов или фото."
    assert await anna.was_told() == [
        "ask.qr",
        "rate.3",
        "ack.unassigned",
        "Простите, вчера не пришёл мастер.\n\nГузель, администратор",
        "check.2d.rated",
        "check.ok",
    ]
    assert len(await world.in_group()) == posted + 1


async def test_a_three_with_words_alone_is_promised_an_answer_without_wishes(world: World) -> None:
    anna = await world.complaint("Волосы быстро потеряли форму", rating="3 ·")

    assert await anna.was_told() == ["ask.qr", "rate.3", "ack.unassigned"]
    assert (await anna.labels())[-1] == ()


async def test_a_silent_three_disturbs_nobody(world: World) -> None:
    anna = await world.person("Анна")
    posted = len(await world.in_group())
    await anna.starts("b_bauman")

    await anna.taps("3 ·")
    await world.passes(days=3)

    assert await anna.was_told() == ["ask.qr", "rate.3"]
    assert len(await world.in_group()) == posted


async def test_a_one_without_a_word_has_its_card_and_is_promised_an_answer_after_ten_minutes(
    world: World,
) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")

    await anna.taps("1 ·")
    card = await world.card()
    await world.passes(minutes=11)

    assert (card.text, card.silent) == (
        "№ 1 · без темы · 1/5\nАнна · визитов: 1\nсегодня\n\nпишет…\nОтветить: до 12:30",
        True,
    )
    assert await anna.was_told() == ["ask.qr", "rate.low", "ack.no_words"]


async def test_a_rating_can_be_corrected_upwards_and_downwards_until_a_case_comes_of_it(
    world: World,
) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    question = (await anna.sees())[0]

    await anna.taps_on(question, "4 ·")
    await anna.taps_on(question, "5 ·")
    await anna.taps_on(question, "2 ·")
    await anna.taps_on(question, "5 ·")

    assert await anna.was_told() == ["ask.qr", "rate.4", "rate.5", "rate.low"]
    assert (await world.card_lines())[0] == "№ 1 · без темы · 2/5"


async def test_the_same_rating_twice_is_one_rating(world: World) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    question = (await anna.sees())[0]

    await anna.taps_on(question, "2 ·")
    await anna.taps_on(question, "2 ·")

    assert await anna.was_told() == ["ask.qr", "rate.low"]
    assert len(await world.cards()) == 1


async def test_silence_is_reminded_of_once_and_outside_quiet_hours(world: World) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")

    await world.passes(days=5)

    assert await anna.was_told() == ["ask.qr", "ask.reminder"]
    assert (await anna.labels())[-1][:1] == ("5 · Всё отлично",)
