"""The plain telephone to compare with: record until Vosk's own end of speech, plain Rasa, pyttsx3 to a file, play it.

Run as a process of its own; writes one line of JSON for each turn: milliseconds of `waiting` and of `machine`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import soundfile
import vosk

from care.settings import settings
from voice_gateway.audio import FRAME_BYTES, FRAME_MS, RATE, SILENCE
from voice_gateway.leg import Leg, Sound
from voice_gateway.sip.line import Line
from voice_gateway.speaking.ear_text import for_the_ear
from voice_gateway.speaking.live import LiveSpeech

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

    async def run(self) -> None:
        """Answers, and turn by turn records, asks, speaks."""
        await self._leg.answer()
        await self._play(await self._speech(GREETING))
        events = self._leg.events()
        last_loud = time.perf_counter()
        async for event in events:
            if not isinstance(event, Sound):
                continue
            self._leg.send(SILENCE)
            if max(memoryview(event.pcm).cast("h"), default=0) > LOUD:
                last_loud = time.perf_counter()
            if not self._recogniser.AcceptWaveform(event.pcm):
                continue
            text = json.loads(self._recogniser.Result())["text"].replace(" ", "")
            if text:
                await self._answer(text, last_loud)

    async def _answer(self, text: str, last_loud: float) -> None:
        decided = time.perf_counter()
        body = {"sender": f"{self._leg.id}#0", "message": text}
        answers = (await self._rest.post("/webhooks/rest/webhook", json=body)).json()
        pcm = await self._speech("".join(a.get("text") or "" for a in answers) or GREETING)
        times = {"waiting": (decided - last_loud) * 1000, "machine": (time.perf_counter() - decided) * 1000}
        print(json.dumps({name: round(value) for name, value in times.items()}), flush=True)
        await self._play(pcm)

    async def _speech(self, text: str) -> bytes:
        """pyttsx3 speaks the whole text into a file; one at a time, for two at once end the process."""
        async with self._speaking:
            sound = await self._voice.speak(for_the_ear(text), RATE_OF_SPEECH)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "speech.wav"
            soundfile.write(path, sound, RATE)
            return soundfile.read(path, dtype="int16")[0].tobytes()

    async def _play(self, pcm: bytes) -> None:
        due = time.perf_counter()
        for start in range(0, len(pcm), FRAME_BYTES):
            self._leg.send(pcm[start : start + FRAME_BYTES].ljust(FRAME_BYTES, b"\0"))
            due += FRAME_MS / 1000
            await asyncio.sleep(max(0.0, due - time.perf_counter()))


async def serve(rest_url: str) -> None:
    """Takes calls at the configured SIP port until the process is ended."""
    vosk.SetLogLevel(-1)
    model = vosk.Model(str(settings().speech_model))
    speaking = asyncio.Lock()
    voice = LiveSpeech(children=1)
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
