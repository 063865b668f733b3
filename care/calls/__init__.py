"""Telephone calls: their record, call-backs that must not be lost, outgoing calls, sound that expires."""

from care.calls.callbacks import leave_note, take_up_notes
from care.calls.model import CallRecord
from care.calls.outgoing import may_be_called, placed_today
from care.calls.record import Known, begin, end, failed_to_reach, of_phone, transcript
from care.calls.sound import expire, path

__all__ = [
    "CallRecord", "Known", "begin", "end", "expire", "failed_to_reach", "leave_note", "may_be_called", "of_phone", "path",
    "placed_today", "take_up_notes", "transcript",
]  # fmt: skip
