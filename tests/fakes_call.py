"""Stand-ins for everything around a call, and an event loop whose clock jumps instead of waiting.

A test is the caller: it speaks, presses keys, waits, and looks at what it heard and when.

    async def caller(c: Caller) -> None:
        await c.hears("您想办什么事")
        await c.says("我想订饭")
    run(call_with(desk), caller)
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from care.conversation.service import Message, Result
from care.reply import Choice, Command, Reply
from voice_gateway.audio import FRAME_BYTES, FRAME_MS
from voice_gateway.call.call import Call
from voice_gateway.call.house import Caller, Ended, House, Opening
from voice_gateway.leg import Event, Gone, Hold, Key, Leg, Sound
from voice_gateway.listening import EarFailed, Expectation, Partial, SpeechStarted, Unsure, Utterance

FRAME = FRAME_MS / 1000
A_HANZI = 60 / 140
"""Seconds that a hanzi sounds."""
PATIENCE = 1.2


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


@dataclass
class Heard:
    """A stretch of one text that the caller heard."""

    text: str
    at: float
    until: float
    whole: bool = False


class ScriptLeg:
    """A line whose other end is a test."""

    line: Literal["script"] = "script"
    can_transfer = True

    def __init__(self, caller: str = "13800000001", transfers: dict[str, bool] | None = None) -> None:
        self.id = "script-1"
        self.caller = caller
        self.called = "12349"
        self.transfers = transfers or {}
        self.tried: list[str] = []
        self.answered = 0.0
        self.hung_up = 0
        self.captions: list[tuple[str, str, bool]] = []
        self.frames: list[tuple[float, bytes]] = []
        self.broken: Exception | None = None
        self._events: asyncio.Queue[Event | Exception] = asyncio.Queue()

    async def answer(self) -> None:
        self.answered = asyncio.get_running_loop().time()

    async def events(self) -> AsyncIterator[Event]:
        while True:
            event = await self._events.get()
            if isinstance(event, Exception):
                raise event
            yield event
            if isinstance(event, Gone):
                return

    def happens(self, event: Event | Exception) -> None:
        self._events.put_nowait(event)

    def send(self, pcm: bytes) -> None:
        self.frames.append((asyncio.get_running_loop().time(), pcm))

    async def caption(self, who: Literal["caller", "hotline"], text: str, final: bool = True) -> None:
        self.captions.append((who, text, final))

    async def transfer(self, target: str, caption: str = "") -> bool:
        self.tried.append(target)
        await asyncio.sleep(4.0)
        taken = self.transfers.get(target, False)
        if taken:
            self.happens(Gone("transferred"))
        return taken

    async def hang_up(self) -> None:
        self.hung_up += 1

    def quality(self) -> dict[str, float]:
        return {"packets": float(len(self.frames))}


class FakeVoice:
    """Every hanzi sounds `A_HANZI` seconds at the usual pace; every frame tells which text it belongs to."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.asked: list[tuple[str, int, bool]] = []
        self.accents: dict[str, str] = {}
        """In which tongue each text was spoken last."""
        self.cannot = ""
        """A tongue that it fails in."""
        self.broken = False
        self.stuck = False
        self.stuck_after = 0
        """So many sentences of a text are made before it hangs; 0: it does not."""
        self.delay = 0.05

    async def speak(
        self, text: str, *, pace: int = 140, louder: bool = False, accent: str = "cmn"
    ) -> AsyncIterator[Any]:
        if accent == self.cannot:
            raise RuntimeError("no such voice")
        self.asked.append((text, pace, louder))
        self.accents[text] = accent
        if self.stuck:
            await asyncio.sleep(10_000)
        if self.broken:
            raise RuntimeError("no source")
        await asyncio.sleep(self.delay)
        for number, sentence in enumerate(_sentences(text)):
            if self.stuck_after and number >= self.stuck_after:
                await asyncio.sleep(10_000)
            frames = max(1, round(len(sentence) * A_HANZI * 140 / pace / FRAME))
            yield _Piece(self._mark(text) * frames, sentence)

    def _mark(self, text: str) -> bytes:
        if text not in self.texts:
            self.texts.append(text)
        return (1000 + self.texts.index(text)).to_bytes(2, "little") * (FRAME_BYTES // 2)

    def named(self, frame: bytes) -> str:
        """The text that a frame belongs to; empty for noise and tones."""
        number = int.from_bytes(frame[:2], "little") - 1000
        if frame == frame[:2] * (FRAME_BYTES // 2) and 0 <= number < len(self.texts):
            return self.texts[number]
        return ""


@dataclass(frozen=True)
class _Piece:
    pcm: bytes
    text: str
    source: str = "prepared"


def _sentences(text: str) -> list[str]:
    parts = text.replace("？", "？|").replace("。", "。|").split("|")
    return [part for part in parts if part]


class FakeEar:
    """Hears what the test put into the sound: a frame is a note of an event."""

    def __init__(self, hearing: FakeHearing) -> None:
        self._hearing = hearing
        self._notes = hearing.notes
        self.expectations: list[Expectation] = []
        self.half: Utterance | None = None
        self._seconds = 0.0

    def expect(self, expectation: Expectation) -> None:
        self.expectations.append(expectation)

    async def feed(self, pcm: bytes) -> list[Any]:
        if self._hearing.hangs:
            seconds, self._hearing.hangs = self._hearing.hangs, 0.0
            await asyncio.sleep(seconds)
            raise EarFailed("decoding does not end")
        if self._hearing.breaks():
            raise EarFailed("broken")
        self._seconds += FRAME
        found = self._notes.pop(pcm, [])
        events = []
        for event in found:
            if isinstance(event, Utterance):
                ended = self._seconds - PATIENCE
                event = replace(event, speech_started=ended - event.speech_ended, speech_ended=ended)
            events.append(event)
        return events

    def key(self) -> Utterance | None:
        half, self.half = self.half, None
        return half

    def reset(self) -> None: ...

    async def close(self) -> None: ...


class FakeHearing:
    """Makes the ears; `broken` breaks the present one and all later ones."""

    def __init__(self) -> None:
        self.notes: dict[bytes, list[Any]] = {}
        self.broken = False
        self.fails_once = False
        self.hangs = 0.0
        """Seconds that the next frame takes before its ear fails."""
        self.ears: list[FakeEar] = []

    def ear(self) -> Any:
        made = FakeEar(self)
        self.ears.append(made)
        return made

    def breaks(self) -> bool:
        """Whether the ear that hears now fails."""
        if self.fails_once:
            self.fails_once = False
            return True
        return self.broken


class FakeDesk:
    """Answers by text; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, Result | Exception] = {}
        self.delays: dict[str, float] = {}
        self.missed = 0

    def on(self, text: str, *says: str, state: str = "answered", choices: tuple[Choice, ...] = (),
           command: Command | None = None, trouble: str = "", delay: float = 0.1) -> None:  # fmt: skip
        """Decides the answer to a text."""
        replies = [Reply(say) for say in says]
        replies[-1] = replace(replies[-1], choices=choices)
        replies[0] = replace(replies[0], command=command)
        self.answers[text] = Result("script-1", replies, state, trouble=trouble)
        self.delays[text] = delay

    async def handle(self, message: Message) -> Result:
        self.asked.append(message.text)
        await asyncio.sleep(self.delays.get(message.text, 0.1))
        answer = self.answers.get(message.text) or Result("script-1", [Reply(f"好，{message.text}。")], "answered")
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def unheard(self, message: Message) -> Result:
        self.missed += 1
        return Result("script-1", [Reply(f"没听清第{self.missed}次。")], "unknown")


@dataclass
class FakeBook:
    """Remembers notes and ends."""

    caller: Caller = field(default_factory=Caller)
    delay: float = 0.0
    notes: list[tuple[str, str]] = field(default_factory=list)
    ends: list[Ended] = field(default_factory=list)

    async def begin(self, leg: Leg, opening: Opening) -> Caller:
        await asyncio.sleep(self.delay)
        return self.caller

    async def note(self, conversation: str, phone: str, why: str) -> None:
        self.notes.append((phone, why))

    async def end(self, call: str, ended: Ended) -> None:
        self.ends.append(ended)


class Person:
    """The test as the one who calls."""

    def __init__(self, leg: ScriptLeg, hearing: FakeHearing, voice: FakeVoice, finished: asyncio.Event) -> None:
        self.leg = leg
        self._hearing = hearing
        self._voice = voice
        self._finished = finished
        self._notes = 0
        self._heard: list[Heard] = []
        self._read = 0

    @property
    def now(self) -> float:
        return asyncio.get_running_loop().time()

    def heard(self) -> list[Heard]:
        """Everything heard so far: stretches of the same text; `whole` when nothing of it was cut off."""
        for at, frame in self.leg.frames[self._read :]:
            text = self._voice.named(frame)
            if not text:
                continue
            if self._heard and self._heard[-1].text == text and at - self._heard[-1].until < 2 * FRAME:
                self._heard[-1].until = at + FRAME
            else:
                self._heard.append(Heard(text, at, at + FRAME))
        self._read = len(self.leg.frames)
        for stretch in self._heard:
            stretch.whole = stretch.until - stretch.at > 0.9 * len(stretch.text) * A_HANZI
        return self._heard

    def texts(self) -> list[str]:
        return [h.text for h in self.heard()]

    async def hears(self, words: str, within: float = 60.0, after: float = 0.0) -> Heard:
        """Waits until something with these words begins to sound (after a moment)."""
        end = self.now + within
        while self.now < end:
            if found := next((h for h in self.heard() if words in h.text and h.at >= after), None):
                return found
            await asyncio.sleep(FRAME)
        raise AssertionError(f"“{words}” was not heard within {within} s, but: {self.texts()}")

    async def hears_out(self, words: str, within: float = 60.0, after: float = 0.0) -> Heard:
        """Waits until it has been said to its end."""
        found = await self.hears(words, within, after)
        while True:
            await asyncio.sleep(3 * FRAME)
            again = next(h for h in reversed(self.heard()) if h.text == found.text and h.at >= found.at - FRAME)
            if self.now - again.until > 2 * FRAME:
                return again

    async def quiet(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def says(
        self, text: str, seconds: float = 1.0, *, raw: str = "", unsure: str = "", partial: bool = True
    ) -> None:
        """Speaks, and is quiet until the turn is over."""
        await self.begins(text if partial else "")
        await asyncio.sleep(seconds)
        doubts = (Unsure("time", unsure),) if unsure else ()
        await asyncio.sleep(PATIENCE)
        self._sound(Utterance(text, raw or text, 0.9, doubts, 0.0, seconds))
        await asyncio.sleep(2 * FRAME)

    async def begins(self, partial: str = "") -> None:
        """Begins to make a sound."""
        self._sound(SpeechStarted(0.0), *([Partial(partial)] if partial else []))
        await asyncio.sleep(FRAME)

    async def goes_on(self, words: str, seconds: float = 0.0) -> None:
        """Says more: all words of the turn so far; then speaks without new words for a while."""
        self._sound(Partial(words))
        await asyncio.sleep(max(seconds, FRAME))

    async def stops(self, text: str, cut: bool = False) -> None:
        """The turn is over, with these words; `cut` at the limit for monologues, while the caller speaks on."""
        self._sound(Utterance(text, text, 0.9, (), 0.0, 1.0, cut))
        await asyncio.sleep(2 * FRAME)

    async def presses(self, keys: str, pause: float = 0.3) -> None:
        for key in keys:
            self.leg.happens(Key(key))
            await asyncio.sleep(pause)

    async def holds(self, seconds: float) -> None:
        self.leg.happens(Hold(True))
        await asyncio.sleep(seconds)
        self.leg.happens(Hold(False))

    async def hangs_up(self, reason: str = "bye") -> None:
        self.leg.happens(Gone(reason))
        await asyncio.sleep(FRAME)

    async def is_left(self, within: float = 120.0) -> None:
        """Waits until the hotline has ended the call."""
        await asyncio.wait_for(self._finished.wait(), within)

    def longest_silence(self, start: float = 0.0, end: float | None = None) -> float:
        """Seconds of the longest stretch in which nothing was said and nothing rang."""
        longest, since = 0.0, None
        for at, frame in self.leg.frames:
            if at < start or (end is not None and at > end):
                continue
            audible = bool(self._voice.named(frame)) or _loud(frame)
            since = None if audible else (at if since is None else since)
            if since is not None:
                longest = max(longest, at - since)
        return longest

    def _sound(self, *events: Any) -> None:
        self._notes += 1
        frame = b"note" + self._notes.to_bytes(4, "little") + bytes(FRAME_BYTES - 8)
        self._hearing.notes[frame] = list(events)
        self.leg.happens(Sound(frame))


def _loud(frame: bytes) -> bool:
    return max(abs(int.from_bytes(frame[i : i + 2], "little", signed=True)) for i in range(0, 40, 2)) > 300


@dataclass
class Scene:
    """One call with everything around it faked."""

    desk: FakeDesk = field(default_factory=FakeDesk)
    voice: FakeVoice = field(default_factory=FakeVoice)
    hearing: FakeHearing = field(default_factory=FakeHearing)
    book: FakeBook = field(default_factory=FakeBook)
    leg: ScriptLeg | None = None
    opening: Opening = field(default_factory=Opening)
    house: dict[str, Any] = field(default_factory=dict)
    stop_when_done: bool = True
    task: asyncio.Task[None] | None = None

    def play(self, part: Callable[[Person], Awaitable[None]]) -> Person:
        """Runs the call with the test's part of it; afterwards the caller hangs up if the call still goes on."""
        return run_jumping(self._play(part))

    async def _play(self, part: Callable[[Person], Awaitable[None]]) -> Person:
        self.leg = self.leg or ScriptLeg()
        house = House(self.desk, self.hearing, self.voice, self.book, **self.house)
        await house.standby.prepare(self.voice)
        self.voice.asked.clear()
        finished = asyncio.Event()
        person = Person(self.leg, self.hearing, self.voice, finished)
        self.task = asyncio.create_task(self._whole(Call(self.leg, house, self.opening), finished))
        sound = asyncio.create_task(self._line_noise())
        await part(person)
        if not finished.is_set():
            await person.hangs_up()
        await asyncio.wait_for(finished.wait(), 60)
        sound.cancel()
        return person

    @staticmethod
    async def _whole(call: Call, finished: asyncio.Event) -> None:
        try:
            await call.run()
        finally:
            finished.set()

    async def _line_noise(self) -> None:
        assert self.leg
        while True:
            self.leg.happens(Sound(bytes(FRAME_BYTES)))
            await asyncio.sleep(FRAME)
