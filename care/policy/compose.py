"""Putting a finding into words: for the ear short and plain, for the eye with title, number and clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from care import clock, regions
from care.policy.asked import Asked
from care.policy.decide import Finding, outside
from care.policy.records import Document, Record, library
from care.policy.speech import shown_clause, speakable, spoken_clause, spoken_number, spoken_quote
from care.reply import Choice, Reply
from care.texts import phrase, reply

MOST_DEPARTMENTS = 3
SHORT_CONTENT = 45
"""Longest content, in characters, that still goes before an admission of what is lacking."""
LONGEST = 100
"""Characters from which an answer is spoken without a question after it."""
MONEY = re.compile("补助|补贴|元|奖|优惠|扶持|贷款|资助")
PAYS = re.compile("免费|无偿|低偿|有偿|低收费|自己付|不收钱|自己花钱|收费")
"""Whether it costs anything, which is half an answer to how much."""
GENERAL_AUDIENCE = re.compile("^(全体|全市|老年人$|东莞老年人|基层老年人|居家老年人$|社区)")
COMPLAINS = re.compile("告|投诉|举报|反映|意见|坑|欺负|虐待|打骂|不老实|不规矩|违规|糊弄|坏|骗")
"""Somebody has something against a home."""
WHERE_TO = re.compile("怎么办|哪儿?告|去告|告谁|告去|找谁|哪里|去哪|哪儿|电话|反映|投诉|举报|提意见|意见")
"""Somebody has something to report and wants to know where."""
RUN_BY = re.compile("由[^，。]{2,8}(领办|牵头|来办)")
"""A fact that names itself who runs a thing, beside the offices that answer for it."""
STATUS_SHOWN = {
    "issued": "正式印发",
    "approved": "省政府常务会议原则通过，网页没有印发日期",
    "draft_review": "送审稿，未见正式印发",
    "draft_comment": "征求意见稿，未正式定稿",
    "reported": "转述",
}
CONFIDENCE_SHOWN = {
    "medium": "单一来源转述，请核实",
    "high": "官方页未打开，请核实",
    "memory": "演示数据，凭常识，请核实",
}


YEARS_AGO = {"前年": 2, "去年": 1, "明年": -1}
YEAR = re.compile(r"(?<!\d)(20[12]\d)年?(?!\d)")
DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")


@dataclass(frozen=True)
class Citation:
    """Where an answer comes from."""

    say: str
    show: str


def cite(record: Record) -> Citation:
    """The source of a record: title, number, date, status and clause; for the ear title and clause."""
    document = library().document_of(record)
    facts = [document.number or "文号未给出", document.date or "日期未给出", STATUS_SHOWN[document.status]]
    if document.confidence in CONFIDENCE_SHOWN:
        facts.append(CONFIDENCE_SHOWN[document.confidence])
    title = document.title if "《" in document.title else f"《{document.title}》"
    clause = f"，{shown_clause(record.clause)}" if record.clause else ""
    spoken = f"，{spoken_clause(record.clause)}" if record.clause else ""
    return Citation(spoken_title(document) + spoken, f"{title}（{'，'.join(facts)}）{clause}")


def spoken_title(document: Document) -> str:
    """A document's title for the ear, with its year."""
    title = re.sub(r"（(送审稿|征求意见稿)）", r"，\1", document.title)
    title = re.sub(r"（\d{4}—\d{4}年）", "", title)
    year = speakable(f"{document.year}年的") if document.year else ""
    return year + re.sub(
        r"[“”《》（）/]|GB T \S+", "", title.replace("GB/T 42195-2022", "").replace("GB/T 43153-2023", "")
    )


def _main(asked: Asked, finding: Finding, record: Record) -> list[str]:
    """The sentences of the answer proper, with figures, without source."""
    content = record.joint.say if finding.joint and record.joint else record.content
    topic = library().topics[asked.topic if asked.topic in record.topics else record.topics[0]].say
    if finding.found == "masked":
        return [phrase("policy.masked", content=content)]
    if finding.found == "partly":
        half = finding.lacking == ("amount",) and PAYS.search(content)
        told = content if half or len(content) <= SHORT_CONTENT else phrase("policy.has_topic", topic=topic)
        return [told + "，" + _lacking(finding.lacking[0])]
    if (
        "department" in asked.aspects
        and record.departments
        and not any(d[-3:] in record.content for d in record.departments)
    ):
        who = phrase("policy.departments", topic=topic, departments=_departments(record))
        only = asked.aspects == ("department",) and not RUN_BY.search(content)
        return [who] if only else [content + "。", who]
    sentences = [content + "。"]
    if "who" in asked.aspects and not _names_audience(record):
        sentences.append(phrase("policy.audience", audience=re.sub(r"[（(].*?[）)]", "", record.audience)))
    if finding.lacking:
        sentences.append(phrase("policy.also_lacking"))
    if record.topics[0] == "complaint" and WHERE_TO.search(asked.text):
        sentences.append(phrase("policy.complain_at"))
    return sentences


def _departments(record: Record) -> str:
    """The responsible offices for the ear: the first few, the city named once."""
    named = [re.sub(r"[()（）]", "", d) for d in record.departments[:MOST_DEPARTMENTS]]
    city = regions.region(record.region).short if record.region else ""
    named = [named[0], *(d.removeprefix(city) for d in named[1:])]
    return "、".join(named) + ("等部门" if len(record.departments) > len(named) else "")


def _lacking(aspect: str) -> str:
    what = library().aspects[aspect].lack  # type: ignore[index]
    if aspect in ("where", "how_to_apply", "materials"):
        return phrase("policy.lacking_where", what=what)
    return phrase("policy.lacking" if aspect in ("amount", "percent", "count") else "policy.lacking_plain", what=what)


def _names_audience(record: Record) -> bool:
    """Whether the content already says whom it is for."""
    if GENERAL_AUDIENCE.search(record.audience):
        return True
    parts = [p for p in re.split(r"[、，和及或的中,()（）]", record.audience) if len(p) > 1]
    named = sum(part[:2] in record.content for part in parts)
    return not parts or named * 2 >= len(parts)


def _correction(asked: Asked, record: Record) -> list[str]:
    """Money for others is never left standing as money for the elder."""
    if record.kind == "provider" and MONEY.search(record.content):
        return [phrase("policy.not_yours", paid_to=record.paid_to)]
    return []


def lacks_still(finding: Finding) -> Reply:
    """A further detail of the record just told that the document does not hold."""
    assert finding.record is not None
    document = library().document_of(finding.record)
    end = reply("policy.call_back")
    said = f"{called(document)}里{_lacking(finding.lacking[0])}"
    return Reply(
        said + end.say, f"{said}{end.say}\n出处：{cite(finding.record).show}", end.choices, card=card(finding, document)
    )


def stated(record: Record) -> Reply:
    """What a record says, in short, to stand before something else: 长春的征求意见稿里说，…。正式的怎么定，请再核实。"""
    document = library().document_of(record)
    said = f"{document.then}{record.content}。{document.caveat_short}"
    return Reply(speakable(said), f"{said}\n出处：{cite(record).show}")


def called(document: Document) -> str:
    """What a document is called in passing: 东莞二〇二〇年的行动计划."""
    return _called_in(document.then)


def _called_in(opening: str) -> str:
    return re.sub(r"(，里面|据转述)?(说|里说|是|里)?，$", "", opening).rstrip("，")


def _strange_name(asked: Asked, record: Record) -> str:
    """What the question calls by a name of another region's document, if it does."""
    return _name_unknown_in(asked, record.region)


def _name_unknown_in(asked: Asked, region: str) -> str:
    named = (name for name in library().local_names if name in asked.text)
    return next((name for name in named if region and not library().has_name(region, name)), "")


def tell(asked: Asked, finding: Finding, told: list[str], offer: bool) -> Reply:
    """The reply for a finding that rests on a record.

    Args:
        asked: the question.
        finding: what may be said.
        told: documents whose full caveat this conversation has heard.
        offer: whether to close with a question (the source, a service).
    """
    record = finding.record
    assert record is not None
    document = library().document_of(record)
    heard = document.id in told
    sentences = _main(asked, finding, record) + _correction(asked, record)
    caveat = document.caveat if finding.known and not heard else document.caveat_short
    opening = document.then if heard else document.first
    if strange := _strange_name(asked, record):
        opening = phrase("policy.other_name", document=_called_in(opening), name=strange)
    elif (year := year_asked(asked.text)) and record.numbers and not _of_year(record, document, year):
        opening = phrase("policy.not_that_year", document=_called_in(opening), year=speakable(f"{year}年"))
    elif record.age_from and asked.age and asked.age < record.age_from:
        opening = phrase("policy.not_that_age", document=_called_in(opening), age=spoken_number(str(asked.age)))
    elif asked.group and not _speaks_of(record, asked.group):
        opening = phrase("policy.not_that_group", document=_called_in(opening), group=asked.group)
    closing, choices = _closing(asked, record, finding, offer)
    if finding.known and len(opening + "".join(sentences) + caveat) > LONGEST:
        closing = ""  # the choices stay on the screen
    say = opening + speakable("".join(sentences)) + caveat + closing
    source = cite(record)
    show = f"{opening}{''.join(sentences)}{caveat}{closing}\n出处：{source.show}"
    return Reply(say, show, choices, card=card(finding, document))


def _speaks_of(record: Record, group: str) -> bool:
    """Whether a record names these people, or speaks of everybody."""
    return group in record.content + record.audience + record.quote or bool(GENERAL_AUDIENCE.search(record.audience))


def year_asked(text: str) -> int | None:
    """The one year that a question is about: 去年, 二〇二四年 or 2024年."""
    spoken = next((ago for word, ago in YEARS_AGO.items() if word in text), None)
    if spoken is not None:
        return clock.now().year - spoken
    named = YEAR.findall(text.translate(DIGITS))
    return int(named[0]) if len(named) == 1 else None


def _of_year(record: Record, document: Document, year: int) -> bool:
    """Whether a sum is told of that year: it stands in the record, or the paper was in force then."""
    if "amount" not in record.aspects or str(year) in record.content:
        return True
    end = int(document.period_end[:4]) if document.period_end else document.year
    return document.year is None or end is None or document.year <= year <= end


def _closing(asked: Asked, record: Record, finding: Finding, offer: bool) -> tuple[str, tuple[Choice, ...]]:
    if finding.found != "answer":
        end = reply("policy.call_back")
        return end.say, end.choices
    service = library().topics[record.topics[0]].service
    if service and (record.kind == "right" or record.topics[0] == "complaint" and COMPLAINS.search(asked.text)):
        end = reply("policy.offer_service", service=service)
    elif record.quote:
        end = reply("policy.offer_source")
    else:
        return "", ()
    return (end.say if offer else "", end.choices)


def card(finding: Finding, document: Document | None = None) -> dict[str, Any]:
    """What an answer rests on, for screens and records."""
    record = finding.record
    records = [record.id, *(record.joint.others if finding.joint and record.joint else ())] if record else []
    return {
        "kind": "policy",
        "found": finding.found,
        "records": records,
        "gap": finding.gap.id if finding.gap else None,
        "document": document.id if document else None,
        "region": document.region if document else None,
        "clause": record.clause if record else None,
        "title": document.title if document else None,
    }


def refuse(asked: Asked, finding: Finding, region: str) -> Reply:
    """The reply where nothing may be said: what is missing, and the way out."""
    end = reply("policy.way_out")
    document = library().documents.get(region)
    name = called(document) if document else "我这里的文件"
    if "childcare" in asked.topics and asked.topic == "childcare":
        return reply("policy.childcare")
    if finding.gap:
        said = finding.gap.say.format(document=name, region=regions.region(region).short if region else "这里")
        return Reply(said + end.say, choices=end.choices, card=card(finding))
    if asked.topic == "complaint" and document and WHERE_TO.search(asked.text):
        return reply("policy.complain_unwritten", document=name, choices=end.choices, card=card(finding))
    if finding.found == "no_topic" and document:
        held = any(asked.topic in r.topics for r in library().records.values() if r.region == region and not r.hidden)
        topic = library().topics[asked.topic].say
        said, what = ("not_that", topic) if held else ("no_topic", topic)
        if strange := _name_unknown_in(asked, region):
            said, what = "no_topic", strange
        return reply(
            f"policy.{said}", document=name, topic=what, way_out=end.say, choices=end.choices, card=card(finding)
        )
    referral = outside(asked)
    if referral:
        return Reply(referral.say + end.say, choices=end.choices, card=card(finding))
    return reply("policy.none", way_out=end.say, choices=end.choices, card=card(finding))


def not_said(region: str, times: int) -> Reply:
    """What is asked besides about the matter just told was not found in the region's document, after so many `times` before."""
    end = reply("policy.way_out")
    document = library().documents.get(region)
    name = called(document) if document else "我这里的文件"
    return reply("policy.not_that_either", attempt=times, document=name, way_out=end.say, choices=end.choices)


def compared(asked: Asked, findings: list[tuple[str, Finding]]) -> Reply:
    """Two or more regions side by side, each statement with its own source."""
    said, shown, rows = [], [], []
    for region, finding in findings:
        record = finding.record
        if record is None or finding.found in ("gap", "no_topic", "none"):
            what = _missing(asked)
            said.append(phrase("policy.compare_unknown", document=called(library().documents[region]), what=what))
            shown.append(said[-1])
            rows.append(card(finding))
            continue
        document = library().document_of(record)
        text = "".join(_main(asked, finding, record) + _correction(asked, record))
        said.append(document.then + speakable(text))
        shown.append(f"{document.then}{text}\n出处：{cite(record).show}")
        rows.append(card(finding, document))
    end = phrase("policy.compare_end")
    return Reply("".join(said) + end, "\n".join(shown) + "\n" + end, card={"kind": "policy_compare", "rows": rows})


def _missing(asked: Asked) -> str:
    for aspect in asked.aspects:
        if aspect in ("amount", "how_often", "age", "deadline", "percent"):
            return library().aspects[aspect].lack  # type: ignore[index]
    return library().topics[asked.topic].say if asked.topic else "这个"


def original(record: Record) -> Reply:
    """The exact words behind an answer."""
    document = library().document_of(record)
    source = cite(record)
    if not record.quote:
        said = phrase("policy.source_reported", title=spoken_title(document))
        return Reply(said, f"{record.content}。\n出处：{source.show} {document.url}".rstrip())
    shown = f"“{record.quote}”\n出处：{source.show}"
    if record.quote_spoken == "":
        return Reply(
            phrase("policy.source_unreadable", title=spoken_title(document), clause=spoken_clause(record.clause)), shown
        )
    quote = spoken_quote(record.quote_spoken or record.quote)
    said = phrase("policy.source", quote=quote, title=spoken_title(document), clause=spoken_clause(record.clause))
    return Reply(said, shown)
