"""What is wrong with an owner's files, said so that it can be put right; not the finding of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake at one place. A warning lets the content run."""

    file: str
    line: int | None  # from 1; None when the whole file is meant
    path: str  # keys down to the place, with dots; "" at the top
    what: str
    allowed: str = ""
    did_you_mean: str = ""
    warning: bool = False

    def __str__(self) -> str:
        """One line: place, what is wrong, what to write instead."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        what = f"{self.path}: {self.what}" if self.path else self.what
        if self.warning:
            what = f"warning: {what}"
        if self.did_you_mean:
            what += f'; did you mean "{self.did_you_mean}"?'
        elif self.allowed:
            what += f"; allowed: {self.allowed}"
        return f"{place}: {what}"


@dataclass(frozen=True, slots=True)
class Problems:
    """All mistakes of a folder, in the order of files and lines."""

    found: tuple[Problem, ...]

    def __iter__(self) -> Iterator[Problem]:
        """Mistakes and warnings alike."""
        return iter(self.found)

    def __str__(self) -> str:
        """One problem a line."""
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
    return Problems(tuple(sorted(unique, key=lambda p: (p.file, p.line or 0, p.path, p.what))))


def nearest(word: str, known: Iterable[object]) -> str:
    """The known word that was probably meant, or ""."""
    near = get_close_matches(word, [str(k) for k in known], n=1, cutoff=0.7)
    return near[0] if near else ""
