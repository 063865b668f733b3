"""How an order stands, asked about in passing: whether it is gone, when they come now, which days are left.

These words are about the order made, moved or cancelled last (or about the number named), whatever they sound like.
"""

from __future__ import annotations

import re

OF_THE_ORDER = re.compile(r"单|订|定|约|来|送|上门|接|改|取消|退|撤|饭|澡")
GONE = re.compile(
    r"(?:单子?|订单|单号|号|订的|约的|定的|[0-9]{4}|这个|那个|饭|事)[^，。]{0,10}(?:是不是|就算|算是|还|就(?=没|冇|算|作))[^，。]{0,4}(?:没了|没有了|没得了|冇得?了|取消了?|撤了?|退了?|作废|作数|算数|有效|在(?:不在|吗|不|没)?)"
    r"|(?:取消|退掉?|撤掉?|改)(?:成|好|掉)?了?(?:没有?|吗|不)(?:[？?]|$)|(?:真的?|已经|到底)(?:给我)?(?:取消|退|撤|改)(?:掉|好|成)?了(?:吧|吗|没)"
)
WHEN_NOW = re.compile(
    r"(?:现在|眼下|到底|最后|那就|结果|这会儿|改完|改好|改了)[^，。]{0,6}(?:是|在|定|约|改|安排)?[^，。]{0,4}(?:哪(?:一)?[天日]|(?:星期|礼拜|周)几|几[号点日]|什么时候|啥时候|么子时候|几时|边日)"
    r"|(?:还|就)(?:剩|有|送|留)(?:下)?[^，。]{0,3}(?:哪|几)(?:几)?[天日份次]"
)
LEFT = re.compile(
    r"(?:还|仲|一共|总共|拢共)(?:要|得|能|可以|会|该)?(?:剩|送|来|吃|去)(?:到|得|了|下)?(?:几|多少|好多)(?:天|日|次|回|趟|顿|餐|份)(?![^，。]{0,2}[药针水])"
    r"|(?:送|吃)(?:到|至)(?:哪(?:一)?[天日]|几号|(?:星期|礼拜|周)几|(?:什么|啥|么子)时候(?:为止|停|完))"
    r"|^[^，。]{0,4}(?:还|仲)有(?:几|多少|好多)(?:天|日|次|回|趟|顿|餐)(?:的|没?[送来去吃])?[啊呀呢嘞]?[？?。]?$"
)
"""How many of its days are still to come (还要送几天啊)."""
READ_OUT = re.compile(
    r"念|从头|说一遍|讲一遍|核对|对一下|(?:怎么|咋|何解|点样)(?:个)?(?:定|订|约|安排|情况)|(?:啥|什么|么子|咩|啷个)样|安排|地址|哪里|哪儿|哪个(?:小区|楼|地方)|送到|接我|写的|写了"
)
"""The whole order is to be read out, with its place."""
LOOKED_UP = re.compile(r"看(?:一?下|看)?|查(?:一?下|查)?|问一?下|告诉|讲")


def in_full(text: str) -> bool:
    """Whether the order is to be told with its place and number of people."""
    return bool(READ_OUT.search(text))


def about_it(text: str) -> bool:
    """Whether words ask how the order stands that is spoken of."""
    if GONE.search(text) or LEFT.search(text):
        return True
    return bool(WHEN_NOW.search(text)) and bool(OF_THE_ORDER.search(text) or LOOKED_UP.search(text))
