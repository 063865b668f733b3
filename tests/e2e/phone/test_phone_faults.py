"""Everything that may go wrong with a call from the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from care.settings import settings
from tests.e2e.phone.acts import call, dial, once_more, recognised
from tests.e2e.telephone import Hotline, soon
from voice_gateway.audio import RATE

pytestmark = pytest.mark.e2e


def test_a_microphone_that_is_not_allowed(page: Page, hotline: Hotline) -> None:
    page.context.clear_permissions()
    dial(page)
    expect(page.locator("#state")).to_contain_text("在浏览器的设置里")
    expect(page.get_by_role("button", name="打电话")).to_be_visible()
    assert not hotline.legs


@pytest.mark.parametrize(
    ("fault", "words"),
    [("NotFoundError", "没有找到话筒"), ("NotReadableError", "别的程序"), ("NotAllowedError", "话筒没有打开")],
)
def test_a_microphone_that_cannot_be_had(page: Page, fault: str, words: str) -> None:
    page.evaluate(
        "(fault) => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', fault)); }", fault
    )
    dial(page)
    expect(page.locator("#state")).to_contain_text(words)


def test_an_address_without_https_is_told_at_once(page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    page.reload()
    expect(page.locator("#state")).to_contain_text("https")
    dial(page)
    expect(page.locator("#state")).to_contain_text("https")
    expect(page.get_by_role("link", name="打字")).to_be_visible()


def test_a_browser_that_is_too_old(page: Page) -> None:
    page.add_init_script("delete window.AudioWorkletNode")
    page.reload()
    expect(page.locator("#state")).to_contain_text("太旧了")


def test_all_lines_taken(page: Page, hotline: Hotline) -> None:
    hotline.room = False
    dial(page)
    expect(page.locator("#state")).to_contain_text("线都占满了")
    hotline.room = True
    once_more(page)
    call(page)


def test_the_telephone_is_not_running(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_VOICE_PORT", "9")
    settings.cache_clear()
    dial(page)
    expect(page.locator("#state")).to_contain_text("接不了")


def test_a_telephone_that_stops_in_the_middle(page: Page, hotline: Hotline) -> None:
    call(page)
    hotline.do(hotline.legs[0]._socket.close(1011))  # type: ignore[attr-defined]
    expect(page.locator("#state")).to_contain_text("接不了")
    expect(page.get_by_role("button", name="打电话")).to_be_visible()


def test_a_lost_connection(page: Page, hotline: Hotline) -> None:
    routes = []

    def between(route: WebSocketRoute) -> None:
        route.connect_to_server()
        routes.append(route)

    page.route_web_socket("**/phone/socket", between)
    call(page)
    routes[0].close(code=3000)
    expect(page.locator("#state")).to_contain_text("网断了")
    expect(page.get_by_role("button", name="打电话")).to_be_visible()


def test_a_browser_that_cannot_change_the_rate_of_the_microphone(page: Page, hotline: Hotline) -> None:
    page.add_init_script(
        "const make = AudioContext.prototype.createMediaStreamSource;"
        "AudioContext.prototype.createMediaStreamSource = function (stream) {"
        "  if (this.sampleRate === 8000) throw new DOMException('', 'NotSupportedError');"
        "  return make.call(this, stream); };"
    )
    page.reload()
    call(page)
    assert soon(lambda: len(hotline.heard) > 2 * RATE * 4)
    assert "洗" in recognised(bytes(hotline.heard))
