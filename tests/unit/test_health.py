import json
import socket
from dataclasses import replace

import aiohttp
import pytest

from bot.health import HealthReport, Verdict, as_json, from_json, judge, stands
from bot.health_http import serve_health
from bot.settings import SettingsProblem
from storage.errors import StorageUnavailable

WELL = HealthReport(poll_age_s=3.0, tick_age_s=0.4)


async def well() -> HealthReport:
    return WELL


async def asked(port: int, path: str = "/health") -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.text()


def test_a_bot_that_polls_and_ticks_is_well() -> None:
    assert judge(WELL) == Verdict()


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"poll_age_s": None}, "no successful poll yet"),
        ({"poll_age_s": 121.0}, "the last successful poll was 121 s ago"),
        ({"tick_age_s": None}, "no tick yet"),
        ({"tick_age_s": 31.0}, "the last tick was 31 s ago"),
        ({"inbox_age_s": 61.0}, "an update waits for 61 s"),
        ({"outbox_age_s": 601.0}, "a message waits for 601 s"),
        ({"database": "full"}, "the database: full"),
        (
            {"conflict": "poller"},
            "another program takes this bot's updates: stop it, or change the token",
        ),
        (
            {"conflict": "webhook"},
            "a webhook is set for this bot: remove it with deleteWebhook",
        ),
    ],
)
def test_each_trouble_is_told(changes: dict[str, object], trouble: str) -> None:
    assert judge(replace(WELL, **changes)) == Verdict((trouble,))  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    "changes", [{"poll_age_s": 120.0}, {"tick_age_s": 30.0}, {"outbox_age_s": 600.0}]
)
def test_what_may_take_its_time_is_no_trouble(changes: dict[str, float]) -> None:
    assert judge(replace(WELL, **changes)).healthy  # type: ignore[arg-type]  # by name


def test_what_a_restart_would_not_mend_is_a_notice() -> None:
    report = replace(WELL, parked_inbox=1, parked_timers=2, telegram="Unreachable")

    assert judge(report) == Verdict(
        notices=("3 parked: see `zabota parked`", "Telegram: Unreachable")
    )


def test_a_report_survives_the_way_through_json() -> None:
    report = replace(WELL, parked_outbox=2, conflict="poller")

    assert from_json(json.loads(json.dumps(as_json(report)))) == report


async def test_health_is_served() -> None:
    async with serve_health("127.0.0.1", 0, well) as port:
        status, body = await asked(port)
        elsewhere, _ = await asked(port, "/")

    assert (status, json.loads(body)) == (200, as_json(WELL))
    assert elsewhere == 404


async def test_trouble_is_a_503() -> None:
    async def ill() -> HealthReport:
        return replace(WELL, database="full")

    async with serve_health("127.0.0.1", 0, ill) as port:
        status, body = await asked(port)

    assert (status, json.loads(body)["troubles"]) == (503, ["the database: full"])


async def test_a_database_that_cannot_be_asked_is_a_503() -> None:
    async def unasked() -> HealthReport:
        raise StorageUnavailable("io")

    async with serve_health("127.0.0.1", 0, unasked) as port:
        status, body = await asked(port)

    assert (status, json.loads(body)["troubles"]) == (503, [str(StorageUnavailable("io"))])


async def test_a_port_that_is_taken_is_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(SettingsProblem) as refused:
            async with serve_health("127.0.0.1", port, well):
                pass

    assert str(refused.value) == (
        f"HEALTH_PORT {port} cannot be opened on 127.0.0.1 (Address already in use): "
        "write another into HEALTH_PORT, or check HEALTH_HOST."
    )


def test_a_process_stands_while_telegram_is_away() -> None:
    away = HealthReport(poll_age_s=None, tick_age_s=1.0, conflict="poller", telegram="unreachable")

    assert (stands(away), judge(away).healthy) == (True, False)
    assert not stands(replace(away, database="locked"))
    assert not stands(replace(away, tick_age_s=None))
