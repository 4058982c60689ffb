"""Prints the browser that the tests would take, or fails when none starts."""

import sys

from playwright.sync_api import sync_playwright

from tests.browser import HOW_TO_GET_IT, first_that_starts

with sync_playwright() as driver:
    chosen = first_that_starts(driver)
sys.exit(HOW_TO_GET_IT) if chosen is None else print(chosen)
