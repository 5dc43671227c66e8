"""Half past ten on a Saturday evening: the salon is closed, somebody cannot wait, and every time named is kept."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.world import World, opened_world

SATURDAY_LATE = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)  # 22:30 in Moscow


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[World]:
    """The salon at that hour; Гузель and Рамиля are reachable."""
    async with opened_world(tmp_path, at=SATURDAY_LATE) as world:
        await world.staffed()
        yield world
        await world.nothing_is_wrong()


async def test_the_duty_person_is_called_sees_it_and_the_customer_learns_who_writes(
    night: World,
) -> None:
    anna = await night.complaint("Ключи забыла у вас")
    guzel, ramilya = night.people["Гузель"], night.people["Рамиля"]

    await anna.taps("Это срочно")
    await night.restart()
    called = [(await guzel.was_told())[-1], (await ramilya.was_told())[-1]]
    await guzel.taps("Вижу")
    await night.restart()
    await night.passes(minutes=16)
    await guzel.replies("Анна, ключи у меня, выхожу", to=await night.card())
    await night.passes(hours=8)

    assert called == ["staff.urgent", "staff.urgent"]
    assert (await anna.heard())[3] == (
        "Дежурному написали лично, в 22:31. Как только прочитает, скажем. "
        "Если за 15 минут ответа нет, звоните: +7 900 000-00-00."
    )
    assert (await anna.heard())[4] == (
        "Ваше сообщение прочитали в 22:31. Сейчас вам напишет Гузель, администратор."
    )
    assert (await anna.heard())[5:] == ["Анна, ключи у меня, выхожу\n\nГузель, администратор"]
    assert (await guzel.was_told()).count("staff.urgent") == 2  # and a quarter of an hour later
    assert (await ramilya.was_told())[-1] == "staff.health_seen"


async def test_nobody_sees_it_and_every_promise_has_one_honest_message_before_it_breaks(
    night: World,
) -> None:
    anna = await night.complaint("Ключи забыла у вас")
    await anna.taps("Это срочно")
    await night.restart()

    await night.passes_until(10, 26)
    at_night = await anna.was_told()
    await night.restart()
    await night.passes(minutes=2)
    late = (await anna.heard())[-1]
    await night.passes(minutes=30)

    assert at_night[2:] == ["ack.closed_hours", "ack.urgent"]
    assert late == (
        "Анна, обещали ответить до 10:30 и не успеваем, виноваты мы. "
        "Отвечать будет Рамиля, управляющая: до 11:27."
    )
    assert (await anna.was_told()).count("progress.late") == 1


async def test_with_nobody_on_shift_the_manager_is_on_duty(night: World) -> None:
    for name in ("Гузель", "Лев"):
        if "Не на смене" in [x for row in await night.people[name].labels() for x in row]:
            await night.people[name].taps("Не на смене")
    anna = await night.complaint("Ключи забыла у вас")

    await anna.taps("Это срочно")

    told = {name: (await night.people[name].was_told())[-1] for name in ("Гузель", "Рамиля")}
    assert told["Рамиля"] == "staff.urgent"
    assert told["Гузель"] != "staff.urgent"
