"""Wishes about the food (莫放猪油，我胆囊割哒; 莫送鱼，有刺): they end nothing and find nothing wrong; what no diet holds is noted
for the kitchen."""

from __future__ import annotations

import re

from care.booking import particulars, remarks
from care.booking.hearing import Hearing, is_question

DIET = "diet"
_PAUSE = re.compile(r"[，,。；;、！!？?\s]+")
_NOT = r"(?:不要|不能|不敢|不可以?|不许|不|莫要?|别|唔好|唔要|唔|甭|嫑|覅|冇要|少|多)"
_PUT = r"(?:再|给[我她他额俺咱]|帮[我她他额俺咱]|要)?(?:放|搁|加|撒|吃|恰|呷|喫|食|(?:整|弄|做|煮|烧)(?:得)?太)"
_FOOD = r"(?:鱼|虾|蟹|海鲜|肉|蛋|奶|鸡|鸭|鹅|牛|羊|猪|油|盐|糖|酱|醋|葱|姜|蒜|辣|椒|豆|花生|芹|香菜|芫荽|内脏|肝|骨头|刺|茄|菇|笋|木耳|粥|甜的?|咸的?|酸的?|腥|凉的|冷的|生的|硬的|味精|发物)"
_ELSE = r"(?!心|到|在|下|门|[我她他额俺咱你您]|错|完|多久|哪|得|着|过|了|亏|苦|力|惯|好|饱|药)"
_WISH = re.compile(
    rf"{_NOT}{_PUT}{_ELSE}[^，。]{{1,8}}|唔好落[^，。]{{1,6}}|要(?:放|搁|加){_ELSE}[^，。]{{1,6}}"
    rf"|(?:不要|莫要?|别|唔好|唔要|甭|嫑|少|多)(?:再|给[我她他额俺咱])?(?:送|来|有|带)?[^，。份]{{0,3}}{_FOOD}|{_FOOD}[子类]?(?:一点|一丁点|半点)?(?:都|也|就)?{_NOT}{_PUT}?"
)
_OF_THE_ORDER = re.compile(r"[0-9一二两三四五六七八九十]+份|饭(?!硬|软|烂)|餐|盒|订|单|[送吃要]了")
"""Words that are about the order itself (莫送饭了)."""
_AN_END = re.compile(r"(?:(?:不要|不用|不|别|莫|甭|唔)(?:再|给[我俺额])?(?:订|要|送|吃|来|约|办)+(?:饭|餐|菜|过来|这个|这份)*|算|取消)(?:了|哒|咧|咯|啦)$|(?:不|别|莫|甭)(?:要|用)?(?:订|约)|取消")


def words(hearing: Hearing) -> str:
    """What is to be noted for the kitchen: a wish that no diet holds, and the reason told with it; empty where none is."""
    pieces = [one for one in _PAUSE.split(hearing.turn.text) if one]
    if hearing.item is None or DIET not in hearing.item.slots or is_question(hearing.turn.text):
        return ""
    if any(map(_AN_END.search, pieces)):
        return ""
    named = [one for one in pieces if _WISH.search(one) and not _OF_THE_ORDER.search(one) and not _of_a_diet(hearing, one)]
    if not named:
        return ""
    behind = pieces[pieces.index(named[0]) :]
    others = [e.text for e in hearing.turn.entities if e.kind != DIET]
    return "，".join(one for one in behind if one in named or not any(text in one for text in others))


def _of_a_diet(hearing: Hearing, piece: str) -> bool:
    named = any(e.kind == DIET and e.text in piece for e in hearing.turn.entities)
    return named or bool(particulars.from_words(piece, DIET, False))


def wished(hearing: Hearing) -> bool:
    """Whether these words wish something about the food, and so cannot mean that none is wanted."""
    pieces = _PAUSE.split(hearing.turn.text)
    named = hearing.turn.all(DIET) or any(_WISH.search(one) and _of_a_diet(hearing, one) for one in pieces)
    diet = bool(hearing.item and DIET in hearing.item.slots and named)
    return bool(words(hearing)) or diet and not any(map(_AN_END.search, pieces))


def take(hearing: Hearing) -> None:
    """Notes what is wished about the food. Asked for a diet, that answers the question: else the food is as usual."""
    draft, food = hearing.draft, words(hearing)
    if hearing.fresh or not food:
        return
    if hearing.asked == DIET and DIET not in draft.particulars:
        draft.particulars = {**draft.particulars, DIET: particulars.unknown(DIET)}
    remarks.note(hearing, food)
