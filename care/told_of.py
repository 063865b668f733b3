"""People a story begins with: those who only told of us (隔壁说你们有人修脚), and somebody of the village (我们村有个老汉)."""

from __future__ import annotations

import re

_TELLS = r"(?:说|讲|话|告诉|介绍|推荐|提|提起|提过|喊我打|叫我打|让我打|喊我问|叫我问|让我问)"
_OF_US = r"(?:你们|你这|你那|您们|您这|这里|这边|这个(?:热线|电话|号)|有人|有个|有(?:送|上门|修|理|洗|打扫|做)|(?:能|可以|会)(?:送|上门|来|派)|电话|热线|号码|社区(?:有|能|可以)|打(?:这|你|一二|12)|来问|问问)"
HEARSAY = re.compile(
    rf"(?:听|据|经)(?:到|见)?[^，。,；;]{{1,8}}?(?:{_TELLS})(?!想|要|她|他|自己)"
    rf"|[^，。,；;给帮替]{{1,8}}?(?:跟|同|和|对|给)?(?:我|俺|额|咱)?{_TELLS}(?:给)?(?:我|俺|额|咱)?(?:的|过|起|了)*[，,]?(?:说|讲)?(?:是)?{_OF_US}"
    rf"|[^，。,；;给帮替]{{1,8}}?(?:告诉|介绍|推荐|跟我[说讲]|同我[说讲]|和我[说讲]|对我[说讲])(?:给)?(?:我|俺|额|咱)?(?:来)?(?:的|过)?(?=$|[，。,；; ])"
)
"""Words about whoever told the caller of the service."""
_HOME = r"(?:村|队|组|寨|屯|湾|庄|社区|小区|大?院子?|楼|巷子?|街道?|厂|单位|镇|乡|这里|这边|这儿|附近|旁边)"
_OLD = r"(?:老汉|老头子?|老人家?|老太(?:太|婆)?|老爷(?:爷|子)|老奶奶|老婆[婆子]|老倌子?|老妈妈|大爷|大妈|大娘|大伯|婆婆|奶奶|爷爷|阿婆|阿公|娭毑|嗲嗲|孤老|孤寡|五保户?|独居|困难户)"
SOMEBODY_NEAR = re.compile(
    rf"(?:(?:我们?|俺们?|咱们?|额们?|伢)?(?:这个?)?{_HOME}(?:里头?|上|头|子里)?(?:还)?(?:有|住着?|住了)(?:这么|那么)?(?:一)?(?:个|位|户)(?:[^，。,]{{0,6}}?的)?[^，。,的]{{0,4}}?"
    rf"|[给帮替为](?:我们?|俺们?|咱们?|额们?)(?:村|队|组|寨|屯|社区)(?:里头?|上|子里)?的?(?:这|那)?(?:一?[个位])?[^，。,；;的有我俺额他她给帮替家人]{{0,4}}?)(?P<who>{_OLD})"
)
"""An old person who lives near, told of as somebody the other one does not know."""
FOR_MYSELF = re.compile(r"[给帮替为]我(?!们)|我也|我想[要吃洗剪理修订约装]|我要|我自己")
"""The caller wants it: whoever was told of besides is only told of."""
_FOR_ME = re.compile(r"[给帮](?:我|俺|额)(?:自己)?(?:送|来|订|定|捎|带|留|弄|做)")
_ILL = re.compile(r"(?:他|她|也|都|是|有|得了?|患|查出来?|一直|本来)*(?:了|过|个|点)?(?:高血压|糖尿病|血糖高?|血压高?|痛风|心脏病|胃病|肾病|[^，。,；;给]{0,4}病)(?:了|的|啊|呢|着呢)*(?=$|[，。,；; ]|给我|帮我)")


def only_ill(text: str, end: int) -> bool:
    """Whether of the one whose name ends there only an illness is told beside what the caller wants (给我送一份饭，我老头有糖尿病)."""
    return bool(_FOR_ME.search(text) and _ILL.match(text[end:]))


_KIN = r"(?:妈|爸|爹|娘|奶|爷|外|姥|婆|公(?!家)|老(?!是|了|咗|摔|跌)|爱人|媳妇|堂客|屋里头的|那口子|[大小二三]?(?:儿|女|闺|姑|姨|舅|叔|伯|哥|姐|弟|妹|嫂)|邻居|隔壁|对门|楼[上下])"
_ME = rf"(?:我|俺|额)(?!们|家(?:里|的|有)*[^，。,]{{0,3}}老|屋(?:里|企|头)*(?:有|的)?[^，。,]{{0,3}}老|(?:的|家|有)?(?:一?个)?{_KIN}|(?:是|就是)[^，。,]{{0,4}}(?:儿|女|闺|孙|侄|媳|婿|邻居|护工|保姆|社区|村))"
"""The caller, and none of theirs."""
_OLD_PEOPLE = r"(?:老(?:年)?人家?|长者|长辈)(?!餐|饭堂|食堂|卡|证|节|院|机|年|津贴|补贴)"
IN_GENERAL = re.compile(
    rf"(?:听[讲说闻]|[说讲道]|你[们哋]?|您们?|社区|街道|政府|国家|公家|村[里上]|这[里边儿]|那[里边儿]|热线|电话|平台|有人|有个|有没有|有冇|是不是|会不会|能不能|可不可以)[^，。,；;？?我俺额]{{0,10}}?[给帮替为对让畀俾同](?:我们|咱们?|些|那些|这些|所有|全部)?(?:独居|孤寡|困难|失能|有困难)?的?{_OLD_PEOPLE}"
    rf"|(?:^|[，。,；; ])(?:请问|想问下?|那|是不是|有没有|听[说讲])?{_OLD_PEOPLE}(?:是不是|有没有)?(?:能不能|可不可以|能|可以|得唔得|会不会)[^，。,；;]{{0,10}}?(?:吗|么|嘛|不|啵|咩|[?？]|$|(?=[，,]))"
)
"""Old people in general, for whom the service is there (听说你们可以帮老人家装扶手, 老人能不能租轮椅)."""
_SOMEBODY_ELSE = re.compile(
    rf"[他她佢]|(?:我|俺|额|咱)(?:们)?(?:的|家|屋里|屋企|家里)?(?:的|有)?(?:一?[个位])?(?![大小二三]?(?:儿|女|闺)){_KIN}|老(?:年)?人|老太|老爷|老汉|老伴|婆婆|奶奶|爷爷|照[顾看料]|伺候|服侍|睇住"
)
"""Somebody of whom is told besides."""
_OWN_NEED = re.compile(
    rf"{_ME}[^，。,；;]{{0,10}}?(?:冲凉|浴室|厕所|洗手间|卫生间|茅房|屋企|屋里|屋头|家里|房|床|楼|跌|摔|绊|滑|腿|脚|膝|眼|耳|腰|背|手|头发|指甲|身体|身子|血压|岁|一个人|一人|独居|自己|走路|走不|行唔|动不|起不|下不|蹲不|煮不|做不|痛|疼|病|特困|低保|五保|孤寡|残|想(?!问|帮|给|替|咨询|打听|了解|请问|知道)|要(?!帮|给|替|问)|需要)"
)
"""What the caller tells of their own home, body or wish."""
_OWN_FACTS = re.compile(
    rf"{_ME}(?:自己|本人|今年|都|也|已经|快|就|系|是|一直|现在|而家|家里|屋里|屋企|平时|人|个|，|,)*(?:一个|一位|有)?(?:吃|食|享受)?(?:特困|五保|低保|孤寡|孤老|独居|空巢|孤身|残疾|无儿无女|冇仔冇女|没儿没女|(?:自己)?一个?人(?:住|过|生活|在家|在屋|一个)|自己住|独自|满?(?:[六七八九]十|[6-9][0-9](?!\d))[一二三四五六七八九]?(?:岁|多|了|啦|喇|咯|嘞|几|，|,|$))"
)
"""What only an old person tells of themselves (我八十四岁, 我一个人住, 我系特困)."""


def of_old_people(text: str) -> bool:
    """Whether old people are named in general only: whoever the service is there for."""
    return bool(IN_GENERAL.search(text)) and not _SOMEBODY_ELSE.search(IN_GENERAL.sub("，", text))


def wants_it_themselves(text: str) -> bool:
    """Whether the caller tells their own need beside what is done for old people (我冲凉房好滑，听讲你哋帮老人家装扶手)."""
    return of_old_people(text) and bool(_OWN_NEED.search(IN_GENERAL.sub("，", text)))


def is_the_elder(text: str) -> bool:
    """Whether the caller tells of themselves what an elder would, and of nobody else (我系特困嘅，八十四岁)."""
    return bool(_OWN_FACTS.search(text)) and not _SOMEBODY_ELSE.search(text)


_NUMBER = r"(?:电话|手机|座机|微信)?(?:号码?)?"
_NEEDLESS = r"(?:不用|不要|不必|不需要|不使|唔使|唔好|甭|莫|别|没必要|免了?|先不|没有|没得|冇)"
OWNER = re.compile(
    rf"(?:我|俺|额|咱)?(?:们|家)?[^，。,；;的是不别莫我俺额他她佢给帮替订约送装修剪洗办申领评饭住]{{1,5}}(?:的{_NUMBER}|(?<=[一-鿿])(?:电话|手机|座机|微信)(?:号码?)?)(?:你们?|您|咱|就|都|也|那个|那里)*{_NEEDLESS}(?:再)?(?:记|写|留|登|管|问|打|填|存|拨|说|了|$|(?=[，。,；;]))"
    rf"|(?:{_NEEDLESS}|不|是)(?:再)?(?:记|写|留|登|打|填|存|拨)(?:我|俺|额|咱)?(?:们|家)?[^，。,；;的我俺额]{{1,5}}的(?:电话|手机|座机|微信|号)?(?:号码?)?(?=$|[，。,；;了])"
)
"""Somebody named only as the one whose number is not needed (额老婆子的你不用记)."""
