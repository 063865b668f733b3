"""The whole product, running once for all integration tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from care.settings import ROOT
from yinling import lab
from yinling.evaluate.talk import Talk, client
from yinling.processes import Child, Stack


@pytest.fixture(scope="session")
def product() -> Iterator[Stack]:
    """All processes, with an empty database and the clock at 2026-11-25 10:00."""
    with lab.running(Path(os.environ.get("CARE_HOME") or ROOT / "var")) as stack:
        yield stack


@pytest.fixture
def http(product: Stack) -> Iterator[httpx.Client]:
    """A connection to the chat interface."""
    with client() as opened:
        yield opened


@pytest.fixture
def talk(http: httpx.Client) -> Talk:
    """A new conversation."""
    return Talk(http)


def part(product: Stack, name: str) -> Child:
    """One process of the product."""
    return next(p for p in product.parts if p.name == name)
