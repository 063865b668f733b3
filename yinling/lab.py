"""A whole product of its own for measuring and testing: temporary home, free ports, fixed clock, all processes."""

from __future__ import annotations

import os
import random
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from care import db
from care.settings import settings
from yinling.processes import LOOPBACK, Stack
from yinling.setup import prepare_database, train_bot

NOW = "2026-11-25T10:00:00"
"""A Wednesday morning; every expectation in the held-out sets is written for it."""


SOUND_PORTS = 200
"""Ports for sound of one such product."""
SOUND_FROM, SOUND_TO = 41000, 60000


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """A port that nobody uses at this moment."""
    with socket.socket(type=kind) as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


def ports() -> dict[str, str]:
    """Free ports for every process of a product, as settings."""
    taken = {f"CARE_{name}_PORT": str(free_port()) for name in ("WEB", "BOT", "ACTIONS", "VOICE")}
    return {**taken, "CARE_SIP_PORT": str(free_port(socket.SOCK_DGRAM))}


def _telephone() -> dict[str, str]:
    """Settings of a telephone that disturbs no other on this machine."""
    first = random.randrange(SOUND_FROM, SOUND_TO, SOUND_PORTS)
    return {
        "CARE_SIP_HOST": LOOPBACK,
        "CARE_RTP_FIRST": str(first),
        "CARE_RTP_LAST": str(first + SOUND_PORTS - 1),
    }


@contextmanager
def environment(home: Path, now: str | None = NOW) -> Iterator[None]:
    """Points this process and its children to a home and ports of their own, and back again afterwards."""
    wanted = {
        "CARE_HOME": str(home),
        "CARE_DATABASE_URL": "",
        "CARE_HOST": LOOPBACK,
        **ports(),
        **_telephone(),
        **({"CARE_NOW": now} if now else {}),
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    _forget()
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
        _forget()


def _forget() -> None:
    if db.engine.cache_info().currsize:
        db.forget_engine()
    settings.cache_clear()


@contextmanager
def running(model_from: Path | None = None, now: str | None = NOW) -> Iterator[Stack]:
    """A running product with an empty, seeded database.

    Args:
        model_from: home whose trained model is used if it is up to date, so that nothing is trained twice.
    """
    with tempfile.TemporaryDirectory(prefix="yinling-") as folder:
        home = Path(folder)
        if model_from and (model_from / "bot").is_dir():
            shutil.copytree(model_from / "bot", home / "bot", ignore=shutil.ignore_patterns(".training-*"))
        with environment(home, now):
            prepare_database()
            train_bot()
            if model_from:
                (model_from / "bot").mkdir(parents=True, exist_ok=True)
                for made in (home / "bot").glob("model.*"):
                    shutil.copy2(made, model_from / "bot" / made.name)
            stack = Stack()
            try:
                stack.start(lambda _text: None)
                yield stack
            finally:
                stack.stop()
