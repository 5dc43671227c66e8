"""What a customer does in the private chat, one rule for each event; what is written is in hearing.py."""

from typing import assert_never

from flows import (
    answers,
    consent,
    follow_up,
    health,
    hearing,
    preferences,
    privacy,
    questions,
    steps,
    telephone,
)
from flows.draft import Draft, open_card
from flows.effects import ChangeButtons
from flows.events import (
    Command,
    ConsentMissing,
    CustomerAnswered,
    CustomerBlockedBot,
    CustomerChoseData,
    CustomerChoseLanguage,
    CustomerChoseQuiet,
    CustomerCommanded,
    CustomerEdited,
    CustomerEvent,
    CustomerOpenedBranchLink,
    CustomerOpenedVisitLink,
    CustomerSetInvitations,
    CustomerSetQuestions,
    CustomerSharedPhone,
    CustomerStarted,
    CustomerWished,
    CustomerWrote,
)
from flows.promises import stand_behind_promise
from flows.refund_times import money_asked
from flows.replies import BOT_STOPPED


def customer_did(draft: Draft, event: CustomerEvent) -> None:  # noqa: PLR0912 - one branch for each kind
    """Decide on what a customer did."""
    match event:
        case CustomerStarted():
            draft.say("start.plain")
        case CustomerOpenedVisitLink():
            questions.opened_visit_link(draft)
        case CustomerOpenedBranchLink():
            questions.opened_branch_link(draft, event)
        case CustomerWrote():
            hearing.wrote(draft, event.message, event.phone)
        case CustomerEdited():
            hearing.edited(draft, event.message)
        case CustomerAnswered():
            _answered(draft, event)
        case CustomerWished():
            _wished(draft, event)
        case CustomerSharedPhone():
            _shared_phone(draft, event)
        case CustomerCommanded():
            _commanded(draft, event.command)
        case CustomerSetQuestions():
            preferences.set_questions(draft, event)
        case CustomerChoseData():
            privacy.chosen(draft, event)
        case ConsentMissing():
            consent.missing(draft, event)
        case CustomerChoseLanguage():
            preferences.choose_language(draft, event)
        case CustomerChoseQuiet():
            preferences.choose_quiet(draft, event)
        case CustomerSetInvitations():
            draft.change_customer(invitations=event.wanted)
            draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
            draft.toast(event.tap, "review.skip")
        case CustomerBlockedBot():
            _blocked(draft, event)
        case _:
            assert_never(event)


def _shared_phone(draft: Draft, event: CustomerSharedPhone) -> None:
    words = telephone.phone_shared(draft, event)
    if words is not None:
        hearing.wrote(draft, words)
    elif event.phone and event.phone == draft.care.customer.phone:
        questions.found_by_phone(draft)
        steps.phone_answered(draft)


# ---- answers and wishes -----------------------------------------------------------------------


def _answered(draft: Draft, event: CustomerAnswered) -> None:
    talk = draft.care.conversation
    known = talk is not None and talk.id == event.conversation_id
    if talk is None or not known or talk.customer_id != draft.care.customer.id:
        answers.is_over(draft, event.tap)
    elif event.answer == "call_me" and draft.open_case is not None:
        telephone.call_wanted(draft)
    else:
        answers.answered(draft, event)
        consent.offer_regular(draft)


def _wished(draft: Draft, event: CustomerWished) -> None:
    if follow_up.is_judgement(event.wish):
        follow_up.judged(draft, event)
        return
    case = draft.open_case
    if case is None or case.id != event.case_id or case.customer_id != draft.care.customer.id:
        answers.is_over(draft, event.tap)
        return
    match event.wish:
        case "urgent":
            _urgent(draft)
        case "call":
            telephone.call_wanted(draft)
        case "fix" | "refund" | "decide":
            _wish_saved(draft, event)
        case _:
            pass


def _wish_saved(draft: Draft, event: CustomerWished) -> None:
    draft.change_case(wish=event.wish)
    if event.wish == "refund":
        money_asked(draft)
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    stand_behind_promise(draft)
    if draft.case.reply_by is not None:
        draft.toast(event.tap, "ack.wish_saved")
    draft.record("wish", wish=event.wish)
    draft.mark()


def _urgent(draft: Draft) -> None:
    """It cannot wait until we open: whoever can be reached is told personally. An emergency is told already."""
    alerted = health.recipients(draft)
    if draft.case.urgent or draft.case.emergency:
        return
    draft.change_case(urgent=True)
    for person in alerted:
        draft.tell(person, "staff.urgent", (*health.seen_button(draft), *open_card(draft)))
    health.plan_alert(draft)
    draft.say("ack.urgent" if alerted else "ack.urgent.nobody")
    draft.record("urgent")
    draft.mark()


# ---- commands ---------------------------------------------------------------------------------


def _commanded(draft: Draft, command: Command) -> None:
    match command:
        case Command.HELP:
            draft.say("help")
        case Command.STATUS:
            questions.say_status(draft)
        case Command.SETTINGS:
            preferences.show(draft)
        case Command.PRIVACY:
            privacy.show(draft)
        case Command.STOP:
            preferences.stop(draft)
        case _:
            assert_never(command)


def _blocked(draft: Draft, event: CustomerBlockedBot) -> None:
    """The customer stopped the bot, or came back; the card of an open case says so."""
    draft.change_customer(blocked_at=draft.moment if event.blocked else None)
    case = draft.open_case
    if case is None:
        return
    if event.blocked:
        draft.change_case(failure=BOT_STOPPED, failed_at=draft.moment)
    elif case.failure == BOT_STOPPED and not case.failed:
        draft.change_case(failure="", failed_at=None)
    draft.mark()
