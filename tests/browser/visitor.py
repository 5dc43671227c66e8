"""A visitor of the page: what they press and see on either side, at any width. No claims about the product."""

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect


@dataclass
class Visitor:
    """Plays both sides on one page; `narrow` shows one of them at a time."""

    page: Page
    narrow: bool = False

    # ---- where one looks

    @property
    def guest(self) -> Locator:
        """The guest's side, brought before the eyes."""
        self._tab(0)
        return self.page.locator(".guests")

    @property
    def staff(self) -> Locator:
        """The staff's side, brought before the eyes."""
        self._tab(1)
        return self.page.locator(".staff")

    @property
    def inside(self) -> Locator:
        """What happens inside, unfolded."""
        if self.narrow:
            self._tab(2)
        elif self.page.locator(".fold").get_attribute("aria-expanded") != "true":
            self.page.locator(".fold").click()
        return self.page.locator(".inside")

    def _tab(self, number: int) -> None:
        if self.narrow:
            self.page.locator(".tabs button").nth(number).click()

    # ---- what one does

    def becomes(self, name: str) -> None:
        """Takes this guest's phone."""
        self.guest.locator(".face", has_text=name).last.click()

    def starts(self) -> None:
        """Presses START in an empty chat."""
        self.guest.get_by_role("button", name="START", exact=True).click()

    def visit_ends(self) -> None:
        """A visit of the chosen guest is over, and the guest opens its link."""
        self.page.locator("[data-tour=visit]").click()
        self.page.locator("[data-tour=visit-go]").click()
        expect(self.page.locator("dialog")).to_have_count(0)

    def moves(self, place: int | str) -> None:
        """Moves the clock: 0, 1, 2 for the steps, or "next"."""
        buttons = self.page.locator(".moves button")
        button = buttons.nth(3) if place == "next" else buttons.nth(int(place))
        if button.is_disabled():
            return  # what was to come has come by itself meanwhile
        button.click()
        expect(self.page.locator(".clock.moving")).to_have_count(0, timeout=30_000)

    def taps(self, side: Locator, label: str) -> None:
        """Taps the newest button that begins so."""
        pattern = re.compile(f"^\\s*{re.escape(label)}")
        side.locator(".messages .key", has_text=pattern).last.click()

    def writes(self, side: Locator, text: str) -> None:
        side.locator("textarea").fill(text)
        side.locator("[data-send]").click()

    def replies_to(self, side: Locator, part: str, text: str) -> None:
        """Replies to the newest message with these words."""
        message = side.locator(".message", has_text=part).last
        message.scroll_into_view_if_needed()
        message.hover()
        message.locator("[data-reply]").click()
        self.writes(side, text)

    def acts_as(self, name: str) -> None:
        """Becomes a member of the staff."""
        self.staff.locator(".place", has=self.page.locator("b", has_text=name)).click()

    def opens_group(self) -> None:
        self.staff.locator(".place").first.click()

    # ---- what one sees

    def sees(self, side: Locator, text: str, **about: Any) -> None:
        """The newest message with these words is there."""
        found = side.locator(".message", has_text=text).last
        expect(found).to_be_visible(timeout=about.get("timeout", 15_000))

    def complains(self, words: str, rating: str = "2 ·", asked: str = "Что случилось") -> None:
        """A visit ends, the rating is low, the story is told."""
        self.visit_ends()
        self.taps(self.guest, rating)
        self.sees(self.guest, asked)
        self.writes(self.guest, words)
        expect(
            self.guest.locator(".message.own", has_text=words).locator(".reaction")
        ).to_have_text("👀")
