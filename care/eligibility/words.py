"""The words of a turn as the checks read them: one comma for any punctuation, Cantonese that hides a no made plain."""

from __future__ import annotations

import re

CANTONESE = {
    "系唔系": "是不是", "会唔会": "会不会", "要唔要": "要不要", "唔系": "不是", "唔使": "不用", "屋企": "家里", "冇得": "没有",
    "淨系": "只有", "净系": "只有", "睇": "看", "嚟": "来", "佢": "他", "畀": "给", "俾": "给", "得唔得": "行不行", "喺": "在",
}  # fmt: skip
"""Words that would hide a no, or a question."""

HANZI = "零一二三四五六七八九"

NUMERAL = r"(?:1[0-1]\d|[4-9]\d|一百[零一二三四五六七八九十]*|[四五六七八九]十有?[一二三四五六七八九]?|[五六七八九][一二三四五六七八九](?=岁|了|，|$))"


def words_of(text: str) -> str:
    """The text without spaces, with one comma for any punctuation."""
    text = re.sub(r"(?<=[\u4e00-\u9fff0-9])\s+(?=[\u4e00-\u9fff0-9])", "，" if text.count(" ") > 1 else "", text)
    for said, plain in CANTONESE.items():
        text = text.replace(said, plain)
    return re.sub(r"[,.;:!?~…、，,。；：！？]+", "，", re.sub(r"\s+", "", text)).strip("，")


def number(text: str) -> int:
    """A spoken age as a number: 83, 八十三, 八三, 一百零二."""
    if text.isdigit():
        return int(text)
    if text.startswith("一百"):
        rest = text[2:].replace("零", "")
        return 100 + (number(rest) if rest else 0)
    if "十" in text:
        tens, _, ones = text.replace("有", "").partition("十")
        return (HANZI.index(tens) if tens else 1) * 10 + (HANZI.index(ones) if ones else 0)
    return int("".join(str(HANZI.index(sign)) for sign in text))


AGE_SAID = re.compile(
    rf"(?<![0-9一二三四五六七八九十百第])({NUMERAL})(?:周?岁|多岁|来岁|几岁|出头|(?!来?多?[块元米平号斤分个天次毛楼栋路点份里年月级后万千百十零一二三四五六七八九0-9号幢单室户度寸厘两%]))"
)
