"""A busy hour under Telegram's limits: 40 cases in a minute and a half, with gifts and replies.

Telegram counts real seconds, so nothing is compressed here but the pause between the customers.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from bot.sandbox.views import CallView, ChatView, MessageView
from tests.bench.processes import Broken, Process
from tests.bench.stage import PRODUCT_ID, Stage

CASES = 40
FED_OVER_S = 90.0
HOLD_S = 10.0  # a letter waits so long for a change of mind
_STORY = "Ждала сорок минут, никто не подошёл"
_LONGEST_S = 240.0
_LOOK_S = 1.0
_PATIENCE_S = 30.0


@dataclass(slots=True)
class Limited:
    """What was seen; moments are monotonic seconds, the others spans in seconds."""

    answers: list[float] = field(default_factory=list)  # to customers, at once
    cards: list[float] = field(default_factory=list)  # from the rating to the card in the group
    letters: list[float] = field(default_factory=list)  # gifts and replies, behind the hold
    toasts: list[float] = field(default_factory=list)
    refused: int = 0  # calls that Telegram answered with 429
    calls: int = 0


@dataclass(slots=True)
class _Hour:
    """Who did what when, by customer or by tap."""

    stage: Stage
    process: Process
    after: int = 0  # the call before the first of ours
    rated: dict[int, float] = field(default_factory=dict)
    asked: list[tuple[int, float]] = field(default_factory=list)
    promised: dict[int, float] = field(default_factory=dict)  # customer -> a letter was ordered
    tapped: dict[str, float] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)

    # ---- customers

    async def customer(self, number: int, at: float) -> None:
        """Comes by the permanent link, rates low, tells what happened."""
        await asyncio.sleep(max(0.0, at - time.monotonic()))
        name, control = f"Гость{number}", self.stage.control
        person = (await control.add_person(name)).id
        self.names[name] = person
        self.asked.append((person, time.monotonic()))
        await control.start(person, "b_bauman")
        question = await self._newest(person, lambda m: any(b.startswith("2 ·") for b in m.labels))
        label = next(b for b in question.labels if b.startswith("2 ·"))
        self.rated[person] = time.monotonic()
        self.asked.append((person, self.rated[person]))
        self.tapped[await control.tap(person, question.id, label)] = self.rated[person]
        await self._newest(person, lambda m: m.id > question.id)
        await control.send(person, _STORY)

    async def _newest(self, person: int, fits: Callable[[MessageView], bool]) -> MessageView:
        def there(chat: ChatView) -> bool:
            return any(m.from_bot and fits(m) for m in chat.messages)

        chat = await self.stage.control.wait(person, there, timeout=_PATIENCE_S)
        return [m for m in chat.messages if m.from_bot and fits(m)][-1]

    # ---- staff

    async def staff(self, everybody_came: asyncio.Event) -> None:
        """Answers every card once, by turns with a gift and with words, until all are answered."""
        while not (everybody_came.is_set() and len(self.promised) == CASES):
            self.process.require_alive()
            chat = await self.stage.control.chat(self.stage.group)
            for message in chat.messages:
                person = self._whose(message)
                if person is not None and person not in self.promised:
                    await self._answer(message, person)
            await asyncio.sleep(_LOOK_S)

    def _whose(self, message: MessageView) -> int | None:
        if not message.from_bot or "№ " not in message.text or _STORY not in message.text:
            return None
        return self.names.get(message.text.split("\n")[1].split(" ·")[0])

    async def _answer(self, card: MessageView, person: int) -> None:
        control, by, group = self.stage.control, self.stage.staff["Рамиля"], self.stage.group
        gifts = [label for label in card.labels if label.startswith("🎁")]
        if gifts and len(self.promised) % 2 == 0:
            now = self.promised[person] = time.monotonic()
            self.tapped[await control.tap(by, card.id, gifts[0], chat=group)] = now
        elif len(self.promised) % 2 == 1:
            self.promised[person] = time.monotonic()
            await control.send(by, "Перезвоню вам через час", chat=group, reply_to=card.id)

    # ---- what came of it

    async def end(self) -> Limited:
        """The figures as soon as everything has come; raises TimeoutError."""
        deadline = time.monotonic() + _LONGEST_S
        while time.monotonic() < deadline:
            if (found := await self._seen()) is not None:
                return found
            await asyncio.sleep(_LOOK_S)
        raise TimeoutError

    async def _seen(self) -> Limited | None:
        """The figures, or None as long as something is still to come."""
        log = await self.stage.control.calls(after=self.after)
        calls = [call for call in log if call.bot == PRODUCT_ID and call.method != "getUpdates"]
        found = Limited(calls=len(calls))
        found.refused = sum(call.outcome.startswith("429") for call in calls)
        sent = [call for call in calls if call.method == "sendMessage" and call.applied]
        for person, moment in self.asked:
            found.answers += _first(sent, moment, partial(_goes_to, person))
        for name, person in self.names.items():
            found.cards += _first(sent, self.rated[person], partial(self._shows, name))
            ordered = self.promised[person]
            found.letters += _first(sent, ordered + HOLD_S, partial(_goes_to, person))
        toasts = {
            call.params["callback_query_id"]: call.at_ms / 1000
            for call in calls
            if call.method == "answerCallbackQuery" and call.applied
        }
        found.toasts = [toasts[tap] - at for tap, at in self.tapped.items() if tap in toasts]
        complete = len(found.cards) == len(found.letters) == CASES
        return found if complete and len(found.toasts) == len(self.tapped) else None

    def _shows(self, name: str, call: CallView) -> bool:
        return (
            call.params["chat_id"] == self.stage.group and f"<b>{name}</b>" in call.params["text"]
        )


def _goes_to(person: int, call: CallView) -> bool:
    return bool(call.params["chat_id"] == person)


def _first(calls: list[CallView], moment: float, fits: Callable[[CallView], bool]) -> list[float]:
    """Seconds until the first call behind the moment that fits; empty while there is none."""
    spans = [call.at_ms / 1000 - moment for call in calls if fits(call)]
    return [min(span for span in spans if span >= 0)] if any(s >= 0 for s in spans) else []


async def run_limited(stage: Stage) -> Limited:
    """The busy hour; raises Broken when something has not come after four minutes."""
    await stage.control.set_limits(on=True)
    process = await stage.start_product(limits=True)
    try:
        await stage.first_poll(process, PRODUCT_ID)
        hour = _Hour(stage, process, await stage.last_call())
        began, everybody_came = time.monotonic(), asyncio.Event()
        async with asyncio.timeout(_LONGEST_S), asyncio.TaskGroup() as group:
            group.create_task(hour.staff(everybody_came))
            async with asyncio.TaskGroup() as customers:
                for number in range(CASES):
                    at = began + number * FED_OVER_S / CASES
                    customers.create_task(hour.customer(number, at))
            everybody_came.set()
        return await hour.end()
    except TimeoutError:
        raise Broken("under Telegram's limits something did not come at all") from None
    finally:
        await stage.stop(process)
        await stage.control.set_limits(on=False)
