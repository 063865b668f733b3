"""The telephone line with telephones that are not ours: sipp and baresip (Debian), on loopback."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.integration.phones import HOST, baresip, sipp
from tests.unit.sip_line import Echo, Handing, open_line, target, until
from voice_gateway.audio import RATE
from voice_gateway.leg import Hold, Key, Leg, Sound
from voice_gateway.sip.dialling import DialFailed

CALLS = 10


@pytest.fixture
def tone(tmp_path: Path) -> Path:
    """Five seconds of 440 Hz as a wav file."""
    path = tmp_path / "tone.wav"
    soundfile.write(path, (np.sin(np.arange(5 * RATE) * 2 * np.pi * 440 / RATE) * 8000).astype("<i2"), RATE)
    return path


async def test_calls_of_sipp_are_heard_and_their_keys(tmp_path: Path):
    heard: list[int] = []
    keys: list[str] = []

    async def listen(leg: Leg) -> None:
        await leg.answer()
        frames = 0
        async for event in leg.events():
            if isinstance(event, Sound):
                frames += any(event.pcm)
                leg.send(event.pcm)
            elif isinstance(event, Key):
                keys.append(event.digit)
        heard.append(frames)

    async with open_line(listen) as line:
        await sipp(line, "call", CALLS, tmp_path)
        await until(lambda: len(heard) == CALLS and not line.ports.taken)
        assert not line.running()
    assert keys == ["5"] * CALLS
    assert min(heard) > 30


async def test_a_transfer_that_sipp_refuses_is_made_by_joining_two_calls(tmp_path: Path, now: None):
    operator, call = Echo(), Handing()
    async with open_line(operator, sip_user="8001") as desk:
        listed = target(desk, "8001")
        async with open_line(call, operator_numbers=[listed]) as line:
            await sipp(line, "refused_transfer", 1, tmp_path)
            await until(operator.ended.is_set)
            await until(lambda: not line.ports.taken)
    assert (call.results, call.gone) == ([True], ["transferred"])
    assert operator.heard > 30


async def test_a_softphone_talks_presses_keys_holds_and_hangs_up(tmp_path: Path, tone: Path):
    echo = Echo()
    async with open_line(echo) as line, baresip(tmp_path, tone) as phone:
        phone.do("dial", target(line))
        await until(lambda: echo.heard > 50)
        phone.do("sndcode", "5")
        await until(lambda: echo.keys == "5")
        phone.do("hold")
        await until(lambda: Hold(True) in echo.events)
        phone.do("resume")
        await until(lambda: Hold(False) in echo.events)
        before = echo.heard
        await until(lambda: echo.heard > before + 40)
        phone.do("hangup")
        await until(echo.ended.is_set)
        assert "CALL_ESTABLISHED" in phone.events
        await until(lambda: "CALL_CLOSED" in phone.events)
    assert echo.gone == ["bye"]
    assert echo.legs[0].quality()["lost"] == 0
    heard = np.concatenate([soundfile.read(path, dtype="int16")[0] for path in phone.heard()]).astype(float)
    spectrum = np.abs(np.fft.rfft(heard))
    assert abs(spectrum.argmax() * RATE / len(heard) - 440) < 5  # its own tone came back


async def test_a_softphone_is_transferred_and_the_operator_hears_it(tmp_path: Path, tone: Path, now: None):
    operator, call = Echo(), Handing()
    async with open_line(operator, sip_user="8001") as desk, baresip(tmp_path, tone) as phone:
        listed = target(desk, "8001")
        async with open_line(call, operator_numbers=[listed]) as line:
            phone.do("dial", target(line))
            await until(lambda: "CALL_ESTABLISHED" in phone.events)
            phone.do("sndcode", "0")
            await until(lambda: (call.results, call.gone) == ([True], ["transferred"]))
            await until(lambda: operator.heard > 50)
            assert operator.legs[0].caller == "13800000002"  # it called the operator itself
            assert not line.running()
            phone.do("hangup")
            await until(operator.ended.is_set)


async def test_a_softphone_is_called_by_the_hotline(tmp_path: Path, tone: Path, now: None):
    async with baresip(tmp_path, tone) as phone:
        outbound = f"{HOST}:{phone.port}"
        async with open_line(Echo(), lambda n: n == "13800000002", sip_outbound=outbound) as line:
            dialling = asyncio.create_task(line.dial("13800000002"))
            await until(lambda: "CALL_INCOMING" in phone.events)
            phone.do("accept")
            leg = await dialling
            heard = 0
            async for event in leg.events():
                heard += isinstance(event, Sound) and any(event.pcm)
                if heard > 50:
                    break
            await leg.hang_up()
            await until(lambda: "CALL_CLOSED" in phone.events)
    assert heard > 50


async def test_a_softphone_that_declines_is_no_answered_call(tmp_path: Path, tone: Path, now: None):
    async with baresip(tmp_path, tone) as phone:
        outbound = f"{HOST}:{phone.port}"
        async with open_line(Echo(), lambda n: True, sip_outbound=outbound) as line:
            dialling = asyncio.create_task(line.dial("13800000002"))
            await until(lambda: "CALL_INCOMING" in phone.events)
            phone.do("hangup")
            with pytest.raises(DialFailed):
                await dialling
            await until(lambda: not line.ports.taken)
