"""Booking of services, and applications for them, as a dialogue."""

from care.booking import later
from care.booking.carried import keep as remember_told
from care.booking.claims import claims
from care.booking.confirm import agreed_again
from care.booking.dialogue import task
from care.booking.draft import region_of
from care.booking.offered import before as takes_up
from care.booking.offered import declines, guess, taken_with, wants_it
from care.booking.pauses import rest as after_pause
from care.booking.telephone import told_to_people as number_told
from care.booking.wished import told_for

__all__ = [
    "after_pause",
    "agreed_again",
    "claims",
    "declines",
    "guess",
    "later",
    "number_told",
    "region_of",
    "remember_told",
    "taken_with",
    "takes_up",
    "task",
    "told_for",
    "wants_it",
]
