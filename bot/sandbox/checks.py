"""Checks of values against the types of the Bot API's schema. Methods: schema."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache

from bot.sandbox.api_schema import schema
from bot.sandbox.files import Upload
from bot.sandbox.refusals import Refused, bad_request
from bot.sandbox.shapes import Json, JsonObject

# A check takes a value, the place where it stands, and the list of complaints; it returns the value
# in its own type or raises Refused.
Complaints = list[str]
Check = Callable[[Json, str, Complaints], Json]

_TRUE = {"true", "yes", "1"}
_FALSE = {"false", "no", "0", ""}
_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
# Values of `status` that the types are not named after.
_TYPE_NAMES = {"creator": "owner", "kicked": "banned"}
_SNAKE = re.compile(r"(?<!^)(?=[A-Z])")

_UNPARSED = {
    "reply_markup": "can't parse reply keyboard markup JSON object",
    "reply_parameters": "can't parse reply parameters JSON object",
    "link_preview_options": "can't parse link preview options JSON object",
    "media": "can't parse media JSON object",
    "message_ids": "can't parse message_ids JSON object",
    "commands": "can't parse commands JSON object",
    "reaction": "can't parse reaction types JSON object",
}
# What goes before the sentence about a wrong field inside a parameter.
_WITHIN = {
    "InlineKeyboardButton": "can't parse inline keyboard button: ",
    "KeyboardButton": "can't parse keyboard button: ",
    "MessageEntity": "can't parse MessageEntity: ",
    "InputMedia": "can't parse InputMedia: ",
    "BotCommand": "can't parse BotCommand: ",
    "ReactionType": "can't parse ReactionType: ",
}


@cache
def check_of(kind: str) -> Check:
    """The check of a type as the schema writes it: `Integer|String`, `Array of PhotoSize`."""
    kinds = kind.split("|")
    if len(kinds) > 1:
        return _one_of(kinds)
    if kind.startswith("Array of "):
        return _array(kind.removeprefix("Array of "))
    plain = _PLAIN.get(kind)
    if plain is not None:
        return plain
    described = schema()["types"].get(kind)
    if isinstance(described, list):
        return _one_of(described, kind)
    if not described:
        return _anything
    return _Object(kind, described)


def _one_of(kinds: list[str], union: str = "") -> Check:
    if set(kinds) <= {"Integer", "String", "InputFile", "Boolean"}:
        return _scalar(frozenset(kinds))
    if all(kind.startswith("Array of ") for kind in kinds):
        names = [kind.removeprefix("Array of ") for kind in kinds]
        return _array_of(_Union([n for n in names if n in schema()["types"]], names[0]))
    objects = [kind for kind in kinds if kind in schema()["types"]]
    return _Union(objects, union) if len(objects) == len(kinds) else _anything


def _anything(value: Json, where: str, complaints: Complaints) -> Json:
    return value


def _wrong(where: str, kind: str) -> Refused:
    """`where` is a parameter or a path inside one: `reply_markup.inline_keyboard[0][0].text`."""
    if "." in where:
        return bad_request(f'Field "{where.rpartition(".")[2]}" must be of type {kind}')
    return bad_request(f'parameter "{where}" must be of type {kind}')


def _integer(value: Json, where: str, complaints: Complaints) -> int:
    if type(value) is int:
        return value
    if isinstance(value, str) and _INTEGER.fullmatch(value.strip()):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    raise _wrong(where, "Number" if "." in where else "Integer")


def _float(value: Json, where: str, complaints: Complaints) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    try:
        return float(str(value))
    except ValueError:
        raise _wrong(where, "Number") from None


def _string(value: Json, where: str, complaints: Complaints) -> str:
    if isinstance(value, str):
        return value
    # Telegram takes a number where it wants a string.
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise _wrong(where, "String")


def _boolean(value: Json, where: str, complaints: Complaints) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in _TRUE:
        return True
    if word not in _FALSE:
        raise _wrong(where, "Boolean")
    return False


def _file(value: Json, where: str, complaints: Complaints) -> Upload | str:
    if isinstance(value, Upload | str):
        return value
    raise _wrong(where, "InputFile")


def _scalar(kinds: frozenset[str]) -> Check:
    def check(value: Json, where: str, complaints: Complaints) -> Json:
        if isinstance(value, Upload) and "InputFile" in kinds:
            return value
        if "Integer" in kinds and not isinstance(value, bool):
            if type(value) is int:
                return value
            if isinstance(value, str) and _INTEGER.fullmatch(value):
                return int(value)
        if isinstance(value, str):
            return value
        raise _wrong(where, "Integer or String")

    return check


def _array(kind: str) -> Check:
    return _array_of(check_of(kind))


def _array_of(item: Check) -> Check:
    def check(value: Json, where: str, complaints: Complaints) -> list[Json]:
        value = parsed(value, where)
        if not isinstance(value, list):
            raise _wrong(where, "Array")
        return [item(each, f"{where}[{i}]", complaints) for i, each in enumerate(value)]

    return check


def parsed(value: Json, where: str) -> Json:
    """A parameter of a form is a string that holds JSON; a field inside JSON is taken as it is."""
    if not isinstance(value, str) or "." in where or "[" in where:
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(_UNPARSED.get(where, f"can't parse {where} JSON object")) from None


class _Object:
    """An object of one type: its fields are checked, what the schema does not know is told."""

    def __init__(self, name: str, fields: dict[str, str]) -> None:
        self.name = name
        self.fields = fields
        self.required = [field for field, kind in fields.items() if kind.startswith("!")]
        self._checks: dict[str, Check] = {}

    def __call__(self, value: Json, where: str, complaints: Complaints) -> JsonObject:
        value = parsed(value, where)
        if not isinstance(value, dict):
            raise bad_request(f"{_WITHIN.get(self.name, '')}{self.name} must be an Object")
        try:
            return self._checked(value, where, complaints)
        except Refused as refused:
            prefix = _WITHIN.get(self.name)
            sentence = refused.description.removeprefix("Bad Request: ")
            if prefix is None or sentence.startswith("can't parse"):
                raise
            raise bad_request(prefix + sentence) from None

    def _checked(self, value: JsonObject, where: str, complaints: Complaints) -> JsonObject:
        for name in self.required:
            if value.get(name) is None:
                raise bad_request(f'Can\'t find field "{name}"')
        checked: JsonObject = {}
        for name, inner in value.items():
            if name not in self.fields:
                complaints.append(f"{where}: {self.name} has no field {name!r}")
            elif inner is not None:
                checked[name] = self._check(name)(inner, f"{where}.{name}", complaints)
        return checked

    def _check(self, name: str) -> Check:
        # Built late: types contain themselves.
        if name not in self._checks:
            self._checks[name] = check_of(self.fields[name].removeprefix("!"))
        return self._checks[name]


class _Union:
    """One of several objects, told apart by `type` or by the fields they must have."""

    def __init__(self, names: list[str], union: str) -> None:
        self._options = [check for name in names if isinstance(check := check_of(name), _Object)]
        self._union = union

    def __call__(self, value: Json, where: str, complaints: Complaints) -> Json:
        value = parsed(value, where)
        if not isinstance(value, dict):
            raise bad_request(f"object expected as {where.replace('_', ' ')}")
        option = self._pick(value)
        if option is None:
            raise bad_request(f"can't parse {where.replace('_', ' ')}: unsupported {self._union}")
        return option(value, where, complaints)

    def _pick(self, value: JsonObject) -> _Object | None:
        kind = value.get("type") or value.get("source") or value.get("status")
        if kind is not None:
            suffix = "_" + _TYPE_NAMES.get(str(kind), str(kind))
            named = [
                option
                for option in self._options
                if _SNAKE.sub("_", option.name).lower().endswith(suffix)
            ]
            # `photo` is InputMediaPhoto, not InputMediaLivePhoto.
            return min(named, key=lambda option: len(option.name), default=None)
        for option in self._options:
            if all(name in value for name in option.required):
                return option
        return None


_PLAIN: dict[str, Check] = {
    "Integer": _integer,
    "Float": _float,
    "String": _string,
    "Boolean": _boolean,
    "True": _boolean,
    "InputFile": _file,
}
