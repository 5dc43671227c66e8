"""The rules: what an event leads to. Pure: no I/O, no clock, no Telegram, no SQL; the turn carries it out."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from flows import (
    causes,
    choice,
    corrections,
    finding,
    follow_up,
    forum,
    health,
    occasions,
    owners,
    praise,
    preventing,
    privacy,
    private_words,
    promises,
    questions,
    refund_form,
    refunds,
    repeats,
    replies,
    requests,
    roster,
    staff,
    staff_promises,
    staff_talk,
    steps,
    talk,
    trial_words,
    visits,
    vouchers,
)
from flows.book import Path
from flows.case import Care
from flows.complaints import not_shown, open_case
from flows.draft import ConversationLost, Draft
from flows.effects import Effect, Toast
from flows.events import (
    CaseAsked,
    CasesAsked,
    CasesTurned,
    Command,
    ConsentMissing,
    ContentWorked,
    CustomerAnswered,
    CustomerBlockedBot,
    CustomerChose,
    CustomerChoseData,
    CustomerChoseLanguage,
    CustomerChoseQuiet,
    CustomerCommanded,
    CustomerEdited,
    CustomerOpenedBranchLink,
    CustomerOpenedVisitLink,
    CustomerSetInvitations,
    CustomerSetQuestions,
    CustomerSharedPhone,
    CustomerStarted,
    CustomerWished,
    CustomerWrote,
    DialogTapped,
    ErasureAsked,
    Event,
    GroupLinkOpened,
    GroupLookedAt,
    GroupMigrated,
    GroupRightsChanged,
    GroupSetupAsked,
    GroupUseChosen,
    JoinAsked,
    JoinDecided,
    LetterFailed,
    LetterKind,
    LetterSent,
    ManagerLinkOpened,
    NothingHappened,
    OwnerLinkOpened,
    PersonLeftGroup,
    PreventionNamed,
    ShiftChanged,
    StaffCommanded,
    StaffEdited,
    StaffTapped,
    StaffWrote,
    SumNamed,
    TimerFired,
    TimerKind,
    TopicMade,
    TopicSeen,
    TopicsRefused,
    TrialTapped,
    TroubleNoticed,
    UndoTapped,
    VisitEnded,
    VisitLinkAsked,
    VoucherShown,
    VoucherTapped,
)
from flows.facts import Facts
from flows.flow import Trigger
from flows.lost_news import hold_no_longer

_MARKS = tuple(map(str, range(11)))
_GOOD_MARK = 4


def advance(care: Care, event: Event, facts: Facts, moment: datetime) -> tuple[Care, list[Effect]]:
    """Decide on one event: the subject afterwards, and what must be done.

    `care` is what the event is about, `facts` what was read beside it, `moment` is UTC. A conversation whose
    revision cannot be honoured ends, and the customer goes to staff. Every tap is answered once.
    """
    draft = Draft(care, facts, moment)
    hold_no_longer(draft)
    staff_talk.turned_elsewhere(draft, event)
    try:
        _decide(draft, event)
    except ConversationLost as lost:
        draft = Draft(care, facts, moment)
        _give_to_staff(draft, event, str(lost))
    roster.heard_from(draft, event)
    trial_words.end_if_over(draft, care)
    _answer_tap(draft, event)
    return draft.care, draft.effects


def _decide(draft: Draft, event: Event) -> None:  # noqa: PLR0912, PLR0915 - one branch for each kind
    match event:
        case CustomerCommanded(command=Command.SETTINGS) if staff_talk.is_of_owner(draft, event):
            staff_talk.owners_settings(draft, event)
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
            | CustomerChoseData()
            | ConsentMissing()
            | CustomerChoseLanguage()
            | CustomerChoseQuiet()
            | CustomerSetInvitations()
            | CustomerBlockedBot()
        ):
            talk.customer_did(draft, event)
        case CustomerWrote():
            _wrote(draft, event)
        case StaffTapped():
            staff.tapped(draft, event)
        case StaffWrote() if draft.facts.reply_is is not None:
            private_words.answered(draft, event)
        case StaffWrote():
            replies.staff_wrote(draft, event)
        case PreventionNamed():
            preventing.named(draft, event)
        case StaffEdited():
            corrections.staff_edited(draft, event)
        case StaffCommanded() | DialogTapped() | UndoTapped() | TrialTapped() | ContentWorked():
            staff_talk.staff_did(draft, event)
        case VisitLinkAsked():
            visits.link_asked(draft, event)
        case CasesAsked():
            finding.asked(draft, event)
        case CasesTurned():
            finding.turned(draft, event)
        case CaseAsked():
            finding.case_asked(draft, event)
        case SumNamed():
            refund_form.sum_named(draft, event)
        case CustomerChose() if refunds.is_meant(draft):
            refunds.answered(draft, event)
        case CustomerChose():
            choice.chosen(draft, event)
        case VoucherShown():
            vouchers.shown(draft, event)
        case VoucherTapped():
            vouchers.tapped(draft, event)
        case (
            OwnerLinkOpened()
            | ManagerLinkOpened()
            | JoinAsked()
            | JoinDecided()
            | ShiftChanged()
            | GroupLinkOpened()
            | GroupRightsChanged()
            | GroupLookedAt()
            | GroupSetupAsked()
            | GroupUseChosen()
            | GroupMigrated()
            | PersonLeftGroup()
        ):
            roster.roster_changed(draft, event)
        case TopicSeen() | TopicMade() | TopicsRefused():
            forum.happened(draft, event)
        case VisitEnded():
            visits.visit_ended(draft, event)
        case TimerFired():
            _fell_due(draft, event)
        case LetterSent():
            replies.letter_sent(draft, event)
        case LetterFailed(letter=LetterKind.BELOW, failure=failure) if not failure.unreachable:
            not_shown(draft, failure)
        case LetterFailed():
            replies.letter_failed(draft, event)
        case ErasureAsked():
            privacy.erased_by_owner(draft)
        case TroubleNoticed():
            owners.trouble(draft, event)
        case NothingHappened():
            pass
        case _:
            assert_never(event)


def _wrote(draft: Draft, event: CustomerWrote) -> None:
    """In a private chat a person of the roster may be choosing a signature, or answering in the wrong place."""
    person = draft.facts.person(event.sender.tg_id)
    if staff_talk.wrote(draft, event.sender, event.message):
        return
    if person is not None and roster.is_signature(draft, person, event.message):
        roster.signature_chosen(draft, person, event.message.text)
    elif person is not None and _is_no_customer(draft, event):
        draft.say("staff.not_a_reply")
    else:
        talk.customer_did(draft, event)


def _is_no_customer(draft: Draft, event: CustomerWrote) -> bool:
    """Nothing is going on with them as a customer, and their words are no cry for help."""
    nothing = draft.care.conversation is None and draft.care.case is None
    return nothing and health.path_of(draft, event.message.text) is Path.ORDINARY


def _fell_due(draft: Draft, timer: TimerFired) -> None:  # noqa: PLR0912, PLR0915 - one branch for each kind
    match timer.kind:
        case TimerKind.ASK:
            questions.ask_falls_due(draft, timer)
        case TimerKind.DELAY | TimerKind.SILENCE | TimerKind.QUIET | TimerKind.NO_WORDS:
            steps.wait_over(draft, timer)
        case TimerKind.WAITING:
            promises.promise_near(draft, timer)
        case TimerKind.LATE:
            promises.promise_breaking(draft, timer)
        case TimerKind.TAKEN:
            promises.taken_and_silent(draft, timer)
        case TimerKind.STILL_OPEN:
            promises.still_open(draft)
        case TimerKind.ALERT:
            health.alert_due(draft)
        case TimerKind.HEALTH_LATE:
            health.nobody_came(draft)
        case TimerKind.ARRIVAL:
            occasions.arrival_falls_due(draft, timer)
        case TimerKind.NPS:
            occasions.nps_falls_due(draft, timer)
        case TimerKind.REVIEW:
            occasions.review_falls_due(draft, timer)
        case TimerKind.CHECK:
            follow_up.falls_due(draft, timer, Trigger.CHECK)
        case TimerKind.CHECK_7D:
            follow_up.falls_due(draft, timer, Trigger.CHECK_7D)
        case TimerKind.CHECK_SILENT:
            follow_up.nobody_answered(draft, timer)
        case TimerKind.CAUSE:
            causes.ask_again(draft)
        case TimerKind.PROMISE:
            staff_promises.falls_due(draft, timer)
        case TimerKind.PRAISE:
            praise.post_praise(draft, timer)
        case TimerKind.REQUEST:
            requests.unanswered(draft)
        case TimerKind.LOOK_BACK:
            repeats.look_back(draft, timer)
        case TimerKind.TOPIC:
            forum.stray(draft, timer)
        case TimerKind.PREVENT:
            preventing.falls_due(draft, timer)
        case TimerKind.PREVENT_DUE:
            preventing.day_comes(draft, timer)
        case TimerKind.REFUND:
            refunds.ask_whether_sent(draft, timer)
        case TimerKind.REFUND_LATE:
            refunds.promise_breaks(draft, timer)
        case TimerKind.REFUND_ARRIVED:
            refunds.ask_whether_arrived(draft, timer)
        case TimerKind.LEGAL:
            refunds.law_reminds(draft, timer)
        case TimerKind.VOUCHER:
            vouchers.lapses_soon(draft, timer)
        case _:
            assert_never(timer.kind)


def _give_to_staff(draft: Draft, event: Event, lost: str) -> None:
    """The pinned flow cannot be read any more: end the conversation, and have a person answer."""
    draft.cancel_conversation_timers()
    draft.change_conversation(closed_at=draft.moment)
    draft.record("conversation_lost", step=lost)
    ended = draft.care.conversation
    draft.care = replace(draft.care, conversation=None)
    if isinstance(event, CustomerAnswered):
        _open_for(draft, event.answer)
    else:
        _decide(draft, event)
    case = draft.open_case
    if draft.care.conversation is None:
        draft.care = replace(draft.care, conversation=ended)
        if case is not None and case.reply_by is not None and not case.promised:
            promises.say_promise(draft, ())


def _open_for(draft: Draft, answer: str) -> None:
    """What the tap meant goes to a person; a good mark needs nobody."""
    mark = int(answer) if answer in _MARKS else None
    if mark is None or mark < _GOOD_MARK:
        open_case(draft, mark)


def _answer_tap(draft: Draft, event: Event) -> None:
    tap = getattr(event, "tap", None)
    if tap is not None and not any(isinstance(e, Toast) for e in draft.effects):
        draft.do(Toast(tap.id))
