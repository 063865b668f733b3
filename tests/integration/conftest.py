"""A caller of the running product."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from yinling.evaluate.talk import Talk, client
from yinling.processes import Child, Stack


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
