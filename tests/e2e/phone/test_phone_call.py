"""Calling from the page, in real Chromium with a microphone that speaks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.phone.acts import call, hang_up, once_more, recognised
from tests.e2e.telephone import GREETING, Hotline, soon
from voice_gateway.audio import RATE

pytestmark = pytest.mark.e2e


def test_a_call_hears_and_is_heard(page: Page, hotline: Hotline) -> None:
    call(page)
    expect(page.locator("#state")).to_have_text("接通了，您说话吧")
    assert soon(lambda: len(hotline.heard) > 2 * RATE * 4)
    assert "洗" in recognised(bytes(hotline.heard)), "what the microphone took in arrives fit for the recogniser"
    assert page.evaluate("window.loud") == 0, "the caller does not hear himself"
    hotline.sound()
    assert page.evaluate("window.loud") > 500
    hang_up(page)
    expect(page.locator("#state")).to_contain_text("电话挂了")
    assert soon(lambda: hotline.gone) and hotline.gone == "bye"
    measured = hotline.legs[0].quality()
    assert measured["packets"] > 200 and measured["lost"] == 0


def test_the_last_words_are_heard_before_the_page_hangs_up(page: Page, hotline: Hotline) -> None:
    call(page)
    hotline.say_much_and_end()
    expect(page.locator("#state")).to_contain_text("电话挂了")
    assert page.evaluate("window.loud") >= 300


def test_the_green_key_becomes_red_and_green_again(page: Page, hotline: Hotline) -> None:
    key = page.locator("#dial-key")
    colour = "node => getComputedStyle(node).backgroundColor"
    green = key.evaluate(colour)
    call(page)
    assert key.evaluate(colour) != green
    hotline.end()
    page.get_by_role("button", name="打电话").wait_for()
    assert key.evaluate(colour) == green
    once_more(page)
    call(page)
    assert len(hotline.legs) == 2


def test_pressing_twice_does_not_hang_up(page: Page, hotline: Hotline) -> None:
    page.locator("#dial-key").dblclick()
    expect(page.get_by_role("log")).to_contain_text(GREETING)
    assert len(hotline.legs) == 1 and not hotline.gone


def test_captions_of_both_sides_are_grey_until_they_are_sure(page: Page, hotline: Hotline) -> None:
    call(page)
    log, partial = page.get_by_role("log"), page.locator("#partial")
    hotline.caption("caller", "我后", final=False)
    hotline.caption("caller", "我后天想", final=False)
    expect(partial.locator(".me .words")).to_have_text(["我后天想"])
    expect(log).not_to_contain_text("我后天想")
    grey, black = (
        node.evaluate("n => getComputedStyle(n).color") for node in (partial.locator(".words"), log.locator(".words"))
    )
    assert grey != black
    hotline.caption("caller", "我后天想吃饭")
    expect(log.locator(".me .words")).to_have_text(["我后天想吃饭"])
    expect(partial.locator(".row")).to_have_count(0)
    hotline.caption("hotline", "好，<b>后天</b>")
    expect(log.locator(".bot .words")).to_have_text([GREETING, "好，<b>后天</b>"])
    expect(log).to_have_attribute("aria-live", "polite")
    expect(partial).to_have_attribute("aria-hidden", "true")
    expect(log).to_contain_text("我说：我后天想吃饭")


def test_the_newest_words_stay_in_sight(page: Page, hotline: Hotline) -> None:
    call(page)
    for number in range(12):
        hotline.caption("hotline", f"第{number}句，这一句说得长一点，要占两行才放得下，您慢慢看")
    expect(page.get_by_role("log").locator(".row").last).to_be_in_viewport(ratio=1)
    for name in ("挂断", "转人工", "键盘"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="急救 120")).to_be_in_viewport(ratio=1)


def test_the_keypad_opens_by_a_key_and_its_digits_reach_the_call(page: Page, hotline: Hotline) -> None:
    expect(page.locator("#pad")).to_be_hidden()
    expect(page.get_by_role("button", name="键盘")).to_be_hidden()
    call(page)
    page.get_by_role("button", name="键盘").click()
    page.locator("#pad button", has_text="5").click()
    page.get_by_role("button", name="星号").click()
    expect(page.locator("#state")).to_have_text("按了 *")
    page.keyboard.press("7")
    assert soon(lambda: len(hotline.keys) == 3) and hotline.keys == ["5", "*", "7"]
    page.keyboard.press("Escape")
    expect(page.locator("#pad")).to_be_hidden()
    expect(page.get_by_role("button", name="键盘")).to_be_focused()


def test_a_human_is_one_press_away_before_and_during_the_call(page: Page, hotline: Hotline) -> None:
    page.get_by_role("button", name="转人工").click()
    assert soon(lambda: hotline.keys == ["0"])
    expect(page.locator("#state")).to_contain_text("您要找人工")
    page.get_by_role("button", name="转人工").click()
    assert soon(lambda: hotline.keys == ["0", "0"])
    assert len(hotline.legs) == 1


def test_closing_the_page_hangs_up(page: Page, hotline: Hotline, address: str) -> None:
    call(page)
    page.goto(address)
    assert soon(lambda: hotline.gone) and hotline.gone == "bye"
