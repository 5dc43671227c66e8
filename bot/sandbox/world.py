"""Everything that exists on the sandbox's side: people, groups, bots, files, taps. No HTTP."""

from __future__ import annotations

import itertools
import random
import time

from bot.clock import PushedClock
from bot.sandbox.bell import Bell
from bot.sandbox.bots import BotAccount
from bot.sandbox.calls import Calls
from bot.sandbox.chats import Chat, Group, PrivateChat
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.limits import Limits
from bot.sandbox.people import Person
from bot.sandbox.refusals import Refused
from bot.sandbox.taps import Taps

# Real ids need more than 32 bits; so do these.
_FIRST_PERSON = 5_000_000_000
_SUPERGROUPS_BELOW = -1_000_000_000_000


class World:
    def __init__(
        self, clock: PushedClock, *, limited: bool = False, seed: int = 0, first_message: int = 1
    ) -> None:
        # The number of the first message in a supergroup; private chats begin a little above it.
        self.first_message = first_message
        self.clock = clock
        self.rng = random.Random(seed)
        self.files = Files()
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.bots: dict[int, BotAccount] = {}
        self.tokens: dict[str, BotAccount] = {}
        self.taps = Taps()
        self.calls = Calls()
        self.faults = Faults(self.rng)
        self.limits = Limits(on=limited)
        # What requests held that the schema does not know; Telegram ignores it, tests need not.
        self.complaints: list[str] = []
        # None, or how Telegram is out of reach: "drop" or "5xx".
        self.away: str | None = None
        # How often the clock was pushed, and a bell for those who follow it.
        self.pushes = 0
        self.pushed = Bell()
        # Grows with everything that somebody could see happen anywhere, and its bell.
        self.change = 0
        self.changed = Bell()
        self._person_ids = itertools.count(_FIRST_PERSON + self.rng.randrange(1_000_000))
        self._group_ids = itertools.count(4_000_000_000 + self.rng.randrange(1_000_000))
        # Private chats and basic groups share one numbering, a supergroup has its own.
        self._message_ids = itertools.count(first_message + self.rng.randrange(10, 1000))

    def running_s(self) -> float:
        """Seconds for durations: those that really pass, unless the clock moves by pushes alone."""
        return self.clock.now().timestamp() if self.clock.frozen else time.monotonic()

    def moment(self) -> int:
        """Seconds since the epoch, UTC."""
        return int(self.clock.now().timestamp())

    def bot_with(self, token: str) -> BotAccount:
        """The bot of a token of the right shape, registered when it is new."""
        known = self.tokens.get(token)
        if known is None:
            known = BotAccount(token, self.rng, self.moment)
            self.tokens[token] = self.bots[known.id] = known
        return known

    def some_bot(self, bot_id: int | None) -> BotAccount:
        """The bot asked for, else the first one; raises KeyError when there is none."""
        if bot_id is not None:
            return self.bots[bot_id]
        if not self.bots:
            raise KeyError("no bot has called yet and none was added")
        return next(iter(self.bots.values()))

    def add_person(self, first_name: str, person_id: int | None = None, **about: str) -> Person:
        """`about`: last_name, username, language_code, phone_number."""
        free = (each for each in self._person_ids if each not in self.people)
        person = Person(person_id or next(free), first_name)
        for name, value in about.items():
            setattr(person, name, value)
        if not person.phone_number:
            person.phone_number = f"+7999{person.id % 10_000_000:07d}"
        self.people[person.id] = person
        self.was_changed()
        return person

    def add_group(
        self,
        title: str,
        *,
        supergroup: bool,
        forum: bool = False,
        username: str = "",
        group_id: int | None = None,
    ) -> Group:
        ids = (_SUPERGROUPS_BELOW - n if supergroup else -n for n in self._group_ids)
        number = group_id or next(each for each in ids if each not in self.groups)
        own = itertools.count(self.first_message)
        group = Group(
            number,
            (lambda: next(own)) if supergroup else (lambda: next(self._message_ids)),
            title=title,
            supergroup=supergroup,
            forum=forum,
            username=username,
        )
        group.on_change = self.was_changed
        self.groups[group.id] = group
        self.was_changed()
        return group

    def private_chat(self, bot: BotAccount, person: Person) -> PrivateChat:
        chat = bot.private.get(person.id)
        if chat is None:
            chat = PrivateChat(person, lambda: next(self._message_ids))
            chat.on_change = self.was_changed
            bot.private[person.id] = chat
        return chat

    def chat(self, chat_id: int, bot: BotAccount) -> Chat:
        """A chat by id as people see it; raises KeyError."""
        if chat_id > 0:
            return self.private_chat(bot, self.people[chat_id])
        return self.groups[chat_id]

    def user_of(self, account: int) -> dict[str, object]:
        """The `User` of a person or a bot; raises KeyError."""
        known = self.bots.get(account) or self.people[account]
        return known.user()

    def was_changed(self) -> None:
        """Tell those who watch everything at once."""
        self.change += 1
        self.changed.ring()

    def was_pushed(self) -> None:
        """The clock was pushed: every waiting getUpdates answers now, followers are told."""
        self.pushes += 1
        self.pushed.ring()
        self.was_changed()
        self.release_polls()

    def release_polls(self) -> None:
        for bot in self.bots.values():
            bot.queue.wake()

    def drop_polls(self) -> None:
        """Telegram goes away: every waiting getUpdates ends with an error of the server."""
        for bot in self.bots.values():
            bot.queue.wake(Refused(502, "Bad Gateway"))
