"""The verdict in words: plain for the ear, with document and clause for the eye."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from care.eligibility.conditions import UNGRADED, Facts, facts_in
from care.eligibility.rules import Benefit, Group, benefits, conditions, rules
from care.eligibility.verdict import Verdict, alternatives
from care.eligibility.whom import who
from care.reply import Outcome, Reply
from care.texts import phrase, reply
from care.wording import say_number

CARD = "eligibility"
SAID_LIMIT = 2
"""Facts said back before the verdict; more would not be heard."""


@dataclass(frozen=True)
class Beside:
    """What is told in the same breath, so that a verdict can be shorter."""

    lead: str = ""
    """Opens the verdict: 先看上门探访，"""
    cited: bool = False
    """The document was named a moment ago."""
    status_follows: bool = False
    """What is to be said of the document follows with the next verdict."""
    brief: bool = False
    """How to apply is told in few words."""


GRADED = frozenset({"mild", "moderate", "severe", "total"})
CERTIFIED = frozenset({"level1", "level2", "level3", "level4"})
ALONE = Beside()
"""A verdict that stands alone."""


def said_back(facts: Facts, explain: str = "") -> str:
    """The facts that matter, as one says them: 八十三岁，一个人住，; without those that `explain` says anyway."""
    parts: list[str] = []
    if facts.get("living"):
        parts += [phrase(f"eligibility.said_{kind}") for kind in facts["living"] if kind in ("alone", "empty_nest")]
    if facts.get("left_behind"):
        parts.append(phrase("eligibility.said_left_behind"))
    if facts.get("ability") not in (None, "intact", "unknown"):
        parts.append(phrase("eligibility.said_disabled"))
    if facts.get("income") in ("tekun", "dibao", "dibao_edge"):
        parts.append(phrase(f"eligibility.said_{facts['income']}"))
    elif facts.get("income") in ("low_income", "jiandanglika", "poor_unspecified"):
        parts.append(phrase("eligibility.said_poor"))
    if facts.get("disability") not in (None, "none", "unknown"):
        graded = facts["disability"] in CERTIFIED
        parts.append(phrase(f"eligibility.said_{facts['disability'] if graded else 'handicapped'}"))
    if isinstance(facts.get("age"), int) and len(parts) < SAID_LIMIT:
        parts.insert(0, phrase("eligibility.said_age", age=say_number(facts["age"])))
    fresh = [
        part for part in parts[:SAID_LIMIT] if part not in explain and f"属于{part.removeprefix('是')}" not in explain
    ]
    return "".join(f"{part}，" for part in fresh)


def _that_matter(facts: Facts, group: Group | None) -> Facts:
    """The facts that the group looks at: what does not count is not said back."""
    looked_at = set(facts_in(group.when, conditions())) if group else set()
    return {name: value for name, value in facts.items() if name in looked_at}


def told(verdict: Verdict, facts: Facts, relation: str | None, beside: Beside = ALONE) -> Outcome:
    """The replies that end a check; nothing here promises money. Which record it rests on is told to the screen's card alone."""
    outcome = _told(verdict, facts, relation, beside)
    if verdict.citation is not None:
        card = {
            "kind": CARD,
            "benefit": verdict.benefit,
            "region": verdict.region,
            "records": [verdict.citation.record],
        }
        outcome.replies[0] = replace(outcome.replies[0], card=card)
    return outcome


def _told(verdict: Verdict, facts: Facts, relation: str | None, beside: Beside) -> Outcome:
    benefit = benefits()[verdict.benefit]
    cite = verdict.citation
    if cite is None:
        return Outcome([reply("eligibility.no_rule", title=benefit.title)], "unknown", finished=True)
    group = verdict.group
    values: dict[str, Any] = {
        "who": who(relation),
        "facts": said_back(_that_matter(facts, group), verdict.explain),
        "explain": verdict.explain.rstrip("。"),
        "title": benefit.title,
        "lead": beside.lead,
        "document": cite.say,
        "written": "" if beside.cited else phrase("eligibility.written", document=cite.say),
        "by": "" if beside.cited else phrase("eligibility.by", document=cite.say),
        "cite": cite.show,
        "limit": group.limit if group else "",
        "status": "" if beside.status_follows else cite.status_say,
        "open": "、".join(_open_names(verdict, facts)),
        "failed": "、".join(phrase(f"eligibility.fact_{fact}") for fact in verdict.failed),
    }
    if verdict.outcome == "yes":
        name = "fits_several" if verdict.also else "fits"
        values |= {"also": "；".join(g.say for g in verdict.also), "also_limit": "".join(g.limit for g in verdict.also)}
        return Outcome(
            [_graded(reply(f"eligibility.{name}", **values), facts), how(verdict, facts, beside.brief)],
            "answered",
            finished=True,
        )
    if verdict.outcome == "no":
        replies = [reply("eligibility.fits_not", **values)]
        if others := alternatives(verdict.region, facts, verdict.benefit):
            replies.append(reply("eligibility.rather", title=benefits()[others[0]].title))
            return Outcome(replies, "answered", finished=True)
        if benefit.book and not (benefit.first and _has_it(facts)):
            replies.append(
                reply("eligibility.instead_first", first=benefit.first, book=benefit.book)
                if benefit.first
                else reply("eligibility.instead", book=benefit.book)
            )
        return Outcome(replies, "answered", finished=True)
    if group is not None:
        return Outcome(
            [reply("eligibility.unclear", **values), how(verdict, facts, beside.brief)], "unknown", finished=True
        )
    if verdict.explain.endswith("。"):
        values["explain"] = verdict.explain
        return Outcome([reply("eligibility.silent", **values)], "unknown", finished=True)
    name = "open" if values["open"] else "open_all_told"
    return Outcome(
        [reply(f"eligibility.{name}", **values), how(verdict, facts, beside.brief)], "unknown", finished=True
    )


def why(verdict: Verdict, facts: Facts, relation: str | None) -> Reply:
    """What a verdict rests on, for somebody who asks why: what the document says, and what was looked at."""
    outcome = _told(verdict, facts, relation, ALONE)
    if verdict.citation is None or verdict.outcome != "no":
        return outcome.replies[0].without_offer()
    looked_at = [phrase(f"eligibility.fact_{fact}") for fact in verdict.failed]
    noted = said_back({fact: value for fact, value in facts.items() if fact in verdict.failed}).rstrip("，")
    return reply(
        "eligibility.why_not" if looked_at else "eligibility.why_not_plain",
        by=phrase("eligibility.by", document=verdict.citation.say),
        explain=verdict.explain.rstrip("。"),
        failed="、".join(looked_at[:SAID_LIMIT]),
        noted=phrase("eligibility.why_noted", facts=noted) if noted else "",
        cite=verdict.citation.show,
    )


def _open_names(verdict: Verdict, facts: Facts) -> list[str]:
    """What would decide, in words; two of them are as much as one hears."""
    rule = rules().get((verdict.region, verdict.benefit))
    graded = facts.get("ability") == UNGRADED or rule is not None and "grade" in rule.questions
    names = ["grade" if fact == "ability" and graded else fact for fact in verdict.open]
    return list(dict.fromkeys(phrase(f"eligibility.fact_{name}") for name in names))[:SAID_LIMIT]


def _graded(said: Reply, facts: Facts) -> Reply:
    """Adds that only a formal assessment gives a grade (GB/T 42195-2022), where the yes rests on being cared for."""
    if facts.get("ability") != UNGRADED:
        return said
    extra = phrase("eligibility.graded")
    return Reply(said.say, (said.show or said.say) + extra, said.choices, said.command, said.card)


def _listed(materials: tuple[str, ...]) -> str:
    """What to bring; what only some have stands in a clause of its own."""
    return "、".join(materials).replace("、有", "，有")


def how(verdict: Verdict, facts: Facts, brief: bool = False) -> Reply:
    """Where to apply and what to bring; in brief the screen alone lists what to bring.

    What we can only prepare (评估 before a subsidy) is offered as that, and not to whoever has it already.
    """
    return _offering("how", benefits()[verdict.benefit], facts, "_brief" if brief else "")


def on_behalf(verdict: Verdict, facts: Facts) -> Reply:
    """That no document tells whether the family may go for the old person, and that here they may apply for them."""
    return _offering("on_behalf", benefits()[verdict.benefit], facts)


def _offering(name: str, benefit: Benefit, facts: Facts, plain: str = "") -> Reply:
    """A text that ends with what we can do: apply for it, prepare it, or have somebody call back."""
    bookable = benefit.book and not (benefit.first and _has_it(facts))
    ending = "_unbookable" if not bookable else "_first" if benefit.first else plain
    return reply(
        f"eligibility.{name}{ending}",
        title=benefit.title,
        where=benefit.where,
        materials=_listed(benefit.materials),
        book=benefit.book,
        first=benefit.first,
    )


def _has_it(facts: Facts) -> bool:
    """Whether somebody has a grade of ability or of disability already."""
    return facts.get("ability") in GRADED or facts.get("disability") in CERTIFIED
