"""The telephone measured: from the end of the caller's speech to the first sound, and how many calls are held.

Ours and the plain pipeline answer the same recordings over real SIP and RTP on this machine, in turns: a round of ours, a
round of plain, then the other way round, so that whatever else the machine does falls on both.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from care.calls.model import CallRecord
from care.db import reading
from care.settings import ROOT, settings
from voice_gateway.audio import FRAME_MS, FRAME_SAMPLES, RATE
from voice_gateway.sip.caller import Caller
from yinling import lab
from yinling.caller.person import Listener
from yinling.caller.script import Line
from yinling.caller.sounds import Sounds

CALLS = (1, 4, 8)
SAID = ("洗个澡多少钱", "我想洗个澡", "星期六上午十点", "洗个澡多少钱")
HELD = 30
HELD_SECONDS = 40
ROUNDS = {1: 4, 4: 2, 8: 2}
"""Calls that each caller makes to each side, one after the other."""
GIVE_UP = 60.0
"""Seconds that an answer may take from its first word to its last; elders are spoken to slowly."""
PAUSE = 0.6
WRITTEN_AFTER = 3.0
"""Seconds after which the record of the last call stands."""
LATE = 1.5 * FRAME_MS / 1000
"""A frame that comes so long after the one before is late."""


@dataclass
class Timing:
    """Milliseconds, over all turns of all calls."""

    total: list[float] = field(default_factory=list)
    """From the caller's last sound to the hotline's first, as the caller hears it, the way over the line included."""
    waiting: list[float] = field(default_factory=list)
    """Part of it until the sound came that ended the turn: patience by design, or Vosk's own end of speech."""
    machine: list[float] = field(default_factory=list)
    """From then on: last words, understanding, action, first sound."""
    unanswered: int = 0

    def as_dict(self) -> dict[str, float | int]:
        """Medians and 95th percentiles."""
        figures: dict[str, float | int] = {"turns": len(self.total), "unanswered": self.unanswered}
        for name in ("total", "waiting", "machine"):
            values = getattr(self, name)
            if len(values) > 1:
                figures[f"{name}_p50"] = round(statistics.median(values))
                figures[f"{name}_p95"] = round(statistics.quantiles(values, n=20, method="inclusive")[18])
        return figures


@dataclass
class Side:
    """One of the two that are measured."""

    target: str
    """SIP address."""
    turns: Callable[[str], list[dict[str, float]]]
    """What it noted of its turns with the callers whose number begins like this: milliseconds of `waiting` and `machine`."""


def _prefix(calls: int) -> str:
    return f"1390000{calls:02}"


async def measure(target: str, calls: int, round_: int, sounds: list[bytes], timing: Timing) -> None:
    """So many callers at once, each saying the same things to `target`."""

    async def one(number: int) -> None:
        await asyncio.sleep(number * PAUSE)
        listener = Listener(None)
        caller = Caller(target, number=f"{_prefix(calls)}{round_}{number}", on_far=listener.frame)
        async with caller as line:
            await _finished(line, listener)
            for pcm in sounds:
                listener.next_turn()
                await line.play(pcm)
                ended = line.seconds
                await _finished(line, listener)
                if listener.began is not None and listener.began >= ended:
                    timing.total.append((listener.began - ended) * 1000)
                else:
                    timing.unanswered += 1

    await asyncio.gather(*(one(number) for number in range(calls)))


async def _finished(line: Caller, listener: Listener) -> bool:
    """Waits until the far end has spoken and stopped."""
    since = line.seconds
    while not listener.finished and line.seconds - since < GIVE_UP and not line.gone.is_set():
        await asyncio.sleep(FRAME_MS / 1000)
    return listener.finished


def compare(console: Console, sounds: list[bytes], voice: psutil.Process, rest_url: str | None) -> dict[str, Any]:
    """Turn times at 1, 4 and 8 calls of the running product and, beside it, of the plain pipeline; and 30 calls held.

    Args:
        voice: the product's telephone process.
        rest_url: of a plain Rasa server; without one only ours is measured.
    """
    figures: dict[str, Any] = {}
    with ExitStack() as stack:
        sides = {"ours": Side(f"sip:{settings().sip_user}@{lab.LOOPBACK}:{settings().sip_port}", _recorded)}
        if rest_url:
            sides["plain"] = stack.enter_context(_plain_line(rest_url))
        timings = {(name, calls): Timing() for name in sides for calls in CALLS}
        for calls in CALLS:
            for round_ in range(ROUNDS[calls]):
                for name in list(sides)[:: -1 if round_ % 2 else 1]:
                    console.print(f"{name}：{calls} 路，第 {round_ + 1} 轮")
                    asyncio.run(measure(sides[name].target, calls, round_, sounds, timings[name, calls]))
        time.sleep(WRITTEN_AFTER)
        for (name, calls), timing in timings.items():
            for turn in sides[name].turns(_prefix(calls)):
                timing.waiting.append(turn["waiting"])
                timing.machine.append(turn["machine"])
            figures.setdefault(name, {})[str(calls)] = timing.as_dict()
    console.print(f"ours：{HELD} 路同时占线")
    figures["ours"]["held"] = asyncio.run(hold(sides["ours"].target, sounds, voice))
    return figures


def _recorded(prefix: str) -> list[dict[str, float]]:
    with reading() as session:
        records = session.scalars(select(CallRecord).where(CallRecord.phone.startswith(prefix))).all()
        return [turn for record in records for turn in record.figures.get("turns", ()) if "machine" in turn]


async def hold(target: str, sounds: list[bytes], voice: psutil.Process) -> dict[str, float]:
    """Many calls at once whose callers keep talking: processor, memory, and whether the hotline's sound stays in time."""
    quiet_mb = _memory(voice)
    gaps: list[float] = []
    speech = b"".join(pcm + bytes(RATE * 2) for pcm in sounds)

    async def one(number: int, start: asyncio.Event) -> None:
        last = 0.0

        def arrived(_pcm: bytes, _moment: float) -> None:
            nonlocal last
            moment = time.perf_counter()
            if last and start.is_set():
                gaps.append(moment - last)
            last = moment

        async with Caller(target, number=f"137000000{number:02}", on_far=arrived) as line:
            await start.wait()
            began = time.perf_counter()
            while time.perf_counter() - began < HELD_SECONDS and not line.gone.is_set():
                await line.play(speech)

    start = asyncio.Event()
    callers = []
    for number in range(HELD):
        callers.append(asyncio.create_task(one(number, start)))
        await asyncio.sleep(0.25)
    start.set()
    before, began = _processor(voice), time.perf_counter()
    await asyncio.sleep(HELD_SECONDS)
    used, took, full_mb = _processor(voice) - before, time.perf_counter() - began, _memory(voice)
    await asyncio.gather(*callers)
    return {
        "calls": HELD,
        "cores": round(used / took, 2),
        "core_share_per_call": round(used / took / HELD, 4),
        "calls_per_core": round(HELD / (used / took), 1),
        "mb_per_call": round((full_mb - quiet_mb) / HELD, 1),
        "mb": round(full_mb),
        "late_share": round(sum(gap > LATE for gap in gaps) / len(gaps), 4) if gaps else 0.0,
        "gap_p95_ms": round(statistics.quantiles(gaps, n=20)[18] * 1000, 1) if gaps else 0.0,
    }


def _family(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def _memory(process: psutil.Process) -> float:
    return sum(p.memory_info().rss for p in _family(process)) / 2**20


def _processor(process: psutil.Process) -> float:
    return sum(p.cpu_times().user + p.cpu_times().system for p in _family(process))


@contextmanager
def _plain_line(rest_url: str) -> Iterator[Side]:
    port = lab.free_port(socket.SOCK_DGRAM)
    log = settings().home / "logs" / "plain_call.log"
    environment = {**os.environ, "CARE_SIP_PORT": str(port), "CARE_SIP_HOST": lab.LOOPBACK}
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "yinling.bench.plain_call", rest_url],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        while "ready" not in log.read_text():
            if process.poll() is not None:
                raise RuntimeError(f"the plain line ended, see {log}")
            time.sleep(0.1)
        yield Side(f"sip:{settings().sip_user}@{lab.LOOPBACK}:{port}", lambda prefix: _logged(log, prefix))
    finally:
        process.terminate()
        process.wait()


def _logged(log: Path, prefix: str) -> list[dict[str, float]]:
    rows = [json.loads(row) for row in log.read_text().splitlines() if row.startswith("{")]
    return [row for row in rows if row["caller"].startswith(prefix)]


def recordings() -> list[bytes]:
    """What the callers say, without the silence after it."""
    sounds = Sounds()
    script = [Line(say=text) for text in SAID]
    asyncio.run(sounds.prepare(script))
    return [_without_tail(sounds(line)) for line in script]


def _without_tail(pcm: bytes) -> bytes:
    samples = np.frombuffer(pcm, "<i2")
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > 0.03 * np.abs(samples.astype(np.int32)).max())
    end = -(-int(loud[-1] + 1) // FRAME_SAMPLES) * FRAME_SAMPLES
    return samples[:end].tobytes()


def show(figures: dict[str, Any], console: Console) -> None:
    """Prints the table: ours beside plain, in milliseconds."""
    table = Table("路数", "谁", "总 p50", "总 p95", "等待 p50", "机器 p50", "机器 p95", "没答", "普通/我们 机器 p50")
    for calls in CALLS:
        for name in ("ours", "plain"):
            row = figures.get(name, {}).get(str(calls), {})
            if row:
                mine = figures["ours"][str(calls)].get("machine_p50")
                ratio = f"{row['machine_p50'] / mine:.1f}" if name == "plain" and mine and "machine_p50" in row else ""
                cells = (
                    row.get(c, "")
                    for c in ("total_p50", "total_p95", "waiting_p50", "machine_p50", "machine_p95", "unanswered")
                )
                table.add_row(str(calls), name, *map(str, cells), ratio)
    console.print(table)
    console.print(figures["ours"].get("held", {}))
