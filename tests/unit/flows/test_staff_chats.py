"""Which group serves what: one answer for cards, kind words and everything else that comes to a group."""

import pytest

from flows.people import CANNOT_WRITE, StaffChat, Use
from flows.staff_chats import StaffChats

COMMON = StaffChat(-1, "Все")
OWN = StaffChat(-2, "Баумана", use=Use.BRANCHES, branches=("bauman", "pushkina"))
MUTE = StaffChat(-2, "Баумана", missing=(CANNOT_WRITE,), use=Use.BRANCHES, branches=("bauman",))
GONE = StaffChat(-1, "Все", inside=False)
MANAGERS = StaffChat(-3, "Управляющие", use=Use.MANAGER)
NEW = StaffChat(-4, "Новая", use=Use.UNSAID)


@pytest.mark.parametrize(
    ("chats", "found"),
    [
        ((), None),
        ((COMMON,), COMMON),
        ((COMMON, OWN), OWN),
        ((COMMON, MUTE), COMMON),
        ((GONE, MUTE), MUTE),
        ((GONE,), GONE),
        ((MANAGERS, NEW), None),
    ],
    ids=["none", "common", "own", "own is mute", "neither", "lost", "of nobody's"],
)
def test_cards_of_a_branch_come_to_its_own_group_or_the_common_one(
    chats: tuple[StaffChat, ...], found: StaffChat | None
) -> None:
    assert StaffChats(chats).of_branch("bauman") == found


def test_a_branch_without_a_group_of_its_own_has_the_common_one() -> None:
    assert StaffChats((COMMON, OWN)).of_branch("lenina") == COMMON
    assert StaffChats((OWN,)).of_branch("lenina") is None


def test_only_a_group_of_branches_has_another_instead() -> None:
    chats = StaffChats((COMMON, OWN, MANAGERS))

    assert [chats.instead_of(chat) for chat in chats.chats] == [None, COMMON, None]
    assert StaffChats((GONE, OWN)).instead_of(OWN) is None


def test_what_nobody_can_be_told_in_private_stands_where_somebody_reads_it() -> None:
    assert StaffChats((GONE, OWN)).anywhere == OWN
    assert StaffChats((GONE, MUTE)).anywhere == GONE
