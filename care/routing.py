"""Which capability a turn belongs to, when it is not the one that the bot chose.

The bot goes by how a sentence sounds; some sound like one thing and are about another. Each capability knows its own such
words (`claims`); they are asked here, in order, once a turn, before anything answers.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from care import booking, company, eligibility, policy
from care.conversation.model import Conversation
from care.reply import Outcome
from care.turn import Turn

Claims = Callable[[Conversation, Turn], bool]
Answer = Callable[[Session, Conversation, Turn], Outcome]

BOOKING, COMPANY, ELIGIBILITY, POLICY = "booking", "company", "eligibility", "policy"
CLAIMS: tuple[tuple[str, Claims], ...] = (
    (COMPANY, company.claims),
    (BOOKING, booking.claims),
    (ELIGIBILITY, eligibility.claims),
    (POLICY, policy.claims),
)
"""What was offered a moment ago first; then somebody's own case, which is also about a policy."""
TASKS = frozenset({BOOKING, ELIGIBILITY})
"""Of these the ones that answer as a task, step by step."""
ANSWERS: dict[str, Answer] = {COMPANY: company.accept, POLICY: policy.answer}
"""And those that answer at once."""


def claimed_by(conversation: Conversation, turn: Turn, chosen: str = "") -> str:
    """The capability that takes these words from the one the bot chose; empty when none does.

    Args:
        chosen: the capability that has the turn now; it need not claim it.
    """
    return next((name for name, claims in CLAIMS if name != chosen and claims(conversation, turn)), "")
