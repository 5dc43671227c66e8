import re

import click

from bot.cli import main
from tests.docs.documents import ROOT, code_spans, documents, name, prose_and_code


def _said(pattern: str) -> set[tuple[str, str]]:
    """Pairs of document and first group of the pattern, wherever code in a document matches it."""
    return {
        (name(document), found)
        for document in [*documents(), ROOT / ".env.example"]
        for span in code_spans(prose_and_code(document))
        for found in re.findall(pattern, span)
    }


def _targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))


def test_every_make_target_named_in_a_document_exists() -> None:
    named = _said(r"(?:^|[\s(])make ([a-z-]+)\b")

    unknown = {(where, target) for where, target in named if target not in _targets()}

    assert unknown == set()


def test_every_command_named_in_a_document_exists() -> None:
    named = _said(r"(?:^\s*(?:\$ )?|[\s/])zabota ([a-z][a-z-]*)\b")
    known = main.list_commands(click.Context(main))

    unknown = {(where, command) for where, command in named if command not in known}

    assert unknown == set()


def test_make_help_explains_every_public_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    explained = set(re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE))

    assert explained == _targets()
