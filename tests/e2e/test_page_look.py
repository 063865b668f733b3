"""How the page looks and is reached: sizes, contrast, targets, narrow screens, keyboard, screen reader."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.page import Desk, measure

pytestmark = pytest.mark.e2e

SIZES = {1: 20, 2: 25, 3: 30}
"""Smallest size of a bubble's text by step, in px; the last is what the 适老化 rules ask for at least."""
LEAST_CONTRAST = 7.0
LEAST_TARGET = 60  # px
LEAST_TEXT = 20  # px
LEAST_SPACING = 1.4


def fill_the_page(page: Page) -> None:
    """Brings up everything that the page can show at once."""
    for name in ("订一顿饭", "后天", "对"):
        page.get_by_role("button", name=name, exact=True).tap()
    page.locator(".card").wait_for()
    page.get_by_role("button", name="紧急求助").tap()
    page.locator(".row.danger").first.wait_for()
    page.context.set_offline(True)
    page.get_by_label("您想说的话").fill("https://example.cn/" + "a" * 120)
    page.get_by_role("button", name="发送").click()
    page.locator(".note").wait_for()
    page.get_by_role("button", name="新的 对话").tap()


def set_size(page: Page, step: int) -> None:
    while page.evaluate("document.documentElement.dataset.size") != str(step):
        page.locator("#size-key").click()


@pytest.mark.parametrize("width", [360, 390, 1280])
@pytest.mark.parametrize("step", SIZES)
def test_everything_is_large_and_clear_at_every_width_and_size(page: Page, width: int, step: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    set_size(page, step)
    first = measure(page)
    fill_the_page(page)
    second = measure(page)
    for seen in (first, second):
        assert len(seen["texts"]) > 8 and len(seen["targets"]) >= 6
        assert [t for t in seen["texts"] if t["contrast"] < LEAST_CONTRAST] == []
        assert [t for t in seen["texts"] if t["size"] < LEAST_TEXT] == []
        assert [t for t in seen["texts"] if t["spacing"] < LEAST_SPACING - 0.01] == []
        small = [t for t in seen["targets"] if min(t["width"], t["height"]) < LEAST_TARGET]
        assert small == []
        assert [t for t in seen["targets"] if not t["inside"]] == []
        assert seen["overflow"] <= 0 and seen["talkOverflow"] <= 0


def test_the_size_switch_has_three_steps_and_is_remembered(page: Page) -> None:
    def bubble() -> float:
        return page.locator(".words").first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")

    seen = []
    for _ in SIZES:
        seen.append(bubble())
        page.locator("#size-key").click()
    assert all(size >= least for size, least in zip(seen, SIZES.values(), strict=True)) and seen == sorted(set(seen))
    assert bubble() == seen[0]
    set_size(page, 3)
    expect(page.locator("#size-key")).to_have_accessible_name("字号，现在是最大，按一下换一种")
    page.reload()
    page.locator(".row.bot").wait_for()
    assert bubble() == seen[2]


@pytest.mark.parametrize("height", [844, 640, 420])
@pytest.mark.parametrize("step", [1, 3])
def test_help_and_writing_stay_in_sight_also_above_a_keyboard(page: Page, height: int, step: int) -> None:
    page.set_viewport_size({"width": 360, "height": height})
    set_size(page, step)
    for number in range(6):
        page.get_by_label("您想说的话").fill(f"第{number}句")
        page.get_by_role("button", name="发送").click()
    expect(page.locator(".row.bot")).to_have_count(7)
    for key in ("紧急求助", "转人工", "发送"):
        expect(page.get_by_role("button", name=key)).to_be_in_viewport(ratio=1)
    expect(page.locator(".row.bot .words").last).to_be_in_viewport()


def test_changing_the_size_keeps_the_last_question_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    set_size(page, 3)
    expect(page.locator(".row.bot .bubble").last).to_be_in_viewport(ratio=0.95)


def test_a_long_answer_is_shown_from_its_beginning(page: Page, desk: Desk) -> None:
    page.get_by_label("您想说的话").fill("很长的话。" * 150)
    page.get_by_role("button", name="发送").click()
    reply = page.locator(".row.bot").nth(1)
    reply.wait_for()
    tops = [node.evaluate("node => node.getBoundingClientRect().top") for node in (reply, page.locator("#talk"))]
    assert 0 <= tops[0] - tops[1] < 40


def test_the_keyboard_alone_is_enough_and_shows_where_it_is(page: Page, desk: Desk) -> None:
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            "() => { const n = document.activeElement, s = getComputedStyle(n);"
            " const ring = s.outlineStyle !== 'none' ? parseFloat(s.outlineWidth) : 0;"
            " return [n.textContent.trim() || n.id, ring]; }"
        )
        assert focus[1] >= 3, focus
        seen.append(focus[0])
        if focus[0] == "订一顿饭":
            break
    assert "紧急求助" in seen and "转人工" in seen
    page.keyboard.press("Enter")
    page.get_by_role("button", name="后天").wait_for()
    for _ in range(4):  # 听一听, 今天, 明天, 后天
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("button", name="不对").wait_for()
    page.get_by_label("您想说的话").focus()
    page.keyboard.type("对")
    page.keyboard.press("Enter")
    page.locator(".card").wait_for()
    assert desk.texts == ["我想订饭", "后天吃", "对"]


def test_a_screen_reader_hears_new_messages_and_who_speaks(page: Page) -> None:
    log = page.get_by_role("log", name="对话记录")
    expect(log).to_have_attribute("aria-live", "polite")
    page.get_by_role("button", name="订一顿饭").click()
    expect(log).to_contain_text("我说：订一顿饭")
    expect(log).to_contain_text("助手说：好，哪天吃？")
    expect(page.get_by_role("group", name="可以直接点")).to_be_visible()
    unnamed = page.evaluate(
        "() => [...document.querySelectorAll('button, a, textarea')].filter((n) =>"
        " !n.textContent.trim() && !n.getAttribute('aria-label') && !(n.labels && n.labels.length)).length"
    )
    assert unnamed == 0
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_thinking_is_shown_and_does_not_move_when_movement_is_unwanted(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.get_by_label("您想说的话").fill("等一等")
    page.get_by_role("button", name="发送").click()
    typing = page.locator("#typing")
    expect(typing).to_contain_text("正在想")
    assert typing.locator("i").first.evaluate("node => getComputedStyle(node).animationName") == "none"
    page.locator(".row.bot").nth(1).wait_for()
    expect(typing).to_have_text("")
