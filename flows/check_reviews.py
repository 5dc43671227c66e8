"""Refuses flows that invite only happy customers to review: Google's, Yandex's and the FTC's rules forbid it."""

import re

from flows.compile_steps import FlowFile
from flows.flow import Flow, Step, Trigger
from flows.reading import Place

# What tells a happy customer from an unhappy one.
_TELLING = frozenset({"rating", "rating_before", "topic", "words", "files", "wish"})
# Their buttons say "all is well" or "it is not".
_ASKS_IF_ALL_IS_WELL = (Trigger.CHECK, Trigger.CHECK_7D)
_OF_A_GIFT = ("offer_", "gift_", "options_list", "refund_")
_GIFT_WORDS = re.compile(
    r"\b(?:подар|скидк|бонус|промокод|сертификат|gift|discount|bonus|coupon|voucher)\w*", re.I
)


def check_invitations(file: FlowFile) -> None:
    """Whatever the mark, or a condition on it, the way reaches the invitation; or none does."""
    flow = file.flow
    invitations = [name for name, step in flow.steps.items() if step.invite_review]
    if not invitations:
        return
    for name in invitations:
        _check_gift(file, name)
    if flow.audience is not None and _TELLING & set(flow.audience.asks):
        _refuse(file, ("for",))
    reaching = _reaching(flow, invitations)
    for name, step in flow.steps.items():
        if name in reaching and _chooses(flow, step, reaching):
            _refuse(file, ("steps", name))


def _check_gift(file: FlowFile, name: str) -> None:
    """An invitation written into the flow speaks of no gift; one in texts is judged with them."""
    key = file.flow.steps[name].say
    at = file.sentences.get(key or "")
    if at is not None:
        check_invitation_text(at)


def check_invitation_text(place: Place) -> None:
    """A review is asked for and never bought: no gift's variable, and a warning at words for one."""
    text = str(place.value)
    bought = [variable for variable in _OF_A_GIFT if f"{{{variable}" in text]
    if bought:
        place.problem("review.for_a_gift", variable=f"{{{bought[0]}…}}")
    elif word := _GIFT_WORDS.search(text):
        place.problem("review.gift_word", word=word[0], warning=True)


def _chooses(flow: Flow, step: Step, reaching: frozenset[str]) -> bool:
    """At this step some customers are led towards the invitation, and others away from it."""
    ways = [step.go.get(str(mark)) for mark in step.marks]
    if flow.trigger in _ASKS_IF_ALL_IS_WELL:
        ways += [step.go.get(button) for button in step.buttons if button in step.go]
    if step.when is not None and _TELLING & set(step.when.asks):
        if step.invite_review:
            return True
        ways += [*step.go.values(), step.otherwise]
    return any(way in reaching for way in ways) and not all(way in reaching for way in ways)


def _reaching(flow: Flow, invitations: list[str]) -> frozenset[str]:
    """Steps from which an invitation can be reached."""
    found = set(invitations)
    while more := {
        name
        for name, step in flow.steps.items()
        if name not in found and any(target in found for target in step.onward)
    }:
        found |= more
    return frozenset(found)


def _refuse(file: FlowFile, path: tuple[str, ...]) -> None:
    place = file.at
    for key in path:
        place = place.under(key)
    place.problem("review.some")
