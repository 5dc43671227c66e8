"""What a group of the staff is for: the owner is asked privately, and says it with buttons, whenever they like."""

from dataclasses import replace
from typing import assert_never

from flows import forum
from flows.book import Branch
from flows.draft import Draft
from flows.effects import ChangeButtons, LookAtGroup, Post, SaveStaffChat
from flows.events import GroupUseChosen
from flows.owners import is_owner, tell_owners
from flows.people import StaffChat, Use
from flows.presses import Button, GroupPress, Rows
from flows.staff_chats import StaffChats
from flows.staff_effects import Reword

_QUESTION = "owner.group_for"


def open_branches(draft: Draft) -> tuple[Branch, ...]:
    """The branches that work, in the order of the content."""
    return tuple(each for each in draft.facts.content.business.branches if not each.closed)


def names_of(draft: Draft, branches: tuple[str, ...]) -> list[str]:
    """Names of the branches with these ids; one that was taken out of the content has none."""
    return [each.name for each in draft.facts.content.business.branches if each.id in branches]


def is_a_choice(draft: Draft) -> bool:
    """A group may be for more than one thing: there are several branches, or the manager has a group."""
    return len(open_branches(draft)) > 1 or draft.facts.staff_chats.managers is not None


def ask(draft: Draft, chat: StaffChat) -> None:
    """Ask the owners what this group is for."""
    tell_owners(draft, _QUESTION, _rows(draft, chat), **_state(draft, chat))


def bind_managers(draft: Draft, chat_id: int, title: str, *, has_topics: bool) -> None:
    """The owner has opened the managers' link in a group: it is theirs at once."""
    chats = draft.facts.staff_chats
    before = chats.of(chat_id)
    if before is not None and before.use is Use.MANAGER and before.inside:
        return
    if before is not None and before == chats.common and before.inside:
        ask(draft, before)  # cards of branches come here: that is not given up by a wrong choice
        return
    fresh = StaffChat(chat_id, title, use=Use.MANAGER)
    _changed(draft, before, forum.of_forum(draft, fresh, has_topics=has_topics))
    tell_owners(draft, "owner.bound.manager", group=title)


def chosen(draft: Draft, event: GroupUseChosen) -> None:
    """A button of the question: it takes effect at once, and the question shows how it stands now."""
    person, chat = draft.facts.person(event.by.tg_id), draft.facts.staff_chats.of(event.chat_id)
    if person is None or not is_owner(draft, person) or event.tap.chat_id != person.tg_id:
        draft.toast(event.tap, "staff.toast.not_owner", alert=True)
        return
    if chat is None:
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
        draft.toast(event.tap, "staff.toast.outdated")
        return
    if event.use is Use.UNSAID:  # a button of /branches: the question itself is wanted
        draft.toast(event.tap)
        ask(draft, chat)
        return
    after = _as_chosen(draft, chat, event)
    if after is None:
        draft.toast(event.tap, "owner.group_for.last", alert=True)
        return
    draft.toast(event.tap)
    if after != chat:
        _changed(draft, chat, after)
    chats = _with(draft.facts.staff_chats, after)
    shown = Reword(
        event.tap.chat_id,
        event.tap.message_id,
        _QUESTION,
        draft.words(**_state(draft, after, chats)),
        _rows(draft, after),
    )
    draft.do(shown)


def _as_chosen(draft: Draft, chat: StaffChat, event: GroupUseChosen) -> StaffChat | None:
    """The group as the button wants it; None when it would be left without any branch."""
    match event.use:
        case Use.ALL | Use.MANAGER:
            return replace(chat, use=event.use, branches=())
        case Use.BRANCHES:
            known = {branch.id for branch in open_branches(draft)}
            picked = {event.branch_id} ^ set(chat.branches)
            branches = tuple(b.id for b in open_branches(draft) if b.id in picked & known)
            return replace(chat, use=Use.BRANCHES, branches=branches) if branches else None
        case Use.UNSAID:
            return chat
        case _:
            assert_never(event.use)


def _changed(draft: Draft, before: StaffChat | None, after: StaffChat) -> None:
    """Write what the group is for; whichever group had the same before has it no more."""
    chats = draft.facts.staff_chats
    gives_way = None
    if after.use is Use.ALL:
        gives_way = chats.common
    elif after.use is Use.MANAGER:
        gives_way = chats.managers
    for other in chats.chats:
        if other.chat_id == after.chat_id or not set(other.branches) & set(after.branches):
            continue
        left = tuple(each for each in other.branches if each not in after.branches)
        if left:
            draft.do(SaveStaffChat(replace(other, branches=left)))
        else:
            gives_way = other
    if gives_way is not None and gives_way.chat_id == after.chat_id:
        gives_way = None
    fresh = before is None or before.use is Use.UNSAID or not before.inside
    take_the_place(draft, after, gives_way, fresh=fresh)
    draft.record("group_use", chat_id=after.chat_id, use=after.use, branches=after.branches)


def take_the_place(
    draft: Draft, chat: StaffChat, before: StaffChat | None, *, fresh: bool = True
) -> None:
    """The group works from now on, in the place of another perhaps; that one says so, and is nobody's any more."""
    old = before.chat_id if before is not None else None
    moves = before is not None and before.inside
    draft.do(SaveStaffChat(chat, replaces=old, left_behind=moves))
    if before is not None and moves:
        draft.do(Post(before.chat_id, "staff.moved", draft.words(group=chat.title)))
    if fresh:
        draft.do(LookAtGroup(chat.chat_id, new=True))


def _with(chats: StaffChats, changed: StaffChat) -> StaffChats:
    """The groups as they are after the change."""
    kept = []
    for chat in chats.chats:
        left = tuple(each for each in chat.branches if each not in changed.branches)
        same = chat.use is changed.use and changed.use in (Use.ALL, Use.MANAGER)
        gone = same or (chat.use is Use.BRANCHES and not left)
        if chat.chat_id != changed.chat_id and not gone:
            kept.append(replace(chat, branches=left))
    return StaffChats((*kept, changed))


# ---- how it is shown --------------------------------------------------------------------------


def use_in_words(draft: Draft, chat: StaffChat) -> str:
    """What a group is for, e.g. the names of branches; "" as long as nobody has said."""
    phrase = draft.words().phrase
    match chat.use:
        case Use.ALL:
            own = [c for c in draft.facts.staff_chats.chats if c.branches and c != chat]
            return phrase("phrase.group.others" if own else "phrase.group.all")
        case Use.BRANCHES:
            return ", ".join(names_of(draft, chat.branches))
        case Use.MANAGER:
            return phrase("phrase.group.manager")
        case Use.UNSAID:
            return ""
        case _:
            assert_never(chat.use)


def _state(draft: Draft, chat: StaffChat, chats: StaffChats | None = None) -> dict[str, object]:
    chats = chats or _with(draft.facts.staff_chats, chat)
    without = [b.name for b in open_branches(draft) if chats.of_branch(b.id) is None]
    return {
        "group": chat.title,
        "group_use": use_in_words(draft, chat),
        "branches_line": ", ".join(without),
    }


def _rows(draft: Draft, chat: StaffChat) -> Rows:
    def button(label: str, use: Use, branch: Branch | None = None) -> tuple[Button, ...]:
        branch_id, values = ("", {}) if branch is None else (branch.id, {"branch": branch.name})
        ticked = branch.id in chat.branches if branch is not None else chat.use is use
        press = GroupPress(chat.chat_id, use, branch_id)
        return (Button(label, press, values, ticked=ticked),)

    several = open_branches(draft) if len(open_branches(draft)) > 1 else ()
    return (
        *(button("branch", Use.BRANCHES, branch) for branch in several),
        button("group_all", Use.ALL),
        button("group_manager", Use.MANAGER),
    )
