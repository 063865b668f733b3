"""Understanding by itself: intents, entities and times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx

from care.settings import settings
from yinling.evaluate.heldout import KINDS, Score, load

Parse = Callable[[str], dict[str, Any]]


def parser(http: httpx.Client) -> Parse:
    """Asks the running bot what it understands, without a conversation."""

    def parse(text: str) -> dict[str, Any]:
        return http.post(f"{settings().bot_url}/model/parse", json={"text": text}).json()

    return parse


def intents(
    parse: Parse, progress: Callable[[], None], name: str = "utterances"
) -> tuple[dict[str, Score], Counter[tuple[str, str]]]:
    """Accuracy per kind of sentence, and how often which intent was taken for which.

    A sentence may name several intents of which any is right.
    """
    scores = {kind: Score() for kind in KINDS}
    pairs: Counter[tuple[str, str]] = Counter()
    for case in load(name):
        wanted = case["intent"] if isinstance(case["intent"], list) else [case["intent"]]
        got = parse(case["text"])["intent"]["name"]
        scores[case["kind"]].add(got in wanted, f"{case['text']}：应为 {'/'.join(wanted)}，却是 {got}")
        pairs[(got if got in wanted else wanted[0], got)] += 1
        progress()
    return scores, pairs


def entities(parse: Parse, progress: Callable[[], None]) -> Score:
    """Share of wanted entities that were found with the right value."""
    score = Score()
    for case in load("entities"):
        found = [(e["entity"], e["value"]) for e in parse(case["text"])["entities"]]
        for wanted in case["entities"]:
            hit = any(kind == wanted["kind"] and _covers(value, wanted["value"]) for kind, value in found)
            score.add(hit, f"{case['text']}：缺 {wanted['kind']}={wanted['value']}，得到 {found}")
        progress()
    return score


def times(parse: Parse, progress: Callable[[], None]) -> Score:
    """Share of time expressions understood rightly in every field that is named; `value: null` wants no time at all."""
    score = Score()
    for case in load("times"):
        found = [e["value"] for e in parse(case["text"])["entities"] if e["entity"] in ("time", "told_time")]
        wanted = case["value"]
        right = not found if wanted is None else any(_covers(value, wanted) for value in found)
        score.add(right, f"{case['text']}：应为 {wanted}，却是 {found}")
        progress()
    return score


def _covers(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(value, dict) and all(value.get(k) == v for k, v in wanted.items())
    return value == wanted
