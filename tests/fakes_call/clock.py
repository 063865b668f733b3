"""An event loop whose clock jumps instead of waiting."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable
from typing import Any


class JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop whose time stands still while anything can be done, and then jumps to the next timer."""

    def __init__(self) -> None:
        super().__init__()
        self._moment = 0.0

    def time(self) -> float:
        return self._moment

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]
            while self._scheduled and self._scheduled[0]._cancelled:  # type: ignore[attr-defined]
                gone = heapq.heappop(self._scheduled)  # type: ignore[attr-defined]
                gone._scheduled = False
                self._timer_cancelled_count -= 1  # type: ignore[attr-defined]
            if self._scheduled:  # type: ignore[attr-defined]
                self._moment = max(self._moment, self._scheduled[0]._when)  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]


def run_jumping(work: Awaitable[Any], limit: float = 3600.0) -> Any:
    """Runs a coroutine on a jumping clock; fails when it takes longer than `limit` seconds of that clock."""
    loop = JumpingLoop()
    try:
        return loop.run_until_complete(asyncio.wait_for(work, limit))
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left))
        loop.close()
