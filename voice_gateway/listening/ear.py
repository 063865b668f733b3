"""The ear of a call: sound goes in frame by frame; turns come out, recognised and repaired.

`Hearing` belongs to the process (one model, a few threads that decode); an `Ear` belongs to one call. Voice activity
and timing are decided on the event loop, which costs about 0.1 ms for each 32 ms of sound; decoding happens in the
threads, one piece at a time for each call, and only while somebody speaks.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from typing import TypeVar

import structlog

from care import regions
from care.settings import settings
from voice_gateway import audio
from voice_gateway.listening import expect, model, pauses
from voice_gateway.listening.activity import CHUNK_SECONDS, VoiceActivity
from voice_gateway.listening.expect import Expectation
from voice_gateway.listening.phrases import ADDRESSED, OPEN
from voice_gateway.listening.recogniser import Heard, Recogniser, without_unknown
from voice_gateway.listening.repair import Repaired, Unsure, repair
from voice_gateway.listening.turns import Began, Ended, Interrupted, TurnTaker

log = structlog.get_logger(__name__)

T = TypeVar("T")

BEFORE = 0.5
"""Seconds of sound before the first voice that the recogniser hears too: soft beginnings of words."""
PIECE = 0.1
"""Seconds of sound decoded at a time."""
SETTLED = 0.7
"""Seconds of silence after speech that are decoded; Vosk needs 0.5 s to close a stretch. More waits for the next voice."""
BYTES_A_SECOND = 2 * audio.RATE
MOST_WAITING = 1.0
"""Seconds of sound that may wait for decoding before `feed` waits too."""
LONGEST_WAIT = 5.0
"""Seconds after which decoding counts as broken."""
LEAST_VOICED = 0.3
"""Seconds of voice from which a turn without words is told of; less was a cough or a click."""
MOST_THREADS = 4


class EarFailed(Exception):
    """The recogniser broke; the call must go on without speech."""


@dataclass(frozen=True)
class SpeechStarted:
    """The caller is speaking and means it: the hotline's own speech should stop."""

    at: float
    """Seconds of call audio."""


@dataclass(frozen=True)
class Partial:
    """Words heard so far in the open turn."""

    text: str


@dataclass(frozen=True)
class Utterance:
    """One turn of the caller."""

    text: str
    """Repaired, without blanks, with a comma where the caller paused; empty when nothing was understood."""
    raw: str
    """As recognised, words divided by blanks."""
    confidence: float
    """0 to 1."""
    unsure: tuple[Unsure, ...] = ()
    """Answers to confirm before they are believed."""
    speech_started: float = 0.0
    """Seconds of call audio."""
    speech_ended: float = 0.0
    """Seconds of call audio; the silence after it is waiting by design."""
    cut: bool = False
    """The turn reached the limit for monologues; the caller may still be speaking."""
    by_key: bool = False
    """A key ended the turn; the words are those known at that moment."""


EarEvent = SpeechStarted | Partial | Utterance


@dataclass(frozen=True)
class _Found:
    """What a turn says, if nothing more is said in it."""

    heard: Heard
    repaired: Repaired
    expectation: Expectation


class Hearing:
    """What all ears of a process share."""

    def __init__(self, folder: Path | None = None, threads: int | None = None) -> None:
        """Nothing is loaded yet.

        Args:
            folder: of the model; the configured one if none is given.
            threads: that decode; by default one for each processor, four at most.
        """
        self._folder = folder or settings().speech_model
        self._threads = threads or min(MOST_THREADS, os.cpu_count() or 1)
        self._pool = self._new_pool()
        self._model: model.SpeechModel | None = None

    def _new_pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._threads, thread_name_prefix="listening")

    async def ready(self) -> None:
        """Loads the model.

        Raises:
            ModelError: the configured folder is no model that can be used.
        """
        self._model = await self.run(model.loaded, self._folder)
        await self.run(expect.warm)
        await self.run(self._model.prepare, [phrases for slot in OPEN if (phrases := Expectation(asking=slot).phrases)])
        # Nobody waits for these, and no decoding may wait behind them.
        Thread(target=self._prepare_towns, args=(self._model,), name="towns", daemon=True).start()

    @staticmethod
    def _prepare_towns(made: model.SpeechModel) -> None:
        """The addresses of each town, which calls are heard with once theirs is known."""
        made.prepare([Expectation(asking=ADDRESSED, region=town.id).phrases for town in regions.regions()])

    def ear(self) -> Ear:
        """An ear for one call.

        Raises:
            EarFailed: the model is not loaded or makes no recogniser.
        """
        if self._model is None:
            raise EarFailed("the speech model is not loaded")
        try:
            return Ear(self, Recogniser(self._model))
        except Exception as error:
            raise EarFailed(str(error)) from error

    async def run(self, work: Callable[..., T], *given: object) -> T:
        """Runs work in the threads."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *given)

    def renew(self) -> None:
        """Gives the other calls fresh threads when one hangs; the hanging one cannot be stopped."""
        log.error("listening_thread_hangs")
        self._pool.shutdown(wait=False, cancel_futures=False)
        self._pool = self._new_pool()

    def close(self) -> None:
        """Lets the threads go."""
        self._pool.shutdown(wait=False, cancel_futures=True)


class Ear:
    """Hears one caller."""

    def __init__(self, hearing: Hearing, recogniser: Recogniser, turns: TurnTaker | None = None) -> None:
        self._hearing = hearing
        self._recogniser = recogniser
        self._activity = VoiceActivity()
        self._turns = turns or TurnTaker()
        self._expectation = Expectation()
        self._before: deque[bytes] = deque(maxlen=round(BEFORE * 1000 / audio.FRAME_MS))
        self._waiting = bytearray()
        self._voiced = 0.0
        self._quiet = 0.0
        self._fresh = False
        self._job: asyncio.Task[str | _Found] | None = None
        """The one thing that the threads do for this ear."""
        self._found: _Found | None = None
        self._words = ""
        self._told = ""

    def expect(self, expectation: Expectation) -> None:
        """Sets what was just asked; grammar from the next turn on, patience and repair at once."""
        self._expectation = expectation
        self._turns.patience(expectation.patience(self._words))

    async def feed(self, pcm: bytes) -> list[EarEvent]:
        """Takes one frame of the caller's sound.

        Raises:
            EarFailed: the recogniser broke.
        """
        events: list[EarEvent] = []
        was_open = self._turns.open
        if was_open:
            self._waiting += pcm
        else:
            self._before.append(pcm)
        for chunk in self._activity.feed(pcm):
            self._quiet = 0.0 if chunk.voice else self._quiet + CHUNK_SECONDS
            if chunk.voice:
                self._voiced += CHUNK_SECONDS
            for sign in self._turns.step(chunk.end - CHUNK_SECONDS, chunk.end, chunk.voice):
                match sign:
                    case Began():
                        self._open()
                    case Interrupted(at=at):
                        events.append(SpeechStarted(at))
                    case Ended():
                        events += await self._close(sign)
        if self._turns.open:
            await self._decode_some()
            if self._words != self._told:
                self._told = self._words
                events.append(Partial(without_unknown(self._words)))
        return events

    def key(self) -> Utterance | None:
        """A key was pressed: ends the open turn with the words known by now; none when nobody was speaking."""
        ended = self._turns.stop()
        if ended is None:
            return None
        heard, self._words = self._words, ""
        self._forget()
        repaired = repair(heard, (), self._expectation)
        return self._utterance(ended, heard, repaired, by_key=True) if repaired.text else None

    def reset(self) -> None:
        """Forgets what is half heard."""
        self._turns.close()
        self._forget()

    async def close(self) -> None:
        """The call is over."""
        self.reset()
        if self._job:
            await asyncio.wait([self._job], timeout=LONGEST_WAIT)

    def _open(self) -> None:
        self._waiting = bytearray(b"".join(self._before))
        self._before.clear()
        self._fresh = True
        self._found = None
        self._words = self._told = ""
        self._turns.patience(self._expectation.patience(""))

    def _forget(self) -> None:
        self._before.clear()
        self._waiting.clear()
        self._voiced = 0.0
        self._fresh = False
        self._found = None
        self._words = self._told = ""

    async def _decode_some(self) -> None:
        """Starts on the next piece if the last one is done. In a long silence nothing is left but to make out what was
        said, so that it is known by the time the silence has lasted long enough to end the turn."""
        if self._job:
            if not self._job.done() and len(self._waiting) < MOST_WAITING * BYTES_A_SECOND:
                return
            await self._take_over()
        if self._quiet > SETTLED:
            if not self._is_found():
                self._job = self._finding()
        elif len(self._waiting) >= PIECE * BYTES_A_SECOND:
            self._found = None
            self._job = asyncio.create_task(self._hearing.run(self._decode, *self._piece()))
            await asyncio.sleep(0)

    async def _take_over(self) -> None:
        """Waits for what the threads do, and takes over what came of it."""
        if self._job:
            result, self._job = await self._finished(self._job), None
            if self._fresh:  # it belongs to a turn that is over
                return
            if isinstance(result, _Found):
                self._found = result
            else:
                self._words = result
                self._turns.patience(self._expectation.patience(result))

    def _is_found(self) -> bool:
        """Whether it is known what the turn says: nothing was said since, and the question is the same."""
        return self._found is not None and not self._voiced and self._found.expectation == self._expectation

    def _finding(self) -> asyncio.Task[str | _Found]:
        """Begins to make out what was said."""
        expectation = self._expectation
        rest = self._piece() if self._voiced or not self._found else None

        def find() -> _Found:
            if rest:
                self._decode(*rest)
            heard = self._recogniser.finish()
            repaired = repair(heard.text, heard.free + heard.held, expectation)
            return _Found(heard, replace(repaired, text=pauses.written(repaired.text, heard.free, expectation)), expectation)

        return asyncio.create_task(self._hearing.run(find))

    async def _finished(self, work: Awaitable[T]) -> T:
        """The result of work in the threads.

        Raises:
            EarFailed: it failed or does not end.
        """
        try:
            return await asyncio.wait_for(work, LONGEST_WAIT)
        except TimeoutError as error:
            self._hearing.renew()
            raise EarFailed("decoding does not end") from error
        except Exception as error:
            raise EarFailed(str(error)) from error

    def _piece(self) -> tuple[bytes, float, Expectation | None]:
        """What is to be decoded next: sound, seconds of voice in it, and for a new turn what is expected."""
        piece = (bytes(self._waiting), self._voiced, self._expectation if self._fresh else None)
        self._waiting.clear()
        self._voiced = 0.0
        self._fresh = False
        return piece

    def _decode(self, pcm: bytes, voiced: float, new: Expectation | None) -> str:
        if new is not None:
            anywhere = replace(new, region="") if new.open and new.region else None
            self._recogniser.begin(new.phrases, anywhere.phrases if anywhere else ())
            new.prepare()
        return self._recogniser.accept(pcm, voiced)

    async def _close(self, ended: Ended) -> list[EarEvent]:
        """The turn is over: what was said in it."""
        await self._take_over()
        if not self._is_found():
            self._job = self._finding()
            await self._take_over()
        found = self._found
        assert found
        heard, repaired = found.heard, found.repaired
        self._forget()
        if not repaired.text and ended.voiced < LEAST_VOICED:
            return []
        return [self._utterance(ended, heard.text, repaired)]

    @staticmethod
    def _utterance(ended: Ended, raw: str, repaired: Repaired, by_key: bool = False) -> Utterance:
        return Utterance(
            repaired.text, raw, repaired.confidence, repaired.unsure, ended.began, ended.ended, ended.cut, by_key
        )
