"""Joining: who owns the bot, who works with customers, who is on shift. Nobody types ids. The group: group.py."""

from dataclasses import replace
from typing import assert_never

from flows import group, group_use, managers, setup_talk
from flows.draft import Draft
from flows.effects import ChangeButtons, SavePerson, Toast
from flows.events import (
    CustomerBlockedBot,
    CustomerStarted,
    CustomerWrote,
    Event,
    GroupLinkOpened,
    GroupLookedAt,
    GroupMigrated,
    GroupRightsChanged,
    GroupSetupAsked,
    GroupUseChosen,
    JoinAsked,
    JoinDecided,
    ManagerLinkOpened,
    Message,
    OwnerLinkOpened,
    PersonLeftGroup,
    RosterEvent,
    Sender,
    ShiftChanged,
)
from flows.links import joined_from, to_choose_group
from flows.owners import owners, tell_owners, top_role, write_to
from flows.people import Person, PersonState, StaffChat, Use
from flows.presses import Button, JoinPress, Rows, ShiftPress

_NOT_IN_A_NAME = "!?\n:"
_SIGNATURE_MOST = 64  # characters; longer words are no signature


def roster_changed(draft: Draft, event: RosterEvent) -> None:  # noqa: PLR0912 - one for each kind
    """Decide on an event about people of the staff or their group."""
    match event:
        case OwnerLinkOpened():
            _owner_link(draft, event)
        case ManagerLinkOpened():
            _manager_link(draft, event)
        case JoinAsked():
            _join_asked(draft, event)
        case JoinDecided():
            _join_decided(draft, event)
        case ShiftChanged():
            _shift_changed(draft, event)
        case GroupLinkOpened():
            group.linked(draft, event)
        case GroupRightsChanged():
            group.rights_changed(draft, event)
        case GroupLookedAt():
            group.looked_at(draft, event)
        case GroupSetupAsked():
            group.setup_asked(draft, event)
        case GroupMigrated():
            group.migrated(draft, event)
        case GroupUseChosen():
            group_use.chosen(draft, event)
        case PersonLeftGroup():
            _person_left(draft, event)
        case _:
            assert_never(event)


def _known(draft: Draft, sender: Sender) -> Person | None:
    return next((p for p in draft.facts.roster if p.tg_id == sender.tg_id), None)


def _person(draft: Draft, sender: Sender) -> Person:
    """The person as the roster knows them, with today's name; new in it otherwise."""
    known = _known(draft, sender)
    if known is not None:
        return replace(known, name=sender.name, username=sender.username, reachable=True)
    return Person(draft.facts.ids.person(), sender.tg_id, sender.name, sender.username)


def _owner_link(draft: Draft, event: OwnerLinkOpened) -> None:
    if event.token != draft.facts.tokens.owner:
        draft.say("start.plain")
        return
    there = owners(draft)
    if there and there[0].tg_id != event.sender.tg_id:
        write_to(draft, event.sender.tg_id, "owner.taken", owner_name=there[0].name)
        return
    owner = replace(
        _person(draft, event.sender), role=top_role(draft).id, state=PersonState.APPROVED
    )
    if not there:
        owner = replace(owner, on_shift=False)  # reminders go first to whoever is at work
    draft.do(SavePerson(owner))
    if not draft.facts.staff_chats.bound:
        setup_talk.greet(draft, owner.tg_id)
    else:
        choose = Button("choose_group", to_choose_group(draft.facts.tokens))
        write_to(draft, owner.tg_id, "owner.group", ((choose,),))
    for waiting in draft.facts.waiting_for_approval():
        _ask_about(draft, owner, waiting)
    draft.record("owner_joined", actor=owner.name)


def _manager_link(draft: Draft, event: ManagerLinkOpened) -> None:
    """Whoever the owner has forwarded it to is let in at once; anybody later asks as the others do."""
    if not draft.facts.tokens.manager or event.token != draft.facts.tokens.manager:
        draft.say("start.plain")
        return
    known = _known(draft, event.sender)
    fresh = known is None or known.state is PersonState.ASKED
    if fresh and managers.is_open(draft):
        manager = managers.let_in(draft, _person(draft, event.sender))
        about = _about(draft, manager)
        write_to(draft, manager.tg_id, "join.approved", _shift_rows(manager), **about)
    else:
        _asks_to_join(draft, event.sender)


def _join_asked(draft: Draft, event: JoinAsked) -> None:
    chat_id = joined_from(draft.facts.tokens, event.token)
    if chat_id is None:
        draft.say("start.plain")
    else:
        _asks_to_join(draft, event.sender, draft.facts.staff_chats.of(chat_id))


def _asks_to_join(draft: Draft, sender: Sender, chat: StaffChat | None = None) -> None:
    """`chat` is the group they come from: they work at its branches, those of a known person are kept."""
    known = _known(draft, sender)
    person = _person(draft, sender)
    if chat is not None and chat.branches and (person.branches or known is None):
        branches = dict.fromkeys((*person.branches, *chat.branches))
        person = replace(person, branches=tuple(branches))
    if known is not None and known.active:
        draft.do(SavePerson(person))
        write_to(draft, person.tg_id, "join.already", _shift_rows(person), **_about(draft, person))
        return
    deciders = owners(draft)
    owner_name = deciders[0].name if deciders else top_role(draft).title
    if known is not None and known.state is PersonState.ASKED:
        write_to(draft, person.tg_id, "join.waiting", owner_name=owner_name)
        return
    person = replace(person, state=PersonState.ASKED)
    draft.do(SavePerson(person))
    write_to(draft, person.tg_id, "join.hello", owner_name=owner_name)
    for decider in deciders:
        _ask_about(draft, decider, person)
    draft.record("join_asked", actor=person.name)


def _ask_about(draft: Draft, decider: Person, person: Person) -> None:
    roles = [
        Button(f"join_as.{role.id}", JoinPress(person.id, role.id))
        for role in draft.facts.content.catalogue.roles[:-1]
    ]
    decline = Button("join_decline", JoinPress(person.id, ""))
    rows: Rows = (tuple(roles), (decline,))
    write_to(draft, decider.tg_id, "join.owner_ask", rows, **_about(draft, person))


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
    if decider is None or decider.role != top_role(draft).id or person is None:
        draft.toast(event.tap, "staff.toast.not_owner", alert=True)
        return
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    if person.active or (event.role and event.role not in roles):
        draft.toast(event.tap, "staff.toast.outdated")
        return
    if event.role:
        _approve(draft, event, replace(person, role=event.role))
    else:
        draft.do(SavePerson(replace(person, state=PersonState.DECLINED)))
        write_to(draft, person.tg_id, "join.declined")
        refused = draft.words(**_about(draft, person))
        draft.do(Toast(event.tap.id, "join.owner_refused", refused))
    draft.record("join_decided", actor=decider.name, person=person.name, role=event.role)


def _approve(draft: Draft, event: JoinDecided, person: Person) -> None:
    approved = replace(
        person, state=PersonState.APPROVED, signature_wanted=not person.title, on_shift=True
    )
    about = _about(draft, approved)
    draft.do(SavePerson(approved))
    write_to(draft, person.tg_id, "join.approved", _shift_rows(approved), **about)
    draft.do(Toast(event.tap.id, "join.owner_done", draft.words(**about)))


def _shift_rows(person: Person) -> Rows:
    label = "shift_off" if person.on_shift else "shift_on"
    return ((Button(label, ShiftPress(not person.on_shift)),),)


def _shift_changed(draft: Draft, event: ShiftChanged) -> None:
    person = draft.facts.person(event.by.tg_id)
    if person is None:
        draft.toast(event.tap, "staff.toast.not_staff")
        return
    changed = replace(person, on_shift=event.on)
    draft.do(SavePerson(changed))
    draft.toast(event.tap)
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id, _shift_rows(changed)))
    left = [p for p in draft.facts.on_shift() if p.id != person.id]
    if event.on:
        write_to(draft, person.tg_id, "join.shift_on")
        return
    write_to(draft, person.tg_id, "join.shift_off", on_shift=", ".join(p.name for p in left))
    if not left and (manager := draft.facts.senior_to(0)) is not None:
        write_to(draft, manager.tg_id, "join.nobody")


def is_signature(draft: Draft, person: Person, message: Message) -> bool:
    """Words to sign with: what comes after being approved, or at any time "own name, role".

    Thanks, greetings, complaints and questions are none, and neither is anything long.
    """
    text = message.text.strip()
    if not 0 < len(text) <= _SIGNATURE_MOST or any(mark in text for mark in _NOT_IN_A_NAME):
        return False
    catalogue = draft.facts.content.catalogue
    talk = (catalogue.kind_words, catalogue.unhappy_words, catalogue.health_words)
    if any(words.found_in(text) for words in talk) or catalogue.greeting_words.is_phrase(text):
        return False
    own_name, comma, _ = text.partition(",")
    return person.signature_wanted or (
        bool(comma) and own_name.split()[:1] == person.name.split()[:1]
    )


def heard_from(draft: Draft, event: Event) -> None:
    """Whoever of the staff opens or closes the private chat can, or cannot, be reminded there."""
    if not isinstance(event, CustomerStarted | CustomerWrote | CustomerBlockedBot):
        return
    person = draft.facts.person(event.sender.tg_id)
    reachable = not (isinstance(event, CustomerBlockedBot) and event.blocked)
    if person is None or person.reachable is reachable:
        return
    if not any(isinstance(effect, SavePerson) for effect in draft.effects):
        draft.do(SavePerson(replace(person, reachable=reachable)))


def signature_chosen(draft: Draft, person: Person, words: str) -> None:
    """The first words after being approved: how the person signs, "name, role" or the role alone."""
    name, _, title = (part.strip() for part in words.partition(","))
    changed = replace(
        person,
        name=name if title else person.name,
        title=title or name,
        signature_wanted=False,
        reachable=True,
    )
    draft.do(SavePerson(changed))
    write_to(draft, person.tg_id, "join.signature_saved", **_about(draft, changed))


def _person_left(draft: Draft, event: PersonLeftGroup) -> None:
    chat = draft.facts.staff_chats.of(event.chat_id)
    person = next((p for p in draft.facts.roster if p.tg_id == event.tg_id and p.active), None)
    if chat is None or chat.use is Use.UNSAID or person is None:
        return
    if person.role == top_role(draft).id:
        return  # an owner need not be in the group
    elsewhere = tuple(each for each in person.branches if each not in chat.branches)
    if chat.branches and elsewhere:
        draft.do(SavePerson(replace(person, branches=elsewhere)))
        draft.record("left_branch", actor=person.name, branches=chat.branches)
        return
    draft.do(SavePerson(replace(person, state=PersonState.LEFT)))
    back = Button("restore_access", JoinPress(person.id, person.role))
    tell_owners(draft, "join.left", ((back,),), **_about(draft, person))
    draft.record("left", actor=person.name)
