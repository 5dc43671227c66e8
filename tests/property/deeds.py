"""What people do in the shop, in the words of the machine that plays at random and of the stories that break it."""

from dataclasses import dataclass, replace
from typing import Any

from flows.events import StaffAction
from flows.people import Person, PersonState
from flows.presses import CasePress
from handlers.buttons import pack
from tests.property.shop import ELSEWHERE, GROUP, ME, WAITED, Message, Shop


@dataclass(slots=True)
class Deeds:
    """Everybody's hands; what cannot be done now is not done."""

    shop: Shop

    def visits(self, who: Person, by: Person, master: str) -> None:
        self.shop.writes(by, GROUP, f"/visit стрижка, {master}")
        posted = [m for m in self.chat(GROUP) if "?start=v_" in m.text]
        if posted:
            token = posted[-1].text.split("?start=")[1].split()[0]
            self.shop.writes(who, who.tg_id, f"/start {token}")
            self.rates(who, 1)
            self.shop.writes(who, who.tg_id, WAITED)
            self.shop.passes(seconds=61)

    def gives(self, who: Person, gift: int) -> None:
        for card in reversed(self.chat(GROUP)):
            gifts = [d for d in card.data if "|give|" in d]
            if gifts:
                self.shop.taps(who, GROUP, card.id, gifts[gift % len(gifts)])
                return

    def resolves(self, who: Person) -> None:
        for case in self.cases()[-2:]:
            for _ in range(2):
                self.forges(who, GROUP, pack(CasePress(case, StaffAction.RESOLVE)))

    def complains(self, who: Person, mark: int, words: str) -> None:
        self.shop.writes(who, who.tg_id, "/start b_bauman")
        self.rates(who, mark)
        self.shop.writes(who, who.tg_id, words)
        self.shop.passes(seconds=61)

    def leaves(self, who: Person) -> None:
        """Is not of the staff any more."""
        self.shop.tx.save_person(replace(who, state=PersonState.LEFT))

    def rates(self, who: Person, mark: int) -> None:
        for message in reversed(self.chat(who.tg_id)):
            marks = [d for d in message.data if d.startswith("a|") and d.endswith(f"|{mark}")]
            if marks:
                self.shop.taps(who, who.tg_id, message.id, marks[0])
                return

    def taps(self, who: Person, chat: int, message: int, button: int) -> None:
        tappable = [m for m in self.chat(chat) if m.data]
        if tappable:
            one = tappable[-1 - message % len(tappable)]
            self.shop.taps(who, chat, one.id, one.data[button % len(one.data)])

    def forges(self, who: Person, chat: int, data: str) -> None:
        there = self.chat(chat)
        self.shop.taps(who, chat, there[-1].id if there else 1, data)

    def blocks(self, who: Person, status: str) -> None:
        (self.shop.blocked.add if status == "kicked" else self.shop.blocked.discard)(who.tg_id)
        user = {"id": who.tg_id, "is_bot": False, "first_name": who.name}
        old = {"user": ME, "status": "member"}
        new: dict[str, Any] = {"user": ME, "status": status}
        if status == "kicked":
            new["until_date"] = 0
        chat = {"id": who.tg_id, "type": "private", "first_name": who.name}
        date = int(self.shop.now.timestamp())
        told = {"chat": chat, "from": user, "date": date, "old_chat_member": old}
        self.shop.update({"my_chat_member": {**told, "new_chat_member": new}})

    def place(self, who: Person, place: str) -> int:
        return {"group": GROUP, "private": who.tg_id, "elsewhere": ELSEWHERE}[place]

    def arg(self, number: int) -> str:
        offers = [offer.id for offer in self.shop.desk.content.catalogue.offers]
        gifts = [str(gift) for gift in self.gifts()]
        args = ("", "later", "sched", "none", "1", "2", "3", "1:1", "1:0:1", *offers, *gifts)
        return args[number % len(args)]

    def chat(self, chat: int) -> list[Message]:
        return self.shop.chats.get(chat, [])

    def rows(self, sql: str) -> list[Any]:
        return list(self.shop.conn.exec_driver_sql(sql))

    def cases(self) -> list[int]:
        return [row[0] for row in self.rows("SELECT id FROM cases ORDER BY id")]

    def gifts(self) -> list[int]:
        return [row[0] for row in self.rows("SELECT id FROM gifts ORDER BY id")]
