"""The staff's group: bound by a link, moved, lost, left without rights. Nobody types ids."""

from dataclasses import replace

from flows.draft import Draft
from flows.effects import Post, SaveStaffChat
from flows.events import GroupLinkOpened, GroupMigrated, GroupRightsChanged
from flows.links import to_choose_group, to_join
from flows.owners import owners, tell_owners, top_role
from flows.people import StaffChat
from flows.presses import Button


def linked(draft: Draft, event: GroupLinkOpened) -> None:
    """The link was opened in a group: from now on the staff work there. Once there is an owner, only they may."""
    if event.token != draft.facts.tokens.group:
        return
    there = owners(draft)
    if there and event.by.tg_id not in {owner.tg_id for owner in there}:
        draft.do(Post(event.chat_id, "setup.not_owner", draft.words()))
        return
    _bind(draft, event.chat_id, event.title, missing=("admin",))


def _bind(draft: Draft, chat_id: int, title: str, missing: tuple[str, ...]) -> None:
    before = draft.facts.staff_chat
    if before is not None and before.chat_id == chat_id:
        if before.inside:
            return
        draft.do(SaveStaffChat(replace(before, inside=True, title=title, missing=missing)))
        tell_owners(draft, "owner.bound", group=title)
        return
    chat = StaffChat(chat_id, title, missing=missing)
    draft.do(SaveStaffChat(chat, replaces=before.chat_id if before else None))
    its_me = Button("its_me", to_join(draft.facts.tokens))
    draft.do(
        Post(chat_id, "staff.setup", draft.words(**_rights(draft, chat))),
        Post(chat_id, "join.ask", draft.words(), ((its_me,),)),
    )
    tell_owners(draft, "owner.bound", group=title)
    draft.record("group_bound", chat_id=chat_id)


def _rights(draft: Draft, chat: StaffChat) -> dict[str, object]:
    phrase = draft.words().phrase
    admin = "admin" not in chat.missing
    active = sum(1 for p in draft.facts.roster if p.active)
    return {
        "is_admin": phrase("phrase.yes" if admin else "phrase.no"),
        "privacy_ok": phrase("phrase.yes" if admin else "phrase.replies_only"),
        "topics_ok": phrase("phrase.not_needed"),
        "staff_n": active,
        "missing": ", ".join(phrase(f"phrase.right.{right}") for right in chat.missing),
    }


def rights_changed(draft: Draft, event: GroupRightsChanged) -> None:
    """The bot came, went, or may do more or less; the owner hears of what is lost."""
    chat = draft.facts.staff_chat
    if chat is None or chat.chat_id != event.chat_id:
        by = draft.facts.person(event.by.tg_id)
        if event.inside and chat is None and by is not None and by.role == top_role(draft).id:
            _bind(draft, event.chat_id, event.title, event.missing)
        return
    missing = event.missing if event.inside else chat.missing
    title = event.title or chat.title
    draft.do(SaveStaffChat(replace(chat, inside=event.inside, missing=missing, title=title)))
    if not event.inside and chat.inside:
        again = Button("choose_group", to_choose_group(draft.facts.tokens))
        tell_owners(draft, "owner.group_lost", ((again,),), group=chat.title)
    elif event.inside and not chat.inside:
        tell_owners(draft, "owner.bound", group=title)
    elif lost := sorted(set(event.missing) - set(chat.missing)):
        names = ", ".join(draft.words().phrase(f"phrase.right.{right}") for right in lost)
        tell_owners(draft, "owner.rights_lost", group=chat.title, missing=names)


def migrated(draft: Draft, event: GroupMigrated) -> None:
    """Telegram has given the group a new id."""
    chat = draft.facts.staff_chat
    if chat is None or chat.chat_id != event.old_chat_id:
        return
    draft.do(SaveStaffChat(replace(chat, chat_id=event.new_chat_id), replaces=chat.chat_id))
    tell_owners(draft, "owner.group_migrated", group=chat.title)
    draft.record("group_migrated", old=event.old_chat_id, new=event.new_chat_id)
