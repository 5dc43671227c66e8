"""Says problems of the content in Russian or English; what the problems are stands in flows/.

A sentence of each code stands in `flows/sentences/problems.<language>.json`. Used at the terminal,
at start, on the demo's page and in Telegram: the same words everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files as package_files
from typing import Final

from flows.problems import Mistake, Problem, Quoted, Term

LANGUAGES: Final = ("ru", "en")


class ProblemWords:
    """The sentences of one language."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        """Take sentences by code, with {slots}."""
        self._sentences = sentences

    def line(self, problem: Problem) -> str:
        """One line: place, what is wrong, what to write instead."""
        place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
        where = f"{problem.where}: " if problem.where else ""
        warning = self.say("form.warning") if problem.warning else ""
        return f"{place}: {warning}{where}{self.what(problem)}"

    def report(self, problems: Iterable[Problem]) -> str:
        """One problem a line."""
        return "\n".join(map(self.line, problems))

    def what(self, wrong: Problem | Mistake) -> str:
        """The sentence alone, where the place is known already."""
        said = self.say(wrong.code, **dict(wrong.values))
        if wrong.near:
            return said + self.say("form.near", near=wrong.near)
        return said + (self.say("form.allowed", allowed=wrong.allowed) if wrong.allowed else "")

    def say(self, code: str, **values: object) -> str:
        """The sentence of a code, filled. KeyError when there is none."""
        shown = {name: self._shown(value) for name, value in values.items()}
        return self._sentences[code].format_map(shown)

    def _shown(self, value: object) -> str:
        match value:
            case Quoted():
                return self._sentences["form.quoted"].format(words=value)
            case Term():
                return self._sentences[value]
            case _:
                return str(value)


def report_language(locale: str, environment: Mapping[str, str]) -> str:
    """In which language to report: the content's own, else the terminal's, else English.

    The content goes first: a bare server says `en_US` or nothing, whoever its owner is.
    """
    settings = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    terminal = next(filter(None, settings), "")
    wanted = (locale, terminal[:2].lower())
    return next((language for language in wanted if language in LANGUAGES), "en")


@cache
def problem_words(language: str) -> ProblemWords:
    """The words of a language; English where there are none in it."""
    known = language if language in LANGUAGES else "en"
    file = package_files("flows") / "sentences" / f"problems.{known}.json"
    return ProblemWords(json.loads(file.read_text("utf-8")))
