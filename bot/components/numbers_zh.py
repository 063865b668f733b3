"""Numbers in a sentence: phones, ages, quantities, durations, money, order numbers, ordinals, bare numbers."""

from __future__ import annotations

import re
from typing import Any, List, Optional, Sequence

from bot.components.numerals import DIGITS, NUMBER, digits, number
from bot.components.spans import Span

ONE = r"[\d" + "".join(DIGITS) + "]"
GAP = r"[ \-，,、]{0,2}"
PHONE = re.compile(r"(?<!" + ONE + r")(?:\+?86" + GAP + r")?[1一幺](?:" + GAP + ONE + r"){10}(?!" + ONE + r")")
REPEATED = re.compile(r"(?<!" + ONE + r")[1一幺](?:" + GAP + r"(?:[2-9两俩二三四五六七八九]个" + ONE + r"|" + ONE + r")){3,10}(?!" + ONE + r")")
TIMES_OVER = re.compile(r"([2-9两俩二三四五六七八九])[个只隻](" + ONE + r")")
"""Digits said once with their number (一三八，四个零，六零零二)."""
MOBILE_HEAD = re.compile(r"(?<!" + ONE + r")[1一幺][3-9三四五六七八九]" + ONE)
NEXT_DIGITS = re.compile(
    r"(?:[2-9二三四五六七八]位|[^\d零〇一二两俩仨三四五六七八九幺洞壹贰叁十百千号栋幢楼层室房岁点分份年月日天周期块元斤度级]){0,10}?"
    r"(?:([2-9两俩二三四五六七八九])[个只隻](" + ONE + r")|(" + ONE + r")(?![位个只下共起直样些]))"
)
"""The next of the digits of a mobile number, after whatever few words (一三八零零零零，尾子上是二九四五); no house, hour or amount."""
MOBILE_DIGITS = 11
LANDLINE = re.compile(r"(?<!" + ONE + r")[0零](?:" + GAP + ONE + r"){9,11}(?!" + ONE + r")|(?<!" + ONE + r")[2-8二三四五六七八](?:" + ONE + r"){6,7}(?!" + ONE + r")")
HOTLINES = {"120", "110", "119", "122", "12345", "96110", "12349", "12320", "12356"}
RUN = re.compile(r"(?<!" + ONE + r")" + ONE + r"(?:" + GAP + ONE + r"){2,9}(?!" + ONE + r"|[百千万十])")
ORDER_BEFORE = re.compile(r"(?:^号|单号|订单号?|工单号?|尾号|编号|号码|单子)(?:是|为|就是|嘛|呢)?(?:那个)?[ ：:,，]*$")
ORDER_AFTER = re.compile(r"^[ ]*(?:号?(?:那个)?(?:单子|订单|单)|那一?单)")
OLD = re.compile(r"(?:快|上|都|有|过了?|七老)?(?P<n>[五六七八九]十|一百)(?P<and>有)?(?P<one>[一二三四五六七八九])?(?P<more>来岁|挂零|冒头|出头|好几|大几)?(?:的人(?=了|$|，|,)|(?<=有[一二三四五六七八九])|(?<=挂零)|(?<=冒头)|(?<=出头)|(?<=大几))(?!块|元|个|斤|点|分|号|天)")
"""Ages told without the word for years: 六十有五, 七十挂零, 快九十的人了."""
AGE = re.compile(r"(?P<n>\d{2,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]十(?:好几|多|来|几)?|[五六七八九][一二三四五六七八九]|一百(?:[零〇][一二三四五六七八九]|[一二]十?)?)"
                 r"(?P<more>好几|多|来|几)?(?:周岁|虚岁|岁)(?P<after>多|出头|的人)?")
AGE_AFTER = re.compile(
    r"(?:我妈|我爸|妈妈|爸爸|老伴|爷爷|奶奶|姥姥|姥爷|外婆|外公|婆婆|公公|老人|老头|老太太|老太婆|他|她|我|俺|今年|虚岁|周岁|都|已经|年纪|岁数|老娘|老爹|老母亲|老父亲|阿公|阿婆|家里老人)"
    r"(?:今年|都|已经|快|有|是|也|她|他|了|啊|呀|，|,| )*(?P<n>[五六七八九]十[一二三四五六七八九]?|[5-9]\d|10\d|1[01]\d|一百[零〇]?[一二三四五六七八九]?)"
    r"(?=$|[了，,。！？!?啊呀嘞喽啰咯哩的想要能可政符有住没一行吗不、 ])"
)
AGE_CLAUSE = re.compile(r"(?<=[，,、 ])(?:今年|虚岁|周岁|刚|快|都)?(?P<n>[六七八九]十[一二三四五六七八九]?|[6-9]\d|1[01]\d)(?:了|啦|咧|哒|嘞)?(?=$|[，,。；])")
"""我叫孙玉凤，七十八: an age between commas, where a person was named."""
AGE_NAMED = re.compile(r"叫[\u4e00-\u9fff]{2,3}?(?:今年|快|虚岁|周岁|都|有)*(?P<n>[六七八九]十[一二三四五六七八九]?|[6-9]\d)(?=$|[了，,。住家在有腿身耳眼瘫是他她我要想 ])")
"""An age in one breath with the name (叫彭冬秀八十一住……)."""
NAMES_SOMEBODY = re.compile(r"[妈爸爹娘婆公爷奶嫲姥]|老[伴头太人]|叫|姓|[男女]的|我[，,]|岳|舅|姑|姨|叔|伯|哥|姐|弟|妹|自己|本人")
ROUND_AGE = {"七老八十": 75, "古稀": 70, "花甲": 60, "耄耋": 80, "花甲之年": 60, "古稀之年": 70}
MORE = {"好几", "多", "来", "几"}
OF_PHONES = re.compile(r"电话|手机|号码|联系|打我|打给|座机")
COUNT_UNITS = "份|人|个人|口人|口|位|次|回|趟|个|张|盒|桶|袋|瓶|斤|只|双|台|套|间|层|把|件|碗|顿|瓦|盏|块玻璃|床|条|副|辆|台"
SAID_UNITS = {"个人": "人", "口人": "人", "口": "人", "位": "人", "回": "次", "趟": "次", "盒": "份", "碗": "份", "顿": "份"}
HEARD_PORTIONS = re.compile(r"(?<![第十百\d点])(?P<n>[一两二三四五六]|\d)分(?!钟|之|[一二三四五六七八九十\d]|半|散|居|不|开|给|成|数|公司|店|院)(?=.{0,6}(?:饭|餐|软|盐|糖|辣|素|菜|粥)|$)")
"""两分软饭: portions, written as minutes."""
HEARD_COUNT = re.compile(r"^[亮量凉粮晾伊衣依医散伞](?=[个份位])")
COUNT_MEANT = {**dict.fromkeys("亮量凉粮晾", "两"), **dict.fromkeys("伊衣依医", "一"), **dict.fromkeys("散伞", "三")}
"""亮个人, asked how many: two, written as it sounded."""
QUANTITY = re.compile(r"(?<!(?<!\d)[-−])(?<![第负\d零一二三四五六七八九十百])(?P<n>" + NUMBER + r"|俩|仨|十来|几|半)(?P<u>" + COUNT_UNITS + r")(?!月|小时|钟头|钟点|半小时|星期|礼拜|周|百|号|单元|儿|住|过|在家|生活)")
OF_A_NUMBER = re.compile(r"(?:最后|后面?|前面?|开头|中间那?|末尾?|尾巴?|倒数)$")
"""Before digits of a telephone number that are counted, not people (后四位是7031)."""
AMONG_WEEKDAYS = re.compile(r"(?:周|星期|礼拜|拜)$")
"""Before numbers of which all but the last are weekdays (每周一三五一份)."""
PAIR = re.compile(r"(?P<n>俩(?!点(?:半|钟|整|[一二三]|来|到|送|$))|仨)(?P<u>人)?|(?P<both>我们|咱们?|我和老伴|我跟老伴|我[哋里]|额们|俺们|[我额俺](?=两)|老)(?P<two>两口子?|俩口子?|俩|两公婆|两婆爷|两老(?!人)|两个老[个嘅的])")
DURATION = re.compile(r"(?P<n>" + NUMBER + r"|半|俩|仨|几|个把(?=小时|钟头))(?:来|多|几)?(?:个|拉)?(?:来|多)?(?P<half>半)?(?P<u>天|日|宿|晚上?|周|星期|礼拜|月|小时|钟头|钟点|分钟|刻钟|年)(?P<half2>半)?(?!后(?![天日儿])|以后|之后|前|以前|之前|号|份|一次|过后|[一二三四五六日天末](?!次|回|份|顿|趟))")
ROUND_LENGTHS = {"十天半个月": 15, "十天半月": 15, "十天半拉月": 15, "个把月": 30, "个把礼拜": 7, "个把星期": 7, "小半个月": 12, "大半个月": 20, "成个月": 30, "整个月": 30, "成个礼拜": 7, "成个星期": 7}
"""Lengths of time, in days, as people say them when they do not count."""
SOME_LENGTH = re.compile(
    r"(?<![这前过那头近早老])(?:好)?(?:几[天日]|些(?:天|日子)|(?P<long>一?阵子?|(?:一)?段(?:时间|日子)|几个(?:月|星期|礼拜)|几周))(?![后前没不]|以后|之后|过后|以前|之前|了)"
)
"""A length left open: 用几天, 住一阵子."""
SOME_DAYS, LONGER_DAYS = 7, 30
"""What a length left open most likely comes to."""
MONEY = re.compile(r"(?P<n>\d+(?:\.\d{1,2})?|" + NUMBER + r")(?:来|多)?(?P<u>块钱?|元钱?|万块钱?|万元|毛钱?|角)(?P<rest>[一二三四五六七八九\d](?!个|份|人|次))?")
ORDINAL = re.compile(r"第(?P<n>" + NUMBER + r")(?:个|项|种|条|家|位|样)?|(?P<word>头一个|前一个|后一个|后面那个|前面那个|最后一个|上面那个|下面那个|前头那个|后头那个|打头那个|最前那个|最后那个|末了那个|尾巴那个|倒数第一个)")
ORDINAL_WORDS = {"头一个": 1, "前一个": 1, "前面那个": 1, "上面那个": 1, "后一个": -1, "后面那个": -1, "最后一个": -1, "下面那个": -1,
                 "前头那个": 1, "打头那个": 1, "最前那个": 1, "后头那个": -1, "最后那个": -1, "末了那个": -1, "尾巴那个": -1, "倒数第一个": -1}
BARE = re.compile(r"^[ ，,。]*(?:就|选|按|是|要|嗯)?(?P<n>\d{1,4}|[零〇一二两三四五六七八九十百]{1,4})[ 。.，,吧号啊嘛]*$")
MONTH_DAYS, YEAR_DAYS = 30, 365
ORDER_LENGTHS = range(3, 11)


def numbers(text: str, asking: str = "", taken: Sequence[Span] = ()) -> List[Span]:
    """What the numbers of a sentence stand for; each stretch is used once, the surest reading first."""
    found: List[Span] = list(taken)
    given = len(found)
    if asking == "quantity":
        text = HEARD_COUNT.sub(lambda m: COUNT_MEANT[m[0]], text)

    def add(span: Optional[Span]) -> None:
        if span and not any(span.overlaps(other) for other in found):
            found.append(span)

    for match in PHONE.finditer(text):
        add(_phone(match))
    for match in REPEATED.finditer(text):
        said = digits(TIMES_OVER.sub(lambda m: m[2] * (number(m[1]) or 1), match[0]))
        if len(said) == 11 and said[1] not in "012" and TIMES_OVER.search(match[0]):
            add(Span("phone", said, match.start(), match.end()))
    if asking == "phone" or OF_PHONES.search(text):
        for match in MOBILE_HEAD.finditer(text):
            add(_among_words(match, text))
    for match in LANDLINE.finditer(text):
        if asking != "order" and not ORDER_BEFORE.search(text[: match.start()]):
            add(Span("phone", digits(match[0]), match.start(), match.end()))
    for match in RUN.finditer(text):
        add(_order(match, text, asking))
    for match in AGE.finditer(text):
        add(_age(match))
    for match in OLD.finditer(text):
        add(Span("age", (number(match["n"]) or 0) + (number(match["one"]) or 0 if match["and"] or match["one"] else 0), match.start("n"), match.end()))
    for match in AGE_AFTER.finditer(text):
        add(Span("age", number(match["n"]), match.start("n"), match.end("n")))
    for match in AGE_NAMED.finditer(text):
        add(Span("age", number(match["n"]), match.start("n"), match.end("n")))
    for match in AGE_CLAUSE.finditer(text):
        if not asking and NAMES_SOMEBODY.search(text[: match.start()]):
            add(Span("age", number(match["n"]), match.start("n"), match.end("n")))
    for word, years in ROUND_AGE.items():
        if word in text:
            add(Span("age", years, text.index(word), text.index(word) + len(word), 0.5))
    for match in MONEY.finditer(text):
        add(_money(match))
    for match in ORDINAL.finditer(text):
        value = number(match["n"]) if match["n"] else ORDINAL_WORDS[match["word"]]
        add(Span("ordinal", {"ordinal": value}, match.start(), match.end()))
    for word, days in ROUND_LENGTHS.items():
        if word in text:
            add(Span("duration", {"days": days}, text.index(word), text.index(word) + len(word)))
    for match in DURATION.finditer(text):
        add(_duration(match, text))
    for match in SOME_LENGTH.finditer(text):
        add(Span("duration", {"about": LONGER_DAYS if match["long"] else SOME_DAYS}, match.start(), match.end()))
    for match in QUANTITY.finditer(text):
        add(_quantity(match, text))
    for match in HEARD_PORTIONS.finditer(text):
        if match.end() < len(text) or asking == "quantity":
            add(Span("quantity", {"n": number(match["n"]), "unit": "份"}, match.start(), match.end()))
    for match in PAIR.finditer(text):
        count = 3 if match["n"] == "仨" else 2
        add(Span("quantity", {"n": count, "unit": "人"}, match.start(), match.end()))
    bare = BARE.match(text)
    if bare and not any(s.start <= bare.start("n") < s.end for s in found[given:]):
        add(_bare(bare, asking))
    return found[given:]


def _phone(match: "re.Match[str]") -> Optional[Span]:
    said = digits(match[0])
    said = said[2:] if len(said) == 13 and said.startswith("86") else said
    if len(said) != 11 or said[1] in "012":
        return None
    return Span("phone", said, match.start(), match.end())


def _among_words(head: "re.Match[str]", text: str) -> Optional[Span]:
    """A mobile number whose digits stand among words; nothing where these do not come to eleven."""
    said, end = digits(head[0]), head.end()
    while len(said) < MOBILE_DIGITS and (more := NEXT_DIGITS.match(text, end)):
        said += digits(more[2]) * (number(more[1]) or 1) if more[1] else digits(more[3])
        end = more.end()
    whole = len(said) == MOBILE_DIGITS and not re.match(ONE, text[end:])
    return Span("phone", said, head.start(), end) if whole else None


def _order(match: "re.Match[str]", text: str, asking: str) -> Optional[Span]:
    said = digits(match[0])
    named = ORDER_BEFORE.search(text[: match.start()]) or ORDER_AFTER.match(text[match.end() :])
    if said in HOTLINES or len(said) not in ORDER_LENGTHS or not (named or asking == "order"):
        return None
    return Span("order_number", said, match.start(), match.end())


def _age(match: "re.Match[str]") -> Optional[Span]:
    spoken = match["n"]
    for more in MORE:
        spoken = spoken.removesuffix(more)
    value = number(spoken)
    return Span("age", value, match.start(), match.end()) if value and 3 <= value <= 130 else None


def _money(match: "re.Match[str]") -> Optional[Span]:
    spoken = match["n"]
    value = float(spoken) if "." in spoken else number(spoken)
    if value is None:
        return None
    unit = match["u"]
    value = float(value) * (10_000 if unit.startswith("万") else 0.1 if unit[0] in "毛角" else 1)
    if match["rest"]:
        value += (number(match["rest"]) or 0) / 10
    return Span("money", round(value, 2), match.start(), match.end())


def _duration(match: "re.Match[str]", text: str) -> Optional[Span]:
    spoken, unit = match["n"], match["u"]
    if spoken == "几" or text[match.start() - 1 : match.start()] in tuple("第过每周礼期昨今明后前拜"):
        return None
    spoken = "一" if spoken == "个把" else spoken
    count: float = 0.5 if spoken == "半" else float(number(spoken) or 0)
    if (match["half"] or match["half2"]) and spoken != "半":
        count += 0.5
    if not count or (unit == "年" and count > 50) or (unit == "月" and "个" not in match[0] and spoken not in ("半", "俩", "仨")):
        return None
    minutes = {"小时": 60, "钟头": 60, "钟点": 60, "分钟": 1, "刻钟": 15}.get(unit)
    days = {"天": 1, "日": 1, "宿": 1, "晚": 1, "晚上": 1, "周": 7, "星期": 7, "礼拜": 7, "月": MONTH_DAYS, "年": YEAR_DAYS}.get(unit, 1)
    if unit == "年" and count % 1:
        count, days = count * 12, MONTH_DAYS
    value: Any = {"minutes": round(count * minutes)} if minutes else {"days": max(1, round(count * days))}
    return Span("duration", value, match.start(), match.end())


def _quantity(match: "re.Match[str]", text: str) -> Optional[Span]:
    spoken, unit, start = match["n"], match["u"], match.start()
    if len(spoken) > 1 and AMONG_WEEKDAYS.search(text[:start]) and all(c in DIGITS for c in spoken):
        start, spoken = match.end("n") - 1, spoken[-1]
    if len(spoken) == 2 and all(c in DIGITS for c in spoken) and DIGITS[spoken[1]] - DIGITS[spoken[0]] == 1:  # 两三份: not known yet
        return None
    if spoken in ("几", "半") or (unit == "个" and spoken in ("一", "1")):
        return None
    if unit in ("位", "个") and OF_A_NUMBER.search(text[: match.start()]):
        return None
    count = 10 if spoken == "十来" else number(spoken)
    if not count or (unit == "口" and count < 2) or (unit == "次" and text[match.start() - 1 : match.start()] == "一"):
        return None
    return Span("quantity", {"n": count, "unit": SAID_UNITS.get(unit, unit)}, start, match.end())


def _bare(match: "re.Match[str]", asking: str) -> Optional[Span]:
    value = number(match["n"])
    if value is None:
        return None
    if asking == "age" and 18 <= value <= 130:
        return Span("age", value, match.start("n"), match.end("n"))
    if asking == "quantity" and 0 < value <= 99:
        return Span("quantity", {"n": value, "unit": "份"}, match.start("n"), match.end("n"))
    return Span("number", value, match.start("n"), match.end("n"))
