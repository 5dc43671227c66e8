"""What is wrong with an owner's files, as codes and values; not the finding of it, and no sentence.

The sentence of every code stands in `flows/sentences/problems.<language>.json`; whoever tells a
person (`bot/problem_words.py`) fills it in that person's language.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

Path = tuple[str | int, ...]

_SHOWN_MOST = 40  # characters of the owner's words in a message


class Quoted(str):
    """The owner's own words: a message puts them into the quotation marks of its language."""

    __slots__ = ()


class Term(str):
    """A code that is itself said in the reader's language."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake at one place. A warning lets the content run."""

    file: str
    line: int | None  # from 1; None when the whole file is meant
    where: str  # keys down to the place, with dots; "" at the top
    code: str
    values: tuple[tuple[str, str], ...] = ()  # what fills the sentence, by name
    allowed: str = ""  # names with commas, examples, or a Term
    near: str = ""  # what was probably meant
    warning: bool = False

    def __str__(self) -> str:
        """One line for a log; people are told by `bot/problem_words.py`."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        values = ", ".join(f"{name}={value}" for name, value in self.values)
        return " ".join(filter(None, (f"{place}:", self.where, self.code, values)))


class Mistake(ValueError):
    """A value that cannot be taken; whoever reads the file adds where it stands."""

    def __init__(self, code: str, *, allowed: str = "", near: str = "", **values: object) -> None:
        """Take the code of a sentence and what fills it; text of the owner's goes in as it is."""
        super().__init__(code, *values.values())
        self.code = code
        self.values = filled(values)
        self.allowed = allowed
        self.near = near


@dataclass(frozen=True, slots=True)
class Problems:
    """All mistakes of a folder, in the order of files and lines."""

    found: tuple[Problem, ...]

    def __iter__(self) -> Iterator[Problem]:
        """Mistakes and warnings alike."""
        return iter(self.found)

    def __str__(self) -> str:
        """One problem a line, for a log."""
        return "\n".join(map(str, self.found))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stops the content from running."""
        return tuple(problem for problem in self.found if not problem.warning)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What the owner may want to look at."""
        return tuple(problem for problem in self.found if problem.warning)


def in_order(found: Iterable[Problem]) -> Problems:
    """Sort by file and line; the same thing said twice is said once."""
    unique = dict.fromkeys(found)
    order = sorted(unique, key=lambda p: (p.file, p.line or 0, p.where, p.code, p.values))
    return Problems(tuple(order))


def filled(values: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Values as a problem keeps them: one line each, never long."""
    return tuple((name, _kept(value)) for name, value in values.items())


def shown(value: object) -> str:
    """A value of a file as a message shows it, whatever its type."""
    match value:
        case None:
            return Term("value.nothing")
        case bool():
            return str(value).lower()
        case dict() | list():
            return Term("value.list")
        case str():
            return Quoted(one_line(value))
        case _:
            return one_line(str(value))


def one_line(words: str) -> str:
    """Words of a file on one line, not long, nothing among them that acts on a terminal."""
    line = "".join(letter for letter in " ".join(words.split()) if letter.isprintable())
    return line if len(line) <= _SHOWN_MOST else f"{line[:_SHOWN_MOST]}…"


def nearest(word: str, known: Iterable[object]) -> str:
    """The known word that was probably meant, or ""."""
    near = get_close_matches(word, [str(k) for k in known], n=1, cutoff=0.7)
    return near[0] if near else ""


def _kept(value: object) -> str:
    return value if isinstance(value, str) else str(value)
