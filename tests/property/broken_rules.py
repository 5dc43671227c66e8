"""Rules with one thing wrong each, to show that the judge would see it: they lie to the real ones, or censor them.

The seam is `Desk.rules`: nothing of the product is patched.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.desk import Rules
from flows.book import Path, RoleLimits
from flows.case import Care
from flows.effects import Effect, Say, SetTimer, Toast
from flows.engine import advance
from flows.events import CustomerChose, Event, TimerKind
from flows.facts import Facts
from flows.people import GiftState, Person, PersonState

Told = tuple[Care, Event, Facts]
Outcome = tuple[Care, list[Effect]]


def told(lie: Callable[[Care, Event, Facts, datetime], Told]) -> Rules:
    """The rules decide well on what is not so."""

    def rules(care: Care, event: Event, facts: Facts, moment: datetime) -> Outcome:
        return advance(*lie(care, event, facts, moment), moment)

    return rules


def censored(kept: Callable[[Effect], bool]) -> Rules:
    """The rules decide well, and a part of it is not done."""

    def rules(care: Care, event: Event, facts: Facts, moment: datetime) -> Outcome:
        after, effects = advance(care, event, facts, moment)
        return after, [effect for effect in effects if kept(effect)]

    return rules


# ---- lies -------------------------------------------------------------------------------------


def _no_limits(care: Care, event: Event, facts: Facts, _: datetime) -> Told:
    free = RoleLimits(None, None, None)
    catalogue = facts.content.catalogue
    roles = tuple(replace(role, limits=free) for role in catalogue.roles)
    windows = replace(catalogue.rules.per_customer, gifts=None, cost=None)
    by = replace(catalogue.rules.per_staff, gifts=None, same_customer=None)
    rules = replace(catalogue.rules, per_customer=windows, per_staff=by)
    catalogue = replace(catalogue, roles=roles, rules=rules)
    return care, event, replace(facts, content=replace(facts.content, catalogue=catalogue))


def _everybody_is_an_owner(care: Care, event: Event, facts: Facts, _: datetime) -> Told:
    roster = tuple(replace(person, role="owner") for person in facts.roster)
    return care, event, replace(facts, roster=roster)


def _everybody_is_of_the_staff(care: Care, event: Event, facts: Facts, _: datetime) -> Told:
    known = {person.tg_id for person in facts.roster}
    by = getattr(event, "by", None)
    if by is None or by.tg_id in known:
        return care, event, facts
    stranger = Person(99, by.tg_id, by.name, role="owner", state=PersonState.APPROVED)
    return care, event, replace(facts, roster=(*facts.roster, stranger))


def _who_has_left_stays(care: Care, event: Event, facts: Facts, _: datetime) -> Told:
    roster = tuple(replace(person, state=PersonState.APPROVED) for person in facts.roster)
    return care, event, replace(facts, roster=roster)


def _nothing_was_given(care: Care, event: Event, facts: Facts, _: datetime) -> Told:
    return care, event, replace(facts, gifts=())


def _codes_never_end(care: Care, event: Event, facts: Facts, _: datetime) -> Told:
    voucher = facts.voucher
    if voucher is not None and voucher.state in (GiftState.REDEEMED, GiftState.REVOKED):
        voucher = replace(voucher, state=GiftState.GIVEN)
    return care, event, replace(facts, voucher=voucher)


def _codes_never_lapse(care: Care, event: Event, facts: Facts, moment: datetime) -> Told:
    voucher = facts.voucher
    if voucher is not None and voucher.valid_until is not None:
        voucher = replace(voucher, valid_until=moment + timedelta(days=1))
    return care, event, replace(facts, voucher=voucher)


def _everybody_may_revoke(care: Care, event: Event, facts: Facts, _: datetime) -> Told:
    catalogue = facts.content.catalogue
    rules = replace(catalogue.rules, revoke_by="administrator", extend_by="administrator")
    content = replace(facts.content, catalogue=replace(catalogue, rules=rules))
    return care, event, replace(facts, content=content)


def _anybody_chooses(care: Care, event: Event, facts: Facts, _: datetime) -> Told:
    if isinstance(event, CustomerChose):
        event = replace(event, sender=replace(event.sender, tg_id=care.customer.tg_id))
    return care, event, facts


def _everybody_has_been_spoken_to(care: Care, event: Event, facts: Facts, at: datetime) -> Told:
    case = care.case
    if case is not None and case.severe:
        care = replace(care, case=replace(case, spoken_at=case.spoken_at or at))
    return care, event, facts


def _nobody_is_complained_about(care: Care, event: Event, facts: Facts, _: datetime) -> Told:
    roster = tuple(replace(person, name="?") for person in facts.roster)
    case = care.case
    ordinary = replace(case, about=(), path=Path.ORDINARY) if case else None
    return replace(care, case=ordinary), event, replace(facts, roster=roster)


# ---- what is not done -------------------------------------------------------------------------


def _no_late_timers(effect: Effect) -> bool:
    return not (isinstance(effect, SetTimer) and effect.kind is TimerKind.LATE)


def _no_honest_words(effect: Effect) -> bool:
    return not (isinstance(effect, Say) and effect.text.startswith("progress."))


def _no_answers_to_taps(effect: Effect) -> bool:
    return not isinstance(effect, Toast)


BROKEN: Final[dict[str, tuple[Rules, str]]] = {
    "no limits": (told(_no_limits), "over the|again to the same"),
    "everybody is an owner": (told(_everybody_is_an_owner), "above one's role|over the|authority"),
    "everybody is of the staff": (told(_everybody_is_of_the_staff), "a stranger"),
    "who has left stays": (told(_who_has_left_stays), "a stranger"),
    "nothing was given": (told(_nothing_was_given), "given twice|two gifts for one visit"),
    "codes never end": (told(_codes_never_end), "a gift goes from"),
    "codes never lapse": (told(_codes_never_lapse), "redeemed after it lapsed|shortened"),
    "everybody may revoke": (told(_everybody_may_revoke), "without authority"),
    "anybody chooses": (told(_anybody_chooses), "a stranger"),
    "everybody has been spoken to": (told(_everybody_has_been_spoken_to), "nobody has spoken yet"),
    "nobody is complained about": (told(_nobody_is_complained_about), "judges a complaint about"),
    "no late timers": (censored(_no_late_timers), "broken in silence"),
    "no honest words": (censored(_no_honest_words), "moved without a word"),
    "no answers to taps": (censored(_no_answers_to_taps), "a tap is answered once"),
}
