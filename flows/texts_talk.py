"""/texts: the owner finds a text, sends new words, sees how they will look, saves. Judging and writing: bot/."""

import html
import json
from collections.abc import Iterable

from flows import dialogs, text_editing
from flows.content_work import (
    Edit,
    EditKind,
    Hindered,
    Hindrance,
    Judged,
    JudgeEdits,
    ReadFiles,
    SaveEdits,
    WorkOutcome,
)
from flows.dialog import Dialog
from flows.draft import Draft
from flows.events import DialogTapped, Kind, Message, Tap
from flows.owner_answers import fault_line
from flows.people import Person
from flows.presses import Button, Rows
from flows.staff_effects import WorkOnContent
from flows.texts import Texts

NAME = "texts"
_ON_PAGE = 8
_LONGEST_SEARCH = 60  # characters; longer words are no search


def begun(draft: Draft, person: Person) -> None:
    """The list of what is changed most; other words are a search."""
    dialog = dialogs.begin(draft, person.tg_id, NAME, "list")
    dialogs.ask(draft, dialog, "owner.texts.list", _list_rows(draft, dialog))


def tapped(draft: Draft, dialog: Dialog, event: DialogTapped) -> None:
    """A button of one of the steps."""
    answer, argument = dialogs.answer_of(event)
    match answer:
        case "main":
            key = text_editing.main_texts(draft).get(argument, "")
            _show(draft, dialog, "texts", key, on=event.tap)
        case "found":
            section, _, key = _listed(dialog)[int(argument)].partition(":")
            _show(draft, dialog, section, key, on=event.tap)
        case "page":
            _found(draft, dialog, _listed(dialog), int(argument), on=event.tap)
        case "language":
            after = dialogs.go_on(draft, dialog, "list", language=argument)
            dialogs.ask(draft, after, "owner.texts.list", _list_rows(draft, after), on=event.tap)
        case "list":
            after = dialogs.go_on(draft, dialog, "list")
            dialogs.ask(draft, after, "owner.texts.list", _list_rows(draft, after), on=event.tap)
        case "again":
            _show(draft, dialog, dialog.data["section"], dialog.data["key"], on=event.tap)
        case "restore":
            _judge(draft, dialog, _edit(draft, dialog, None))
        case "save":
            _save(draft, dialog)
        case "file":
            draft.do(WorkOnContent(dialog.tg_id, ReadFiles(_file(draft, dialog)), dialog.id))
        case _:
            dialogs.out_of_date(draft, event)


def wrote(draft: Draft, dialog: Dialog, message: Message) -> bool:
    """New words for the text at hand; in the list, words to look for."""
    if message.kind is not Kind.TEXT:
        return False
    if dialog.step in ("show", "judging", "preview"):
        plain = dialog.data["section"] == "buttons"
        words = message.text if plain else message.html or html.escape(message.text, quote=False)
        _judge(draft, dialog, _edit(draft, dialog, words.strip()))
        return True
    if dialog.step not in ("list", "found") or len(message.text) > _LONGEST_SEARCH:
        return False
    keys = [":".join(each) for each in text_editing.found(_texts(draft, dialog), message.text)]
    _found(draft, dialog, keys, 0)
    return True


def worked(draft: Draft, dialog: Dialog, outcome: WorkOutcome) -> bool:
    """The new words are judged: shown as customers will see them, or refused."""
    match outcome:
        case Judged(edits) if dialog.step in ("judging", "preview"):
            _preview(draft, dialog, edits)
            return True
        case Hindered(Hindrance.MISTAKES, faults) if dialog.step == "judging":
            after = dialogs.go_on(draft, dialog, "show")
            rows = ((dialogs.cancelling(after),),)
            ours = [fault for fault in faults if fault.file == _file(draft, dialog)] or faults
            is_ours = ours[0].file == _file(draft, dialog)
            line = ours[0].what if is_ours else fault_line(ours[0])
            dialogs.ask(draft, after, "owner.texts.bad", rows, mistake_line=line)
            return True
        case Hindered() if dialog.step == "judging":
            dialogs.go_on(draft, dialog, "show")
            return False
        case _:
            if dialog.step == "saving":
                dialogs.finish(draft, dialog)
            return False


# ---- steps ------------------------------------------------------------------------------------


def _list_rows(draft: Draft, dialog: Dialog) -> Rows:
    main = text_editing.main_texts(draft)
    buttons = [dialogs.choice(dialog, f"edit_text.{name}", f"main:{name}") for name in main]
    languages = text_editing.languages(draft)
    others = [name for name in languages if name != _language(draft, dialog)]
    return (
        *((button,) for button in buttons[:1]),
        *(tuple(buttons[at : at + 2]) for at in range(1, len(buttons), 2)),
        *(
            (dialogs.choice(dialog, "text_language", f"language:{name}", language=name),)
            for name in others
        ),
        (dialogs.choice(dialog, "all_texts_file", "file"),),
        (dialogs.cancelling(dialog),),
    )


def _found(
    draft: Draft, dialog: Dialog, keys: list[str], page: int, *, on: Tap | None = None
) -> None:
    if not keys:
        after = dialogs.go_on(draft, dialog, "list")
        dialogs.ask(draft, after, "owner.texts.none", _list_rows(draft, after))
        return
    after = dialogs.go_on(draft, dialog, "found", found="\n".join(keys))
    first = page * _ON_PAGE
    rows = [
        (_found_button(draft, after, key, first + at),)
        for at, key in enumerate(keys[first : first + _ON_PAGE])
    ]
    pages = [
        *([dialogs.choice(after, "page_back", f"page:{page - 1}")] if page else []),
        *(
            [dialogs.choice(after, "page_on", f"page:{page + 1}")]
            if first + _ON_PAGE < len(keys)
            else []
        ),
    ]
    bottom: Iterable[tuple[Button, ...]] = [tuple(pages)] if pages else []
    back = (dialogs.choice(after, "back", "list"), dialogs.cancelling(after))
    dialogs.ask(
        draft,
        after,
        "owner.texts.found",
        (*rows, *bottom, back),
        on=on,
        found_count=len(keys),
    )


def _found_button(draft: Draft, dialog: Dialog, place: str, number: int) -> Button:
    section, _, key = place.partition(":")
    said = _texts(draft, dialog).written(section).get(key, "")
    words = text_editing.beginning(said)
    return dialogs.choice(dialog, "text_found", f"found:{number}", text_title=words)


def _show(draft: Draft, dialog: Dialog, section: str, key: str, *, on: Tap | None = None) -> None:
    said = _texts(draft, dialog).written(section).get(key)
    if said is None:  # taken out of the file meanwhile
        after = dialogs.go_on(draft, dialog, "list")
        dialogs.ask(draft, after, "owner.texts.none", _list_rows(draft, after), on=on)
        return
    after = dialogs.go_on(draft, dialog, "show", section=section, key=key, was=said)
    rows = (
        (dialogs.choice(after, "restore_default", "restore"),),
        (dialogs.choice(after, "back", "list"), dialogs.cancelling(after)),
    )
    dialogs.ask(
        draft,
        after,
        "owner.texts.show",
        rows,
        on=on,
        text_title=text_editing.title_of(draft, section, key),
        text_now=text_editing.shown(said),
        vars_line=text_editing.slots_line(said, text_editing.examples(draft)),
    )


def _preview(draft: Draft, dialog: Dialog, edits: tuple[Edit, ...]) -> None:
    said = str(json.loads(edits[0].value))
    after = dialogs.go_on(draft, dialog, "preview", new=said)
    rows = (
        (dialogs.choice(after, "save", "save"),),
        (dialogs.choice(after, "once_more", "again"), dialogs.cancelling(after)),
    )
    examples = text_editing.examples(draft)
    dialogs.ask(
        draft,
        after,
        "owner.texts.preview",
        rows,
        guest=examples["guest"],
        text_preview=text_editing.preview(said, examples),
        text_hints=text_editing.hints(draft, dialog.data["key"], said),
    )


def _judge(draft: Draft, dialog: Dialog, edit: Edit) -> None:
    after = dialogs.go_on(draft, dialog, "judging")
    draft.do(WorkOnContent(dialog.tg_id, JudgeEdits((edit,)), after.id))


def _save(draft: Draft, dialog: Dialog) -> None:
    if dialog.step != "preview":
        return
    after = dialogs.go_on(draft, dialog, "saving")
    edit = _edit(draft, dialog, dialog.data["new"])
    draft.do(WorkOnContent(dialog.tg_id, SaveEdits((edit,), "text"), after.id))


def _edit(draft: Draft, dialog: Dialog, words: str | None) -> Edit:
    """The change of the text at hand; None takes the preset's words."""
    path = (dialog.data["section"], dialog.data["key"])
    was = json.dumps(dialog.data["was"], ensure_ascii=False)
    if words is None:
        return Edit(_file(draft, dialog), path, was=was, kind=EditKind.PRESET)
    return Edit(_file(draft, dialog), path, json.dumps(words, ensure_ascii=False), was)


def _listed(dialog: Dialog) -> list[str]:
    return dialog.data.get("found", "").split("\n")


def _language(draft: Draft, dialog: Dialog) -> str:
    return dialog.data.get("language", draft.facts.content.business.locale)


def _texts(draft: Draft, dialog: Dialog) -> Texts:
    return text_editing.texts_in(draft, _language(draft, dialog))


def _file(draft: Draft, dialog: Dialog) -> str:
    return f"texts/{_language(draft, dialog)}.yaml"
