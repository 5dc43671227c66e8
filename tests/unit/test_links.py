from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.links import Link, Links, qr_png, standing_tokens, write_qr
from flows.facts import Tokens
from flows.links import start_link
from storage.db import Database
from storage.tx import Tx
from tests.databases import new_database

NOON = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
LINKS = Links("lana_bot", Tokens(owner="o1", join="j1", group="g1"))
PNG = b"\x89PNG\r\n\x1a\n"


def test_every_link_has_its_shape() -> None:
    assert (
        LINKS.owner(),
        LINKS.join(),
        LINKS.group(),
        LINKS.branch("tverskaya"),
        LINKS.visit("t"),
    ) == (
        "https://t.me/lana_bot?start=own_o1",
        "https://t.me/lana_bot?start=join_j1",
        "https://t.me/lana_bot?startgroup=g_g1&admin=delete_messages+manage_topics",
        "https://t.me/lana_bot?start=b_tverskaya",
        "https://t.me/lana_bot?start=v_t",
    )


def test_the_standing_links_are_listed_with_every_branch() -> None:
    listed = LINKS.standing([("center", "Лана на Тверской")])

    assert [link.name for link in listed] == ["owner", "group", "join", "manager", "branch-center"]
    assert listed[-1] == Link(
        "branch-center", LINKS.branch("center"), "customers of Лана на Тверской"
    )


def test_a_link_becomes_a_picture() -> None:
    assert qr_png(start_link("lana_bot", "b_1")).startswith(PNG)


def test_pictures_are_written_for_screens_and_for_print(tmp_path: Path) -> None:
    folder = tmp_path / "qr"

    written = write_qr(folder, LINKS.standing([("center", "Лана")]))

    assert [path.name for path in written] == [
        *("owner.png", "owner.svg", "group.png", "group.svg"),
        *("join.png", "join.svg", "manager.png", "manager.svg"),
        *("branch-center.png", "branch-center.svg"),
    ]
    assert all(path.read_bytes().startswith(PNG) for path in written if path.suffix == ".png")
    assert ElementTree.parse(folder / "join.svg").getroot().tag.endswith("svg")  # noqa: S314 (ours)


async def test_secrets_are_made_once(tmp_path: Path) -> None:
    database = await Database.open(new_database(tmp_path))
    fresh = iter(["one", "two", "three", "four", "never"])

    first, second = [
        await database.transact(lambda conn: standing_tokens(Tx(conn, NOON), lambda: next(fresh)))
        for _ in range(2)
    ]
    await database.close()

    assert first == second == Tokens(owner="one", join="two", group="three", manager="four")


@pytest.mark.parametrize("payload", ["own_x", "b_center"])
def test_a_payload_stands_behind_start(payload: str) -> None:
    assert start_link("lana_bot", payload) == f"https://t.me/lana_bot?start={payload}"
