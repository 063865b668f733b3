"""Names by how they are told in running speech, and not for how they look: 个名系黎顺娣, 吃饭的人是郭万福, 有个老汉叫郭万福没儿没女;
and, where the name was asked for, the clause that is one."""

from __future__ import annotations

import re
from typing import Iterator, List

from bot.components.people_places import (
    GIVEN,
    GIVEN_NAMES,
    NEVER_IN_NAME,
    NO_SUCH_NAME,
    NOT_CALLED,
    SURNAMES,
    name_in_full,
)
from bot.components.spans import Span, longest

END = r"(?=$|[，,。 ！!、；;\d]|今年|住|电话|手机|不是|[啊呀哈嘛哦咯啦](?:$|[，,。 ]))"
FULL = rf"(?P<name>(?:{SURNAMES}){GIVEN}{{1,2}})"
BY_NAME = re.compile(
    r"(?:名字|姓名|大名|全名|学名|官名|名儿|[的个嘅滴]名|(?:^|(?<=[他她佢渠我俺额伊爷婆爸妈爹娘公奶嫲姆毑伯叔姨姑舅姐哥嫂老人，, ]))名)"
    rf"(?:就)?(?:是叫|叫做|叫作|喊做|喊作|叫|是|系|係|喊)[ ，,]*{FULL}{END}"
)
"""Behind 个名系, 名儿叫, 学名叫."""
THE_ONE = re.compile(
    rf"(?:[吃用洗住坐看剪理要订送办申接恰呷食冲沐剃][^，。,是系叫]{{0,5}}[的嘅个](?:那个)?(?:老?人(?:家)?|老汉|是谁)?|老人家?|老汉|病人)(?:就)?(?:是|系|係|叫)[ ，,]*{FULL}{END}"
)
"""Behind 吃饭的人是."""
KIN = r"(?:爸爸?|妈妈?|爹|娘|老伴儿?|老头子?|老婆|老公|爱人|奶奶?|爷爷?|嫲嫲|阿嫲|阿公|阿婆|外[婆公]|姥[姥爷]|婆婆|公公|岳[母父]|丈母娘|老丈人|老倌子?|娭毑|姆妈|老豆|大伯|叔|姑妈?|舅舅?|姨妈?|姐|哥|邻居|老汉|老人家?|老太太?|老爷子|老头|大[爷妈娘])"
IS_KIN = re.compile(rf"(?:是|系|係)(?:我|俺|额|咱)?(?:家|屋里|们)?(?:的)?{KIN}[ ，,]?{FULL}{END}")
"""Behind 来洗的是我爸."""
ON = re.compile(rf"(?:{KIN}|[他她佢渠]|名字|大名)(?:叫做|名叫|叫|喊做)(?P<name>(?:{SURNAMES}){GIVEN}{{2}})(?={GIVEN})")
"""有个老汉叫郭万福没儿没女: no pause behind the name."""
TOO_SOON = "没有住在想要得不和跟给是今来去"
"""Third characters that do not belong to the name before them."""
LEAD = r"(?:(?:就|那)?(?:是|叫做?|喊)|[他她佢我俺额]?(?:的)?(?:名字|姓名|大名|名)?(?:叫做?|是|系)|老人家?叫)?"
CLAUSE = re.compile(rf"(?:^|(?<=[，,。；;、 ])){LEAD}(?P<name>(?:{SURNAMES}){GIVEN}{{1,3}}?)(?=[，,。；;、 ]|$|[啊呀嘛哈哦咯]+(?:$|[，,。 ]))")
"""A whole clause that begins with a surname."""


def called(text: str, asking: str = "") -> List[Span]:
    """The names told so; the longer one of two that overlap.

    Args:
        text: what was said.
        asking: the slot asked for.
    """
    found = [span for pattern in (BY_NAME, THE_ONE, IS_KIN, ON) for span in _of(pattern, text)]
    if asking == "name" and not found:
        found = list(_of(CLAUSE, text))
    return longest(found)


def _of(pattern: "re.Pattern[str]", text: str) -> Iterator[Span]:
    for match in pattern.finditer(text):
        name = match["name"]
        if pattern is BY_NAME:
            fits = not (set(name) & set(NEVER_IN_NAME) or NOT_CALLED.search(name) or NO_SUCH_NAME.search(name))
        elif pattern is ON:
            fits = name_in_full(name) and name[-1] not in TOO_SOON and not NOT_CALLED.search(name)
        elif pattern is THE_ONE and len(name) == 2:
            fits = name[1] in GIVEN_NAMES
        else:
            fits = name_in_full(name) and not NOT_CALLED.search(name)
        if fits:
            yield Span("person_name", name, match.start("name"), match.end("name"))
