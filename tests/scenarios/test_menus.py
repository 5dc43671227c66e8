"""What Telegram's menu offers: to customers, to the staff by role, and to whoever is no longer one of them."""

import json

from tests.someone import Someone
from tests.world import TOKEN, World

CUSTOMERS = ["help", "status", "settings", "privacy", "stop"]
STAFF = ["cases", "case", "redeem", *CUSTOMERS]


def menu_of(world: World, person: Someone) -> list[str]:
    """The commands that Telegram shows in the private chat of this person."""
    told = world.sandbox.world.tokens[TOKEN].commands
    own = json.dumps({"chat_id": person.id, "type": "chat"}, sort_keys=True), ""
    everybody = json.dumps({"type": "all_private_chats"}), ""
    return [command["command"] for command in told.get(own) or told[everybody]]


async def test_customers_keep_theirs_and_the_staff_have_what_their_role_may(world: World) -> None:
    anna = await world.person("Анна")
    await anna.starts()
    lev, guzel = world.people["Лев"], world.people["Гузель"]

    assert menu_of(world, anna) == CUSTOMERS
    assert menu_of(world, guzel) == STAFF
    owners = menu_of(world, lev)
    assert owners[:3] == ["setup", "texts", "gifts"]
    assert set(STAFF) < set(owners)
    assert len(owners) == len(set(owners))


async def test_the_menu_follows_the_role_and_goes_with_the_person(world: World) -> None:
    lev, guzel = world.people["Лев"], world.people["Гузель"]

    promoted = await menu_after(world, "Сменить роль", "Гузель", "владелец")
    demoted = await menu_after(world, "Сменить роль", "Гузель", "администратор")
    gone = await menu_after(world, "Убрать", "Гузель")
    await lev.taps("Вернуть доступ")
    await world.settle()

    assert promoted == menu_of(world, lev)
    assert (demoted, gone) == (STAFF, CUSTOMERS)
    assert menu_of(world, guzel) == STAFF


async def menu_after(world: World, *taps: str) -> list[str]:
    """Гузель's, once the owner has pressed these under /people."""
    await world.people["Лев"].writes("/people")
    for label in taps:
        await world.people["Лев"].taps(label)
    await world.settle()
    return menu_of(world, world.people["Гузель"])


async def test_after_a_restart_nothing_is_told_twice(world: World) -> None:
    before = dict(world.sandbox.world.tokens[TOKEN].commands)
    world.sandbox.world.tokens[TOKEN].commands.clear()

    await world.restart()
    await world.settle()

    assert before
    assert world.sandbox.world.tokens[TOKEN].commands == {}
