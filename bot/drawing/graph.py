"""What stands in the picture of a flow: a box for each step, an arrow for each way out. Not where or how."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cache
from importlib.resources import files as package_files

from bot.problem_words import ProblemWords
from flows.as_read import AsRead
from flows.compile_steps import FlowFile
from flows.flow import END, NEXT, SILENCE, Condition, Flow, Medium, Step
from flows.template import TemplateError, parse_template, without_tags
from flows.variables import EXAMPLES

_SAID_MOST = 110  # characters of a text that are shown
_UNITS = ((86400, "d"), (3600, "h"), (60, "m"), (1, "s"))
_RUSSIAN_UNITS = {"d": "дн", "h": "ч", "m": "мин", "s": "с"}


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a step: the answers that take it, and where it leads; `to` END ends the conversation."""

    says: str
    to: str


@dataclass(frozen=True, slots=True)
class StepBox:
    """A step as it is drawn; `mistakes` make it red, `missing` is a step that is only named."""

    name: str
    above: tuple[str, ...] = ()  # condition, delay
    said: str = ""
    marks: tuple[str, ...] = ()  # what it asks and does
    ways: tuple[Way, ...] = ()
    mistakes: tuple[str, ...] = ()
    missing: bool = False


@dataclass(frozen=True, slots=True)
class FlowGraph:
    """A flow as it is drawn; the first box is its start."""

    name: str
    about: str
    boxes: tuple[StepBox, ...]
    mistakes: tuple[str, ...] = ()


@cache
def drawing_words(language: str) -> Mapping[str, str]:
    """The few words of a picture, by key; English unless there are Russian ones."""
    file = package_files("bot") / "drawing" / "words" / f"{'ru' if language == 'ru' else 'en'}.json"
    words: Mapping[str, str] = json.loads(file.read_text("utf-8"))
    return words


def graph_of(file: FlowFile, read: AsRead, language: str, sentences: ProblemWords) -> FlowGraph:
    """What to draw of a flow, as far as it reads."""
    return _Reader(file, read, language, sentences).graph()


@dataclass(slots=True)
class _Reader:
    file: FlowFile
    read: AsRead
    language: str
    sentences: ProblemWords

    def graph(self) -> FlowGraph:
        flow = self.file.flow
        names = sorted(flow.steps, key=lambda name: name != flow.start)
        boxes = [self._box(flow.steps[name]) for name in names]
        led_to = {way.to for box in boxes for way in box.ways}
        missing = sorted(led_to - {END, *flow.steps})
        boxes += [StepBox(name, said=self._word("missing"), missing=True) for name in missing]
        return FlowGraph(flow.name, self._about(flow), tuple(boxes), self._mistakes())

    def _about(self, flow: Flow) -> str:
        said = [self._word(flow.trigger)]
        if flow.after is not None:
            said.append(self._word("after").format(span=self._span(flow.after)))
        if flow.audience is not None:
            said.append(self._word("for").format(condition=self._condition(flow.audience)))
        return " · ".join(said)

    def _mistakes(self, step: str = "") -> tuple[str, ...]:
        """What is wrong with a step, or with the flow beside its steps."""
        found = []
        for problem in self.read.problems.errors:
            if problem.file != self.file.at.source.file:
                continue
            keys = problem.where.split(".")
            of_step = keys[1] if keys[0] == "steps" and len(keys) > 1 else ""
            if of_step == step:
                found.append(self.sentences.what(problem))
        return tuple(dict.fromkeys(found))

    # ---- a step

    def _box(self, step: Step) -> StepBox:
        above = []
        if step.wait is not None:
            above.append(self._word("wait").format(span=self._span(step.wait)))
        if step.when is not None:
            above.append(self._word("when").format(condition=self._condition(step.when)))
        return StepBox(
            step.name,
            tuple(above),
            self._said(step),
            tuple(self._marks(step)),
            tuple(self._ways(step)),
            self._mistakes(step.name),
        )

    def _said(self, step: Step) -> str:
        if step.promise:
            return self._word("promise")
        key = step.say or ("review.invite" if step.invite_review else "")
        key = key or ("phone.ask" if step.contact else "")
        said = self.read.texts.get(key, key)
        plain = " ".join(without_tags(_filled(said)).split())
        return plain if len(plain) <= _SAID_MOST else f"{plain[:_SAID_MOST].rstrip()}…"

    def _marks(self, step: Step) -> Iterator[str]:
        if step.case is not None:
            yield self._word(f"case.{step.case}")
        if step.topics:
            yield self._word("topics")
        if step.contact:
            yield self._word("contact")
        if step.invite_review:
            yield self._word("invite_review")
        if step.collect is not None:
            media = ", ".join(self._word(f"medium.{m}") for m in Medium if m in step.collect.media)
            yield self._word("collect").format(media=media)
        spans = [self._span(reminder.after) for reminder in step.silence if reminder.say]
        if spans:
            yield self._word("reminders").format(spans=", ".join(spans))

    def _ways(self, step: Step) -> Iterator[Way]:
        """One for each step that is led to, with all the answers that lead there."""
        by_target: dict[str, list[str]] = {}
        for answer, target in step.go.items():
            by_target.setdefault(target, []).append(answer)
        for target, answers in by_target.items():
            yield Way(self._answers(step, answers), target)
        if step.when is not None:
            yield Way(self._word("else"), step.otherwise)

    def _answers(self, step: Step, answers: list[str]) -> str:
        marks = sorted(int(a) for a in answers if a.isdigit() and int(a) in step.marks)
        said = [_range(marks)] if marks else []
        said += [self._answer(step, a) for a in answers if not a.isdigit() and a != NEXT]
        return ", ".join(said)

    def _answer(self, step: Step, answer: str) -> str:
        if answer == SILENCE:
            return self._word("silence")
        own = drawing_words(self.language).get(f"answer.{answer}")
        label = self.read.labels.get(step.label(answer), answer)
        return own if own is not None and step.label(answer) == answer else _filled(label)

    # ---- words

    def _word(self, key: str) -> str:
        return drawing_words(self.language)[key]

    def _condition(self, condition: Condition) -> str:
        return ", ".join(
            self._asked(condition, f.name) for f in fields(condition) if f.name in condition.asks
        )

    def _asked(self, condition: Condition, name: str) -> str:
        value = getattr(condition, name)
        if isinstance(value, bool):
            return f"{name}: {self._word('yes' if value else 'no')}"
        if isinstance(value, str):
            return value
        if name in ("rating", "rating_before"):
            return f"{name}: {value[0]}–{value[1]}"
        return f"{name}: {', '.join(sorted(value))}"

    def _span(self, span: timedelta) -> str:
        left, said = round(span.total_seconds()), []
        for seconds, unit in _UNITS:
            count, left = divmod(left, seconds)
            if count:
                said.append(
                    f"{count} {_RUSSIAN_UNITS[unit]}" if self.language == "ru" else f"{count}{unit}"
                )
        return " ".join(said)


def _range(marks: list[int]) -> str:
    """`1–3` for neighbours, else one by one."""
    in_a_row = len(marks) > 1 and marks == list(range(marks[0], marks[-1] + 1))
    return f"{marks[0]}–{marks[-1]}" if in_a_row else ", ".join(map(str, marks))


def _filled(label: str) -> str:
    """With example values; what is no template is shown as it stands, its mistake beside it."""
    try:
        return parse_template(label).fill(EXAMPLES, str)
    except TemplateError:
        return label
