"""Runs every evaluation through a product of its own and reports."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import Progress

from care.settings import settings
from yinling import lab
from yinling.evaluate import conversations, errands, repair, speech, understanding
from yinling.evaluate.heldout import LATER, Score, load
from yinling.evaluate.report import save, show
from yinling.evaluate.talk import client

SETS = (
    "utterances",
    "utterances_strangers",
    "entities",
    "times",
    "emergencies",
    "emergencies_strangers",
    "emergencies_callers",
    "emergencies_tellers",
    "policy",
    "policy_fresh",
    "policy_strangers",
    "policy_newcomers",
    "policy_callers",
    "policy_visitors",
    "policy_guests",
    "eligibility",
    "eligibility_strangers",
    "eligibility_newcomers",
    "eligibility_callers",
    "eligibility_visitors",
    "eligibility_guests",
    "dialogues",
    "dialogues_fresh",
    "dialogues_strangers",
    "dialogues_newcomers",
    "dialogues_latecomers",
    "dialogues_callers",
    "dialogues_visitors",
    "dialogues_guests",
    "errands",
    "errands_fresh",
    "speech",
    repair.SET,
)


def evaluate(
    only: list[str], folder: Path, console: Console, faults: bool, models: list[Path] | None = None
) -> dict[str, Score]:
    """Measures the chosen sets (all, if none is chosen).

    Args:
        only: names out of `SETS`.
        folder: where the report goes.
        faults: print every open case that went wrong.
        models: speech models to compare; the configured one if none is given.
    """
    chosen = only or list(SETS)
    scores: dict[str, Score] = {}
    pairs: Counter[tuple[str, str]] = Counter()
    if repair.SET in chosen:  # needs no running product
        chosen = [name for name in chosen if name != repair.SET]
        scores.update(repair.measure(load(repair.SET)))
    if chosen:
        _with_product(chosen, folder, console, faults, models or [settings().speech_model], scores, pairs)
    if not scores:
        return scores
    show(scores, console, faults)
    save(scores, pairs, folder)
    return scores


def _with_product(
    chosen: list[str],
    folder: Path,
    console: Console,
    faults: bool,
    models: list[Path],
    scores: dict[str, Score],
    pairs: Counter[tuple[str, str]],
) -> None:
    """Measures the sets that need a running product; adds to `scores` and `pairs`."""
    with lab.running(settings().home), client() as http, Progress(console=console) as progress:
        parse = understanding.parser(http)
        if "speech" in chosen:
            chosen = [name for name in chosen if name != "speech"]
            speech.run(parse, models, folder, progress, faults)
        for name in chosen:
            task = progress.add_task(name, total=len(load(name)))
            got, more = _measure(name, parse, http, lambda task=task: progress.advance(task))
            scores.update(got)
            pairs += more


def _measure(
    name: str, parse: understanding.Parse, http: httpx.Client, step
) -> tuple[dict[str, Score], Counter[tuple[str, str]]]:
    none: Counter[tuple[str, str]] = Counter()
    kind, _, later = name.partition("_")
    mark = LATER[later]
    match kind:
        case "utterances":
            by_kind, pairs = understanding.intents(parse, step, name)
            titles = {"clean": "意图·清楚", "dialect": "意图·方言", "noise": "意图·识别噪声"}
            return {titles[kind] + mark: score for kind, score in by_kind.items()}, none if later else pairs
        case "entities":
            return {"实体": understanding.entities(parse, step)}, none
        case "times":
            return {"时间": understanding.times(parse, step)}, none
        case "emergencies":
            return {title + mark: score for title, score in conversations.emergencies(http, step, name).items()}, none
        case "policy":
            return {"政策回答" + mark: conversations.policies(http, step, name)}, none
        case "eligibility":
            return {"资格判断" + mark: conversations.eligibilities(http, step, name)}, none
        case "errands":
            return {title + mark: score for title, score in errands.errands(http, step, name).items()}, none
        case _:
            return {"对话" + mark: conversations.dialogues(http, step, name)}, none
