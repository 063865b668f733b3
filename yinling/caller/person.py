"""The person who calls: hears when the hotline has finished, decides by the script, speaks or presses keys."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import vosk

from care.clock import utc_now
from voice_gateway.audio import FRAME_MS, FRAME_SAMPLES, RATE
from voice_gateway.sip.caller import Caller, Channel
from yinling.caller.captions import Caption
from yinling.caller.script import Line, choose

LOUD = 250
"""Peak of a frame, of 32767, from which the hotline is speaking."""
QUIET = 0.9
"""Seconds of silence after which the hotline has finished."""
LONGEST_WAIT = 20.0
"""Seconds without a word of the hotline after which the caller gives up."""
STRAYED = 3
"""So many turns of the hotline in a row to which the script has no answer end the call."""
INTERRUPTS_AFTER = 0.8
"""Seconds of the hotline's sentence that an impatient caller hears."""
CUT_SHARE = 0.6
"""Share of the sentence after which a caller hangs up in the middle of it."""


class Listener:
    """Follows the far end: who is speaking since when, and what was said."""

    def __init__(self, model: vosk.Model | None) -> None:
        self._recogniser = vosk.KaldiRecognizer(model, RATE) if model else None
        self._text: list[str] = []
        self.began: float | None = None
        """When the hotline began to speak in this turn; None while it has said nothing."""
        self.last_sound = 0.0
        self.now = 0.0

    def frame(self, pcm: bytes, moment: float) -> None:
        """Takes 20 ms of the far end."""
        self.now = moment
        if np.abs(np.frombuffer(pcm, "<i2").astype(np.int32)).max(initial=0) > LOUD:
            self.began = moment if self.began is None else self.began
            self.last_sound = moment + FRAME_MS / 1000
        if self._recogniser and self._recogniser.AcceptWaveform(pcm):
            self._text.append(json.loads(self._recogniser.Result())["text"])

    @property
    def finished(self) -> bool:
        """Whether the hotline has spoken and stopped."""
        return self.began is not None and self.now - self.last_sound >= QUIET

    def text(self) -> str:
        """What was said in this turn so far."""
        if self._recogniser:
            self._text.append(json.loads(self._recogniser.FinalResult())["text"])
        return "".join(self._text).replace(" ", "").replace("[unk]", "…")

    def next_turn(self) -> None:
        """Forgets what was said; what follows belongs to the next turn."""
        self._text.clear()
        self.began = None
        if self._recogniser:
            self._recogniser.Reset()


@dataclass
class Report:
    """How a test call went."""

    began: datetime = field(default_factory=utc_now)
    """When it was placed, as the hotline's records count."""
    captions: list[Caption] = field(default_factory=list)
    left: list[Line] = field(default_factory=list)
    """Lines of the script for which there was no occasion."""
    hung_up_by_hotline: bool = False
    seconds: float = 0.0
    recording: np.ndarray = field(default_factory=lambda: np.zeros((0, 2), np.int16))
    referred_to: list[str] = field(default_factory=list)

    @property
    def heard(self) -> str:
        """Everything that the hotline said."""
        return "\n".join(caption.text for caption in self.captions if caption.who == "热线")


class Person:
    """Holds calls by a script."""

    def __init__(
        self,
        script: list[Line],
        sound: Callable[[Line], bytes],
        model: vosk.Model | None,
        tell: Callable[[Caption], None] = lambda _caption: None,
        overhears: Callable[[], str] = lambda: "",
    ) -> None:
        """Args:
        sound: gives the PCM of what a line says.
        model: to hear with; without one the script goes by its order alone.
        tell: shows each caption as it comes up.
        overhears: the hotline's last answer by its own record; the ear alone knows what the telephone adds to it.
        """
        self._lines = list(script)
        self._sound = sound
        self._listener = Listener(model)
        self._tell = tell
        self._overhears = overhears
        self._report = Report()
        self._spoke: float | None = None

    async def call(
        self, target: str, number: str = "13800000001", channel: Channel | None = None, refer: int = 501
    ) -> Report:
        """Calls, follows the script to its end, hangs up unless the hotline does.

        Raises:
            NotAnswered: the hotline did not take the call.
        """
        caller = Caller(target, number=number, channel=channel, on_far=self._listener.frame, refer=refer)
        async with caller as line:
            strayed = 0
            while not line.gone.is_set() and strayed < STRAYED:
                impatient = bool(self._lines) and self._lines[0].interrupts
                if not await self._hotline_speaks(line, impatient):
                    break
                heard = self._listener.text()
                doing = choose(self._lines, f"{self._overhears()}，{heard}")
                if doing is None and not impatient and not self._lines:
                    self._note(heard)
                    break
                if doing is None:
                    strayed += 1
                    self._note(heard)
                    continue
                strayed = 0
                self._note(heard)
                self._lines.remove(doing)
                await self._do(doing, line)
            await self._listen_to_the_end(line)
            self._report.hung_up_by_hotline = line.gone.is_set()
            self._report.seconds = line.seconds
        self._report.left = self._lines
        self._report.recording = caller.recording
        self._report.referred_to = caller.referred_to
        return self._report

    async def _hotline_speaks(self, line: Caller, impatient: bool) -> bool:
        """Waits until the hotline has said something and stopped (or is well into it); False if it says nothing."""
        since = line.seconds
        while not line.gone.is_set():
            listener = self._listener
            if impatient and listener.began is not None and line.seconds - listener.began > INTERRUPTS_AFTER:
                return True
            if listener.finished:
                return True
            if listener.began is None and line.seconds - since > LONGEST_WAIT:
                return False
            await asyncio.sleep(FRAME_MS / 1000)
        return self._listener.began is not None

    async def _do(self, doing: Line, line: Caller) -> None:
        started = line.seconds
        if doing.press:
            for digit in doing.press:
                await line.press(digit)
            await line.wait(0.1)
            self._show(Caption("来电", f"［按键 {doing.press}］", started, line.seconds))
        elif doing.wait:
            self._show(Caption("来电", "［不出声］", started, started + doing.wait))
            await line.wait(doing.wait)
        elif doing.say or doing.sound:
            pcm = self._sound(doing)
            self._show(Caption("来电", doing.say or f"［{doing.sound}］", started, started + len(pcm) / 2 / RATE))
            if doing.hang_up:
                pcm = pcm[: int(len(pcm) * CUT_SHARE) // (2 * FRAME_SAMPLES) * 2 * FRAME_SAMPLES]
            await line.play(pcm)
            self._listener.next_turn()  # what the hotline still said meanwhile belongs to the turn that was broken into
        self._spoke = line.seconds
        if doing.hang_up:
            await line.hang_up()

    async def _listen_to_the_end(self, line: Caller) -> None:
        """Hears the last words out before hanging up, if any are to come."""
        if not line.gone.is_set() and await self._hotline_speaks(line, False) or self._listener.began is not None:
            self._note(self._listener.text())

    def _note(self, heard: str) -> None:
        listener = self._listener
        if listener.began is not None:
            after = listener.began - self._spoke if self._spoke is not None and listener.began >= self._spoke else None
            self._show(Caption("热线", heard, listener.began, listener.last_sound, after))
            self._spoke = None
        listener.next_turn()

    def _show(self, caption: Caption) -> None:
        self._report.captions.append(caption)
        self._tell(caption)
