"""The page's server without a browser: who gets in, what is told, what people and files may do."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.content import write_preset
from bot.page.child import Child, settings_of
from bot.page.feed import Feed
from bot.page.sections import scene
from bot.page.setting_up import do, make_people
from bot.page.stage import Stage, opened_stage
from bot.page.web import serve
from bot.sandbox.membership import migrate


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Everything but the bot's process."""
    write_preset("salon", tmp_path / "content")
    child = Child(tmp_path, settings_of(tmp_path, "http://127.0.0.1:1"))
    async with opened_stage(tmp_path, "salon", child, 0) as opened:
        make_people(opened)
        yield opened


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def _status(session: aiohttp.ClientSession, address: str, **headers: str) -> int:
    async with session.get(address, headers=headers) as answer:
        return answer.status


async def test_only_this_machine_s_own_page_is_let_in(
    stage: Stage, session: aiohttp.ClientSession
) -> None:
    async with serve(stage, 0) as address:
        told = [
            await _status(session, address),
            await _status(session, address, Host="zabota.example"),
            await _status(session, address, Origin="https://zabota.example"),
            await _status(session, address, Origin="null"),
            await _status(session, address, **{"Sec-Fetch-Site": "cross-site"}),
        ]

    assert told == [200, 403, 403, 403, 403]


async def test_the_sandbox_lets_no_page_of_elsewhere_act_as_a_person(
    stage: Stage, session: aiohttp.ClientSession
) -> None:
    address = f"{stage.sandbox.url}/control/people"
    told = [
        await _status(session, address),
        await _status(session, address, Host="zabota.example"),
        await _status(session, address, Origin="https://zabota.example"),
    ]

    assert told == [200, 403, 403]


def test_the_bot_of_the_page_can_meet_no_telegram_but_the_sandbox(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "http://127.0.0.1:8081")

    assert {settings["TELEGRAM_API_URL"], settings["SANDBOX_CLOCK_URL"]} == {
        "http://127.0.0.1:8081"
    }


async def test_news_are_told_once(stage: Stage) -> None:
    feed = Feed(stage)
    first = {name for name, _ in feed.news()}

    again = feed.news()

    assert (first >= {"scene", "people", "clock", "process"}, again) == (True, [])


async def test_of_a_chat_only_what_is_new_is_told(stage: Stage) -> None:
    anna = stage.customers[0]
    do(stage, anna, "send", text="Раз")
    feed = Feed(stage)
    feed.news()

    do(stage, anna, "send", text="Два")
    told = [text for name, text in feed.news() if name == "chat"]

    assert [("Раз" in text, "Два" in text) for text in told] == [(False, True)]


async def test_a_file_that_a_browser_could_run_is_only_ever_saved(
    stage: Stage, session: aiohttp.ClientSession
) -> None:
    page = {"kind": "document", "content_b64": "PGI+", "mime_type": "text/html"}
    sent = do(stage, stage.customers[0], "send", medium=page)
    file_id = sent["messages"][0]["document"]["file_id"]

    async with serve(stage, 0) as address, session.get(f"{address}files/{file_id}") as answer:
        told: Any = (answer.headers["Content-Disposition"], answer.content_type)

    assert told == ("attachment", "application/octet-stream")


async def test_what_is_asked_wrongly_is_answered_with_a_sentence(
    stage: Stage, session: aiohttp.ClientSession
) -> None:
    async with (
        serve(stage, 0) as address,
        session.post(f"{address}do/push", json={"seconds": -1}) as answer,
    ):
        told = (answer.status, await answer.json())

    assert told == (409, {"error": "a month at most, and only forward"})


async def test_time_moves_at_one_stroke_while_no_bot_runs(
    stage: Stage, session: aiohttp.ClientSession
) -> None:
    before = stage.now_ms()

    async with (
        serve(stage, 0) as address,
        session.post(f"{address}do/push", json={"seconds": 7200}) as answer,
    ):
        await answer.json()

    assert 7_200_000 <= stage.now_ms() - before < 7_260_000


async def test_one_more_group_has_everybody_of_the_staff_and_stands_beside_the_first(
    stage: Stage, session: aiohttp.ClientSession
) -> None:
    async with serve(stage, 0) as address, session.post(f"{address}do/group", json={}) as answer:
        new = (await answer.json())["id"]

    assert scene(stage)["groups"] == [stage.group, new]
    assert set(stage.world.groups[new].members) == set(stage.staff)


async def test_a_group_that_became_a_supergroup_is_shown_once(stage: Stage) -> None:
    owner = stage.staff[0]
    small = stage.world.add_group("Вторая", supergroup=False)
    big = migrate(stage.world, small, owner)

    assert scene(stage)["groups"] == [stage.group, big.id]
