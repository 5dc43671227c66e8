"""Cards: the calls that show them, rendered when they are sent. In which chats they stand: places.py."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot import forum
from bot.card_places import GROUP, MANAGER, card_places
from bot.desk import Desk
from bot.keyboards import Addresses, inline_keyboard
from bot.standing import gather_case
from bot.telegram import Call
from flows.card import card_in_short, card_text, group_line
from flows.card_buttons import card_rows
from flows.draft import Draft
from storage.cards import ClaimedCard
from storage.tx import Tx

_REMEMBERED = 5000  # messages


@dataclass(frozen=True, slots=True)
class CardCall:
    """A claimed card and the call that shows it, or makes the topic it goes into; `posts`: no edit."""

    card: ClaimedCard
    call: Call
    posts: bool


@dataclass(slots=True)
class Shown:
    """What the messages of the latest cards say: an edit that changes nothing would cost the group's limit.

    Forgotten with the process; then Telegram answers once that nothing was modified.
    """

    _said: dict[tuple[int, int], int] = field(default_factory=dict)

    def already(self, made: CardCall) -> bool:
        """The message says just this."""
        card = made.card
        if made.posts or card.message_id is None:
            return False
        return self._said.get((card.chat_id, card.message_id)) == _fingerprint(made)

    def remember(self, made: CardCall, message_id: int) -> None:
        """The message says this from now on."""
        self._said.pop((made.card.chat_id, message_id), None)
        self._said[made.card.chat_id, message_id] = _fingerprint(made)
        if len(self._said) > _REMEMBERED:
            del self._said[next(iter(self._said))]


def _fingerprint(made: CardCall) -> int:
    params = made.call.params
    return hash((params["text"], repr(params.get("reply_markup"))))


def card_call(tx: Tx, card: ClaimedCard, desk: Desk, moment: datetime) -> CardCall | None:
    """The call for a card as its case stands now; None when the case is gone."""
    found = gather_case(tx, card.case_id, moment, desk)
    if found is None:
        return None
    draft = Draft(*found, moment)
    hidden = _is_one_line(draft, card)
    before = forum.topic_before(tx, card, draft, hidden=hidden)
    if before is not None:
        return CardCall(card, before, posts=True)
    topic = forum.keep_true(tx, card, draft, hidden=hidden)
    params = _shown(draft, card, hidden=hidden)
    posts = card.posts
    params["chat_id"] = card.chat_id
    if posts:
        params["disable_notification"] = not card.loud
        if topic is not None:
            params["message_thread_id"] = topic.thread_id
        return CardCall(card, Call("sendMessage", params), posts=True)
    params["message_id"] = card.message_id
    return CardCall(card, Call("editMessageText", params), posts=False)


def _is_one_line(draft: Draft, card: ClaimedCard) -> bool:
    """The manager's cases stand in the group as one line without a story, as long as a manager has the card."""
    return card.place == GROUP and draft.case.for_manager and MANAGER in card_places(draft)


def _shown(draft: Draft, card: ClaimedCard, *, hidden: bool) -> dict[str, Any]:
    params: dict[str, Any] = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    if hidden:
        return {**params, "text": group_line(draft)}
    text = card_in_short(draft) if card.in_short else card_text(draft)
    addresses = Addresses(draft.facts.bot_username)
    keyboard = inline_keyboard(card_rows(draft), draft.facts.content.book.texts, addresses)
    return {**params, "text": text, "reply_markup": keyboard}
