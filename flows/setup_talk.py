"""The questions to a new owner: asked one after another, shown together, written at once. Then group and posters.

What was answered stands in the talk, so a restart in the middle changes nothing; nothing is written before the
owner has said that everything is right.
"""

from collections.abc import Mapping

from flows import dialogs
from flows.content_work import Hindered, Hindrance, Saved, SaveEdits, WorkOutcome
from flows.dialog import Dialog
from flows.draft import Draft
from flows.effects import ChangeButtons
from flows.events import DialogTapped, Kind, Message, StaffCommand
from flows.hours import parse_hours
from flows.links import to_choose_group, to_manage
from flows.owner_answers import say_hindered, say_saved
from flows.owners import write_to
from flows.people import Person
from flows.presses import Button, CommandPress, Rows
from flows.setup_answers import (
    BRANCHES,
    BRAND,
    HOURS,
    NIGHT,
    PHONE,
    REVIEWS,
    edits,
    read_branches,
    read_brand,
    read_hours,
    read_phones,
    read_reviews,
)
from flows.staff_effects import SendPosters, WorkOnContent

NAME = "setup"
GROUP = "group"  # the step that waits for the staff's group
_HELLO, _PRESET, _MANAGER, _SUMMARY, _FIX, _SAVING = (
    *("hello", "preset", "manager", "summary", "fix", "saving"),
)
_ORDER = (_PRESET, BRAND, PHONE, BRANCHES, HOURS, _MANAGER, REVIEWS, _SUMMARY)
_USUAL_HOURS = {"10_21": "10:00-21:00", "9_20": "9:00-20:00"}
_NEXT = (("try_it", "try"), ("show_texts", "texts"), ("show_gifts", "gifts"))  # label, command
_ME, _OTHER = "me", "other"
_SKIP = "skip"
_FIXING = "fixing"
_REPLACES = "replaces"  # another industry takes the place of everything there is


def greet(draft: Draft, tg_id: int) -> None:
    """Somebody has become the owner: the questions are offered, and the group for whoever wants none."""
    dialog = dialogs.begin(draft, tg_id, NAME, _HELLO)
    choose = Button("choose_group", to_choose_group(draft.facts.tokens))
    dialogs.ask(
        draft, dialog, "owner.hello", ((dialogs.choice(dialog, "begin", _PRESET),), (choose,))
    )


def begun(draft: Draft, person: Person) -> None:
    """The owner wants to answer the questions, once more perhaps."""
    _ask(draft, dialogs.begin(draft, person.tg_id, NAME, _PRESET), _PRESET)


def _ask(draft: Draft, dialog: Dialog, step: str, **data: str) -> None:
    """The question of a step; with a single preset there is nothing to choose."""
    if step == _PRESET and len(draft.facts.presets) < 2:
        _ask(draft, dialog, BRAND, **data)
        return
    at = dialogs.go_on(draft, dialog, step, **data)
    if step == _SUMMARY:
        _summary(draft, at)
    else:
        dialogs.ask(draft, at, f"owner.ask.{step}", _buttons(draft, at, step))


def _buttons(draft: Draft, at: Dialog, step: str) -> Rows:
    def row(*answers: tuple[str, str]) -> tuple[Button, ...]:
        return tuple(dialogs.choice(at, label, answer) for label, answer in answers)

    match step:
        case "preset":
            names = [(f"preset.{name}", name) for name in draft.facts.presets]
            return tuple(row(*names[place : place + 2]) for place in range(0, len(names), 2))
        case "phone":
            return (row(("night_phone", NIGHT)),)
        case "hours":
            return (row(*((f"hours.{name}", name) for name in _USUAL_HOURS)),)
        case "manager":
            return (row(("manager_me", _ME), ("manager_other", _OTHER)),)
        case "reviews":
            return (row(("skip", _SKIP)),)
    return ()


def _summary(draft: Draft, at: Dialog) -> None:
    told, business = at.data, draft.facts.content.business
    preset = told.get(_PRESET)
    hours = parse_hours(told[HOURS], business.branches[0].zone)
    phones = [told[PHONE], *([told[NIGHT]] if told.get(NIGHT) else [])]
    me = draft.facts.person(at.tg_id)
    by_link = draft.words().phrase("phrase.by_link")
    dialogs.ask(
        draft,
        at,
        "owner.summary",
        ((dialogs.choice(at, "all_right", "save"), dialogs.choice(at, "edit", _FIX)),),
        preset_note=draft.words().phrase("phrase.replaces") if _replaces(draft, told) else "",
        preset_title=_title(draft, preset) if preset else draft.words()["place"],
        brand=told[BRAND],
        phone_public=", ".join(phones),
        branches_line=", ".join(told[BRANCHES].split("\n")),
        hours=draft.words().phrases.hours(hours),
        reviews_line=", ".join(told.get(REVIEWS, "").split("\n")),
        manager_name=me.name if me is not None and told[_MANAGER] == _ME else by_link,
    )


def _replaces(draft: Draft, told: Mapping[str, str]) -> bool:
    """Another industry for a business that works already: its own texts, gifts and flows go."""
    now = draft.facts.preset
    return bool(draft.facts.staff_chats.bound) and told.get(_PRESET, now) != now


def _title(draft: Draft, preset: str) -> str:
    return draft.facts.content.book.texts.label(f"preset.{preset}")


# ---- answers


def tapped(draft: Draft, dialog: Dialog, event: DialogTapped) -> None:
    """A button of the question in hand; the question keeps standing, without buttons."""
    draft.do(ChangeButtons(event.tap.chat_id, event.tap.message_id))
    match dialog.step, event.answer:
        case ("hello", _):
            _ask(draft, dialog, _PRESET)
        case ("preset", name) if name in draft.facts.presets:
            _answered(draft, dialog, _PRESET, name)
        case ("phone", "night"):
            at = dialogs.go_on(draft, dialog, NIGHT)
            dialogs.ask(draft, at, "owner.ask.two_phones")
        case ("hours", usual) if usual in _USUAL_HOURS:
            _answered(draft, dialog, HOURS, _USUAL_HOURS[usual])
        case ("manager", "me" | "other"):
            _answered(draft, dialog, _MANAGER, event.answer)
        case ("reviews", "skip"):
            _answered(draft, dialog, REVIEWS, "")
        case ("summary", "save"):
            _save(draft, dialog)
        case ("summary", "fix"):
            _which(draft, dialog)
        case ("fix", step) if step in _ORDER:
            _ask(draft, dialog, step, fixing="yes")
        case _:
            dialogs.out_of_date(draft, event)


def _which(draft: Draft, dialog: Dialog) -> None:
    at = dialogs.go_on(draft, dialog, _FIX)
    steps = [step for step in _ORDER[:-1] if step != _PRESET or len(draft.facts.presets) > 1]
    rows = tuple((dialogs.choice(at, f"answer.{step}", step),) for step in steps)
    dialogs.ask(draft, at, "owner.ask.which", rows)


def wrote(draft: Draft, dialog: Dialog, message: Message) -> bool:
    """The answer in words; what cannot be used is asked for again, with an example."""
    if message.kind is not Kind.TEXT:
        return False
    match dialog.step:
        case "brand":
            _take(draft, dialog, BRAND, read_brand(message.text))
        case "phone":
            _take(draft, dialog, PHONE, "".join(read_phones(message.text, 1)), night="")
        case "night":
            day, night = read_phones(message.text, 2) or ("", "")
            _take(draft, dialog, PHONE, day, night=night)
        case "branches":
            _take(draft, dialog, BRANCHES, "\n".join(read_branches(message.text)))
        case "hours":
            _take(draft, dialog, HOURS, read_hours(message.text, draft.facts.content.business))
        case "reviews":
            _take(draft, dialog, REVIEWS, "\n".join(read_reviews(message.text)))
        case "preset" | "manager" | "summary" | "fix" | "hello":
            write_to(draft, dialog.tg_id, "owner.bad.button")
        case _:
            return False
    return True


def _take(draft: Draft, dialog: Dialog, step: str, value: str, **more: str) -> None:
    if value:
        _answered(draft, dialog, step, value, **more)
    else:
        write_to(draft, dialog.tg_id, f"owner.bad.{dialog.step}")


def _answered(draft: Draft, dialog: Dialog, step: str, value: str, **more: str) -> None:
    """On to the next question; what was being corrected leads back to the summary."""
    fixing = dialog.data.get(_FIXING)
    after = _SUMMARY if fixing else _ORDER[_ORDER.index(step) + 1]
    _ask(draft, dialog, after, **{step: value, **more})


# ---- written, and what comes then


def _save(draft: Draft, dialog: Dialog) -> None:
    replaces = "yes" if _replaces(draft, dialog.data) else ""
    at = dialogs.go_on(draft, dialog, _SAVING, **{_REPLACES: replaces})
    used = bool(draft.facts.staff_chats.bound)
    changes = edits(at.data, draft.facts.content.business, used=used)
    work = SaveEdits(changes, NAME, preset=at.data.get(_PRESET, ""))
    draft.do(WorkOnContent(at.tg_id, work, at.id))


def worked(draft: Draft, dialog: Dialog, outcome: WorkOutcome) -> bool:
    """Written (or nothing was new): on to the group. Not written: it is said why, and everything is asked again."""
    if dialog.step != _SAVING:
        return False
    match outcome:
        case Saved() | Hindered(why=Hindrance.NOTHING_NEW):
            draft.record("set_up", actor=_name(draft, dialog))
            if isinstance(outcome, Saved) and dialog.data.get(_REPLACES):
                say_saved(draft, dialog.tg_id, outcome)
        case Hindered(why=Hindrance.NO_FOLDER):
            say_hindered(draft, dialog.tg_id, outcome)
        case Hindered():
            say_hindered(draft, dialog.tg_id, outcome)
            _ask(draft, dialog, _SUMMARY)
            return True
        case _:
            return False
    _after(draft, dialog)
    return True


def _after(draft: Draft, dialog: Dialog) -> None:
    if dialog.data.get(_MANAGER) == _OTHER:
        link = to_manage(draft.facts.bot_username, draft.facts.tokens)
        write_to(draft, dialog.tg_id, "owner.manager_link", manager_link=link)
    if draft.facts.staff_chats.inside:
        _ready(draft, dialog)
        return
    at = dialogs.go_on(draft, dialog, GROUP)
    choose = Button("choose_group", to_choose_group(draft.facts.tokens))
    dialogs.ask(draft, at, "owner.group", ((choose,),))


def group_bound(draft: Draft) -> None:
    """The owner has bound the group: when that was what the talk waited for, everything is ready."""
    dialog = draft.facts.dialog
    if dialog is not None and (dialog.name, dialog.step) == (NAME, GROUP):
        _ready(draft, dialog)


def _ready(draft: Draft, dialog: Dialog) -> None:
    dialogs.finish(draft, dialog)
    draft.do(SendPosters(dialog.tg_id))
    write_to(draft, dialog.tg_id, "owner.ready", _what_next())
    if examples := draft.facts.content.business.examples:
        words = draft.words()
        named = ", ".join(words.phrase(f"phrase.example.{each}") for each in examples)
        write_to(draft, dialog.tg_id, "owner.examples", examples_list=named)


def _what_next() -> Rows:
    """A button for each of the commands there are."""
    known = {command.value: command for command in StaffCommand}
    offered = [(label, known[name]) for label, name in _NEXT if name in known]
    return (tuple(Button(label, CommandPress(command)) for label, command in offered),)


def _name(draft: Draft, dialog: Dialog) -> str:
    person = draft.facts.person(dialog.tg_id)
    return person.name if person is not None else ""
