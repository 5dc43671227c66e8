"""What a customer writes or sends: health first, then the open case, then praise, greetings and new complaints."""

from dataclasses import replace

from flows import consent, health, sharp_words, steps, story, telephone
from flows.answers import answered_in_words
from flows.book import Path
from flows.case import Heard
from flows.checks import YES
from flows.complaints import add_words, change_words, open_case
from flows.conditions import option_on
from flows.draft import Draft, open_card
from flows.effects import React
from flows.events import Kind, Message
from flows.flow import CaseAction, Trigger
from flows.media import is_asked_for, wanted
from flows.praise import keep_praise
from flows.promises import who_answers

_WORDLESS = (Kind.STICKER, Kind.ANIMATION)


def wrote(draft: Draft, message: Message, typed_phone: str = "") -> None:
    """Every message shows that it has arrived; what is said to it comes when the customer has finished."""
    if telephone.taken_as_phone(draft, message, typed_phone):
        steps.phone_answered(draft)
        return
    if message.kind is Kind.UNSUPPORTED:
        draft.say("case.unsupported")
        return
    draft.do(React(message.chat_id, message.message_id))
    special = health.path_of(draft, message.text)
    if special is not Path.ORDINARY and not _in_emergency(draft):
        open_case(draft, _rating_in_hand(draft))
        add_words(draft, message)
        health.begin(draft, special)
        return
    if sharp_words.asks_for_reviews(draft, message):
        sharp_words.tell_review_pages(draft)
        if draft.open_case is None and not _complains(draft, message):
            return
    if sharp_words.is_repeated(draft, message):
        sharp_words.repeated(draft)
        return
    if draft.open_case is not None:
        _more_words(draft, message)
    else:
        _first_words(draft, message)
    sharp_words.heard(draft, message)


def _in_emergency(draft: Draft) -> bool:
    return draft.open_case is not None and draft.case.emergency


def _rating_in_hand(draft: Draft) -> int | None:
    talk = draft.care.conversation
    return steps.rating_given(draft) if talk is not None and talk.closed_at is None else None


def _more_words(draft: Draft, message: Message) -> None:
    """Words for the open case. After an answer they begin a new wait, unless they are thanks."""
    awaited = draft.case.awaits_answer
    add_words(draft, message)
    if not awaited:
        _told_after_answer(draft, message)
    if steps.collecting(draft) is not None:
        _took(draft, message)


def _told_after_answer(draft: Draft, message: Message) -> None:
    for person in who_answers(draft):
        draft.tell(person, "staff.wrote_again", open_card(draft))
    if not _is_kind(draft, message):
        _wait_anew(draft)


def _wait_anew(draft: Draft) -> None:
    result = draft.case.check_result
    draft.change_case(waits_since=draft.moment, check_result="" if result == YES else result)
    health.await_answer(draft)
    if not draft.case.silent:
        steps.begin_for(draft, Trigger.WORDS)


# ---- without an open case ---------------------------------------------------------------------


def _first_words(draft: Draft, message: Message) -> None:
    if message.kind is Kind.TEXT and answered_in_words(draft, message.text):
        consent.offer_regular(draft)
        return
    step = steps.collecting(draft)
    if step is None:
        _out_of_the_blue(draft, message)
    elif step.case is CaseAction.PRAISE:
        _after_a_good_mark(draft, message)
    else:
        case = open_case(draft, _rating_in_hand(draft))
        draft.change_conversation(case_id=case.id)
        add_words(draft, message)
        _took(draft, message)


def _after_a_good_mark(draft: Draft, message: Message) -> None:
    """Words for the evening post, unless they ask or complain; what has no words must be looked at."""
    if message.text and not _wants_an_answer(draft, message):
        keep_praise(draft, message)
        steps.expect_quiet(draft)
    elif message.text or message.kind not in _WORDLESS:
        _begin_hearing(draft, message, _rating_in_hand(draft))


def _out_of_the_blue(draft: Draft, message: Message) -> None:
    """Words that no step waits for: kind ones are passed on, a mere greeting is asked back, the rest is a case."""
    if _is_kind(draft, message):
        keep_praise(draft, message)
        draft.say("case.praise")
    elif _is_greeting(draft, message):
        draft.say("case.unknown")
    else:
        _begin_hearing(draft, message)


def _begin_hearing(draft: Draft, message: Message, score: int | None = None) -> None:
    draft.care = replace(draft.care, case=None)
    open_case(draft, score)
    steps.begin_for(draft, Trigger.WORDS)
    add_words(draft, message)
    if steps.collecting(draft) is not None:
        _took(draft, message)


def _took(draft: Draft, message: Message) -> None:
    """A step that collects has been given something; what it did not ask for is on the card all the same.

    Said once a step; a voice message is asked to be written down where the owner wants that, once a case.
    """
    collect = draft.flow.steps[draft.conversation.step].collect
    if collect is None:
        return
    asked, before = is_asked_for(collect, message), draft.conversation.heard
    steps.expect_quiet(draft, asked=asked)
    if not asked and before is Heard.NOTHING:
        draft.say("tell.other_media", wanted=wanted(draft, collect))
    elif message.kind is Kind.VOICE and option_on(draft, "voice_hint"):
        _hint_at_writing(draft)


def _hint_at_writing(draft: Draft) -> None:
    if draft.open_case is not None and not draft.case.voice_hinted:
        draft.change_case(voice_hinted=True)
        draft.say("case.voice")


def edited(draft: Draft, message: Message) -> None:
    """A changed message says its new words in the story; one that stands in none of the case is told as one more."""
    if not message.text:
        return
    said = replace(message, kind=Kind.TEXT)
    special = health.path_of(draft, message.text)
    if draft.open_case is None:
        if special is not Path.ORDINARY or _wants_an_answer(draft, message):
            wrote(draft, said)
    elif (place := story.place_of(draft.case, message.message_id)) is not None:
        _said_otherwise(draft, said, place, special)
    elif message.text in draft.case.story:
        return
    elif special is not Path.ORDINARY:
        wrote(draft, said)
    else:
        add_words(draft, said)
        sharp_words.heard(draft, said)


def _said_otherwise(draft: Draft, message: Message, place: int, special: Path) -> None:
    """What the new words say is done as if they were written now."""
    if draft.case.story[place] == message.text:
        return
    awaited = draft.case.awaits_answer
    change_words(draft, message, place)
    if special is Path.ORDINARY:
        sharp_words.heard(draft, message)
    elif not _in_emergency(draft):
        health.begin(draft, special)
    elif not awaited:
        _told_after_answer(draft, message)


# ---- what words say ---------------------------------------------------------------------------


def _wants_an_answer(draft: Draft, message: Message) -> bool:
    return "?" in message.text or _complains(draft, message)


def _complains(draft: Draft, message: Message) -> bool:
    words = draft.facts.content.catalogue
    lists = (words.unhappy_words, words.rude_words, words.threat_words, words.lawyer_words)
    return any(each.found_in(message.text) for each in lists)


def _is_kind(draft: Draft, message: Message) -> bool:
    kind_words = draft.facts.content.catalogue.kind_words
    return (
        message.kind is Kind.TEXT
        and kind_words.found_in(message.text)
        and not _wants_an_answer(draft, message)
    )


def _is_greeting(draft: Draft, message: Message) -> bool:
    """A "hello", "?" or a sticker of somebody without a recent visit, with nothing else in it."""
    visit = draft.care.visit
    if visit is not None and draft.moment - visit.ended_at < draft.timing.visit_is_recent:
        return False
    if message.kind is not Kind.TEXT:
        return message.kind in _WORDLESS and not message.text
    words = "".join(c if c.isalnum() else " " for c in message.text).split()
    greeting = draft.facts.content.catalogue.greeting_words
    return all(greeting.found_in(word) for word in words) or greeting.is_phrase(message.text)
