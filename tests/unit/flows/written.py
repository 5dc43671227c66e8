"""A salon whose flows a test has written itself."""

from textwrap import dedent

from flows.book import Content
from flows.compiler import judge_content
from tests.content.salon import salon_files
from tests.unit.flows.desk import Desk, salon_desk

VISIT, WORDS, CHECK, NPS, BUSINESS = (
    "flows/after_visit.yaml",
    "flows/words.yaml",
    "flows/check.yaml",
    "flows/nps.yaml",
    "business.yaml",
)


def content_with(*changes: tuple[str, str, str], **written: str) -> Content:
    """The salon with flows written anew (`after_visit=…`) and words replaced: (file, before, after)."""
    files = salon_files() | {f"flows/{name}.yaml": dedent(text) for name, text in written.items()}
    for file, before, after in changes:
        assert before in files[file], f"{file} has no {before}"
        files[file] = files[file].replace(before, after)
    judgement = judge_content(files)
    assert judgement.content is not None, str(judgement.problems)
    return judgement.content


def desk_with(*changes: tuple[str, str, str], **written: str) -> Desk:
    """The salon's desk with that content."""
    desk = salon_desk()
    desk.memory.content = content_with(*changes, **written)
    return desk


def option(name: str) -> tuple[str, str, str]:
    """The change that switches an option on."""
    return (BUSINESS, f"  {name}: false", f"  {name}: true")
