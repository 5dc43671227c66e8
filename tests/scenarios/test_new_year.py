"""New Year's Eve: a short day, then three days off. What was told to the customer holds over all of them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.hours import parse_hours
from tests.content.salon import salon
from tests.world import World, opened_world

EVE = datetime(2026, 12, 31, 9, 0, tzinfo=UTC)  # 12:00 in the salon
HOLIDAYS = {"2026-12-31": "10:00-16:00", "2027-01-01..2027-01-03": "closed"}


@pytest.fixture
async def eve(tmp_path: Path) -> AsyncIterator[World]:
    """The salon at noon of 31 December; it closes at four and opens on the 4th."""
    content = salon()
    branch = content.business.branches[0]
    hours = parse_hours("10:00-21:00", branch.zone, HOLIDAYS)
    business = replace(content.business, branches=(replace(branch, hours=hours),))
    async with opened_world(tmp_path, at=EVE, content=replace(content, business=business)) as world:
        await world.staffed()
        yield world
        await world.nothing_is_wrong()


async def test_ten_minutes_before_closing_the_answer_is_promised_for_the_fourth(eve: World) -> None:
    await eve.passes_until(15, 49)
    anna = await eve.complaint("Ждала сорок минут")

    assert (await anna.heard())[-1].split(" Захотите")[0] == (
        "Анна, спасибо, что рассказали. Сообщение передали, ответит администратор: "
        "здесь же, 4 января до 10:19."
    )


async def test_over_the_holidays_nobody_is_reminded_and_on_the_fourth_in_time(eve: World) -> None:
    await eve.passes_until(15, 49)
    anna = await eve.complaint("Ждала сорок минут")
    guzel = eve.people["Гузель"]
    before = await guzel.was_told()

    await eve.passes(days=3)  # 3 January
    quiet = (await guzel.was_told(), await anna.was_told())
    await eve.passes_until(10, 5)

    assert quiet == (before, ["ask.qr", "rate.low", "ack.unassigned"])
    assert (await guzel.was_told())[len(before) :] == ["staff.remind"]


async def test_unanswered_on_the_fourth_the_honest_word_comes_before_the_promise_breaks(
    eve: World,
) -> None:
    await eve.passes_until(15, 49)
    anna = await eve.complaint("Ждала сорок минут")
    await eve.passes(days=3)

    await eve.passes_until(10, 15)
    before = await anna.was_told()
    await eve.passes(minutes=3)

    assert before[-1] == "ack.unassigned"
    assert (await anna.was_told())[-1] == "progress.late"
    assert "до 11:16" in (await anna.heard())[-1]


async def test_a_complaint_at_midnight_is_answered_honestly_and_the_year_changes_nothing(
    eve: World,
) -> None:
    await eve.passes_until(23, 58)

    anna = await eve.complaint("Ждала сорок минут")
    await eve.restart()
    status = await anna.writes("/status")

    assert status
    told = [text for text in await anna.heard() if "4 января до 10:30" in text]
    assert len(told) == 2
    assert (await anna.was_told())[2] == "ack.closed_hours"


async def test_kind_words_on_new_year_s_day_are_read_by_the_team_on_the_fourth(eve: World) -> None:
    await eve.passes_until(23, 58)
    anna = await eve.person("Анна")
    await anna.starts("b_bauman")
    await anna.taps("5")
    await anna.writes("Лучшая стрижка за год")

    await eve.passes(days=3)
    before = [m.text for m in await eve.in_group() if "Лучшая стрижка" in m.text]
    await eve.passes_until(20, 31)
    after = [m.text for m in await eve.in_group() if "Лучшая стрижка" in m.text]

    assert (before, len(after)) == ([], 1)
