"""Reads YAML with positions; the only module that knows the parser, not what the values mean.

YAML 1.2: `no` and `on` are words, 20:30 is text. Tags and anchors are refused (an owner's file
needs none, and a few lines of anchors can unfold into gigabytes), and so are files beyond any
sensible size and keys written twice.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from flows.problems import Path, Problem

MOST_BYTES = 500_000
MOST_DEPTH = 20

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]

_TAG = "tag:yaml.org,2002:"
_KNOWN_TAGS = {_TAG + kind for kind in ("null", "bool", "int", "float", "str", "map", "seq")}
_KNOWN_TAGS |= {_TAG + "merge", _TAG + "timestamp", _TAG + "value"}  # all of them stay text

_WHOLE = re.compile(r"[-+]?(0|[1-9]\d*)")
_DECIMAL = re.compile(r"[-+]?\d+\.\d+")
_BARE_BRACE = re.compile(r":\s+(\{[^{}]*\}|\[\[.*\]\])\s*[^\s,}\]#]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file as plain values (keys are text), and the line on which each of them begins."""

    file: str
    value: Plain
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int | None:
        """Line (from 1) of the nearest place at or above `path`."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands in its text: offsets without what follows it, the column it begins in, its shape.

    `entries` are the keys of a mapping with their values, `items` those of a list; `flow` is {…} or […].
    """

    start: int
    end: int
    column: int
    flow: bool = False
    entries: "dict[str, tuple[Spot, Spot]] | None" = None
    items: "tuple[Spot, ...] | None" = None


class _RefusedError(Exception):
    def __init__(self, line: int, what: str) -> None:
        self.line = line
        self.what = what


def read_yaml(file: str, text: str) -> Source | Problem:
    """Parse one file into plain values with their lines, or say what stops the reading."""
    if len(text.encode()) > MOST_BYTES:
        return Problem(file, None, "", f"the file is larger than {MOST_BYTES // 1_000} kB")
    source = Source(file, None, {(): 1})
    try:
        node: Any = YAML(typ="rt", pure=True).compose(text)
        value = None if node is None else _plain(node, (), source.lines)
    except _RefusedError as refused:
        return Problem(file, refused.line, "", refused.what)
    except MarkedYAMLError as error:
        line, what = _parser_says(error, text)
        return Problem(file, line, "", what)
    except (YAMLError, ValueError) as error:
        first_line = str(error).split("\n", 1)[0]
        return Problem(file, None, "", f"not readable as YAML: {first_line}")
    except RecursionError:
        return Problem(file, None, "", "nested too deep")
    return Source(file, value, source.lines)


def spot_of(text: str) -> Spot:
    """Where the values of a file stand; the file is one that `read_yaml` has read without a problem."""
    node: Any = YAML(typ="rt", pure=True).compose(text)
    return Spot(0, len(text), 0, entries={}) if node is None else _spot(node, text)


def _spot(node: Any, text: str) -> Spot:
    start, end, column = node.start_mark.index, node.end_mark.index, node.start_mark.column
    match node:
        case MappingNode():
            entries = {str(k.value): (_spot(k, text), _spot(v, text)) for k, v in node.value}
            last = max((value.end for _, value in entries.values()), default=end)
            end = end if node.flow_style else last
            return Spot(start, end, column, bool(node.flow_style), entries=entries)
        case SequenceNode():
            items = tuple(_spot(item, text) for item in node.value)
            end = end if node.flow_style or not items else items[-1].end
            return Spot(start, end, column, bool(node.flow_style), items=items)
        case _:
            return Spot(start, start + len(text[start:end].rstrip("\n")), column)


def _plain(node: Any, path: Path, lines: dict[Path, int]) -> Plain:
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if node.anchor:
        raise _RefusedError(line, "anchors (& and *) are not used here; write it out")
    if node.tag not in _KNOWN_TAGS:
        raise _RefusedError(line, "tags (!) are not used here; quote the text")
    if len(path) > MOST_DEPTH:
        raise _RefusedError(line, "nested too deep")
    match node:
        case MappingNode():
            return _mapping(node, path, lines)
        case SequenceNode():
            return [_plain(item, (*path, at), lines) for at, item in enumerate(node.value)]
        case _:
            return _scalar(node)


def _mapping(node: Any, path: Path, lines: dict[Path, int]) -> dict[str, Plain]:
    values: dict[str, Plain] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            raise _RefusedError(line, "a key must be one word; quote it if it begins with { or [")
        key = str(key_node.value)
        if key in values:
            first = lines[(*path, key)]
            raise _RefusedError(line, f'"{key}" is written twice, first on line {first}')
        lines[(*path, key)] = line
        values[key] = _plain(value_node, (*path, key), lines)
    return values


def _scalar(node: Any) -> Plain:
    text = str(node.value)
    match node.tag.removeprefix(_TAG):
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int" if _WHOLE.fullmatch(text):
            return int(text)
        case "float" if _DECIMAL.fullmatch(text):
            return float(text)
        case _:
            return text  # 0x1F, 007, .inf: whoever wanted a number says so


def _parser_says(error: MarkedYAMLError, text: str) -> tuple[int | None, str]:
    what = f"not readable as YAML: {error.problem or error.context}"
    if error.problem_mark is None:
        return None, what
    line = error.problem_mark.line + 1
    lines = text.split("\n")
    at_fault = [lines[at] for at in (line - 1, line - 2) if 0 <= at < len(lines)]
    if any(map(_BARE_BRACE.search, at_fault)):
        at = line if _BARE_BRACE.search(at_fault[0]) else line - 1
        return at, "a text that begins with { or [ must stand in quotes"
    return line, what
