"""A call from the page to the running product: said, heard, answered, and a human asked for."""

from __future__ import annotations

import io
from collections.abc import Iterator

import httpx
import numpy as np
import pytest
import soundfile
from playwright.sync_api import Browser, Page, expect

from care.settings import settings
from tests.e2e.browser import chromium, with_microphone
from tests.e2e.conftest import PHONE, require_chromium
from tests.e2e.microphone import microphone
from voice_gateway.audio import RATE
from yinling.evaluate.talk import client
from yinling.processes import Stack

pytestmark = pytest.mark.e2e

SAID = "我想洗个澡"
WAIT = 40_000  # ms
GREETED = 8.0
"""Seconds before the microphone speaks; it says its sentence over and over."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    require_chromium()
    wav = microphone(tmp_path_factory.mktemp("microphone") / "said.wav", SAID, pauses=GREETED)
    with chromium(*with_microphone(wav)) as started:
        yield started


@pytest.fixture
def page(product: Stack, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, locale="zh-CN", permissions=["microphone"])
    opened = context.new_page()
    opened.set_default_timeout(WAIT)
    opened.goto(f"http://127.0.0.1:{settings().web_port}/phone")
    yield opened
    context.close()


def test_what_is_said_into_the_page_is_understood_and_answered(page: Page) -> None:
    page.get_by_role("button", name="打电话").click()
    log = page.get_by_role("log")
    expect(log.locator(".bot .words").first).to_contain_text("自动助手", timeout=WAIT)
    expect(log.locator(".me .words").first).to_contain_text("澡", timeout=WAIT)
    expect(log.locator(".me + .bot .words").first).to_contain_text("洗澡", timeout=WAIT)
    page.get_by_role("button", name="转人工").click()
    expect(log).to_contain_text("同事", timeout=WAIT)
    with client() as http:
        headers = {"Authorization": f"Bearer {settings().token()}"}
        assert http.get("/api/tickets", headers=headers).json()["tickets"]
    page.get_by_role("button", name="挂断").click()
    expect(page.locator("#state")).to_contain_text("电话挂了")


def test_the_hotline_reads_a_reply_aloud(product: Stack) -> None:
    answer = httpx.post(
        f"http://127.0.0.1:{settings().web_port}/api/speech",
        json={"text": "好，后天中午送餐。"},
        timeout=30,
        trust_env=False,
    )
    assert answer.status_code == 200
    sound, rate = soundfile.read(io.BytesIO(answer.content))
    assert rate == RATE and len(sound) > RATE and np.abs(sound).max() > 0.05
