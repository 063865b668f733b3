"""The facts of the documents as typed records, read from `care/data/policy/` and checked field by field.

A record never invents: `content` is the plain wording, `quote` the exact text, `aspects` what the record really holds
(who, amount, age …), `masked_aspects` what the source hides.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

FOLDER = Path(__file__).parent.parent / "data" / "policy"
REGION_FILES = ("yangling", "hunan", "nanchang", "changchun", "dongguan")

Aspect = Literal[
    "what", "who", "amount", "fee", "age", "deadline", "department", "how_often", "where", "how_to_apply",
    "materials", "phone", "percent", "count",
]  # fmt: skip
Kind = Literal["right", "mechanism", "target", "provider", "admin"]
Status = Literal["issued", "approved", "draft_review", "draft_comment", "reported"]
Confidence = Literal["seed", "high", "medium", "memory"]

M = TypeVar("M", bound=BaseModel)


class PolicyDataError(Exception):
    """A data file of the policies is wrong; the message names file, entry and field."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Number(_Strict):
    """One figure of a record; without a value it is missing or masked in the source."""

    what: str = Field(min_length=1)
    value: int | float | str | None
    unit: str = ""
    deadline: str = ""
    year: int | None = None
    type: str = ""
    property: str = ""
    masked: bool = False
    op: str = ""
    duration: str = ""


class Document(_Strict):
    """One paper that answers cite."""

    id: str
    region: str
    """Region id; empty holds in all regions."""
    title: str = Field(min_length=4)
    number: str
    date: str
    year: int | None
    issuer: str
    status: Status
    period_end: str
    """Last month the paper covers (YYYY-MM), or empty."""
    verify: str
    first: str
    """Opens the first answer from this paper in a conversation."""
    then: str
    """Opens later answers."""
    caveat: str
    caveat_short: str
    confidence: Confidence = "seed"
    url: str = ""
    note: str = ""

    @property
    def draft(self) -> bool:
        """Whether it was never shown to be in force."""
        return self.status in ("draft_review", "draft_comment")


class Joint(_Strict):
    """Records that are told together while the question does not single one out."""

    others: list[str] = Field(alias="with", min_length=1)
    say: str
    unless: list[str] = []
    """Words of a question that single the record out."""


class Record(_Strict):
    """One fact."""

    id: str = Field(pattern=r"^[A-Z]{1,3}(-[A-Z])?-\w+$")
    document: str
    region: str
    clause: str
    topics: list[str] = Field(min_length=1)
    kind: Kind
    audience: str = Field(min_length=1)
    content: str = Field(min_length=6, max_length=110)
    quote: str
    quote_spoken: str | None = None
    """The quote for the ear where the source has misprints; empty: it cannot be read aloud sensibly."""
    numbers: list[Number] = []
    aspects: list[Aspect] = Field(min_length=1)
    departments: list[str] = []
    masked: bool = False
    masked_aspects: list[Aspect] = []
    garbled: bool = False
    """The source runs figures together; they are not told."""
    hidden: bool = False
    """Kept for completeness, never told (childcare, outdated measures)."""
    main: bool = False
    """What to tell first about its topics."""
    joint: Joint | None = None
    paid_to: str = ""
    """Who gets the money of a `provider` record."""
    keywords: list[str] = []
    note: str = ""
    confidence: Confidence = "seed"
    not_for: list[str] = []
    """Regions in which the fact must not be told."""
    hotline: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Record:
        if self.kind == "provider" and not self.paid_to:
            raise ValueError("a provider record must say who is paid (paid_to)")
        if "*" in self.content:
            raise ValueError("content must not contain masked characters")
        if set(self.aspects) & set(self.masked_aspects) - {"deadline"}:
            raise ValueError("an aspect cannot be both held and masked")
        if self.confidence == "seed" and not self.quote and self.document in REGION_FILES:
            raise ValueError("a record of a document needs its quote")
        return self

    @property
    def age_from(self) -> int | None:
        """The age threshold in years, if the record states one."""
        for number in self.numbers:
            if "年龄" in number.what and number.value is not None:
                return int(str(number.value).lstrip(">="))
        return None


class Gap(_Strict):
    """Something known not to be known."""

    id: str
    regions: list[str]
    topics: list[str] = Field(min_length=1)
    aspects: list[str]
    words: list[str] = []
    not_words: list[str] = []
    say: str


class Referral(_Strict):
    """A matter outside the documents and where to ask."""

    words: list[str] = Field(min_length=1)
    say: str


class Topic(_Strict):
    """One topic: what it is called and the words that point at it (`word^weight`)."""

    say: str
    service: str = ""
    words: list[str] = Field(min_length=1)
    like: list[str] = []
    """Regular expressions that point at it, `expression^weight`."""
    not_words: list[str] = Field(default=[], alias="not")


class AspectWords(_Strict):
    """How one aspect is asked for, and what it is called when it is lacking."""

    patterns: list[str] = Field(min_length=1)
    lack: str


class Library(_Strict):
    """Everything on file."""

    documents: dict[str, Document]
    records: dict[str, Record]
    gaps: list[Gap]
    referrals: list[Referral]
    topics: dict[str, Topic]
    synonyms: dict[str, str]
    stop_words: frozenset[str]
    groups: list[str]
    """Words for groups of people and houses, which must agree between question and record."""
    aspects: dict[Aspect, AspectWords]
    questions: dict[str, tuple[str, ...]]
    """Everyday questions that a record answers, by its id."""
    outside: tuple[str, ...]
    """Questions that no record answers."""
    local_names: tuple[str, ...]
    """What only some documents have under that name."""
    dialect: list[tuple[str, str]]
    """Dialect words and what they are in the common language, longest first."""

    def has_name(self, region: str, name: str) -> bool:
        """Whether a name occurs in what is on file for a region."""
        return any(
            name in text
            for r in self.records.values()
            if r.region == region
            for text in (r.content, r.quote, *r.keywords)
        )

    def document_of(self, record: Record) -> Document:
        """The paper that a record comes from."""
        return self.documents[record.document]


def read(name: str, folder: Path = FOLDER) -> dict[str, Any]:
    """One data file as plain data.

    Raises:
        PolicyDataError: it is missing or no YAML mapping.
    """
    path = folder / f"{name}.yaml"
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        raise PolicyDataError(f"{path.name}：读不了：{error}") from error
    if not isinstance(data, dict):
        raise PolicyDataError(f"{path.name}：不是映射")
    return data


def _typed(model: type[M], data: Any, file: str, id: str) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = "；".join(f"{'.'.join(map(str, e['loc'])) or '整条'}：{e['msg']}" for e in error.errors())
        raise PolicyDataError(f"{file}.yaml，{id}：{faults}") from error


def load(folder: Path = FOLDER) -> Library:
    """Reads and checks every file.

    Raises:
        PolicyDataError: naming file, entry and field.
    """
    documents = {
        d["id"]: _typed(Document, d, "documents", str(d.get("id"))) for d in read("documents", folder)["documents"]
    }
    topic_file = read("topics", folder)
    topics = {code: _typed(Topic, data, "topics", code) for code, data in topic_file["topics"].items()}
    records: dict[str, Record] = {}
    for file in (*REGION_FILES, "national"):
        data = read(file, folder)
        shared = {key: data[key] for key in ("document", "region") if key in data}
        for entry in data["records"]:
            record = _typed(Record, {**shared, **entry}, file, str(entry.get("id")))
            _refers_well(record, documents, topics, records, file)
            records[record.id] = record
    for record in records.values():
        for other in record.joint.others if record.joint else ():
            if other not in records:
                raise PolicyDataError(f"{record.document}.yaml，{record.id}：joint 指向不存在的 {other}")
    questions: dict[str, tuple[str, ...]] = {}
    question_file = read("questions", folder)
    for entry in question_file["questions"]:
        for id in entry["records"]:
            if id not in records:
                raise PolicyDataError(f"questions.yaml，{entry['ask'][0]}：没有记录 {id}")
            questions[id] = (*questions.get(id, ()), *entry["ask"])
    gap_file = read("gaps", folder)
    return Library(
        documents=documents,
        records=records,
        gaps=[_typed(Gap, g, "gaps", str(g.get("id"))) for g in gap_file["gaps"]],
        referrals=[_typed(Referral, r, "gaps", "referrals") for r in gap_file["referrals"]],
        topics=topics,
        synonyms=topic_file["synonyms"],
        stop_words=frozenset(topic_file["stop_words"].split()),
        groups=topic_file["groups"].split(),
        local_names=tuple(topic_file["local_names"].split()),
        questions=questions,
        outside=tuple(question_file["outside"]),
        dialect=sorted(topic_file["dialect"].items(), key=lambda pair: -len(pair[0])),
        aspects={
            name: _typed(AspectWords, a, "aspects", name) for name, a in read("aspects", folder)["aspects"].items()
        },
    )


def _refers_well(
    record: Record, documents: dict[str, Document], topics: dict[str, Topic], before: dict[str, Record], file: str
) -> None:
    """Checks what a record points at."""
    if record.id in before:
        raise PolicyDataError(f"{file}.yaml，{record.id}：编号重复")
    if record.document not in documents:
        raise PolicyDataError(f"{file}.yaml，{record.id}：没有文件 {record.document}")
    if record.region and record.region not in REGION_FILES:
        raise PolicyDataError(f"{file}.yaml，{record.id}：没有地区 {record.region}")
    for topic in record.topics:
        if topic not in topics:
            raise PolicyDataError(f"{file}.yaml，{record.id}：没有主题 {topic}")


@lru_cache
def library() -> Library:
    """Everything on file, read once per process."""
    return load()
