"""How badly off somebody is by what is told of them: 吃饭要人喂，走不了路，算哪一级. Only an assessment gives the grade itself."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy.orm import Session

from care import offers
from care.conversation.model import Conversation
from care.eligibility import hearing, named, whom
from care.eligibility.claims import MEMORY
from care.eligibility.known import take_facts
from care.eligibility.rules import benefits
from care.eligibility.words import words_of
from care.reply import Outcome
from care.texts import phrase, reply
from care.turn import Turn

ASSESSMENT = "assessment"
_WHICH = r"(?:哪|几|什么|啥|么子|多少|边)"
GRADE = re.compile(
    rf"(?:算|是|属于|够|评|定|属|到|能)[^，]{{0,6}}{_WHICH}(?:一|个|种)*(?:级|等级|档|等|度|程度)|{_WHICH}(?:一|个)*(?:级|等级)(?:呀|啊|呢|的|了|嘛)?(?:，|$)|{_WHICH}级失能|(?:轻度|中度|重度)(?:还是|吗|么|不|没)"
    r"|(?:算|是|够|属于|系)(?:不(?:算|是|够|属于)|唔系)?(?:得上|上|个)?(?:不上)?(?:不?算)?(?:轻度|中度|重度|完全)?半?失能(?:了|老人|的)?(?:吗|么|不|没|啵|咩|呢|嘛)?(?:，|$)|失能(?:了)?(?:吗|不|没|啵|咩)(?:，|$)|(?:不(?:知道|晓得|清楚|懂)|唔知)[^，]{0,4}失能"
)
"""Words that ask what grade somebody is of, or whether they count as disabled."""
HEAVY = re.compile(
    r"瘫(?!痪证)|卧床|(?:起不来|下不了|下不得|离不开|下不来)床|躺(?:在)?床|要?(?:人|靠人|别人)?喂|喂(?:饭|水|到嘴)|(?:大小便|屎尿|拉尿|屙屎)[^，]{0,6}(?:失禁|床上|管不|不知|不晓)|尿不湿|鼻饲|插管|植物人|(?:全|样样|啥都|什么都|都)(?:得|要|靠|不能|动不|干不)[^，]{0,3}(?:人|动|了)|翻身(?:都)?(?:要|得|靠|不)|动不(?:了|得)"
)
"""What somebody can do least of all: to eat, to turn over, to leave the bed."""

OF_MORE = re.compile(r"残|补贴|津贴|补助|领|多少钱|待遇|保险|长护")
"""Words that ask for what a grade brings."""
OF_SOMETHING_ELSE = frozenset({"address", "phone", "order_number", "time"})


def asks(turn: Turn) -> bool:
    """Whether words tell how somebody manages and ask what grade that is, and nothing else."""
    words = words_of(turn.text)
    if not GRADE.search(words) or OF_MORE.search(words) or any(e.kind in OF_SOMETHING_ELSE for e in turn.entities):
        return False
    told = _without_question(turn)
    if hearing.facts(told).get("ability") in (None, "unknown") and not HEAVY.search(told.text):
        return False
    return all(code in (ASSESSMENT, "meals", "purchase") for code in named.benefits_asked(turn))


def answer(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """How badly off that sounds, that only an assessment counts, and the offer of one; what was told is kept."""
    told = _without_question(turn)
    relation = whom.relation(turn)
    take_facts(conversation, {"relation": relation}, told, "")
    conversation.remember(**{MEMORY: {"benefit": ASSESSMENT, "relation": relation, "region": conversation.region}})
    managing = hearing.facts(told).get("ability")
    kind = "heavy" if HEAVY.search(told.text) else "intact" if managing == "intact" else "some"
    book = benefits()[ASSESSMENT].book
    offers.leave_open(conversation, book)
    return Outcome([reply(f"eligibility.grade_{kind}", who=whom.who(relation) if relation else phrase("eligibility.somebody"), book=book)], "answered")


def _without_question(turn: Turn) -> Turn:
    """What is told beside the question: the grade asked for is no fact."""
    return replace(turn, text=GRADE.sub("", words_of(turn.text)), entities=())
