"""A held letter of which nothing will be heard: it went out or was refused, and our own code failed on the news."""

from dataclasses import replace

from flows.draft import Draft
from flows.effects import SaveGift
from flows.people import GiftState


def hold_no_longer(draft: Draft) -> None:
    """Before anything is decided: what is under way no more must not keep a case from being resolved for ever."""
    gone, case = draft.facts.letters_gone, draft.care.case
    if not gone or case is None:
        return
    held = tuple(reply for reply in case.held if reply.key not in gone)
    gifts = tuple(
        replace(gift, state=GiftState.GIVEN)
        if gift.state is GiftState.HELD and f"gift:{gift.id}" in gone
        else gift
        for gift in draft.facts.gifts
    )
    changed = [new for new, old in zip(gifts, draft.facts.gifts, strict=True) if new != old]
    draft.do(*(SaveGift(gift) for gift in changed))
    draft.facts = replace(draft.facts, gifts=gifts)
    draft.change_case(held=held)
    draft.record("news_lost", letters=len(gone))
    draft.mark()
