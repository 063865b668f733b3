"""A booking that is given up (不剪了，我儿子带我去), and one that is wanted after all: “还是订吧” brings it back with all that was said."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from care import agreement, clock
from care.booking.draft import TASK, Draft
from care.booking.hearing import Hearing, bare, is_question
from care.conversation.model import Conversation
from care.texts import reply
from care.turn import Entity, Turn

DROPPED = "booking_dropped"
"""Memory key of the draft that was stopped last, and when."""
CONTACT = frozenset({"address", "phone", "person_name"})
"""Kinds of entity that nobody tells who wants nothing."""
AFTER_ALL = "还是订吧"
"""Words with which it is wanted after all."""
KEPT = timedelta(minutes=15)
LEADING = 3
"""Clauses at the beginning among which something is given up."""
OPEN = ("service", "date", "time", "person", "region", "place", "name", "problem", "duration")
"""Questions to which “不用了” is no answer but the end."""
READ_BACK = ("confirm", "change")
PARTS = ("quantity", "diet", "aid", "phone", "address")
"""Kinds of entity of which only that is not wanted (一份不要了)."""
_BACK = re.compile(
    r"(?:算了|不不|等等|等一下|别|哎呀?|唉|那|要不|想了想|我想想|我)*(?:还是|接着|继续|照旧|又想)(?:给我|帮我|给他|给她)?"
    r"(?:订|定|约|要|办|来|登记|排|租|借|洗|送|申请)(?:了|上|一下|下去|刚才(?:那个|的))*(?:这个|那个|一份|一个)?"
)
_VERBS = "订|定|约|剪|理|洗|送|买|扫|打扫|擦|修|去|来|办|登记|弄|租|借|做|换|请|叫|搞|申请|排|报|评|整|折腾|麻烦|吃|陪|推|看|住|捎|劳烦|跑|打(?!扫)|拔|拆|抽|量"
_OFF = re.compile(
    rf"(?P<of>[^，。]*?)(?:(?:算了|拉倒|作罢|罢了)(?:吧|啦|呗|哈|嘛)*|(?:就|都|也|还是|先|暂时|那就|又|再)*(?:不|别|莫|唔|甭|嫑)(?P<how>用|要|想|需要|消|使)?(?:再)?(?:给[我他她]|帮[我他她]|叫人|你们)?"
    rf"(?P<verb>{_VERBS})?(?:来|送|扫|洗|剪|订|约|办|麻烦|跑)?(?:人|饭|澡|头发|脚|车|菜|你们)?(?:了|啦|哒|咯|咧|喽|呢|吧|先|嘞)+)"
    rf"|(?P<first>[^，。]{{0,4}}?)先(?:别|不|莫|甭)(?:急着)?(?:给[我他她]|帮[我他她])?(?:{_VERBS})[^，。]{{0,3}}"
)
"""A clause with which something is given up; `of` says what."""
_UNABLE = re.compile(r"[^就都也是先那又再还，]不了(?:了|啦|的|吧)*$")
"""What somebody cannot do (轮椅也坐不了) gives nothing up."""
_ALL_OF_IT = re.compile(
    r"(?:那个?|这个?|这[次回]|我们?|俺|咱|他|她|人家|还是|想想|想了想|想来想去|后来|现在|暂时|哎呀?|唉|啊|哦|嗯|对不起|不好意思|麻烦|算了|那就|要不|就|的|针|药|单子?|订单|预约|事儿?|服务|师傅|护士|人|饭|餐|澡|头发|脚|车|菜|卫生|又|上门|你们?|您)*"
)
"""What may be given up with the whole booking."""
_WISHES = re.compile(r"就(?:买|要|订|送|约|来)(?!了)|只(?:要|用|买|取|拿|帮)|帮我|给我|替我|帮俺|给俺|帮他|帮她|给他|给她|给老|改(?!天)|换|要不(?!了)|能不能|可不可以|再来|订个|约个|叫个|来个|来份|还是(?:要|订|约|送|来|给|去|明|后|下)|想(?:要|订|约|请|找)|行不|好不|行吗|可以吗|留着|保留|[吧呗]$")
"""Words of a clause that wants something after all."""
_SOMEBODY = re.compile(
    r"儿|女|闺|囡|崽|仔|媳|婿|孙|老伴|老头|老公|老婆|爱人|侄|甥|舅|姑|姨|叔|伯|婶|嫂|姐|妹|哥|弟|爸|妈|爹|娘|爷|奶|婆|邻居|隔壁|对门|亲戚|朋友|社区|居委|保姆|家里人|人家|他|她|别人|有人|自己|我们(?!要|想)|大夫|医生|医院"
)
"""Whoever sees to it instead (我儿媳妇扫过了)."""
_SENDS = re.compile(r"(?:帮|给|替)(?:我|俺|他|她|老)|你们|叫(?:个|一)?(?:人|师傅)|[找派请](?:个|一)?(?:人|师傅|护士)")
"""Words of a clause that wants somebody sent."""


def off(text: str) -> re.Match[str] | None:
    """The clause that gives something up, when the words begin or end with it."""
    pieces = [one.strip() for one in re.split(r"[，,。；;！!？?\s]+", text) if one.strip()]
    for piece in (*pieces[:LEADING], *pieces[LEADING:][-1:]):
        if (found := _OFF.fullmatch(piece)) and not _UNABLE.search(piece):
            return found
    return None


def gives_up(hearing: Hearing) -> bool:
    """Whether the whole booking is given up: one clause says so, or what was learnt from examples, and nothing is wanted."""
    turn, draft = hearing.turn, hearing.draft
    found, learnt = off(turn.text), turn.does == "stop" and not agreement.finds_wrong(turn.text)
    if hearing.fresh or not (found or learnt) or draft.repeats or is_question(turn.text) or agreement.goes_ahead(turn.text):
        return False
    given = found.group() if found else ""
    if any(e.kind in PARTS and e.text in given for e in turn.entities):
        return False
    rest = [one for one in re.split(r"[，,。；;！!\s]+", turn.text) if one and one not in given]
    bare_no = not found or not (found.group("verb") or found.group("first") or "算了" in given or found.group("of"))
    if bare_no and (hearing.asked not in (*OPEN, *READ_BACK) or not agreement.besides("，".join(rest))):
        return False  # 不用了，我牙好 may answer what was asked
    if found and not _all_of_it(hearing, found.group("of") or found.group("first") or ""):
        return False
    others = [e for e in turn.of("service") if e.value != draft.service and e.text not in given]
    return not any(_wishes(piece) for piece in rest) and not any(e.value == turn.meant or _wished(e, rest) for e in others)


def _all_of_it(hearing: Hearing, of: str) -> bool:
    """Whether what is not wanted is the booking, and not a part of it (油不要了)."""
    ours = (e for e in hearing.turn.entities if e.kind in ("time", "relation") or e.kind == "service" and e.value == hearing.draft.service)
    for entity in sorted(ours, key=lambda e: -len(e.text)):
        of = of.replace(entity.text, "")
    return bool(_ALL_OF_IT.fullmatch(of))


def _wishes(piece: str) -> bool:
    """Whether a clause wants something, and does not only tell who sees to it."""
    return bool(_WISHES.search(piece)) and not _told(piece)


def _wished(named: Entity, pieces: list[str]) -> bool:
    """Whether another service is wanted, and not only told of with whoever sees to it (我儿子带我去外头剪)."""
    return not _told(next((one for one in pieces if named.text in one), ""))


def _told(piece: str) -> bool:
    """Whether a clause tells who sees to it instead."""
    return bool(_SOMEBODY.search(piece)) and (piece.endswith("了") or not _SENDS.search(piece))


def keep(conversation: Conversation, draft: Draft) -> None:
    """Remembers a draft that is being stopped."""
    conversation.remember(**{DROPPED: {"draft": draft.model_dump(), "at": clock.now().isoformat()}})


def just_now(conversation: Conversation) -> bool:
    """Whether the last thing said was that a booking is given up: who then tells a name or a number had not meant that."""
    said = reply("booking.stopped").say
    return bool(conversation.recall(DROPPED)) and any(one["say"] == said for one in conversation.last_replies)


def wanted(conversation: Conversation, turn: Turn) -> bool:
    """Whether these words want the stopped booking back."""
    kept = conversation.recall(DROPPED)
    first, *more = re.split(r"[，,](?!(?:还是|接着|继续|照旧))", turn.text, maxsplit=1)
    only = _BACK.fullmatch(bare(turn.text))
    back = only or (more and not is_question(turn.text) and _BACK.fullmatch(bare(first)))
    told = just_now(conversation) and any(turn.all(kind) for kind in CONTACT) and not turn.all("service")
    if not kept or conversation.draft(TASK) or not (back or told):
        return False
    return clock.now() - datetime.fromisoformat(kept["at"]) <= KEPT


def back(conversation: Conversation, turn: Turn) -> Draft | None:
    """The stopped booking, if it is wanted back."""
    if not wanted(conversation, turn):
        return None
    draft = Draft.model_validate(conversation.recall(DROPPED)["draft"])
    conversation.remember(**{DROPPED: None})
    return draft
