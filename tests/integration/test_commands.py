"""The commands: every failure is one clear sentence and a non-zero exit, with nothing left running."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from care.settings import ROOT
from yinling import lab

LIMIT = 150


def yinling(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "yinling", *words], cwd=ROOT, text=True, capture_output=True, timeout=LIMIT,
        stdin=subprocess.DEVNULL, env={**os.environ, "CARE_HOME": str(home), **environment},
    )  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that already has a trained model."""
    source = Path(os.environ.get("CARE_HOME") or ROOT / "var")
    with lab.environment(source, None):
        lab.train_bot()
    shutil.copytree(source / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns(".training-*"))
    return tmp_path


def test_a_taken_port_is_named_and_nothing_is_left_running(home: Path) -> None:
    chosen = lab.ports()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(chosen["CARE_BOT_PORT"])))
        taken.listen()
        ended = yinling(home, "serve", **chosen)
    assert ended.returncode == 1
    assert chosen["CARE_BOT_PORT"] in ended.stdout and "CARE_BOT_PORT" in ended.stdout
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", int(chosen["CARE_WEB_PORT"])))


def test_a_taken_telephone_port_is_named(home: Path) -> None:
    chosen = lab.ports()
    with socket.socket(type=socket.SOCK_DGRAM) as taken:
        taken.bind(("0.0.0.0", int(chosen["CARE_SIP_PORT"])))
        ended = yinling(home, "serve", **chosen)
    assert ended.returncode == 1
    assert chosen["CARE_SIP_PORT"] in ended.stdout and "CARE_SIP_PORT" in ended.stdout


def test_a_faulty_setting_is_named(tmp_path: Path) -> None:
    ended = yinling(tmp_path, "serve", CARE_WEB_PORT="eighty", CARE_LOG_LEVEL="loud")
    assert ended.returncode == 1
    assert "CARE_WEB_PORT" in ended.stdout and "CARE_LOG_LEVEL" in ended.stdout
    assert "Traceback" not in ended.stdout + ended.stderr


def test_a_database_that_cannot_be_opened_is_one_sentence(home: Path) -> None:
    ended = yinling(home, "serve", CARE_DATABASE_URL="sqlite:////nonexistent/folder/x.db", **lab.ports())
    assert ended.returncode == 1
    assert "数据库" in ended.stdout and "Traceback" not in ended.stdout + ended.stderr


def test_broken_training_data_is_one_sentence_and_keeps_the_old_model(home: Path) -> None:
    model = (home / "bot" / "model.tar.gz").read_bytes()
    broken = home / "data"
    broken.mkdir()
    (broken / "x.yml").write_text('version: "3.1"\nnlu:\n- intent: [broken\n', encoding="utf-8")
    ended = subprocess.run(
        [str(ROOT / "bot/.venv/bin/python"), "bot/train.py", "--home", str(home / "bot"), "--data", str(broken)],
        cwd=ROOT, text=True, capture_output=True, timeout=LIMIT, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert ended.returncode == 1
    assert (home / "bot" / "model.tar.gz").read_bytes() == model


def test_serve_stops_cleanly_and_revives_what_dies(home: Path) -> None:
    chosen = lab.ports()
    with (home / "out").open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "yinling", "serve"], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT, env={**os.environ, "CARE_HOME": str(home), **chosen},
        )  # fmt: skip
    try:
        web = f"http://127.0.0.1:{chosen['CARE_WEB_PORT']}"
        _wait(lambda: _ok(f"{web}/healthz") and "Ctrl-C" in (home / "out").read_text())
        assert "聊天页面" in (home / "out").read_text()
        assert f":{chosen['CARE_SIP_PORT']}" in (home / "out").read_text()
        actions = f"http://127.0.0.1:{chosen['CARE_ACTIONS_PORT']}/health"
        _kill_listener(int(chosen["CARE_ACTIONS_PORT"]))
        _wait(lambda: "正在重新启动" in (home / "out").read_text())
        _wait(lambda: _ok(actions))
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    for port in chosen.values():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", int(port)))


def _ok(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def _wait(condition) -> None:
    deadline = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.2)


def _kill_listener(port: int) -> None:
    import psutil

    owner = next(c.pid for c in psutil.net_connections("tcp") if c.laddr.port == port and c.status == "LISTEN")
    psutil.Process(owner).kill()


def test_a_missing_interpreter_is_one_sentence(tmp_path: Path) -> None:
    """No Python 3.10 anywhere: the set-up says so and ends."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "dirname", "ls", "sort", "cut", "cat", "mkdir", "sha256sum", "env"):
        (tools / name).symlink_to(shutil.which(name))
    (tools / "python3").symlink_to(sys.executable)
    script = '. deploy/setup.sh; PYTHON=x; UV=false; find_python "3, 10" "3, 10" python3.10 || fail "找不到能用的 Python 3.10"'
    ended = subprocess.run(
        [shutil.which("bash"), "-c", script], cwd=ROOT, text=True, capture_output=True, timeout=LIMIT,
        env={"PATH": str(tools), "HOME": str(tmp_path)},
    )  # fmt: skip
    assert ended.returncode == 1
    assert "3.10" in ended.stderr
