"""Telephones that are not ours: sipp and baresip, driven by tests."""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import pytest

from voice_gateway.sip.line import Line

HOST = "127.0.0.1"
SCENARIOS = Path(__file__).parent.parent / "data" / "sip"
MODULES = "/usr/lib/baresip/modules"
READY_SECONDS = 20.0


def program(name: str, package: str) -> str:
    """The path of a telephone; without it the test is skipped, but fails where everything must be tested."""
    found = shutil.which(name)
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{name} is missing (Debian package {package})")
    return found


def free_ports(count: int) -> int:
    """The first of so many ports in a row that nobody has, neither for UDP nor for TCP."""
    for first in range(random.randrange(20000, 30000, 2), 32000, 2 * count):
        with ExitStack() as stack:
            try:
                for port in range(first, first + count):
                    for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
                        stack.enter_context(socket.socket(socket.AF_INET, kind)).bind((HOST, port))
            except OSError:
                continue
        return first
    raise OSError("no free ports")


async def sipp(line: Line, scenario: str, calls: int, folder: Path) -> None:
    """Plays a scenario so many times at once; fails unless every call went as written."""
    port = line.transport.local_addr[1]
    process = await asyncio.create_subprocess_exec(
        program("sipp", "sip-tester"), f"{HOST}:{port}", "-sf", str(SCENARIOS / f"{scenario}.xml"), "-s", "12349",
        "-i", HOST, "-p", str(free_ports(2)), "-mp", str(free_ports(4 * calls)), "-m", str(calls), "-l", str(calls),
        "-r", str(calls), "-timeout", "60", "-timeout_error", "-nostdin",
        cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode(errors="replace")[-3000:]


class Baresip:
    """A softphone on this machine."""

    def __init__(self, folder: Path, port: int, control: int) -> None:
        self.folder, self.port, self._control = folder, port, control
        self.events: list[str] = []

    async def connect(self) -> None:
        """Waits until it takes commands."""
        async with asyncio.timeout(READY_SECONDS):
            while True:
                try:
                    self._reader, self._writer = await asyncio.open_connection(HOST, self._control)
                    break
                except OSError:
                    await asyncio.sleep(0.05)
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        while length := await self._reader.readuntil(b":"):
            told = json.loads(await self._reader.readexactly(int(length[:-1])))
            await self._reader.readexactly(1)
            if told.get("event"):
                self.events.append(told["type"])

    def do(self, command: str, what: str = "") -> None:
        """Gives a command of its menu."""
        text = json.dumps({"command": command, "params": what}).encode()
        self._writer.write(b"%d:%s," % (len(text), text))

    def heard(self) -> list[Path]:
        """What it recorded of the far end."""
        return sorted(self.folder.glob("dump-*-dec.wav"))


@asynccontextmanager
async def baresip(folder: Path, says: Path) -> AsyncIterator[Baresip]:
    """A softphone that says a wav file into its calls; ended at the end."""
    path = program("baresip", "baresip-core")
    first = free_ports(60)  # SIP, SIP over TLS beside it, commands, RTP
    phone = Baresip(folder, first, first + 2)
    modules = ["module g711.so", "module aufile.so", "module aubridge.so", "module sndfile.so"]
    modules += ["module_tmp account.so", "module_app menu.so", "module_app ctrl_tcp.so"]
    (folder / "config").write_text(
        "\n".join([
            "poll_method epoll", f"sip_listen {HOST}:{phone.port}", f"audio_source aufile,{says}",
            "audio_player aubridge,x", "audio_alert aubridge,x", "ausrc_srate 8000", "auplay_srate 8000",
            "ausrc_channels 1", "auplay_channels 1", f"module_path {MODULES}", *modules,
            f"ctrl_tcp_listen {HOST}:{phone._control}", f"snd_path {folder}", f"rtp_ports {first + 10}-{first + 58}", "",
        ])
    )  # fmt: skip
    (folder / "accounts").write_text(f"<sip:13800000002@{HOST}:{phone.port}>;regint=0\n")
    (folder / "contacts").write_text("")
    with (folder / "baresip.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            path, "-f", str(folder), stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log
        )
    try:
        await phone.connect()
        yield phone
        phone._listening.cancel()
        phone._writer.close()
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
