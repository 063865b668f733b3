"""The benefit that the last answer offered to apply for."""

from __future__ import annotations

from care.conversation.model import Conversation
from care.eligibility.rules import benefits


def offered(conversation: Conversation) -> str:
    """The benefit that was offered with the last answer; empty when none was."""
    said = conversation.last_replies[-1] if conversation.last_replies else {}
    wishes = " ".join(choice["value"] for choice in said.get("choices") or ())
    return next((code for code, one in benefits().items() if one.book and one.title in wishes), "")
