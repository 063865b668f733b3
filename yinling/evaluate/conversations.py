"""Answers and dialogues through the chat interface: policies, eligibility, whole conversations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from yinling.evaluate.heldout import Score, load, missing
from yinling.evaluate.talk import Talk, order

MOST_QUESTIONS = 8


def policies(http: httpx.Client, progress: Callable[[], None]) -> Score:
    """Right facts of the right region, and an honest "unknown" where the documents are silent.

    A question back for the region is answered from the case.
    """
    score = Score()
    for case in load("policy"):
        talk = Talk(http)
        talk.say(case["question"])
        if talk.state == "asking_region" and case.get("region"):
            talk.say(case["region"])
        faults = missing(talk.answer, case)
        if case.get("state") and talk.state != case["state"]:
            faults.append(f"状态应为 {case['state']}，却是 {talk.state}")
        score.add(not faults, _report(case["question"], faults, talk))
        progress()
    return score


def eligibilities(http: httpx.Client, progress: Callable[[], None]) -> Score:
    """The right result after only the questions that matter, each answered from the case's facts."""
    score = Score()
    for case in load("eligibility"):
        talk = Talk(http)
        talk.say(case["ask"])
        for _ in range(MOST_QUESTIONS):
            if not talk.state.startswith("asking_"):
                break
            talk.say(case.get("facts", {}).get(talk.state.removeprefix("asking_"), "不知道"))
        score.add(not (faults := missing(talk.answer, case)), _report(case["ask"], faults, talk))
        progress()
    return score


def dialogues(http: httpx.Client, progress: Callable[[], None]) -> Score:
    """Whole conversations that end as expected, with the right order in the database."""
    score = Score()
    for case in load("dialogues"):
        talk = Talk(http, case.get("phone"))
        faults = _walk(talk, case["turns"]) + _stands(http, talk, case.get("order"))
        score.add(not faults, _report(case["name"], faults, talk))
        progress()
    return score


def _walk(talk: Talk, turns: list[dict[str, Any]]) -> list[str]:
    faults = []
    number = None
    for turn in turns:
        talk.say(turn["say"].replace("{order}", number or ""))
        number = talk.last.get("order") or number
        wanted = turn.get("state")
        states = [wanted] if isinstance(wanted, str) else wanted
        if states and not any(talk.state == s or (s.endswith("*") and talk.state.startswith(s[:-1])) for s in states):
            faults.append(f"“{turn['say']}”后状态应为 {'/'.join(states)}，却是 {talk.state}")
        faults += [f"“{turn['say']}”后{fault}" for fault in missing(talk.answer, turn)]
    talk.last = {**talk.last, "order": number}
    return faults


def _stands(http: httpx.Client, talk: Talk, wanted: dict[str, Any] | None) -> list[str]:
    """What the order in the database lacks of what was agreed."""
    number = talk.last.get("order")
    if wanted is None:
        return []
    if not number:
        return ["没有下成单"]
    stands = order(http, number)
    return [f"订单 {k} 应为 {v}，却是 {stands.get(k)}" for k, v in wanted.items() if stands.get(k) != v]


def _report(title: str, faults: list[str], talk: Talk) -> str:
    return f"{title}：{'；'.join(faults)}\n      " + "\n      ".join(talk.transcript)
