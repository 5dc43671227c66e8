"""One sentence with {slots} and [[pieces]]: parsed once, filled often. Keys live in texts.py.

The rules: {slot} is replaced; a [[piece]] vanishes whole when a slot in it is empty; a line of
which nothing is left vanishes, and so do the blank lines left over; where {name_c} is empty, the
sentence after it begins with a capital letter.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flows.problems import Mistake

_TOKEN = re.compile(r"\{([^{}]*)\}|(\[\[)|(\]\])|([{}])")
_TAG = re.compile(r"<[^>]*>")
_FIRST_LETTER = re.compile(r"((?:<[^>]*>|[\s«„“\"(])*)(\w)")
_NAME_BEFORE_SENTENCE = "name_c"
_SEPARATORS = " ·,;"

Show = Callable[[object], str]


class TemplateError(Mistake):
    """The sentence cannot be parsed; the code says why."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a value."""

    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand only when every slot among them has a value."""

    parts: tuple[str | Slot, ...]


Part = str | Slot | Piece


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `bare` says that without its values nothing readable is left of it."""

    parts: tuple[Part, ...]
    bare: bool


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed sentence and the names of its slots."""

    lines: tuple[Line, ...]
    names: frozenset[str]

    @property
    def needed(self) -> frozenset[str]:
        """The slots outside [[pieces]]: without a value the sentence has a hole."""
        return frozenset(
            part.name for line in self.lines for part in line.parts if isinstance(part, Slot)
        )

    def fill(self, values: Mapping[str, object], show: Show) -> str:
        """The sentence with `values`, each turned into text by `show`; None and "" are empty."""
        out: list[str] = []
        for line in self.lines:
            text = _fill_line(line, values, show)
            if text is None or (text == "" and (not out or out[-1] == "")):
                continue
            out.append(text)
        if out and out[-1] == "":
            out.pop()
        return "\n".join(out)


def parse_template(source: str) -> Template:
    """Parse a sentence; TemplateError says what is wrong with its brackets."""
    lines = tuple(_parse_line(line) for line in source.strip("\n").split("\n"))
    return Template(lines, frozenset(name for line in lines for name in _names(line.parts)))


def without_tags(source: str) -> str:
    """The sentence without its HTML tags."""
    return _TAG.sub("", source)


def _names(parts: tuple[Part, ...]) -> list[str]:
    found: list[str] = []
    for part in parts:
        match part:
            case Slot(name):
                found.append(name)
            case Piece(inner):
                found.extend(_names(inner))
            case str():
                pass
    return found


def _parse_line(source: str) -> Line:
    whole: list[Part] = []
    piece: list[str | Slot] | None = None
    end = 0
    for token in _TOKEN.finditer(source):
        into = whole if piece is None else piece
        if token.start() > end:
            into.append(source[end : token.start()])
        end = token.end()
        slot, opens, closes, stray = token.groups()
        if stray:
            raise TemplateError("template.stray", sign=stray)
        if opens:
            if piece is not None:
                raise TemplateError("template.nested")
            piece = []
        elif closes:
            if piece is None:
                raise TemplateError("template.not_opened")
            if not _names(tuple(piece)):
                raise TemplateError("template.no_variable")
            whole.append(Piece(tuple(piece)))
            piece = None
        else:
            into.append(Slot(slot.strip()))
    if piece is not None:
        raise TemplateError("template.not_closed")
    if end < len(source):
        whole.append(source[end:])
    return Line(tuple(whole), _is_bare(whole))


def _is_bare(parts: list[Part]) -> bool:
    words = _TAG.sub("", " ".join(part for part in parts if isinstance(part, str)))
    return re.search(r"\w", words) is None and any(not isinstance(part, str) for part in parts)


def _fill_line(line: Line, values: Mapping[str, object], show: Show) -> str | None:
    out: list[str] = []
    filled = capital = False
    for part in line.parts:
        if isinstance(part, str):
            text = part
        else:
            text = _fill_part(part, values, show)
            if text:
                filled = True
            else:
                capital = capital or (isinstance(part, Slot) and part.name == _NAME_BEFORE_SENTENCE)
                continue
        if not out and part is not line.parts[0] and isinstance(line.parts[0], Piece):
            text = text.lstrip(_SEPARATORS)  # the piece before the separator has vanished
        if capital and text:
            text, capital = _capitalised(text), False
        out.append(text)
    if line.bare and not filled:
        return None
    return "".join(out).rstrip()


def _fill_part(part: Slot | Piece, values: Mapping[str, object], show: Show) -> str:
    if isinstance(part, Slot):
        value = values.get(part.name)
        return "" if value is None or value == "" else show(value)
    shown = [
        inner if isinstance(inner, str) else _fill_part(inner, values, show) for inner in part.parts
    ]
    return "".join(shown) if all(shown) else ""


def _capitalised(text: str) -> str:
    return _FIRST_LETTER.sub(lambda found: found[1] + found[2].upper(), text, count=1)
