"""Fixtures for the page in a real browser, closed after each module: it occupies the event loop."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from care.settings import settings
from tests.e2e.browser import CHROMIUM, chromium, watched
from tests.e2e.page import Desk, serving

PHONE = {"width": 390, "height": 844}
WAIT = 8000  # ms


def pytest_configure(config: pytest.Config) -> None:
    """Makes the marker known."""
    config.addinivalue_line("markers", "e2e: needs a real browser or the whole stack")


def require_chromium() -> None:
    """Skips what needs a browser where there is none."""
    if CHROMIUM is None:
        missing = "Chromium is not installed (apt-get install chromium fonts-noto-cjk)"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    require_chromium()
    with chromium() as started:
        yield started


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def address(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: None) -> Iterator[str]:
    monkeypatch.setenv("CARE_HOME", str(tmp_path))
    settings.cache_clear()
    with serving(desk) as served:
        yield served


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The chat page on a phone, greeted; fails on script errors and on requests to anywhere else."""
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="zh-CN")
    opened = context.new_page()
    opened.set_default_timeout(WAIT)
    faults = watched(opened, address)
    opened.goto(address)
    opened.locator(".row.bot").wait_for()
    yield opened
    context.close()
    assert not faults
