"""The manager's link: the owner forwards it to one person, who is let in by it. Others ask as everybody does."""

from dataclasses import replace

from flows.draft import Draft
from flows.effects import SavePerson
from flows.owners import tell_owners
from flows.people import Person, PersonState


def is_open(draft: Draft) -> bool:
    """There is no manager yet: who opens the link now is the one it was meant for."""
    roles = draft.facts.content.catalogue.roles
    return len(roles) > 1 and not draft.facts.with_role(roles[-2].id)


def let_in(draft: Draft, person: Person) -> Person:
    """The person is the manager from now on; the owner hears who it is."""
    role = draft.facts.content.catalogue.roles[-2]
    manager = replace(
        person,
        role=role.id,
        state=PersonState.APPROVED,
        on_shift=True,
        signature_wanted=not person.title,
    )
    draft.do(SavePerson(manager))
    tell_owners(
        draft, "join.owner_done", staff_name=manager.name, staff_role=manager.title or role.title
    )
    draft.record("manager_joined", actor=manager.name)
    return manager
