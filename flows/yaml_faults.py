"""What the YAML parser stumbles over, told as a mistake of the owner's. Reading itself: yaml_source.py."""

import re
from collections.abc import Sequence

from ruamel.yaml.error import MarkedYAMLError

from flows.problems import Problem, one_line

# What the parser says, beginning with it, and the code of our own sentence.
_TOLD = (
    ("found undefined alias", "yaml.anchor"),
    ("expected URI", "yaml.tag"),
    ("but found another document", "yaml.documents"),
    ("found unknown escape character", "yaml.escape"),
    ("mapping values are not allowed here", "yaml.colon"),
    ("sequence entries are not allowed here", "yaml.dash"),
    ("expected <block end>, but found '<scalar>'", "yaml.after_quotes"),
    ("expected <block end>", "yaml.indent"),
)
# Those told at their beginning: the parser notices only at the end of the file.
_OPENED = (
    ("while scanning a simple key", "yaml.no_colon"),
    ("while parsing a tag", "yaml.tag"),
    ("while scanning a tag", "yaml.tag"),
    ("while scanning a quoted scalar", "yaml.quote_open"),
    ("while parsing a flow sequence", "yaml.list_open"),
    ("while parsing a flow mapping", "yaml.braces_open"),
)
_START = re.compile(r"found character '(\\t|.)'")
_QUOTE_NEAR = 5  # lines: a text goes over a few at most
_BARE_BRACE = re.compile(r":\s+(\{[^{}]*\}|\[\[.*\]\])\s*[^\s,}\]#]")


def parser_fault(file: str, error: MarkedYAMLError, text: str) -> Problem:
    """One problem for what stopped the parser; in its own words when we have none for it."""
    lines = text.split("\n")
    line = error.problem_mark.line + 1 if error.problem_mark else 0
    said = str(error.problem or error.context or "")
    if at := _bare_brace(lines, line):
        return Problem(file, at, "", "yaml.bare_brace")
    if error.context_mark is not None:
        for words, code in _OPENED:
            if error.context == words and not said.startswith("found unknown escape"):
                return Problem(file, error.context_mark.line + 1, "", code)
    if bad := _START.match(said):
        if bad[1] == "\\t":
            return Problem(file, line, "", "yaml.tab")
        return Problem(file, line, "", "yaml.start", (("sign", bad[1]),))
    for words, code in _TOLD:
        if said.startswith(words):
            if code == "yaml.after_quotes" and (at := _open_quote(lines, line)):
                return Problem(file, at, "", "yaml.quote_open")
            return Problem(file, line or None, "", code)
    return Problem(file, line or None, "", "yaml.unreadable", (("words", one_line(said)),))


def _open_quote(lines: Sequence[str], line: int) -> int:
    """A line shortly before with a quote that has no pair: it was closed by the next one below; else 0."""
    near = range(line - 1, max(line - _QUOTE_NEAR, 0), -1)
    return next((at for at in near if lines[at - 1].count('"') % 2), 0)


def _bare_brace(lines: Sequence[str], line: int) -> int:
    """The line at fault, or the one before it, where a text begins with a brace; 0 for neither."""
    near = (at for at in (line, line - 1) if 0 < at <= len(lines))
    return next((at for at in near if _BARE_BRACE.search(lines[at - 1])), 0)
