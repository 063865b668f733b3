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
    rf"(?:我们?|俺们?|咱们?|额们?|伢)?(?:这个?)?{_HOME}(?:里头?|上|头|子里)?(?:还)?(?:有|住着?|住了)(?:这么|那么)?(?:一)?(?:个|位|户)(?:[^，。,]{{0,6}}?的)?[^，。,的]{{0,4}}?(?P<who>{_OLD})"
)
"""An old person who lives near, told of as somebody the other one does not know."""
FOR_MYSELF = re.compile(r"[给帮替为]我(?!们)|我也|我想[要吃洗剪理修订约装]|我要|我自己")
"""The caller wants it: whoever was told of besides is only told of."""
_FOR_ME = re.compile(r"[给帮](?:我|俺|额)(?:自己)?(?:送|来|订|定|捎|带|留|弄|做)")
_ILL = re.compile(r"(?:他|她|也|都|是|有|得了?|患|查出来?|一直|本来)*(?:了|过|个|点)?(?:高血压|糖尿病|血糖高?|血压高?|痛风|心脏病|胃病|肾病|[^，。,；;给]{0,4}病)(?:了|的|啊|呢|着呢)*(?=$|[，。,；; ]|给我|帮我)")


def only_ill(text: str, end: int) -> bool:
    """Whether of the one whose name ends there only an illness is told beside what the caller wants (给我送一份饭，我老头有糖尿病)."""
    return bool(_FOR_ME.search(text) and _ILL.match(text[end:]))
