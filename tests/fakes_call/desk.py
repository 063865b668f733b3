"""A desk that answers by text, and the books of the telephone."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

from care.conversation.service import Message, Result
from care.reply import Choice, Command, Reply
from voice_gateway.call.house import Caller, Ended, Opening
from voice_gateway.leg import Leg


class FakeDesk:
    """Answers by text; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.cut_short: list[bool] = []
        """Of each of these, whether the caller spoke into the answer before."""
        self.answers: dict[str, Result | Exception] = {}
        self.delays: dict[str, float] = {}
        self.missed = 0

    def on(self, text: str, *says: str, state: str = "answered", choices: tuple[Choice, ...] = (),
           command: Command | None = None, trouble: str = "", delay: float = 0.1, again: str = "", region: str = "") -> None:  # fmt: skip
        """Decides the answer to a text."""
        replies = [Reply(say) for say in says]
        replies[-1] = replace(replies[-1], choices=choices)
        replies[0] = replace(replies[0], command=command)
        replies[-1] = replace(replies[-1], again=again)
        self.answers[text] = Result("script-1", replies, state, trouble=trouble, region=region)
        self.delays[text] = delay

    async def handle(self, message: Message) -> Result:
        self.asked.append(message.text)
        self.cut_short.append(message.cut_short)
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
