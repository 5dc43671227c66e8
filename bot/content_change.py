"""Changes to the content's files as texts: edits applied, files compared. No disk, no database."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bot.content_disk import HinderedError
from bot.problem_words import ProblemWords
from flows.compiler import Judgement, judge_content
from flows.content_work import Change, Edit, EditKind, Fault, Hindrance
from flows.problems import Problem
from flows.yaml_editing import (
    CannotEditError,
    value_at,
    with_item,
    with_value,
    without_value,
)
from flows.yaml_source import Plain, Source, read_yaml

PresetValue = Callable[[str, tuple[str, ...]], Plain]  # file, path


def decoded(files: Mapping[str, bytes]) -> dict[str, str]:
    """The files as texts; HinderedError when one is no UTF-8."""
    try:
        return {
            name: content.decode("utf-8-sig").replace("\r\n", "\n")
            for name, content in files.items()
        }
    except UnicodeDecodeError as error:
        raise HinderedError(Hindrance.NOT_TEXT) from error


def encoded(text: str, before: bytes | None) -> bytes:
    """The text as bytes, with the line ends that the file had."""
    if before is not None and b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    return text.encode()


def filled(edits: Iterable[Edit], preset: PresetValue) -> tuple[Edit, ...]:
    """The edits with the preset's values where they are asked for."""
    return tuple(
        replace(each, kind=EditKind.PUT, value=_json(preset(each.file, each.path)))
        if each.kind is EditKind.PRESET
        else each
        for each in edits
    )


def edited(texts: Mapping[str, str], edits: Iterable[Edit]) -> dict[str, str]:
    """The files that the edits change; HinderedError when one cannot be made, or all change nothing."""
    after = dict(texts)
    for edit in edits:
        if edit.file not in after:
            raise HinderedError(Hindrance.CHANGED)
        try:
            after[edit.file] = _one(after[edit.file], edit)
        except CannotEditError as error:
            raise HinderedError(Hindrance.NOT_SIMPLE) from error
    changed = {name: text for name, text in after.items() if text != texts[name]}
    if not changed:
        raise HinderedError(Hindrance.NOTHING_NEW)
    return changed


def judged(
    texts: Mapping[str, str], words: ProblemWords
) -> tuple[Judgement, tuple[Fault, ...], tuple[Fault, ...]]:
    """What the checker says of a folder: its mistakes and its warnings as people read them."""
    judgement = judge_content(texts)
    problems = judgement.problems
    return judgement, _said(problems.errors, words), _said(problems.warnings, words)


def seal_of(*parts: Mapping[str, bytes]) -> str:
    """What files looked like."""
    plain = [{name: hashlib.sha256(b).hexdigest() for name, b in part.items()} for part in parts]
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:32]


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    """Every value that differs, file by file."""
    found: list[Change] = []
    for name in sorted(after):
        if before.get(name) == after[name]:
            continue
        old, new = _leaves(name, before.get(name, "")), _leaves(name, after[name])
        found += [
            Change(name, where, old.get(where, ""), new.get(where, ""))
            for where in dict.fromkeys([*old, *new])
            if old.get(where) != new.get(where)
        ]
    return tuple(found)


def _one(text: str, edit: Edit) -> str:
    source = read_yaml(edit.file, text)
    there, value = (
        value_at(source.value, edit.path) if isinstance(source, Source) else (False, None)
    )
    if edit.was and (not there or _json(value) != edit.was):
        raise HinderedError(Hindrance.CHANGED)
    match edit.kind:
        case EditKind.DROP:
            return without_value(text, edit.path)
        case EditKind.APPEND:
            return with_item(text, edit.path, json.loads(edit.value))
        case EditKind.PUT | EditKind.PRESET:
            new = json.loads(edit.value)
            return text if there and value == new else with_value(text, edit.path, new)


def _said(problems: Iterable[Problem], words: ProblemWords) -> tuple[Fault, ...]:
    return tuple(Fault(p.file, p.line or 0, p.where, words.what(p)) for p in problems)


def _json(value: Plain) -> str:
    return json.dumps(value, ensure_ascii=False)


def _leaves(name: str, text: str) -> dict[str, str]:
    source = read_yaml(name, text)
    return dict(_flat(source.value, "")) if isinstance(source, Source) else {}


def _flat(value: Plain, where: str) -> Iterable[tuple[str, str]]:
    match value:
        case dict():
            for key, each in value.items():
                yield from _flat(each, f"{where}.{key}" if where else key)
        case list() if value and all(isinstance(item, dict) and "id" in item for item in value):
            for item in value:
                if isinstance(item, dict):
                    yield from _flat(item, f"{where}.{item['id']}")
        case list():
            yield where, ", ".join(str(item) for item in value)
        case _:
            yield where, "" if value is None else str(value)
