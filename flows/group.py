"""The staff's group: bound by a link, moved, lost, left without rights. Nobody types ids."""

from dataclasses import replace

from flows import forum, setup_talk
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
from flows.owners import owners, tell_owners, top_role
from flows.people import CANNOT_WRITE, StaffChat
from flows.presses import Button


def linked(draft: Draft, event: GroupLinkOpened) -> None:
    """The link was opened in a group: from now on the staff work there. Once there is an owner, only they may."""
    if event.token != draft.facts.tokens.group:
        return
    there = owners(draft)
    if there and not _is_owners(draft, event.by):
        draft.do(Post(event.chat_id, "setup.not_owner", draft.words()))
        return
    _bind(draft, event.chat_id, event.title, has_topics=event.forum)


def setup_asked(draft: Draft, event: GroupSetupAsked) -> None:
    """Somebody wants to know how the bot stands here; where no group is bound yet, the owner binds it so."""
    chat = draft.facts.staff_chat
    if chat is not None and chat.chat_id == event.chat_id:
        draft.do(SaveStaffChat(forum.of_forum(draft, chat, has_topics=event.forum)))
        draft.do(LookAtGroup(chat.chat_id, new=True))
    elif not _is_owners(draft, event.by):
        draft.do(Post(event.chat_id, "setup.not_owner", draft.words()))
    elif chat is not None and chat.inside:
        draft.do(Post(event.chat_id, "setup.other_group", draft.words(group=chat.title)))
    else:
        _bind(draft, event.chat_id, event.title, has_topics=event.forum)


def _is_owners(draft: Draft, sender: Sender) -> bool:
    return sender.tg_id in {owner.tg_id for owner in owners(draft)}


def _bind(draft: Draft, chat_id: int, title: str, *, has_topics: bool = True) -> None:
    before = draft.facts.staff_chat
    if before is not None and before.chat_id == chat_id:
        if before.inside:
            return
        draft.do(SaveStaffChat(replace(before, inside=True, title=title, missing=())))
        draft.do(LookAtGroup(chat_id))
        tell_owners(draft, "owner.bound", group=title)
        return
    old = before.chat_id if before is not None else None
    moves = before is not None and before.inside
    bound = forum.of_forum(draft, StaffChat(chat_id, title), has_topics=has_topics)
    draft.do(SaveStaffChat(bound, replaces=old, left_behind=moves))
    if before is not None and moves:
        draft.do(Post(before.chat_id, "staff.moved", draft.words(group=title)))
    draft.do(LookAtGroup(chat_id, new=True))
    tell_owners(draft, "owner.bound", group=title)
    setup_talk.group_bound(draft)
    draft.record("group_bound", chat_id=chat_id)


def looked_at(draft: Draft, event: GroupLookedAt) -> None:
    """What the bot may do in the group is known for certain; a new group hears it, and how people join."""
    chat = draft.facts.staff_chat
    if chat is None or chat.chat_id != event.chat_id:
        return
    chat, missing = forum.of_rights(draft, chat, event.missing, told=event.new)
    if event.inside and event.new:
        _rights_are(draft, chat, missing, told=True)
        its_me = Button("its_me", to_join(draft.facts.tokens))
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
    chat = draft.facts.staff_chat
    if chat is None or chat.chat_id != event.chat_id:
        by = draft.facts.person(event.by.tg_id)
        if event.inside and chat is None and by is not None and by.role == top_role(draft).id:
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
        tell_owners(draft, "owner.bound", group=chat.title)
    else:
        _rights_are(draft, chat, missing)


def _lost(draft: Draft, chat: StaffChat) -> None:
    draft.do(SaveStaffChat(replace(chat, inside=False)))
    if chat.inside:
        again = Button("choose_group", to_choose_group(draft.facts.tokens))
        tell_owners(draft, "owner.group_lost", ((again,),), group=chat.title)


def _rights_are(
    draft: Draft, chat: StaffChat, missing: tuple[str, ...], *, told: bool = False
) -> None:
    """Keep what is missing; the owner hears of every change, unless the group is told itself (`told`)."""
    draft.do(SaveStaffChat(replace(chat, inside=True, missing=missing)))
    lost = tuple(sorted(set(missing) - set(chat.missing)))
    if told and CANNOT_WRITE not in lost:
        return
    if CANNOT_WRITE in lost and (senior := draft.facts.senior_to(0)) is not None:
        tell_owners(draft, "owner.write_lost", group=chat.title, staff_name=senior.name)
    elif lost:
        tell_owners(draft, "owner.rights_lost", group=chat.title, missing=_named(draft, lost))
    elif chat.missing and not missing:
        tell_owners(draft, "owner.rights_back", group=chat.title)


def migrated(draft: Draft, event: GroupMigrated) -> None:
    """Telegram has given the group a new id."""
    chat = draft.facts.staff_chat
    if chat is None or chat.chat_id != event.old_chat_id:
        return
    draft.do(SaveStaffChat(replace(chat, chat_id=event.new_chat_id), replaces=chat.chat_id))
    tell_owners(draft, "owner.group_migrated", group=chat.title)
    draft.record("group_migrated", old=event.old_chat_id, new=event.new_chat_id)
