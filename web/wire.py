"""Reads what comes over the wire: a bounded JSON body, and the fields of a chat message, each checked."""

from __future__ import annotations

import asyncio
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.requests import ClientDisconnect

from web.refusals import Refusal

MAX_BODY = 64 * 1024  # bytes: the longest text even when every character comes as a \u escape
MAX_TEXT = 4000  # characters; what is longer than the assistant takes in at once is its own matter to say
BODY_SECONDS = 15.0
CHANNELS = ("web", "wechat", "phone", "family", "test")
FIELDS = ("conversation", "text", "channel", "caller", "message_id")

IDENTIFIER = re.compile(r"[!-~]{1,80}")
PHONE = re.compile(r"\d{3,20}")
PHONE_NOISE = re.compile(r"^\+?86(?=1\d{10}$)|[\s\-()]")


@dataclass(frozen=True)
class Incoming:
    """A chat message as the interface takes it."""

    conversation: str
    text: str
    channel: str
    phone: str | None
    message_id: str
    """Empty when the sender gave none."""


async def json_body(request: Request) -> Any:
    """The JSON of a request.

    Raises:
        Refusal: 415 not declared as JSON, 413 too big, 408 too slow, 400 not JSON.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refusal(415, "wrong_type")
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > MAX_BODY:
        raise Refusal(413, "too_big")
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_BODY:
                    raise Refusal(413, "too_big")
    except TimeoutError:
        raise Refusal(408, "slow") from None
    except ClientDisconnect:
        raise Refusal(400, "not_json") from None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal(400, "not_json") from None


def incoming(data: Any) -> Incoming:
    """A checked chat message.

    Raises:
        Refusal: 422 naming the field that is wrong, 413 for a text beyond `MAX_TEXT`.
    """
    if not isinstance(data, dict):
        raise Refusal(422, "not_object")
    for field in data:
        if field not in FIELDS:
            raise Refusal(422, "unknown_field", field=_printable(field)[:40])
    for field in ("conversation", "text"):
        if field not in data:
            raise Refusal(422, "missing", field=field)
    channel = data.get("channel", "web")
    if channel not in CHANNELS:
        raise Refusal(422, "channel")
    return Incoming(
        conversation=_identifier(data["conversation"], "conversation"),
        text=_text(data["text"]),
        channel=channel,
        phone=_caller(data.get("caller")),
        message_id=_identifier(data["message_id"], "message_id")
        if data.get("message_id") is not None
        else "",
    )


def phone_number(value: Any) -> str:
    """A telephone number as digits, without country code, spaces or hyphens.

    Raises:
        Refusal: 422.
    """
    digits = PHONE_NOISE.sub("", PHONE_NOISE.sub("", value)) if isinstance(value, str) else ""
    if not PHONE.fullmatch(digits) or not digits.isascii():
        raise Refusal(422, "phone")
    return digits


def _identifier(value: Any, field: str) -> str:
    if not isinstance(value, str) or not IDENTIFIER.fullmatch(value):
        raise Refusal(422, field)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Refusal(422, "text")
    if len(value) > MAX_TEXT:
        raise Refusal(413, "too_big")
    text = _printable(value).strip()
    if not text:
        raise Refusal(422, "empty")
    return text


def _caller(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, dict) or set(value) != {"phone"}:
        raise Refusal(422, "caller")
    return phone_number(value["phone"])


def _printable(text: str) -> str:
    """Without control characters (line breaks stay) and halves of broken characters, which no store takes."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
