"""Text for the ear: figures, dates, times, money, percentages, document and telephone numbers written out in hanzi.

What cannot be spoken (brackets, bullets, emoji, addresses of pages) is left out, never read. The result holds hanzi
and the marks ，。？、 only, so that every source of the voice reads it alike, and clauses can be looked up by text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from care.wording import say_digits, say_money, say_number, say_phone, say_time

LONGEST = 4000
"""Characters of one text; what is beyond is not spoken."""
LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        [
            "诶",
            "必",
            "西",
            "低",
            "伊",
            "艾弗",
            "记",
            "艾尺",
            "爱",
            "杰",
            "开",
            "艾勒",
            "艾姆",
            "恩",
            "欧",
            "披",
            "秋",
            "阿尔",
            "艾丝",
            "提",
            "优",
            "维",
            "达不溜",
            "艾克斯",
            "歪",
            "贼德",
        ],
        strict=True,
    )
)
"""English letters as people name them on the telephone in Chinese."""
UNITS = {
    "℃": "摄氏度", "°C": "摄氏度", "㎡": "平方米", "m²": "平方米", "m2": "平方米", "kg": "公斤", "km": "公里", "cm": "厘米",
    "mm": "毫米", "mmHg": "毫米汞柱", "ml": "毫升", "mL": "毫升", "mg": "毫克", "g": "克", "m": "米", "h": "小时",
}  # fmt: skip
PAGES = re.compile(r"(https?://|www\.)[\w./?=&%#:~+-]+|[\w.+-]+@[\w-]+(\.[\w-]+)+", re.IGNORECASE | re.ASCII)
BULLET = re.compile(r"^\s*(?:[•·●▪■◆★☆*#>-]+|\d+[.)、](?!\d)|[①-⑳])\s*", re.MULTILINE)
DIGITWISE_AFTER = re.compile(
    r"((?:单号|编号|号码|申请号|记录号|电话|手机|尾号|后四位|验证码|拨打?|请打|文号|邮编)(?:是|为|：|:|，|\s)*)(\d{2,})"
)
HOTLINE = re.compile(r"(?<!\d)(12\d{3}|96110|110|119|120|122)(?!\d|岁|元|块|张|人|个|年|万|名|家|分|%)")
MARKS = str.maketrans(
    {
        "！": "。", "!": "。", "；": "，", ";": "，", "：": "，", "…": "，", "—": "，", ",": "，", "?": "？", "\n": "。",
        "（": "，", "）": "，", "(": "，", ")": "，", "【": "，", "】": "，", "[": "，", "]": "，", "{": "，", "}": "，",
        "〇": "零", "○": "零", "/": "，", "|": "，", "→": "，", "~": "到", "～": "到", "–": "到", "－": "到",
        "“": "", "”": "", "‘": "", "’": "", '"': "", "'": "", "《": "", "》": "", "〈": "", "〉": "", "「": "", "」": "",
        "『": "", "』": "", "〔": "", "〕": "", "·": "", "℃": "摄氏度", "＋": "加", "+": "加", "=": "等于", "×": "乘", "&": "和",
    }
)  # fmt: skip
SPOKEN = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002fa1f，。？、]")
NUMBER = r"\d+(?:\.\d+)?"


def for_the_ear(text: str) -> str:
    """The text as it is to be spoken; empty when nothing in it can be."""
    text = "".join(unicodedata.normalize("NFKC", c) if "！" < c <= "～" and c.isalnum() else c for c in text[:LONGEST])
    text = BULLET.sub("", PAGES.sub("", text)).replace("”“", "、").replace("》《", "、")
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    for pattern, spoken in RULES:
        text = pattern.sub(spoken, text)
    text = re.sub(r"\.(?=\s|$)", "。", text).translate(MARKS)
    text = re.sub(r"[A-Za-z]", lambda m: LETTERS[m.group().upper()], text)
    return _tidy(SPOKEN.sub("", text))


def sentences(spoken: str) -> list[str]:
    """The sentences of a text for the ear, each with its closing mark."""
    return re.findall(r"[^。？]+[。？]?", spoken)


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence, each with its closing mark; order is kept."""
    return re.findall(r"[^，。？]+[，。？]?", sentence)


def hanzi(text: str) -> int:
    """How many characters of a text are spoken."""
    return sum(c not in "，。？、" for c in text)


def _tidy(text: str) -> str:
    text = re.sub(r"^[，。？、]+", "", text)
    text = re.sub(r"[，、]*([。？])[，。？、]*", r"\1", text)
    return re.sub(r"[，、]*，[，、]*", "，", text).rstrip("，、")


def _number(digits: str) -> str:
    whole, _, part = digits.partition(".")
    if len(whole) > 12:
        return say_digits(whole, "")
    said = re.sub(r"^二(?=[百千万])", "两", say_number(int(whole)))
    return f"{said}点{say_digits(part, '')}" if part else said


def _two(said: str) -> str:
    """两 before a measure word."""
    return "两" if said == "二" else said


def _money(match: re.Match[str]) -> str:
    return say_money(Decimal(match.group(1)))


def _date(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return (f"{say_digits(year, '')}年" if year else "") + f"{say_number(int(month))}月{say_number(int(day))}号"


def _clock(time: str) -> str:
    """15:30 as a time of day; what is none (1:90) as a ratio."""
    hour, minute = (int(part) for part in re.split("[:：]", time))
    if hour > 24 or minute > 59:
        return f"{say_number(hour)}比{say_number(minute)}"
    return say_time(f"{hour}:{minute:02d}")


def _digits(match: re.Match[str]) -> str:
    return say_digits(match.group(), "")


def _long_number(match: re.Match[str]) -> str:
    """A run of figures too long for a quantity: telephone numbers in groups, others digit by digit."""
    digits = match.group()
    if re.fullmatch(r"1\d{10}|0\d{9,11}|\d{7,8}", digits):
        return say_phone(digits)
    return "，".join(say_digits(digits[at : at + 4], "") for at in range(0, len(digits), 4))


def _landline(match: re.Match[str]) -> str:
    area, number = re.sub(r"\D", "", match.group(1)), match.group(2)
    return f"{say_digits(area, '')}，{say_digits(number[:-4], '')}，{say_digits(number[-4:], '')}"


RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"GB\s*/\s*T\s*(\d+(?:\.\d+)?)(?:\s*[-—–]\s*\d{4})?"), lambda m: f"国家标准{say_digits(m[1], '')}，".replace(".", "点")),
    (re.compile(r"GB\s*(\d+)(?:\s*[-—–]\s*\d{4})?"), lambda m: f"国家标准{say_digits(m[1], '')}，"),
    (re.compile(r"〔\s*(\d{4})\s*〕\s*(?:第\s*)?(\d+)\s*号"), lambda m: f"，{say_digits(m[1], '')}年，{_number(m[2])}号"),
    (re.compile(r"\*+"), ""),
    (re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?"), _date),
    (re.compile(r"()(?<!\d)(\d{1,2})月(\d{1,2})[日号]"), _date),
    (re.compile(r"([12]\d{3})\s*(?:年)?\s*[-—–~～至到]\s*([12]\d{3})\s*年"), lambda m: f"{say_digits(m[1], '')}到{say_digits(m[2], '')}年"),
    (re.compile(r"(?<!\d)([12]\d{3})(?=年|学年|版)"), _digits),
    (re.compile(r"(?<!\d)(\d{1,2}[:：]\d{2})\s*[-—–~～至到]+\s*(\d{1,2}[:：]\d{2})(?!\d)"), lambda m: f"{_clock(m[1])}到{_clock(m[2])}"),
    (re.compile(r"(?<!\d)\d{1,2}[:：]\d{2}(?!\d)"), lambda m: _clock(m.group())),
    (re.compile(r"[(（]?(0\d{2,3})[)）\s-]{1,2}(\d{7,8})(?!\d)"), _landline),
    (re.compile(r"(?<!\d)(1\d{2})[\s-](\d{4})[\s-](\d{4})(?!\d)"), lambda m: say_phone(m[1] + m[2] + m[3])),
    (re.compile(r"(?<=[\u4e00-\u9fff℃%元岁点分次天日月\d])\s*[-—–~～]+\s*(?=\d)"), "到"),
    (re.compile(r"[¥￥]\s*(\d+(?:\.\d{1,2})?)(?![\d万亿])"), _money),
    (re.compile(r"(?<![\d.])(\d+\.\d{1,2})\s*[元块](?!钱)"), _money),
    (re.compile(rf"({NUMBER})\s*%"), lambda m: "百分之" + _number(m[1])),
    (re.compile(rf"({NUMBER})\s*‰"), lambda m: "千分之" + _number(m[1])),
    (re.compile(rf"({NUMBER})\s*[:：]\s*({NUMBER})"), lambda m: f"{_number(m[1])}比{_number(m[2])}"),
    (re.compile(rf"({NUMBER})\s*({'|'.join(sorted(map(re.escape, UNITS), key=len, reverse=True))})(?![A-Za-z])"), lambda m: _two(_number(m[1])) + UNITS[m[2]]),
    (HOTLINE, _digits),
    (DIGITWISE_AFTER, lambda m: m[1] + (_long_number(re.fullmatch(r"\d+", m[2])) if len(m[2]) > 4 else say_digits(m[2], "、" if len(m[2]) > 3 else ""))),  # type: ignore[arg-type]
    (re.compile(r"(?<![\d.])\d{7,}(?![\d.]|元|块|万|人|个)"), _long_number),
    (re.compile(r"(?<![\d.])0\d+(?![\d.])"), _digits),
    (re.compile(r"(?<![\d.])2(?=[个份次天位块张家种样名户间级条张项台件单]|小时|分钟|星期)"), "两"),
    (re.compile(r"(?<=\d)\.(?=\d+\.)"), "点"),
    (re.compile(NUMBER), lambda m: _number(m.group())),
)  # fmt: skip
"""Figures to hanzi, most particular first."""
