"""Takes the pictures of the README: a real conversation on a running server, typed and by phone, on a phone and on a desk.

python -m tests.e2e.pictures http://127.0.0.1:8000 docs/pictures
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.e2e.browser import chromium, with_microphone
from tests.e2e.microphone import microphone

SCREENS = {"phone": (390, 844), "desk": (1280, 800)}
CALL_SCREENS = {"phone": (360, 760), "desk": (1280, 800)}
CALL = "call"
SPOKEN = ("我要订餐", "后天中午")
LISTENING = 8.5
"""Seconds before the caller speaks: the hotline has said its sentence then."""
CALL_WAIT = 60_000  # ms
WAIT = 20_000  # ms for an answer
SCENES: dict[str, tuple[str, ...]] = {
    "greeting": (),
    "booking": (
        "我后天晌午想吃饭",
        "俩人，我老伴牙不好，要软一点的",
        "送到幸福路十八号五零二，杨凌的",
        "我叫王秀英，电话13800001234",
    ),
    "policy": ("我们东莞多久上门看一次老人",),
    "eligibility": ("我妈八十三，想给厕所装扶手，政府管不管", "杨凌", "她一个人住，走路要人扶"),
    "emergency": ("洗澡，礼拜六上午十点", "哎哟，我摔了，动不了"),
}
"""What is said in each picture."""


def say(page: Page, words: str) -> None:
    """Says something and waits for the answer."""
    before = page.locator(".row.bot").count()
    page.get_by_label("您想说的话").fill(words)
    page.get_by_role("button", name="发送").click()
    answered(page, before)


def answered(page: Page, before: int) -> None:
    """Waits until a further answer stands on the page."""
    page.wait_for_function("count => document.querySelectorAll('.row.bot').length > count", arg=before, timeout=WAIT)
    time.sleep(0.3)


def confirm(page: Page) -> None:
    """Taps the yes to a sentence that repeats everything, if one is asked."""
    yes = page.locator(".choices button").filter(has_text="对").first
    if yes.count():
        before = page.locator(".row.bot").count()
        yes.click()
        answered(page, before)


def take(browser: Browser, address: str, folder: Path, moment: str | None, scenes: list[str]) -> None:
    """Takes scenes on every screen, and the order also in the largest text.

    Args:
        moment: what the phone's clock says (ISO), as the server's `CARE_NOW`; none for the true time.
    """
    for screen, (width, height) in SCREENS.items():
        for scene in scenes:
            words = SCENES[scene]
            context = browser.new_context(
                viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
            )
            page = context.new_page()
            if moment:
                page.clock.set_fixed_time(moment)
            page.goto(address)
            page.locator(".row.bot").wait_for()
            for sentence in words:
                say(page, sentence)
            page.screenshot(path=folder / f"{scene}-{screen}.png")
            if scene == "booking":
                confirm(page)
                page.screenshot(path=folder / f"order-{screen}.png")
                page.locator("#size-key").click()
                page.locator("#size-key").click()
                page.screenshot(path=folder / f"largest-{screen}.png")
            context.close()


def take_calls(address: str, folder: Path) -> None:
    """Calls from the phone page with a microphone that speaks; takes the page before, in the talk, and with the keypad."""
    with tempfile.TemporaryDirectory() as scratch:
        wav = microphone(Path(scratch) / "said.wav", *SPOKEN, pauses=LISTENING)
        with chromium(*with_microphone(wav)) as browser:
            for screen, (width, height) in CALL_SCREENS.items():
                context = browser.new_context(
                    viewport={"width": width, "height": height}, locale="zh-CN", permissions=["microphone"]
                )
                page = context.new_page()
                page.goto(f"{address}/phone")
                page.screenshot(path=folder / f"phone-idle-{screen}.png")
                page.locator("#dial-key").click()
                page.locator("#log .row.me + .row.bot").nth(len(SPOKEN) - 1).wait_for(timeout=CALL_WAIT)
                page.screenshot(path=folder / f"phone-talk-{screen}.png")
                page.locator("#pad-key").click()
                page.screenshot(path=folder / f"phone-keypad-{screen}.png")
                page.locator("#dial-key").click()
                context.close()


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("address")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--now", help="the phone's clock, such as 2026-11-25T10:00:00+08:00")
    parser.add_argument("--scene", choices=[*SCENES, CALL], action="append", help="only this one; may be given again")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    scenes = given.scene or [*SCENES, CALL]
    with chromium() as browser:
        take(browser, given.address, given.folder, given.now, [scene for scene in scenes if scene != CALL])
    if CALL in scenes:
        take_calls(given.address.rstrip("/"), given.folder)


if __name__ == "__main__":
    main()
