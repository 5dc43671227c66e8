"""Whom a complaint is about: nobody reads, judges or is asked about their own. Looked up in care and facts, pure.

A name counts in any form it may take; short forms of names and other alphabets are not found.
"""

from collections.abc import Iterable
from dataclasses import replace

from flows.case import Care
from flows.facts import Facts
from flows.people import Person

# Endings that Russian names take. By endings and not by a dictionary: dictionaries take rarer names for other words.
_ENDINGS = frozenset(
    (
        *("", "а", "я", "ы", "и", "е", "у", "ю", "ь", "о"),
        *(
            "ой",
            "ей",
            "ою",
            "ею",
            "ом",
            "ем",
            "ью",
            "ии",
            "ию",
            "ией",
            "ым",
            "им",
            "ого",
            "ому",
            "ую",
        ),
    )
)
_DROPPED = ("ая", "ый", "ий", "а", "я", "ь", "й")  # from the end of a name, before it takes another
_FLEETING = {"лев": "льв", "павел": "павл"}
_SHORTEST = 2  # letters that must be left of a name


def is_about(care: Care, facts: Facts, person: Person) -> bool:
    """The case is the person's own, or about their work, or words of it complain about them.

    Whoever is the only one there to decide is not kept from it by being named.
    """
    if care.is_trial:
        return False
    if _is_own(care, facts, person):
        return True
    case = care.case
    if case is None:
        return False
    rank = facts.content.catalogue.rank(person.role)
    if rank <= 0:
        return person.id in case.about or _has_served(care, person)
    return person.id in case.about and _somebody_else_decides(care, facts, person)


def _is_own(care: Care, facts: Facts, person: Person) -> bool:
    return person.tg_id == care.customer.tg_id or person.tg_id in facts.same_phone


def _has_served(care: Care, person: Person) -> bool:
    visit, case = care.visit, care.case
    of_case = visit is not None and case is not None and visit.id == case.visit_id
    return visit is not None and of_case and same_person(visit.master, person.name)


def _somebody_else_decides(care: Care, facts: Facts, person: Person) -> bool:
    about = care.case.about if care.case else ()
    rank = facts.content.catalogue.rank
    others = (p for p in facts.reachable() if p.id != person.id and rank(p.role) > 0)
    return any(p.id not in about and not _is_own(care, facts, p) for p in others)


def impartial(care: Care, facts: Facts) -> Facts:
    """The facts as if those whom the case is about did not work here: whoever answers is chosen among the others,
    first among those of the case's branch."""
    if care.case is None:
        return facts
    left = tuple(person for person in facts.roster if not is_about(care, facts, person))
    branch = facts.content.business.branch(care.case.branch_id)
    return replace(facts, roster=left, at_branch=branch.id)


# ---- names in words ---------------------------------------------------------------------------


def same_person(one: str, other: str) -> bool:
    """One name with or without the surname: `Гузель` and `Гузель Ахметова`, in whatever order."""
    first, second = frozenset(_words(one)), frozenset(_words(other))
    return bool(first and second) and (first <= second or second <= first)


def named_in(text: str, people: Iterable[Person], but: str = "") -> tuple[Person, ...]:
    """People whose name, or surname, stands in the text; of namesakes those who are named in full.

    `but` is a name that counts for nothing: the customer's own, under the letter.
    """
    found = {person: _found(text, person.name, frozenset(_words(but))) for person in people}
    named = tuple(person for person, words in found.items() if words)
    in_full = tuple(person for person in named if found[person] == len(_words(person.name)) > 1)
    return in_full or named


def _found(text: str, name: str, but: frozenset[str]) -> int:
    said = _as_names(text)
    return sum(
        any(_is_form(word, part) for word in said) for part in _words(name) if part not in but
    )


def _as_names(text: str) -> list[str]:
    """Words that may be names: with a capital letter, unless whoever writes uses none at all."""
    words = "".join(c if c.isalnum() else " " for c in text).split()
    capitals = [word for word in words if word[0].isupper()]
    return [_plain(word) for word in (capitals or words)]


def _words(name: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in _plain(name)).split()


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _is_form(word: str, name: str) -> bool:
    if word == name:
        return True
    dropped = next((name.removesuffix(end) for end in _DROPPED if name.endswith(end)), name)
    stems = {name, dropped, _FLEETING.get(name, name)}
    return any(
        len(stem) >= _SHORTEST and word.startswith(stem) and word[len(stem) :] in _ENDINGS
        for stem in stems
    )
