"""Call-backs that must not be lost: a ticket at once, or a note on disk until the database takes it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from care.conversation.model import Conversation
from care.db import unit_of_work
from care.handover import open_ticket
from care.settings import settings
from care.texts import phrase

log = structlog.get_logger(__name__)


def leave_note(call: str, phone: str, why: str) -> None:
    """Makes sure that somebody calls back; never raises.

    Args:
        call: its id, for the ticket's transcript.
        phone: whom to call; without it there is nothing to do.
        why: `silence`, `wished`, `broken`, `lost`, `error` …; a text `call.why_<why>`.
    """
    if not phone:
        return
    try:
        _ticket(call, phone, why)
    except SQLAlchemyError as error:
        log.error("note_kept_on_disk", error=type(error).__name__)
        _keep({"call": call, "phone": phone, "why": why})


def take_up_notes() -> int:
    """Turns the notes on disk into tickets; gives how many. What the database does not take yet stays."""
    notes = _read()
    taken = 0
    for note in notes:
        try:
            _ticket(note["call"], note["phone"], note["why"])
        except SQLAlchemyError:
            break
        taken += 1
    if taken:
        _replace(notes[taken:])
    return taken


def _ticket(call: str, phone: str, why: str) -> None:
    with unit_of_work() as session:
        open_ticket(session, "callback", session.get(Conversation, call), phrase(f"call.why_{why}"), phone)


def _file() -> Path:
    return settings().home / "calls" / "callbacks.jsonl"


def _keep(note: dict[str, str]) -> None:
    try:
        _file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(json.dumps(note, ensure_ascii=False) + "\n")
    except OSError as error:
        log.critical("note_lost", error=type(error).__name__)


def _read() -> list[dict[str, str]]:
    try:
        lines = _file().read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    return [json.loads(line) for line in lines if line.strip()]


def _replace(notes: list[dict[str, str]]) -> None:
    if not notes:
        _file().unlink(missing_ok=True)
        return
    fresh = _file().with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(note, ensure_ascii=False) + "\n" for note in notes)
    fresh.replace(_file())
