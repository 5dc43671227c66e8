"""axe-core finds nothing serious, in every state of the page, light and dark, wide and narrow."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.demo import Demo
from tests.browser.visitor import Visitor

_AXE = Path(__file__).with_name("vendor") / "axe.js"
_GRAVE = {"serious", "critical"}


def _findings(page: Any) -> list[str]:
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        if each["impact"] in _GRAVE
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_serious_is_found_in_any_state(
    demo: Demo,
    opened: Callable[..., Any],
    picture: Callable[..., Any],
    scheme: str,
    width: int,
) -> None:
    name = f"Майя {scheme} {width}"
    demo.new_guest(name)
    page = opened("ru", width, color_scheme=scheme)
    visitor = Visitor(page, narrow=width < 500)
    visitor.becomes(name)
    states: dict[str, list[str]] = {"empty": _findings(page)}

    visitor.complains("Проверка доступности")
    states["guest"] = _findings(page)
    visitor.acts_as("Рамиля")
    states["private"] = _findings(page)
    visitor.opens_group()
    states["staff"] = _findings(page)
    picture(page, "staff")
    _ = visitor.inside
    states["inside"] = _findings(page)
    picture(page, "inside")
    page.locator("[data-tour=visit]").click()
    states["visit"] = _findings(page)
    picture(page, "visit")

    assert states == {state: [] for state in states}


def test_nothing_serious_is_found_in_the_tour(opened: Callable[..., Any]) -> None:
    page = opened(query="tour=yes")
    page.locator(".tour").wait_for()

    assert _findings(page) == []
