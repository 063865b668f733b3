"""The rules as data: one file per region and benefit in `care/data/eligibility`, checked when they are loaded."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from care.eligibility.conditions import Condition, check_condition

FOLDER = Path(__file__).parents[1] / "data" / "eligibility"
NATIONAL = ""
"""Region of rules that hold everywhere; their files are in the folder `national`."""
REGIONS = ("yangling", "hunan", "nanchang", "changchun", "dongguan")


class Strict(BaseModel):
    """Refuses keys that nobody reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Document(Strict):
    """A document that rules cite."""

    say: str
    show: str
    year: int | None
    """None where the source hides it."""
    status: str
    """`in_force`, `expired`, `draft` or `old`."""
    status_say: str
    verify: str


class Group(Strict):
    """People whom the document names."""

    name: str
    when: Condition
    say: str
    record: str
    """Id of the policy record with the exact quote."""
    clause: str = ""
    limit: str = ""
    """What must be said along with it: soft words, missing sums."""
    unclear: bool = False
    """The document leaves open what follows for these people."""


class Bar(Strict):
    """What keeps somebody out, whatever else is told of them; nobody is asked for it."""

    when: Condition
    say: str
    """Why, in place of what the rule says to those in no group."""


class Rule(Strict):
    """One benefit in one region."""

    region: str
    benefit: str
    document: str
    bars: tuple[Bar, ...] = ()
    groups: tuple[Group, ...] = ()
    questions: tuple[str, ...] = ()
    complete: bool = False
    """An earlier group is settled before a later one is told."""
    several: bool = False
    """Somebody in several groups is told of each."""
    otherwise: str = ""
    """What is said to those in no group."""
    silent: str = ""
    """What is said when the document does not answer."""
    record: str = ""
    clause: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> Rule:
        if not self.groups and not self.silent:
            raise ValueError("neither groups nor silent")
        if self.otherwise and not self.record:
            raise ValueError("otherwise without a record")
        return self

    @property
    def barring(self) -> tuple[Bar, ...]:
        """The bars of this rule and those that hold for its benefit everywhere."""
        return (*self.bars, *benefits()[self.benefit].bars) if self.groups else ()


class Question(Strict):
    """One thing to ask."""

    facts: tuple[str, ...]
    say: str
    deny: dict[str, Any] = {}
    """What a plain no means."""
    unmentioned: bool = False
    """Who answers with something else about the person would have named these; so they are not the case."""
    choices: tuple[tuple[str, str], ...] = ()
    rest: str = ""
    """The question once more for what is still open of several things it names."""
    parts: dict[str, tuple[str, str]] = {}
    """Those things by their fact: the word in the question, and the title of the choice."""

    def left(self, known: dict[str, Any]) -> list[str]:
        """The facts of the things it names of which nothing is known yet."""
        return [fact for fact in self.parts if known.get(fact) is None]


class Benefit(Strict):
    """Something people ask for."""

    title: str
    where: str
    materials: tuple[str, ...]
    words: tuple[str, ...]
    """Regular expressions that name this benefit and nothing else."""
    weak: tuple[str, ...] = ()
    """Words that may as well tell of the person's situation; they count when nothing else names a benefit."""
    service: str = ""
    book: str = ""
    """What a person says to apply through us; empty where we cannot."""
    first: str = ""
    """What `book` applies for, where that is not the benefit itself but comes before it."""
    elders: bool = False
    """Only for the old: the documents speak of 老年人."""

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Who is kept out everywhere: whoever is not old yet, where it is for the old."""
        return (Bar(**load("bars")["elders"]),) if self.elders else ()


@lru_cache
def load(name: str) -> Any:
    """One of the shared data files."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


@lru_cache
def conditions() -> dict[str, Condition]:
    """The named conditions."""
    return load("conditions")


@lru_cache
def documents() -> dict[str, Document]:
    """The documents by key."""
    return {key: Document(**value) for key, value in load("documents").items()}


@lru_cache
def questions() -> dict[str, Question]:
    """The questions by name."""
    return {key: Question(**value) for key, value in load("questions").items()}


@lru_cache
def benefits() -> dict[str, Benefit]:
    """The benefits by code."""
    return {key: Benefit(**value) for key, value in load("benefits").items()}


@lru_cache
def rules() -> dict[tuple[str, str], Rule]:
    """Every rule by region and benefit; those that hold everywhere under each region and under `NATIONAL`.

    Raises:
        ValueError: a file is faulty; the message names it.
    """
    found: dict[tuple[str, str], Rule] = {}
    for region in (*REGIONS, NATIONAL):
        for path in sorted((FOLDER / (region or "national")).glob("*.yaml")):
            try:
                data = {"document": region, **yaml.safe_load(path.read_text(encoding="utf-8"))}
                rule = Rule(region=region, benefit=path.stem, **data)
                _check(rule)
            except (ValueError, TypeError, KeyError) as error:
                raise ValueError(f"{region}/{path.name}: {error}") from error
            found[region, path.stem] = rule
    for (region, benefit), rule in list(found.items()):
        if region == NATIONAL:
            found.update({(place, benefit): rule for place in REGIONS if (place, benefit) not in found})
    return found


def is_national(benefit: str) -> bool:
    """Whether a benefit is the same everywhere, so that nobody has to say where they live."""
    return (NATIONAL, benefit) in rules()


def _check(rule: Rule) -> None:
    if rule.benefit not in benefits():
        raise ValueError(f"unknown benefit {rule.benefit}")
    if rule.document not in documents():
        raise ValueError(f"unknown document {rule.document}")
    for name in rule.questions:
        if name not in questions():
            raise ValueError(f"unknown question {name}")
    for when in (*(group.when for group in rule.groups), *(bar.when for bar in rule.barring)):
        check_condition(when, conditions())
