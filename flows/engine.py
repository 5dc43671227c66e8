"""The rules: what an event leads to. Pure: no I/O, no clock, no Telegram, no SQL; the turn carries it out."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from flows import checks, health, promises, questions, replies, roster, staff, steps, talk, visits
from flows.case import Care
from flows.draft import ConversationLost, Draft
from flows.effects import Effect, Post, PraisePosted, Toast
from flows.events import (
    CustomerAnswered,
    CustomerBlockedBot,
    CustomerCommanded,
    CustomerEdited,
    CustomerOpenedBranchLink,
    CustomerOpenedVisitLink,
    CustomerSetQuestions,
    CustomerSharedPhone,
    CustomerStarted,
    CustomerWished,
    CustomerWrote,
    Event,
    GroupLinkOpened,
    GroupMigrated,
    GroupRightsChanged,
    JoinAsked,
    JoinDecided,
    LetterFailed,
    LetterSent,
    NothingHappened,
    OwnerLinkOpened,
    PersonLeftGroup,
    ShiftChanged,
    StaffTapped,
    StaffWrote,
    TimerFired,
    TimerKind,
    TroubleNoticed,
    VisitEnded,
    VisitLinkAsked,
)
from flows.facts import Facts
from flows.phrases import capitalised


def advance(care: Care, event: Event, facts: Facts, moment: datetime) -> tuple[Care, list[Effect]]:
    """Decide on one event: the subject afterwards, and what must be done.

    `care` is what the event is about, `facts` what was read beside it, `moment` is UTC. A conversation whose
    revision cannot be honoured ends, and the customer goes to staff. Every tap is answered once.
    """
    draft = Draft(care, facts, moment)
    try:
        _decide(draft, event)
    except ConversationLost as lost:
        draft = Draft(care, facts, moment)
        _give_to_staff(draft, event, str(lost))
    _answer_tap(draft, event)
    return draft.care, draft.effects


def _decide(draft: Draft, event: Event) -> None:  # noqa: PLR0912 - one branch for each kind
    match event:
        case (
            CustomerStarted()
            | CustomerOpenedVisitLink()
            | CustomerOpenedBranchLink()
            | CustomerEdited()
            | CustomerAnswered()
            | CustomerWished()
            | CustomerSharedPhone()
            | CustomerCommanded()
            | CustomerSetQuestions()
            | CustomerBlockedBot()
        ):
            talk.customer_did(draft, event)
        case CustomerWrote():
            _wrote(draft, event)
        case StaffTapped():
            staff.tapped(draft, event)
        case StaffWrote():
            replies.staff_wrote(draft, event)
        case VisitLinkAsked():
            visits.link_asked(draft, event)
        case (
            OwnerLinkOpened()
            | JoinAsked()
            | JoinDecided()
            | ShiftChanged()
            | GroupLinkOpened()
            | GroupRightsChanged()
            | GroupMigrated()
            | PersonLeftGroup()
        ):
            roster.roster_changed(draft, event)
        case VisitEnded():
            visits.visit_ended(draft, event)
        case TimerFired():
            _fell_due(draft, event)
        case LetterSent():
            replies.letter_sent(draft, event)
        case LetterFailed():
            replies.letter_failed(draft, event)
        case TroubleNoticed():
            roster.trouble(draft, event)
        case NothingHappened():
            pass
        case _:
            assert_never(event)


def _wrote(draft: Draft, event: CustomerWrote) -> None:
    """In a private chat a person of the roster may be choosing a signature; everybody else is a customer."""
    person = draft.facts.person(event.sender.tg_id)
    if person is not None and person.signature_wanted and event.message.text:
        roster.signature_chosen(draft, person, event.message.text)
    else:
        talk.customer_did(draft, event)


def _fell_due(draft: Draft, timer: TimerFired) -> None:
    match timer.kind:
        case TimerKind.ASK:
            questions.ask_falls_due(draft)
        case TimerKind.SILENCE | TimerKind.QUIET | TimerKind.NO_WORDS:
            steps.wait_over(draft, timer)
        case TimerKind.WAITING:
            promises.promise_near(draft, timer)
        case TimerKind.LATE:
            promises.promise_breaking(draft, timer)
        case TimerKind.TAKEN:
            promises.taken_and_silent(draft)
        case TimerKind.STILL_OPEN:
            promises.still_open(draft)
        case TimerKind.ALERT:
            health.alert_due(draft)
        case TimerKind.HEALTH_LATE:
            health.nobody_came(draft, timer)
        case TimerKind.CHECK:
            questions.check_falls_due(draft, timer)
        case TimerKind.CAUSE:
            checks.ask_cause_again(draft)
        case TimerKind.PRAISE:
            _post_praise(draft, timer)
        case _:
            assert_never(timer.kind)


def _post_praise(draft: Draft, timer: TimerFired) -> None:
    """The evening post: kind words of the day, with the name of who is praised."""
    chat, kept = draft.facts.staff_chat, draft.facts.praise_lines
    if chat is None or not kept:
        return
    phrase = draft.words().phrase
    lines = [
        phrase(
            "phrase.praise" if master else "phrase.praise_nameless",
            master=master,
            words=words.rstrip("."),
            guest=guest or capitalised(draft.facts.content.catalogue.words.get("guest", "")),
        )
        for master, words, guest in kept
    ]
    values = draft.words(praise_lines="\n".join(lines))
    draft.do(Post(chat.chat_id, "staff.praise", values), PraisePosted(timer.branch_id))


def _give_to_staff(draft: Draft, event: Event, lost: str) -> None:
    """The pinned flow cannot be read any more: end it, and have a person answer."""
    talk_in_hand = draft.care.conversation
    if talk_in_hand is None:
        raise LookupError(f"no conversation to lose: {lost}")
    draft.change_conversation(closed_at=draft.moment)
    ended = draft.care.conversation
    draft.care = replace(draft.care, conversation=None)
    draft.record("conversation_lost", step=lost)
    match event:
        case CustomerWrote():
            talk.customer_did(draft, event)
        case CustomerAnswered():
            questions.open_after_lost(draft, event.answer)
        case _:
            pass
    if draft.care.conversation is None:
        draft.care = replace(draft.care, conversation=ended)


def _answer_tap(draft: Draft, event: Event) -> None:
    tap = getattr(event, "tap", None)
    if tap is not None and not any(isinstance(e, Toast) for e in draft.effects):
        draft.do(Toast(tap.id))
