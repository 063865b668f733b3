"""Questions about a document itself: who issued it and when, until when it runs, whether it is final, whom to ring."""

from __future__ import annotations

import re

from care import clock, regions
from care.policy.asked import Asked, plain, topics_of
from care.policy.compose import called, card, cite
from care.policy.decide import Finding
from care.policy.records import Document, Record, library
from care.policy.speech import speakable
from care.reply import Reply
from care.texts import phrase

PAPER = re.compile("文件|[下发]的文|这个文|方案|计划(?!生育)|稿|政策|规定|红头")
PERIOD = re.compile(
    "(到|管到|用到|写到|执行到|实施到|做到|截止到?|搞到)了?(哪|几|什么)一?(年|时候|几年)|为止|过期|到期|过时|作废|失效|还(能用|作数|执行)"
    "|还?(有效|管用|算数)|有效期|期限|实施期|管几年|几年的(计划|方案)|(出|有)(了)?新的?(方案|计划|政策|文件)|结束"
)
ISSUED = re.compile(
    "(什么时候|哪一?年|哪天|何时|几几年|几年|几月|哪个月)(印|发|出|定|通过|公布|下)|(谁|哪(个|家|级|里)?的?(单位|部门|政府|局)?|什么(单位|部门|政府))"
    "(印|发|出|定的|定下|颁|制定|通过)|出自(哪|谁|什么)|文号|发文|印发|哪一?年的|什么时候的|多少号文|几号文"
)
FORMAL = re.compile(
    "正式|敲[没不]?(没|不)?敲?定|落[没不]?(没|不)?落?定|拍没拍板|拍板|板上钉钉|(征求|征集|听取?|收集|问|提)[^，]{0,6}意见|真发|作数|算数|当真|定稿|定(了|下来?|好)(了)?(没|吗|不|啵|未|还是)|定没定|生效|送审|征求意见|草[案稿]|印没印|通过(了|没)"
    "|批(了|下来?|准)(了)?(没|吗|不|啵|未)|批没批|下没下来|(开始)?执行(了|起来)?(没|吗|啵)|(开始)执行|实施(了)?(没|吗)|作不作数|算不算数|当不当真|准不准"
)
TRIAL = re.compile("试点.*(作数|算数|管用|有效|执行)")
"""Whether the trial still holds."""
OF_YEAR = re.compile("(哪一?|几|几几)年(的|定|出|印|发|写)|老黄历|什么时候(的|定的|写的)")
"""From when what was told is."""
TOLD = re.compile(
    "(你|您)们?(刚才|刚刚|方才|前头|前面)?(说|讲|念|提)|(刚才|刚刚|方才)(说|讲|念|提)|(这|那)(个|份|些|条|东西|玩意|文|方案|政策|规定|计划)|东西|玩意|文件|方案|政策|规定|稿"
)
"""Words that point at what was told a moment ago."""
SHORT_OF_TOLD, LONGEST_OF_TOLD = 8, 24
"""Characters of such words: without and with something that points."""
NUMBER = re.compile("文号|文件号|多少号|几号文|发文号|编号")
HOW_TO = frozenset({"phone", "where", "how_to_apply", "deadline", "department"})
VAGUE = 1.0
"""Weight of a topic that a single everyday word points at."""
STRONG = 2.0
"""A topic of its own from this weight on makes it a question about that, not about the paper."""
OWN_TOPICS = frozenset({"document", "goals", "hotline", "digital", "complaint", "allowance", "provider"})


def about(asked: Asked, region: str) -> Reply | None:
    """The answer to a question about the region's document itself; none if it asks for something else."""
    document = library().documents.get(region)
    if document is None or not asks_paper(asked):
        return None
    record = _record(document)
    if "phone" in asked.aspects and not NUMBER.search(asked.text):
        said = phrase("policy.paper_phone", document=called(document), verify=document.verify)
    elif PERIOD.search(asked.text):
        said = _period(document) + phrase("policy.paper_verify", verify=document.verify)
    else:
        opening = re.sub("^这(份|个)", rf"{regions.region(region).short}的这\1", record.content)
        number = _number(document) if NUMBER.search(asked.text) else ""
        said = f"{opening}。{number}{_period(document)}{phrase('policy.paper_verify', verify=document.verify)}"
    finding = Finding("document", record)
    shown = f"{said}\n出处：{cite(record).show}"
    return Reply(speakable(_number_for_the_ear(said)), shown, card=card(finding, document))


def asks_paper(asked: Asked) -> bool:
    """Whether the words ask for the document itself."""
    itself = {"document"}
    if FORMAL.search(asked.text) and not HOW_TO.intersection(asked.aspects):
        itself.add("complaint")  # 还在提意见阶段: of the paper, not how to tell one's opinion
    if not (PAPER.search(asked.text) or TRIAL.search(asked.text)) or any(
        w > STRONG or (w == STRONG and t not in OWN_TOPICS) for t, w in asked.topics.items() if t not in itself
    ):
        return False
    kinds = (PERIOD, ISSUED, FORMAL, NUMBER)
    return any(kind.search(asked.text) for kind in kinds) or "phone" in asked.aspects


def of_what_was_told(text: str) -> bool:
    """Whether words ask after the paper of what was told a moment ago: 你说的这个东西到底定下来了没有, 那是哪年的."""
    words = plain(text)
    if not any(kind.search(words) for kind in (FORMAL, PERIOD, OF_YEAR, NUMBER)) or len(words) > LONGEST_OF_TOLD:
        return False
    own = [weight for topic, weight in topics_of(words).items() if topic != "document"]
    if not TOLD.search(words):
        return not own and len(words) <= SHORT_OF_TOLD
    return all(weight <= VAGUE for weight in own)


def _record(document: Document) -> Record:
    return next(r for r in library().records.values() if r.document == document.id and r.topics[0] == "document")


def _number(document: Document) -> str:
    if document.number:
        return phrase("policy.paper_number", number=document.number)
    return phrase("policy.paper_no_number")


def _period(document: Document) -> str:
    if not document.period_end:
        return phrase("policy.paper_open", document=called(document))
    over = f"{clock.now():%Y-%m}" > document.period_end
    return phrase(
        "policy.paper_over" if over else "policy.paper_runs",
        document=called(document),
        year=document.period_end[:4],
    )


def _number_for_the_ear(text: str) -> str:
    return re.sub(r"〔(\d{4})〕", r"\1年", text)
