"""`make screenshots`: the pictures of the README and the guides, taken from the page while the story is played."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import FLAGS, chromium
from tests.browser.demo import running_demo
from tests.browser.visitor import Visitor

_STORY = "Запись была на одиннадцать, начали без двадцати двенадцать. Никто даже не подошёл."
_ANSWER = (
    "Анна, вы правы: в записи стояли два гостя на одно время, и к вам никто не вышел. "
    "Это наша ошибка, уже исправляем."
)


def main(folder: Path) -> None:
    """Write them into `folder`, over those that are there."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as place,
        running_demo(Path(place) / "demo", place=Path(place)) as demo,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)

        def opened(width: int, height: int, query: str = "lang=ru&tour=no", **more: Any) -> Page:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                device_scale_factor=1.5,
                reduced_motion="reduce",
                **more,
            )
            page = context.new_page()
            page.goto(f"{demo.address}?{query}")
            page.locator(".face:not(.add)").first.wait_for()
            return page

        _take(folder, opened)
        browser.close()


def _take(folder: Path, opened: Any) -> None:
    tour = opened(1280, 800, "lang=ru&tour=yes")
    expect(tour.locator(".pointed")).to_be_enabled()
    tour.screenshot(path=folder / "tour.png")
    tour.context.close()
    page = opened(1280, 800)
    _play(page, folder)
    page.screenshot(path=folder / "page.png")
    _ = Visitor(page).inside
    page.screenshot(path=folder / "inside.png")
    dark = opened(1280, 800, "lang=en&tour=no", color_scheme="dark")
    dark.screenshot(path=folder / "page-dark.png")
    narrow = opened(390, 844)
    narrow.screenshot(path=folder / "phone.png")


def _play(page: Page, folder: Path) -> None:
    """Up to the gift: what a complaint looks like on both sides."""
    visitor = Visitor(page)
    visitor.visit_ends()
    page.locator(".guests .key").first.wait_for()
    page.screenshot(path=folder / "question.png")
    visitor.taps(visitor.guest, "2 ·")
    visitor.sees(visitor.guest, "Что случилось")
    visitor.taps(visitor.guest, "Долго ждали")
    visitor.writes(visitor.guest, _STORY)
    expect(visitor.guest.locator(".own .reaction")).to_have_text("👀")
    visitor.moves("next")
    visitor.sees(visitor.guest, "ответит администратор")
    _rests(page)
    page.screenshot(path=folder / "promise.png")
    visitor.replies_to(visitor.staff, "Анна", _ANSWER)
    visitor.moves("next")
    visitor.sees(visitor.guest, "Это наша ошибка")
    visitor.taps(visitor.staff, "🎁")
    visitor.moves("next")
    visitor.sees(visitor.guest, "подарок от нас")
    _rests(page)


def _rests(page: Page) -> None:
    """Nothing that comes and goes is in the picture."""
    page.mouse.move(5, 5)
    page.locator(".brand").click()
    expect(page.locator(".toast")).to_have_count(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
