"""What somebody does at the phone page, and what of it can be understood at the other end."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect
from vosk import KaldiRecognizer, Model, SetLogLevel

from care.settings import settings
from tests.e2e.telephone import GREETING
from voice_gateway.audio import RATE

SAID = "我想洗个澡"
"""What the microphone says, over and over."""
LOUD_MS = 100
"""Milliseconds of sound from which something was played."""


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
    """What the product's recogniser makes of sound."""
    SetLogLevel(-1)
    recogniser = KaldiRecognizer(Model(str(settings().speech_model)), RATE)
    words = ""
    for at in range(0, len(pcm), 3200):
        if recogniser.AcceptWaveform(pcm[at : at + 3200]):
            words += json.loads(recogniser.Result())["text"]
    return (words + json.loads(recogniser.FinalResult())["text"]).replace(" ", "")
