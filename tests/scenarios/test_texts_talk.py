"""/texts: the owner changes what customers read, sees it first, and can go back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.content_disk import ContentFolder
from flows.content_work import Edit, SaveEdits
from storage import content_work
from storage.db import Database
from tests.scenarios.owned import last, owned_world, written
from tests.someone import Someone
from tests.world import FRIDAY_NOON as NOW
from tests.world import World

FILE = "texts/ru.yaml"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with owned_world(tmp_path) as world:
        yield world


@pytest.fixture
async def owner(world: World) -> Someone:
    return await world.person("Лев")


async def test_new_words_are_shown_as_customers_will_see_them_saved_and_said(
    world: World, owner: Someone
) -> None:
    await owner.writes("/texts")
    await owner.taps("Ответ на 5")
    await owner.writes("Спасибо, что пришли в «{brand}»!")
    shown = await last(owner)
    await owner.taps("Сохранить")

    assert shown.text == "Так увидит Анна:\n\nСпасибо, что пришли в «Лана»!"
    assert '  rate.5: "Спасибо, что пришли в «{brand}»!"\n' in written(world, FILE)
    assert (await owner.was_told())[-1] == "owner.texts.saved"
    anna = await world.person("Анна")
    await anna.starts("b_bauman")
    await anna.taps("5 ·")
    assert (await anna.heard())[-1] == "Спасибо, что пришли в «Лана»!"


async def test_only_the_words_change_in_the_file(world: World, owner: Someone) -> None:
    before = written(world, FILE)
    await owner.writes("/texts")
    await owner.taps("Ответ на 4")
    await owner.writes("Спасибо! Чего не хватило?")
    await owner.taps("Сохранить")

    after = written(world, FILE)
    changed = [
        pair
        for pair in zip(before.split("\n"), after.split("\n"), strict=True)
        if pair[0] != pair[1]
    ]
    assert [line for _, line in changed] == ['  rate.4: "Спасибо! Чего не хватило?"']


async def test_it_can_be_undone(world: World, owner: Someone) -> None:
    before = written(world, FILE)
    await owner.writes("/texts")
    await owner.taps("Ответ на 5")
    await owner.writes("Ура!")
    await owner.taps("Сохранить")
    await owner.taps("Отменить")

    assert written(world, FILE) == before
    assert (await owner.was_told())[-1] == "owner.content.undone"
    assert world.app.desk.content.book.texts.render("rate.5", {"to_team": "мастеру"}).startswith(
        "Спасибо!"
    )


async def test_marks_are_kept(world: World, owner: Someone) -> None:
    await owner.writes("/texts")
    await owner.taps("Ответ на 5")
    await owner.writes(html="<b>Спасибо</b> & до <i>встречи</i>")
    await owner.taps("Сохранить")

    assert '"<b>Спасибо</b> &amp; до <i>встречи</i>"' in written(world, FILE)


async def test_an_unknown_variable_is_refused_with_the_checkers_sentence(
    world: World, owner: Someone
) -> None:
    before = written(world, FILE)
    await owner.writes("/texts")
    await owner.taps("Ответ на 5")
    await owner.writes("Спасибо от {brend}!")

    assert (await owner.was_told())[-1] == "owner.texts.bad"
    assert "{brand}" in (await last(owner)).text
    await owner.writes("Спасибо от {brand}!")
    await owner.taps("Сохранить")
    assert before != written(world, FILE)


async def test_a_text_is_found_by_a_word_of_it(owner: Someone) -> None:
    await owner.writes("/texts")
    await owner.writes("всплывает у гостя")
    assert (await owner.was_told())[-1] == "owner.texts.none"
    await owner.writes("до пятёрки")
    await owner.taps("Спасибо! Чего не хватило")

    assert (await last(owner)).text.startswith("Ответ на 4. Сейчас так:")


async def test_many_found_texts_come_in_pages(owner: Someone) -> None:
    await owner.writes("/texts")
    await owner.writes("спасибо")
    first = (await last(owner)).labels
    await owner.taps("Дальше")
    second = (await last(owner)).labels

    assert len(first) == 11
    assert set(first[:8]) & set(second) == set()


async def test_a_button_can_be_renamed(world: World, owner: Someone) -> None:
    await owner.writes("/texts")
    await owner.writes("5 · всё отлично")
    await owner.taps("5 · Всё отлично")
    await owner.writes("5 · Восторг")
    await owner.taps("Сохранить")

    assert '  rate.5: "5 · Восторг"' in written(world, FILE)


async def test_the_presets_words_come_back(world: World, owner: Someone) -> None:
    before = written(world, FILE)
    await owner.writes("/texts")
    await owner.taps("Ответ на 5")
    await owner.writes("Ура!")
    await owner.taps("Сохранить")
    await owner.writes("/texts")
    await owner.taps("Ответ на 5")
    await owner.taps("Вернуть как было")
    await owner.taps("Сохранить")

    assert written(world, FILE) == before


async def test_words_that_hurt_are_pointed_out(owner: Someone) -> None:
    await owner.writes("/texts")
    await owner.taps("Ответ на 1")
    await owner.writes("Приносим извинения. Но вы должны понять.")

    assert (await last(owner)).text.endswith(
        "Подсказка: «но», «приносим извинения», «вы должны» тем, кто расстроен, читать неприятно."
    )


async def test_two_owners_do_not_overwrite_each_other(world: World, owner: Someone) -> None:
    await owner.writes("/texts")
    await owner.taps("Ответ на 5")
    await owner.writes("Первый вариант")
    path = Path(str(world.settings.content_dir)) / FILE
    path.write_text(path.read_text().replace("Спасибо! Хотите", "Благодарим! Хотите"))
    await owner.taps("Сохранить")

    assert (await owner.was_told())[-1] == "owner.content.changed"
    assert "Первый вариант" not in written(world, FILE)


async def test_a_manager_is_told_kindly_who_may(world: World) -> None:
    manager = await world.person("Рамиля")
    await manager.writes("/texts")

    assert (await manager.was_told())[-1] == "owner.only"


async def test_a_button_of_an_earlier_step_says_so_even_after_a_restart(
    world: World, owner: Someone
) -> None:
    await owner.writes("/texts")
    await owner.taps("Ответ на 5")
    await owner.writes("Первый вариант")
    first = await last(owner)
    await owner.writes("Второй вариант")
    await world.restart()

    assert await owner.taps_on(first, "Сохранить") != ""
    assert "Первый вариант" not in written(world, FILE)
    await owner.taps("Сохранить")
    assert '  rate.5: "Второй вариант"' in written(world, FILE)


async def test_another_command_ends_the_talk(world: World, owner: Someone) -> None:
    await owner.writes("/texts")
    await owner.taps("Ответ на 5")
    await owner.writes("/help")
    await owner.writes("Это уже не текст")

    assert (await owner.was_told())[-1] == "staff.not_a_reply"


async def test_killed_between_the_file_and_the_answer_it_is_saved_once_and_told(
    world: World, owner: Someone
) -> None:
    edit = Edit(FILE, ("texts", "rate.4"), '"Чего не хватило?"')
    await world.stop()
    database = await Database.open(world.settings.database_url)
    await database.transact(
        lambda conn: content_work.put(conn, "key", owner.id, 0, SaveEdits((edit,), "text"), NOW)
    )
    await database.close()
    folder = ContentFolder(Path(str(world.settings.content_dir)), keep=20)
    new = written(world, FILE).replace(
        "Спасибо! Чего не хватило до пятёрки? Можно не отвечать.", "Чего не хватило?"
    )
    folder.write("key", NOW, folder.read(), {FILE: new.encode()})  # and here it is killed
    await world.reopen()
    await world.settle()

    assert written(world, FILE) == new
    assert (await owner.was_told())[-1] == "owner.texts.saved"
    await owner.taps("Отменить")
    assert written(world, FILE) != new


async def test_a_folder_closed_for_writing_is_told(world: World, owner: Someone) -> None:
    folder = Path(str(world.settings.content_dir))
    (folder / ".versions").write_text("")  # what stands in the way stands for a closed folder
    await owner.writes("/texts")
    await owner.taps("Ответ на 5")
    await owner.writes("Ура!")
    await owner.taps("Сохранить")

    assert (await owner.was_told())[-1] == "owner.content.read_only"


async def test_texts_of_another_language_are_changed_in_their_own_file(
    world: World, owner: Someone
) -> None:
    before = written(world, FILE)
    await owner.writes("/texts")
    await owner.taps("На другом языке: en")
    await owner.taps("Ответ на 5")
    await owner.writes("Thank you, see you soon!")
    await owner.taps("Сохранить")

    assert '  rate.5: "Thank you, see you soon!"' in written(world, "texts/en.yaml")
    assert written(world, FILE) == before


async def test_a_text_as_long_as_a_message_is_shown_in_part_and_saved_whole(
    world: World, owner: Someone
) -> None:
    words = "<b>" + "Слово. " * 580 + "Конец</b>"
    await owner.writes("/texts")
    await owner.taps("Ответ на 4")
    await owner.writes(html=words)
    preview = (await last(owner)).text
    await owner.taps("Сохранить")

    assert preview.split("\n")[2].startswith("Слово. Слово.")
    assert preview.split("\n")[2].endswith("…")
    assert f'  rate.4: "{words}"' in written(world, FILE).split("\n")
