"""Starting waits for a process that gets on, however slow the machine is, and for no other."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from care.settings import settings
from yinling.processes import Child, Stack, StartError
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
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CARE_HOME", str(tmp_path))
    settings.cache_clear()
    return tmp_path


def started(code: str, patience: Patience = QUICK) -> list[str]:
    """What was told while a process with this code started; it is stopped again."""
    told: list[str] = []
    stack = Stack([Slow("part", "电话", [sys.executable, "-S", "-c", code], 0, "/health")], patience)
    try:
        stack.start(told.append)
    finally:
        stack.stop()
    return told


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
