"""Reads what a step asks: marks, choices, buttons, words and files, reminders. The step itself: compile_steps.py."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from flows.compile_conditions import read_marks
from flows.flow import SKIP, Collect, Medium, Reminder
from flows.reading import Fields, Place

MOST_TIMES = 3
MOST_BUTTONS = 24

_FEWEST_MARKS = 2
_STARRED = (1, 5)  # the marks that have words of their own: rate.1 to rate.5
_LONGEST_KEY = 24  # of an answer: with step and conversation it has to fit into callback data
_KEY = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")
_LABEL = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
_QUIET = timedelta(seconds=60)
_QUIET_WITH_BUTTON = timedelta(minutes=10)


@dataclass(slots=True)
class Written:
    """What a flow has written into itself: sentences and labels by the keys made for them, with their places."""

    sentences: dict[str, Place] = field(default_factory=dict)
    labels: dict[str, Place] = field(default_factory=dict)


@dataclass(slots=True)
class Asking:
    """Everything a step asks, and the words that may stand in `go` for its answers."""

    at: str  # "flow.step", which the made keys begin with
    written: Written
    marks: tuple[int, ...] = ()
    buttons: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    topics: bool = False
    several: bool = False
    collect: Collect | None = None
    silence: tuple[Reminder, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    spoken: dict[str, str] = field(default_factory=dict)  # a label as written, to its answer

    def said(self, place: Place, key: str) -> str:
        """The key of a text; a sentence written right here becomes a text with a key of its own."""
        said = place.text()
        if not said or _KEY.fullmatch(said):
            return said
        made = f"{self.at}.{key}"
        self.written.sentences[made] = place
        return made

    def answer(self, place: Place, letter: str) -> str:
        """The answer that a button gives: its key, or for words written right here a short one made up."""
        label = place.text()
        if _LABEL.fullmatch(label):
            if len(label) > _LONGEST_KEY:
                place.problem("button.key_long", key=label, most=_LONGEST_KEY)
            return label
        made = f"{letter}{len(self.spoken) + 1}"
        if label in self.spoken:
            place.problem("button.twice", button=label)
        self.spoken[label] = made
        self.labels[made] = self._label(made, place)
        return made

    def _label(self, answer: str, place: Place) -> str:
        key = f"{self.at}.{answer}"
        self.written.labels[key] = place
        return key

    # ---- what is asked

    def read(self, fields: Fields) -> None:
        """Everything that stands under the keys of a step."""
        fields.read("rating", self._rating, None)
        fields.read("choose", self._choose, None)
        none: tuple[str, ...] = ()
        self.buttons = (
            *fields.read("buttons", lambda at: self._answers(at, "b"), none),
            *self.buttons,
        )
        self.collect = fields.read("collect", self._collect, None)
        self.silence = fields.read("silence", self._silence, ())

    def _answers(self, place: Place, letter: str) -> tuple[str, ...]:
        found = tuple(self.answer(item, letter) for item in place.items())
        for twice in sorted({answer for answer in found if found.count(answer) > 1}):
            place.problem("button.twice", button=twice)
        if len(found) > MOST_BUTTONS:
            place.problem("button.many", number=len(found), most=MOST_BUTTONS)
        return found

    def _rating(self, place: Place) -> None:
        if isinstance(place.value, dict):
            self._worded_rating(place.entries())
        else:
            low, high = read_marks(place)
            self.marks = tuple(range(low, high + 1))
            worded = low >= _STARRED[0] and high <= _STARRED[1]
            self.labels |= {str(m): f"rate.{m}" if worded else "score" for m in self.marks}
        if len(self.marks) < _FEWEST_MARKS:
            place.problem("rating.one_mark", allowed="1..5")

    def _worded_rating(self, entries: Mapping[str, Place]) -> None:
        """Marks in words or emoji, each with the number it counts as."""
        for key, place in entries.items():
            low, high = read_marks(Place(place.source, place.path, key, place.found))
            if low != high:
                place.problem("rating.not_one", mark=key, allowed="1, 2, 3, 4, 5")
            label = place.text()
            if _LABEL.fullmatch(label):
                self.labels[str(low)] = label
            else:
                self.labels[str(low)] = self._label(str(low), place)
            self.marks = tuple(sorted({*self.marks, low}))

    def _choose(self, place: Place) -> None:
        if isinstance(place.value, str):
            self.topics = place.one_of(("topics",), "unknown.choice") == "topics"
            return
        fields = place.fields(("from",), ("several", "optional"))
        self.several = fields.read("several", Place.flag, default=False)
        if fields.read("optional", Place.flag, default=False):
            self.buttons = (SKIP,)
        source = fields["from"]
        if source.value == "topics":
            self.topics = True
            if self.several:
                place.problem("choose.one_topic")
        elif source.value is not None:
            self.options = self._answers(source, "o")
            if not self.options:
                source.problem("list.empty")

    # ---- words, files, silence

    def _collect(self, place: Place) -> Collect:
        fields = place.fields((), [*Medium, "until_quiet", "until_button", "no_words"])
        media = frozenset(m for m in Medium if fields.read(m, Place.flag, default=False))
        if not media:
            place.problem("collect.nothing", allowed="text: true, voice: true, photo: true …")
        button = fields.read("until_button", lambda at: self.answer(at, "u"), "")
        return Collect(
            media=media,
            until_quiet=fields.read(
                "until_quiet", Place.span, _QUIET_WITH_BUTTON if button else _QUIET
            ),
            no_words=fields.read("no_words", Place.span, None),
            until_button=button,
        )

    def _silence(self, place: Place) -> tuple[Reminder, ...]:
        """One reminder, perhaps said several times, or several of other words."""
        if not isinstance(place.value, list):
            return self._reminder(place, "silence", once=False)
        reminders = tuple(
            reminder
            for number, item in enumerate(place.items(), 1)
            for reminder in self._reminder(item, f"silence{number}", once=True)
        )
        if not 0 < len(reminders) <= MOST_TIMES:
            place.problem("silence.many", number=len(reminders), allowed=f"1..{MOST_TIMES}")
        return reminders

    def _reminder(self, place: Place, key: str, *, once: bool) -> tuple[Reminder, ...]:
        fields = place.fields(("after",), ("say",) if once else ("say", "times"))
        times = fields.read("times", lambda at: at.whole(1, MOST_TIMES), 1)
        say = fields.read("say", lambda at: self.said(at, key), None)
        return (Reminder(fields["after"].span(), say),) * min(times, MOST_TIMES)
