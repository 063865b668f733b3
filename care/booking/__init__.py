"""Booking of services, and applications for them, as a dialogue."""

from care.booking.claims import claims
from care.booking.dialogue import task

__all__ = ["claims", "task"]
