"""The bot's standing links and their QR codes. Who may use a link is decided in the rules.

The shapes are those that `handlers/` reads: `own_`, `join_` and `g_` with a secret, `b_` with the
id of a branch, `v_` with the token of one visit.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flows.facts import Tokens
from flows.links import group_link, start_link, to_manage, visit_link
from storage.tx import Tx

_SCALE: Final = 10  # pixels of a module; 30 mm at 300 dpi
_BORDER: Final = 4  # modules; the standard asks for four


@dataclass(frozen=True, slots=True)
class Link:
    """One link: what it is called in file names and lists, where it leads, whom it is for."""

    name: str
    address: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one bot; addresses of t.me."""

    bot_username: str
    tokens: Tokens

    def owner(self) -> str:
        """Makes the first who opens it the owner."""
        return start_link(self.bot_username, f"own_{self.tokens.owner}")

    def join(self) -> str:
        """Asks to join the staff."""
        return start_link(self.bot_username, f"join_{self.tokens.join}")

    def manager(self) -> str:
        """Lets in the manager, whom the owner forwards it to."""
        return to_manage(self.bot_username, self.tokens)

    def group(self) -> str:
        """Adds the bot to a group as an administrator and binds the group."""
        return group_link(self.bot_username, f"g_{self.tokens.group}")

    def branch(self, branch_id: str) -> str:
        """Permanent: for a poster, a table, a receipt."""
        return start_link(self.bot_username, f"b_{branch_id}")

    def visit(self, token: str) -> str:
        """For the customer of one visit; the first who opens it."""
        return visit_link(self.bot_username, token)

    def standing(self, branches: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
        """All that stand for good; `branches` are (id, name)."""
        of_branches = (
            Link(f"branch-{branch_id}", self.branch(branch_id), f"customers of {name}")
            for branch_id, name in branches
        )
        return (
            Link("owner", self.owner(), "the owner, once; keep it secret"),
            Link("group", self.group(), "binds the staff group; keep it secret"),
            Link("join", self.join(), "people of the staff"),
            Link("manager", self.manager(), "the manager, once; keep it secret"),
            *of_branches,
        )


def standing_tokens(tx: Tx, new_token: Callable[[], str]) -> Tokens:
    """Secrets of the standing links, made when they are asked for the first time."""
    names = ("owner", "join", "group", "manager")
    return Tokens(*(_secret(tx, f"{name}_token", new_token) for name in names))


def qr_png(address: str) -> bytes:
    """The address as a QR code, ready to be sent or printed."""
    return _qr(address, "png")


def write_qr(folder: Path, links: Iterable[Link]) -> tuple[Path, ...]:
    """A PNG and an SVG of each link in `folder`, which is made; returns what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for link in links:
        for kind in ("png", "svg"):
            path = folder / f"{link.name}.{kind}"
            path.write_bytes(_qr(link.address, kind))
            written.append(path)
    return tuple(written)


def _qr(address: str, kind: str) -> bytes:
    import segno  # noqa: PLC0415  (most starts of the bot draw nothing)

    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind=kind, scale=_SCALE, border=_BORDER)
    return out.getvalue()


def _secret(tx: Tx, key: str, new_token: Callable[[], str]) -> str:
    known = tx.setting(key)
    if known is None:
        known = new_token()
        tx.set_setting(key, known)
    return known
