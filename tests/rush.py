"""Forty guests and six people of the staff in one evening: who does what when, and when it was seen. No judgement."""

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import Final

from bot.sandbox.views import MessageView
from tests.crash.peek import Peek
from tests.someone import Someone
from tests.world import World

GUESTS: Final = 40
COME_WITHIN_S: Final = 30 * 60
BURNT: Final = 17  # this guest writes about a burn, in the thick of it
SHIFT: Final = ("Гузель", "Айгуль", "Алина", "Динара", "Рамиля", "Лев")
KIND: Final = "Простите нас за сегодняшнее ожидание. Завтра в смене два мастера."
_LOOK_EVERY_S: Final = 7  # how often somebody of the shift looks at the group
_TELLS_FOR_S: Final = 75  # nobody resolves while the guest may still be writing
_SECOND: Final = timedelta(seconds=1)
_QUIET: Final = timedelta(minutes=3)  # nobody has found anything to do
_CLOSING: Final = timedelta(minutes=50)
_MINUTE: Final = timedelta(minutes=1)
_STEP: Final = timedelta(seconds=3)  # while something waits for room under the limits
NEVER: Final = datetime(2000, 1, 1, tzinfo=UTC)

Deed = Callable[[], Awaitable[object]]


@dataclass(slots=True)
class Guest:
    """Somebody who is not content, and when they have said what."""

    person: Someone
    words: tuple[str, ...]
    wrote: list[datetime] = field(default_factory=list)


@dataclass(slots=True)
class Rush:
    """The evening. Moments are by the clock of the world."""

    world: World
    chance: Random
    guests: list[Guest] = field(default_factory=list)
    taps: dict[str, datetime] = field(default_factory=dict)  # by id
    given: dict[str, datetime] = field(default_factory=dict)  # the tap on a gift, by case
    answered: dict[str, datetime] = field(default_factory=dict)  # a gift or words, by case
    seen_at: datetime | None = None  # the burn
    began_at_call: int = 0
    _deeds: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _free: list[Someone] = field(default_factory=list)
    _busy_at: datetime = NEVER
    _tapped: dict[tuple[str, str], datetime] = field(default_factory=dict)

    @property
    def burnt(self) -> Guest:
        return self.guests[BURNT]

    @property
    def peek(self) -> Peek:
        return Peek(self.world.app.database.path)

    # ---- what is planned

    def later(self, seconds: float, deed: Deed) -> None:
        """It is done in so many seconds."""
        at = self.world.clock.now() + timedelta(seconds=seconds)
        heapq.heappush(self._deeds, (at, next(self._numbers), deed))

    async def play(self) -> None:
        """Limits on, then from the first guest to the last cause named, and everything sent."""
        world = self.world
        world.settings = world.settings.model_copy(update={"limits_enabled": True})
        await world.control.set_limits(on=True)
        await world.restart()
        await self._everybody_comes()
        end = world.clock.now() + _CLOSING
        while self._deeds or not self._backlog_is_empty():
            if world.clock.now() > end:
                raise AssertionError(f"the evening does not end: {self._left()}")
            await self._step()

    def _left(self) -> list[object]:
        """What has kept the evening from ending."""
        rows = "SELECT method, chat_id, payload, attempts, error FROM outbox WHERE state <> 'sent'"
        behind = "SELECT case_id, place, attempts, error FROM cards WHERE wanted > shown"
        open_ones = "SELECT id, state FROM cases WHERE closed_at IS NULL"
        return [len(self._deeds), *map(self.peek.rows, (rows, behind, open_ones))]

    async def waits(self, **span: float) -> None:
        """Nobody does anything; the bot does what falls due."""
        end = self.world.clock.now() + timedelta(**span)
        self.later(timedelta(**span).total_seconds(), _nothing)
        while self.world.clock.now() < end or not self._backlog_is_empty():
            await self._step()

    async def _everybody_comes(self) -> None:
        log = await self.world.control.calls()
        self.began_at_call = log[-1].number
        for number in range(GUESTS):
            person = await self.world.person(f"Гость-{number:02}")
            words = tuple(f"{person.name}: {each}" for each in self._story(number))
            guest = Guest(person, words)
            self.guests.append(guest)
            self._plan(guest, self.chance.uniform(0, COME_WITHIN_S))
        self.later(_LOOK_EVERY_S, self._look)

    def _story(self, number: int) -> tuple[str, ...]:
        if number == BURNT:
            return ("после маски сильный ожог",)
        parts = ("ждала сорок минут", "никто не подошёл", "и кофе холодный")
        return parts[: self.chance.randint(1, 3)]

    def _plan(self, guest: Guest, comes_in: float) -> None:
        control, person = self.world.control, guest.person
        self.later(comes_in, lambda: control.start(person.id, "b_bauman"))
        at = comes_in + self.chance.uniform(4, 9)
        rating = self.chance.choice(("1 ·", "2 ·"))
        self.later(at, lambda: self._rates(guest, rating))
        for text in guest.words:
            at += self.chance.uniform(5, 25)
            self.later(at, partial(self._writes, guest, text))

    # ---- guests

    async def _rates(self, guest: Guest, label: str) -> None:
        asked = await self.world.newest_with(label, guest.person.id)
        await self._tap(guest.person, asked, label, guest.person.id)

    async def _writes(self, guest: Guest, text: str) -> None:
        guest.wrote.append(self.world.clock.now())
        await self.world.control.send(guest.person.id, text)

    # ---- the shift

    async def _look(self) -> None:
        """Everybody takes one card and taps; some of them the same one."""
        self._free = [self.world.people[name] for name in SHIFT]
        self.chance.shuffle(self._free)
        cards = await self._newest_cards()
        deeds = [deed for card in cards for deed in self._wanted_by(card)]
        await asyncio.gather(*(deed for deed in deeds))
        await self._look_after_the_burnt()
        if deeds or not self._everything_is_said:
            self._busy_at = self.world.clock.now()
        if self.world.clock.now() - self._busy_at < _QUIET:
            self.later(_LOOK_EVERY_S, self._look)

    @property
    def _everything_is_said(self) -> bool:
        return all(len(guest.wrote) == len(guest.words) for guest in self.guests)

    async def _newest_cards(self) -> list[MessageView]:
        """One of each case: a copy that was posted anew still stands beside the old one for a while."""
        return list({_case(card): card for card in await self.world.cards()}.values())

    def _wanted_by(self, card: MessageView) -> list[Awaitable[object]]:
        case, labels = _case(card), card.labels
        if "Накладка в записи" in labels:
            return self._once(case, "cause", card, "Накладка в записи", "Опоздание мастера")
        waits = "Ответить: до" in card.text
        if case in self.answered:
            since = self.world.clock.now() - self.answered[case]
            if since < _TELLS_FOR_S * _SECOND or "Решено" not in labels:
                return []
            if waits:  # the guest has written more
                return self._words(card, case) if since > _MINUTE else []
            return self._once(case, "resolve", card, "Решено", "Решено")
        gifts = [each for each in labels if each.startswith("🎁")]
        told = any(f"{guest.person.name}:" in card.text for guest in self.guests)
        if not told:
            return []
        return self._first_answer(card, case, gifts) if gifts else self._words(card, case)

    def _once(
        self, case: str, what: str, card: MessageView, *labels: str
    ) -> list[Awaitable[object]]:
        """Nobody taps again what somebody has tapped a minute ago."""
        now = self.world.clock.now()
        if len(self._free) < len(labels) or now - self._tapped.get((case, what), NEVER) < _MINUTE:
            return []
        self._tapped[case, what] = now
        return self._taps(card, *labels)

    def _first_answer(
        self, card: MessageView, case: str, gifts: list[str]
    ) -> list[Awaitable[object]]:
        """Every third case gets words; for the others three people tap at once, two of them different gifts."""
        if len(self._free) < 3:
            return []
        if (len(self.answered) + 1) % 3 == 0:
            return self._words(card, case)
        self.answered[case] = self.given[case] = self.world.clock.now()
        return self._taps(card, "Беру", *gifts[:2])

    def _words(self, card: MessageView, case: str) -> list[Awaitable[object]]:
        if not self._free:
            return []
        self.answered[case] = self.world.clock.now()
        by, group = self._free.pop(), self.world.group
        return [self.world.control.send(by.id, KIND, chat=group, reply_to=card.id)]

    def _taps(self, card: MessageView, *labels: str) -> list[Awaitable[object]]:
        """Each by somebody else, at the same moment."""
        people = [self._free.pop() for _ in labels[: len(self._free)]]
        pairs = zip(people, labels, strict=False)
        return [self._tap(who, card, label, self.world.group) for who, label in pairs]

    async def _look_after_the_burnt(self) -> None:
        """Рамиля has the card of the burn: she has seen it, writes, and it is over."""
        ramilya = self.world.people["Рамиля"]
        shown = [m for m in await ramilya.sees() if m.text.startswith("❗")]
        alerts = [m for m in await ramilya.sees() if "Вижу" in m.labels]
        if alerts and self.seen_at is None:
            self.seen_at = self.world.clock.now()
            await self._tap(ramilya, alerts[-1], "Вижу", ramilya.id)
            text = "Это Рамиля. Как вы сейчас?"
            await self.world.control.send(ramilya.id, text, reply_to=shown[-1].id)
        elif self.seen_at and "Решено" in shown[-1].labels:
            await self._tap(ramilya, shown[-1], "Решено", ramilya.id)
        elif self.seen_at and "Ошибка в работе" in shown[-1].labels:
            await self._tap(ramilya, shown[-1], "Ошибка в работе", ramilya.id)

    async def _tap(self, who: Someone, message: MessageView, label: str, chat: int) -> None:
        """Taps what was seen, whatever stands there by now."""
        button = next(b for row in message.buttons for b in row if b.text.startswith(label))
        tap = await self.world.control.tap(
            who.id, message.id, data=button.data, chat=chat, stale=True
        )
        self.taps[tap] = self.world.clock.now()

    # ---- time

    def _backlog_is_empty(self) -> bool:
        return self.peek.backlog(round(self.world.clock.now().timestamp() * 1000)).nothing

    async def _step(self) -> None:
        """What is due now is done, all at once; then time goes on to whatever comes next."""
        now, due = self.world.clock.now(), []
        while self._deeds and self._deeds[0][0] <= now:
            due.append(heapq.heappop(self._deeds)[2])
        await asyncio.gather(*(deed() for deed in due))
        await self.world.settle()
        self.world.clock.push(await self._until_next(now))

    async def _until_next(self, now: datetime) -> timedelta:
        falls_due = await self.world.next_due()
        moments = [self._deeds[0][0]] if self._deeds else []
        moments += [falls_due] if falls_due else []
        if not self._backlog_is_empty() or not moments:
            moments.append(now + _STEP)
        return max(min(moments) - now, timedelta(milliseconds=1))


async def _nothing() -> None:
    """A moment that is only waited for."""


def _case(card: MessageView) -> str:
    return card.text.split(" ·")[0]
