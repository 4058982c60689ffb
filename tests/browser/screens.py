"""The pretend page as people use it: on a phone by three tabs, on a desk by three columns."""

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

#: The machine may be busy with a whole suite; what is right comes much sooner.
PATIENCE = 25_000
NUMBER = re.compile(r"PKU-[2-9A-Z]{5,6}")


@dataclass(slots=True)
class Desk:
    """A screen with room for all three columns at once."""

    page: Page
    address: str
    loaded: float = 0.0

    def opens(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.goto(f"{self.address}/pretend")
        self.loaded = self.loaded_at()

    def loaded_at(self) -> float:
        """When this document began: another value means that the page was left or loaded again."""
        began: float = self.page.evaluate("performance.timeOrigin")
        return began

    def turns_to(self, column: str) -> None:
        """Nothing to do: it is in sight."""

    def skips_a_day(self) -> None:
        self.page.get_by_role("button", name="Maju 1 hari").click()

    @property
    def thread(self) -> Locator:
        return self.page.locator("#citizen .thread")

    @property
    def wall(self) -> Locator:
        return self.page.locator("#citizen .wall")

    @property
    def chat(self) -> Locator:
        return self.page.locator("#groups .chat")

    @property
    def mayors_list(self) -> Locator:
        return self.page.locator("#mayor .phone")

    def writes(self, text: str) -> None:
        self.turns_to("citizen")
        self.page.get_by_label("Tulis pesan").fill(text)
        self.page.get_by_role("button", name="Kirim", exact=True).click()

    def comments(self, text: str) -> None:
        self.turns_to("citizen")
        self.page.get_by_role("link", name="Komentar").click()
        self.page.get_by_label("Tulis komentar").fill(text)
        self.page.get_by_role("button", name="Kirim", exact=True).click()

    def taps(self, title: str) -> None:
        """A quick reply, a starter or a chip on the citizen's phone."""
        self.turns_to("citizen")
        self.page.locator("#citizen").get_by_role("button", name=title).first.click()

    def hears(self, text: str) -> None:
        self.turns_to("citizen")
        expect(self.thread).to_contain_text(text, timeout=PATIENCE)

    def gets_a_number(self) -> str:
        """The number of the receipt."""
        self.hears("PKU-")
        found = NUMBER.search(self.thread.inner_text())
        assert found is not None
        return found.group()

    def sees_a_card(self, *parts: str) -> None:
        self.turns_to("groups")
        for part in parts:
            expect(self.chat).to_contain_text(part, timeout=PATIENCE)

    def presses(self, title: str) -> None:
        self.turns_to("groups")
        self.chat.get_by_role("button", name=title, exact=True).last.click()

    def the_mayor_sees(self, number: str, standing: str) -> None:
        self.turns_to("mayor")
        card = self.mayors_list.get_by_role("article").filter(has_text=number)
        expect(card).to_contain_text(standing, timeout=PATIENCE)


@dataclass(slots=True)
class Phone(Desk):
    """A screen in the hand: one column at a time."""

    def turns_to(self, column: str) -> None:
        self.page.locator(f"label[for=tab-{column}]").tap()
        expect(self.page.locator(f"#{column}")).to_be_visible()

    def skips_a_day(self) -> None:
        self.page.get_by_role("button", name="Majukan jam").tap()
        self.page.get_by_role("button", name="Maju 1 hari").tap()


def violations(page: Page, axe: str) -> list[dict[str, Any]]:
    """What axe has to say of the page as it stands; its script comes from outside, past the page's policy."""
    page.evaluate(axe)
    rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
    found: dict[str, Any] = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", rules)
    return [
        {"rule": one["id"], "nodes": [node["html"][:120] for node in one["nodes"]]}
        for one in found["violations"]
    ]


def small_targets(page: Page) -> list[str]:
    """What can be tapped and is lower or narrower than a thumb: 44 px. A link inside a sentence may be."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, select, summary, label[for^=tab]")]
            .filter((one) => one.checkVisibility() && !one.matches(".visually-hidden, .skip-link, p a, .bubble a"))
            .filter((one) => Math.min(one.getBoundingClientRect().height, one.getBoundingClientRect().width) < 43.5)
            .map((one) => one.outerHTML.slice(0, 120))"""
    )
    return found


def width_needed(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width
