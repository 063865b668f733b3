"""Not understood, and told so (你没听懂, 怎么老问这个): the question in another way, and the second time people.

Only words that tell nothing else are met here; what is said along (我说的是洗澡) is an answer like any other. The ways of
saying it stand in `care/data/reproaches.yaml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from care.conversation.hearing import bare
from care.conversation.model import Conversation
from care.handover import human
from care.reply import Outcome
from care.tasks import TASKS
from care.texts import reply
from care.turn import Turn

DATA = Path(__file__).parents[1] / "data" / "reproaches.yaml"
MEMORY = "reproached"
"""How often in this conversation."""
ELSE = 1
"""Characters beside a reproach that still tell nothing."""


@lru_cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What says it, and what may stand around it."""
    data: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return re.compile("|".join(f"(?:{core})" for core in data["cores"])), re.compile(data["fillers"])


def is_reproach(text: str) -> bool:
    """Whether words say that the speaker was not understood, and nothing else."""
    core, filler = _words()
    words = bare(text)
    return bool(core.search(words)) and len(filler.sub("", core.sub("", words))) <= ELSE


def met(session: Session, conversation: Conversation, turn: Turn) -> Outcome | None:
    """An apology and another way to go on, then people; nothing where the words are no reproach."""
    if not is_reproach(turn.text):
        return None
    times = conversation.recall(MEMORY, 0)
    conversation.remember(**{MEMORY: times + 1})
    if times:
        return human(session, conversation, turn)
    if conversation.task not in TASKS:
        return Outcome([reply("conversation.sorry_idle")], "unknown")
    asked = TASKS[conversation.task].ask(session, conversation, False)
    return Outcome([reply("conversation.sorry"), *asked.replies], asked.state, asked.order)
