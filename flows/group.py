"""The staff's groups: bound by a link, moved, lost, left without rights. What each is for: group_use.py."""

from dataclasses import replace

from flows import forum, group_use, setup_talk
from flows.draft import Draft
from flows.effects import LookAtGroup, Post, SaveStaffChat
from flows.events import (
    GroupLinkOpened,
    GroupLookedAt,
    GroupMigrated,
    GroupRightsChanged,
    GroupSetupAsked,
    Sender,
)
from flows.links import to_choose_group, to_join
from flows.owners import owners, tell_owners
from flows.people import CANNOT_WRITE, StaffChat, Use
from flows.presses import Button


def linked(draft: Draft, event: GroupLinkOpened) -> None:
    """The link was opened in a group: from now on the staff work there. Once there is an owner, only they may."""
    if event.token != draft.facts.tokens.group:
        return
    there = owners(draft)
    if there and not _is_owners(draft, event.by):
        draft.do(Post(event.chat_id, "setup.not_owner", draft.words()))
        return
    if event.managers:
        group_use.bind_managers(draft, event.chat_id, event.title, has_topics=event.forum)
    else:
        _bind(draft, event.chat_id, event.title, has_topics=event.forum)


def setup_asked(draft: Draft, event: GroupSetupAsked) -> None:
    """Somebody wants to know how the bot stands here; in a group that is not bound yet, the owner binds it so."""
    chats = draft.facts.staff_chats
    chat = chats.of(event.chat_id)
    if chat is not None and chat.use is not Use.UNSAID:
        draft.do(SaveStaffChat(forum.of_forum(draft, chat, has_topics=event.forum)))
        draft.do(LookAtGroup(chat.chat_id, new=True))
    elif not _is_owners(draft, event.by):
        draft.do(Post(event.chat_id, "setup.not_owner", draft.words()))
    elif chats.inside and not group_use.is_a_choice(draft):
        draft.do(Post(event.chat_id, "setup.other_group", draft.words(group=chats.bound[0].title)))
    else:
        _bind(draft, event.chat_id, event.title, has_topics=event.forum)


def _is_owners(draft: Draft, sender: Sender) -> bool:
    return sender.tg_id in {owner.tg_id for owner in owners(draft)}


def _bind(draft: Draft, chat_id: int, title: str, *, has_topics: bool = True) -> None:
    """A group comes: the first one serves every branch at once. Where there is a choice, the owner is asked."""
    chats = draft.facts.staff_chats
    before, choice = chats.of(chat_id), group_use.is_a_choice(draft)
    if before is not None and not before.inside:
        draft.do(SaveStaffChat(replace(before, inside=True, title=title, missing=())))
        draft.do(LookAtGroup(chat_id))
        _is_back(draft, replace(before, title=title))
    if before is not None:
        if choice and chats.chats != (before,):
            group_use.ask(draft, before)
        return
    if choice and chats.bound:
        fresh = StaffChat(chat_id, title, use=Use.UNSAID)
        fresh = forum.of_forum(draft, fresh, has_topics=has_topics)
        draft.do(SaveStaffChat(fresh))
        group_use.ask(draft, fresh)
        return
    fresh = forum.of_forum(draft, StaffChat(chat_id, title), has_topics=has_topics)
    group_use.take_the_place(draft, fresh, chats.common)
    tell_owners(draft, "owner.bound", group=title)
    if choice:
        group_use.ask(draft, fresh)
    setup_talk.group_bound(draft)
    draft.record("group_bound", chat_id=chat_id)


def looked_at(draft: Draft, event: GroupLookedAt) -> None:
    """What the bot may do in the group is known for certain; a new group hears it, and how people join."""
    chat = draft.facts.staff_chats.of(event.chat_id)
    if chat is None:
        return
    chat, missing = forum.of_rights(draft, chat, event.missing, told=event.new)
    if event.inside and event.new:
        _rights_are(draft, chat, missing, told=True)
        its_me = Button("its_me", to_join(draft.facts.tokens, chat.chat_id))
        draft.do(
            Post(chat.chat_id, "staff.setup", draft.words(**_rights(draft, chat, missing))),
            Post(chat.chat_id, "join.ask", draft.words(), ((its_me,),)),
        )
    elif event.inside:
        _rights_are(draft, chat, missing)
    else:
        _lost(draft, chat)


def _rights(draft: Draft, chat: StaffChat, missing: tuple[str, ...]) -> dict[str, object]:
    phrase = draft.words().phrase
    admin = "admin" not in missing
    if chat.no_topics and admin:
        missing = (*missing, chat.no_topics)
    for_topics = "phrase.no" if chat.no_topics else "phrase.yes"
    active = sum(1 for p in draft.facts.roster if p.active)
    return {
        "is_admin": phrase("phrase.yes" if admin else "phrase.no"),
        "privacy_ok": phrase("phrase.yes" if admin else "phrase.replies_only"),
        "topics_ok": phrase(for_topics if forum.are_wanted(draft) else "phrase.not_needed"),
        "staff_n": active,
        "missing": _named(draft, missing),
    }


def _named(draft: Draft, missing: tuple[str, ...]) -> str:
    phrase = draft.words().phrase
    return ", ".join(phrase(f"phrase.right.{right}") for right in missing)


def rights_changed(draft: Draft, event: GroupRightsChanged) -> None:
    """The bot came, went, or may do more or less; the owner hears of what is lost and of what is back."""
    chat = draft.facts.staff_chats.of(event.chat_id)
    if chat is None:
        if event.inside and not draft.facts.staff_chats.chats and _is_owners(draft, event.by):
            _bind(draft, event.chat_id, event.title)
        return
    chat = replace(chat, title=event.title or chat.title)
    if not event.inside:
        _lost(draft, chat)
        return
    back = not chat.inside
    chat, missing = forum.of_rights(draft, chat, event.missing, told=back)
    if back:
        draft.do(SaveStaffChat(replace(chat, inside=True, missing=missing)))
        _is_back(draft, chat)
    else:
        _rights_are(draft, chat, missing)


def _is_back(draft: Draft, chat: StaffChat) -> None:
    """The owner hears what comes there again; of a group that nothing comes to nobody hears."""
    if chat.use is Use.MANAGER:
        tell_owners(draft, "owner.bound.manager", group=chat.title)
    elif chat.use is not Use.UNSAID:
        tell_owners(draft, "owner.bound", group=chat.title)


def _lost(draft: Draft, chat: StaffChat) -> None:
    draft.do(SaveStaffChat(replace(chat, inside=False)))
    if not chat.inside:
        return
    text, more = "owner.group_lost", dict[str, object]()
    senior = draft.facts.senior_to(0)
    if (common := draft.facts.staff_chats.instead_of(chat)) is not None:
        text, more = "owner.group_lost.instead", {"other_group": common.title}
    elif chat.use is Use.MANAGER and senior is not None:
        text, more = "owner.group_lost.manager", {"staff_name": senior.name}
    elif chat.use is Use.UNSAID:
        return
    again = Button("choose_group", to_choose_group(draft.facts.tokens))
    tell_owners(draft, text, ((again,),), group=chat.title, **more)


def _rights_are(
    draft: Draft, chat: StaffChat, missing: tuple[str, ...], *, told: bool = False
) -> None:
    """Keep what is missing; the owner hears of every change, unless the group is told itself (`told`)."""
    draft.do(SaveStaffChat(replace(chat, inside=True, missing=missing)))
    lost = tuple(sorted(set(missing) - set(chat.missing)))
    if told and CANNOT_WRITE not in lost:
        return
    if CANNOT_WRITE in lost and chat.use is not Use.UNSAID:
        _cannot_write(draft, chat)
    elif lost:
        tell_owners(draft, "owner.rights_lost", group=chat.title, missing=_named(draft, lost))
    elif chat.missing and not missing:
        tell_owners(draft, "owner.rights_back", group=chat.title)


def _cannot_write(draft: Draft, chat: StaffChat) -> None:
    if (common := draft.facts.staff_chats.instead_of(chat)) is not None:
        tell_owners(draft, "owner.write_lost.instead", group=chat.title, other_group=common.title)
    elif (senior := draft.facts.senior_to(0)) is not None:
        tell_owners(draft, "owner.write_lost", group=chat.title, staff_name=senior.name)


def migrated(draft: Draft, event: GroupMigrated) -> None:
    """Telegram has given the group a new id."""
    chat = draft.facts.staff_chats.of(event.old_chat_id)
    if chat is None:
        return
    draft.do(SaveStaffChat(replace(chat, chat_id=event.new_chat_id), replaces=chat.chat_id))
    tell_owners(draft, "owner.group_migrated", group=chat.title)
    draft.record("group_migrated", old=event.old_chat_id, new=event.new_chat_id)
