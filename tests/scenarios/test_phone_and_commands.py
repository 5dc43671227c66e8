"""The customer's telephone, and the commands that answer questions about oneself."""

from datetime import timedelta

from flows.events import VisitEnded
from tests.world import World


async def test_call_me_asks_for_the_number_and_puts_the_call_on_the_card(world: World) -> None:
    anna = await world.person("Анна", phone_number="79990000001")
    guzel = world.people["Гузель"]
    await anna.starts("b_bauman")
    await anna.taps("2 ·")

    await anna.taps("Позвоните мне")
    keyboard = (await world.control.chat(anna.id)).keyboard
    await anna.presses("Отправить номер")
    await guzel.on_card("Ещё…")
    popup = await guzel.on_card("Позвонить")

    assert keyboard == (("Отправить номер",), ("Лучше ответьте здесь",))
    assert (await anna.heard())[-1] == (
        "Позвонит администратор: до 12:30. Можно и дальше писать сюда."
    )
    assert (await world.control.chat(anna.id)).keyboard == ()
    assert (await world.card_lines())[-1] == "Просит позвонить: до 12:30"
    assert popup == "Анна: +79990000001, звонить можно"


async def test_a_typed_number_is_as_good(world: World) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    await anna.taps("2 ·")
    await anna.taps("Позвоните мне")

    await anna.writes("8 (999) 000-00-01")

    assert (await anna.was_told())[-1] == "call.accepted"
    assert "8 (999) 000-00-01" not in (await world.card()).text


async def test_answer_me_here_takes_the_call_off_the_card(world: World) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    await anna.taps("2 ·")
    await anna.taps("Позвоните мне")

    await anna.presses("Лучше ответьте здесь")

    assert (await anna.heard())[-1] == "Хорошо, ответим здесь до 12:30."
    assert [line for line in await world.card_lines() if "позвонить" in line] == []


async def test_a_number_finds_the_visit_behind_the_case(world: World) -> None:
    anna = await world.person("Анна", phone_number="79990000001")
    await world.app.turns.happened(
        VisitEnded(
            "512",
            "csv",
            world.clock.now() - timedelta(hours=1),
            "bauman",
            service="Стрижка",
            master="Лилия",
            phone="+79990000001",
        )
    )
    await anna.writes("Ждала у вас сорок минут")
    before = await world.card_lines()

    await anna.gives_phone()

    assert before[-1] == "Визит не найден"
    assert (await world.card_lines())[1:3] == [
        "Анна · визитов: 1",
        "стрижка · Лилия · сегодня",
    ]
    assert (await world.card()).labels[2] == "🎁 Уход-комплимент · 1\xa0200\xa0₽"


async def test_commands_answer(world: World) -> None:
    anna = await world.person("Анна")

    for command in ("/start", "/help", "/status", "/privacy", "/stop"):
        await anna.writes(command)

    assert await anna.was_told() == [
        "start.plain",
        "help",
        "status.none",
        "privacy.main",
        "stop.confirm",
    ]


async def test_status_says_who_answers_and_by_when(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]

    await anna.writes("/status")
    await guzel.on_card("Беру")
    await anna.writes("/status")
    await guzel.replies("Простите нас", to=await world.card())
    await world.passes(seconds=11)
    await anna.writes("/status")

    told = await anna.heard()
    assert [told[3], told[4], told[6]] == [
        "Ваше сообщение от 20 ноября получили, № 1. Ответит администратор: здесь, до 12:30.",
        "Ваше сообщение от 20 ноября получили, № 1. Ответит Гузель, администратор: здесь, до 12:30.",
        "Мы ответили вам здесь, выше, № 1. Если что-то осталось, просто напишите: "
        "прочитает администратор.",
    ]


async def test_stop_and_back_again(world: World) -> None:
    anna = await world.person("Анна")
    await anna.writes("/stop")

    await anna.taps("Вернуть вопросы")

    assert (await anna.labels())[0] == ()
    assert (await anna.heard())[-1] == "Хорошо, после визитов снова спросим."


async def test_commands_in_the_middle_of_a_story_break_nothing(world: World) -> None:
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    await anna.taps("2 ·")

    await anna.writes("Ждала сорок минут")
    await anna.writes("/help")
    await anna.writes("/privacy")
    await world.passes(seconds=61)

    assert await anna.was_told() == [
        "ask.qr",
        "rate.low",
        "help",
        "privacy.main",
        "ack.unassigned",
    ]
    assert (await world.card_lines())[4] == "Ждала сорок минут"
