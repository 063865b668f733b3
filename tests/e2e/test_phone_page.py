"""Calling from the page, in real Chromium with a microphone that speaks: the call itself, and everything that may go wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute, expect
from vosk import KaldiRecognizer, Model, SetLogLevel

import tests.serving
from care.settings import settings
from tests.e2e.browser import chromium, with_microphone
from tests.e2e.conftest import PHONE, WAIT, require_chromium
from tests.e2e.microphone import microphone
from tests.e2e.page import Desk, measure, serving
from tests.e2e.telephone import GREETING, Hotline, soon
from voice_gateway.audio import RATE
from voice_gateway.browser.protocol import SERVING

pytestmark = pytest.mark.e2e

SAID = "我想洗个澡"
LOUD_MS = 100
WATCH = """
(() => {
  // How much of what the page plays is to be heard: an ear beside the loudspeaker.
  window.ears = [];
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode && !(this instanceof AnalyserNode)) {
      const ear = new AnalyserNode(this.context, { fftSize: 1024 });
      connect.call(this, ear);
      window.ears.push(ear);
    }
    return connect.call(this, to, ...rest);
  };
  window.loud = 0;
  setInterval(() => {
    if (window.ears.some((ear) => {
      const wave = new Float32Array(1024);
      ear.getFloatTimeDomainData(wave);
      return wave.some((sample) => Math.abs(sample) > 0.05);
    })) window.loud += 50;
  }, 50);
})()
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    require_chromium()
    wav = microphone(tmp_path_factory.mktemp("microphone") / "said.wav", SAID)
    with chromium(*with_microphone(wav)) as started:
        yield started


@pytest.fixture
def hotline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: None) -> Iterator[Hotline]:
    made = Hotline()
    with tests.serving.serving(made.app(), **SERVING) as port:
        monkeypatch.setenv("CARE_HOME", str(tmp_path))
        monkeypatch.setenv("CARE_VOICE_PORT", str(port))
        settings.cache_clear()
        yield made


@pytest.fixture
def address(hotline: Hotline, desk: Desk) -> Iterator[str]:
    with serving(desk) as served:
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport=PHONE, locale="zh-CN", permissions=["microphone"])
    made.add_init_script(WATCH)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """The phone page; fails on script errors, on breaches of the content policy and on requests to anywhere else."""
    opened = context.new_page()
    opened.set_default_timeout(WAIT)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda line: faults.append(line.text) if "Security Policy" in line.text else None)
    opened.on("request", lambda request: None if request.url.startswith(address) else faults.append(request.url))
    opened.goto(f"{address}/phone")
    yield opened
    opened.close()
    assert not faults


def dial(page: Page) -> None:
    page.get_by_role("button", name="打电话").click()


def call(page: Page) -> None:
    """Calls, until the greeting stands there."""
    dial(page)
    expect(page.get_by_role("log")).to_contain_text(GREETING)


def once_more(page: Page) -> None:
    """Waits until the key counts again: the second press of somebody who presses twice does not."""
    page.wait_for_timeout(1600)


def hang_up(page: Page) -> None:
    once_more(page)
    page.get_by_role("button", name="挂断").click()


def recognised(pcm: bytes) -> str:
    SetLogLevel(-1)
    recogniser = KaldiRecognizer(Model(str(settings().speech_model)), RATE)
    words = ""
    for at in range(0, len(pcm), 3200):
        if recogniser.AcceptWaveform(pcm[at : at + 3200]):
            words += json.loads(recogniser.Result())["text"]
    return (words + json.loads(recogniser.FinalResult())["text"]).replace(" ", "")


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


# What may go wrong


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


# How it looks and is reached


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


# 听一听 on the chat page


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
    chat.get_by_role("link", name="打字").click()
    chat.locator(".row.bot").wait_for()
