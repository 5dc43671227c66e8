"""Any value of a frozen dataclass, for properties that say "what is written is what is read"."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from storage.codec import EPOCH

MOMENTS = st.integers(0, 4_102_444_800_000).map(lambda ms: EPOCH + timedelta(milliseconds=ms))
NUMBERS = st.integers(-(2**63), 2**63 - 1)


def anything(kind: type[Any], **fixed: Any) -> st.SearchStrategy[Any]:
    """Values of a dataclass with every field drawn, but those in `fixed` as they are."""
    hints = get_type_hints(kind)
    drawn = {f.name: _of(hints[f.name]) for f in fields(kind) if f.name not in fixed}
    return st.builds(kind, **drawn, **{name: st.just(value) for name, value in fixed.items()})


def _of(hint: Any) -> st.SearchStrategy[Any]:
    if hint is datetime:
        return MOMENTS
    if hint is int:
        return NUMBERS
    if get_origin(hint) is UnionType:
        return st.one_of([_of(part) for part in get_args(hint)])
    if get_origin(hint) is tuple:
        return _tuples(get_args(hint))
    if get_origin(hint) is Mapping:
        return st.dictionaries(st.text(max_size=3), _of(get_args(hint)[1]), max_size=3)
    if is_dataclass(hint) and isinstance(hint, type):
        return anything(hint)
    return st.none() if hint is NoneType else st.from_type(hint)


def _tuples(parts: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if parts[-1] is ...:
        return st.lists(_of(parts[0]), max_size=3).map(tuple)
    return st.tuples(*map(_of, parts))
