"""The phone page in real Chromium, with a microphone that speaks and a hotline that takes every call."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import tests.serving
from care.settings import settings
from tests.e2e.browser import chromium, watched, with_microphone
from tests.e2e.conftest import PHONE, WAIT, require_chromium
from tests.e2e.microphone import microphone
from tests.e2e.page import Desk, serving
from tests.e2e.phone.acts import SAID
from tests.e2e.telephone import Hotline
from voice_gateway.browser.protocol import SERVING

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
    faults = watched(opened, address)
    opened.goto(f"{address}/phone")
    yield opened
    opened.close()
    assert not faults
