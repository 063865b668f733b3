"""What is left of a turn when all that it plainly says is taken away.

A turn is first what it is: a day, a number, a name, a place, somebody's age, a yes, thanks, “nothing more”. Only the pieces
that are nothing of the kind can be the answer to a question for free words, or something to be noted with the order.
"""

from __future__ import annotations

import re

from care import agreement
from care.booking import addresses, contact
from care.booking.hearing import bare, is_question
from care.turn import Entity, Turn

PLAIN = (
    "time",
    "duration",
    "phone",
    "person_name",
    "age",
    "place",
    "address",
    "number",
    "ordinal",
    "order_number",
    "role",
    "relation",
)
"""Kinds of entity that are never part of a description in free words."""
_OF_CONTACT = re.compile(r"(?:电话|号码|手机|地址|门牌|名字|日子|时间)[^，。,]{0,4}(?:错|不对|改|换|变)|(?:老|旧|原来的?)号码?$|说错了|讲错了|搞错了|弄错了")
"""That something told before was wrong."""
LITTLE = 2
"""Characters beside what was recognised that say nothing."""
_AROUND = re.compile(
    r"行不行|可以不可以|可不可以|行不|可以不|好不好|中不中|行吗|可以吗|就可以了?|就行了?|就成|就中|就好|就得|都行|都可以|都得|都中|送来|送到|送过来|拿来|过来|上门|来弄|来吧|来接"
    r"|左右|来钟|钟|以前|之前|以后|之后|前后|早点|晚点|大概|大约|差不多|最好|方便|开始|电话|手机|号码|联系|地址|我的|住在|就在|我|是|在|住|叫|的|前|后|吧|呗|了|啊|呀|哈|嘛|要得|要|来|到|送|去|起|就|都|也|得|行|中|成|那|点"
)
"""Words that stand around a day, a number or a place and tell nothing more."""
_CONTACTS = ("phone", "address", "person_name", "time")
_YES_BEFORE = re.compile(
    r"^(?:(?:嗯+|好(?:的|嘞|啊|吧)?|行(?!李)|对(?:的|呀|啊)?(?!门|面)|是的|可以的?|那(?!个|边|里|儿|天|时|次|位|家|种|样|口|栋|间|些|头|年|会|阵|晚|顿)|哎|哦|噢|啊|中(?!午|间))(?=[，,]|.{4}))+"
)
_LIKENESS = re.compile(r"^(?:[我她他俺]|老人)?(?:今年)?[一二三四五六七八九十百0-9]{2,3}(?:多)?岁?(?:了|啦|多|出头)*$")


def pieces(turn: Turn) -> list[str]:
    """The pieces of a turn, in the order said, that are neither recognised nor courtesy nor a question."""
    kept = []
    for piece in re.split(r"[，,。；;！!\s]+", turn.text):
        words = agreement.besides(piece)
        if not words or agreement.says_no(piece) and len(words) <= LITTLE + 1:
            continue
        if _OF_CONTACT.search(piece) or contact.name_in_piece(piece) or _LIKENESS.match(bare(piece)) or is_question(piece):
            continue
        if not _is_plain(turn, piece):
            kept.append(words)
    return kept


def words_of(turn: Turn) -> list[str]:
    """The same pieces in the speaker's own words, with all their small words (房子是她自己的) but without a yes before them; and
    whatever is known from examples to tell something for whoever comes (我爸怕冷)."""
    told, remarks = pieces(turn), turn.doing("remark")
    own = []
    for piece in re.split(r"[，,。；;！!\s]+", turn.text):
        contacts = any(_is_contact(e) and e.text in piece for e in turn.entities) or contact.name_in_piece(piece)
        words = _YES_BEFORE.sub("", piece).strip()
        if any(one in words for one in told) or piece in remarks and not contacts and len(words) > LITTLE:
            own.append(words)
    return own


def _is_contact(said: Entity) -> bool:
    """Whether something recognised is what it was taken for; where an address or a name was asked, any words are (有医嘱)."""
    if said.kind == "address" and said.text == said.value:
        return contact.names_a_place(said.text)
    return said.kind in _CONTACTS and not (said.kind == "person_name" and contact.NO_NAME.search(said.text))


def text(turn: Turn) -> str:
    """Those pieces together."""
    return "，".join(pieces(turn))


def _is_plain(turn: Turn, piece: str) -> bool:
    """Whether a piece says only a day, a number, a place, in whatever words around it."""
    rest, found = piece, False
    for entity in sorted((e for e in turn.entities if e.kind in PLAIN), key=lambda e: -len(e.text)):
        for words in (entity.text, *re.split(r"[，,。；;！!\s]+", entity.text)):
            if len(words) >= LITTLE and words in rest:
                rest, found = rest.replace(words, ""), True
    if addresses.of_an_address(piece) and contact.STREET.search(piece):
        return True
    return found and len(_AROUND.sub("", bare(rest))) <= LITTLE
