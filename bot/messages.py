"""What is said becomes rows of the outbox: letters, posts, toasts, files on their way. Nothing is decided or sent."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from bot import relay
from bot.card_places import GROUP, MANAGER, card_places
from bot.corrections import Corrections
from bot.keyboards import Addresses, inline_keyboard, reply_keyboard
from bot.letter_keys import deleting_key, keys_of_letter
from bot.posters.poster import posters
from flows.draft import Draft, is_trial
from flows.effects import (
    ChangeButtons,
    CorrectReply,
    DeleteMessage,
    Letter,
    LookAtGroup,
    Post,
    React,
    RelayToCustomer,
    RelayToStaff,
    Say,
    Toast,
)
from flows.events import Kind, LetterKind
from flows.quoting import answered_words
from flows.room import parts
from flows.staff_effects import Reword, SendFile, SendPosters
from flows.texts import Texts
from storage.outbox import OutboxRow
from storage.tx import Tx
from storage.vanishing import FAREWELL

TO_TAP, TO_CUSTOMER, TO_STAFF, TO_GROUP, BELOW_CARD, TIDYING = 0, 1, 2, 3, 5, 6  # between lanes
_TOAST_LIVES = timedelta(seconds=15)  # Telegram forgets a tap soon after
_REACTION_LIVES = timedelta(hours=1)
_TOAST_LIMIT = 200
_PART_MOST = 3500  # UTF-16 units of words under a card, so that a message stays under 4096
LOOK_AT_GROUP, LOOK_AT_NEW_GROUP = "look", "look-new"  # keys of such rows begin so
_WITH_ITS_CARD = 0  # a file goes where the card of its case stands, as soon as one does


@dataclass(slots=True)
class Messages:
    """Writes messages of one decision; `draft` is the subject afterwards."""

    tx: Tx
    draft: Draft

    def _texts(self, book: str, key: str, language: str = "") -> Texts:
        """The texts of a revision; today's for a key that is younger than it; "" is the business's language."""
        today = self.draft.facts.content.book
        pinned = self.draft.facts.books.get(book, today).texts_in(language)
        return pinned if pinned.has(key) else today.texts_in(language)

    @property
    def _addresses(self) -> Addresses:
        return Addresses(self.draft.facts.bot_username, self.draft.facts.card_at)

    def _put(self, row: OutboxRow) -> None:
        self.tx.put_outbox(row)

    def say(self, say: Say) -> None:
        """To a private chat; held letters wait in a lane of their own. Whoever was erased has no chat."""
        if say.tg_id < 0:
            return
        texts = self._texts(say.book, say.text, say.language)
        text = texts.render(say.text, say.values)
        if say.trial:
            text = f"{self._texts('', 'try.mark').render('try.mark')}\n\n{text}"
        params: dict[str, Any] = {
            "text": text,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        if say.drop_keyboard:
            params["reply_markup"] = {"remove_keyboard": True}
        elif say.rows and say.keyboard:
            params["reply_markup"] = reply_keyboard(say.rows, texts)
        elif say.rows:
            params |= self._buttons(say.rows, texts)
        elif say.wants_reply:
            params["reply_markup"] = {"force_reply": True}
        if say.silent:
            params["disable_notification"] = True
        to_staff = say.letter is not None and say.letter.kind.to_staff
        letter = say.letter or self._shown_to_staff(say.tg_id)
        self._put(
            OutboxRow(
                lane=_lane(say),
                chat_id=say.tg_id,
                priority=TO_STAFF if to_staff else TO_CUSTOMER,
                method="sendMessage",
                params=params,
                dedup_key=say.key,
                letter=letter,
                case_id=letter.case_id if letter else None,
                not_before=self.draft.moment + say.hold if say.hold else None,
            )
        )

    def _shown_to_staff(self, chat_id: int) -> Letter | None:
        """What colleagues read about a case is remembered: when the customer is erased it goes, too."""
        case, customer = self.draft.care.case, self.draft.care.customer
        if case is None or case.erased or chat_id == customer.tg_id:
            return None
        return Letter(LetterKind.STAFF, case.id)

    def _buttons(self, rows: Any, texts: Texts) -> dict[str, Any]:
        keyboard = inline_keyboard(rows, texts, self._addresses)
        return {"reply_markup": keyboard} if keyboard["inline_keyboard"] else {}

    def post(self, post: Post) -> None:
        """To the staff's group."""
        texts = self._texts("", post.text, post.language)
        text = texts.render(post.text, post.values)
        params: dict[str, Any] = {"parse_mode": "HTML", "disable_notification": post.silent}
        if post.qr:
            params |= {"photo": {"qr": post.qr}, "caption": text}
        else:
            params |= {"text": text, "link_preview_options": {"is_disabled": True}}
        if post.rows:
            params |= self._buttons(post.rows, texts)
        if post.reply_to is not None:
            params["reply_parameters"] = _reply_to(post.reply_to)
        letter = Letter(LetterKind.PRAISE) if post.key else self._shown_to_staff(post.chat_id)
        self._put(
            OutboxRow(
                lane=f"chat:{post.chat_id}",
                chat_id=post.chat_id,
                priority=TO_GROUP,
                method="sendPhoto" if post.qr else "sendMessage",
                params=params,
                dedup_key=post.key,
                letter=letter,
                case_id=letter.case_id if letter else None,
            )
        )

    def toast(self, toast: Toast) -> None:
        """The answer to a tap; dropped when it is too late for it."""
        params: dict[str, Any] = {"callback_query_id": toast.tap_id}
        if toast.start:
            params["url"] = self._addresses.resolve(f"start:{toast.start}")
        elif toast.text:
            texts = self._texts("", toast.text, toast.language)
            params["text"] = texts.plain(toast.text, toast.values)[:_TOAST_LIMIT]
            params["show_alert"] = toast.alert
        self._put(
            OutboxRow(
                lane="",
                chat_id=0,
                priority=TO_TAP,
                method="answerCallbackQuery",
                params=params,
                expires_at=self.draft.moment + _TOAST_LIVES,
            )
        )

    def react(self, react: React) -> None:
        """A reaction; dropped when it is too late for it."""
        reaction = [{"type": "emoji", "emoji": react.emoji}]
        params = {"message_id": react.message_id, "reaction": reaction}
        expires = self.draft.moment + _REACTION_LIVES
        self._put(
            OutboxRow("", react.chat_id, TIDYING, "setMessageReaction", params, expires_at=expires)
        )

    def delete(self, order: DeleteMessage) -> None:
        """Take a message of ours away."""
        params = {"message_id": order.message_id}
        key = deleting_key(order.chat_id, order.message_id)
        row = OutboxRow("", order.chat_id, TIDYING, "deleteMessage", params, dedup_key=key)
        self._put(row)

    def reword(self, order: Reword) -> None:
        """A message of ours in a private chat says something else now."""
        texts = self._texts("", order.text)
        params: dict[str, Any] = {
            "message_id": order.message_id,
            "text": texts.render(order.text, order.values),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": inline_keyboard(order.rows, texts, self._addresses),
        }
        lane = f"chat:{order.chat_id}"  # in the order in which the person sees things happen
        self._put(OutboxRow(lane, order.chat_id, TO_STAFF, "editMessageText", params))

    def send_file(self, order: SendFile) -> None:
        """A file of ours; its bytes stand in the row until it has left."""
        texts = self._texts("", order.text)
        params: dict[str, Any] = {
            "document": {"name": order.name, "base64": order.content},
            "caption": texts.render(order.text, order.values),
            "parse_mode": "HTML",
        }
        if order.rows:
            params |= self._buttons(order.rows, texts)
        lane = f"chat:{order.tg_id}"
        self._put(OutboxRow(lane, order.tg_id, TO_STAFF, "sendDocument", params))

    def send_paper(self, order: SendFile | SendPosters) -> None:
        """Something to keep: a file of ours, or posters."""
        if isinstance(order, SendPosters):
            self.send_posters(order)
        else:
            self.send_file(order)

    def send_posters(self, order: SendPosters) -> None:
        """The file is drawn when it is sent; what stands on it is known now."""
        content = self.draft.facts.content
        drawn = [asdict(poster) for poster in posters(content, self.draft.facts.bot_username)]
        params = {
            "document": {"posters": drawn},
            "caption": content.book.texts.render("owner.qr"),
            "parse_mode": "HTML",
        }
        lane = f"chat:{order.tg_id}"
        self._put(OutboxRow(lane, order.tg_id, TO_STAFF, "sendDocument", params))

    def change_buttons(self, change: ChangeButtons) -> None:
        """Under a message of ours. Rows may be empty: an empty keyboard takes the buttons away."""
        texts = self.draft.book.texts_in(change.language)
        keyboard = inline_keyboard(change.rows, texts, self._addresses)
        params = {"message_id": change.message_id, "reply_markup": keyboard}
        lane = f"buttons:{change.chat_id}"  # the last change is the one that has to stay
        self._put(OutboxRow(lane, change.chat_id, TIDYING, "editMessageReplyMarkup", params))

    def look_at_group(self, order: LookAtGroup) -> None:
        """A read is a row as well: asked until it is answered. What it is for stands in its key."""
        params = {"user_id": json.loads(self.tx.setting("me") or "{}").get("id", 0)}
        key = f"{LOOK_AT_NEW_GROUP if order.new else LOOK_AT_GROUP}:{self.draft.facts.ids.token()}"
        lane = f"chat:{order.chat_id}"
        self._put(OutboxRow(lane, order.chat_id, TO_GROUP, "getChatMember", params, dedup_key=key))

    # ---- relay

    def relay_to_staff(self, order: RelayToStaff) -> None:
        """A customer's file under the card, or words it has no room for; parts of an album join."""
        if order.message.kind is Kind.TEXT:
            self._words_below(order)
        elif relay.joins_album(order.message):
            self._album_below(order)
        else:
            self._put_under_card(order, *relay.file_call(order.message, self._caption(order)))

    def _words_below(self, order: RelayToStaff) -> None:
        for part in parts(order.message.text, _PART_MOST):
            params = {"text": self._below("staff.words_below", story=part), "parse_mode": "HTML"}
            self._put_under_card(order, "sendMessage", params)

    def _album_below(self, order: RelayToStaff) -> None:
        key = f"album:{order.case_id}:{order.message.album}"
        until = self.draft.moment + self.draft.timing.album_quiet
        if self.tx.extend_album(key, relay.album_part(order.message, "", html=True), until):
            return
        first = relay.album_part(order.message, self._caption(order), html=True)
        key = "" if self.tx.letter_known(key) else key
        params = {"media": [first]}
        self._put_under_card(order, "sendMediaGroup", params, key=key, until=until)

    def _caption(self, order: RelayToStaff) -> str:
        """Whose file it is, below what it answers."""
        caption, quoted = self._below("staff.files_caption"), answered_words(order.message)
        if not quoted:
            return caption
        return f"{self._below('staff.card.answers', quoted=quoted)}\n{caption}"

    def _below(self, text: str, **more: object) -> str:
        return self._texts("", text).render(text, self.draft.words(**more))

    def _put_under_card(
        self,
        order: RelayToStaff,
        method: str,
        params: dict[str, Any],
        *,
        key: str = "",
        until: datetime | None = None,
    ) -> None:
        self._put(
            OutboxRow(
                lane=f"case:{order.case_id}",
                chat_id=self._card_chat(),
                priority=BELOW_CARD,
                method=method,
                params={**params, "disable_notification": True},
                dedup_key=key,
                letter=Letter(LetterKind.BELOW, order.case_id, order.message.message_id),
                case_id=order.case_id,
                under_card=True,
                not_before=until,
            )
        )

    def relay_to_customer(self, order: RelayToCustomer) -> None:
        """A person's reply, signed; parts of an album join, and a signature may need a message of its own."""
        message, until = order.message, self.draft.moment + order.hold
        signature = self._signature(order)
        if is_trial(self.draft.care):
            signature = f"{signature}\n{self._texts('', 'try.mark').plain('try.mark')}"
        joins = relay.joins_album(message)
        if joins and self.tx.extend_album(
            order.key, relay.album_part(message, message.text, html=False), until
        ):
            return
        calls = (relay.album_calls if joins else relay.calls_for)(message, signature)
        calls = relay.in_reply(calls, order.answers, order.quote)
        keys = keys_of_letter(order.key)[: len(calls)]
        for key, (method, params) in zip(keys, calls, strict=True):
            self._put(
                OutboxRow(
                    lane=f"waits:{order.key}" if order.waits else _held_lane(order.tg_id),
                    chat_id=order.tg_id,
                    priority=TO_CUSTOMER,
                    method=method,
                    params=params,
                    dedup_key=key,
                    letter=order.letter,
                    case_id=order.case_id,
                    not_before=until,
                )
            )

    def correct(self, order: CorrectReply) -> None:
        """Other words for a reply that was written before."""
        Corrections(self.tx, self.draft).correct(order, self._signature(order.reply))

    def _signature(self, order: RelayToCustomer) -> str:
        texts = self._texts("", "reply.signature", self.draft.language)
        return texts.plain("reply.signature", order.signature)

    def _card_chat(self) -> int:
        """Where the files of the case are shown: with its full card."""
        places = card_places(self.draft)
        place = MANAGER if MANAGER in places else GROUP
        at = self.tx.card_at(self.draft.case.id, place)
        return at[0] if at is not None else places.get(place, _WITH_ITS_CARD)


def _lane(say: Say) -> str:
    if say.farewell:
        return FAREWELL
    return _held_lane(say.tg_id) if say.hold else f"chat:{say.tg_id}"


def _held_lane(tg_id: int) -> str:
    """Letters that wait for a change of mind have a lane of their own: nothing else waits for them."""
    return f"held:{tg_id}"


def _reply_to(message_id: int) -> dict[str, Any]:
    return {"message_id": message_id, "allow_sending_without_reply": True}
