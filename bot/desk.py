"""What every turn has at hand besides its transaction: today's content, old books, standing secrets."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from bot.content import Books
from flows.book import Book, Content
from flows.case import Care
from flows.compiler import BookError
from flows.effects import Effect
from flows.engine import advance
from flows.events import Event
from flows.facts import Facts, Tokens
from storage.tx import Tx

_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read as another
_CODE_GROUPS = (4, 2)

Rules: TypeAlias = Callable[[Care, Event, Facts, datetime], tuple[Care, list[Effect]]]
_TOKEN_BYTES = 12


def voucher_code() -> str:
    """A code that cannot be guessed and is easy to say aloud, such as `K7M2-QX`."""
    groups = ("".join(secrets.choice(_CODE_LETTERS) for _ in range(n)) for n in _CODE_GROUPS)
    return "-".join(groups)


def link_token() -> str:
    """The secret part of a link."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


@dataclass(slots=True)
class Desk:
    """Shared by all turns; `content` is replaced as a whole when the owner's folder is read again."""

    content: Content
    books: Books
    tokens: Tokens
    bot_username: str
    code: Callable[[], str] = voucher_code
    token: Callable[[], str] = link_token
    rules: Rules = advance  # what decides
    traces_left: bool = False  # somebody was forgotten, and the write-ahead log still has the words
    files: Mapping[str, str] = field(default_factory=dict)  # that the content was compiled of
    _unreadable: set[str] = field(default_factory=set)

    def take(self, content: Content, files: Mapping[str, str]) -> None:
        """Work with this content from now on; on the writer's thread, so that no turn sees two."""
        self.books.reloaded(content.book)
        self.content, self.files = content, files
        self._unreadable.clear()

    def book(self, tx: Tx, sha256: str) -> Book | None:
        """The pinned book, compiled from its stored source when need be; None when it cannot be honoured."""
        known = self.books.get(sha256)
        if known is not None or sha256 in self._unreadable:
            return known
        source = tx.book_source(sha256)
        try:
            return self.books.put(json.loads(source)) if source else None
        except BookError:
            self._unreadable.add(sha256)
            return None

    def keep_today(self, tx: Tx) -> None:
        """Store today's book in the transaction that first uses it."""
        book = self.content.book
        if tx.book_known(book.sha256):
            return
        tx.keep_book(book.sha256, json.dumps(dict(book.source), ensure_ascii=False))
