"""Personal data made unreadable for logs and transcripts: telephone and ID numbers, house doors, names told.

What stays is enough to follow a conversation: 13812345678 → 138****5678, 幸福路十八号五零二 → 幸福路*号, 我叫王秀英 → 我叫王*.
"""

from __future__ import annotations

import re

SPOKEN = "零〇一二三四五六七八九幺两"
DIGIT = f"[0-9{SPOKEN}]"
GAP = r"[\s\-、，,.]?"
ID_NUMBER = re.compile(r"(?<!\d)(\d{3})\d{11,14}(\d|[Xx])(?!\d)")
BANK_CARD = re.compile(r"(?<!\d)\d{16,19}(?!\d)")
PHONE = re.compile(r"(?<!\d)(1\d{2})[\s\-]?\d{4}[\s\-]?(\d{4})(?!\d)")
LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[\s\-]?\d{3,4}(\d{4})(?!\d)")
SPOKEN_NUMBER = re.compile(f"(?<!{DIGIT})(?:{DIGIT}{GAP}){{6,}}{DIGIT}(?!{DIGIT})")
NUMERAL = r"[0-9A-Za-z零〇一二三四五六七八九十百两]"
DOOR = re.compile(
    rf"{NUMERAL}+(?:[-－—之]{NUMERAL}+)*(?=号楼|栋|幢|座|单元|室|号院|门牌|弄)"
    rf"|(?<=[路街巷道里弄村])(?:{NUMERAL}+)(?=号)"
    rf"|(?<=[栋幢座元楼院号])(?<!单号)(?<!型号)[，、\s]?(?:{NUMERAL}{{2,5}})(?:室|房|户)?(?![月日点份个人元块年岁天斤号])"
)
NAME = re.compile(
    r"((?:我叫|名叫|叫做|姓名(?:是|叫|：|:)?|名字(?:是|叫|：|:)?|联系人(?:是|叫|：|:)?|本人叫?|(?:老人|母亲|父亲|妈|爸|爷爷|奶奶|老伴)(?:的名字)?叫|送给|订给)\s?)"
    r"([\u4e00-\u9fff])([\u4e00-\u9fff]{1,2})(?=$|[，。、,.\s；;！!？?的是住今在电她他我]|先生|女士|老师)"
)
NOT_NAMES = ("什么", "啥", "人工", "救命", "我妈", "我爸", "我家", "我老", "车", "人")
STAR = "*"


def _spoken(found: re.Match[str]) -> str:
    signs = [c for c in found[0] if re.match(DIGIT, c)]
    return "".join(signs[:3]) + "****" + "".join(signs[-2:])


def _name(found: re.Match[str]) -> str:
    if (found[2] + found[3]).startswith(NOT_NAMES):
        return found[0]
    return found[1] + found[2] + STAR


def mask(text: str) -> str:
    """The text with personal data masked; masking twice changes nothing more."""
    text = ID_NUMBER.sub(r"\1***********\2", text)
    text = BANK_CARD.sub("****************", text)
    text = PHONE.sub(r"\1****\2", text)
    text = LANDLINE.sub(r"\1****\2", text)
    text = SPOKEN_NUMBER.sub(_spoken, text)
    text = DOOR.sub(STAR, text)
    return NAME.sub(_name, text)
