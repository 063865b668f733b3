"""听一听 on the chat page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.phone.acts import LOUD_MS
from tests.e2e.telephone import Hotline

pytestmark = pytest.mark.e2e


@pytest.fixture
def chat(page: Page, address: str) -> Page:
    page.goto(address)
    page.locator(".row.bot").wait_for()
    return page


def test_a_reply_is_read_aloud_sentence_by_sentence_and_then_offered_again(chat: Page, hotline: Hotline) -> None:
    chat.get_by_role("button", name="听一听").click()
    expect(chat.get_by_role("button", name="停", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(chat.get_by_role("button", name="听一听")).to_be_visible()
    assert len(hotline.read_aloud) == 2 and hotline.read_aloud[0].endswith("我是自动助手。")
    assert chat.evaluate("window.loud") >= LOUD_MS


def test_after_cantonese_was_asked_for_replies_are_read_in_it(chat: Page, hotline: Hotline) -> None:
    chat.get_by_label("您想说的话").fill("讲粤语")
    chat.get_by_label("您想说的话").press("Enter")
    chat.locator(".row.bot").nth(1).wait_for()
    chat.locator(".listen").last.click()
    expect(chat.locator(".listen").last).to_have_text("听一听")
    assert hotline.accents == ["yue"]


def test_a_second_press_stops_the_reading(chat: Page, hotline: Hotline) -> None:
    hotline.speech_seconds = 30
    chat.get_by_role("button", name="听一听").click()
    chat.wait_for_function("least => window.loud > least", arg=LOUD_MS)
    chat.get_by_role("button", name="停", exact=True).click()
    expect(chat.get_by_role("button", name="听一听")).to_have_attribute("aria-pressed", "false")
    chat.wait_for_timeout(200)
    before = chat.evaluate("window.loud")
    chat.wait_for_timeout(300)
    assert chat.evaluate("window.loud") - before <= 50


def test_only_one_reply_is_read_at_a_time(chat: Page, hotline: Hotline) -> None:
    hotline.speech_seconds = 30
    chat.get_by_label("您想说的话").fill("今天几号")
    chat.get_by_label("您想说的话").press("Enter")
    chat.locator(".row.bot").nth(1).wait_for()
    chat.locator(".listen").first.click()
    chat.locator(".listen").last.click()
    expect(chat.locator(".listen")).to_have_text(["听一听", "停"])


def test_a_voice_that_fails_is_told_and_the_text_stays(chat: Page, hotline: Hotline) -> None:
    hotline.speech_status = 503
    chat.get_by_role("button", name="听一听").click()
    expect(chat.locator(".listen-note")).to_have_text("这会儿念不出来，请您看字")
    hotline.speech_status = 200
    chat.get_by_role("button", name="听一听").click()
    expect(chat.locator(".listen-note")).to_have_count(0)


def test_the_chat_page_leads_to_the_phone_and_back(chat: Page) -> None:
    chat.get_by_role("link", name="打电话").click()
    expect(chat.get_by_role("button", name="打电话")).to_be_visible()
    chat.get_by_role("link", name="打字").click()
    expect(chat.locator(".row.bot").first).to_be_visible()
