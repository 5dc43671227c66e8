"""What a customer does in the private chat: links, words, wishes, commands, the telephone."""

from dataclasses import replace
from typing import assert_never

from flows import health, questions, steps, telephone
from flows.book import CaseAction, Path, Step, Trigger
from flows.complaints import add_words, open_case
from flows.draft import Draft, card_link
from flows.effects import ChangeButtons, React
from flows.events import (
    Command,
    CustomerAnswered,
    CustomerBlockedBot,
    CustomerCommanded,
    CustomerEdited,
    CustomerEvent,
    CustomerOpenedBranchLink,
    CustomerOpenedVisitLink,
    CustomerSetQuestions,
    CustomerSharedPhone,
    CustomerStarted,
    CustomerWished,
    CustomerWrote,
    Kind,
    Message,
    StaffAction,
)
from flows.presses import Button, CasePress, QuestionsPress
from flows.promises import stand_behind_promise, who_answers


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
            _wrote(draft, event.message, event.phone)
        case CustomerEdited():
            _edited(draft, event.message)
        case CustomerAnswered():
            _answered(draft, event)
        case CustomerWished():
            _wished(draft, event)
        case CustomerSharedPhone():
            words = telephone.phone_shared(draft, event)
            if words is not None:
                _wrote(draft, words)
        case CustomerCommanded():
            _commanded(draft, event.command)
        case CustomerSetQuestions():
            _set_questions(draft, event)
        case CustomerBlockedBot():
            _blocked(draft, event)
        case _:
            assert_never(event)


# ---- words ------------------------------------------------------------------------------------


def _wrote(draft: Draft, message: Message, typed_phone: str = "") -> None:
    if telephone.taken_as_phone(draft, message, typed_phone):
        return
    if message.kind is Kind.UNSUPPORTED:
        draft.say("case.unsupported")
        return
    draft.do(React(message.chat_id, message.message_id))
    special = health.path_of(draft, message.text)
    if special is not Path.ORDINARY:
        open_case(draft, _rating_of_conversation(draft))
        add_words(draft, message)
        health.begin(draft, special)
    elif draft.open_case is not None:
        _add_to_open_case(draft, message)
    else:
        _heard_without_case(draft, message)


def _rating_of_conversation(draft: Draft) -> int | None:
    talk = draft.care.conversation
    return steps.rating_given(draft, draft.flow) if talk is not None else None


def _add_to_open_case(draft: Draft, message: Message) -> None:
    waited = draft.case.reply_by is not None
    add_words(draft, message)
    if steps.collecting(draft) is not None:
        steps.expect_quiet(draft)
    elif draft.case.path is Path.ORDINARY and not waited and not _is_kind(draft, message):
        steps.begin(draft, Trigger.WORDS)
        steps.expect_quiet(draft)
        for person in who_answers(draft):
            draft.tell(person, "staff.wrote_again", ((Button("open_card", card_link(draft)),),))
    elif not waited:
        for person in who_answers(draft):
            draft.tell(person, "staff.wrote_again", ((Button("open_card", card_link(draft)),),))


def _heard_without_case(draft: Draft, message: Message) -> None:
    step = steps.collecting(draft)
    if step is None:
        _heard_out_of_the_blue(draft, message)
    elif step.case is CaseAction.PRAISE:
        _heard_after_a_good_mark(draft, message)
    else:
        _case_from_words(draft, message, step)
        steps.expect_quiet(draft)


def _case_from_words(draft: Draft, message: Message, step: Step) -> None:
    if step.case is CaseAction.OPEN_ON_ANSWER:
        case = open_case(draft, steps.rating_given(draft, draft.flow))
        draft.change_conversation(case_id=case.id)
        add_words(draft, message)
    elif draft.care.case is None:
        open_case(draft)
        add_words(draft, message)
    else:
        _heard_out_of_the_blue(draft, message)


def _heard_after_a_good_mark(draft: Draft, message: Message) -> None:
    if draft.facts.content.catalogue.unhappy_words.found_in(message.text):
        score = steps.rating_given(draft, draft.flow)
        draft.change_conversation(closed_at=draft.moment)
        draft.cancel_conversation_timers()
        open_case(draft, score)
        _begin_hearing(draft, message)
    elif message.text:
        steps.keep_praise(draft, message)
        steps.expect_quiet(draft)
    else:
        _heard_out_of_the_blue(draft, message)


def _heard_out_of_the_blue(draft: Draft, message: Message) -> None:
    """Words that no step waits for: kind ones are passed on, a mere greeting is asked back, the rest is a case."""
    if _is_kind(draft, message):
        steps.keep_praise(draft, message)
        draft.say("case.praise")
    elif _is_greeting(draft, message):
        draft.say("case.unknown")
    else:
        _begin_hearing(draft, message)


def _begin_hearing(draft: Draft, message: Message) -> None:
    if draft.open_case is None:
        draft.care = replace(draft.care, case=None)
    steps.begin(draft, Trigger.WORDS)
    if draft.open_case is None:
        open_case(draft)
    add_words(draft, message)
    steps.expect_quiet(draft)


def _is_kind(draft: Draft, message: Message) -> bool:
    catalogue = draft.facts.content.catalogue
    return (
        message.kind is Kind.TEXT
        and catalogue.kind_words.found_in(message.text)
        and not catalogue.unhappy_words.found_in(message.text)
        and "?" not in message.text
    )


def _is_greeting(draft: Draft, message: Message) -> bool:
    """A "hello" or "?" of somebody without a recent visit, with nothing else in it."""
    if message.kind is not Kind.TEXT:
        return False
    visit = draft.care.visit
    if visit is not None and draft.moment - visit.ended_at < questions.VISIT_IS_RECENT:
        return False
    words = "".join(c if c.isalnum() else " " for c in message.text).split()
    greeting = draft.facts.content.catalogue.greeting_words
    return all(greeting.found_in(word) for word in words) or greeting.is_phrase(message.text)


def _edited(draft: Draft, message: Message) -> None:
    """A changed message is told to staff as one more: what was read before must not vanish."""
    if draft.open_case is not None and message.text and message.text not in draft.case.story:
        add_words(draft, replace(message, kind=Kind.TEXT))


# ---- answers and wishes -----------------------------------------------------------------------


def _answered(draft: Draft, event: CustomerAnswered) -> None:
    talk = draft.care.conversation
    if talk is None or talk.id != event.conversation_id:
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    elif event.answer == "call_me":
        telephone.call_wanted(draft)
    else:
        steps.answered(draft, event)


def _wished(draft: Draft, event: CustomerWished) -> None:
    case = draft.open_case
    if case is None or case.id != event.case_id:
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
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
    asked = draft.moment if event.wish == "refund" else draft.case.refund_asked_at
    draft.change_case(wish=event.wish, refund_asked_at=asked)
    stand_behind_promise(draft)
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    draft.toast(event.tap, "ack.wish_saved")
    draft.record("wish", wish=event.wish)
    draft.mark()


def _urgent(draft: Draft) -> None:
    """It cannot wait until we open: whoever can be reached is told personally."""
    if draft.case.urgent:
        return
    draft.change_case(urgent=True)
    seen = Button("seen", CasePress(draft.case.id, StaffAction.SEEN))
    for person in health.recipients(draft):
        draft.tell(person, "staff.urgent", ((seen,), (Button("open_card", card_link(draft)),)))
    draft.say("ack.urgent")
    draft.record("urgent")
    draft.mark()


# ---- commands ---------------------------------------------------------------------------------


def _commanded(draft: Draft, command: Command) -> None:
    match command:
        case Command.HELP:
            draft.say("help")
        case Command.STATUS:
            questions.say_status(draft)
        case Command.PRIVACY:
            draft.say("privacy.main")
        case Command.STOP:
            _stop(draft)
        case _:
            assert_never(command)


def _stop(draft: Draft) -> None:
    draft.change_customer(questions=False)
    draft.say("stop.confirm", ((Button("resume_asking", QuestionsPress(wanted=True)),),))


def _set_questions(draft: Draft, event: CustomerSetQuestions) -> None:
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    if event.wanted:
        draft.change_customer(questions=True)
        draft.say("consent.agreed")
    else:
        _stop(draft)


def _blocked(draft: Draft, event: CustomerBlockedBot) -> None:
    """The customer stopped the bot, or came back; an open case says so."""
    draft.change_customer(blocked_at=draft.moment if event.blocked else None)
    if draft.open_case is not None and event.blocked:
        draft.change_case(failure="fail.blocked", failed_at=draft.moment)
        draft.mark()
