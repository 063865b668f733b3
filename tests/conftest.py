"""Fixtures shared by all tests: a fixed clock and a database of one's own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from care import db
from care.conversation.model import Conversation
from care.schema import upgrade
from care.settings import ROOT, settings
from care.turn import Entity, Turn
from yinling import lab
from yinling.processes import Stack

NOW = "2026-11-25T10:00:00"  # a Wednesday


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fixes the clock at `NOW`."""
    monkeypatch.setenv("CARE_NOW", NOW)
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database without data, to copy."""
    home = tmp_path_factory.mktemp("empty")
    with lab.environment(home):
        upgrade()
        db.forget_engine()
    return home / "yinling.db"


@pytest.fixture
def database(empty_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: None) -> Iterator[None]:
    """An empty, migrated SQLite database in a folder of its own."""
    monkeypatch.setenv("CARE_HOME", str(tmp_path))
    monkeypatch.delenv("CARE_DATABASE_URL", raising=False)
    settings.cache_clear()
    db.forget_engine()
    shutil.copy(empty_database, tmp_path / "yinling.db")
    yield
    db.forget_engine()
    settings.cache_clear()


@pytest.fixture
def session(database: None) -> Iterator[Session]:
    """An open unit of work on the test database."""
    with db.unit_of_work() as opened:
        yield opened


@pytest.fixture
def conversation(session: Session) -> Conversation:
    """A fresh chat with nobody known."""
    made = Conversation(id="c1", channel="test", drafts={}, memory={}, state="idle", misses=0, region="")
    session.add(made)
    session.flush()
    return made


@pytest.fixture(scope="session")
def product() -> Iterator[Stack]:
    """The whole product, running once for all tests that use it: all processes, with an empty database and the clock at 2026-11-25 10:00."""
    with lab.running(Path(os.environ.get("CARE_HOME") or ROOT / "var")) as stack:
        yield stack


def said(text: str, intent: str = "inform", /, message_id: str = "", **entities: object) -> Turn:
    """A turn as the bot would have understood it: `said("后天中午", time={...})`; a list gives several entities."""
    found = tuple(
        Entity(kind, value, str(value))
        for kind, values in entities.items()
        for value in (values if isinstance(values, list) else [values])
    )
    return Turn("c1", text, intent, 0.99, found, message_id or f"m-{text}-{intent}", "test")
