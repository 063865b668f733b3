"""Starting waits for a process that gets on, however slow the machine is, and for no other."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from care.settings import settings
from yinling import cli
from yinling.chat import base_url
from yinling.processes import Child, Stack, StartError, children, page_address, phone_address, require_free_ports
from yinling.starting import Patience, signs

QUICK = Patience(still=1.0, longest=30.0, between=0.1, work=0.05, look=0.01)
BUSY = "for _ in iter(int, 1): pass"
IDLE = "import time; time.sleep(60)"


class Slow(Child):
    """Is ready after a while."""

    ready_after = 2.0

    def start(self) -> None:
        super().start()
        self._ready_at = time.monotonic() + self.ready_after

    def is_ready(self) -> bool:
        return time.monotonic() > self._ready_at


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CARE_HOME", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def started(code: str, patience: Patience = QUICK) -> list[str]:
    """What was told while a process with this code started; it is stopped again."""
    told: list[str] = []
    stack = Stack([Slow("part", "电话", [sys.executable, "-S", "-c", code], 0, "/health")], patience)
    try:
        stack.start(told.append)
    finally:
        stack.stop()
    return told


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("192.0.2.7", "192.0.2.7"), ("::", "[::1]"), ("::1", "[::1]")],
)
def test_the_page_is_asked_where_it_listens(home: Path, monkeypatch: pytest.MonkeyPatch, host: str, here: str) -> None:
    monkeypatch.setenv("CARE_HOST", host)
    settings.cache_clear()
    web = children()[-1]
    assert (web.name, web.host) == ("web", here)
    assert base_url() == f"http://{here}:{settings().web_port}"


def test_the_addresses_shown_can_be_used_from_another_machine(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "SIP_HOST"):
        monkeypatch.setenv(f"CARE_{name}", "0.0.0.0")
    settings.cache_clear()
    assert "0.0.0.0" not in page_address() + phone_address()
    monkeypatch.setenv("CARE_HOST", "yinling.example")
    monkeypatch.setenv("CARE_SIP_PUBLIC_HOST", "203.0.113.20")
    settings.cache_clear()
    assert (page_address(), phone_address()) == ("http://yinling.example:8000/", "sip:12349@203.0.113.20")


def test_a_taken_port_of_ipv6_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_INET6) as taken:
        taken.bind(("::1", 0))
        taken.listen()
        monkeypatch.setenv("CARE_HOST", "::1")
        settings.cache_clear()
        part = Child("web", "网页和接口", [], taken.getsockname()[1], "/healthz")
        with pytest.raises(StartError, match="已经被别的程序占用.*CARE_WEB_PORT"):
            require_free_ports([part])


@pytest.mark.parametrize("command", ["serve", "chat"])
def test_a_taken_port_is_noticed_before_anything_is_trained(home: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    def train() -> None:
        raise AssertionError("trained first")

    monkeypatch.setattr(cli, "train_bot", train)
    monkeypatch.setattr(cli, "prepare_database", lambda: None)
    monkeypatch.setattr(cli.terminal, "is_running", lambda: False)
    monkeypatch.setattr(cli, "_stop_on_terminate", lambda: None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("CARE_WEB_PORT", str(taken.getsockname()[1]))
        monkeypatch.setenv("CARE_HOST", "127.0.0.1")
        settings.cache_clear()
        result = CliRunner().invoke(cli.app, [command])
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit)


def test_a_process_that_works_is_waited_for(home: Path) -> None:
    told = started(BUSY)
    assert told[-1] == "电话好了"
    assert any("还在准备" in word for word in told[:-1])


def test_a_process_that_writes_to_its_log_is_waited_for(home: Path) -> None:
    told = started("import time\nwhile True: print(1, flush=True); time.sleep(0.05)")
    assert told[-1] == "电话好了"


def test_a_process_that_hangs_is_given_up(home: Path) -> None:
    with pytest.raises(StartError, match="电话已经 1 秒没有动静"):
        started(IDLE)


def test_a_process_that_works_for_ever_is_given_up(home: Path) -> None:
    with pytest.raises(StartError, match="分钟还没有准备好"):
        started(BUSY, Patience(still=1.0, longest=1.2, between=9.0, work=0.05, look=0.01))


def test_a_process_that_ends_is_told_with_its_last_line(home: Path) -> None:
    with pytest.raises(StartError, match="电话启动失败.*no model"):
        started("raise SystemExit('no model')")


def test_a_process_that_is_gone_gives_no_signs(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-S", "-c", ""])
    gone.wait()
    assert signs(tmp_path / "none.log", gone.pid) == (0, 0.0)
