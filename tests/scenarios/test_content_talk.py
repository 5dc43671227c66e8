"""/content: the files go out, one comes back, the owner sees what it changes and applies it."""

import re
import zipfile
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.scenarios.owned import last, owned_world, sends_file, written
from tests.someone import Someone
from tests.world import World

FILE = "texts/ru.yaml"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with owned_world(tmp_path) as world:
        yield world


@pytest.fixture
async def owner(world: World) -> Someone:
    return await world.person("Лев")


def changed(world: World) -> bytes:
    """The texts with one word another."""
    return written(world, FILE).replace("Спасибо! Хотите", "Благодарим! Хотите").encode()


async def received(world: World, owner: Someone, name: str) -> bytes:
    """The newest file of that name that the bot has sent."""
    chat = await world.control.chat(owner.id)
    sent = next(m for m in reversed(chat.messages) if m.from_bot and m.file_name == name)
    assert sent.file_id is not None
    return await world.control.file(sent.file_id)


async def test_a_file_sent_back_is_told_in_words_and_applied(world: World, owner: Someone) -> None:
    await sends_file(owner, "ru.yaml", changed(world))
    told = (await last(owner)).text
    await owner.taps("Применить")

    assert told.startswith("Изменений: 1\n\nrate.5: «Спасибо! Хотите передать")
    assert "→ «Благодарим! Хотите" in told
    assert "Благодарим! Хотите" in written(world, FILE)
    assert world.app.desk.content.book.texts.render("rate.5").startswith("Благодарим!")


async def test_it_can_be_undone(world: World, owner: Someone) -> None:
    before = written(world, FILE)
    await sends_file(owner, "ru.yaml", changed(world))
    await owner.taps("Применить")
    await owner.taps("Отменить")

    assert written(world, FILE) == before


async def test_a_bad_file_is_answered_with_line_and_mistake_and_changes_nothing(
    world: World, owner: Someone
) -> None:
    before = written(world, FILE)
    await sends_file(owner, "ru.yaml", before.replace("{to_team}", "{to_teem}", 1).encode())

    assert (await owner.was_told())[-1] == "owner.file.bad"
    assert "texts/ru.yaml:" in (await last(owner)).text
    assert "{to_team}" in (await last(owner)).text
    assert written(world, FILE) == before


async def test_what_was_edited_on_the_server_meanwhile_is_not_overwritten(
    world: World, owner: Someone
) -> None:
    await sends_file(owner, "ru.yaml", changed(world))
    path = Path(str(world.settings.content_dir)) / "business.yaml"
    path.write_text(path.read_text().replace("Лана", "Лада"))
    await owner.taps("Применить")

    assert "owner.content.changed" in await owner.was_told()
    assert "Благодарим! Хотите" not in written(world, FILE)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("ru.yaml", "тексты: да".encode("cp1251"), "owner.content.not_text"),
        ("other.yaml", b"a: b", "owner.content.not_content"),
        ("a.zip", b"PK\x03\x04 nothing", "owner.content.bad_archive"),
        ("ru.yaml", b"#" * 600_000, "owner.content.too_big"),
    ],
)
async def test_what_cannot_be_read_is_said_kindly(
    world: World, owner: Someone, name: str, content: bytes, told: str
) -> None:
    before = written(world, FILE)
    await sends_file(owner, name, content)

    assert (await owner.was_told())[-1] == told
    assert written(world, FILE) == before


async def test_the_same_file_changes_nothing(world: World, owner: Someone) -> None:
    await sends_file(owner, "ru.yaml", written(world, FILE).encode())

    assert (await owner.was_told())[-1] == "owner.content.nothing_new"


async def test_files_of_others_are_what_they_always_were(world: World) -> None:
    anna = await world.complaint("Ждала сорок минут")
    await sends_file(anna, "ru.yaml", b"texts: {}")

    assert (await anna.was_told())[-1] != "owner.content.nothing_new"
    assert "owner.file.bad" not in await anna.was_told()


async def test_all_files_come_in_an_archive_without_secrets(world: World, owner: Someone) -> None:
    (Path(str(world.settings.content_dir)) / ".env").write_text("BOT_TOKEN=secret")
    await owner.writes("/content")

    with zipfile.ZipFile(BytesIO(await received(world, owner, "content.zip"))) as packed:
        assert sorted(packed.namelist()) == sorted(world.app.desk.files)
        assert packed.read(FILE).decode() == written(world, FILE)


async def test_one_file_is_sent_by_a_tap(world: World, owner: Someone) -> None:
    await owner.writes("/content")
    await owner.taps("business.yaml")

    assert (await received(world, owner, "business.yaml")).decode() == written(
        world, "business.yaml"
    )


async def test_a_file_is_applied_after_a_restart(world: World, owner: Someone) -> None:
    await sends_file(owner, "ru.yaml", changed(world))
    await world.restart()
    await owner.taps("Применить")

    assert "Благодарим! Хотите" in written(world, FILE)


async def test_more_changes_than_a_message_holds_are_cut_and_can_be_applied(
    world: World, owner: Someone
) -> None:
    text = written(world, FILE)
    longer = re.sub(r'(?m)^(  (?:staff|owner)\.[a-z_.]+: ".{80,})\."$', r'\1!"', text)

    await sends_file(owner, "ru.yaml", longer.encode())
    told = await last(owner)
    await owner.taps("Применить")

    count = int(told.text.split("\n")[0].removeprefix("Изменений: "))
    shown = [line for line in told.text.split("\n") if " → " in line]
    assert count > 20
    assert told.text.split("\n")[-1] == f"… +{count - len(shown)}"
    assert written(world, FILE) == longer
