"""Erasing and exporting as rows: what the group has to lose, the files a customer gets. Nothing is decided here."""

from typing import Any, Final

from bot.export import as_json, as_text
from flows.draft import Draft
from flows.effects import EraseCustomer, ExportData
from flows.praise import post_of
from storage.erasing import Post
from storage.outbox import OutboxRow
from storage.tx import Tx

_TO_CUSTOMER: Final = 1
_TIDYING: Final = 6


def erase_customer(tx: Tx, draft: Draft, order: EraseCustomer) -> None:
    """Forget the customer; evening posts that held their words are worded anew."""
    for post in tx.erase(order.customer_id).posts:
        _reword(tx, draft, post)


def _reword(tx: Tx, draft: Draft, post: Post) -> None:
    if not post.lines:
        if post.chat_id is not None and post.message_id is not None:
            tx.take_away(post.chat_id, post.message_id)
        else:
            tx.recall(post.key)
        return
    values = draft.words(praise_lines=post_of(draft, post.lines))
    text = draft.facts.content.book.texts.render("staff.praise", values)
    if post.chat_id is None or post.message_id is None:
        tx.reword(post.key, text)
        return
    params = {"message_id": post.message_id, "text": text, "parse_mode": "HTML"}
    tx.put_outbox(OutboxRow("", post.chat_id, _TIDYING, "editMessageText", params))


def export_data(tx: Tx, draft: Draft, order: ExportData) -> None:
    """Two files made in memory: one to read, one for programs; to the customer's own chat alone."""
    dossier = tx.dossier(order.customer_id)
    if dossier is None:
        return
    texts = draft.facts.content.book.texts
    caption = texts.render("privacy.export", draft.words())
    media: list[dict[str, Any]] = [
        {"type": "document", "media": {"name": "data.txt", "text": as_text(draft, dossier)}},
        {
            "type": "document",
            "media": {"name": "data.json", "text": as_json(dossier)},
            "caption": caption,
            "parse_mode": "HTML",
        },
    ]
    tx.put_outbox(
        OutboxRow(
            lane=f"chat:{order.tg_id}",
            chat_id=order.tg_id,
            priority=_TO_CUSTOMER,
            method="sendMediaGroup",
            params={"media": media},
        )
    )
