"""Addresses, telephone numbers and names out of what was said."""

from __future__ import annotations

import re

from care.booking import data
from care.booking.hearing import bare

HANZI_DIGITS = str.maketrans("零〇○一幺二两三四五六七八九壹贰叁肆伍陆柒捌玖", "00011223456789123456789")
MOBILE_DIGITS = 11
_MOBILE = re.compile(r"1[3-9]\d{9}$")
_LANDLINE = re.compile(r"(0\d{9,11}|[2-9]\d{6,7})$")
_NUMBER = re.compile(r"[0-9一二三四五六七八九十零〇百]")
PLACE = re.compile(
    r"(?<![挂信])号(?!码)|(?<=[0-9零一二三四五六七八九十甲乙丙丁a-zA-Z])[栋幢座]|(?<![了上下爬走落])楼(?!梯)|单元|室(?!内|外|[一两二三0-9]?厅)|弄|巷|(?<![走的])路(?!都|要|得|不|唔)|大道(?!理)|街(?!坊)|村|社区|小区|苑|园"
    r"|(?<![医住出转入法])院(?!子里)|镇|乡|坊|屯|庄|寨|湾|(?<!政)府|(?<!家)庭|公寓|大厦|家属区|门口|(?<![0-9.])[0-9]{1,4}(?![0-9.]|岁|点|年|天|个|份|斤|块|元|度|级|月|毫|袋|次|分|毛|桶|盒|周)"
)
_TOLD = re.compile(
    r"(?:我|她|他|本人|老人|老人家|我妈|我爸|我老伴|妈妈|爸爸|名字|姓名)(?:的)?(?:名字|姓名)?(?:就)?(?:叫做|叫|是(?=[^，。]{2,4}(?:[，,。]|$)))"
    r"([\u4e00-\u9fff]{2,4}?)(?=$|[，,。.、；;！!？?\s]|住|家住|电话|手机|今年|的电话)"
)
_PAUSE = re.compile(r"[，,。；;、！!？?\s]+")
_AGE = re.compile(
    r"(?:[我她他]|老人家?)?(?:今年|都|有|快|已经|虚岁|周岁)*[一二三四五六七八九十百0-9]{2,3}(?:多|来|好几)?岁?(?:了|啦|咯|嘞|多|出头|的人)*"
)
_AGE_BEHIND = re.compile(r"(?:今年|都|快|已经)?[一二三四五六七八九十百0-9]{2,3}岁?(?:了|啦|多|出头)*$")
_HOW_SOMEBODY_IS = re.compile(
    r"中风|偏瘫|瘫|身子|血压|血糖|糖尿|不能动|能动|要人|得人|没人|一个人|能走|走不|耳朵|耳背|眼睛|记性|糊涂|轮椅|拐|吃饭|食饭|上厕所|冲凉|穿衣|自理|毛病|出院|住院|手术"
    r"|楼梯(?!口|间|旁|边|对面)|[上下落爬]楼|要人?(?:扶|搀|喂|抱|背)|(?:扶|搀)着|(?:唔|不)得(?:$|[，。啊喇嘅])"
)
"""Words of how somebody is, or of what they can and cannot do."""
STREET = re.compile(r"[0-9零一二三四五六七八九十]号|[路街村镇乡栋巷]|小区|社区|单元|花园")
_CALLED = re.compile(
    r"^(?:[我她他俺]|本人|老人家?|[我俺](?:妈|爸|爹|娘|老伴|奶奶|爷爷|外婆|外公|公公|婆婆)|妈妈|爸爸|老伴|外婆|外公|奶奶|爷爷|公公|婆婆|名字|姓名|大名)?(?:的)?(?:名字|姓名|大名)?(?:就)?(?:叫做?|姓名是|名叫|名字是)"
)
NO_NAME = re.compile(r"的")
"""In words that are nobody's name (医生开的单子)."""
_SITES = "寺庙桥湖塔宫庵站店场城馆局所堂厂"
"""Last characters of sites that begin like a name (金山寺)."""
_DIGIT = re.compile(r"[零〇一幺二两三四五六七八九十]")
MOST_DIGITS = 3
"""Hanzi digits with which words are a number, not a name."""
NUMBER_BEHIND = re.compile(r"[，,。；;\s]*(?:(?:电话|手机|号码)(?:是|号)?[：:\s]*)?(?<!\d)1[3-9]\d{9}(?!\d).*$")
"""A telephone number said right after an address."""
MOBILE_SAID = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_OTHER_DOOR = re.compile(
    r"^(?:哎呀?|哦|啊|，)*(?:门牌号?|房号|房间号?|楼号|地址)?(?:不对|不是|不不|错了|说错了|记错了|讲错了|搞错了)[^，。]{0,6}[，。,]?(?:门牌|房号)?(?:应该)?是?([0-9零〇一二三四五六七八九]{3,4})(?:室|号|房)?[吧啊呀哈。]*$"
)
"""A house or room number put right by itself."""
_LAST_NUMBER = re.compile(r"([0-9零〇一二三四五六七八九]{3,4})(?:室|号|房)?$")
_OTHER_HOUSE = re.compile(r"(?:送到|送去|门牌号?(?:是)?|地址(?:是)?)([0-9零一二三四五六七八九十百]{1,4})号(?!楼|院|线)")
_PUT_RIGHT = re.compile(
    r"^(?:哎呀?|哦|啊|诶|噢|，|,)*(?:(?:门牌号?|房号|楼号|地址|住址)?[也又都还]?(?:不对|不是|不不|错了|说错了?|记错了|讲错了|搞错了|弄错了|改一下|改成|改)[^，。,]{0,8}?[，。, ]?)?(?:门牌号?|房号|楼号|地址|住址)?(?:应该)?(?:是|改成|换成)?"
    r"((?:[0-9零〇一二两三四五六七八九十百]+(?:号楼|号院|单元|号|栋|幢|座|楼|层|室|房|门|组|队)?)+)(?:[吧啊呀哈的。]*|才对|，.*)$"
)
"""Numbers of an address put right by themselves (不对，是3栋301)."""
_SPEAKS_OF_IT = re.compile(r"门牌|房号|楼号|地址|住址")
_PART = re.compile(r"([0-9零〇一二两三四五六七八九十百]+)(号楼|号院|单元|号|栋|幢|座|楼|层|室|房|门|组|队)?")
_SAME_UNIT = {"号楼": "栋", "幢": "栋", "座": "栋", "室": "", "房": "", "门": ""}
_TO_THERE = re.compile(r"(?:送到|送去|送往|去|到|上|往|回)(?:[^，。, ]{0,4})?$")
_FROM_THERE = re.compile(r"(?:从|在|住|接|我家|家里)[^，。,去到]{0,4}$|(?:我家|家)走[，, ]*$")
_FETCHED = re.compile(r"[，, ]*(?:来接|接我|接上|出发|走)")
_LAST_HOUSE = re.compile(r"([0-9零一二三四五六七八九十百]{1,4})号$")
_SOME = r"[一二两三四五六七八1-8]"
_ROOMS = re.compile(
    rf"(?:我们?家|家里|屋里|房子|这房|屋子?|面积|是|就|有|大概|差不多|也就|得有|个|的|那种)*"
    rf"(?:{_SOME}个?(?:室|房|居|间)(?:{_SOME}|零|0)?个?厅(?:{_SOME}卫)?(?:{_SOME}厨)?(?:的)?(?:房子|屋子|房|屋|户型)?"
    rf"|{_SOME}个?(?:室|居室|房|居|间)(?:的|一套)?(?:房子|屋子|瓦房|平房|屋|户型)|{_SOME}个?(?:居室|室的|居的|房的|居)|[两三四五]房"
    rf"|[0-9一二两三四五六七八九十百]{{1,6}}(?:来|多|几)?个?(?:平方米|平方|平米|平)(?:米)?(?:左右|上下|多|出头)?(?:的)?(?:房子|屋子|房|屋)?)+(?:左右|的|样子)*"
)
"""How large a home is."""
_HOUSE = re.compile(r"(?:[0-9一二两三四五六七八九十百零〇]+(?:号楼|号院|号|栋|幢|座|楼|单元|室|门|层|房)?)+")
_VILLAGE = re.compile(
    r"村|屯|组|(?<!排)队|庄|寨|(?<![医住出转入法])院|中心|站(?![里着起不得稳立])|广场|门口|公园|学校|超市"
)
_TOWN = re.compile(r"^.*?(?:街道|[镇乡])")
"""The town at the beginning of an address: in 杨村街道 no village is meant."""
_LANDMARK = re.compile(
    r"旁边?|对面|底下|[前后]头|[前后]面|边上|附近|东头|西头|南头|北头|路口|桥|庙|塔|市场|商店|银行|学校|厂|馆|店|所|堂|城|区|场|里弄"
)
"""Ends of places that people tell instead of a street."""
_DONE_AT_HOME = re.compile(r"(?:我|自己)?[家屋]里?头?[装洗吃住做弄办用来]")
"""At home, with what is done there (在家装)."""
_TO_HOME = re.compile(r"(?:我|俺|咱|自己)?家里(?!(?:没|不|进|太|有人))(?!.*[不没别换改去0-9零一二三四五六七八九十])")
"""At home, with words behind it that name no other place (家里就行, 家里就按登记的)."""
_LEAD = re.compile(
    r"^(不是|不对|改回|换回|还是|不要|不|错了|改成|改到|换成|换到|应该是|地址是?|请|麻烦|帮我|给我|送到|送去|送|我妈住在|我妈住|我爸住在|我爸住"
    r"|[她他佢]们?(?:家|屋里)?(?:就|也|是)?(?:住在|住|在)|老人家?(?:住在|住|在)|[我俺]妈(?:家|那)?在|[我俺]爸(?:家|那)?在|[我俺咱额]们(?:家|屋)?(?:就|都)?(?:住在|住|在)|我家住在|我家住|我家在|我住在|我住|家住在|家住|住在|住|[我俺她他]?(?:家|们)?住?的?(?:地方|地址|位置)(?:就?是|在)|来接我|接我|接|从|就在|就|在|搁|到|去|是|往|嗯呐?|哦|啊|还是)+"
)


def without_lead(words: str) -> str:
    """The words without what leads to a place (我家住在…, 送到…)."""
    return _LEAD.sub("", words)


def tells_rooms(piece: str) -> bool:
    """Whether a piece without a pause says how large a home is (三室的房子, 百十平), not where."""
    return bool(_ROOMS.fullmatch(bare(piece)))


def tells_of_somebody(piece: str) -> bool:
    """Whether a piece without a pause says how old or how well somebody is (83岁, 左边身子不能动), not where."""
    return bool(_AGE.fullmatch(bare(piece)) or _HOW_SOMEBODY_IS.search(piece) and not STREET.search(piece))


def name_in_piece(piece: str) -> str:
    """The name that a piece without a pause consists of (刘桂珍, 我叫刘桂珍, 老人叫刘桂珍); empty when it is something else."""
    words = _CALLED.sub("", _AGE_BEHIND.sub("", bare(NUMBER_BEHIND.sub("", piece))))
    led = words != _AGE_BEHIND.sub("", bare(NUMBER_BEHIND.sub("", piece)))
    return words if (_told_as_name(words) if led else surely_a_name(words)) else ""


def _told_as_name(words: str) -> bool:
    """Whether words behind “叫” are a name; 国栋 is no house there."""
    people = data.table("people")
    fits = re.fullmatch(r"[\u4e00-\u9fff]{2,4}", words) and words[0] in people["surnames"]
    return bool(fits) and not set(words[1:]) & set(people["not_in_names"])


def lacks_door(address: str) -> bool:
    """Whether nobody could find the door by this address (光明社区); villages and public places can be found."""
    return not _NUMBER.search(address) and not _VILLAGE.search(_TOWN.sub("", address))


def lacks_street(address: str) -> bool:
    """Whether only house and door are named (二号楼一零一), of which every estate has one."""
    return bool(_HOUSE.fullmatch(bare(address)))


def join_address(first: str, more: str) -> str:
    """An address given in two pieces; a second piece that repeats the first replaces it."""
    return more if first and more.startswith(first[:2]) else first + more


def with_tail(address: str, tail: str) -> str:
    """An address with the house and door that were told before it; what of them is told again counts."""
    told = {_unit(part) for part in _PART.finditer(tail)} - {""}
    again = next((part.start() for part in _PART.finditer(address) if _unit(part) in told), None)
    if tail in address:
        return address
    if again is None:
        return join_address(address, tail)
    return address[:again] + tail if tail.startswith(address[again:]) else address


def _unit(part: re.Match[str]) -> str:
    """What a number of an address counts, the same for 栋 and 号楼."""
    return _SAME_UNIT.get(part.group(2) or "", part.group(2) or "")


def with_other_door(address: str, text: str) -> str:
    """The address with its last number put right (不对，是四零三); empty when the words do no such thing."""
    said, last = _OTHER_DOOR.search(text), _LAST_NUMBER.search(address)
    if not said or not last or len(said.group(1)) != len(last.group(1)):
        return ""
    return address[: last.start(1)] + said.group(1).translate(HANZI_DIGITS) + address[last.end(1) :]


def with_other_numbers(address: str, text: str) -> str:
    """The address with some of its numbers put right (不对，是3栋301); empty when the words do no such thing.

    Each number takes the place of the one with its unit; what stands between and behind stays.
    """
    said = _PUT_RIGHT.search(text)
    units = {part.group(2) for part in _PART.finditer(said.group(1))} if said else set()
    # 不对，5号 may be a day, and 不对，403 is seen to by with_other_door.
    if not said or units <= {"号", None} and not _SPEAKS_OF_IT.search(text):
        return ""
    right = address
    for part in _PART.finditer(said.group(1)):
        olds = [old for old in _PART.finditer(right) if _unit(old) == _unit(part)]
        if not olds:
            return ""
        right = right[: olds[-1].start()] + part.group(0) + right[olds[-1].end() :]
    return right if right != address else ""


def goes_to(text: str, start: int, end: int) -> bool:
    """Whether a place in the words is where somebody is taken to (送到南关区人民大街), not where from (到康乐路6号接我)."""
    return bool(_TO_THERE.search(text[:start])) and not _FETCHED.match(text[end:])


def comes_from(text: str, start: int, end: int) -> bool:
    """Whether a place in the words is where somebody lives or is fetched."""
    return bool(_FROM_THERE.search(text[:start]) or _FETCHED.match(text[end:]))


def to_a_door(text: str, number: str) -> bool:
    """Whether a number with 号 is a house, not a day: 送到16号."""
    return bool(
        re.search(
            rf"(?:送到|送去|(?:门牌号?|地址|住址)[^，。,]{{0,4}}[，,]?(?:应该)?(?:是)?|住(?:在)?){re.escape(number)}",
            text,
        )
    )


def with_other_house(address: str, text: str) -> str:
    """The address with another house number at its end (送到16号); empty when the words name none."""
    said, last = _OTHER_HOUSE.search(text), _LAST_HOUSE.search(address)
    return address[: last.start(1)] + said.group(1) + address[last.end(1) :] if said and last else ""


def home_of_others(text: str) -> str:
    """Somebody's home named without an address, as the assistant says it back: 我闺女家 → 您闺女家."""
    people = data.table("people")
    words = _LEAD.sub("", bare(text))
    if words in people["own_home"]:
        return ""
    ends = "|".join([*sorted(people["home_ends"], key=len, reverse=True), "那"])
    found = re.match(f"^({'|'.join(people['home_starts'])})([^我俺咱]{{1,4}})({ends})$", words)
    return f"您{found.group(2)}家" if found else ""


def own_home(text: str) -> bool:
    """Whether the words mean the address on file (老地方, 在家)."""
    people = data.table("people")
    pieces = [_LEAD.sub("", bare(piece)) for piece in re.split(r"[，。,；\s]", text)]
    home = any(piece in people["own_home"] or _DONE_AT_HOME.fullmatch(piece) or _TO_HOME.match(piece) for piece in pieces)
    return home or same_place(text)


def same_place(text: str) -> bool:
    """Whether the words mean the address spoken of before (还是这个地址)."""
    return any(words in text for words in data.table("people")["same_place"])


def numbered(words: str) -> bool:
    """Whether words have a number in them, as most addresses do."""
    return bool(_NUMBER.search(words))


def read_phone(text: str, piece: bool = False) -> str:
    """The run of digits in what was said, hanzi or not: 幺三八… → 138…; empty when there are fewer than three."""
    digits = re.sub(r"[\s，,。.、—-]", "", text).translate(HANZI_DIGITS)
    runs = re.findall(r"\d{1,}" if piece else r"\d{3,}", digits)
    return max(runs, key=len) if runs else ""


def phone_fault(digits: str) -> str:
    """What is wrong with a number: nothing, `short`, `long` or `odd`."""
    if _MOBILE.match(digits) or _LANDLINE.match(digits):
        return ""
    if digits.startswith("1") or len(digits) > MOBILE_DIGITS:
        if len(digits) != MOBILE_DIGITS:
            return "short" if len(digits) < MOBILE_DIGITS else "long"
        return "odd"
    return "short" if len(digits) < (10 if digits.startswith("0") else 7) else "odd"


def read_name(text: str) -> str:
    """A name in an answer to “怎么称呼？”: 我叫王秀英 → 王秀英; empty when it cannot be one."""
    words = re.sub(r"^(我妈|我爸|老人|她|他|我)?(的)?(名字)?(叫做?|是|姓名是|名字是|名叫|姓)?", "", bare(text))
    if re.search(r"自己|本人|[我俺]", words) or never_a_name(words) or NO_NAME.search(words):
        return ""
    return words if re.fullmatch(r"[\u4e00-\u9fff·]{2,6}|[\u4e00-\u9fff]", words) and not is_number(words) else ""


def never_a_name(words: str) -> bool:
    """Whether words are none although they begin like a name (马上) or answer the question for it (下棋, 去渭河公园)."""
    people = data.table("people")
    if words in people["no_names"]:
        return True
    named = words[:1] in people["surnames"] and len(words) <= len("温锦全")
    return not named and (words[:1] in people["never_first"] or bool(_VILLAGE.search(words)))


def told_name(text: str) -> str:
    """A name told among other things: 我叫麦少芬，住…; 周建国，83岁 → the name; empty when none is told."""
    found = _TOLD.search(text)
    if found and _told_as_name(found.group(1)):
        return found.group(1)
    pieces = [piece for piece in _PAUSE.split(text) if piece]
    return next((name for piece in pieces if (name := name_in_piece(piece))), "") if len(pieces) > 1 else ""


def other_name(known: str, text: str) -> str:
    """A name put right (不对，是翟秀兰): as long as the one known, with the same surname; empty when none is."""
    found = re.search(rf"(?:^|[，,。 ])(?:名字|应该|我|她|他|人家)*(?:是|叫|改成)(?P<name>{re.escape(known[:1])}[\u4e00-\u9fff]{{{len(known) - 1}}})(?=$|[，,。 ]|啊|呀|不是)", text) if known else None
    return found["name"] if found and found["name"] != known else ""


def names_speaker(text: str, name: str) -> bool:
    """Whether a name is that of whoever speaks (我叫李娜，给我妈订饭; 我是村文书，姓党), not of the one it is for."""
    led = rf"(?<![给帮替是])(?:我|俺|额|本人)(?:的?(?:名字|大名|姓名)|这边|自己)?[嘛呢，, ]*(?:就)?(?:叫做?|是|系|名叫|姓|姓{re.escape(name[:1])}[，,、 ]*(?:大?名|全名)?(?:叫做?|是)?){re.escape(name)}(?!家?的|[他她家])"
    who = rf"(?:我|俺|额|本人)(?:就)?(?:是|系)(?![给帮替为想要来说问打])(?:(?!我|俺|额)[^，。,；;]){{1,12}}?[，,、。 ]*(?:我|俺|额)?(?:姓|叫|名叫){re.escape(name)}"
    kin = "|".join([*data.table("people")["younger"], "老伴|老婆|老公|爱人|媳妇|妻子|丈夫|邻居|护工|保姆"])
    near = rf"(?:我|俺|额)(?:就)?(?:是|系)(?:[他她佢]|老人家?)(?:家|的)*[大小老二三]?(?:{kin})[，, ]?{re.escape(name)}"  # 我是他老伴李秀英
    return bool(re.search(led, text) or re.search(who, text) or re.search(near, text))


def has_no_phone(text: str) -> bool:
    """Whether somebody says that there is no telephone."""
    none = r"没有?|么得|没得|莫得|冇|无"
    return bool(re.search(rf"(?:{none}).{{0,2}}(?:电话|手机|座机)|(?:电话|手机|座机)(?:也|都|又|是)*(?:{none})(?=$|[，。,、 的啊呀])", text))


def names_a_place(words: str) -> bool:
    """Whether words have what an address has: a number, a street, an estate, a village."""
    return bool(PLACE.search(words) or _VILLAGE.search(words))


def names_a_landmark(words: str) -> bool:
    """Whether words that have no number say where something is all the same (供销社旁边, 老槐树底下)."""
    return bool(_LANDMARK.search(words))


def looks_like_name(words: str) -> bool:
    """Whether the whole answer can only be somebody's name (王桂芳)."""
    people, words = data.table("people"), bare(words)
    fits = re.fullmatch(r"[\u4e00-\u9fff]{2,3}", words) and not PLACE.search(words) and words[0] in people["surnames"]
    return bool(fits) and not set(words[1:]) & set(people["not_in_names"]) and words not in people["no_names"]


def surely_a_name(words: str) -> bool:
    """Whether the whole answer is a name in full, also where a hospital or a fault was asked for (温锦全)."""
    words = bare(words)
    return (
        looks_like_name(words)
        and words[-1] not in _SITES
        and len(words) == len("温锦全")
        and bool(set(words[1:]) & set(data.table("people")["given"]))
    )


def is_number(words: str) -> bool:
    """Whether words taken for a name are a number."""
    return bool(re.search(r"\d", words)) or len(_DIGIT.findall(words)) >= MOST_DIGITS
