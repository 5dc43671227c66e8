"""Every file of the content is changed in the middle of things, and the bot restarted: what stays, what changes."""

from pathlib import Path

from bot.content import load_content, write_preset
from flows.book import Content
from tests.world import World

CHANGES = {
    "texts/ru.yaml": (("Спасибо! Хотите передать", "Ура! Хотите передать"),),
    "texts/en.yaml": (("Thank you! If you would like", "Hooray! If you would like"),),
    "tone/ru.yaml": (("long_story: 400", "long_story: 500"),),
    "tone/en.yaml": (("long_story: 400", "long_story: 500"),),
    "ready/ru.yaml": (("как вам удобнее,", "как вам лучше,"),),
    "ready/en.yaml": (("how would you like us", "how shall we try"),),
    "gifts.en.yaml": (('button: "Treatment"', 'button: "Mask"'),),
    "flows/after_visit.yaml": (("{5: praise, 4: better,", "{5: better, 4: praise,"),),
    "flows/words.yaml": (("until_quiet: 60s}\n    go: photo", "until_quiet: 5m}\n    go: photo"),),
    "flows/check.yaml": (("say: check.ok", 'say: "Рады!"'),),
    "flows/check_7d.yaml": (("after: 7d", "after: 8d"),),
    "flows/review.yaml": (("after: 3d", "after: 4d"),),
    "flows/nps.yaml": (("after: 14d", "after: 20d"),),
    "gifts.yaml": (
        (
            'title: "уход-комплимент, маска или парафин", button: "Уход-комплимент"',
            'title: "маска", button: "Маска"',
        ),
        ('title: "администратор"', 'title: "старший мастер"'),
        ("gifts: 2, cost: 5000}", "gifts: 2, cost: 200}"),
    ),
    "business.yaml": (
        ('hours: "10:00-21:00"', 'hours: "10:00-13:00"'),
        ("reply_within: 30m", "reply_within: 45m"),
    ),
}


def changed_everywhere(folder: Path) -> Content:
    """The salon with something changed in each of its files."""
    written = {path.relative_to(folder).as_posix() for path in write_preset("salon", folder)}
    assert {name for name in written if name.endswith(".yaml")} == set(CHANGES)
    for file, changes in CHANGES.items():
        source = (folder / file).read_text("utf-8")
        for before, after in changes:
            assert before in source, f"{file} has no {before}"
            source = source.replace(before, after)
        (folder / file).write_text(source, "utf-8")
    return load_content(folder)


async def test_begun_conversations_keep_steps_and_texts_and_nothing_else(
    world: World, tmp_path: Path
) -> None:
    asked, wrote = await world.person("Анна"), await world.person("Вера")
    await asked.starts("b_bauman")
    await wrote.writes("Ждала у вас сорок минут")

    await world.restart(changed_everywhere(tmp_path / "content"))
    await asked.taps("5 ·")
    await world.passes(seconds=61)

    assert (await asked.heard())[-1].startswith("Спасибо! Хотите передать")  # old step, old text
    told = (await wrote.heard())[-1]  # after the old minute of quiet ...
    assert "ответит старший мастер" in told  # ... in today's roles


async def test_what_begins_afterwards_is_all_new(world: World, tmp_path: Path) -> None:
    await world.restart(changed_everywhere(tmp_path / "content"))
    dana, gleb = await world.person("Дана"), await world.person("Глеб")

    await dana.starts("b_bauman")
    await dana.taps("4 ·")
    await gleb.writes("Ждал у вас сорок минут")
    await world.passes(minutes=4)
    before = await gleb.heard()
    await world.passes(minutes=2)

    assert (await dana.heard())[-1].startswith("Ура! Хотите передать")
    assert before == []
    assert "до 12:45" in (await gleb.heard())[-1]  # within 45 minutes, by today's hours


async def test_an_open_case_is_worked_on_with_todays_gifts_and_limits(
    world: World, tmp_path: Path
) -> None:
    anna = await world.complaint("Ждала сорок минут")
    before = await gifts_offered(world)

    await world.restart(changed_everywhere(tmp_path / "content"))
    await anna.writes("И кофе остыл")
    after = await gifts_offered(world)
    await world.people["Гузель"].on_card("🎁 Экспресс")  # dearer than one customer gets today
    await world.passes(seconds=11)

    assert (before[0], after[0]) == ("🎁 Уход-комплимент", "🎁 Маска")
    assert (await world.people["Рамиля"].was_told())[-1] == "staff.approval_request"
    assert "offer.single" not in await anna.was_told()


async def gifts_offered(world: World) -> list[str]:
    """The gifts on the newest card, without their prices."""
    labels = (await world.card()).labels
    return [label.partition(" ·")[0] for label in labels if label.startswith("🎁")]


async def test_what_was_given_stays_what_it_was(world: World, tmp_path: Path) -> None:
    anna, guzel = await world.complaint("Ждала сорок минут"), world.people["Гузель"]
    await guzel.on_card("🎁 Уход")
    await world.passes(seconds=11)

    await world.restart(changed_everywhere(tmp_path / "content"))
    await guzel.on_card("Решено")
    await world.passes(days=2)
    await anna.taps("Да")

    assert any("уход-комплимент" in line.lower() for line in await world.card_lines())
    assert (await anna.heard())[-1] == "Рады!"  # the check began afterwards
