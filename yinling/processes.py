"""The processes of the product: starts them, waits until each is really ready, restarts what dies, stops all.

A child ends with its parent, however the parent ends, so that nothing is left behind.
"""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from care.settings import ROOT, settings
from voice_gateway.sip.agent import OUTSIDE, Addresses
from yinling.starting import Patience, Vigil, signs

LOOPBACK = "127.0.0.1"
OWN = {"0.0.0.0": LOOPBACK, "::": "::1"}
"""Where a server that listens on all addresses is reached from this machine."""
STOP_SECONDS = 8
RESTARTS = 5
"""So many restarts of one process within `RESTART_WINDOW` seconds are tried before giving up."""
RESTART_WINDOW = 300
PR_SET_PDEATHSIG = 1
SIP_PORT = 5060
"""The port that need not be dialled (RFC 3261)."""


class StartError(Exception):
    """The product cannot start; the message is one clear sentence for the person at the keyboard."""


@dataclass
class Child:
    """One process of the product."""

    name: str
    title: str
    argv: list[str]
    port: int
    ready_path: str
    host: str = LOOPBACK
    datagrams: tuple[str, int] | None = None
    """Address and port of its UDP, if it listens there too."""
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return settings().home / "logs" / f"{self.name}.log"

    def start(self) -> None:
        """Starts it; its output is appended to its log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.argv, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                env={**os.environ, **settings().environment(), "PYTHONUNBUFFERED": "1"}, start_new_session=True, preexec_fn=_end_with_parent,
            )  # fmt: skip

    def is_ready(self) -> bool:
        """Whether it answers its health question."""
        try:
            return httpx.get(f"http://{self.host}:{self.port}{self.ready_path}", timeout=2, trust_env=False).is_success
        except httpx.HTTPError:
            return False

    def signs(self) -> tuple[int, float]:
        """What shows that it gets on (`yinling.starting`)."""
        return signs(self.log, self.process.pid if self.process else 0)

    def ended(self) -> int | None:
        """Its exit code, if it ran and ended."""
        return self.process.poll() if self.process else None

    def ask_to_stop(self) -> None:
        """Tells it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self) -> None:
        """Ends it, first kindly."""
        if self.process is None or self.process.poll() is not None:
            return
        self.ask_to_stop()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _end_with_parent() -> None:
    """In the child, before it runs: the kernel ends it when the parent is gone (prctl(2), PR_SET_PDEATHSIG)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def bot_python() -> Path:
    """The bot's own interpreter.

    Raises:
        StartError: it has not been set up.
    """
    python = ROOT / "bot" / ".venv" / "bin" / "python"
    if not python.exists():
        raise StartError("还没有安装机器人的运行环境，请用 ./run 启动，它会自动装好。")
    return python


def children() -> list[Child]:
    """The processes, in the order they start."""
    chosen = settings()
    web = [sys.executable, "-m", "web.server"]
    return [
        Child("actions", "业务动作", [sys.executable, "-m", "actions.server"], chosen.actions_port, "/health"),
        Child("bot", "对话机器人", [str(bot_python()), "bot/start.py"], chosen.bot_port, "/webhooks/care/"),
        Child(
            "voice", "电话", [sys.executable, "-m", "voice_gateway.server"], chosen.voice_port, "/health",
            datagrams=(chosen.sip_host, chosen.sip_port),
        ),
        Child("web", "网页和接口", web, chosen.web_port, "/healthz", from_here(chosen.host)),
    ]


def from_here(host: str) -> str:
    """Where this machine itself reaches a server that listens on `host`, as addresses are written."""
    return _written(OWN.get(host, host))


def page_address() -> str:
    """The page, for a browser in this network."""
    chosen = settings()
    return f"http://{_from_outside(chosen.host)}:{chosen.web_port}/"


def phone_address() -> str:
    """What to dial on a SIP telephone in this network."""
    chosen = settings()
    host = _from_outside(chosen.sip_public_host or chosen.sip_host)
    return f"sip:{chosen.sip_user}@{host}" + (f":{chosen.sip_port}" if chosen.sip_port != SIP_PORT else "")


def _from_outside(host: str) -> str:
    return _written(Addresses(host, "").toward(OUTSIDE[0]) if host in OWN else host)


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def require_free_ports(parts: list[Child]) -> None:
    """Checks that every port can be bound.

    Raises:
        StartError: naming the port that is taken and the setting that changes it.
    """
    for part in parts:
        address = settings().host if part.name == "web" else LOOPBACK
        with socket.socket(_family(address)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, part.port))
            except OSError as error:
                why = "已经被别的程序占用" if error.errno == errno.EADDRINUSE else error.strerror
                raise StartError(
                    f"端口 {part.port} 用不了（{part.title}）：{why}。"
                    f"请关掉占用它的程序，或设置 CARE_{part.name.upper()}_PORT 换一个端口。"
                ) from error
        if part.datagrams:
            _require_free_datagrams(*part.datagrams)


def _require_free_datagrams(address: str, port: int) -> None:
    with socket.socket(_family(address), socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, port))
        except OSError as error:
            why = "已经被别的程序占用" if error.errno == errno.EADDRINUSE else error.strerror
            raise StartError(
                f"电话的 UDP 端口 {port} 用不了：{why}。请关掉占用它的程序，或设置 CARE_SIP_PORT 换一个端口。"
            ) from error


def _family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


class Stack:
    """All processes together."""

    def __init__(self, parts: list[Child] | None = None, patience: Patience | None = None) -> None:
        self.parts = parts or children()
        self._patience = patience or Patience()

    def start(self, tell: Callable[[str], None]) -> None:
        """Starts everything and returns when all of it answers.

        Raises:
            StartError: a port is taken, a process ended, or one does not get on; nothing is left running.
        """
        require_free_ports(self.parts)
        try:
            for part in self.parts:
                part.start()
            for part in self.parts:
                self._wait(part, tell)
                tell(f"{part.title}好了")
        except BaseException:
            self.stop()
            raise

    def _wait(self, part: Child, tell: Callable[[str], None]) -> None:
        vigil = Vigil(part.title, part.signs, self._patience)
        while not part.is_ready():
            if part.ended() is not None:
                raise StartError(f"{part.title}启动失败，原因见 {part.log}。最后一行：{_last_line(part.log)}")
            if why := vigil.hopeless():
                raise StartError(f"{why}，详情见 {part.log}。最后一行：{_last_line(part.log)}")
            if word := vigil.word():
                tell(word)
            time.sleep(self._patience.look)

    def watch(self, tell: Callable[[str], None], also: Callable[[], None]) -> None:
        """Looks after the processes; returns only by an exception.

        Args:
            tell: shows one line to the person at the keyboard.
            also: done again and again in between.

        Raises:
            StartError: a process dies again and again.
        """
        while True:
            time.sleep(0.5)
            also()
            for part in self.parts:
                if part.ended() is not None:
                    self._revive(part, tell)

    def _revive(self, part: Child, tell: Callable[[str], None]) -> None:
        moment = time.monotonic()
        part.deaths = [at for at in part.deaths if moment - at < RESTART_WINDOW] + [moment]
        if len(part.deaths) > RESTARTS:
            raise StartError(f"{part.title}反复停掉，已放弃重启，原因见 {part.log}。")
        tell(f"{part.title}停了（退出码 {part.ended()}），正在重新启动")
        part.start()

    def stop(self) -> None:
        """Stops all: all are told at once, so that a slow one holds nobody up."""
        for part in reversed(self.parts):
            part.ask_to_stop()
        for part in reversed(self.parts):
            part.stop()


def _last_line(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        return "（没有日志）"
    return lines[-1][:200] if lines else "（没有日志）"
