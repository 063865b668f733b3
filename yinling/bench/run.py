"""The measurement: training, start-up, memory, turns at 1, 8 and 32 conversations; ours and plain, alternating."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx
import psutil
from rich.console import Console
from rich.table import Table

from care.settings import ROOT, settings
from yinling import lab
from yinling.bench import calls
from yinling.bench.load import ask_chat, ask_rest, known, measure
from yinling.evaluate.heldout import load
from yinling.processes import Child, Stack, bot_python

STOCK = Path(__file__).with_name("stock.yml")
CONVERSATIONS = (1, 8, 32)
TURNS = {1: 100, 8: 20, 32: 10}
KINDS = {"无动作": ["谢谢你", "你是谁"], "有动作": ["洗个澡多少钱", "订好的饭到哪了"]}
"""A turn that only says a fixed sentence, and one that asks an action and the database."""


PARTS = ("text", "calls")


def bench(folder: Path, console: Console, plain: bool, epochs: int, only: str = "") -> dict[str, Any]:
    """Measures, prints and stores the figures in `folder`/bench.json; models are kept there for the next time.

    Args:
        plain: also train and measure the plain Rasa project (many minutes), and the plain telephone on it.
        epochs: of its neural parts.
        only: one of `PARTS`; both if empty.
    """
    figures: dict[str, Any] = {"ours": {}, "plain": {}}
    ours, stock = folder / "models" / "ours", folder / "models" / f"plain-{epochs}"
    console.print("训练我们的模型")
    figures["ours"]["training_seconds"] = _train(ours, [])
    if plain:
        console.print("训练普通的 Rasa 模型（要好几分钟）")
        figures["plain"] = {
            "epochs": epochs,
            "training_seconds": _train(stock, ["--config", str(_stock(stock, epochs))]),
        }
    with lab.running(ours) as stack:
        if only != "calls":
            figures["ours"] |= _started(stack)
            figures["ours"]["accuracy"] = _accuracy(settings().bot_url)
        servers = {"ours": (f"http://127.0.0.1:{settings().web_port}", ask_chat)}
        server = _plain_server(stock) if plain else None
        try:
            if server:
                started = time.perf_counter()
                _until_ready(server)
                figures["plain"]["startup_seconds"] = round(time.perf_counter() - started, 1)
                url = f"http://127.0.0.1:{server.port}"
                servers["plain"] = (url, ask_rest)
                if only != "calls":
                    figures["plain"]["accuracy"] = _accuracy(url)
            if only != "calls":
                figures["turns"] = _turns(servers, console)
            if only != "text":
                figures["calls"] = _calls(stack, servers, console)
            figures["ours"]["memory_mb"] = {part.name: _memory(part) for part in stack.parts}
            if server:
                figures["plain"]["memory_mb"] = {"bot": _memory(server)}
        finally:
            if server:
                server.stop()
    name = f"bench-{only}.json" if only else "bench.json"
    (folder / name).write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    _show(figures, console)
    return figures


def _calls(stack: Stack, servers: dict[str, tuple[str, Any]], console: Console) -> dict[str, Any]:
    voice = next(part.process for part in stack.parts if part.name == "voice")
    rest_url = servers["plain"][0] if "plain" in servers else None
    return calls.compare(console, calls.recordings(), psutil.Process(voice.pid), rest_url)


def _stock(home: Path, epochs: int) -> Path:
    """The plain configuration with so many epochs."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / "config.yml"
    path.write_text(STOCK.read_text(encoding="utf-8").replace("epochs: 100", f"epochs: {epochs}"), encoding="utf-8")
    return path


def _train(home: Path, more: list[str]) -> float:
    """Trains unless the data is unchanged; how long the training took, this time or when it was made, in seconds."""
    noted = home / "training.json"
    model = home / "bot" / "model.tar.gz"
    before = model.stat().st_mtime_ns if model.exists() else 0
    started = time.perf_counter()
    command = [str(bot_python()), "bot/train.py", "--home", str(home / "bot"), *more]
    subprocess.run(command, cwd=ROOT, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if model.stat().st_mtime_ns != before or not noted.exists():
        noted.write_text(json.dumps(round(time.perf_counter() - started, 1)))
    return json.loads(noted.read_text())


def _started(stack: Stack) -> dict[str, float]:
    """Start-up time of every process, measured by stopping and starting it once more."""
    seconds = {}
    for part in stack.parts:
        part.stop()
        began = time.perf_counter()
        part.start()
        _until_ready(part)
        seconds[part.name] = round(time.perf_counter() - began, 1)
    return {"startup_seconds": seconds}


def _until_ready(part: Child) -> None:
    while not part.is_ready():
        if part.ended() is not None:
            raise RuntimeError(f"{part.name} ended, see {part.log}")
        time.sleep(0.05)


def _plain_server(home: Path) -> Child:
    """A plain `rasa run` with its own REST channel, beside the same action server."""
    folder = home / "bot"
    (folder / "credentials.yml").write_text("rest:\n")
    (folder / "endpoints.yml").write_text(
        f"action_endpoint:\n  url: http://127.0.0.1:{settings().actions_port}/webhook\n"
    )
    port = lab.free_port()
    argv = [
        str(bot_python()), "-m", "rasa", "run", "--enable-api", "-i", lab.LOOPBACK, "-p", str(port),
        "-m", str(folder / "model.tar.gz"), "--credentials", str(folder / "credentials.yml"),
        "--endpoints", str(folder / "endpoints.yml"),
    ]  # fmt: skip
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    server = Child("plain", "plain Rasa", argv, port, "/status")
    server.start()
    return server


def _memory(part: Child) -> int:
    """Resident memory of a process and its children, in MB."""
    assert part.process is not None
    process = psutil.Process(part.process.pid)
    return round(sum(p.memory_info().rss for p in [process, *process.children(recursive=True)]) / 2**20)


def _accuracy(url: str) -> float:
    """Share of held-out sentences whose intent is right."""
    cases = load("utterances")
    right = 0
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as http:
        for case in cases:
            wanted = case["intent"] if isinstance(case["intent"], list) else [case["intent"]]
            right += http.post("/model/parse", json={"text": case["text"]}).json()["intent"]["name"] in wanted
    return round(right / len(cases), 4) if cases else 0.0


def _turns(servers: dict[str, tuple[str, Any]], console: Console) -> list[dict[str, Any]]:
    rows = []
    for kind, texts in KINDS.items():
        for conversations in CONVERSATIONS:
            for name, (url, ask) in servers.items():
                begin = known if ask is ask_rest else (lambda _name: None)
                console.print(f"{name}：{kind}，{conversations} 个对话")
                timing = asyncio.run(measure(url, ask, texts, conversations, TURNS[conversations], begin))
                rows.append({"server": name, "kind": kind, "conversations": conversations, **vars(timing)})
    return rows


def _show(figures: dict[str, Any], console: Console) -> None:
    for name in ("ours", "plain"):
        console.print(name, figures[name])
    if "calls" in figures:
        calls.show(figures["calls"], console)
    if "turns" not in figures:
        return
    table = Table("种类", "对话数", "谁", "p50 ms", "p95 ms", "每秒", "丢失", "普通/我们 p50")
    ours = {(r["kind"], r["conversations"]): r["p50"] for r in figures["turns"] if r["server"] == "ours"}
    for r in figures["turns"]:
        ratio = f"{r['p50'] / ours[(r['kind'], r['conversations'])]:.1f}" if r["server"] == "plain" else ""
        table.add_row(
            r["kind"], str(r["conversations"]), r["server"], f"{r['p50']:.1f}", f"{r['p95']:.1f}",
            f"{r['per_second']:.0f}", str(r["lost"]), ratio,
        )  # fmt: skip
    console.print(table)
