"""What is read before a turn: possible replies, in the language of their letters, and nothing else."""

from dataclasses import replace

import pytest

from bot.content import Books
from bot.desk import Desk
from bot.reply_reader import ReplyReader, language_of
from flows.book import Content
from flows.events import CustomerWrote, Kind, Message, Sender, StaffWrote
from flows.tone import Lint
from tests.content.salon import salon
from tests.unit.flows.memory import TOKENS

GUZEL = Sender(303, "Гузель")


def message(text: str, reply_to: int | None = 7) -> Message:
    return Message(-100, 8, Kind.TEXT, text, reply_to=reply_to)


def reader(content: Content | None = None) -> ReplyReader:
    content = content or salon()
    return ReplyReader(Desk(content, Books(content.book), TOKENS, "lana_bot"))


@pytest.mark.parametrize(
    ("text", "language"),
    [("Простите", "ru"), ("Sorry", "en"), ("Анна, we are sorry", "en"), ("👍 12:00", "")],
)
def test_the_letters_tell_the_language(text: str, language: str) -> None:
    assert language_of(text) == language


async def test_a_reply_carries_what_stands_in_it_in_the_group_and_in_private() -> None:
    in_group = await reader().read(StaffWrote(GUZEL, message("Это проблема")))
    in_private = await reader().read(CustomerWrote(GUZEL, message("Это проблема")))

    for event in (in_group, in_private):
        assert isinstance(event, StaffWrote | CustomerWrote)
        assert event.findings is not None
        assert [word.rule for word in event.findings.words] == ["problem"]


@pytest.mark.parametrize(
    "event",
    [
        StaffWrote(GUZEL, message("Это проблема", reply_to=None)),
        StaffWrote(GUZEL, message("// проблема наша")),
        StaffWrote(GUZEL, message("")),
        StaffWrote(GUZEL, message("👍")),
        CustomerWrote(GUZEL, message("Это проблема", reply_to=None)),
    ],
)
async def test_what_is_no_reply_is_left_as_it_is(event: StaffWrote | CustomerWrote) -> None:
    assert await reader().read(event) is event


async def test_without_hints_promises_are_still_found_unless_they_are_off_too() -> None:
    off = replace(salon(), business=replace(salon().business, lint=Lint.OFF))
    ru = replace(off.tones["ru"], promises=False)
    nothing = replace(off, tones={"ru": ru})
    event = StaffWrote(GUZEL, message("Напишу через час"))

    read = await reader(off).read(event)

    assert isinstance(read, StaffWrote)
    assert read.findings is not None
    assert [promise.words for promise in read.findings.promises] == ["напишу через час"]
    assert await reader(nothing).read(event) is event


async def test_a_language_without_rules_is_not_judged() -> None:
    content = replace(salon(), tones={})
    event = StaffWrote(GUZEL, message("Это проблема"))

    assert await reader(content).read(event) is event
