"""Anybody does anything, in any order, from any chat, to the whole product without its network; the judge looks on.

Actions come from the enumerations of the product: a new one is played as soon as it exists.
"""

from contextlib import ExitStack
from dataclasses import replace
from typing import ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.desk import Rules
from flows.engine import advance
from flows.events import StaffAction, VoucherAction
from flows.people import Person, PersonState
from flows.presses import CasePress, ChoicePress, VoucherPress
from handlers.buttons import pack
from tests.property.deeds import Deeds
from tests.property.judge import Judge
from tests.property.shop import (
    CUSTOMERS,
    GROUP,
    STAFF,
    STRANGER,
    WAITED,
    Shop,
    opened_shop,
)

WORDS: Final = (
    WAITED,
    "У меня ожог после маски",
    "Спасибо, всё супер!",
    "Верните деньги",
    "Это срочно",
    "?",
)
REPLIES: Final = (
    "Анна, простите, что ждали. Напишу завтра до обеда.",
    "Простите нас. Отвечу через час.",
    "Успокойтесь, вы сами опоздали.",
    "// для своих: опять она",
    "Уже разбираемся",
)
SPANS: Final = (5, 11, 61, 601, 1500, 3600, 7200, 86_400, 3 * 86_400, 70 * 86_400)
EVERYBODY: Final = (*STAFF, STRANGER, *CUSTOMERS[:3])
ROLES: Final = ("administrator", "manager", "owner")

anybody = st.sampled_from(EVERYBODY)
somebody_of_staff = st.sampled_from(STAFF)
crew = st.sampled_from(STAFF[:3])
front_line = st.sampled_from(STAFF[2:])
guest = st.sampled_from(CUSTOMERS)
regular = st.sampled_from(CUSTOMERS[:2])
some = st.integers(0, 40)
last = st.integers(0, 3)  # counted from the newest


class Machine(RuleBasedStateMachine):
    """One salon, played at random; `decides` does, `Judge` looks at every decision."""

    decides: ClassVar[Rules] = staticmethod(advance)

    @initialize()
    def opens(self) -> None:
        """The salon, and one guest who is not content: without that chance seldom gets far."""
        self.judge = Judge(type(self).decides)
        self.stack = ExitStack()
        self.shop: Shop = self.stack.enter_context(opened_shop(self.judge))
        self.judge.shop = self.shop
        self.deeds = Deeds(self.shop)
        self.deeds.complains(CUSTOMERS[0], 2, WAITED)

    def teardown(self) -> None:
        """The database goes."""
        if hasattr(self, "stack"):
            self.stack.close()

    @invariant()
    def everything_holds(self) -> None:
        """What the judge sees between two events."""
        if hasattr(self, "shop"):
            self.judge.looks_around()

    # ---- guests

    @rule(who=guest, mark=st.integers(1, 5), words=st.sampled_from(WORDS))
    def complains(self, who: Person, mark: int, words: str) -> None:
        self.deeds.complains(who, mark, words)

    @rule(who=guest, by=crew, master=st.sampled_from(("", "Гузель", "Айгуль")))
    def visits(self, who: Person, by: Person, master: str) -> None:
        """A one-time link, opened by a guest, who is not content."""
        self.deeds.visits(who, by, master)

    @rule(who=regular, by=front_line, gift=last)
    def gets_something(self, who: Person, by: Person, gift: int) -> None:
        """Another visit, another gift, and the case is closed: what a week's limits are for."""
        self.deeds.visits(who, by, "")
        self.deeds.gives(by, gift)
        self.shop.passes(seconds=11)
        self.deeds.resolves(by)

    @rule(who=guest, words=st.sampled_from(WORDS))
    def writes(self, who: Person, words: str) -> None:
        self.shop.writes(who, who.tg_id, words)

    @rule(who=anybody, message=last, button=some)
    def taps_what_the_bot_said(self, who: Person, message: int, button: int) -> None:
        self.deeds.taps(who, who.tg_id, message, button)

    @rule(who=anybody)
    def stops_the_bot(self, who: Person) -> None:
        changed = {"left": "kicked", "came": "member"}[
            "came" if who.tg_id in self.shop.blocked else "left"
        ]
        self.deeds.blocks(who, changed)

    # ---- the staff

    @rule(who=crew, message=last, button=some)
    def taps_in_the_group(self, who: Person, message: int, button: int) -> None:
        self.deeds.taps(who, GROUP, message, button)

    @rule(who=crew, message=last, button=some)
    def taps_again(self, who: Person, message: int, button: int) -> None:
        self.deeds.taps(who, GROUP, message, button)

    @rule(who=somebody_of_staff, offer=some, case=st.integers(0, 1))
    def gives(self, who: Person, offer: int, case: int) -> None:
        """Any offer of the catalogue, whether a card shows it or not."""
        offers = self.shop.desk.content.catalogue.offers
        press = CasePress(
            self.deeds.cases()[-1 - case % len(self.deeds.cases())],
            StaffAction.GIVE,
            offers[offer % len(offers)].id,
        )
        self.deeds.forges(who, GROUP, pack(press))

    @rule(who=crew, action=st.sampled_from(VoucherAction), gift=last)
    def works_on_a_voucher(self, who: Person, action: VoucherAction, gift: int) -> None:
        """As its buttons would have it."""
        args = {VoucherAction.REDEEM: "bauman", VoucherAction.REVOKE: "mistake"}
        if gifts := self.deeds.gifts():
            press = VoucherPress(gifts[-1 - gift % len(gifts)], action, args.get(action, ""))
            self.deeds.forges(who, who.tg_id, pack(press))

    @rule(who=anybody, words=st.sampled_from(REPLIES), message=last, private=st.booleans())
    def replies(self, who: Person, words: str, message: int, private: bool) -> None:
        chat = who.tg_id if private else GROUP
        if there := self.deeds.chat(chat):
            self.shop.writes(who, chat, words, to=there[-1 - message % len(there)].id)

    @rule(who=crew)
    def resolves(self, who: Person) -> None:
        self.deeds.resolves(who)

    # ---- forged, early, late, from anywhere

    @rule(
        who=anybody,
        action=st.sampled_from(StaffAction),
        number=some,
        arg=some,
        place=st.sampled_from(("group", "private", "elsewhere")),
    )
    def forges_a_tap(
        self, who: Person, action: StaffAction, number: int, arg: int, place: str
    ) -> None:
        if cases := self.deeds.cases():
            press = CasePress(cases[number % len(cases)], action, self.deeds.arg(arg))
            self.deeds.forges(who, self.deeds.place(who, place), pack(press))

    @rule(
        who=anybody,
        action=st.sampled_from(VoucherAction),
        number=some,
        arg=st.sampled_from(("", "bauman", "moon", "mistake", "abuse")),
        place=st.sampled_from(("group", "private", "elsewhere")),
    )
    def forges_a_voucher(
        self, who: Person, action: VoucherAction, number: int, arg: str, place: str
    ) -> None:
        if gifts := self.deeds.gifts():
            press = VoucherPress(gifts[-1 - number % len(gifts)], action, arg)
            self.deeds.forges(who, self.deeds.place(who, place), pack(press))

    @rule(
        who=anybody,
        number=some,
        place=st.sampled_from(("group", "private", "elsewhere")),
        scans=st.booleans(),
    )
    def shows_a_code(self, who: Person, number: int, place: str, scans: bool) -> None:
        codes = [row[0] for row in self.deeds.rows("SELECT code FROM gifts WHERE code != ''")] or [
            "X"
        ]
        code = codes[-1 - number % len(codes)]
        words = f"/start c_{code}" if scans else f"/redeem {code}"
        self.shop.writes(who, self.deeds.place(who, place), words)

    @rule(who=anybody, number=some, arg=some)
    def forges_a_choice(self, who: Person, number: int, arg: int) -> None:
        if gifts := self.deeds.gifts():
            press = ChoicePress(gifts[-1 - number % len(gifts)], self.deeds.arg(arg) or "none")
            self.deeds.forges(who, who.tg_id, pack(press))

    # ---- time, and the roster in the middle of everything

    @rule(seconds=st.sampled_from(SPANS))
    def time_passes(self, seconds: int) -> None:
        self.shop.passes(seconds=seconds)

    @rule(
        who=somebody_of_staff,
        role=st.sampled_from(ROLES),
        there=st.booleans(),
        on_shift=st.booleans(),
    )
    def the_roster_changes(self, who: Person, role: str, there: bool, on_shift: bool) -> None:
        """Raised, lowered, off shift, or gone; the owner stays, so that there is somebody."""
        if who.role != "owner":
            state = PersonState.APPROVED if there else PersonState.LEFT
            self.shop.tx.save_person(replace(who, role=role, state=state, on_shift=on_shift))
