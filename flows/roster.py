"""Joining and the group: who owns the bot, who works with customers, where the staff talk. Nobody types ids."""

from dataclasses import replace
from typing import assert_never

from flows.book import Role
from flows.draft import Draft
from flows.effects import ChangeButtons, Post, SavePerson, SaveStaffChat, Say
from flows.events import (
    GroupLinkOpened,
    GroupMigrated,
    GroupRightsChanged,
    JoinAsked,
    JoinDecided,
    OwnerLinkOpened,
    PersonLeftGroup,
    RosterEvent,
    Sender,
    ShiftChanged,
    TroubleNoticed,
)
from flows.people import Person, PersonState, StaffChat
from flows.presses import Button, JoinPress, OpenUrl, Press, Rows, ShiftPress


def roster_changed(draft: Draft, event: RosterEvent) -> None:
    """Decide on an event about people of the staff or their group."""
    match event:
        case OwnerLinkOpened():
            _owner_link(draft, event)
        case JoinAsked():
            _join_asked(draft, event)
        case JoinDecided():
            _join_decided(draft, event)
        case ShiftChanged():
            _shift_changed(draft, event)
        case GroupLinkOpened():
            _group_linked(draft, event)
        case GroupRightsChanged():
            _group_rights(draft, event)
        case GroupMigrated():
            _group_migrated(draft, event)
        case PersonLeftGroup():
            _person_left(draft, event)
        case _:
            assert_never(event)


def _top_role(draft: Draft) -> Role:
    return draft.facts.content.catalogue.roles[-1]


def owners(draft: Draft) -> tuple[Person, ...]:
    """Active people of the highest role."""
    return draft.facts.with_role(_top_role(draft).id)


def _tell(draft: Draft, tg_id: int, text: str, rows: Rows = (), /, **more: object) -> None:
    draft.do(Say(tg_id, text, draft.words(**more), rows=rows))


def tell_owners(draft: Draft, text: str, rows: Rows = (), /, **more: object) -> None:
    """Tell whoever owns the bot; without a reachable owner, whoever is the most senior."""
    people = [p for p in owners(draft) if p.reachable]
    if not people and (senior := draft.facts.senior_to(-1)) is not None:
        people = [senior]
    for person in people:
        _tell(draft, person.tg_id, text, rows, **more)


def _known(draft: Draft, sender: Sender) -> Person | None:
    return next((p for p in draft.facts.roster if p.tg_id == sender.tg_id), None)


def _person(draft: Draft, sender: Sender) -> Person:
    """The person as the roster knows them, with today's name; new in it otherwise."""
    known = _known(draft, sender)
    if known is not None:
        return replace(known, name=sender.name, username=sender.username, reachable=True)
    return Person(draft.facts.ids.person(), sender.tg_id, sender.name, sender.username)


# ---- the owner --------------------------------------------------------------------------------


def _owner_link(draft: Draft, event: OwnerLinkOpened) -> None:
    if event.token != draft.facts.tokens.owner:
        draft.say("start.plain")
        return
    there = owners(draft)
    if there and there[0].tg_id != event.sender.tg_id:
        _tell(draft, event.sender.tg_id, "owner.taken", owner_name=there[0].name)
        return
    owner = replace(
        _person(draft, event.sender), role=_top_role(draft).id, state=PersonState.APPROVED
    )
    draft.do(SavePerson(owner))
    group = OpenUrl(f"startgroup:g_{draft.facts.tokens.group}")
    _tell(draft, owner.tg_id, "owner.group", ((Button("choose_group", group),),))
    draft.record("owner_joined", actor=owner.name)


# ---- people -----------------------------------------------------------------------------------


def _join_asked(draft: Draft, event: JoinAsked) -> None:
    if event.token != draft.facts.tokens.join:
        draft.say("start.plain")
        return
    known = _known(draft, event.sender)
    person = _person(draft, event.sender)
    if known is not None and known.active:
        draft.do(SavePerson(person))
        _tell(draft, person.tg_id, "join.already", _shift_rows(person), **_about(draft, person))
        return
    person = replace(person, state=PersonState.ASKED)
    draft.do(SavePerson(person))
    deciders = owners(draft)
    owner_name = deciders[0].name if deciders else _top_role(draft).title
    _tell(draft, person.tg_id, "join.hello", owner_name=owner_name)
    roles = [
        Button(f"join_as.{role.id}", JoinPress(person.id, role.id))
        for role in draft.facts.content.catalogue.roles[:-1]
    ]
    decline = Button("join_decline", JoinPress(person.id, ""))
    rows: Rows = (tuple(roles), (decline,))
    tell_owners(draft, "join.owner_ask", rows, **_about(draft, person))
    draft.record("join_asked", actor=person.name)


def _about(draft: Draft, person: Person) -> dict[str, object]:
    role = draft.facts.content.catalogue.role(person.role)
    return {
        "staff_name": person.name,
        "username": f"@{person.username}" if person.username else "",
        "staff_role": person.title or (role.title if role else ""),
    }


def _join_decided(draft: Draft, event: JoinDecided) -> None:
    decider = draft.facts.person(event.by.tg_id)
    person = draft.facts.person_by_id(event.person_id)
    roles = {role.id for role in draft.facts.content.catalogue.roles[:-1]}
    if decider is None or decider.role != _top_role(draft).id or person is None:
        draft.toast(event.tap, "staff.toast.not_owner", alert=True)
        return
    if event.role and event.role not in roles:
        draft.toast(event.tap, "staff.toast.outdated")
        return
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    if not event.role:
        draft.do(SavePerson(replace(person, state=PersonState.DECLINED)))
        _tell(draft, person.tg_id, "join.declined")
    else:
        approved = replace(
            person,
            role=event.role,
            state=PersonState.APPROVED,
            signature_wanted=True,
            on_shift=True,
        )
        draft.do(SavePerson(approved))
        _tell(
            draft, person.tg_id, "join.approved", _shift_rows(approved), **_about(draft, approved)
        )
    draft.toast(event.tap)
    draft.record("join_decided", actor=decider.name, person=person.name, role=event.role)


def _shift_rows(person: Person) -> Rows:
    label = "shift_off" if person.on_shift else "shift_on"
    return ((Button(label, ShiftPress(not person.on_shift)),),)


def _shift_changed(draft: Draft, event: ShiftChanged) -> None:
    person = draft.facts.person(event.by.tg_id)
    if person is None:
        draft.toast(event.tap, "staff.toast.outdated")
        return
    changed = replace(person, on_shift=event.on)
    draft.do(SavePerson(changed))
    draft.toast(event.tap)
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id, _shift_rows(changed)))
    left = [p for p in draft.facts.on_shift() if p.id != person.id]
    if event.on:
        _tell(draft, person.tg_id, "join.shift_on")
        return
    _tell(draft, person.tg_id, "join.shift_off", on_shift=", ".join(p.name for p in left))
    if not left and (manager := draft.facts.senior_to(0)) is not None:
        _tell(draft, manager.tg_id, "join.nobody")


def signature_chosen(draft: Draft, person: Person, words: str) -> None:
    """The first words after being approved: how the person signs, "name, role" or the role alone."""
    name, _, title = (part.strip() for part in words.partition(","))
    changed = replace(
        person,
        name=name if title else person.name,
        title=title or name,
        signature_wanted=False,
    )
    draft.do(SavePerson(changed))
    _tell(draft, person.tg_id, "join.signature_saved", **_about(draft, changed))


def _person_left(draft: Draft, event: PersonLeftGroup) -> None:
    chat = draft.facts.staff_chat
    person = next((p for p in draft.facts.roster if p.tg_id == event.tg_id and p.active), None)
    if chat is None or chat.chat_id != event.chat_id or person is None:
        return
    if person.role == _top_role(draft).id:
        return  # an owner need not be in the group
    draft.do(SavePerson(replace(person, state=PersonState.LEFT)))
    back = Button("restore_access", JoinPress(person.id, person.role))
    tell_owners(draft, "join.left", ((back,),), **_about(draft, person))
    draft.record("left", actor=person.name)


# ---- the group --------------------------------------------------------------------------------


def _group_linked(draft: Draft, event: GroupLinkOpened) -> None:
    if event.token != draft.facts.tokens.group:
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
    its_me: Press = OpenUrl(f"start:join_{draft.facts.tokens.join}")
    draft.do(
        Post(chat_id, "staff.setup", draft.words(**_rights(draft, chat))),
        Post(chat_id, "join.ask", draft.words(), ((Button("its_me", its_me),),)),
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


def _group_rights(draft: Draft, event: GroupRightsChanged) -> None:
    chat = draft.facts.staff_chat
    if chat is None or chat.chat_id != event.chat_id:
        by = draft.facts.person(event.by.tg_id)
        if event.inside and chat is None and by is not None and by.role == _top_role(draft).id:
            _bind(draft, event.chat_id, event.title, event.missing)
        return
    draft.do(
        SaveStaffChat(
            replace(
                chat,
                inside=event.inside,
                missing=event.missing if event.inside else chat.missing,
                title=event.title or chat.title,
            )
        )
    )
    if not event.inside and chat.inside:
        again = OpenUrl(f"startgroup:g_{draft.facts.tokens.group}")
        tell_owners(
            draft, "owner.group_lost", ((Button("choose_group", again),),), group=chat.title
        )
    elif event.inside and not chat.inside:
        tell_owners(draft, "owner.bound", group=event.title)
    elif lost := sorted(set(event.missing) - set(chat.missing)):
        names = ", ".join(draft.words().phrase(f"phrase.right.{right}") for right in lost)
        tell_owners(draft, "owner.rights_lost", group=chat.title, missing=names)


def _group_migrated(draft: Draft, event: GroupMigrated) -> None:
    chat = draft.facts.staff_chat
    if chat is None or chat.chat_id != event.old_chat_id:
        return
    draft.do(SaveStaffChat(replace(chat, chat_id=event.new_chat_id), replaces=chat.chat_id))
    tell_owners(draft, "owner.group_migrated", group=chat.title)
    draft.record("group_migrated", old=event.old_chat_id, new=event.new_chat_id)


def trouble(draft: Draft, event: TroubleNoticed) -> None:
    """Something the owner has to know; with nobody to tell it stands in the group, so that somebody reads it."""
    people = any(p.active and p.reachable for p in draft.facts.roster)
    if people:
        tell_owners(draft, event.key, **dict(event.values))
    elif draft.facts.staff_chat is not None:
        values = draft.words(**dict(event.values))
        draft.do(Post(draft.facts.staff_chat.chat_id, event.key, values, silent=False))
