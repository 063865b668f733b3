"""How the phone page looks and is reached."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.page import measure
from tests.e2e.phone.acts import call, once_more
from tests.e2e.telephone import GREETING, Hotline

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("step", [1, 2, 3])
def test_everything_is_large_and_clear_at_every_width_and_size(
    page: Page, hotline: Hotline, width: int, step: int
) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    while page.evaluate("document.documentElement.dataset.size") != str(step):
        page.locator("#size-key").click()
    seen = [measure(page)]
    call(page)
    hotline.caption("caller", "我后天想吃饭")
    hotline.caption("hotline", "好，后天", final=False)
    page.locator("#partial .row").wait_for()
    seen.append(measure(page))
    page.get_by_role("button", name="键盘").click()
    seen.append(measure(page))
    for one in seen:
        assert len(one["texts"]) > 8 and len(one["targets"]) >= 5
        assert [t for t in one["texts"] if t["contrast"] < 7] == []
        assert [t for t in one["texts"] if t["size"] < 20] == []
        assert [t for t in one["targets"] if min(t["width"], t["height"]) < 60 or not t["inside"]] == []
        assert one["overflow"] <= 0 and one["talkOverflow"] <= 0
    for name in ("挂断", "转人工"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    for digit in ("1", "0", "#"):
        expect(page.locator(f"#pad [data-digit='{digit}']")).to_be_in_viewport(ratio=1)


def test_the_keyboard_alone_is_enough(page: Page, hotline: Hotline) -> None:
    for _ in range(8):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            "() => { const n = document.activeElement, s = getComputedStyle(n);"
            " return [n.id, s.outlineStyle !== 'none' ? parseFloat(s.outlineWidth) : 0]; }"
        )
        assert focus[1] >= 3, focus
        if focus[0] == "dial-key":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text(GREETING)
    once_more(page)
    page.keyboard.press("Space")
    expect(page.locator("#state")).to_contain_text("电话挂了")
    expect(page.locator("#state")).to_have_attribute("role", "status")


def test_without_scripts_the_page_gives_the_phone_numbers(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    plain = context.new_page()
    plain.goto(f"{address}/phone")
    expect(plain.locator("noscript").get_by_role("link", name="120")).to_be_visible()
    context.close()
