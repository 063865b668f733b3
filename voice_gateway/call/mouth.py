"""Says texts to one caller, at their pace and loudness and in their tongue; knows the sentences that must always be at hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from functools import lru_cache
from typing import Protocol

import structlog

from care.conversation.accent import CANTONESE, MANDARIN
from care.conversation.manners import RATE_DEFAULT, RATE_LIMITS, RATE_STEP
from care.texts import phrase, reply
from voice_gateway.call.playback import Playback, Speech

log = structlog.get_logger(__name__)

ALWAYS = (
    "slow", "quiet_listening", "quiet_there", "quiet_there_no_phone", "quiet_goodbye", "quiet_goodbye_no_phone", "ear_broken",
    "broken", "broken_no_phone", "broken_handing_over", "limit_warning", "limit_goodbye", "stopping", "transfer_failed",
    "transfer_failed_no_phone", "transfer_duty_failed", "bye", "welcome_back", "callback_promised",
)  # fmt: skip
"""Sentences of `care/texts/call.yaml` that are kept ready as sound, so that nothing can delay them."""
FILLERS = 3
ONLY_IN = {"way_back": MANDARIN, "offer": CANTONESE}
"""Sentences of `care/texts/accent.yaml` that must be understood by those who do not understand what else is spoken."""


class Piece(Protocol):
    """A stretch of sound, at most a sentence."""

    pcm: bytes


class Voice(Protocol):
    """What speaks (`voice_gateway.speaking.Voice`)."""

    def speak(self, text: str, *, pace: int, louder: bool, accent: str) -> AsyncIterator[Piece]:
        """The text sentence by sentence."""


class Standby:
    """The sound of the sentences that must always be at hand; made once when the process starts."""

    def __init__(self) -> None:
        self._sound: dict[tuple[str, str], list[bytes]] = {}

    async def prepare(self, voice: Voice) -> None:
        """Makes all of them, those of every call first; one that cannot be made is made when it is needed."""
        texts = [phrase("call.greeting"), *(reply("call.filler", attempt=rung).say for rung in range(FILLERS))]
        texts += [phrase(f"call.{name}") for name in ALWAYS]
        texts += [phrase("accent.way_back"), phrase("accent.cantonese"), phrase("accent.mandarin")]
        texts += [reply("call.quiet_emergency", attempt=rung).say for rung in range(FILLERS)]
        for accent in (MANDARIN, CANTONESE):
            for text in (text for text in texts if _only_in().get(text, accent) == accent):
                try:
                    spoken = voice.speak(text, pace=RATE_DEFAULT, louder=False, accent=accent)
                    self._sound[accent, text] = [piece.pcm async for piece in spoken]
                except Exception as error:  # one sentence less at hand is no reason not to start
                    log.error("standby_sentence", accent=accent, error=type(error).__name__)

    def sound(self, text: str, accent: str = MANDARIN) -> list[bytes]:
        """The pieces of a sentence; empty when it is not at hand."""
        return self._sound.get((accent, text), [])


class Mouth:
    """Speaks on one call."""

    def __init__(self, voice: Voice, playback: Playback, standby: Standby) -> None:
        self._voice = voice
        self._playback = playback
        self._standby = standby
        self._making: set[asyncio.Task[None]] = set()
        self.pace = RATE_DEFAULT
        """Hanzi a minute."""
        self.louder = False
        self.accent = MANDARIN

    def say(
        self,
        texts: Iterable[str],
        *,
        interruptible: bool = True,
        slower: bool = False,
        on_start: Callable[[], None] | None = None,
    ) -> Speech:
        """Begins to say texts one after the other, after what is being said.

        Args:
            interruptible: whether the caller's voice stops it.
            slower: a step slower than usual.
            on_start: called when the first of it sounds.
        """
        said = [text for text in texts if text]
        speech = Speech("".join(said), interruptible, on_start)
        self._playback.play(speech)
        pace = max(RATE_LIMITS[0], self.pace - RATE_STEP) if slower else self.pace
        task = asyncio.create_task(self._make(speech, said, pace))
        self._making.add(task)
        task.add_done_callback(self._making.discard)
        return speech

    def at_once(self, text: str, *, first: bool = False, interruptible: bool = True) -> Speech:
        """Says a sentence that is kept ready; `first`: before whatever is still to be said."""
        sound = self._standby.sound(text, self._spoken_in(text)) or self._standby.sound(text)
        if not sound:
            return self.say([text], interruptible=interruptible)
        speech = Speech(text, interruptible)
        for piece in sound:
            speech.feed(piece)
        speech.close()
        self._playback.play(speech, first)
        return speech

    def change_pace(self, step: int) -> None:
        """Faster (1) or slower (-1) from now on."""
        self.pace = max(RATE_LIMITS[0], min(RATE_LIMITS[1], self.pace + step * RATE_STEP))

    async def close(self) -> None:
        """Makes nothing more."""
        for task in self._making:
            task.cancel()
        await asyncio.gather(*self._making, return_exceptions=True)

    def _spoken_in(self, text: str) -> str:
        return _only_in().get(text, self.accent)

    async def _make(self, speech: Speech, texts: list[str], pace: int) -> None:
        try:
            for text in texts:
                await self._make_one(speech, text, pace, self._spoken_in(text))
                speech.text_over()
        except asyncio.CancelledError:
            speech.failed = not speech.interrupted
            raise
        except Exception as error:  # every source failed; the call says so in sounds that are at hand
            log.error("speaking_failed", error=type(error).__name__)
            speech.failed = True
        finally:
            speech.close()

    async def _make_one(self, speech: Speech, text: str, pace: int, accent: str) -> None:
        if ready := self._standby.sound(text, accent) if pace == RATE_DEFAULT and not self.louder else []:
            for pcm in ready:
                speech.feed(pcm)
            return
        fed = False
        try:
            async for piece in self._voice.speak(text, pace=pace, louder=self.louder, accent=accent):
                if speech.interrupted:
                    return
                speech.feed(piece.pcm)
                fed = True
        except Exception as error:
            if accent == MANDARIN or fed:
                raise
            log.error("accent_failed", accent=accent, error=type(error).__name__)
            await self._make_one(speech, text, pace, MANDARIN)  # prepared, so it rarely fails


@lru_cache
def _only_in() -> dict[str, str]:
    return {phrase(f"accent.{name}"): accent for name, accent in ONLY_IN.items()}
