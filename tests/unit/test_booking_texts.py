"""The sentences of a booking: every one that the data names exists, and each can be heard."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from care.booking import data
from care.service_list import items, regions
from care.texts import FOLDER

TEXTS: dict[str, Any] = yaml.safe_load((FOLDER / "booking.yaml").read_text(encoding="utf-8"))
QUESTIONS = [key for key in TEXTS if key.startswith("ask_")]
FOR_THE_EAR = re.compile(r"[！!（()）·•【】\[\]<>*#]")


def spoken(entry: Any) -> list[str]:
    """What is said on each rung of an entry."""
    rungs = entry if isinstance(entry, list) else [entry]
    return [rung if isinstance(rung, str) else rung["say"] for rung in rungs]


@pytest.mark.parametrize("key", [key for key in TEXTS if "screen" not in key])
def test_nothing_spoken_has_signs_that_cannot_be_heard(key: str) -> None:
    for said in spoken(TEXTS[key]):
        assert not FOR_THE_EAR.search(re.sub(r"\{\w+\}", "", said))


@pytest.mark.parametrize("key", QUESTIONS)
def test_a_question_is_put_in_three_ways(key: str) -> None:
    said = spoken(TEXTS[key])
    assert len(said) == 3 and len(set(said)) == 3


@pytest.mark.parametrize("key", QUESTIONS)
def test_a_question_is_short_enough_to_be_heard(key: str) -> None:
    for said in spoken(TEXTS[key]):
        assert len(re.sub(r"\{\w+\}", "", said)) <= 42, said


@pytest.mark.parametrize("key", QUESTIONS)
def test_at_most_three_choices(key: str) -> None:
    for rung in TEXTS[key]:
        assert isinstance(rung, str) or len(rung.get("choices", ())) <= 3


def test_every_wording_that_the_data_names_exists() -> None:
    services = data.table("services")
    named = [key for rows in services["asks"].values() for key in rows.values()]
    named += [key + "_other" for key in services["others"]] + list(services["others"])
    named += [row["text"] for row in services["answers"]]
    named += list(services["place_as"].values()) + list(services["placed"].values())
    named += [f"ask_offered_{key}" for key in services["place_as"].values()]
    assert sorted(set(named) - set(TEXTS)) == []


def test_every_slot_of_the_service_list_has_a_question() -> None:
    slots = {slot for region in regions() for item in items(region) for slot in item.slots}
    slots |= {slot for extra in data.table("services")["extra_slots"].values() for slot in extra}
    assert sorted(slot for slot in slots if f"ask_{slot}" not in TEXTS) == []


def test_every_diet_of_the_service_list_can_be_said() -> None:
    diets = {diet for region in regions() for item in items(region) for diet in item.diets}
    assert diets <= set(data.values("diet"))


def test_every_illness_that_stops_a_service_can_be_said() -> None:
    stops = {flag for region in regions() for item in items(region) for flag in item.stops}
    assert stops <= set(data.values("health"))
