"""The browser of the tests: which Chromium, and the two screens that people hold before them.

`python -m tests.browser` prints the program that the tests would take, or fails when none starts.
"""

import os
import pathlib
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, ViewportSize, sync_playwright

HOW_TO_GET_IT = "No browser starts here: `make browser` brings one"

# No page of ours needs the world, and a browser that phones home makes tests slow and noisy.
SWITCHES = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-component-update",
    "--disable-background-networking",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def candidates(playwright: Playwright) -> Iterator[str]:
    for name in ("chromium", "google-chrome", "chromium-browser"):
        program = shutil.which(name)
        if program:
            yield program
    yield playwright.chromium.executable_path


def starts(program: str) -> bool:
    """Ask for its version: a snap's stub and a download without its libraries both fail at that."""
    if not pathlib.Path(program).exists():
        return False
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=False)
    return answer.returncode == 0 and "snap" not in answer.stdout


def first_that_starts(playwright: Playwright) -> str | None:
    return next(filter(starts, candidates(playwright)), None)


# One a module and not one a session: while Playwright's loop runs, no other test could run its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    switches = [*SWITCHES, "--no-sandbox"] if os.geteuid() == 0 else SWITCHES
    with sync_playwright() as playwright:
        program = first_that_starts(playwright)
        if program is None:
            pytest.fail(HOW_TO_GET_IT, pytrace=False)
        running = playwright.chromium.launch(executable_path=program, args=switches)
        yield running
        running.close()


@pytest.fixture
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on a person's phone; `parametrize("phone", ["dark"], indirect=True)` shows it at night."""
    yield from _page(browser, request, {"width": 390, "height": 844}, is_phone=True)


@pytest.fixture
def desk(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on an office's screen; `parametrize("desk", ["dark"], indirect=True)` shows it at night."""
    yield from _page(browser, request, {"width": 1280, "height": 800}, is_phone=False)


def _page(
    browser: Browser, request: pytest.FixtureRequest, size: ViewportSize, *, is_phone: bool
) -> Iterator[Page]:
    context = browser.new_context(
        viewport=size,
        device_scale_factor=2 if is_phone else 1,
        is_mobile=is_phone,
        has_touch=is_phone,
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        color_scheme=getattr(request, "param", "light"),
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.extend(_refused_by_policy(message)))
    yield page
    context.close()
    # A script that broke, or one that our own security policy refused, is a bug that no screenshot shows.
    assert complaints == []


def _refused_by_policy(message: ConsoleMessage) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []
