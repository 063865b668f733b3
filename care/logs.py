"""Logs without personal data: no text, phone, address, order number; conversations only as fingerprints."""

from __future__ import annotations

import hashlib
import logging
import sys
import traceback

import structlog

from care.settings import settings


def configure() -> None:
    """Sets structlog up for this process, unless the process did so already."""
    if structlog.is_configured():
        return
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[settings().log_level]
        ),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def quiet_access_log() -> None:
    """Stops uvicorn from writing addresses and query strings (`?phone=…`); our own line replaces them."""
    logger = logging.getLogger("uvicorn.access")
    if _nothing not in logger.filters:
        logger.addFilter(_nothing)


def fingerprint(conversation: str) -> str:
    """A short mark that tells conversations apart and reveals nothing."""
    return hashlib.sha256(conversation.encode()).hexdigest()[:10]


def where(error: BaseException) -> str:
    """Type and place of an error; its message is left out because it may quote what a person said."""
    frames = traceback.extract_tb(error.__traceback__)
    last = f" {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{last}"


def _nothing(_record: logging.LogRecord) -> bool:
    return False
