"""Booking of services, and applications for them, as a dialogue."""

from care.booking.carried import keep as remember_told
from care.booking.claims import claims
from care.booking.confirm import agreed_again
from care.booking.dialogue import task
from care.booking.offered import only_wants_it, taken_with
from care.booking.offered import wish as offers

__all__ = ["agreed_again", "claims", "offers", "only_wants_it", "remember_told", "taken_with", "task"]
