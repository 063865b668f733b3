"""Conditions over what is known of a person, in three values: true, false, and not known yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Facts = dict[str, Any]
Condition = dict[str, Any] | str

ABILITIES = ("intact", "mild", "moderate", "severe", "total")
"""Grades of GB/T 42195-2022, from able to wholly dependent; only a formal assessment gives one."""
UNGRADED = "disabled_unspecified"
"""Somebody needs help, but no grade is known."""
VAGUE_POOR = "poor_unspecified"
"""“家里困难”: hard up, but in which class is not known."""
UNKNOWN = "unknown"
"""The person was asked and does not know."""
POOR_CLASSES = {"tekun", "dibao", "dibao_edge", "low_income"}
LIST_FACTS = ("income", "living", "disability", "disability_kind", "hukou")
FLAGS = ("dementia", "lost_child", "veteran", "martyr_family", "childless", "unattended", "ltc_insured", "rural", "left_behind")
NUMBERS = ("age_from", "age_below")
LEAVES = (*LIST_FACTS, *FLAGS, *NUMBERS, "ability_from")


IMPLIED: tuple[tuple[str, Any, Facts], ...] = (
    ("living", "with_family", {"left_behind": False, "childless": False, "unattended": False}),
    ("ability", "intact", {"dementia": False}),
    ("childless", True, {"left_behind": False}),
)
"""Who lives with the children is not left behind by them, nor is who has none; who copes alone would have named dementia."""


def implied(facts: Facts) -> Facts:
    """The facts with what goes without saying; what was told stands."""
    found = dict(facts)
    for name, value, follows in IMPLIED:
        known = facts.get(name)
        if known == value or isinstance(known, list) and value in known:
            found = {**follows, **found}
    return found


class FaultyCondition(ValueError):
    """A condition in the data that means nothing."""


def fact_of(leaf: str) -> str:
    """The fact that a leaf of a condition looks at."""
    return {"age_from": "age", "age_below": "age", "ability_from": "ability"}.get(leaf, leaf)


def check_condition(condition: Condition, named: dict[str, Condition]) -> None:
    """Refuses what `evaluate` could not evaluate.

    Raises:
        FaultyCondition: naming the faulty part.
    """
    if isinstance(condition, str):
        if condition not in named:
            raise FaultyCondition(f"unknown condition {condition}")
        return
    if len(condition) != 1:
        raise FaultyCondition(f"one key expected: {condition}")
    key, value = next(iter(condition.items()))
    if key in ("all", "any"):
        for part in value:
            check_condition(part, named)
    elif key == "not":
        check_condition(value, named)
    elif key not in LEAVES:
        raise FaultyCondition(f"unknown fact {key}")
    elif key == "ability_from" and value not in ABILITIES:
        raise FaultyCondition(f"unknown grade {value}")
    elif key in LIST_FACTS and not isinstance(value, list):
        raise FaultyCondition(f"{key} needs a list")


def evaluate(condition: Condition, facts: Facts, named: dict[str, Condition]) -> bool | None:
    """Whether the condition holds; none while the facts leave it open."""
    if isinstance(condition, str):
        return evaluate(named[condition], facts, named)
    key, value = next(iter(condition.items()))
    if key == "not":
        inner = evaluate(value, facts, named)
        return None if inner is None else not inner
    if key in ("all", "any"):
        parts = [evaluate(part, facts, named) for part in value]
        decisive = key == "any"
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    return _leaf(key, value, facts)


def _leaf(key: str, wanted: Any, facts: Facts) -> bool | None:
    known = facts.get(fact_of(key))
    if known is None or known == UNKNOWN:
        excluded = facts.get(f"{key}_not", [])
        return False if key in LIST_FACTS and set(wanted) <= set(excluded) else None
    if key == "age_from":
        return known >= wanted
    if key == "age_below":
        return known < wanted
    if key == "ability_from":
        return _able(known, wanted)
    if key in FLAGS:
        return bool(known) == wanted
    if key == "living":
        return bool(set(known) & set(wanted))
    if known == VAGUE_POOR:
        return True if set(wanted) >= POOR_CLASSES else None
    if key == "disability" and known == "unspecified" and "unspecified" not in wanted:
        return None
    return known in wanted


def _able(known: str, wanted: str) -> bool | None:
    if known == UNGRADED:
        return True if wanted == "mild" else None
    return ABILITIES.index(known) >= ABILITIES.index(wanted)


def facts_in(condition: Condition, named: dict[str, Condition]) -> Iterator[str]:
    """The facts that a condition looks at."""
    if isinstance(condition, str):
        yield from facts_in(named[condition], named)
        return
    key, value = next(iter(condition.items()))
    if key in ("all", "any"):
        for part in value:
            yield from facts_in(part, named)
    elif key == "not":
        yield from facts_in(value, named)
    else:
        yield fact_of(key)


def false_facts(condition: Condition, facts: Facts, named: dict[str, Condition]) -> list[str]:
    """The facts whose value makes a condition fail, without repeats."""
    if isinstance(condition, str):
        return false_facts(named[condition], facts, named)
    if evaluate(condition, facts, named) is not False:
        return []
    key, value = next(iter(condition.items()))
    if key in ("all", "any"):
        return list(dict.fromkeys(f for part in value for f in false_facts(part, facts, named)))
    return list(dict.fromkeys(facts_in(condition, named)))
