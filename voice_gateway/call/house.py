"""What all calls of one process share, and what one call is told when it begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from care.conversation.accent import MANDARIN
from care.conversation.manners import RATE_DEFAULT
from care.conversation.service import Message, Result
from care.reply import Reply
from voice_gateway.call.ladders import Patience
from voice_gateway.call.mouth import Standby, Voice
from voice_gateway.leg import Leg
from voice_gateway.listening import Ear


class Desk(Protocol):
    """What answers a turn (`care.conversation.service.Desk`)."""

    async def handle(self, message: Message) -> Result:
        """One turn in words."""

    async def unheard(self, message: Message) -> Result:
        """One turn whose words could not be made out."""


class Hearing(Protocol):
    """What gives each call its ear (`voice_gateway.listening.Hearing`)."""

    def ear(self) -> Ear:
        """A new one."""


@dataclass(frozen=True)
class Caller:
    """What is known of a caller when the call begins."""

    pace: int = RATE_DEFAULT
    louder: bool = False
    region: str = ""
    accent: str = MANDARIN
    hint: Reply | None = None
    """How to be spoken to in Cantonese, or in Mandarin again."""
    offer: Reply | None = None
    """A booking that was broken off last time, offered to be gone on with."""


@dataclass(frozen=True)
class Opening:
    """How a call begins."""

    direction: Literal["in", "out"] = "in"
    purpose: str = ""
    """Of an outgoing call: `callback`, `test` …; its greeting is `call.outgoing_<purpose>`."""
    phone: str = ""
    """The other side's number, if it is not the leg's caller."""


@dataclass(frozen=True)
class Ended:
    """What is recorded when a call is over."""

    outcome: str
    """`finished`, `hung_up`, `transferred`, `silent`, `limit`, `broken`, `stopped`."""
    reason: str
    """How the line ended (`voice_gateway.leg.Gone.reason`), or `hotline`."""
    figures: dict[str, Any]
    line: dict[str, float]
    keep_audio: bool = False


class Book(Protocol):
    """The records of calls (`voice_gateway.call.book.Book`); nothing in it ever raises or takes long."""

    async def begin(self, leg: Leg, opening: Opening) -> Caller:
        """Records that a call begins."""

    async def note(self, conversation: str, phone: str, why: str) -> None:
        """Makes sure that somebody calls back; also when the database is down."""

    async def end(self, call: str, ended: Ended) -> None:
        """Records how a call ended."""


@dataclass(frozen=True)
class House:
    """Shared by all calls."""

    desk: Desk
    hearing: Hearing
    voice: Voice
    book: Book
    standby: Standby = field(default_factory=Standby)
    patience: Patience = field(default_factory=Patience)
    operators: tuple[str, ...] = ()
    """Numbers or addresses of people who take over, in order."""
    on_duty: Callable[[], bool] = lambda: True
    max_minutes: float = 30.0
    keep_audio_days: int = 0
