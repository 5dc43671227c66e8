"""What stands on each poster: words from the content, the permanent link of the branch. Drawing is sheet.py."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flows.book import Branch, Content
from flows.links import start_link


@dataclass(frozen=True, slots=True)
class Poster:
    """One sheet. `lines` stand under the code: the first is the headline, the last names the telephone."""

    name: str  # of the file, without an ending
    brand: str
    branch: str  # "" when there is only one
    address: str  # what the code leads to
    lines: tuple[str, ...]


def posters(content: Content, bot_username: str, only: Iterable[str] = ()) -> tuple[Poster, ...]:
    """A poster for every branch that is not closed, or for those in `only` (ids), in the order of the content."""
    wanted = frozenset(only)
    branches = content.business.branches
    return tuple(
        _poster(content, bot_username, branch)
        for branch in branches
        if (branch.id in wanted if wanted else not branch.closed)
    )


def _poster(content: Content, bot_username: str, branch: Branch) -> Poster:
    business = content.business
    telephone = branch.phone or business.phone
    said = content.book.texts.plain("owner.poster", {"phone_public": telephone})
    return Poster(
        name=f"poster-{branch.id}",
        brand=business.brand,
        branch=branch.name if len(business.branches) > 1 else "",
        address=start_link(bot_username, f"b_{branch.id}"),
        lines=tuple(line.strip() for line in said.splitlines() if line.strip()),
    )
