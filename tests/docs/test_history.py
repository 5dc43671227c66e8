import re

from tests.docs.documents import ROOT


def _sections(document: str) -> dict[str, str]:
    """Heading of the second level and the text below it."""
    text = (ROOT / document).read_text(encoding="utf-8")
    parts = re.split(r"^## +(.+)$", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_the_changelog_opens_with_what_is_not_released_yet() -> None:
    assert next(iter(_sections("CHANGELOG.md"))) == "[Unreleased]"


def test_every_change_stands_under_a_known_kind() -> None:
    kinds = re.findall(
        r"^### (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE
    )

    known = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}

    assert set(kinds) - known == set()


def test_every_decision_says_what_why_what_was_rejected_and_when() -> None:
    wanted = ["**What.**", "**Why.**", "**Rejected.**"]

    incomplete = [
        title
        for title, text in _sections("DECISIONS.md").items()
        if [part for part in wanted if part not in text]
        or not re.search(r"\(\d{4}(-\d\d){2}\)$", title)
    ]

    assert incomplete == []
