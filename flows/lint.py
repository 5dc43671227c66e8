"""What of a reply's findings its author is told, privately, and what the buttons under that hint do."""

import html
from dataclasses import dataclass, replace

from flows.draft import Draft
from flows.effects import ChangeButtons, Release, SavePerson
from flows.events import LetterKind, Message, StaffAction, StaffTapped
from flows.limits import visit_is_known
from flows.people import Person
from flows.presses import Button, CasePress, OpenUrl, Rows
from flows.room import units
from flows.story import told
from flows.texts import Markup
from flows.tone import IMPORTANT, Findings, Known, Lint, Rule, Tone
from flows.word_forms import plain

_NAME_WANTED_FROM = 60  # characters of a reply; a shorter one is half of a talk
_SORRY_WANTED_FROM = 20
_STILL_FINE = 3  # the lowest mark of a customer who is not unhappy is one more
_STEM = 5  # letters by which a story is searched for a word
_BEFORE_WORDS = (
    Rule.KNOWN,
    Rule.CHANNEL,
    Rule.CALL,
    Rule.WHO,
    Rule.NEXT_TIME,
    Rule.LENGTH,
    Rule.SORRY_FOR,
    Rule.APOLOGY,
)
_AFTER_WORDS = (Rule.NAME_TWICE, Rule.SHOUTING, Rule.EMOJI, Rule.CAPITAL_YOU, Rule.NAME)


@dataclass(frozen=True, slots=True)
class Hint:
    """One line: the name of what was found, the line as Telegram HTML, whether it is said every time."""

    id: str
    line: str
    important: bool = False


def hints(
    draft: Draft, person: Person, findings: Findings | None, *, first: bool
) -> tuple[Hint, ...]:
    """What the author of a reply is told about it, the most important first; `first` answers the story.

    The same is not said twice to a person within a day of the branch, unless it is important.
    """
    tone = _tone(draft, findings)
    off = draft.facts.content.business.lint is Lint.OFF or not person.hints or not person.reachable
    if findings is None or tone is None or off:
        return ()
    found = _found(draft, tone, findings, first=first)
    said = _said_today(draft, person)
    fresh = [hint for hint in found if hint.important or hint.id not in said]
    return tuple(sorted(fresh, key=lambda hint: not hint.important)[: tone.most_lines])


def _tone(draft: Draft, findings: Findings | None) -> Tone | None:
    return draft.facts.content.tones.get(findings.language) if findings else None


def waits_for_author(draft: Draft, found: tuple[Hint, ...]) -> bool:
    """By the owner's setting the reply does not leave until its author has said so."""
    return bool(found) and draft.facts.content.business.lint is Lint.BEFORE


def _found(draft: Draft, tone: Tone, findings: Findings, *, first: bool) -> list[Hint]:
    texts = draft.facts.content.book.texts
    rules = _rules(draft, tone, findings, first=first)

    def of_rules(names: tuple[Rule, ...]) -> list[Hint]:
        values = draft.words(
            known_fields=_known_fields(draft, findings), ratio=_ratio(draft, findings)
        )
        return [
            Hint(rule, texts.render(f"lint.{rule}", values), rule in IMPORTANT)
            for rule in names
            if rule in rules
        ]

    words = [
        Hint(word.rule, html.escape(word.say, quote=False), word.important)
        for word in findings.words
    ]
    return [*of_rules(_BEFORE_WORDS), *words, *of_rules(_AFTER_WORDS)]


def _rules(draft: Draft, tone: Tone, findings: Findings, *, first: bool) -> set[Rule]:
    """Those of the findings that matter for this customer and case, and those that hang on the case alone."""
    unhappy, rules = _is_unhappy(draft), set(findings.rules)
    if not unhappy:
        rules -= {Rule.APOLOGY, Rule.SORRY_FOR, Rule.EMOJI}
    if not first or findings.length < _SORRY_WANTED_FROM:
        rules.discard(Rule.APOLOGY)
    if _wants_call(draft, tone):
        rules.discard(Rule.CALL)
    if Rule.WHO in rules:
        rules.discard(Rule.NEXT_TIME)  # one line says both
    if _known(draft, findings):
        rules.add(Rule.KNOWN)
    if (
        first
        and findings.length < tone.long_reply
        and units(told(draft.case.story)) > tone.long_story
    ):
        rules.add(Rule.LENGTH)
    return (rules | _of_name(draft, findings, wanted=first and unhappy)) - tone.off


def _is_unhappy(draft: Draft) -> bool:
    case = draft.case
    if case.score is not None:
        return case.score <= _STILL_FINE
    unhappy = draft.facts.content.catalogue.unhappy_words
    return case.topic is not None or unhappy.found_in(told(case.story))


def _wants_call(draft: Draft, tone: Tone) -> bool:
    """Pressed "call me", or asked for it in words."""
    story = plain(told(draft.case.story))
    asked = any(phrase[0][:_STEM] in story for phrase in tone.calling.any_form)
    return asked or draft.case.call_asked_at is not None


def _of_name(draft: Draft, findings: Findings, *, wanted: bool) -> set[Rule]:
    name = draft.care.customer.name.casefold()
    if not name:
        return set()
    times = sum(each.casefold() == name for each in findings.names)
    if times > 1:
        return {Rule.NAME_TWICE}
    return {Rule.NAME} if wanted and not times and findings.length >= _NAME_WANTED_FROM else set()


def _known(draft: Draft, findings: Findings) -> list[Known]:
    """What the reply asks for though the card shows it."""
    visit, customer = draft.care.visit, draft.care.customer
    there = {
        Known.WHEN: visit is not None and visit_is_known(draft),
        Known.WHO: visit is not None and bool(visit.master),
        Known.PHONE: bool(customer.phone),
        Known.NAME: bool(customer.name),
    }
    return [known for known in Known if known in findings.asks and there.get(known)]


def _known_fields(draft: Draft, findings: Findings) -> str:
    words = draft.words()
    return ", ".join(words.phrase(f"phrase.known.{known}") for known in _known(draft, findings))


def _ratio(draft: Draft, findings: Findings) -> str:
    """How many times longer the story is, counted in words: "5 times"."""
    times = max(2, round(units(told(draft.case.story)) / max(1, findings.length)))
    return draft.words().phrases.counted("times", times)


def _said_today(draft: Draft, person: Person) -> frozenset[str]:
    day, _, said = person.hinted.partition(" ")
    return frozenset(said.split(",")) if day == _today(draft) else frozenset()


def _today(draft: Draft) -> str:
    return draft.moment.astimezone(draft.branch.zone).date().isoformat()


# ---- telling ----------------------------------------------------------------------------------


def tell(
    draft: Draft, person: Person, found: tuple[Hint, ...], message: Message, number: int
) -> None:
    """Show the author the hints, with the promises found, in one private message; silence when all is well."""
    offers = [p for p in draft.case.promises if p.reply == number and not p.reminded]
    lines = [hint.line for hint in found]
    texts = draft.facts.content.book.texts
    lines += [
        texts.render("lint.promise", draft.words(promise=each.words, promise_when=each.due))
        for each in offers
    ]
    rows = rows_of(draft, f"{number}:{message.chat_id}:{message.message_id}", hinted=bool(found))
    if found:
        text = "staff.lint.preview" if waits_for_author(draft, found) else "staff.lint"
        draft.tell(person, text, rows, lint_lines=_listed(lines))
        said = sorted(_said_today(draft, person) | {hint.id for hint in found})
        draft.do(SavePerson(replace(person, hinted=f"{_today(draft)} {','.join(said)}")))
    elif offers:
        draft.tell(person, "staff.promise_offer", rows, lint_lines=_listed(lines))


def _listed(lines: list[str]) -> Markup:
    """One line goes on with the sentence, several stand below it."""
    return Markup(lines[0] if len(lines) == 1 else "".join(f"\n— {line}" for line in lines))


def rows_of(draft: Draft, reply: str, *, hinted: bool) -> Rows:
    """The buttons under a hint; `reply` is its number with the chat and the message it was written as."""
    case = draft.case
    number = int(reply.partition(":")[0])
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                "set_reminder",
                CasePress(case.id, StaffAction.REMIND, f"{each.number}:{int(hinted)}:{reply}"),
                draft.words(promise_when=each.due),
            ),
        )
        for each in case.promises
        if each.reply == number and not each.reminded
    ]

    def button(label: str, action: StaffAction) -> Button:
        return Button(label, CasePress(case.id, action, reply))

    if not hinted:
        return (*rows, (button("not_needed", StaffAction.UNDERSTOOD),)) if rows else ()
    if any(held.number == number and held.waits for held in case.held):
        rows.append(
            (button("edit", StaffAction.CORRECT), button("send_as_is", StaffAction.SEND_AS_IS))
        )
    else:
        rows.append(
            (button("correct", StaffAction.CORRECT), button("understood", StaffAction.UNDERSTOOD))
        )
    return (*rows, (button("no_hints", StaffAction.NO_HINTS),))


# ---- the buttons ------------------------------------------------------------------------------


def tapped(draft: Draft, event: StaffTapped, person: Person) -> None:
    """A button under a hint; what it says of the reply is input, and names at most a message of the staff's own."""
    match event.action:
        case StaffAction.SEND_AS_IS:
            _send_as_is(draft, event, person)
        case StaffAction.NO_HINTS | StaffAction.HINTS:
            _switch(draft, event, person)
        case _:
            take_buttons_away(draft, event)
            draft.toast(event.tap)


def take_buttons_away(draft: Draft, event: StaffTapped, rows: Rows = ()) -> None:
    """The hint has been answered; on a card the buttons follow the case by themselves."""
    if event.tap.chat_id > 0:
        draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id, rows))


def _switch(draft: Draft, event: StaffTapped, person: Person) -> None:
    """No hints for this person any more, or again; the button says how to turn back."""
    on = event.action is StaffAction.HINTS
    draft.do(SavePerson(replace(person, hints=on)))
    back = () if on else ((Button("hints_again", CasePress(draft.case.id, StaffAction.HINTS)),),)
    take_buttons_away(draft, event, back)
    draft.toast(event.tap, "staff.toast.hints_on" if on else "staff.toast.hints_off")


def ask_for_text(draft: Draft, person: Person) -> None:
    """The reply was taken back: its author sends another one in answer to this."""
    draft.tell(person, "staff.rewrite", kind=LetterKind.REWRITE)


def lead_to_message(draft: Draft, person: Person, written_as: str) -> None:
    """The customer has the reply: its author changes the own message, and the copy changes with it."""
    draft.tell(person, "staff.rewrite.sent", _to_message(written_as))


def _to_message(written_as: str) -> Rows:
    """The way to the author's own message, where it has an address."""
    chat, _, message = written_as.partition(":")
    if not chat.startswith("-100") or not (chat[4:].isdecimal() and message.isdecimal()):
        return ()
    return ((Button("open_message", OpenUrl(f"https://t.me/c/{chat[4:]}/{message}")),),)


def _send_as_is(draft: Draft, event: StaffTapped, person: Person) -> None:
    number = event.arg.partition(":")[0]
    held = next((each for each in draft.case.held if str(each.number) == number), None)
    take_buttons_away(draft, event)
    if held is None or not held.waits or not draft.facts.letter_waits:
        draft.toast(event.tap, "staff.toast.too_late", alert=True)
        return
    others = tuple(each for each in draft.case.held if each.number != held.number)
    draft.change_case(held=(*others, replace(held, waits=False, until=draft.moment)))
    draft.do(Release(held.key))
    draft.record("sent_as_is", actor=person.name, number=held.number)
    draft.toast(event.tap, "staff.toast.sent_as_is")
    draft.mark()
