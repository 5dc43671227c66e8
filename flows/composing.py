"""Lays one YAML file over another, as text: comments, order and spelling stay. What the files mean is elsewhere.

The shipped presets are made so: what all industries share stands once, an industry says what is its own. A key of
the upper file takes the place of the same key below; two lists of keys are laid over each other in turn.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

_KEY = re.compile(r'^(?P<indent> *)(?P<key>"[^"]+"|[^\s"#-][^:\s]*):(?P<rest>\s.*|)$')


@dataclass(frozen=True, slots=True)
class _Block:
    """A key with the comments above it and everything below it."""

    key: str
    lead: tuple[str, ...]
    line: str  # the key itself, perhaps with its value
    body: tuple[str, ...]

    @property
    def holds_keys(self) -> bool:
        """True when keys stand below it, and not a value, a list or a text."""
        rest = _KEY.match(self.line)
        bare = rest is not None and not rest["rest"].partition("#")[0].strip()
        first = next((line for line in self.body if _says_something(line)), "")
        return bare and _KEY.match(first) is not None

    @property
    def lines(self) -> tuple[str, ...]:
        """The block as it is written."""
        return (*self.lead, self.line, *self.body)


def laid_over(below: str, above: str) -> str:
    """`below` with everything that `above` says in its place; the heading comment of `above` is its own affair."""
    heading, below_lines = _without_heading(below.rstrip("\n").split("\n"))
    _, above_lines = _without_heading(above.rstrip("\n").split("\n"))
    made = [*heading, *_merged(below_lines, above_lines)]
    return "\n".join(made).rstrip("\n") + "\n"


def _without_heading(lines: list[str]) -> tuple[list[str], list[str]]:
    """Comments at the top that an empty line ends, and the rest."""
    end = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    if end == 0 or end == len(lines) or lines[end]:
        return [], lines
    return lines[: end + 1], lines[end + 1 :]


def _merged(below: Iterable[str], above: Iterable[str]) -> list[str]:
    blocks = _blocks(list(below))
    before = ""  # the key that stood before, in the upper file
    for block in _blocks(list(above)):
        keys = [known.key for known in blocks]
        if block.key in keys:
            place = keys.index(block.key)
            blocks[place] = _one_over_another(blocks[place], block)
        else:
            blocks.insert(_place_for(block.key, before, keys), block)
        before = block.key
    return [line for block in blocks for line in block.lines]


def _one_over_another(below: _Block, above: _Block) -> _Block:
    lead = above.lead if any(map(str.strip, above.lead)) else below.lead
    if below.holds_keys and above.holds_keys:
        body = tuple(_merged(below.body, above.body))
        return replace(below, lead=lead, body=body)
    return replace(above, lead=lead)


def _place_for(key: str, before: str, keys: list[str]) -> int:
    """After what stands before it in the upper file; else after the last of its kind (`ask.…`); else at the end."""
    if before in keys:
        return keys.index(before) + 1
    kind = key.partition(".")[0] + "."
    alike = [place for place, known in enumerate(keys) if known.startswith(kind)]
    return alike[-1] + 1 if alike else len(keys)


def _blocks(lines: list[str]) -> list[_Block]:
    """Keys of the outermost level in their order; comments and empty lines belong to the key after them."""
    indent = next((len(m["indent"]) for line in lines if (m := _KEY.match(line))), 0)
    blocks: list[_Block] = []
    waiting: list[str] = []
    for line in lines:
        found = _KEY.match(line)
        if found and len(found["indent"]) == indent:
            blocks.append(_Block(found["key"], tuple(waiting), line, ()))
            waiting = []
        elif _depth(line) > indent and blocks:
            last = blocks[-1]
            blocks[-1] = replace(last, body=(*last.body, *waiting, line))
            waiting = []
        else:
            waiting.append(line)
    if blocks:  # what stands at the end belongs to the last key
        blocks[-1] = replace(blocks[-1], body=(*blocks[-1].body, *waiting))
    return blocks


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip()) if line.strip() else 0


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
