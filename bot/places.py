"""Has cards stand where they belong: of one case, and of all open ones when a group comes, moves or is lost."""

from dataclasses import dataclass

from bot.card_places import GROUP, MANAGER, card_places, responsible_chat
from bot.messages import Messages
from flows.draft import Draft
from flows.effects import ChangeButtons, DeleteMessage, SaveStaffChat
from flows.people import StaffChat
from flows.staff_chats import StaffChats
from storage.cards import OpenCard
from storage.journal import Copy
from storage.tx import Tx

_DELETED = 1  # what `anew` says of the message that was the card


@dataclass(frozen=True, slots=True)
class Places:
    """For one decision: `draft` is its subject afterwards, with the groups as they were."""

    tx: Tx
    draft: Draft
    messages: Messages

    def mark(self, *, anew: int, loud: bool) -> None:
        """The card of the case in hand has to show the newest state. One that stands in a group stays there, until
        it is posted anew, or the bot cannot write there any more."""
        case = self.draft.case
        places = card_places(self.draft)
        at_manager = self.tx.card_at(case.id, MANAGER)
        if at_manager is not None:
            places.setdefault(MANAGER, at_manager[0])
        for place, belongs in places.items():
            chat_id, at = belongs, self.tx.card_at(case.id, place)
            if at is not None and at[0] != belongs:
                if self._stays(place, at[0], anew):
                    chat_id = at[0]
                else:
                    self._leaves(at, anew)
            self.tx.mark_card(case.id, place, chat_id, anew=anew, loud=loud)

    def _stays(self, place: str, chat_id: int, anew: int) -> bool:
        return place == GROUP and not anew and _is_read(self.draft.facts.staff_chats, chat_id)

    def _leaves(self, at: tuple[int, int], anew: int) -> None:
        """Another message becomes the card: this one goes, or keeps its words for replies, without buttons."""
        self.tx.keep_copy(self.draft.case.id, *at, Copy.CARD)
        if anew == _DELETED:
            self.messages.delete(DeleteMessage(*at))
        else:
            self.messages.change_buttons(ChangeButtons(*at))

    # ---- groups

    def save(self, order: SaveStaffChat) -> None:
        """A group is bound, moves, is lost or is back: cards of open cases follow."""
        left = self.tx.standing_open(order.replaces) if order.replaces and order.left_behind else ()
        self.tx.save_staff_chat(order.chat, order.replaces)
        before = self.draft.facts.staff_chats.of(order.chat.chat_id)
        if before is not None and before.no_topics and not order.chat.no_topics:
            self.tx.forum.open_again(order.chat.chat_id)
        for message_id in left:
            self.messages.change_buttons(ChangeButtons(order.replaces or 0, message_id))
        chats = self.tx.staff_chats()
        for card in self.tx.open_cards():
            self._settle(card, chats, order.chat)

    def _settle(self, card: OpenCard, chats: StaffChats, changed: StaffChat) -> None:
        """One open case: its card leaves a group that the bot cannot write to, and is where somebody reads it."""
        chat = chats.of_branch(self.draft.facts.content.business.branch(card.branch_id).id)
        stands, at_manager = card.places.get(GROUP), card.places.get(MANAGER)
        if chat is not None and chat.writable:
            if stands is None or not _is_read(chats, stands[0]):
                self._goes(card, GROUP, chat.chat_id)
        elif at_manager is None:
            self._goes(card, MANAGER, responsible_chat(self.draft.facts, chats))
        if at_manager is not None and at_manager[0] == changed.chat_id and not changed.writable:
            self._goes(card, MANAGER, responsible_chat(self.draft.facts, chats))

    def _goes(self, card: OpenCard, place: str, chat_id: int | None) -> None:
        stands = card.places.get(place)
        if chat_id is None or (stands is not None and stands[0] == chat_id):
            return
        if stands is not None and stands[1] is not None:
            self.tx.keep_copy(card.case_id, stands[0], stands[1], Copy.CARD)
        self.tx.mark_card(card.case_id, place, chat_id)


def _is_read(chats: StaffChats, chat_id: int) -> bool:
    chat = chats.of(chat_id)
    return chat is not None and chat.writable
