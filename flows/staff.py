"""What a person of the staff does with a case: the tap is checked first, then one rule each."""

from collections.abc import Callable, Mapping

from flows import (
    causes,
    checks,
    choice,
    compensation,
    final_answers,
    finding,
    guest_notes,
    handing,
    health,
    letter_talk,
    letters,
    lint,
    no_news,
    ownership,
    preventing,
    private_words,
    ready_talk,
    refund_form,
    refunds,
    replies,
    requests,
    showing,
    staff_promises,
    topic_change,
)
from flows.book import OfferKind
from flows.case import Menu
from flows.draft import Draft
from flows.effects import ChangeButtons, DeleteMessage, Resend, Toast
from flows.events import StaffAction, StaffTapped
from flows.limits import visit_is_known
from flows.links import join_payload
from flows.people import GiftState, Person
from flows.promises import owner_of, stand_behind_promise

Rule = Callable[[Draft, StaffTapped, Person], None]

_SETTLING = (StaffAction.KEPT, StaffAction.MORE_TIME, StaffAction.CANNOT)
_IN_PRIVATE = (
    StaffAction.SEEN,
    StaffAction.APPROVE,
    StaffAction.REFUSE,
    StaffAction.GIVE,
    StaffAction.PREVENTION,
    *_SETTLING,
)  # pressed under a private message they have had their say
_FOR_ALL = (  # on a case of the manager's, too: it is handed up, or seen by whoever is on duty
    StaffAction.SEEN,
    StaffAction.TO_MANAGER,
    StaffAction.MORE,
    StaffAction.BACK,
)
_ANYBODY = (StaffAction.MORE, StaffAction.BACK, StaffAction.TO_MANAGER)


def tapped(draft: Draft, event: StaffTapped) -> None:
    """Check who is at the button, then act. Callback data is input: a wrong argument changes nothing."""
    person = draft.facts.person(event.by.tg_id)
    if person is None:
        draft.do(Toast(event.tap.id, start=join_payload(draft.facts.tokens, event.tap.chat_id)))
        return
    if draft.facts.stray:
        draft.do(DeleteMessage(event.tap.chat_id, event.tap.message_id))
        draft.toast(event.tap, "staff.toast.outdated")
        return
    if event.action not in _ANYBODY and draft.is_about(person):
        draft.toast(event.tap, "staff.toast.own_case", alert=True)
        return
    if event.action not in _FOR_ALL and not finding.may_read(draft, person):
        draft.toast(event.tap, "find.not_yours", alert=True)
        return
    if event.tap.chat_id > 0 and event.action in _IN_PRIVATE:
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    RULES[event.action](draft, event, person)


def _take_back(draft: Draft, event: StaffTapped, person: Person) -> None:
    offered = next((g for g in draft.facts.gifts if str(g.id) == event.arg), None)
    if offered is not None and offered.state is GiftState.OFFERED:
        choice.withdraw(draft, offered)
        draft.toast(event.tap, "staff.toast.cancelled")
        draft.record("taken_back", actor=person.name, gift=offered.id)
    else:
        compensation.take_back(draft, event, person)


def _ask_manager(draft: Draft, event: StaffTapped, person: Person) -> None:
    """The card has no gift buttons because no visit was found: the manager decides on the best one."""
    gifts = [o for o in compensation.offers_left(draft) if o.kind is OfferKind.GIFT]
    if not draft.case.is_open or not compensation.gifts_allowed(draft) or not gifts:
        draft.toast(event.tap, "staff.toast.outdated")
        return
    requests.ask_senior(draft, event, person, gifts[0], "phrase.reason.no_visit")


def _turn_menu(draft: Draft, event: StaffTapped, person: Person) -> None:
    if draft.case.is_open:
        more = event.action is StaffAction.MORE
        senior = draft.facts.content.catalogue.rank(person.role) > 0
        opened = Menu.SENIOR if senior else Menu.MORE
        draft.change_case(menu=opened if more else Menu.MAIN)
        draft.mark()
    draft.toast(event.tap)


def _resolve(draft: Draft, event: StaffTapped, person: Person) -> None:
    if not draft.case.is_open:
        draft.toast(event.tap, "staff.toast.closed")
    elif final_answers.only_final_closes(draft):
        final_answers.resolve_wanted(draft, event, person)
    else:
        checks.resolve(draft, event, person)


def _resend(draft: Draft, event: StaffTapped, person: Person) -> None:
    case = draft.case
    if not case.failed:
        draft.toast(event.tap, "staff.toast.outdated")
        return
    again = [letter.key for letter in case.failed if letter.key in draft.facts.parked]
    draft.do(*map(Resend, again))
    resent = tuple(letter for letter in case.failed if letter.key in again)
    draft.change_case(failure="", failed_at=None, failed=(), resent=resent)
    draft.toast(event.tap, "staff.toast.resent" if again else "staff.toast.outdated")
    draft.record("resent", actor=person.name, letters=len(again))
    draft.mark()


def _call(draft: Draft, event: StaffTapped, _person: Person) -> None:
    """The number is shown to nobody but the person who pressed."""
    text = "staff.call" if draft.care.customer.phone else "staff.toast.no_call"
    draft.toast(event.tap, text, alert=True)


def _ask_visit(draft: Draft, event: StaffTapped, person: Person) -> None:
    case = draft.case
    if not case.is_open:
        draft.toast(event.tap, "staff.toast.closed")
        return
    if case.emergency or visit_is_known(draft):
        draft.toast(event.tap, "staff.toast.outdated")
        draft.mark()
        return
    if case.visit_asked_at is not None:
        draft.toast(event.tap, "staff.toast.visit_asked")
        return
    draft.change_case(visit_asked_at=draft.moment)
    if owner_of(draft) is None:
        draft.change_case(owner_id=person.id, taken_at=draft.moment)
    stand_behind_promise(draft)
    draft.say("offer.need_visit", agent=person)
    draft.toast(event.tap, "staff.toast.asked_visit")
    draft.record("asked_visit", actor=person.name)
    draft.mark()


def _seen(draft: Draft, event: StaffTapped, person: Person) -> None:
    if draft.case.severe or draft.case.urgent:
        health.seen(draft, person)
    draft.toast(event.tap)


def _about_others(draft: Draft, event: StaffTapped, person: Person) -> None:
    requests.show_others(draft, event, person, compensation.offers_left(draft))


RULES: Mapping[StaffAction, Rule] = {
    StaffAction.TAKE: ownership.take,
    StaffAction.TO_MANAGER: ownership.hand_up,
    StaffAction.TO_OTHER: handing.choose_person,
    StaffAction.HAND_TO: handing.choose_reason,
    StaffAction.HAND_OVER: handing.hand_over,
    StaffAction.SEEN: _seen,
    StaffAction.NOTE: private_words.ask,
    StaffAction.GUEST_NOTE: private_words.ask,
    StaffAction.VOW: private_words.ask,
    StaffAction.GUEST_FORGET: guest_notes.remove,
    StaffAction.TOPICS: topic_change.choose,
    StaffAction.SET_TOPIC: topic_change.change,
    StaffAction.NOTHING_NEW: no_news.say,
    StaffAction.READY: ready_talk.show,
    StaffAction.SEND_READY: ready_talk.send,
    StaffAction.GIVE: compensation.give,
    StaffAction.UNDO: _take_back,
    StaffAction.CHOICE: choice.offer_choice,
    StaffAction.ASK_MANAGER: _ask_manager,
    StaffAction.APPROVE: compensation.approve,
    StaffAction.REFUSE: requests.refuse,
    StaffAction.OTHER: _about_others,
    StaffAction.MORE: _turn_menu,
    StaffAction.BACK: _turn_menu,
    StaffAction.RESOLVE: _resolve,
    StaffAction.CAUSE: causes.name_cause,
    StaffAction.REOPEN: checks.reopen_by_staff,
    StaffAction.STOP_REPLY: replies.stop,
    StaffAction.RESEND: _resend,
    StaffAction.CALL: _call,
    StaffAction.ASK_VISIT: _ask_visit,
    StaffAction.CORRECT: replies.correct,
    StaffAction.UNDERSTOOD: lint.tapped,
    StaffAction.NO_HINTS: lint.tapped,
    StaffAction.HINTS: lint.tapped,
    StaffAction.SEND_AS_IS: lint.tapped,
    StaffAction.REMIND: staff_promises.remind,
    StaffAction.KEPT: staff_promises.settle,
    StaffAction.MORE_TIME: staff_promises.settle,
    StaffAction.CANNOT: staff_promises.settle,
    StaffAction.LETTER: letter_talk.wanted,
    StaffAction.LETTER_SEND: letters.sent,
    StaffAction.LETTER_EDIT: letter_talk.corrected,
    StaffAction.LETTER_DROP: letters.dropped,
    StaffAction.SHOW: showing.show_more,
    StaffAction.HISTORY: finding.tell_history,
    StaffAction.POST_AGAIN: finding.post_again,
    StaffAction.REFUND: refund_form.begin,
    StaffAction.REFUND_SENT: refunds.mark_sent,
    StaffAction.REFUND_WAIT: refunds.not_yet,
    StaffAction.PREVENTION: preventing.tapped,
}
