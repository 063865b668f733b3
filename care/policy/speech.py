"""Written figures for the ear: years digit by digit, percentages, ratios, hotlines; brackets and marks left out."""

from __future__ import annotations

import re

from care.wording import say_digits, say_number

DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
SPELLED = str.maketrans("0123456789", "零一二三四五六七八九")
MASK = re.compile(r"\*+(\.\*+)?")
MARKS = re.compile(r"[“”\"《》〈〉（）()\[\]【】「」]")
HOTLINE = re.compile(r"(?<!\d)(12\d{3}|96110|110|119|120)(?!\d)(?=是|$|，|。|核实|报警|急救)")


def spoken_number(digits: str) -> str:
    """A number in hanzi as people say it: 两百, 零点一, 二十六."""
    whole, _, part = digits.partition(".")
    said = re.sub(r"^二(?=[百千万])", "两", say_number(int(whole)))
    return f"{said}点{say_digits(part, '')}" if part else said


def speakable(text: str) -> str:
    """The text with every figure written out for the voice."""
    text = HOTLINE.sub(lambda m: m.group().translate(SPELLED), text)
    text = re.sub(
        r"\d{4}(?=年|[，,。、]|至|到|—|-|$)",
        lambda m: m.group().translate(DIGITS) if m.group()[0] in "12" else m.group(),
        text,
    )
    text = re.sub(r"(\d+(?:\.\d+)?)%", lambda m: "百分之" + spoken_number(m.group(1)), text)
    text = re.sub(r"(\d+)[:：](\d+)", lambda m: f"{spoken_number(m.group(1))}比{spoken_number(m.group(2))}", text)
    text = re.sub(r"(?<![\d.])2(?=[次个家所张名位条间])", "两", text)
    text = re.sub(r"\d+(?:\.\d+)?", lambda m: spoken_number(m.group()), text)
    return text.replace("+", "加")


def spoken_quote(quote: str) -> str:
    """An original passage for the ear: masked places named as such, marks left out, half-width stops made whole."""
    quote = MASK.sub("，这里遮住了，", quote)
    quote = quote.replace(",", "，").replace(";", "；").replace("“+”", "加")
    quote = re.sub(r"([\u4e00-\u9fff])-([\u4e00-\u9fff])", r"\1到\2", quote)
    quote = re.sub(r"(\d)[-—](\d)", r"\1到\2", quote)
    quote = MARKS.sub("", quote)
    return re.sub(r"，{2,}", "，", speakable(quote)).strip("，。")


def spoken_clause(clause: str) -> str:
    """A clause reference for the ear: 四(二)4 → 第四部分第二节第四点."""
    clause = re.sub(r"\(错位\)|\*\d*|\(\*\)", "", clause)
    match = re.fullmatch(r"([一二三四五六七八九])(?:\(([一二三四五六七八九十]+)\))?(表二第\d+项|\d+)?", clause)
    if not match:
        return {"文首": "开头", "页首": "开头", "附件": "附件"}.get(clause, speakable(MARKS.sub("", clause)))
    part, section, point = match.groups()
    said = f"第{part}部分" + (f"第{section}节" if section else "")
    if point and point.startswith("表"):
        return said + speakable(point)
    return said + (f"第{spoken_number(point)}点" if point else "")


def shown_clause(clause: str) -> str:
    """A clause reference for the eye; numbers that the source masks are named as such."""
    clause = clause.replace("(", "（").replace(")", "）")
    clause = re.sub(r"（\*）", "", clause)
    return re.sub(r"\*(\d*)", lambda m: f"第{m.group(1)}项（原文序号被遮）" if m.group(1) else "", clause)
