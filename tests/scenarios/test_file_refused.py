"""A customer's file that Telegram will not show: the card and the owner say so, and nothing else suffers."""

from tests.world import World


async def test_a_refused_file_is_told_on_the_card_and_to_the_owner(world: World) -> None:
    anna, lev = await world.complaint("Ждала сорок минут"), world.people["Лев"]
    world.expected_parked = 1
    chat = f'"chat": {{"id": {anna.id}, "type": "private"}}, "date": 1'
    sender = f'"from": {{"id": {anna.id}, "is_bot": false, "first_name": "Анна"}}'
    photo = '"photo": [{"file_id": "gone", "file_unique_id": "g", "width": 9, "height": 9}]'

    await world.control.inject(f'"message": {{"message_id": 900, {chat}, {sender}, {photo}}}')
    await world.settle()
    await anna.writes("Видно?")

    (row,) = await world.parked()
    card = await world.card_lines()
    assert card[4:6] == ["Ждала сорок минут", "Видно?"]
    assert card.count("Файл не показан: Telegram его не принял") == 1
    assert (await lev.heard())[-1].count(f"№ outbox:{row.ref}.") == 1
