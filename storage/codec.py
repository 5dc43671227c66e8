"""Between values and columns: times as milliseconds, records as JSON; no SQL, no tables.

`pack` and `unpack` know frozen dataclasses of plain fields: None, bool, int, float, str, enums,
literals, datetimes (ms, UTC), timedeltas (ms), tuples, `Mapping[str, ...]`, optionals, other such
dataclasses, and unions of them (which then carry the name of their class under "is").
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import (
    Any,
    Final,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
    overload,
)

T = TypeVar("T")
Coder = Callable[[Any], Any]

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_TAG: Final = "is"


class CodecError(ValueError):
    """What is stored is not what the code expects, or the other way round."""


@overload
def to_ms(moment: datetime) -> int: ...
@overload
def to_ms(moment: None) -> None: ...
def to_ms(moment: datetime | None) -> int | None:
    """Milliseconds since the epoch, rounded down; the datetime must be aware."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise CodecError(f"a time without a zone cannot be stored: {moment!r}")
    return (moment - EPOCH) // _MILLISECOND


@overload
def from_ms(ms: int) -> datetime: ...
@overload
def from_ms(ms: None) -> None: ...
def from_ms(ms: int | None) -> datetime | None:
    """The aware UTC datetime of milliseconds since the epoch."""
    return None if ms is None else EPOCH + ms * _MILLISECOND


def dumps(value: object) -> str:
    """Compact JSON, letters as they are."""
    return _ENCODER.encode(value)


def loads(text: str) -> Any:
    """What `dumps` wrote."""
    return json.loads(text)


def pack(value: object) -> str:
    """A frozen dataclass as JSON text."""
    kind: Any = type(value)
    return dumps(_encoder(kind)(value))


def unpack(kind: type[T], text: str) -> T:
    """The dataclass that `pack` wrote; raises `CodecError` on anything else.

    A field missing from the text takes its default, so that fields may be added; an unknown one
    is an error, so that none is dropped unseen.
    """
    decode: Coder = _decoder(cast(Any, kind))
    decoded: T = decode(loads(text))
    return decoded


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@cache
def _encoder(kind: Any) -> Coder:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _union_encoder(tuple(arg for arg in args if arg is not NoneType))
    if origin is tuple:
        items = [_encoder(arg) for arg in args if arg is not ...]
        if args[-1] is ...:
            return lambda values: [items[0](value) for value in values]
        return lambda values: [item(v) for item, v in zip(items, values, strict=True)]
    if _is_mapping(origin):
        inner = _encoder(args[1])
        return lambda values: {key: inner(value) for key, value in values.items()}
    if hasattr(kind, "__supertype__"):
        return _encoder(kind.__supertype__)
    if _is_record(kind):
        pairs = [(name, _encoder(hint)) for name, hint in _hints(kind)]
        return lambda record: {name: encode(getattr(record, name)) for name, encode in pairs}
    return _scalar(kind)[0]


def _union_encoder(kinds: tuple[Any, ...]) -> Coder:
    if len(kinds) == 1:
        only = _encoder(kinds[0])
        return lambda value: None if value is None else only(value)
    encoders = _tagged(kinds, _encoder)

    def encode(value: Any) -> Any:
        if value is None:
            return None
        name = type(value).__name__
        return {_TAG: name} | encoders[name](value)

    return encode


@cache
def _decoder(kind: Any) -> Coder:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _union_decoder(kind, tuple(arg for arg in args if arg is not NoneType))
    if origin is tuple:
        return _tuple_decoder(kind, args)
    if _is_mapping(origin):
        inner = _decoder(args[1])
        return lambda raw: {key: inner(value) for key, value in _expect(raw, dict, kind).items()}
    if hasattr(kind, "__supertype__"):
        return _decoder(kind.__supertype__)
    if _is_record(kind):
        return _record_decoder(kind)
    return _scalar(kind)[1]


def _union_decoder(kind: Any, kinds: tuple[Any, ...]) -> Coder:
    if len(kinds) == 1:
        only = _decoder(kinds[0])
        return lambda raw: None if raw is None else only(raw)
    decoders = _tagged(kinds, _decoder)
    optional = NoneType in get_args(kind)

    def decode(raw: Any) -> Any:
        if raw is None and optional:
            return None
        record = dict(_expect(raw, dict, kind))
        name = record.pop(_TAG, None)
        if name not in decoders:
            raise CodecError(f"{name!r} is none of {', '.join(decoders)}")
        return decoders[name](record)

    return decode


def _tuple_decoder(kind: Any, args: tuple[Any, ...]) -> Coder:
    items = [_decoder(arg) for arg in args if arg is not ...]
    if args[-1] is ...:
        return lambda raw: tuple([items[0](value) for value in _expect(raw, list, kind)])

    def decode(raw: Any) -> Any:
        if len(_expect(raw, list, kind)) != len(items):
            raise CodecError(f"{kind} has {len(items)} items, found {len(raw)}")
        return tuple([item(value) for item, value in zip(items, raw, strict=True)])

    return decode


def _record_decoder(kind: type[Any]) -> Coder:
    decoders = {name: _decoder(hint) for name, hint in _hints(kind)}
    required = {field.name for field in fields(kind) if _has_no_default(field)}

    def decode(raw: Any) -> Any:
        found = _expect(raw, dict, kind).keys()
        if unknown := found - decoders.keys():
            raise CodecError(f"{kind.__name__} has no field {', '.join(sorted(unknown))}")
        if missing := required - found:
            raise CodecError(f"{kind.__name__} lacks {', '.join(sorted(missing))}")
        return kind(**{name: decoders[name](value) for name, value in raw.items()})

    return decode


def _scalar(kind: Any) -> tuple[Coder, Coder]:
    """How one plain value goes out and comes in."""
    if kind is datetime:
        return to_ms, lambda raw: from_ms(_expect(raw, int, kind))
    if kind is timedelta:
        return (
            lambda span: span // _MILLISECOND,
            lambda raw: _expect(raw, int, kind) * _MILLISECOND,
        )
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda member: kind(member).value, lambda raw: _member(kind, raw)
    if get_origin(kind) is Literal:
        return _one_of(get_args(kind)), _one_of(get_args(kind))
    if kind in (bool, int, float, str):
        return lambda value: _expect(value, kind, kind), lambda raw: _expect(raw, kind, kind)
    raise CodecError(f"{kind!r} cannot be stored as JSON by this module")


def _one_of(allowed: tuple[Any, ...]) -> Coder:
    def check(value: Any) -> Any:
        if value not in allowed:
            raise CodecError(f"{value!r} is none of {allowed}")
        return value

    return check


def _member(kind: type[Enum], raw: Any) -> Enum:
    try:
        return kind(raw)
    except ValueError:
        raise CodecError(f"{raw!r} is not a {kind.__name__}") from None


def _expect(value: Any, kind: type[Any], wanted: Any) -> Any:
    # Exact types: JSON's true is no number here.
    if type(value) is not kind:
        raise CodecError(f"{wanted} expected, found {type(value).__name__}")
    return value


def _tagged(kinds: tuple[Any, ...], coder: Callable[[Any], Coder]) -> dict[str, Coder]:
    if not all(_is_record(kind) for kind in kinds):
        raise CodecError(f"a union of {kinds} cannot be told apart: only of dataclasses")
    return {kind.__name__: coder(kind) for kind in kinds}


def _is_record(kind: Any) -> bool:
    if not (isinstance(kind, type) and is_dataclass(kind)):
        return False
    if not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]  # not in typeshed
        raise CodecError(f"{kind.__name__} is not frozen")
    return True


def _is_mapping(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _hints(kind: type[Any]) -> list[tuple[str, Any]]:
    hints = get_type_hints(kind)
    return [(field.name, hints[field.name]) for field in fields(kind) if field.init]


def _has_no_default(field: Field[Any]) -> bool:
    return field.init and field.default is MISSING and field.default_factory is MISSING
