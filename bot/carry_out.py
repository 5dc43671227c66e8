"""Effects become rows: messages of the outbox, cards, timers, gifts, the journal. Nothing is decided or sent."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, assert_never

from bot import relay
from bot.keyboards import Addresses, inline_keyboard, reply_keyboard
from flows.draft import Draft
from flows.effects import (
    CancelTimer,
    ChangeButtons,
    DeleteMessage,
    Effect,
    KeepMessage,
    Letter,
    MarkCard,
    Post,
    Praise,
    PraisePosted,
    React,
    Recall,
    Record,
    RelayToCustomer,
    RelayToStaff,
    Resend,
    SaveGift,
    SavePerson,
    SaveStaffChat,
    SaveVisit,
    Say,
    SetTimer,
    Spend,
    Toast,
)
from flows.events import LetterKind
from flows.praise import praise_timer
from flows.texts import Texts
from storage.outbox import OutboxRow
from storage.tx import Tx

TO_TAP, TO_CUSTOMER, TO_STAFF, TO_GROUP, TIDYING = 0, 1, 2, 3, 6  # priorities between lanes
_Writing = (
    KeepMessage
    | Recall
    | Resend
    | SetTimer
    | CancelTimer
    | SaveGift
    | Spend
    | SaveVisit
    | SavePerson
    | SaveStaffChat
    | Praise
    | PraisePosted
    | Record
)
_TOAST_LIVES = timedelta(seconds=15)  # Telegram forgets a tap soon after
_REACTION_LIVES = timedelta(hours=1)
_TOAST_LIMIT = 200


@dataclass(slots=True)
class CarryOut:
    """Carries out the effects of one decision within its transaction; `draft` is the subject afterwards."""

    tx: Tx
    draft: Draft
    timers: bool = False  # something falls due

    def all(self, effects: list[Effect]) -> None:
        """In the order given."""
        for effect in effects:
            self._one(effect)

    def _one(self, effect: Effect) -> None:
        match effect:
            case Say():
                self._say(effect)
            case Post():
                self._post(effect)
            case Toast():
                self._toast(effect)
            case React():
                self._react(effect)
            case ChangeButtons():
                self._change_buttons(effect)
            case DeleteMessage():
                self._tidy(effect.chat_id, "deleteMessage", {"message_id": effect.message_id})
            case MarkCard():
                self._mark_card(effect)
            case RelayToStaff():
                self._relay_to_staff(effect)
            case RelayToCustomer():
                self._relay_to_customer(effect)
            case _:
                self._write(effect)

    def _write(self, effect: _Writing) -> None:  # noqa: PLR0912 - one branch for each kind
        match effect:
            case KeepMessage():
                self.tx.keep_message(
                    effect.case_id,
                    self.draft.care.customer.id,
                    incoming=not effect.author,
                    message=effect.message,
                    author=effect.author,
                )
            case Recall():
                for key in _keys_of_letter(effect.key):
                    self.tx.recall(key)
            case Resend():
                for key in _keys_of_letter(effect.key):
                    self.tx.resend(key)
            case SetTimer():
                self._set_timer(effect)
            case CancelTimer():
                self.tx.cancel_timer(effect.key)
            case SaveGift():
                self.tx.save_gift(effect.gift)
            case Spend():
                self.tx.spend(effect.counter, effect.amount, effect.limit)
            case SaveVisit():
                self.tx.save_visit(effect.visit)
            case SavePerson():
                self.tx.save_person(effect.person)
            case SaveStaffChat():
                self._save_staff_chat(effect)
            case Praise():
                self._praise(effect)
            case PraisePosted():
                self.tx.praise_posted(effect.branch_id)
            case Record():
                self.tx.record(effect)
            case _:
                assert_never(effect)

    # ---- messages

    def _texts(self, book: str, key: str) -> Texts:
        """The texts of a revision; today's for a key that is younger than it."""
        today = self.draft.facts.content.book
        pinned = self.draft.facts.books.get(book, today).texts
        return pinned if pinned.has(key) else today.texts

    @property
    def _addresses(self) -> Addresses:
        return Addresses(self.draft.facts.bot_username, self.draft.facts.card_at)

    def _put(self, row: OutboxRow) -> None:
        self.tx.put_outbox(row)

    def _say(self, say: Say) -> None:
        texts = self._texts(say.book, say.text)
        params: dict[str, Any] = {
            "text": texts.render(say.text, say.values),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        if say.drop_keyboard:
            params["reply_markup"] = {"remove_keyboard": True}
        elif say.rows and say.keyboard:
            params["reply_markup"] = reply_keyboard(say.rows, texts)
        elif say.rows:
            params |= self._buttons(say.rows, texts)
        if say.silent:
            params["disable_notification"] = True
        to_staff = say.letter is not None and say.letter.kind is LetterKind.STAFF
        self._put(
            OutboxRow(
                lane=_held_lane(say.tg_id) if say.hold else f"chat:{say.tg_id}",
                chat_id=say.tg_id,
                priority=TO_STAFF if to_staff else TO_CUSTOMER,
                method="sendMessage",
                params=params,
                dedup_key=say.key,
                letter=say.letter,
                case_id=say.letter.case_id if say.letter else None,
                not_before=self.draft.moment + say.hold if say.hold else None,
            )
        )

    def _buttons(self, rows: Any, texts: Texts) -> dict[str, Any]:
        keyboard = inline_keyboard(rows, texts, self._addresses)
        return {"reply_markup": keyboard} if keyboard["inline_keyboard"] else {}

    def _post(self, post: Post) -> None:
        texts = self._texts("", post.text)
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
        self._put(
            OutboxRow(
                lane=f"chat:{post.chat_id}",
                chat_id=post.chat_id,
                priority=TO_GROUP,
                method="sendPhoto" if post.qr else "sendMessage",
                params=params,
            )
        )

    def _toast(self, toast: Toast) -> None:
        params: dict[str, Any] = {"callback_query_id": toast.tap_id}
        if toast.start:
            params["url"] = self._addresses.resolve(f"start:{toast.start}")
        elif toast.text:
            texts = self._texts("", toast.text)
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

    def _react(self, react: React) -> None:
        reaction = [{"type": "emoji", "emoji": react.emoji}]
        params = {"message_id": react.message_id, "reaction": reaction}
        self._tidy(react.chat_id, "setMessageReaction", params, _REACTION_LIVES)

    def _change_buttons(self, change: ChangeButtons) -> None:
        """Rows may be empty: an empty keyboard takes the buttons away."""
        keyboard = inline_keyboard(change.rows, self.draft.book.texts, self._addresses)
        params = {"message_id": change.message_id, "reply_markup": keyboard}
        self._tidy(change.chat_id, "editMessageReplyMarkup", params)

    def _tidy(
        self, chat_id: int, method: str, params: dict[str, Any], lives: timedelta | None = None
    ) -> None:
        expires = self.draft.moment + lives if lives else None
        row = OutboxRow("", chat_id, TIDYING, method, params, expires_at=expires)
        self._put(row)

    # ---- relay

    def _relay_to_staff(self, order: RelayToStaff) -> None:
        message, chat_id = order.message, self._card_chat()
        if chat_id is None:
            return
        caption = self._texts("", "staff.files_caption").render(
            "staff.files_caption", self.draft.words()
        )
        key = f"album:{order.case_id}:{message.album}" if relay.joins_album(message) else ""
        if key:
            part = relay.album_part(message, "", html=True)
            until = self.draft.moment + self.draft.timing.album_quiet
            if self.tx.extend_album(key, part, until):
                return
            first = relay.album_part(message, caption, html=True)
            method, params = "sendMediaGroup", {"media": [first]}
        else:
            until = None
            method, params = relay.file_call(message, caption)
        known = bool(key) and self.tx.letter_known(key)
        self._put(
            OutboxRow(
                lane=f"case:{order.case_id}",
                chat_id=chat_id,
                priority=TO_GROUP,
                method=method,
                params={**params, "disable_notification": True},
                dedup_key="" if known else key,
                letter=Letter(LetterKind.STAFF, order.case_id),
                case_id=order.case_id,
                under_card=True,
                not_before=until,
            )
        )

    def _relay_to_customer(self, order: RelayToCustomer) -> None:
        message, until = order.message, self.draft.moment + order.hold
        signature = self._texts("", "reply.signature").plain("reply.signature", order.signature)
        joins = relay.joins_album(message)
        if joins and self.tx.extend_album(
            order.key, relay.album_part(message, message.text, html=False), until
        ):
            return
        calls = (relay.album_calls if joins else relay.calls_for)(message, signature)
        keys = _keys_of_letter(order.key)[: len(calls)]
        for key, (method, params) in zip(keys, calls, strict=True):
            self._put(
                OutboxRow(
                    lane=_held_lane(order.tg_id),
                    chat_id=order.tg_id,
                    priority=TO_CUSTOMER,
                    method=method,
                    params=params,
                    dedup_key=key,
                    letter=order.letter if key == keys[-1] else None,
                    case_id=order.case_id,
                    not_before=until,
                )
            )

    # ---- cards

    def _card_chat(self) -> int | None:
        """Where the files of the case are shown: with its full card."""
        places = card_places(self.draft)
        return places.get("manager", places.get("group"))

    def _mark_card(self, mark: MarkCard) -> None:
        case = self.draft.case
        anew = 0 if not mark.anew else 2 if mark.keep_old else 1
        loud = bool(case.story or case.files or case.opening > 1 or case.for_manager)
        places = card_places(self.draft)
        standing = self.tx.card_at(case.id, "manager")
        if standing is not None:
            places.setdefault("manager", standing[0])
        for place, chat_id in places.items():
            self.tx.mark_card(case.id, place, chat_id, anew=anew, loud=loud)

    # ---- time, the group, praise

    def _set_timer(self, timer: SetTimer) -> None:
        chat_id = self.draft.care.customer.tg_id if timer.customer_id is not None else 0
        self.tx.set_timer(timer, chat_id)
        self.timers = True

    def _save_staff_chat(self, order: SaveStaffChat) -> None:
        self.tx.save_staff_chat(order.chat, order.replaces)
        if order.chat.inside:
            self.tx.post_open_cases(order.chat.chat_id)

    def _praise(self, praise: Praise) -> None:
        self.tx.add_praise(praise)
        self._set_timer(praise_timer(self.draft, praise.branch_id))


def card_places(draft: Draft) -> dict[str, int]:
    """Place to chat: the group; for the manager's cases also the manager, in private.

    As long as the bot is in no group whoever is responsible gets the card in private: nothing waits unseen.
    """
    chat = draft.facts.staff_chat
    places = {"group": chat.chat_id} if chat is not None else {}
    if draft.case.for_manager or chat is None or not chat.inside:
        senior = draft.facts.senior_to(0)
        if senior is not None:
            places["manager"] = senior.tg_id
    return places


def _keys_of_letter(key: str) -> tuple[str, str]:
    """A letter may need a second row, for a signature that has no room below a file."""
    return key, f"{key}:signature"


def _held_lane(tg_id: int) -> str:
    """Letters that wait for a change of mind have a lane of their own: nothing else waits for them."""
    return f"held:{tg_id}"


def _reply_to(message_id: int) -> dict[str, Any]:
    return {"message_id": message_id, "allow_sending_without_reply": True}
