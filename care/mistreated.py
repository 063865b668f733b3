"""Somebody who is hurt, starved, locked up or robbed by the family: warm words, who has to help, and a human.

How people tell it stands in `care/data/mistreated.yaml`; what happens this moment with injuries is an emergency (`care.emergency`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.reply import Outcome
from care.texts import reply
from care.turn import Turn

DATA = Path(__file__).parent / "data" / "mistreated.yaml"
TOLD = "mistreated"
"""Memory key: how often it was told in this conversation."""


@lru_cache
def _told() -> tuple[re.Pattern[str], ...]:
    data: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    words = {f"<{name}>": data[name] for name in ("family", "elder")}
    return tuple(re.compile(re.sub("<family>|<elder>", lambda m: words[m[0]], told)) for told in data["told"])


def tells(text: str) -> bool:
    """Whether the words tell that the family treats an elder badly (儿媳妇天天骂我不给饭吃)."""
    return any(told.search(text) for told in _told())


def claims(conversation: Conversation, turn: Turn) -> bool:
    """Whether the words are about that, whatever the bot took them for; an emergency goes before."""
    return turn.intent != "emergency" and tells(turn.text)


def answer(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """That it is not their fault, 110 where it happens now, the committee that must help, and the offer of a call."""
    times = conversation.recall(TOLD, 0)
    conversation.remember(**{TOLD: times + 1})
    return Outcome([reply("mistreated.told", attempt=times)], "answered")
