"""What a group is for: only an owner says so, in private, about a group that is there."""

from dataclasses import replace

from flows.events import GroupLinkOpened, GroupUseChosen, Tap
from flows.people import StaffChat, Use
from flows.staff_chats import StaffChats
from tests.unit.flows.desk import GROUP, Desk, salon_desk
from tests.unit.flows.memory import TOKENS

SECOND = StaffChat(-8, "Пушкина", use=Use.UNSAID)


def chain_desk() -> Desk:
    """Two branches, the common group, and a second one: the owner has been asked what it is for."""
    desk = salon_desk()
    content = desk.memory.content
    first = content.business.branches[0]
    branches = (first, replace(first, id="pushkina", name="На Пушкина"))
    business = replace(content.business, branches=branches)
    desk.memory.content = replace(content, business=business)
    desk.memory.staff_chats = StaffChats((*desk.memory.staff_chats.chats, SECOND))
    chooses(desk, "Лев", Use.UNSAID)
    return desk


def chooses(
    desk: Desk, name: str, use: Use, branch: str = "", *, chat: int = -8, where: int = 0
) -> None:
    """Presses a button of the question, which stands in the person's own chat."""
    by = desk.sender(name)
    desk.happens(GroupUseChosen(by, Tap("tap", where or by.tg_id, 5), chat, use, branch))


def uses(desk: Desk) -> dict[int, tuple[Use, tuple[str, ...]]]:
    """Group to what it is for."""
    return {chat.chat_id: (chat.use, chat.branches) for chat in desk.memory.staff_chats.chats}


def test_the_owner_chooses_a_branch() -> None:
    desk = chain_desk()

    chooses(desk, "Лев", Use.BRANCHES, "pushkina")

    assert uses(desk) == {GROUP: (Use.ALL, ()), -8: (Use.BRANCHES, ("pushkina",))}


def test_a_branch_that_is_chosen_again_is_let_go_but_not_the_last_one() -> None:
    desk = chain_desk()

    for branch in ("pushkina", "bauman", "bauman", "pushkina"):
        chooses(desk, "Лев", Use.BRANCHES, branch)

    assert uses(desk)[-8] == (Use.BRANCHES, ("pushkina",))


def test_one_group_serves_all_at_most() -> None:
    desk = chain_desk()

    chooses(desk, "Лев", Use.ALL)

    assert uses(desk) == {-8: (Use.ALL, ())}
    assert [said.key for said in desk.posted()] == ["staff.moved"]


def test_nobody_else_and_nowhere_else() -> None:
    desk = chain_desk()
    before = uses(desk)

    chooses(desk, "Рамиля", Use.ALL)
    chooses(desk, "Лев", Use.ALL, where=GROUP)
    chooses(desk, "Лев", Use.ALL, chat=-99)
    chooses(desk, "Лев", Use.BRANCHES, "forged")

    assert uses(desk) == before


def test_the_managers_link_binds_their_group_but_takes_none_away_from_branches() -> None:
    desk = chain_desk()
    lev = desk.sender("Лев")

    desk.happens(GroupLinkOpened(lev, -9, "Управляющие", TOKENS.group, managers=True))
    desk.happens(GroupLinkOpened(lev, GROUP, "Лана", TOKENS.group, managers=True))
    desk.happens(GroupLinkOpened(desk.sender("Гузель"), -7, "Чужая", TOKENS.group, managers=True))

    assert uses(desk) == {GROUP: (Use.ALL, ()), -8: (Use.UNSAID, ()), -9: (Use.MANAGER, ())}
