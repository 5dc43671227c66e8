"""Changes single values of an owner's YAML and leaves every other character as it is. No disk, no meaning.

Only the words of the changed value are replaced, so comments, order and spelling survive. What comes out is
read again and compared: a change that would touch anything else is refused.
"""

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from flows.yaml_source import Plain, Source, Spot, read_yaml, spot_of

Path = tuple[str, ...]

_WORD: Final = re.compile(r"[a-z][a-z0-9_.]*(-[a-z]+)?")
_NOT_WORDS: Final = ("true", "false", "null")
_INDENT: Final = 2


class CannotEditError(ValueError):
    """The change cannot be written without touching more than it should; the owner edits the file."""


def value_at(value: Plain, path: Path) -> tuple[bool, Plain]:
    """Is there a value at `path`, and which; an item of a list is named by its `id`."""
    for part in path:
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and (found := _item(value, part)) is not None:
            value = value[found]
        else:
            return False, None
    return True, value


def with_value(text: str, path: Path, value: Plain) -> str:
    """The text with `value` at `path`, replaced or added."""
    read = _Read.of(text)
    there, _ = value_at(read.value, path)
    after = deepcopy(read.value)
    parent = _parent(after, path)
    if isinstance(parent, list):
        raise CannotEditError(path[-1])
    if parent is None:  # the mapping above is missing, too
        return with_value(text, path[:-1], {path[-1]: value})
    parent[path[-1]] = value
    made = _replaced(read, path, value) if there else _added(read, path, value)
    return _as_meant(made, after)


def without_value(text: str, path: Path) -> str:
    """The text without the key at the end of `path`; as it is when there is none."""
    read = _Read.of(text)
    after = deepcopy(read.value)
    parent = _parent(after, path)
    if not isinstance(parent, dict) or path[-1] not in parent:
        return text
    del parent[path[-1]]
    return _as_meant(_removed(read, path), after)


def with_item(text: str, path: Path, item: Plain) -> str:
    """The text with one more item at the end of the list at `path`."""
    read = _Read.of(text)
    after = deepcopy(read.value)
    _, items = value_at(after, path)
    spot = read.spots(path)[-1][0]
    if not isinstance(items, list) or not items or spot.items is None:
        raise CannotEditError(".".join(path))
    items.append(item)
    last = spot.items[-1]
    if spot.flow:
        made = f"{text[: last.end]}, {_flow(item)}{text[last.end :]}"
    else:
        at = _end_of_line(text, last.end)
        made = f"{text[:at]}\n{' ' * spot.column}- {_flow(item)}{text[at:]}"
    return _as_meant(made, after)


@dataclass(frozen=True, slots=True)
class _Read:
    """A text with its values and where they stand."""

    text: str
    value: Plain
    root: Spot

    @classmethod
    def of(cls, text: str) -> "_Read":
        return cls(text, _values(text), spot_of(text))

    def spots(self, path: Path) -> list[tuple[Spot, Spot | None]]:
        """The spots from the top down to the value at `path`, each with that of its key."""
        spot, key, value = self.root, None, self.value
        found: list[tuple[Spot, Spot | None]] = [(spot, key)]
        for part in path:
            if spot.entries is not None:
                key, spot = spot.entries[part]
            elif spot.items is not None and isinstance(value, list):
                key, spot = None, spot.items[_item(value, part) or 0]
            _, value = value_at(value, (part,))
            found.append((spot, key))
        return found


def _values(text: str) -> Plain:
    source = read_yaml("", text)
    if not isinstance(source, Source):
        raise CannotEditError(str(source))
    return source.value


def _as_meant(made: str, meant: Plain) -> str:
    if _values(made) != meant:
        raise CannotEditError("more than one value would change")
    return made


def _item(items: list[Plain], name: str) -> int | None:
    named = (n for n, item in enumerate(items) if isinstance(item, dict) and item.get("id") == name)
    return next(named, None)


def _parent(value: Plain, path: Path) -> dict[str, Plain] | list[Plain] | None:
    there, parent = value_at(value, path[:-1])
    return parent if there and isinstance(parent, dict | list) else None


def _replaced(read: _Read, path: Path, value: Plain) -> str:
    text, spots = read.text, read.spots(path)
    spot, key = spots[-1]
    if key is None:
        raise CannotEditError(".".join(path))
    words = _said(value, key.column, block=not any(above.flow for above, _ in spots[:-1]))
    block_collection = not spot.flow and (spot.entries is not None or spot.items is not None)
    if block_collection or spot.start == spot.end:
        colon = text.index(":", key.end)
        return f"{text[: colon + 1]} {words}{text[max(spot.end, colon + 1) :]}"
    return text[: spot.start] + words + text[spot.end :]


def _added(read: _Read, path: Path, value: Plain) -> str:
    text, (spot, _) = read.text, read.spots(path[:-1])[-1]
    if spot.entries is None:
        raise CannotEditError(".".join(path))
    if spot.flow:
        last = max((each.end for _, each in spot.entries.values()), default=spot.start + 1)
        comma = ", " if spot.entries else ""
        return f"{text[:last]}{comma}{_key(path[-1])}: {_flow(value)}{text[last:]}"
    if not spot.entries:
        return f"{text.rstrip()}\n{_key(path[-1])}: {_flow(value)}\n"
    column = next(key.column for key, _ in spot.entries.values())
    at = _behind_comments(text, _end_of_line(text, spot.end), column)
    lines = _block(path[-1], value, column)
    end = "" if at < len(text) else "\n"
    return f"{text[:at].rstrip(chr(10))}\n{lines}{end}{text[at:]}"


def _removed(read: _Read, path: Path) -> str:
    text, spots = read.text, read.spots(path)
    (parent, _), (spot, key) = spots[-2:]
    if key is None or parent.entries is None or len(parent.entries) == 1:
        raise CannotEditError(".".join(path))
    if not parent.flow:
        start = text.rfind("\n", 0, key.start) + 1
        return text[:start] + text[_end_of_line(text, spot.end) + 1 :]
    names = list(parent.entries)
    place = names.index(path[-1])
    if place == 0:
        return text[: key.start] + text[parent.entries[names[1]][0].start :]
    return text[: parent.entries[names[place - 1]][1].end] + text[spot.end :]


def _end_of_line(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _behind_comments(text: str, at: int, column: int) -> int:
    """Past the comments that belong to what stands above: those indented deeper than `column`."""
    while at < len(text):
        line = text[at + 1 : _end_of_line(text, at + 1)]
        body = line.lstrip(" ")
        if not body.startswith("#") or len(line) - len(body) <= column:
            break
        at = _end_of_line(text, at + 1)
    return at


# ---- how a value is written -------------------------------------------------------------------


def _said(value: Plain, column: int, *, block: bool) -> str:
    """Several lines of text stand as a block of their own where that is possible."""
    if not block or not isinstance(value, str) or "\n" not in value or not _fits_block(value):
        return _flow(value)
    pad = " " * (column + _INDENT)
    lines = [f"{pad}{line}" if line else "" for line in value.split("\n")]
    return "\n".join(["|-", *lines])


def _fits_block(text: str) -> bool:
    lines = text.split("\n")
    plain = all(c == "\n" or c.isprintable() for c in text)
    return plain and bool(lines[0].strip()) and bool(lines[-1].strip()) and lines[0][0] != " "


def _block(key: str, value: Plain, column: int) -> str:
    pad = " " * column
    if isinstance(value, Mapping) and len(value) > 1:
        inner = "\n".join(_block(name, each, column + _INDENT) for name, each in value.items())
        return f"{pad}{_key(key)}:\n{inner}"
    return f"{pad}{_key(key)}: {_said(value, column, block=True)}"


def _flow(value: Plain) -> str:
    match value:
        case dict():
            inner = ", ".join(f"{_key(name)}: {_flow(each)}" for name, each in value.items())
            return f"{{{inner}}}"
        case list():
            return f"[{', '.join(map(_flow, value))}]"
        case str() if _is_word(value):
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return name if _is_word(name) else json.dumps(name, ensure_ascii=False)


def _is_word(text: str) -> bool:
    return bool(_WORD.fullmatch(text)) and text not in _NOT_WORDS
