"""The staff's group: bound, moved, lost, left without rights."""

from flows.effects import SavePerson, SaveStaffChat
from flows.events import GroupLinkOpened, GroupMigrated, GroupRightsChanged, PersonLeftGroup
from tests.unit.flows.desk import GROUP, Desk, salon_desk
from tests.unit.flows.memory import TOKENS


def binds(desk: Desk, name: str, chat: int = GROUP, token: str = TOKENS.group) -> None:
    """Opens the group's link."""
    desk.happens(GroupLinkOpened(desk.sender(name), chat, "Смена", token))


def bound_to(desk: Desk) -> int | None:
    """The group in which the staff work now."""
    chat = desk.memory.staff_chat
    return chat.chat_id if chat is not None and chat.inside else None


def rights(desk: Desk, name: str, *missing: str, inside: bool = True, chat: int = GROUP) -> None:
    """The bot's membership changes."""
    admin = inside and "admin" not in missing
    desk.happens(GroupRightsChanged(desk.sender(name), chat, "Смена", inside, admin, missing))


def test_the_group_is_bound_by_its_link() -> None:
    desk = salon_desk()
    desk.memory.staff_chat = None

    binds(desk, "Лев")

    assert bound_to(desk) == GROUP
    assert [said.key for said in desk.posted()] == ["staff.setup", "join.ask"]
    assert desk.said("Лев") == ["owner.bound"]


def test_adding_the_bot_is_enough_when_the_owner_does_it() -> None:
    desk = salon_desk()
    desk.memory.staff_chat = None

    rights(desk, "Лев")
    binds(desk, "Лев")

    assert [said.key for said in desk.posted()] == ["staff.setup", "join.ask"]
    assert "Права администратора: да" in desk.posted()[0].text


def test_somebody_else_cannot_take_the_group_away() -> None:
    desk = salon_desk()

    binds(desk, "Кто-то", chat=-7)

    assert bound_to(desk) == GROUP
    assert [said.key for said in desk.chats[-7]] == ["setup.not_owner"]


def test_a_guessed_link_does_nothing() -> None:
    desk = salon_desk()

    binds(desk, "Лев", chat=-7, token="guessed")

    assert desk.effects == []


def test_the_owner_may_move_to_another_group() -> None:
    desk = salon_desk()

    binds(desk, "Лев", chat=-7)

    moved = next(e for e in desk.effects if isinstance(e, SaveStaffChat))
    assert (moved.chat.chat_id, moved.replaces) == (-7, GROUP)


def test_thrown_out_the_owner_is_told_and_coming_back_is_said() -> None:
    desk = salon_desk()

    rights(desk, "Гузель", inside=False)
    assert bound_to(desk) is None
    rights(desk, "Лев")

    assert desk.said("Лев") == ["owner.group_lost", "owner.bound"]


def test_rights_that_are_lost_are_named_once() -> None:
    desk = salon_desk()

    rights(desk, "Гузель", "can_delete_messages")
    rights(desk, "Гузель", "can_delete_messages")

    assert desk.said("Лев") == ["owner.rights_lost"]
    assert "право «Удалять сообщения»" in desk.heard("Лев")[0].text


def test_a_supergroup_is_followed() -> None:
    desk = salon_desk()

    desk.happens(GroupMigrated(GROUP, -1007))

    assert bound_to(desk) == -1007
    assert desk.said("Лев") == ["owner.group_migrated"]


def test_another_groups_affairs_are_none_of_ours() -> None:
    desk = salon_desk()

    desk.happens(GroupMigrated(-7, -1007))
    rights(desk, "Кто-то", inside=False, chat=-7)
    desk.happens(PersonLeftGroup(-7, desk.sender("Гузель").tg_id))

    assert not any(isinstance(e, SavePerson | SaveStaffChat) for e in desk.effects)
    assert desk.chats == {}
