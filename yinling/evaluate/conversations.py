"""Answers and dialogues through the chat interface: policies, eligibility, emergencies, whole conversations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from yinling.evaluate.heldout import Score, load, missing
from yinling.evaluate.talk import Talk, order

CALL_FOR_HELP = "救命"
"""What the yes to the question "您现在是不是有危险" sends."""
MOST_QUESTIONS = 8
NOT_SITUATION = ("region", "benefit", "age", "person")
SEVERAL = ("hardship", "condition", "circumstances", "special")
"""Slots whose question names several facts."""


def policies(http: httpx.Client, progress: Callable[[], None], name: str = "policy") -> Score:
    """Right facts of the right region, and an honest "unknown" where the documents are silent.

    A question back for the region is answered from the case; `before` are questions asked first in the same conversation.
    """
    score = Score()
    for case in load(name):
        talk = Talk(http)
        for question in [*case.get("before", ()), case["question"]]:
            talk.say(question)
            if talk.state == "asking_region" and case.get("region"):
                talk.say(case["region"])
        faults = missing(talk.answer, case)
        if case.get("state") and talk.state != case["state"]:
            faults.append(f"状态应为 {case['state']}，却是 {talk.state}")
        score.add(not faults, report(case["question"], faults, talk))
        progress()
    return score


def emergencies(http: httpx.Client, progress: Callable[[], None], name: str = "emergencies") -> dict[str, Score]:
    """Emergencies that raise the alarm, or at least the question whether there is danger; and calm where there is none."""
    alarm, noticed, quiet, unasked = Score(), Score(), Score(), Score()
    for case in load(name):
        talk = Talk(http)
        talk.say(case["text"])
        raised = talk.state == "emergency"
        asked = talk.state == "asking_danger" or any(
            c["value"] == CALL_FOR_HELP for r in talk.last["replies"] for c in r.get("choices", ())
        )
        if case["emergency"]:
            alarm.add(raised, f"漏报：{case['text']}")
            noticed.add(raised or asked, f"没察觉：{case['text']}")
        else:
            quiet.add(not raised, f"误报：{case['text']}")
            unasked.add(not raised and not asked, f"多问：{case['text']}")
        progress()
    return {"紧急·召回": alarm, "紧急·召回或追问": noticed, "紧急·不误报": quiet, "紧急·不误报不多问": unasked}


def eligibilities(http: httpx.Client, progress: Callable[[], None], name: str = "eligibility") -> Score:
    """The right result after only the questions that matter.

    A question for one fact is answered with it; a question for several at once ("低保、失能、独居，或者别的困难？")
    with all that the caller knows of the person's situation.
    """
    score = Score()
    for case in load(name):
        talk = Talk(http)
        talk.say(case["ask"])
        for _ in range(MOST_QUESTIONS):
            if not talk.state.startswith("asking_"):
                break
            talk.say(_reply_to(talk.state.removeprefix("asking_"), case.get("facts", {})))
        score.add(not (faults := missing(talk.answer, case)), report(case["ask"], faults, talk))
        progress()
    return score


def _reply_to(slot: str, facts: dict[str, str]) -> str:
    """What a caller with these facts answers."""
    situation = [words for name, words in facts.items() if name not in NOT_SITUATION]
    return facts.get(slot) or ("，".join(situation) if slot in SEVERAL and situation else "不知道")


def dialogues(http: httpx.Client, progress: Callable[[], None], name: str = "dialogues") -> Score:
    """Whole conversations of one set that end as expected, with the right order in the database."""
    score = Score()
    for case in load(name):
        talk = Talk(http, case.get("phone"))
        faults = _walk(talk, case["turns"]) + stands(http, talk, case.get("order"))
        score.add(not faults, report(case["name"], faults, talk))
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


def stands(http: httpx.Client, talk: Talk, wanted: dict[str, Any] | None) -> list[str]:
    """What the order in the database lacks of what was agreed."""
    number = talk.last.get("order")
    if wanted is None:
        return []
    if not number:
        return ["没有下成单"]
    stands = order(http, number)
    return [f"订单 {k} 应为 {v}，却是 {stands.get(k)}" for k, v in wanted.items() if stands.get(k) != v]


def report(title: str, faults: list[str], talk: Talk) -> str:
    return f"{title}：{'；'.join(faults)}\n      " + "\n      ".join(talk.transcript)
