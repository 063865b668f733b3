"""Words of time that the recogniser wrote with other characters of the same sound: 中五 is 中午, 八典钟 is 八点钟.

Every character is replaced by one character, so offsets stay true.
"""

from __future__ import annotations

import re
from typing import Dict, Pattern

from bot.components.numerals import DIGITS
from bot.components.sounds import syllables

WORDS = ("今天", "明天", "后天", "昨天", "前天", "每天", "上午", "中午", "下午", "早上", "早晨", "晚上", "晌午", "傍晚",
         "星期", "礼拜", "下周", "这周", "上周", "每周", "周末", "月底")
LEFT_ALONE = {"名田", "上屋", "中屋", "下屋", "玩赏", "没天", "这粥", "下粥", "每粥", "上粥", "下轴", "月第"}
"""Words of their own, however they sound."""
WEEK = re.compile(r"[州洲舟](?=[一二三四五六日末])|(?<=[星兴])[七其弃齐](?=[一二三四五六日天])")
WEEK_MEANT = {"州": "周", "洲": "周", "舟": "周"}
CLOCK = re.compile(r"(?<=[一二两三四五六七八九十\d])[典店电垫殿颠](?=钟|半|整|左右|多|送|来|到|吧|[，,。]|$)")
NUMERALS = set(DIGITS) | set("十百千0123456789")
AFTER_NUMERAL = set("点典楼个份号十百千月天层栋单块斤人次岁时分:：")
"""上五楼, 下五点 count something."""


SOUNDS: Dict[str, str] = {" ".join(syllables(word, merge=False)): word for word in WORDS}


def mended(text: str, proper: Pattern[str]) -> str:
    """The text with misheard words of time as they should be written.

    Args:
        text: the sentence.
        proper: matches words of time that are written properly and must not be touched.
    """
    text = CLOCK.sub("点", text)
    text = WEEK.sub(lambda m: WEEK_MEANT.get(m[0], "期"), text).replace("兴期", "星期")
    if len(text) < 2:
        return text
    taken = {place for match in proper.finditer(text) for place in range(*match.span())}
    sounds = syllables(text, merge=False)
    if len(sounds) != len(text):
        return text
    result = list(text)
    for place in range(len(text) - 1):
        pair = text[place : place + 2]
        word = SOUNDS.get(" ".join(sounds[place : place + 2]))
        if word is None or pair == word or pair in LEFT_ALONE or place in taken or place + 1 in taken:
            continue
        if pair[1] in NUMERALS and text[place + 2 : place + 3] in AFTER_NUMERAL:
            continue
        result[place : place + 2] = word
        taken |= {place, place + 1}
    return "".join(result)
