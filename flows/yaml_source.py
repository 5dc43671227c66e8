"""Reads YAML with positions; the only module that knows the parser, not what the values mean.

YAML 1.2: `no` and `on` are words, 20:30 is text. Tags and anchors are refused (an owner's file
needs none, and a few lines of anchors can unfold into gigabytes), and so are files beyond any
sensible size and keys written twice.
"""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from flows.problems import Path, Problem, filled, one_line
from flows.yaml_faults import parser_fault

MOST_BYTES = 500_000
MOST_DEPTH = 20

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]

_TAG = "tag:yaml.org,2002:"
_KNOWN_TAGS = {_TAG + kind for kind in ("null", "bool", "int", "float", "str", "map", "seq")}
_KNOWN_TAGS |= {_TAG + "merge", _TAG + "timestamp", _TAG + "value"}  # all of them stay text

_WHOLE = re.compile(r"[-+]?(0|[1-9]\d*)")
_DECIMAL = re.compile(r"[-+]?\d+\.\d+")


_REMEMBERED = 24  # files: a folder, and what it was before


@dataclass(frozen=True, slots=True)
class Source:
    """A file as plain values (keys are text), and the line on which each of them begins.

    `repeated` are keys that stand twice: the first value counts, and the rest of the file is read.
    """

    file: str
    value: Plain
    lines: dict[Path, int] = field(default_factory=dict)
    repeated: list[Problem] = field(default_factory=list)

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
    def __init__(self, line: int, code: str) -> None:
        self.line = line
        self.code = code


@lru_cache(maxsize=_REMEMBERED)
def read_yaml(file: str, text: str) -> Source | Problem:
    """Parse one file into plain values with their lines, or say what stops the reading.

    Parsing is nine tenths of a check, and of a folder mostly one file has changed since it was read last: the
    same text is parsed once. Nobody changes what is given here.
    """
    if len(text.encode()) > MOST_BYTES:
        return Problem(file, None, "", "file.large", filled({"most": MOST_BYTES // 1_000}))
    source = Source(file, None, {(): 1})
    try:
        node: Any = YAML(typ="rt", pure=True).compose(text)
        value = None if node is None else _plain(node, (), source)
    except _RefusedError as refused:
        return Problem(file, refused.line, "", refused.code)
    except MarkedYAMLError as error:
        return parser_fault(file, error, text)
    except (YAMLError, ValueError) as error:
        first_line = one_line(str(error).split("\n", 1)[0])
        return Problem(file, None, "", "yaml.unreadable", (("words", first_line),))
    except RecursionError:
        return Problem(file, None, "", "yaml.deep")
    return replace(source, value=value)


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


def _plain(node: Any, path: Path, source: Source) -> Plain:
    line = node.start_mark.line + 1
    source.lines.setdefault(path, line)
    if node.anchor:
        raise _RefusedError(line, "yaml.anchor")
    if node.tag not in _KNOWN_TAGS:
        raise _RefusedError(line, "yaml.tag")
    if len(path) > MOST_DEPTH:
        raise _RefusedError(line, "yaml.deep")
    match node:
        case MappingNode():
            return _mapping(node, path, source)
        case SequenceNode():
            return [_plain(item, (*path, at), source) for at, item in enumerate(node.value)]
        case _:
            return _scalar(node)


def _mapping(node: Any, path: Path, source: Source) -> dict[str, Plain]:
    values: dict[str, Plain] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            raise _RefusedError(line, "yaml.key")
        key = str(key_node.value)
        if key in values:
            first = {"key": key, "line": source.lines[(*path, key)]}
            source.repeated.append(Problem(source.file, line, "", "key.twice", filled(first)))
            continue
        source.lines[(*path, key)] = line
        values[key] = _plain(value_node, (*path, key), source)
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
