"""Ailments that are none of those asked for before a bath (肩周炎，心脏莫得问题): noted for whoever comes, and nothing against it."""

from __future__ import annotations

import re

from care.booking import data, remarks
from care.booking.hearing import Hearing, is_question

HEALTH = "health"
_AILS = re.compile(
    r"炎|痛风|风湿|关节|腰|腿|脚|膝|肩|颈|背|骨|钢[板钉]|胳膊|膀子|手|糖尿|血糖|血压|血脂|眼|耳|白内障|青光|牙|胃|肠|肾|肝|胆|痔|便秘|前列腺|老毛病|慢性|吃着?药|打针|过敏|甲状腺|贫血"
)
"""Words of the body and of lasting ailments."""
_UNSAFE = re.compile(r"晕|昏|抽搐|抽筋|癫|羊角风|喘|憋|闷|出血|流血|冒血|传染|结核|肺|心(?!脏?[^，。]{0,3}(?:没|莫|冇|好|正常))|脑|中风|瘫|烧(?!水)|吐|破|烂|疮|伤口(?![^，。]{0,6}(?:好|没|长|愈))|手术|开刀|拆线|骨折|管子|住院|出院")
"""What has to be seen to first."""
_CLEAR = re.compile(
    r"(?:没|莫|冇|么|没有|莫得|冇得|没得)(?:有|得)?(?:啥|什么|么子|么哩|乜)?(?:大)?(?:问题|毛病|事|病|碍)|(?:还|都|也|蛮|挺)+(?:要得|行|好|可以|正常|稳|中|得)|正常|长好|好了|好哒|好咧|愈合|旁的|别的|其他|其它|就是|只有|就只|只是"
)
"""Words that say that the rest is well."""


def take(hearing: Hearing) -> None:
    """Goes on where the health was asked for and only something harmless was told: at once if the rest is said to be well, else
    when it is told a second time."""
    draft, text = hearing.draft, hearing.turn.text
    if hearing.asked != HEALTH or HEALTH in draft.particulars or hearing.changed or hearing.fresh:
        return
    if is_question(text) or not _AILS.search(text) or _UNSAFE.search(text):
        return
    if not hearing.remarked:
        remarks.note(hearing, text.strip("，。！! "))
    if not _CLEAR.search(text) and HEALTH not in draft.passed_over:
        draft.passed_over = [*draft.passed_over, HEALTH]
        return
    draft.particulars = {**draft.particulars, HEALTH: [data.slot(HEALTH)["none"]]}
    hearing.handled = True
