"""Plays the story: people do what it says, the clock is pushed, and what then happens is told. Knows no processes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import aiohttp
from rich.text import Text

from bot.demo.failure import DemoFailed
from bot.demo.stage import Stage
from bot.demo.story import GROUP, Beat, Scene, Story, moved_by
from bot.demo.transcript import Side, Transcript, styled
from bot.demo.watching import News, Watch, is_card
from bot.sandbox.control import ControlError, medium
from bot.sandbox.shapes import Json

_INTO_THE_MINUTE: Final = timedelta(seconds=5)  # so that the minutes told are the same in every run
_OWN_LINK: Final = "own"
_PHOTO_BYTES: Final = 48_000


class Player:
    """One playing of one story on a stage."""

    def __init__(self, story: Story, stage: Stage, transcript: Transcript) -> None:
        self._story, self._stage, self._told = story, stage, transcript
        self._control = stage.control
        self._words = story.words
        self._zone = ZoneInfo(story.zone)
        self._people: dict[str, int] = {}
        self._watch = Watch(self._control, {}, story.words)
        self._first_day = datetime.min.replace(tzinfo=UTC)
        self._count: Counter[str] = Counter()
        self._cards: set[int] = set()
        self._shown = False

    async def play(self) -> None:
        """From the first scene to the last; raises DemoFailed at the step that does not happen."""
        await self._gather()
        for scene in self._story.scenes:
            await self._scene(scene)
        complaints = await self._control.complaints()
        if complaints:
            raise DemoFailed(self._words("complaints"), tuple(complaints))
        self._told.closing(self._words("total", **await self._totals()), self._words("next"))

    async def _gather(self) -> None:
        for key, name in self._story.people.items():
            self._people[key] = (await self._control.add_person(name)).id
        owner = self._people[self._story.group_owner]
        group = await self._control.add_group(self._story.group_title, owner)
        chats = {self._story.customer: self._people[self._story.customer], GROUP: group}
        self._watch = Watch(self._control, {**chats, **self._people}, self._words)
        now = (await self._control.now()).astimezone(self._zone)
        days = (self._story.weekday - now.weekday()) % 7 or 7
        self._first_day = (now + timedelta(days=days)).replace(hour=0, minute=0, second=0)
        await self._move_to(self._on_day(0, self._story.begins))

    async def _scene(self, scene: Scene) -> None:
        self._shown = not scene.backstage
        if self._shown:
            self._told.scene(scene.title, scene.about)
        for beat in scene.beats:
            try:
                await self._beat(beat)
            except (DemoFailed, ControlError, aiohttp.ClientError) as failed:
                raise self._explained(beat, failed) from failed

    def _explained(self, beat: Beat, failed: Exception) -> DemoFailed:
        does = self._words(f"step_{beat.verb}", what=beat.what)
        who = self._story.people.get(beat.who, "")
        where = self._words("failed", beat=f"{who} {does}".strip())
        dead = self._stage.dead()
        more = failed.details if isinstance(failed, DemoFailed) else ()
        details = (str(dead),) if dead else (str(failed), *more)
        return DemoFailed(where, (*details, *self._stage.logs()))

    async def _beat(self, beat: Beat) -> None:
        toast = await self._act(beat)
        for chat, wanted in beat.sees.items():
            for each in wanted:
                await self._watch.until(chat, each)
        await self._watch.quiet()
        news = await self._watch.news()
        if not self._shown:
            return
        if toast:
            self._told.toast(self._side(beat.who), self._words("toast", text=toast))
        if beat.verb in ("taps", "opens"):
            self._told.gap()
        for piece in news:
            self._tell(piece)

    # ---- deeds

    async def _act(self, beat: Beat) -> str:
        """Do it; returns what popped up at a tap."""
        match beat.verb:
            case "clock":
                await self._clock(beat)
            case "opens":
                await self._open(beat)
            case "joins":
                await self._control.join(self._people[beat.who], self._watch.chats[GROUP])
            case "writes" | "replies":
                await self._write(beat)
            case "taps":
                return await self._tap(beat)
        return ""

    async def _clock(self, beat: Beat) -> None:
        moved = moved_by(beat.what)
        now = await self._control.now()
        target = now + moved if isinstance(moved, timedelta) else self._on_day(*moved)
        await self._move_to(target)
        if self._shown:
            local = target.astimezone(self._zone)
            self._told.clock(
                self._words(
                    "clock" if beat.says else "clock_bare",
                    says=beat.says,
                    weekday=self._words.weekdays[local.weekday()],
                    time=f"{local:%H:%M}",
                )
            )

    async def _move_to(self, target: datetime) -> None:
        left = target - await self._control.now()
        if left > timedelta():
            await self._control.push_clock(left)

    def _on_day(self, days: int, at: time) -> datetime:
        day = (self._first_day + timedelta(days=days)).date()
        return datetime.combine(day, at, self._zone) + _INTO_THE_MINUTE

    async def _open(self, beat: Beat) -> None:
        link = self._stage.owner_link
        if beat.what != _OWN_LINK:
            link = await self._watch.newest_link(GROUP, beat.what)
        self._tell_act(beat, beat.says or self._words("opens"))
        await self._follow(beat.who, link)

    async def _follow(self, who: str, link: str) -> None:
        group = self._watch.chats[GROUP] if "startgroup=" in link else None
        await self._control.open_link(self._people[who], link, group=group)

    async def _write(self, beat: Beat) -> None:
        more: dict[str, Json] = {}
        if beat.photo:
            more["medium"] = medium("photo", size=_PHOTO_BYTES)
        if beat.verb == "replies":
            more["reply_to"] = (await self._watch.newest_card(GROUP)).id
            self._count["replies"] += self._shown
        chat = self._watch.chats[GROUP] if beat.chat == GROUP else None
        self._tell_words(beat)
        await self._control.send(self._people[beat.who], beat.what, chat=chat, **more)

    async def _tap(self, beat: Beat) -> str:
        message, label = await self._watch.newest_with(beat.chat, beat.what)
        self._tell_act(beat, self._words("taps", label=label))
        chat = self._watch.chats[GROUP] if beat.chat == GROUP else None
        body = {"message_id": message.id, "label": label, "chat": chat}
        told = await self._control.act(self._people[beat.who], "tap", **body)
        if "url" in told:
            await self._follow(beat.who, told["url"])
        if "tap" not in told:
            return ""
        self._count["guest_taps" if self._is_customer(beat.who) else "staff_taps"] += self._shown
        return (await self._control.tap_answer(told["tap"])).text or ""

    # ---- telling

    def _is_customer(self, chat: str) -> bool:
        return chat == self._story.customer

    def _side(self, chat: str) -> Side:
        return Side.CUSTOMER if self._is_customer(chat) else Side.STAFF

    def _tell_act(self, beat: Beat, does: str) -> None:
        if self._shown:
            self._told.act(self._side(beat.who), self._story.people[beat.who], does)

    def _tell_words(self, beat: Beat) -> None:
        if not self._shown:
            return
        side = self._side(beat.who)
        head = Text.assemble((self._story.people[beat.who], f"bold {side.value}"))
        if beat.chat == GROUP:
            told = "replies" if beat.verb == "replies" else "in_group"
            head.append(f" · {self._words(told)}", "dim")
        body = [Text(f"[{self._words('photo')}: {beat.photo}]", "dim")] if beat.photo else []
        self._told.message(side, head, [*body, Text(beat.what)], own=True)

    def _tell(self, news: News) -> None:
        """A message of the bot; of an edited one only what is different."""
        message, side = news.message, self._side(news.chat)
        if not message.from_bot:
            emoji = " ".join(each for of in message.reactions.values() for each in of)
            if emoji and (news.before is None or not news.before[2]):
                self._told.act(side, self._story.bot_name, emoji, person=False)
                self._told.gap()
            return
        lines = styled(message.text, message.entities)
        if news.before is None:
            self._count_message(news)
            buttons = message.buttons
        else:
            if not is_card(message) and news.before[0] == message.text:
                return  # buttons that have done their work
            lines = self._different(lines, set(news.before[0].split("\n")))
            buttons = message.buttons if message.labels != news.before[1] else ()
        if message.kind == "photo":
            lines.insert(0, Text(f"[{self._words('photo')}]", "dim"))
        self._told.message(side, self._head(news), lines, buttons)

    def _count_message(self, news: News) -> None:
        if self._is_customer(news.chat):
            self._count["to_guest"] += 1
        elif news.chat == GROUP and is_card(news.message):
            self._cards.add(news.message.id)

    def _head(self, news: News) -> Text:
        head = Text.assemble((self._story.bot_name, "bold"))
        told: list[str] = []
        if news.chat == GROUP and not is_card(news.message):
            told.append(self._words("in_group"))
        if news.chat != GROUP and not self._is_customer(news.chat):
            told.append(self._words("in_private", name=self._story.people[news.chat]))
        if is_card(news.message) and news.chat == GROUP:
            told.append(self._words("card" if news.before is None else "card_now"))
        if news.message.silent and news.before is None:
            told.append(self._words("silent"))
        for each in told:
            head.append(f" · {each}", "dim")
        return head

    def _different(self, lines: list[Text], before: set[str]) -> list[Text]:
        """The first line and those that were not there; the others are a mark."""
        kept: list[Text] = lines[:1]
        for line in lines[1:]:
            if line.plain and line.plain not in before:
                kept.append(line)
            elif line.plain and kept[-1].plain != self._words("same"):
                kept.append(Text(self._words("same"), "dim"))
        return kept

    async def _totals(self) -> dict[str, int]:
        """What the story came to; a card that was posted anew counts once."""
        group = await self._control.chat(self._watch.chats[GROUP])
        names = ("to_guest", "guest_taps", "staff_taps", "replies")
        cards = len(self._cards & {message.id for message in group.messages})
        return {**{name: self._count[name] for name in names}, "cards": cards}
