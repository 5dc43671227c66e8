"""The staff's group: bound, moved, lost, left without rights."""

from dataclasses import replace

from flows.effects import LookAtGroup, SavePerson, SaveStaffChat
from flows.events import (
    GroupLinkOpened,
    GroupLookedAt,
    GroupMigrated,
    GroupRightsChanged,
    GroupSetupAsked,
    PersonLeftGroup,
)
from flows.people import StaffChat, Use
from flows.staff_chats import StaffChats
from tests.unit.flows.desk import GROUP, Desk, salon_desk
from tests.unit.flows.memory import TOKENS


def binds(desk: Desk, name: str, chat: int = GROUP, token: str = TOKENS.group) -> None:
    """Opens the group's link."""
    desk.happens(GroupLinkOpened(desk.sender(name), chat, "Смена", token))


def bound_to(desk: Desk) -> int | None:
    """The group in which the staff work now."""
    chat = desk.memory.staff_chats.common
    return chat.chat_id if chat is not None and chat.inside else None


def looked(desk: Desk, *missing: str, inside: bool = True, new: bool = False) -> None:
    """Telegram has said what the bot may do."""
    desk.happens(GroupLookedAt(GROUP, inside, missing, new))


def rights(desk: Desk, name: str, *missing: str, inside: bool = True, chat: int = GROUP) -> None:
    """The bot's membership changes."""
    admin = inside and "admin" not in missing
    desk.happens(GroupRightsChanged(desk.sender(name), chat, "Смена", inside, admin, missing))


def test_the_group_is_bound_by_its_link() -> None:
    desk = salon_desk()
    desk.memory.staff_chats = StaffChats()

    binds(desk, "Лев")
    looked(desk, new=True)

    assert bound_to(desk) == GROUP
    assert [said.key for said in desk.posted()] == ["staff.setup", "join.ask"]
    assert desk.said("Лев") == ["owner.bound"]


def test_what_the_bot_may_do_is_asked_before_it_is_said() -> None:
    desk = salon_desk()
    desk.memory.staff_chats = StaffChats()

    binds(desk, "Лев")

    assert [e for e in desk.effects if isinstance(e, LookAtGroup)] == [LookAtGroup(GROUP, new=True)]
    assert desk.posted() == []


def test_adding_the_bot_is_enough_when_the_owner_does_it() -> None:
    desk = salon_desk()
    desk.memory.staff_chats = StaffChats()

    rights(desk, "Лев")
    binds(desk, "Лев")
    looked(desk, new=True)

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


def test_the_group_that_is_left_is_told_where_cards_come_now() -> None:
    desk = salon_desk()

    binds(desk, "Лев", chat=-7)

    moved = next(e for e in desk.effects if isinstance(e, SaveStaffChat))
    assert moved.left_behind
    assert [said.text for said in desk.chats[GROUP]] == [
        "Теперь карточки приходят в группу «Смена», кнопки здесь больше не работают."
    ]


def test_a_group_that_has_thrown_the_bot_out_is_told_nothing() -> None:
    desk = salon_desk()
    rights(desk, "Гузель", inside=False)

    binds(desk, "Лев", chat=-7)

    assert desk.posted() == []


def test_without_the_right_to_write_the_owner_hears_who_has_the_cards() -> None:
    desk = salon_desk()

    rights(desk, "Гузель", "write")
    looked(desk)

    assert desk.said("Лев") == ["owner.write_lost", "owner.rights_back"]
    assert "приходят лично: Рамиля" in desk.heard("Лев")[0].text


def test_what_is_only_looked_at_is_not_announced() -> None:
    desk = salon_desk()

    looked(desk)

    assert (desk.posted(), desk.said("Лев")) == ([], [])


def test_setup_in_the_staffs_group_looks_again() -> None:
    desk = salon_desk()

    desk.happens(GroupSetupAsked(desk.sender("Гузель"), GROUP, "Смена"))
    looked(desk, "admin", new=True)

    assert [said.key for said in desk.posted()] == ["staff.setup", "join.ask"]
    assert "Не хватает: права администратора." in desk.posted()[0].text


def test_setup_elsewhere_says_where_the_cards_are() -> None:
    desk = salon_desk()

    desk.happens(GroupSetupAsked(desk.sender("Лев"), -7, "Другая"))
    desk.happens(GroupSetupAsked(desk.sender("Гузель"), -7, "Другая"))

    assert [said.key for said in desk.chats[-7]] == ["setup.other_group", "setup.not_owner"]
    assert bound_to(desk) == GROUP


def test_the_owner_binds_the_first_group_by_setup() -> None:
    desk = salon_desk()
    desk.memory.staff_chats = StaffChats()

    desk.happens(GroupSetupAsked(desk.sender("Лев"), -7, "Смена"))

    assert bound_to(desk) == -7


def test_a_managers_group_that_is_back_is_told_as_theirs() -> None:
    desk = salon_desk()
    managers = StaffChat(-9, "Управляющие", inside=False, use=Use.MANAGER)
    desk.memory.staff_chats = StaffChats((*desk.memory.staff_chats.chats, managers))

    rights(desk, "Лев", chat=-9)

    assert desk.said("Лев") == ["owner.bound.manager"]


def test_a_group_of_which_nothing_was_said_comes_and_goes_in_silence() -> None:
    desk = salon_desk()
    new = StaffChat(-9, "Новая", use=Use.UNSAID)
    desk.memory.staff_chats = StaffChats((*desk.memory.staff_chats.chats, new))

    rights(desk, "Лев", inside=False, chat=-9)
    rights(desk, "Лев", chat=-9)

    assert desk.said("Лев") == []


def test_whoever_leaves_the_group_of_one_of_two_places_works_at_the_other() -> None:
    desk = salon_desk()
    own = StaffChat(-9, "Пушкина", use=Use.BRANCHES, branches=("pushkina",))
    desk.memory.staff_chats = StaffChats((*desk.memory.staff_chats.chats, own))
    guzel = desk.memory.roster[3]
    desk.memory.roster[3] = replace(guzel, branches=("bauman", "pushkina"))

    desk.happens(PersonLeftGroup(-9, guzel.tg_id))
    stays = desk.memory.roster[3]
    desk.happens(PersonLeftGroup(GROUP, guzel.tg_id))

    assert (stays.active, stays.branches) == (True, ("bauman",))
    assert not desk.memory.roster[3].active
    assert desk.said("Лев") == ["join.left"]
