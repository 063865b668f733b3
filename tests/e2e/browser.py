"""Chromium for tests and pictures: where it is and how it is started."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def with_microphone(wav: Path) -> tuple[str, str]:
    """Arguments for a microphone that plays a file over and over."""
    return "--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={wav}"


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """A running Chromium, with further arguments."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *more])
        try:
            yield browser
        finally:
            browser.close()


def watched(page: Page, address: str) -> list[str]:
    """What a page must not do, filled while it lives: script errors, breaches of the content policy, requests elsewhere."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Security Policy" in line.text else None)
    page.on("request", lambda request: None if request.url.startswith(address) else faults.append(request.url))
    return faults
