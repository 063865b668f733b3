"""Whether somebody belongs to a group that a document names, and if that is open, what to ask next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from care.eligibility.conditions import ABILITIES, UNGRADED, UNKNOWN, Facts, evaluate, facts_in, false_facts, implied
from care.eligibility.rules import Group, Question, Rule, benefits, conditions, documents, questions, rules

OutcomeName = Literal["yes", "no", "need", "unknown"]
SAMPLES: dict[str, tuple[Any, ...]] = {
    "age": (62, 72, 85, 92),
    "income": ("tekun", "dibao", "dibao_edge", "low_income", "normal"),
    "living": (["alone"], ["empty_nest"], ["with_family"]),
    "ability": (*ABILITIES, UNGRADED),
    "disability": ("none", "level1", "level3"),
    "hukou": ("local", "other"),
}
"""Answers that people give; a question is worth as much as the share of its answers that decide."""
UNSAID: Facts = {"disability_kind": "other"}
"""What no question asks and nobody told: only who tells of a kind of disability is of that kind."""
KINDRED = (
    "visits",
    "consumption_subsidy",
    "home_bed",
    "disability_allowance",
    "purchase",
    "home_adaptation",
    "waitlist",
)
"""Benefits that are pointed out to somebody whom another one does not fit, the likeliest first."""


@dataclass(frozen=True)
class Citation:
    """Where it is written."""

    record: str
    clause: str
    document: str
    """Title, number and date, for the eye."""
    say: str
    """The document in short, for the ear."""
    year: int | None
    status: str
    status_say: str

    @property
    def show(self) -> str:
        """One line for a screen."""
        return f"{self.document}，{self.clause}" if self.clause else self.document


@dataclass(frozen=True)
class Verdict:
    """What the rules make of what is known."""

    outcome: OutcomeName
    region: str
    benefit: str
    group: Group | None = None
    """The group that fits; with `unknown`, the one that the document leaves unclear."""
    failed: tuple[str, ...] = ()
    """With `no`: the facts that do not fit."""
    next_question: str | None = None
    """With `need`: the question that decides most."""
    citation: Citation | None = None
    also: tuple[Group, ...] = ()
    """Further groups that fit, where each of them matters."""
    open: tuple[str, ...] = ()
    """With `unknown`: the facts that would decide."""
    explain: str = ""
    """What the document says to that, without the person and the document's name."""


def check(region: str, benefit: str, facts: Facts, asked: tuple[str, ...] = ()) -> Verdict:
    """The verdict for somebody.

    Args:
        region: region id; empty for what holds everywhere.
        benefit: benefit code.
        facts: what is known of the person; `unknown` as a value means asked in vain.
        asked: names of questions already put, which are not put again.

    Raises:
        KeyError: no such benefit.
    """
    title = benefits()[benefit].title
    rule = rules().get((region, benefit))
    if rule is None:
        return Verdict("unknown", region, benefit, explain=title)
    facts = implied(facts)
    decided = _barred(rule, facts) or _decide(rule, facts)
    if decided is not None:
        return decided
    question = _next(rule, facts, asked)
    if question:
        return Verdict("need", region, benefit, next_question=question, citation=_cite(rule))
    facts = {**_never_asked(rule), **facts}
    decided = _decide(rule, facts, last=True)
    if decided is not None:
        return decided
    undecided = tuple(_undecided(rule, facts))
    explain = rule.silent or _open_explain(rule)
    return Verdict("unknown", region, benefit, open=undecided, citation=_cite(rule), explain=explain)


def alternatives(region: str, facts: Facts, benefit: str) -> list[str]:
    """Other benefits that what is known already settles with yes, for people only who have to be in some group."""
    found = []
    for other in KINDRED:
        rule = rules().get((region, other))
        if other == benefit or rule is None or not rule.questions:
            continue
        verdict = _barred(rule, facts) or _decide(rule, facts)
        if verdict and verdict.outcome == "yes":
            found.append(other)
    return found


def _undecided(rule: Rule, facts: Facts) -> list[str]:
    """The facts that are not known and that some open group looks at, in the order in which one would ask."""
    looked_at = {
        fact
        for group in rule.groups
        if evaluate(group.when, facts, conditions()) is None
        for fact in facts_in(group.when, conditions())
    }
    asked_for = [fact for name in rule.questions for fact in questions()[name].facts]
    return [
        fact
        for fact in dict.fromkeys(asked_for)
        if fact in looked_at and (_open(fact, facts) or facts.get(fact) == UNKNOWN)
    ]


def _never_asked(rule: Rule) -> Facts:
    """Rare circumstances that this rule asks nobody for: they are taken as absent unless somebody tells them."""
    covered = {fact for name in rule.questions for fact in questions()[name].facts}
    denials = {fact: value for question in questions().values() for fact, value in question.deny.items()}
    return {**UNSAID, **{fact: value for fact, value in denials.items() if fact not in covered}}


def _cite(rule: Rule, group: Group | None = None) -> Citation:
    document = documents()[rule.document]
    record, clause = (group.record, group.clause) if group else (rule.record, rule.clause)
    if not record and rule.groups:
        record, clause = rule.groups[0].record, rule.groups[0].clause
    return Citation(record, clause, document.show, document.say, document.year, document.status, document.status_say)


def _open_explain(rule: Rule) -> str:
    return "、".join(dict.fromkeys(group.name for group in rule.groups))


def _barred(rule: Rule, facts: Facts) -> Verdict | None:
    """No, where something that was told keeps somebody out."""
    bar = next((bar for bar in rule.barring if evaluate(bar.when, facts, conditions())), None)
    if bar is None:
        return None
    failed = tuple(dict.fromkeys(facts_in(bar.when, conditions())))
    return Verdict("no", rule.region, rule.benefit, None, failed, None, _cite(rule), explain=bar.say)


def _decide(rule: Rule, facts: Facts, last: bool = False) -> Verdict | None:
    """Yes, no or certainly unknown; none while a question could still decide (`last`: nothing is left to ask)."""
    results = [evaluate(group.when, facts, conditions()) for group in rule.groups]
    for position, (group, result) in enumerate(zip(rule.groups, results, strict=True)):
        open_before = None in results[:position]
        if result and not (not last and open_before and (rule.complete or group.unclear)):
            outcome: OutcomeName = "unknown" if group.unclear else "yes"
            told = Verdict(outcome, rule.region, rule.benefit, group, (), None, _cite(rule, group), explain=group.say)
            return replace(told, also=_others(rule, position, results)) if rule.several else told
    if None in results:
        return None
    if rule.silent or not rule.otherwise:
        return Verdict("unknown", rule.region, rule.benefit, citation=_cite(rule), explain=rule.silent)
    failing = [false_facts(group.when, facts, conditions()) for group in rule.groups]
    nearest = min((tuple(facts) for facts in failing), key=len)
    return Verdict("no", rule.region, rule.benefit, None, nearest, None, _cite(rule), explain=rule.otherwise)


def _others(rule: Rule, position: int, results: list[bool | None]) -> tuple[Group, ...]:
    return tuple(
        group
        for group, result in zip(rule.groups[position + 1 :], results[position + 1 :], strict=True)
        if result and not group.unclear
    )


def _next(rule: Rule, facts: Facts, asked: tuple[str, ...]) -> str | None:
    """The unasked question whose answers decide most often; of equals the one named first in the rule."""
    looked_at = {fact for group in rule.groups for fact in facts_in(group.when, conditions())}
    best, most = None, -1.0
    for name in rule.questions:
        question = questions()[name]
        if name in asked or not any(_asks_for(name, fact, facts) for fact in question.facts if fact in looked_at):
            continue
        worth = _worth(rule, facts, question)
        if worth > most + 1e-9:
            best, most = name, worth
    return best


def _asks_for(question: str, fact: str, facts: Facts) -> bool:
    """Whether a question could still tell more of a fact: only `grade` tells more of somebody who needs care."""
    if facts.get(fact) == UNGRADED and question != "grade":
        return False
    return _open(fact, facts)


def _open(fact: str, facts: Facts) -> bool:
    known = facts.get(fact)
    return known is None or known in (UNGRADED, "poor_unspecified", "unspecified")


def _worth(rule: Rule, facts: Facts, question: Question) -> float:
    trials: list[Facts] = [{**question.deny, **{k: v for k, v in facts.items() if not _open(k, facts)}}]
    for fact in question.facts:
        if _open(fact, facts):
            trials += [{**facts, fact: value} for value in SAMPLES.get(fact, (True, False))]
    return sum(_decide(rule, trial) is not None for trial in trials) / len(trials)
