"""The plain telephone to compare with: record until Vosk's own end of speech, plain Rasa, pyttsx3 to a file, play it.

It has the same rules, actions and database as ours, so that it says the same things. Run as a process of its own; writes
one line of JSON for each turn: the caller's number, and milliseconds of `waiting` and of `machine`, which mean what they
mean for ours: the machine's time begins when the sound came that ended the turn, and ends when the first sound of the
answer can leave.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import soundfile
import vosk

from care.settings import settings
from voice_gateway.audio import FRAME_BYTES, FRAME_MS, RATE, SILENCE
from voice_gateway.leg import Leg, Sound
from voice_gateway.sip.line import Line
from voice_gateway.speaking.ear_text import for_the_ear
from voice_gateway.speaking.live import LiveSpeech
from yinling.bench.load import known

GREETING = "您好"
RATE_OF_SPEECH = 160
"""Words a minute as espeak-ng counts them: about 144 hanzi."""
LOUD = 500
"""Peak of a frame from which the caller is taken to be speaking, to know when the speech ended."""


class PlainCall:
    """One call of the plain pipeline."""

    def __init__(
        self, leg: Leg, model: vosk.Model, rest: httpx.AsyncClient, speaking: asyncio.Lock, voice: LiveSpeech
    ) -> None:
        self._leg = leg
        self._voice = voice
        self._recogniser = vosk.KaldiRecognizer(model, RATE)
        self._rest = rest
        self._speaking = speaking
        self._frames: asyncio.Queue[tuple[bytes, float] | None] = asyncio.Queue()
        self._recording = False
        self._playing = False

    async def run(self) -> None:
        """Answers, and turn by turn records, asks, speaks."""
        await self._leg.answer()
        await asyncio.to_thread(known, self._leg.id)
        reading = asyncio.create_task(self._read())
        await self._play(await self._speech(GREETING))
        self._recording = True
        last_loud = time.perf_counter()
        while frame := await self._frames.get():
            pcm, came = frame
            if max(memoryview(pcm).cast("h"), default=0) > LOUD:
                last_loud = came
            if not self._recogniser.AcceptWaveform(pcm):
                continue
            text = json.loads(self._recogniser.Result())["text"].replace(" ", "")
            if text:
                await self._answer(text, last_loud, came)
        await reading

    async def _read(self) -> None:
        """Takes the caller's sound while it records; the line is never silent meanwhile."""
        async for event in self._leg.events():
            if isinstance(event, Sound):
                if self._recording:
                    self._frames.put_nowait((event.pcm, time.perf_counter()))
                if not self._playing:
                    self._leg.send(SILENCE)
        self._frames.put_nowait(None)

    async def _answer(self, text: str, last_loud: float, decided: float) -> None:
        self._recording = False
        while not self._frames.empty():
            if self._frames.get_nowait() is None:
                self._frames.put_nowait(None)
                return
        body = {"sender": f"{self._leg.id}#0", "message": text}
        answers = (await self._rest.post("/webhooks/rest/webhook", json=body)).json()
        pcm = await self._speech("".join(map(_said, answers)) or GREETING)
        times = {"waiting": (decided - last_loud) * 1000, "machine": (time.perf_counter() - decided) * 1000}
        print(
            json.dumps({"caller": self._leg.caller} | {name: round(value) for name, value in times.items()}), flush=True
        )
        await self._play(pcm)
        self._recording = True

    async def _speech(self, text: str) -> bytes:
        """pyttsx3 speaks the whole text into a file; one at a time, for two at once end the process."""
        async with self._speaking:
            sound = await self._voice.speak(for_the_ear(text), RATE_OF_SPEECH)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "speech.wav"
            soundfile.write(path, sound, RATE)
            return soundfile.read(path, dtype="int16")[0].tobytes()

    async def _play(self, pcm: bytes) -> None:
        self._playing = True
        due = time.perf_counter()
        for start in range(0, len(pcm), FRAME_BYTES):
            self._leg.send(pcm[start : start + FRAME_BYTES].ljust(FRAME_BYTES, b"\0"))
            due += FRAME_MS / 1000
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
        self._playing = False


def _said(answer: dict[str, Any]) -> str:
    """What one message of the bot says: its text, or the replies of an action."""
    replies = (answer.get("custom") or {}).get("replies", ())
    return answer.get("text") or "".join(reply["say"] for reply in replies)


async def serve(rest_url: str) -> None:
    """Takes calls at the configured SIP port until the process is ended."""
    vosk.SetLogLevel(-1)
    model = vosk.Model(str(settings().speech_model))
    speaking = asyncio.Lock()
    voice = LiveSpeech(children=1, kept=0)
    await voice.warm()
    async with httpx.AsyncClient(base_url=rest_url, timeout=60, trust_env=False) as rest:
        line = Line(lambda leg: PlainCall(leg, model, rest, speaking, voice).run(), settings())
        await line.start()
        print("ready", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("rest")
    asyncio.run(serve(arguments.parse_args().rest))
