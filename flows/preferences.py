"""What a customer wants of the bot: /settings, /stop, the language. What follows for questions is in questions.py."""

from flows import consent
from flows.clocks import clock
from flows.draft import Draft
from flows.effects import ChangeButtons
from flows.events import (
    CustomerChoseLanguage,
    CustomerChoseQuiet,
    CustomerSetQuestions,
    DataChoice,
)
from flows.languages import own_name
from flows.presses import Button, DataPress, LanguagePress, QuestionsPress, QuietPress, Rows
from flows.quiet import CHOICES, KEEP

_LANGUAGES_IN_A_ROW = 2


def show(draft: Draft) -> None:
    """/settings: how things stand, and a button for whatever may be changed; a new setting is a new row."""
    rows = (
        *_language_rows(draft),
        _questions_row(draft),
        _quiet_row(draft),
        *_phone_row(draft),
    )
    chosen = own_name(draft.language) if len(draft.facts.content.languages) > 1 else ""
    draft.say("settings.main", rows, language=chosen)


def _language_rows(draft: Draft) -> Rows:
    """The languages there are, each in its own words; with one alone there is nothing to choose."""
    languages = draft.facts.content.languages
    buttons = [
        Button(
            "language",
            LanguagePress(code),
            {"language": own_name(code)},
            ticked=code == draft.language,
        )
        for code in languages
        if len(languages) > 1
    ]
    width = _LANGUAGES_IN_A_ROW
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))


def _questions_row(draft: Draft) -> tuple[Button, ...]:
    wanted = draft.care.customer.questions
    label = "stop_asking" if wanted else "resume_asking"
    return (Button(label, QuestionsPress(not wanted)),)


def _phone_row(draft: Draft) -> Rows:
    """The number can be taken back alone."""
    if not draft.care.customer.phone:
        return ()
    return ((Button("forget_phone", DataPress(DataChoice.FORGET_PHONE)),),)


def _quiet_row(draft: Draft) -> tuple[Button, ...]:
    since, until = _span(draft)
    return (Button("quiet_hours", QuietPress(), {"quiet_from": since, "quiet_to": until}),)


def _span(draft: Draft) -> tuple[str, str]:
    """When the bot does not write, as a clock shows it; empty where it always may."""
    quiet, locale = draft.quiet(), draft.words().content.business.locale
    if quiet.start == quiet.end:
        return "", ""
    return clock(quiet.start, locale), clock(quiet.end, locale)


def choose_quiet(draft: Draft, event: CustomerChoseQuiet) -> None:
    """When the bot may write by itself: shown with what there is to choose, or chosen."""
    if event.hours == "":
        names = (*CHOICES, KEEP)
        hours = [Button(f"quiet.{name}", QuietPress(name)) for name in names]
        since, until = _span(draft)
        text = "quiet.set" if since else "quiet.none"
        draft.say(text, (tuple(hours[:-1]), (hours[-1],)), quiet_from=since, quiet_to=until)
        return
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    if event.hours in CHOICES:
        draft.change_customer(quiet=event.hours)
        since, until = _span(draft)
        draft.toast(event.tap, "quiet.saved", quiet_from=since, quiet_to=until)


def choose_language(draft: Draft, event: CustomerChoseLanguage) -> None:
    """From now on in this language, the settings first; one that is gone changes nothing."""
    if event.language in draft.facts.content.languages:
        draft.change_customer(language=event.language)
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    if draft.open_case is not None:
        draft.mark()
    show(draft)


def set_questions(draft: Draft, event: CustomerSetQuestions) -> None:
    """Ask me after visits, or do not; whichever message the button stood under has done its work."""
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    if event.wanted:
        consent.set_regular(draft, given=True, wording="stop.confirm")
        draft.say("stop.resumed")
    else:
        stop(draft)


def stop(draft: Draft) -> None:
    """/stop: no more questions after visits."""
    consent.set_regular(draft, given=False, wording="stop.confirm")
    draft.say("stop.confirm", ((Button("resume_asking", QuestionsPress(wanted=True)),),))
