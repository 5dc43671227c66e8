"""The talk in every medium, both ways: what one side sends the other side gets, whole and in its own form."""

from typing import Any

import pytest

from bot.sandbox.control import medium
from tests.world import World

SIGNED = "Гузель, администратор"
PLACE = {"latitude": 55.79, "longitude": 49.12}
CARD = {"phone_number": "+79990000001", "first_name": "Мастер"}

# What is sent, and what arrives: kind and words of each message. Customers' words stand on the card.
FROM_STAFF: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "words": ({"text": "Простите нас"}, [("text", f"Простите нас\n\n{SIGNED}")]),
    "photo": (
        {"text": "Вот", "medium": medium("photo", b"1")},
        [("photo", f"Вот\n\n{SIGNED}")],
    ),
    "video": ({"medium": medium("video", b"1")}, [("video", SIGNED)]),
    "voice": ({"medium": medium("voice", b"1")}, [("voice", SIGNED)]),
    "audio": ({"medium": medium("audio", b"1")}, [("audio", SIGNED)]),
    "document": ({"medium": medium("document", b"1")}, [("document", SIGNED)]),
    "animation": ({"medium": medium("animation", b"1")}, [("animation", SIGNED)]),
    "video note": (
        {"medium": medium("video_note", b"1")},
        [("video_note", ""), ("text", SIGNED)],
    ),
    "sticker": ({"medium": medium("sticker", b"1")}, [("sticker", ""), ("text", SIGNED)]),
    "contact": ({"contact": CARD}, [("contact", ""), ("text", SIGNED)]),
    "place": ({"location": PLACE}, [("location", ""), ("text", SIGNED)]),
}
FROM_CUSTOMERS: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "photo": ({"text": "Вот", "medium": medium("photo", b"1")}, [("photo", "№ 1, Анна")]),
    "video": ({"medium": medium("video", b"1")}, [("video", "№ 1, Анна")]),
    "voice": ({"medium": medium("voice", b"1")}, [("voice", "№ 1, Анна")]),
    "audio": ({"medium": medium("audio", b"1")}, [("audio", "№ 1, Анна")]),
    "document": ({"medium": medium("document", b"1")}, [("document", "№ 1, Анна")]),
    "animation": ({"medium": medium("animation", b"1")}, [("animation", "№ 1, Анна")]),
    "video note": ({"medium": medium("video_note", b"1")}, [("video_note", "")]),
    "sticker": ({"medium": medium("sticker", b"1")}, [("sticker", "")]),
    "somebody's contact": ({"contact": CARD}, [("contact", "")]),
    "place": ({"location": PLACE}, [("location", "")]),
}


@pytest.mark.parametrize("what", FROM_STAFF)
async def test_what_staff_send_reaches_the_customer_signed(world: World, what: str) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    told = len(await anna.sees())
    sent, expected = FROM_STAFF[what]

    await guzel.replies(to=await world.card(), **sent)
    waiting = await anna.sees()
    await world.passes(seconds=11)

    assert waiting[told:] == []
    assert [(m.kind, m.text) for m in (await anna.sees())[told:]] == expected
    assert (await world.card_lines())[-1] == "Ответили: Гузель, 12:01"


@pytest.mark.parametrize("what", FROM_CUSTOMERS)
async def test_what_a_customer_sends_stands_under_the_card(world: World, what: str) -> None:
    anna = await world.complaint("Ждала сорок минут")
    card = await world.card()
    sent, expected = FROM_CUSTOMERS[what]

    message = await anna.writes(**sent)
    await world.passes(seconds=2)

    under = [m for m in await world.in_group() if m.reply_to == card.id]
    assert [(m.kind, m.text) for m in under] == expected
    assert await anna.marks_on(message) == [("👀",)]
    assert "Файлов: 1" in await world.card_lines()


async def test_an_album_of_staff_reaches_the_customer_as_one_album(world: World) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    card, told = await world.card(), len(await anna.sees())

    await guzel.sends_album("photo", "video", caption="Вот", chat=world.group, reply_to=card.id)
    await world.passes(seconds=12)

    album = (await anna.sees())[told:]
    assert [(m.kind, m.text) for m in album] == [("photo", f"Вот\n\n{SIGNED}"), ("video", "")]
    assert len({m.media_group_id for m in album}) == 1
