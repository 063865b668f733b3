"""The booking's own data: how slots are recognised and said back, people, parts of the day, wording by service."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from care.service_list import ServiceItem, anywhere, item

FOLDER = Path(__file__).resolve().parent.parent / "data" / "booking"


@lru_cache
def table(name: str) -> dict[str, Any]:
    """One file of care/data/booking."""
    with (FOLDER / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.safe_load(file)


def slot(name: str) -> dict[str, Any]:
    """How a particular is recognised and said back; empty for the slots every booking has."""
    return table("slots").get(name, {})


def values(name: str) -> dict[str, dict[str, Any]]:
    """The values of a particular by code (a yes or no becomes `true` / `false`)."""
    return {str(code).lower(): about for code, about in slot(name).get("values", {}).items()}


def relation(code: str) -> dict[str, Any]:
    """How a person booked for is spoken of."""
    relations = table("people")["relations"]
    return relations.get(code, relations["elder"])


def spoken_of(code: str, word: str) -> dict[str, Any]:
    """How a person is spoken of when the speaker's own word for them is known: 婆婆 → 您婆婆."""
    about = relation(code)
    return {**about, "you": f"您{word}"} if word and about.get("by_word") else about


def service_item(region: str, code: str) -> ServiceItem | None:
    """The service in its region; while the region is unknown, as the first region that has it offers it."""
    if not code:
        return None
    if region:
        return item(region, code)
    return next(iter(anywhere(code)), None)


def service_name(service: ServiceItem) -> str:
    """How a service is spoken of in passing."""
    return table("services")["names"].get(service.code, service.say_name)


def chosen(region: str, code: str) -> ServiceItem:
    """The service of a code that was found in the list before."""
    found = service_item(region, code)
    if found is None:
        raise LookupError(code)
    return found


def by_service(rows: dict[str, Any], service: ServiceItem | None) -> Any | None:
    """The entry for a service or its kind, if there is one."""
    if service is None:
        return rows.get("default")
    return rows.get(service.code, rows.get(service.kind, rows.get("default")))
