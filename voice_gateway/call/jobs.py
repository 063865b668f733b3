"""What is to be done in one call, one thing at a time: what comes in meanwhile waits, and ends what is being said."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import structlog

from care.logs import where
from voice_gateway.call import happenings as it
from voice_gateway.call.figures import Figures, TurnTimes
from voice_gateway.call.playback import Playback
from voice_gateway.call.turns import Stage, Turns

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Job:
    """One thing to do."""

    run: Callable[[], Awaitable[None]]
    words: str = ""
    """Of a turn: what was said; turns that wait are taken together."""
    times: TurnTimes | None = None
    since: float | None = None
    """The moment from which the caller waits for it; none when they said and pressed nothing."""


class Jobs:
    """Runs the jobs of one call; each end is told as `JobDone`."""

    def __init__(self, turns: Turns, playback: Playback, figures: Figures, post: Callable[[Any], None]) -> None:
        self._turns = turns
        self._playback = playback
        self._figures = figures
        self._post = post
        self._waiting: deque[Job] = deque()
        self._task: asyncio.Task[None] | None = None
        self.number = 0
        """Of the job that runs, or ran last."""

    def submit(self, job: Job) -> None:
        """Does a job next; what is being said ends for it."""
        if job.words and self._waiting and self._waiting[-1].words and job.times:
            words, times = f"{self._waiting.pop().words}，{job.words}", job.times
            job = replace(job, run=lambda: self._turns.take(words, times), words=words)
        self.later(job)
        self._turns.more_to_come = True
        if self._turns.stage is Stage.IDLE:
            self.next()
        elif self._turns.stage is Stage.SPEAKING:
            if self._playback.speaking:
                self._figures.interruptions += 1
            self._playback.stop()

    def later(self, job: Job) -> None:
        """Does a job when all others are done; nothing ends for it."""
        self._waiting.append(job)

    def at_once(self, job: Job) -> None:
        """Does a job now; whatever waits is dropped, and what runs is not waited for."""
        self._waiting.clear()
        self._begin(job)

    def next(self) -> bool:
        """Begins the job that has waited longest; whether there was one."""
        if self._waiting:
            self._begin(self._waiting.popleft())
            return True
        return False

    async def close(self) -> None:
        """Ends the job that runs."""
        if self._task and not self._task.done():
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _begin(self, job: Job) -> None:
        self.number += 1
        waited = asyncio.get_running_loop().time() - job.since if job.since is not None else 0.0
        self._turns.begin(self.number, more=bool(self._waiting), waited=waited)
        self._task = asyncio.create_task(self._run(job, self.number))

    async def _run(self, job: Job, number: int) -> None:
        try:
            await job.run()
        except Exception as error:  # a fault of ours: the caller still gets a sentence and a person
            log.error("call_job_failed", error=where(error))
            self._figures.faults.append("call")
            await self._turns.way_out()
        finally:
            self._post(it.JobDone(number))
