"""“等会儿，要两份”: a moment asked for, and what is said right behind it, which no pause must swallow."""

from __future__ import annotations

import re
from dataclasses import replace

from care.booking.hearing import Hearing, bare, is_question
from care.turn import Turn

_WAIT = re.compile(
    r"^(?:哎+呀?|诶|啊|哦|嗯|那个?)*(?:[你您]们?)?(?:先|再)?(?:等|候|慢|别急|莫急|甭急|稍)(?:等|会|一下|一会|会儿|下|着|哈|子|阵|先|[你您我]|一?[哈下等]|候|[,，]?别急)*(?:儿|子|啊|哈|咯|哦|嘛|吧|先)*(?=[，,。 ]|$)"
)
"""Words that only ask for a moment."""
_MEANWHILE = re.compile(
    r"^(?:让?(?:我|俺|额|容我)?(?:先|再)?(?:去|来|找|拿|问|看看|看下|看一下|瞅瞅|翻|关|开|接|戴|喝|喊|想|上个?|取|查|记|穿|锅|水|门|有人|老头|孩子|锁|容|缓|歇)|[^，。,]{0,4}(?:响了|开了|敲门|喊我|叫我|来了|哭了|糊了)|好了(?:叫|再|跟))"
)
"""What somebody does in the meantime (我找下身份证)."""
OPEN = ("inform", "nlu_fallback", "out_of_scope", "well_being", "correct", "book")
"""Intents of words that may ask for a moment all the same."""
DESCRIBED = ("problem", "what")
"""Questions that any words may answer."""
BESIDES = {"relation", "role", "change", "told_time"}
"""Kinds of entity of those who are called or of what is looked for meanwhile."""
SOME = 3
"""Characters that can say something."""


def rest(turn: Turn) -> Turn | None:
    """The turn without the moment that it asks for, when it says more than what is done meanwhile; else nothing."""
    behind = _WAIT.sub("", turn.text.strip()).strip("，,。 ")
    pieces = [piece for piece in re.split(r"[，,。；;！!]", behind) if piece.strip()]
    if behind == turn.text.strip() or not pieces:
        return None
    telling = [piece for piece in pieces if not _MEANWHILE.match(piece.strip())]
    if not telling or sum(len(bare(piece)) for piece in telling) < SOME:
        return None
    kept = tuple(e for e in turn.entities if e.text in behind)
    return replace(turn, text="，".join(telling), intent="inform", entities=_placed(kept, turn.text, "，".join(telling)))


def learnt(hearing: Hearing) -> bool:
    """Whether words that tell nothing of the booking only ask for a moment, as learnt from examples (我喊我婆娘来接电话)."""
    turn = hearing.turn
    if hearing.fresh or turn.does != "wait" or turn.intent not in OPEN or hearing.asked in DESCRIBED:
        return False
    return {e.kind for e in turn.entities} <= BESIDES and not is_question(turn.text)


def _placed(entities: tuple, before: str, text: str) -> tuple:
    """Entities with their places in the shorter words; one whose words are gone is left out."""
    kept = [(e, text.find(e.text)) for e in entities]
    return tuple(replace(e, start=at, end=at + len(e.text)) for e, at in kept if at >= 0)
