"""The real telephone process, called over SIP on loopback; the bot is not there, so that nothing has to be trained."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import numpy as np
import pytest
import soundfile
from sqlalchemy import select

from care import calls
from care.calls.model import CallRecord
from care.db import unit_of_work
from care.handover.model import Ticket
from care.people import Person
from care.schema import upgrade
from care.settings import ROOT, settings
from tests.unit.sip_line import Echo, open_line
from voice_gateway.sip.caller import Caller
from yinling import lab

START_SECONDS = 120
LOUD = 250
PHONE, CALLED = "13800005678", "13800001234"
OPERATOR = "sip:801@127.0.0.1:9"
"""Nobody is there: only a telephone that takes the transfer itself gets through."""


class Telephone:
    """The process and where it is."""

    def __init__(self) -> None:
        self.base = f"http://127.0.0.1:{settings().voice_port}"
        self.target = f"sip:{settings().sip_user}@127.0.0.1:{settings().sip_port}"
        self.process = subprocess.Popen([sys.executable, "-m", "voice_gateway.server"], cwd=ROOT, env={**os.environ})

    def wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            assert self.process.poll() is None, "the process ended"
            try:
                if httpx.get(f"{self.base}/health", timeout=2, trust_env=False).is_success:
                    return
            except httpx.HTTPError:
                time.sleep(0.3)
        raise AssertionError("not ready")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database with one person, and settings of its own."""
    folder = tmp_path_factory.mktemp("telephone")
    with lab.environment(folder), pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARE_OPERATOR_NUMBERS", f'["{OPERATOR}"]')
        patch.setenv("CARE_SIP_OUTBOUND", f"127.0.0.1:{lab.free_port(socket.SOCK_DGRAM)}")
        settings.cache_clear()
        upgrade()
        with unit_of_work() as session:
            session.add(Person(phone=CALLED, name="李建国", facts={}))
            session.add(Person(phone=PHONE, name="王秀英", region="yangling", speech_rate=120, facts={}))
        yield folder


@pytest.fixture(scope="module")
def telephone(home: Path) -> Iterator[Telephone]:
    started = Telephone()
    try:
        started.wait()
        yield started
    finally:
        if started.process.poll() is None:
            started.stop()


class Line:
    """A call and what was heard on it."""

    def __init__(self, call: Caller) -> None:
        self.call = call
        self.first: float | None = None
        self.last = 0.0
        self.now = 0.0

    def heard(self, pcm: bytes, at: float) -> None:
        self.now = at
        if np.abs(np.frombuffer(pcm, "<i2").astype(int)).max() > LOUD:
            self.first = at if self.first is None else self.first
            self.last = at

    async def until(self, met: Callable[[], bool], seconds: float = 60) -> None:
        end = self.now + seconds
        while not met():
            assert self.now < end and not self.call.gone.is_set(), "waited in vain"
            await asyncio.sleep(0.05)

    async def speaks(self) -> None:
        """Waits until the hotline begins to speak."""
        self.first = None
        await self.until(lambda: self.first is not None)

    async def has_spoken(self) -> None:
        """Waits until the hotline has finished."""
        await self.speaks()
        await self.until(lambda: self.now - self.last > 1.5)


@asynccontextmanager
async def dialled(telephone: Telephone, number: str = PHONE, refer: int = 501) -> AsyncIterator[Line]:
    holder: list[Line] = []

    def far(pcm: bytes, at: float) -> None:
        if holder:
            holder[0].heard(pcm, at)

    caller = Caller(telephone.target, number=number, on_far=far, refer=refer)
    holder.append(Line(caller))
    async with caller:
        yield holder[0]


def record(phone: str) -> CallRecord:
    """The newest call of a number, once it is closed."""
    for _ in range(100):
        with unit_of_work() as session:
            found = calls.of_phone(session, phone)
            if found and found[0].ended:
                return found[0]
        time.sleep(0.1)
    raise AssertionError("no record")


async def test_a_call_is_answered_greeted_and_recorded(telephone: Telephone) -> None:
    async with dialled(telephone) as line:
        await line.speaks()
        running = httpx.get(f"{telephone.base}/calls", trust_env=False).json()["calls"]
        assert [(call["line"], call["direction"], call["phone"]) for call in running] == [("sip", "in", "138****5678")]
        await line.call.hang_up()
    found = record(PHONE)
    assert (found.outcome, found.reason, found.direction) == ("hung_up", "bye", "in")
    assert found.figures["line"]["packets"] > 0


async def test_keys_are_answered_without_the_bot_and_a_human_is_promised(telephone: Telephone) -> None:
    async with dialled(telephone, "13900000001") as line:
        await line.speaks()
        await line.call.press("0")
        await line.has_spoken()
        await line.call.hang_up()
    call = record("13900000001")
    with unit_of_work() as session:
        ticket = session.scalars(select(Ticket).where(Ticket.conversation_id == call.id)).one()
        assert (ticket.kind, ticket.phone) == ("human", "13900000001")
        said = calls.transcript(session, call.id)
    assert said[0]["heard"] == "人工" and said[0]["state"] == "handed_over"


async def test_a_caller_is_put_through(telephone: Telephone) -> None:
    async with dialled(telephone, "13900000003", refer=200) as line:
        await line.speaks()
        await line.call.press("0")
        await asyncio.wait_for(line.call.gone.wait(), 60)
        assert [target for target in line.call.referred_to if "801" in target]
    assert record("13900000003").outcome == "transferred"


async def test_when_nobody_takes_the_call_the_caller_is_told_and_the_call_goes_on(telephone: Telephone) -> None:
    async with dialled(telephone, "13900000004", refer=486) as line:
        await line.speaks()
        await line.call.press("0")
        await line.until(lambda: bool(line.call.referred_to))
        await line.speaks()
        await line.has_spoken()
        await line.call.press("9")
        await line.speaks()
        await line.call.hang_up()
    assert record("13900000004").outcome == "hung_up"


async def test_a_text_is_spoken_as_wav(telephone: Telephone) -> None:
    answer = httpx.get(f"{telephone.base}/speech", params={"text": "您好。"}, trust_env=False, timeout=30)
    assert answer.headers["content-type"] == "audio/wav" and answer.content[:4] == b"RIFF"
    assert len(answer.content) > 8000
    assert httpx.get(f"{telephone.base}/speech", params={"text": ""}, trust_env=False).status_code == 422


@pytest.mark.parametrize(
    ("to", "purpose", "status"),
    [
        ("13700000000", "callback", 403),
        ("+8613800005678", "callback", 403),
        (PHONE, "nonsense", 422),
        (PHONE, "x'--", 422),
    ],
)
async def test_calls_that_may_not_be_placed_are_refused(
    telephone: Telephone, to: str, purpose: str, status: int
) -> None:
    token = {"Authorization": f"Bearer {settings().token()}"}
    answer = httpx.post(f"{telephone.base}/calls", json={"to": to, "purpose": purpose}, headers=token, trust_env=False)
    assert answer.status_code == status
    assert httpx.post(f"{telephone.base}/calls", json={"to": PHONE}, trust_env=False).status_code == 401


async def test_a_call_that_nobody_takes_is_recorded_and_counted(telephone: Telephone) -> None:
    token = {"Authorization": f"Bearer {settings().token()}"}
    wanted = {"to": PHONE, "purpose": "callback"}
    answer = httpx.post(f"{telephone.base}/calls", json=wanted, headers=token, trust_env=False)
    assert answer.status_code == 202
    found = None
    for _ in range(600):
        with unit_of_work() as session:
            found = next((c for c in calls.of_phone(session, PHONE) if c.direction == "out"), None)
            counted = calls.placed_today(session, PHONE)
        if found:
            break
        await asyncio.sleep(0.1)
    assert found and found.outcome and found.purpose == "callback"
    assert counted == 1


async def test_somebody_is_called_and_spoken_to(telephone: Telephone) -> None:
    token = {"Authorization": f"Bearer {settings().token()}"}
    wanted = {"to": CALLED, "purpose": "test"}
    port = int(settings().sip_outbound.rpartition(":")[2])
    person = Echo()
    async with open_line(person, sip_user=CALLED, sip_port=port):
        answer = httpx.post(f"{telephone.base}/calls", json=wanted, headers=token, trust_env=False)
        assert answer.status_code == 202
        async with asyncio.timeout(30):
            while person.heard < 50:
                await asyncio.sleep(0.1)
        running = httpx.get(f"{telephone.base}/calls", trust_env=False).json()["calls"]
        assert [(call["direction"], call["purpose"]) for call in running] == [("out", "test")]
        await person.legs[0].hang_up()
    found = record(CALLED)
    assert (found.direction, found.outcome, found.purpose) == ("out", "hung_up", "test")


async def test_when_it_stops_the_caller_hears_a_sentence_and_is_let_go(tmp_path: Path) -> None:
    with lab.environment(tmp_path), pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARE_KEEP_AUDIO_DAYS", "7")
        settings.cache_clear()
        upgrade()
        stopping = Telephone()
        try:
            stopping.wait()
            async with dialled(stopping) as line:
                await line.has_spoken()
                before = line.now
                stopping.process.send_signal(signal.SIGTERM)
                await asyncio.wait_for(line.call.gone.wait(), 15)
                assert line.last > before
            assert stopping.process.wait(20) in (0, -signal.SIGTERM)
        finally:
            if stopping.process.poll() is None:
                stopping.process.kill()
        ended = record(PHONE)
        assert ended.outcome == "stopped" and ended.audio
        kept, _ = soundfile.read(calls.path(ended.id))
        assert kept.shape[1] == 2 and np.abs(kept[:, 1]).max() > 0.01


@pytest.mark.parametrize(
    ("setting", "why"), [("CARE_SPEECH_MODEL", "语音模型的文件夹不存在"), ("CARE_RECORDINGS", "录音目录里读不到 index.tsv")]
)
def test_a_telephone_that_cannot_start_says_why_in_its_last_line(tmp_path: Path, setting: str, why: str) -> None:
    faulty = {"CARE_HOME": str(tmp_path), "CARE_SIP_HOST": "127.0.0.1", setting: str(tmp_path / "nothing")}
    ended = subprocess.run(
        [sys.executable, "-m", "voice_gateway.server"], cwd=ROOT, env={**os.environ, **lab.ports(), **faulty},
        text=True, capture_output=True, timeout=START_SECONDS,
    )  # fmt: skip
    assert ended.returncode == 1
    assert why in ended.stderr.strip().splitlines()[-1]
