"""The child process that drives pyttsx3 on espeak-ng: one request at a time on stdin, its sound on stdout.

A request is one line of JSON: {"text", "voice", "rate"}. The answer is one line of JSON, {"rate", "bytes"} or {"error"},
followed by so many bytes of 16-bit mono sound. espeak-ng (GPL-3) is loaded in this process only.

pyttsx3 2.99 returns from `runAndWait` before it is done, may leave no file or an empty one (measured; the first long
text of a process always), and may start on the text or the rate of the request before. So the child waits for the
driver to be silent, looks at what was really said and what came out, and where that is not what was asked for it asks
the same library directly.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import time
import wave
from pathlib import Path
from typing import Any, BinaryIO

import espeakng_loader

WARM_UP = "你好"
PATIENCE = 1.5
"""Longest wait in seconds for pyttsx3; it needs 20 to 40 ms for a sentence."""
TICK = 0.005
HEADER = 44
"""Bytes of a wav file without sound."""


class Speaker:
    """pyttsx3 with espeak-ng, and espeak-ng by itself."""

    def __init__(self) -> None:
        os.environ["ESPEAK_DATA_PATH"] = str(Path(espeakng_loader.get_data_path()).parent)
        ctypes.CDLL(espeakng_loader.get_library_path(), ctypes.RTLD_GLOBAL)
        import pyttsx3  # finds the library that was just loaded
        from pyttsx3.drivers import _espeak

        self._library = _espeak
        self._engine = pyttsx3.init("espeak")
        self._driver = self._engine.proxy._driver
        self._said: list[tuple[str, int]] = []
        self._watch_driver()
        self._file = os.memfd_create("speech")
        self.speak(WARM_UP, "sit/cmn", 150)

    def speak(self, text: str, voice: str, rate: int) -> tuple[int, bytes]:
        """Sampling rate and sound of a text."""
        made = self._by_pyttsx3(text, voice, rate)
        return made if made[1] else self._directly(text, voice, rate)

    def _watch_driver(self) -> None:
        """Notes which text the driver really begins, and at which rate."""
        begin = self._driver._start_synthesis

        def noted(text: str) -> None:
            self._said.append((text, self._library.GetParameter(self._library.RATE)))
            begin(text)

        self._driver._start_synthesis = noted

    def _by_pyttsx3(self, text: str, voice: str, rate: int) -> tuple[int, bytes]:
        path = self._new_file()
        self._said.clear()
        self._driver._text_to_say = None
        self._engine.setProperty("voice", voice)
        self._engine.setProperty("rate", rate)
        self._engine.save_to_file(text, str(path))
        self._engine.runAndWait()
        end = time.monotonic() + PATIENCE
        while self._driver._speaking and time.monotonic() < end:
            self._driver.iterate()
            time.sleep(TICK)
        try:
            if self._said != [(text, rate)] or path.stat().st_size <= HEADER:
                return 0, b""
            with wave.open(str(path)) as sound:
                return sound.getframerate(), sound.readframes(sound.getnframes())
        except (OSError, EOFError, wave.Error):
            return 0, b""

    def _new_file(self) -> Path:
        """A file in memory: names and addresses touch no disk, and nothing is left of a child that is killed. Another one
        for each request, so that what comes late for one is not taken for the next."""
        before, self._file = self._file, os.memfd_create("speech")
        os.close(before)
        return Path(f"/proc/self/fd/{self._file}")

    def _directly(self, text: str, voice: str, rate: int) -> tuple[int, bytes]:
        """The same library without pyttsx3 in between."""
        sound = bytearray()

        def take(samples: Any, count: int, _events: Any) -> int:
            if count > 0:
                sound.extend(ctypes.string_at(samples, 2 * count))
            return 0

        library = self._library
        try:
            library.SetSynthCallback(take)
            library.SetVoiceByName(voice.encode())
            library.SetParameter(library.RATE, rate, 0)
            library.Synth(text.encode(), flags=library.ENDPAUSE | library.CHARS_UTF8)
            library.Synchronize()
        finally:
            library.SetSynthCallback(self._driver._onSynth)
        return 22050, bytes(sound)


def serve(requests: BinaryIO, answers: BinaryIO, speaker: Speaker) -> None:
    """Answers until stdin closes."""
    for line in requests:
        try:
            asked = json.loads(line)
            rate, sound = speaker.speak(str(asked["text"]), str(asked["voice"]), int(asked["rate"]))
            head: dict[str, object] = {"rate": rate, "bytes": len(sound)}
        except Exception as error:  # the parent decides what to do; the next request is not affected
            head, sound = {"error": f"{type(error).__name__}: {error}", "bytes": 0}, b""
        answers.write(json.dumps(head).encode() + b"\n" + sound)
        answers.flush()


def main() -> None:
    """Keeps the real stdout for answers; pyttsx3 prints to stdout as it likes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    speaker = Speaker()
    answers.write(b'{"ready": true, "bytes": 0}\n')
    answers.flush()
    serve(sys.stdin.buffer, answers, speaker)


if __name__ == "__main__":
    main()
