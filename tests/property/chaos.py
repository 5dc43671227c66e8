"""Random days in the salon: what anybody might do, allowed or forged, early or late."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from flows.card_buttons import card_rows
from flows.events import (
    Command,
    CustomerAnswered,
    CustomerSetQuestions,
    CustomerWished,
    Event,
    Failure,
    GroupLinkOpened,
    GroupMigrated,
    GroupRightsChanged,
    JoinDecided,
    Kind,
    LetterFailed,
    LetterSent,
    PersonLeftGroup,
    ShiftChanged,
    StaffAction,
    StaffTapped,
    StaffWrote,
    Tap,
    TimerFired,
    TroubleNoticed,
    VisitEnded,
)
from flows.presses import Button, CasePress, CopyText, OpenUrl, SharePhone, TypeLabel
from tests.unit.flows.desk import GROUP, Desk
from tests.unit.flows.memory import TOKENS

CUSTOMERS = ("Анна", "Дана", "", "Гузель")
STAFF = ("Гузель", "Рамиля", "Лев", "Айгуль", "Кто-то")
PHONES = ("+79990000001", "+79990000002")
WORDS = (
    "Ждала сорок минут",
    "У меня ожог",
    "Спасибо, всё супер!",
    "Привет",
    "?",
    "А можно перенести запись?",
    "Ужасно, верните деньги",
    "Лилия",
    "Лучше ответьте здесь",
    "x" * 3000,
)
KINDS = (Kind.PHOTO, Kind.VOICE, Kind.STICKER, Kind.UNSUPPORTED, Kind.LOCATION)
ANSWERS = ("1", "2", "3", "4", "5", "9", "words", "no_words", "yes", "no", "call_me", "topic:wait",
           "topic:burn", "topic:nothing", "")  # fmt: skip
STEPS = ("ask", "praise", "better", "topic", "sorry", "again", "promise", "nowhere")
WISHES = ("fix", "refund", "decide", "urgent", "call", "nothing")
ARGS = ("", "bs01", "bs03", "bs07", "bs09", "bs10", "nothing", "later", "sched", "1", "2", "9")
SPANS = (5, 11, 61, 130, 601, 3600, 7200, 86_400, 3 * 86_400)

small = st.integers(0, 30)
customer, staff = st.sampled_from(CUSTOMERS), st.sampled_from(STAFF)
crew = st.sampled_from(STAFF[:3])


def _act(name: str, *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.tuples(st.just(name), *arguments)


# What leads far: without these, chance seldom gets past the first question.
STORIES = st.one_of(
    _act("complains", customer, st.integers(1, 5), st.sampled_from(WORDS)),
    _act("complains", customer, st.integers(1, 3), st.sampled_from(WORDS)),
    _act("gives", crew, small),
    _act("gives", crew, small),
    _act("answers", crew),
    _act("closes", crew),
    _act("passes", st.just(2 * 86_400)),
    _act("says", customer, st.sampled_from(("yes", "no"))),
    _act("says", customer, st.sampled_from(("yes", "no", "call_me", "urgent", "seen"))),
    _act("says", crew, st.sampled_from(("seen", "give", "refuse", "answer_myself", "resolve"))),
)
CHANCE = st.one_of(
    _act("writes", customer, st.sampled_from(WORDS)),
    _act("writes", customer, st.sampled_from(WORDS)),
    _act("sends", customer, st.sampled_from(KINDS)),
    _act("edits", customer, st.sampled_from(WORDS)),
    _act("starts", customer),
    _act("opens_branch", customer),
    _act("opens_visit", customer, small),
    _act("commands", customer, st.sampled_from(Command)),
    _act("shares_phone", customer, st.sampled_from((*PHONES, "")), st.booleans()),
    _act("types_phone", customer, st.sampled_from(PHONES)),
    _act("blocks", st.sampled_from((*CUSTOMERS, *STAFF)), st.booleans()),
    _act("presses", st.sampled_from((*CUSTOMERS, *STAFF)), small),
    _act("presses", customer, small),
    _act("presses", customer, small),
    _act("forges_answer", customer, small, st.sampled_from(STEPS), st.sampled_from(ANSWERS)),
    _act("forges_wish", customer, small, st.sampled_from(WISHES)),
    _act("taps_card", staff, small, small),
    _act("taps_card", staff, small, small),
    _act("taps_card", staff, small, small),
    _act("forges_tap", staff, small, st.sampled_from(StaffAction), st.sampled_from(ARGS)),
    _act("undoes", staff, small),
    _act("replies", staff, st.sampled_from(("Простите", "// для своих", "")), st.booleans()),
    _act("replies_album", staff, st.sampled_from(("a", "b"))),
    _act("asks_visit_link", staff),
    _act("asks_to_join", staff),
    _act("decides", staff, small, st.sampled_from(("administrator", "manager", "owner", ""))),
    _act("changes_shift", staff, st.booleans()),
    _act("leaves_group", staff),
    _act("group_changes", staff, st.booleans(), st.sampled_from((GROUP, -7))),
    _act("imports_visit", small, st.sampled_from(PHONES), st.integers(-5, 5)),
    _act("passes", st.sampled_from(SPANS)),
    _act("passes", st.sampled_from(SPANS)),
    _act("passes", st.sampled_from(SPANS)),
    _act("fires_early", small),
    _act("fires_stale", small),
    _act("refuses", small, st.sampled_from(Failure)),
    _act("trouble"),
    _act("again"),
)
ACTIONS = st.one_of(STORIES, CHANCE)


def _taps(button: Button) -> bool:
    return not isinstance(button.press, OpenUrl | CopyText | SharePhone | TypeLabel)


@dataclass(slots=True)
class Chaos:
    """Plays random actions at a desk; an action that cannot happen now does nothing."""

    desk: Desk
    fired: list[TimerFired] = field(default_factory=list)
    last: Event | None = None

    def play(self, action: tuple[Any, ...]) -> None:
        """One action by its name."""
        name, *arguments = action
        getattr(self, f"_{name}")(*arguments)

    # ---- stories

    def _complains(self, name: str, mark: int, text: str) -> None:
        self.desk.opens_branch(name)
        self._says(name, f"rate.{mark}")
        self.desk.writes(name, text)
        self.desk.passes(seconds=61)

    def _says(self, name: str, label: str) -> None:
        said = self.desk.chats.get(self.desk.sender(name).tg_id, [])
        if any(button.label == label for one in said for row in one.rows for button in row):
            self.desk.presses(name, label)

    def _gives(self, name: str, number: int) -> None:
        cases = [case for case in self.desk.memory.cases.values() if case.is_open]
        for case in cases[-1:]:
            rows = card_rows(self.desk.draft_of(case))
            offers = [b for row in rows for b in row if b.label in ("gift", "fix", "ask_manager")]
            if offers:
                tap = Tap("tap", GROUP, case.id)
                self.desk.press(offers[number % len(offers)], self.desk.sender(name), tap)
            self.desk.passes(seconds=11)

    def _answers(self, name: str) -> None:
        if self.desk.memory.cases:
            self.desk.replies(name, "Простите, что так вышло")
            self.desk.passes(seconds=11)

    def _closes(self, name: str) -> None:
        for case in list(self.desk.memory.cases.values())[-2:]:
            for _ in range(2):
                tap = Tap("tap", GROUP, case.id)
                press = Button("resolve", CasePress(case.id, StaffAction.RESOLVE))
                self.desk.press(press, self.desk.sender(name), tap)

    # ---- the customer

    def _writes(self, name: str, text: str) -> None:
        self.desk.writes(name, text)

    def _sends(self, name: str, kind: Kind) -> None:
        self.desk.writes(name, kind=kind, file_id="f")

    def _edits(self, name: str, text: str) -> None:
        self.desk.edits(name, 5, text)

    def _starts(self, name: str) -> None:
        self.desk.starts(name)

    def _opens_branch(self, name: str) -> None:
        self.desk.opens_branch(name)

    def _opens_visit(self, name: str, number: int) -> None:
        tokens = [visit.token for visit in self.desk.memory.visits.values() if visit.token]
        self.desk.opens_visit(name, tokens[number % len(tokens)] if tokens else "nothing")

    def _commands(self, name: str, command: Command) -> None:
        self.desk.commands(name, command)

    def _shares_phone(self, name: str, phone: str, own: bool) -> None:
        self.desk.shares_phone(name, phone, own=own)

    def _types_phone(self, name: str, phone: str) -> None:
        self.desk.types_phone(name, phone)

    def _blocks(self, name: str, blocked: bool) -> None:
        self.desk.blocks_bot(name, blocked=blocked)

    def _presses(self, name: str, number: int) -> None:
        said = self.desk.chats.get(self.desk.sender(name).tg_id, [])
        found = [(one, b) for one in said[-6:] for row in one.rows for b in row if _taps(b)]
        if found:
            one, button = found[-1 - number % len(found)]
            tap = Tap("tap", self.desk.sender(name).tg_id, one.message_id)
            self.desk.press(button, self.desk.sender(name), tap)

    def _forges_answer(self, name: str, number: int, step: str, answer: str) -> None:
        talks = list(self.desk.memory.conversations) or [0]
        talk = talks[number % len(talks)]
        tap = Tap("tap", self.desk.sender(name).tg_id, 7)
        self.desk.happens(CustomerAnswered(self.desk.sender(name), tap, talk, step, answer))

    def _forges_wish(self, name: str, number: int, wish: str) -> None:
        tap = Tap("tap", self.desk.sender(name).tg_id, 7)
        self.desk.happens(CustomerWished(self.desk.sender(name), tap, 14 + number % 3, wish))
        self.desk.happens(CustomerSetQuestions(self.desk.sender(name), tap, number % 2 == 0))

    # ---- the staff

    def _taps_card(self, name: str, number: int, place: int) -> None:
        cases = list(self.desk.memory.cases.values())
        if not cases:
            return
        case = cases[-1 - number % min(len(cases), 3)]
        rows = card_rows(self.desk.draft_of(case))
        buttons = [button for row in rows for button in row]
        if buttons:
            button = buttons[place % len(buttons)]
            self.desk.press(button, self.desk.sender(name), Tap("tap", GROUP, case.id))

    def _forges_tap(self, name: str, number: int, action: StaffAction, arg: str) -> None:
        cases = list(self.desk.memory.cases)
        if cases:
            case = cases[number % len(cases)]
            tap = Tap("tap", GROUP, 1)
            self.desk.happens(StaffTapped(self.desk.sender(name), tap, case, action, arg))

    def _undoes(self, name: str, number: int) -> None:
        gifts = list(self.desk.memory.gifts.values())
        if gifts:
            gift = gifts[-1 - number % len(gifts)]
            tap = Tap("tap", GROUP, 1)
            action = StaffAction.UNDO
            sender = self.desk.sender(name)
            self.desk.happens(StaffTapped(sender, tap, gift.case_id, action, str(gift.id)))

    def _replies(self, name: str, text: str, anonymous: bool) -> None:
        if self.desk.memory.cases:
            kind = Kind.TEXT if text else Kind.UNSUPPORTED
            self.desk.replies(name, text, anonymous=anonymous, kind=kind)

    def _replies_album(self, name: str, album: str) -> None:
        if self.desk.memory.cases:
            self.desk.replies(name, kind=Kind.PHOTO, file_id="f", album=album)

    def _asks_visit_link(self, name: str) -> None:
        if self.desk.memory.visits:
            self.desk.asks_visit_link(name, "Стрижка", "Лилия")

    def _asks_to_join(self, name: str) -> None:
        self.desk.asks_to_join(name)

    def _decides(self, name: str, number: int, role: str) -> None:
        people = list(self.desk.memory.roster)
        person = people[number % len(people)]
        tap = Tap("tap", self.desk.sender(name).tg_id, 7)
        self.desk.happens(JoinDecided(self.desk.sender(name), tap, person, role))

    def _changes_shift(self, name: str, on: bool) -> None:
        tap = Tap("tap", self.desk.sender(name).tg_id, 7)
        self.desk.happens(ShiftChanged(self.desk.sender(name), tap, on))

    def _leaves_group(self, name: str) -> None:
        self.desk.happens(PersonLeftGroup(GROUP, self.desk.sender(name).tg_id))

    def _group_changes(self, name: str, inside: bool, chat: int) -> None:
        sender = self.desk.sender(name)
        missing = ("admin",) if inside else ()
        self.desk.happens(GroupRightsChanged(sender, chat, "Смена", inside, False, missing))
        if inside:
            self.desk.happens(GroupLinkOpened(sender, chat, "Смена", TOKENS.group))
        self.desk.happens(GroupMigrated(-7, GROUP))

    # ---- time and trouble

    def _imports_visit(self, number: int, phone: str, hours: int) -> None:
        memory = self.desk.memory
        ended = memory.now + timedelta(hours=hours)
        visits = (v for v in memory.visits.values() if v.ext_id == f"crm:{number}")
        known = next((c for c in memory.customers.values() if c.phone == phone), None)
        self.desk.happens(
            VisitEnded(f"crm:{number}", "csv", ended, "bauman", "Стрижка", "Гузель", phone=phone),
            linked_visit=next(visits, None),
            known_customer=known,
        )

    def _passes(self, seconds: int) -> None:
        self.desk.passes(seconds=seconds)

    def _fires_early(self, number: int) -> None:
        keys = list(self.desk.memory.timers)
        if keys:
            self.desk.fires(keys[number % len(keys)])

    def _fires_stale(self, number: int) -> None:
        if self.fired:
            self.desk.happens(self.fired[number % len(self.fired)])

    def _refuses(self, number: int, failure: Failure) -> None:
        keys = [key for key, held in self.desk.memory.held.items() if not held.refused]
        if keys:
            self.desk.refuses(keys[number % len(keys)], failure)

    def _trouble(self) -> None:
        self.desk.happens(TroubleNoticed("staff.parked", (("parked_no", "3"),)))

    def _again(self) -> None:
        """The last event comes once more, as a double tap does; a message has its number only once."""
        if not isinstance(self.last, StaffWrote | LetterSent | LetterFailed | None):
            self.desk.happens(self.last)
