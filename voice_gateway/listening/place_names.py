"""How places are written that a recogniser wrote with figures: 长沙二十岳麓区 is 长沙市岳麓区, 桃花零小区 is 桃花岭小区.

Only where no figure can stand: between a city and a district of it, and inside the name of an estate or a road.
"""

from __future__ import annotations

import re

from care import regions
from voice_gateway.listening.sound import syllables

CITY_ENDING, ITS_SOUND = "市", "shi"
_ZERO_IN_A_NAME = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?<![零一二两三四五六七八九十百])[零〇](?=小区|花园|家园|新村|社区|公寓|大道|路|街|巷|村)")
_BETWEEN = re.compile(r"[一二三四五六七八九]?[\u4e00-\u9fff]")


def written(words: str) -> str:
    """The words with places written as places."""
    return _ZERO_IN_A_NAME.sub("岭", _with_cities(words))


def _with_cities(words: str) -> str:
    places = regions.find(words)
    for city, part in reversed(list(zip(places, places[1:], strict=False))):
        between = words[city.end : part.start]
        beside = city.level == "city" and part.level != "city" and city.region == part.region
        if beside and _BETWEEN.fullmatch(between) and between != CITY_ENDING and syllables(between)[-1] == ITS_SOUND:
            words = words[: city.end] + CITY_ENDING + words[part.start :]
    return words
