"""A booking that began by mistake: whoever is asked for the day had only asked something (不是评残，我是问补贴), or only wants to talk.

What was taken for a wish is then left, and the words that say what was meant are taken up by themselves.
"""

from __future__ import annotations

import re

from care.booking import another
from care.booking.hearing import is_question
from care.turn import Turn

_PIECES = re.compile(
    r"[，,。；;！!？?\s]+|(?<=.)(?=(?<!是)不是)|(?<=..)(?=[我俺额](?:就|只)?(?:是|想)(?:想|要|来)?(?:问|打听|咨询|了解|聊))|(?<=..)(?=[我俺额]问的是)"
)
_BOOKS = r"(?:订|定(?!金)|约|办|登记|申请|报名|租)"
_NEVER = re.compile(
    rf"(?:没|冇|不是|唔系|谁|几时|什么时候)(?:有)?(?:说|讲|叫你们?|让你们?|想|是|要|给我|帮我)*{_BOOKS}(?![上到成好着得])"
)
"""Words of somebody who had not wanted a booking at all."""
_NOT_SAID = r"(?:没|冇|谁)(?:有)?(?:说|讲|叫你们?|让你们?)(?:过|我|是)*(?:要|想|给我|帮我)*"
_NEVER_SAID = re.compile(rf"{_NOT_SAID}{_BOOKS}")
_GIVES_UP = re.compile(rf"不(?:想|要|用)?(?:{_BOOKS}|送|来|弄|搞|做|洗|剪|理|去)|算了")
"""Words of a clause that may give the booking up."""
_DOES_NOT = re.compile(r"(?:^|[我俺额咱])(?:又|也|可)?不(?:想|是)?$")
"""Right before what somebody does not want done (我不洗澡)."""
_STOPS = "stop"
_NOT_YOU = r"(?!(?:问|一?下)?(?:过|了|完|我|俺|他|她|佢|儿|女|闺|孩|老[伴头公婆]|家|医|大夫|妈|爸|别人|邻居))"
_MEANT = re.compile(
    rf"[我俺额](?:们|就|只|光|刚才|本来)*(?:是|是说)?(?:想|要|来)*(?:问|打听|咨询|了解)(?:一?下|问)?{_NOT_YOU}|问的是|^(?:那|就)?(?:问|打听|咨询)(?:一?下|问)?{_NOT_YOU}"
    r"|(?:随便|就是|就想|想|咱们?|陪我)(?:找人)?(?:聊|唠|摆|倾)(?:聊|唠|一|天|会|几句|偈|嗑|龙门阵)"
)
"""Words that say what somebody had come for."""
_WRONG = re.compile(r"(?:哎呀?|不|你们?|都|又|是|这|那)*(?:搞|听|弄|理解|想)错了?|不是(?:不是|这个|那个|这个意思)?|误会了?|不对不?对?")
TOPIC = "topic"


def meant(service: str, turn: Turn) -> str:
    """The words with which something else than the booking under way was meant; empty where it goes on.

    Args:
        service: what is being booked.
    """
    pieces = [piece for piece in _PIECES.split(turn.text) if piece]
    refused = [piece for piece in pieces if _refuses(piece, service, turn)]
    rest = [piece for piece in pieces if piece not in refused]
    first = next((n for n, piece in enumerate(rest) if _MEANT.search(piece) or refused and _asks_else(piece, service, turn)), None)
    if first is None:
        return ""
    words = "，".join(rest[first:])
    if refused:
        return words
    wrong = any(_WRONG.fullmatch(piece) for piece in rest[:first])
    own = any(e.value == service and e.text in words for e in turn.of("service"))
    return words if wrong and not own and any(e.text in words for kind in (TOPIC, "service") for e in turn.of(kind)) else ""


def never_wanted(service: str, turn: Turn) -> bool:
    """Whether the words only say that no booking was asked for (我没说要订饭啊)."""
    others = [e for e in turn.entities if e.value not in (service, "self") and e.kind != TOPIC]
    own = any(re.search(rf"{_NOT_SAID}{re.escape(e.text)}", turn.text) for e in turn.of("service") if e.value == service)
    return (own or bool(_NEVER_SAID.search(turn.text))) and not others


def _refuses(piece: str, service: str, turn: Turn) -> bool:
    """Whether a clause says that the booking is not what was wanted."""
    if _NEVER.search(piece) and not _MEANT.search(piece):
        return True
    own = [e for e in turn.of("service") if e.value == service and e.text in piece]
    if any(another.REFUSED.search(before := piece[: piece.find(e.text)]) or _DOES_NOT.search(before) for e in own):
        return True
    does = next((does for words, does in turn.moves if piece in words or words in piece), turn.does if piece == turn.text else "")
    named_else = any(e.text in piece and e.value != service for e in turn.of("service"))
    return does == _STOPS and bool(_GIVES_UP.search(piece)) and not named_else


def _asks_else(piece: str, service: str, turn: Turn) -> bool:
    """Whether a clause asks about something else than what is being booked."""
    named = [e.value for e in turn.of("service") if e.text in piece]
    return is_question(piece) and bool(named) and service not in named
