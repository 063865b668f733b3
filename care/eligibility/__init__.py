"""Eligibility: does somebody fall into a group that a document names, and what is missing to know it."""

from __future__ import annotations

from care.eligibility import afterwards, grade
from care.eligibility.application import leave
from care.eligibility.claims import at_a_loss, claims, concerns, of_another_matter, tells_of_case
from care.eligibility.dialogue import task
from care.eligibility.verdict import Citation, Verdict, check

__all__ = ["Citation", "Verdict", "afterwards", "at_a_loss", "check", "claims", "concerns", "grade", "leave", "of_another_matter", "task", "tells_of_case"]
