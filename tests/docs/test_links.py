import re
from pathlib import Path
from urllib.parse import unquote

from tests.docs.documents import documents, name, prose_and_code

_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", flags=re.IGNORECASE)


def _anchors(text: str) -> set[str]:
    """What a heading can be linked by: lower case, spaces to hyphens, punctuation dropped."""
    headings = re.findall(r"^#{1,6} +(.+?)\s*$", text, flags=re.MULTILINE)
    bare = [re.sub(r"[^\w\s-]", "", heading.lower()) for heading in headings]
    return {heading.replace(" ", "-") for heading in bare}


def _broken(document: Path) -> list[str]:
    wrong = []
    for link in _LINK.findall(prose_and_code(document)):
        if _ELSEWHERE.match(link):
            continue
        where, _, anchor = unquote(link).partition("#")
        target = document.parent / where if where else document
        missing = not target.exists()
        if missing or (anchor and anchor not in _anchors(prose_and_code(target))):
            wrong.append(f"{name(document)}: {link}")
    return wrong


def test_every_relative_link_leads_somewhere() -> None:
    broken = [link for document in documents() for link in _broken(document)]

    assert broken == []
