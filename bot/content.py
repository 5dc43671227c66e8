"""The owner's folder on disk: read, judged, written from a preset. What the files mean is in flows/."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as package_files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from bot.problem_words import problem_words, report_language
from flows.book import Book, Content
from flows.compiler import Judgement, compile_book, judge_content, source_sha256
from flows.composing import laid_over
from flows.problems import Problem, Problems
from flows.schema import schema_of, schemas
from flows.yaml_editing import value_at
from flows.yaml_source import MOST_BYTES, Plain, Source, read_yaml

DEFAULT_PRESET = "salon"
_PRESETS = package_files("flows") / "presets"
_SCHEMAS = "schema"  # below an owner's folder; no content, so nobody misses it
_SHARED = "base"  # what all presets have in common
REVISION_LETTERS = 12
_ENDINGS = (".yaml", ".yml")


class ContentProblems(Exception):
    """The folder does not compile; its text lists every problem, one a line, for its owner."""

    def __init__(self, judgement: Judgement) -> None:
        language = report_language(judgement.locale, os.environ)
        super().__init__(problem_words(language).report(judgement.problems.errors))
        self.problems = judgement.problems


@dataclass(frozen=True, slots=True)
class ReadFolder:
    """A folder as it was read, and what came of it; `files` are those that could be read."""

    files: Mapping[str, str]
    judgement: Judgement

    @property
    def revision(self) -> str:
        """What this state of all the files is known by."""
        return revision_of(self.files)


def revision_of(files: Mapping[str, str]) -> str:
    """What this state of all the files is known by."""
    return source_sha256(files)[:REVISION_LETTERS]


class FolderInUse(Exception):
    """The folder already holds something, and a preset overwrites nothing."""


@cache
def preset_names() -> tuple[str, ...]:
    """Presets that ship with the product."""
    names = (entry.name for entry in _PRESETS.iterdir() if entry.is_dir())
    return tuple(sorted(name for name in names if name != _SHARED))


@cache
def preset_files(name: str) -> Mapping[str, str]:
    """A preset's files: what all industries share, with what is its own in its place; KeyError for another name."""
    if name not in preset_names():
        raise KeyError(name)
    shared, own = (
        {file: entry.read_text(encoding="utf-8") for file, entry in _yaml_files(_PRESETS / folder)}
        for folder in (_SHARED, name)
    )
    both = {
        file: laid_over(text, own[file]) if file in own else text for file, text in shared.items()
    }
    return MappingProxyType(
        {file: _with_schema(file, text) for file, text in {**own, **both}.items()}
    )


def _with_schema(file: str, text: str) -> str:
    """With the line by which editors find the schema that stands beside the files."""
    up = "../" * file.count("/")
    return f"# yaml-language-server: $schema={up}{_SCHEMAS}/{schema_of(file)}.json\n{text}"


def preset_value(texts: Mapping[str, str], file: str, path: tuple[str, ...]) -> Plain:
    """What stands at a place in the preset that a folder was made from; None when nothing does.

    It is told by the business's own word for its place; the default preset answers for any other.
    """
    source = read_yaml(file, preset_files(made_from(texts)).get(file, ""))
    return value_at(source.value, path)[1] if isinstance(source, Source) else None


def made_from(texts: Mapping[str, str]) -> str:
    """The preset that a folder was made from, told by the business's own word for its place."""
    return preset_called(str(_word_of(texts.get("gifts.yaml", ""))))


@cache
def preset_called(word: str) -> str:
    """The preset with this word for its place; the default one for any other."""
    names = sorted(preset_names(), key=lambda name: name != DEFAULT_PRESET)
    return next(
        (name for name in names if _word_of(preset_files(name)["gifts.yaml"]) == word),
        DEFAULT_PRESET,
    )


def _word_of(gifts: str) -> Plain:
    source = read_yaml("gifts.yaml", gifts)
    return value_at(source.value, ("words", "place"))[1] if isinstance(source, Source) else None


def judge_folder(folder: Traversable | None) -> Judgement:
    """Read and compile a folder, or the default preset, keeping every problem and warning."""
    return read_folder(folder).judgement


def judge_files(files: Mapping[str, str]) -> ReadFolder:
    """Compile files that were read before."""
    return ReadFolder(files, judge_content(files))


def read_folder(folder: Traversable | None) -> ReadFolder:
    """Read and compile the owner's folder, or the default preset; keeps the files beside the judgement."""
    if folder is None:
        return judge_files(preset_files(DEFAULT_PRESET))
    if not folder.is_dir():
        nowhere = Problem(str(folder), None, "", "file.no_folder")
        return ReadFolder({}, Judgement(None, Problems((nowhere,))))
    read = {name: _read(name, file) for name, file in _yaml_files(folder)}
    files = {name: text for name, text in read.items() if isinstance(text, str)}
    unreadable = [text for text in read.values() if isinstance(text, Problem)]
    return ReadFolder(files, judge_content(files, unreadable))


def load_content(folder: Path | None = None) -> Content:
    """Compile the owner's folder, or the default preset; ContentProblems when it has mistakes."""
    judgement = read_folder(folder).judgement
    if judgement.content is None:
        raise ContentProblems(judgement)
    return judgement.content


def write_preset(name: str, folder: Path) -> tuple[Path, ...]:
    """Write a preset into a new or empty folder and tell which files are its content; FolderInUse otherwise.

    The schemas for editors stand beside them, in a folder of their own.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUse(f"{folder} is not empty; nothing was written")
    written = []
    for relative, text in preset_files(name).items():
        target = folder / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
        written.append(target)
    for kind, schema in schemas().items():
        target = folder / _SCHEMAS / f"{kind}.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return tuple(written)


class Books:
    """Compiled books by their sha256, so that a pinned one is compiled once in a process."""

    def __init__(self, today: Book) -> None:
        self._today = today
        self._books = {today.sha256: today}

    def get(self, sha256: str) -> Book | None:
        """The book, if it has been compiled in this process."""
        return self._books.get(sha256)

    def put(self, source: Mapping[str, str]) -> Book:
        """Compile a stored source (once); BookError when this version cannot honour it."""
        sha256 = source_sha256(source)
        if sha256 not in self._books:
            self._books[sha256] = compile_book(source, self._today)
        return self._books[sha256]

    def reloaded(self, today: Book) -> None:
        """Take in the book of a new content; pinned ones stay."""
        self._today = today
        self._books[today.sha256] = today


def is_content(parts: Sequence[str]) -> bool:
    """Is this path below the folder a file of content? Hidden ones are nobody's."""
    return parts[-1].endswith(_ENDINGS) and not any(part.startswith(".") for part in parts)


def _yaml_files(folder: Traversable, under: str = "") -> Iterator[tuple[str, Traversable]]:
    """Files by their name below the folder (`texts/ru.yaml`); hidden ones are nobody's content."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _yaml_files(entry, f"{under}{entry.name}/")
        elif entry.name.endswith(_ENDINGS):
            yield f"{under}{entry.name}", entry


def _read(name: str, file: Traversable) -> str | Problem:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return Problem(name, None, "", "file.encoding")
    except OSError as error:
        return Problem(name, None, "", "file.unreadable", (("reason", str(error.strerror)),))
