"""A demo for each file of browser tests, one Chromium, a page for each test; pictures go to build/browser."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.browser.demo import Demo, running_demo

collect_ignore_glob = [] if find_spec("playwright") else ["test_*.py"]

PICTURES = Path(__file__).parents[2] / "build" / "browser"
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


def chromium() -> str:
    """The path of the browser; RuntimeError when there is none."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise RuntimeError("no Chromium was found: `make test-browser` installs it")
    return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running_demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def opened(demo: Demo, browser: Any) -> Iterator[Callable[..., Any]]:
    """Open the page as somebody; what goes wrong in it fails the test."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_page(lang: str = "ru", width: int = 1280, query: str = "tour=no", **about: Any) -> Any:
        height = 844 if width < 500 else 800
        context = browser.new_context(
            viewport={"width": width, "height": height},
            permissions=_PERMISSIONS,
            reduced_motion="reduce",
            **about,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: wrong.extend(_foreign(request.url, demo.address)))
        page.goto(f"{demo.address}?lang={lang}&{query}")
        page.locator(".face:not(.add)").first.wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


_PERMISSIONS = ["clipboard-read", "clipboard-write", "microphone"]


def _foreign(url: str, address: str) -> list[str]:
    own = url.startswith((address, "data:", f"blob:{address}"))
    return [] if own else [f"asked for {url}"]


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., Path]:
    """Keep a picture of a page under the test's name."""
    PICTURES.mkdir(parents=True, exist_ok=True)

    def take(page: Any, name: str) -> Path:
        path = (
            PICTURES
            / f"{re.sub(r'[^a-z0-9_-]+', '-', request.node.name).removeprefix('test_')}-{name}.png"
        )
        page.screenshot(path=path)
        return path

    return take
