"""The real page on the real product: a booking, an answer and an emergency, as a person would do them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from care.settings import settings
from yinling.evaluate.talk import client, order
from yinling.processes import Stack

PHONE = {"width": 390, "height": 844}
WAIT = 20_000  # ms


@pytest.fixture
def chat(product: Stack, browser: Browser) -> Iterator[Page]:
    """The chat page of the running product."""
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"http://127.0.0.1:{settings().web_port}/")
    page.locator(".row.bot").wait_for()
    yield page
    context.close()


def say(page: Page, words: str) -> None:
    """Types a message and waits for the answer."""
    before = page.locator(".row.bot").count()
    page.get_by_label("您想说的话").fill(words)
    page.get_by_role("button", name="发送").click()
    page.wait_for_function("n => document.querySelectorAll('.row.bot').length > n", arg=before)


def test_a_meal_booked_on_the_page_stands_in_the_database(chat: Page) -> None:
    say(chat, "东莞，后天中午给我送一份饭，不忌口，送到莞城幸福路18号502，我叫王秀英，电话13800009911")
    chat.locator(".choices button", has_text="对").first.click()
    shown = chat.locator(".card .number b").inner_text()
    with client() as http:
        stands = order(http, "".join(shown.split()))
    assert (stands["service"], stands["date"]) == ("meal", "2026-11-27")


def test_the_emergency_button_answers_at_once(chat: Page) -> None:
    chat.get_by_role("button", name="紧急求助").click()
    chat.locator(".row.bot.danger").first.wait_for()
    assert chat.locator("a[href='tel:120']").is_visible()


def test_an_answer_names_its_document(chat: Page) -> None:
    say(chat, "东莞多久上门看一次老人")
    said = chat.get_by_role("log").inner_text()
    assert "每个月" in said
    assert "东府办〔2020〕57号" in said
