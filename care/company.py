"""Company and care in talk: loneliness, medical questions, harsh words.

Two or three turns of company come before a visit is offered; nobody is cut short, and nothing is diagnosed.
"""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.reply import Outcome, Reply
from care.texts import phrase, reply
from care.turn import Turn

OFFER_AT = 2
"""Turns of company before a visit is offered."""
VISIT = "visit"
BOOKING = "booking"
ACCEPTING = frozenset(
    {"human", "book", "add_item", "inform", "nlu_fallback", "lonely", "service_query", "callback", "affirm"}
)
ACCEPTS = re.compile(r"(?:约|找|派|安排|叫|喊|请|来)(?:一)?(?:个|位|上|吧|人|了)|^(?:好|行|要得|可以|中|成|得)")
DECLINES = re.compile(r"不用|不要|不约|不想|别|算了|再说|下次|先不")
COMES = re.compile(r"^(?:那|好|行|要得|中|成|可以|就|，)*[^，。]{2,12}(?:来|过来|上门|到家)(?:吧|呗|就行|一趟|坐坐)?$")
"""Words that have somebody come, and tell nothing else (下个月我儿子来看我 does)."""
OTHERS_COME = re.compile(r"吗|不$|么$|[他她儿女孙侄弟妹哥姐]")
"""Questions, and words about those who come anyway."""
HEAVY = ("spouse", "children", "sleep", "old", "ill", "alone")
"""What is taken up also when it comes as an answer."""
Words = tuple[tuple[str, re.Pattern[str]], ...]
SPOUSE = "老伴|老头子?|老倌子?|老汉|老太婆|老婆子?|老公|堂客|当家的|爱人|先生|屋里人|屋里那个|那口子|伴儿"
KIN = rf"{SPOUSE}|(?:我|俺)?(?:妈妈?|爸爸?|娘|爹|父亲|母亲|儿子|女儿|闺女|姐|哥|妹|弟)|爷爷|奶奶"
MOURNED = re.compile(
    rf"(?:{KIN})(?:他|她)?(?:都|也|就|已经|早|先|去年|前年|今年|上个?月){{0,2}}[^，。]{{0,3}}"
    r"(?:走(?:了|得早|的早|咗|哒)(?:[^，。]{0,3}(?:年|月|久|天(?!天))|以后|之后|后|(?=，|。|$|，?我))|走(?:以后|后|之后)"
    r"|(?:没了|不在了|去世|过世|过身|过背|老了人|在的时候|在世|活着的时候|还在(?:的话|就好))(?:以后|之后|后|[^，。以之]{0,3}(?:年|月|久|天(?!天)))?)(?:多|了|得早)*"
    rf"|(?:给|替|帮|看|祭|到|去)(?:{KIN})[^，。]{{0,3}}(?:上坟|烧纸|扫墓|上香|烧香|坟|墓)"
    rf"|(?:死|走)了(?:{SPOUSE})"
)
"""People of whom is said that they are dead: nothing is booked for them."""

TOUCHED: Words = (
    ("spouse", re.compile(rf"(?:{SPOUSE}).{{0,6}}(?:走|没(?!回)|去世|不在|过世)|(?:走|没|去世|过世).{{0,4}}老伴|丧偶|想(?:我)?(?:{SPOUSE})|[他她]走了.{{0,4}}年")),
    ("children", re.compile(r"(?:儿子|女儿|闺女|孩子|儿女|子女|孙).{0,10}(?:不回|没回|不来|没来|忙|远|外地|国外|外头|外边|外面|外省|打工|不打电话|不在(?:身边|跟前|家)|一年(?:到头)?[^，。]{0,3}(?:回|见)|没空|没工夫)|想(?:儿子|女儿|闺女|孩子|孙)")),
    ("sleep", re.compile(r"睡不着|失眠|睡不好|半夜醒")),
    ("ill", re.compile(r"难受|不舒服|疼|痛|生病|病了")),
    ("old", re.compile(r"老了|不中用|没用|累赘|手脚慢|走不动|记性")),
    ("alone", re.compile(r"冷清|孤零零|孤单|寂寞|空荡|空落落|(?:对|守|看)着(?:个|台|一个)?(?:电视|墙|门)|没(?:有)?人(?:讲|说|聊|陪|理)|冇(?:得)?人(?:讲|说|聊|陪)|熬日子|没(?:个)?(?:盼头|意思|滋味)")),
    ("food", re.compile(r"吃饭|做饭|吃了|没胃口|吃不下|面条|米饭|饺子")),
    ("garden", re.compile(r"花|草|鸟|猫|狗|下棋|跳舞|唱|戏|电视|散步|打牌|麻将")),
)  # fmt: skip
WANTED = re.compile(
    r"(?:有(?:没(?:有)?|冇(?:得)?)?(?:个)?(?:人|志愿者|娃|学生|年轻人)|(?:派|叫|喊|找|请|约|来|安排)(?:个|一个|位|一位|几个)?(?:人|志愿者|娃娃?|学生|后生|年轻人|姑娘))[^，。]{0,10}(?:陪|跟|和|同|搭|与)(?:我|俺|额|偶|老头子?我|老婆子我)(?![妈爸爹娘儿女爷奶公婆])[^，。]{0,4}(?:下棋|下下|下盘|坐|说|讲|聊|拉|唠|扯|谈|摆|倾|打牌|打打|吹牛|解解?闷|做伴)"
    r"|(?:有(?:个)?人|(?:派|叫|喊|找|请|约)(?:个|一个|位)?人)[^，。]{0,4}(?:来|到|上)[^，。]{0,4}(?:摆(?:下|个|一?下|摆)?龙门阵|唠嗑|倾(?:下)?[偈计]|吹(?:下|会儿?)?牛|做(?:个)?伴|解(?:解|下)?闷|坐坐|坐下子|坐一下|坐一?会|唠唠|拉拉话|扯扯谈|扯谈|讲讲话|说说话)"
)
"""Somebody to sit and talk with is wished for (要是有人来陪我下下棋就好了)."""
NOT_TO_TALK = re.compile(r"(?:陪|跟|和|同)(?:我|俺|额)(?:一起)?(?:去|到|回)[^，。]{0,8}(?:家|屋|坟|银行|集|街|市|园|所|局)|医院|看病|挂号|复查|检查|取药|买|洗澡|扫|散心|带我去|没人|(?<!有)没有人|冇人来|不用|不要|别|莫")
"""These wish for something else, or for nobody."""
CHEERFUL = ("food", "garden")
"""What is answered gladly, unless it is told sadly."""
DULL = re.compile(r"没(?:意思|劲|人|胃口|滋味|味)|不想|懒得|厌|烦|闷|冷|一个人|一天到(?:黑|晚)|不(?:会|能|敢|得)")
HARD = re.compile(r"死(?:个)?人|死了|要命|受不了|难受|不香|不踏实|睡不|没合眼|没睡|不舒服|酸|疼|痛|乏|没(?:啥|什么)?(?:胃口|精神)|不爽|烦|冻|闷")
"""Words of what is hard to bear (热死人了): nobody is glad to hear them."""
SORROW = re.compile(
    r"心里?(?:头)?(?:酸|苦|空|不好受|难过|堵|不是滋味)|鼻子酸|掉(?:眼)?泪|难过|伤心|想哭|哭|要是还在|舍不得|冷清|孤"
)
MEDICAL: Words = (
    ("medicine", re.compile(r"药|片|胶囊|吃几|剂量|打针|输液|胰岛素|停(?:了)?(?:吃)?")),
    ("report", re.compile(r"化验|报告|单子|片子|检查结果|指标|CT|核磁|B超|心电图|血常规")),
    ("symptom", re.compile(r"疼|痛|晕|麻|肿|痒|咳|吐|拉肚子|发烧|失眠|睡不着|心慌|胸闷|抽筋|血压|血糖|难受|不舒服")),
)  # fmt: skip


def wants_visit(text: str) -> bool:
    """Whether somebody is wished for who comes to sit and talk, without the name of a service."""
    return _visit_clause(text) is not None


def _visit_clause(text: str) -> re.Match[str] | None:
    """The clause with that wish, from the wish on to its end."""
    found = WANTED.search(text)
    if found is None:
        return None
    clause = re.compile(r"[^，。！？,.!?]*").match(text, found.start())
    begin = max((sign.end() for sign in re.finditer(r"[，。！？,.!?]", text[: found.start()])), default=0)
    return None if clause is None or NOT_TO_TALK.search(text[begin : clause.end()]) else clause


def visit_wished(conversation: Conversation, text: str) -> str:
    """The words as a wish for a visit, when they are one; in the middle of a booking it is wanted besides."""
    booked = conversation.draft(BOOKING).get("service")
    if not wants_visit(text) or (conversation.task and (conversation.task != BOOKING or booked == VISIT)):
        return ""
    return as_visit(text, besides=bool(conversation.task))


def as_visit(text: str, besides: bool = False) -> str:
    """The words with the wish for a visit as its button says it; who is dead is left out.

    Args:
        besides: something else is being booked, which goes on.
    """
    clause = _visit_clause(text)
    button = reply("company.offer_visit").choices[0].value
    if clause is None:
        return f"{button}，{MOURNED.sub('', text)}"
    before, after = MOURNED.sub("", text[: clause.start()]), MOURNED.sub("", text[clause.end() :])
    return f"{before}{phrase('company.visit_besides')}{after}" if besides else f"{button}，{before}{after}".rstrip("，")


def _matched(words: Words, text: str) -> str | None:
    plain = re.sub(r"\s+", "", text)
    return next((name for name, expression in words if expression.search(plain)), None)


def _times(conversation: Conversation, key: str) -> int:
    """How often this came up before in the conversation; counts this time too."""
    counts = conversation.recall("company", {})
    before = int(counts.get(key, 0))
    conversation.remember(company={**counts, key: before + 1})
    return before


def going_on(conversation: Conversation) -> bool:
    """Whether the assistant is keeping company: the last thing it said was company, and no task is open."""
    last = conversation.last_replies[-1]["say"] if conversation.last_replies else ""
    return conversation.task is None and bool(last) and conversation.recall("company", {}).get("said") == last


def _keep(conversation: Conversation, said: Reply, **more: object) -> Outcome:
    """Company was kept with these words."""
    conversation.remember(company={**conversation.recall("company", {}), "said": said.say, "offered": False, **more})
    return Outcome([said])


def stays(conversation: Conversation, said: Reply) -> Reply:
    """Something else is said while company is kept, which goes on after it."""
    return _keep(conversation, said).replies[0]


def lonely(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Keeps company: takes up what was told, or asks something easy; then offers a visit, and goes on if declined."""
    times = _times(conversation, "lonely")
    if HOPELESS.search(turn.text):
        return _keep(conversation, reply("company.hopeless"))
    return _company(conversation, turn, times, "lonely", (times + len(conversation.id)) % 5 if times else 0)


def go_on(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """A small answer (吃了碗面, 挺好的, 嗯) while company is kept: one more easy question, then a visit is offered."""
    if turn.intent == "stop":
        return Outcome([reply("company.enough")], "idle")
    times = _times(conversation, "lonely")
    return _company(conversation, turn, times, "lonely_on", max(times - 1, 0) % 3)


def touches(turn: Turn) -> bool:
    """Whether the words tell of what weighs on lonely people, and of nothing that hurts."""
    return _matched(TOUCHED, turn.text) in set(HEAVY) - {"ill"}


HOPELESS = re.compile(r"(?:活|活着|活起|活到)[^，。]{0,5}(?:没|冇|冒|无)(?:得)?(?:有)?(?:么子|啥|什么)?(?:意思|意义|味|滋味|盼头|劲|用)|不想活|活够了")
"""Words of somebody who is tired of living: heard, and shown to people who listen."""
LONELY = re.compile(
    r"(?:屋里|家里|房子里?|家中)(?:头)?[^，。]{0,6}(?:静得|静悄|冷清|空|没(?:个)?人|冇(?:得)?人|就(?:我|剩))|没(?:个)?人(?:说话|应|吵架|搭理|陪)|连个(?:说话|吵架|吵嘴|拌嘴|搭话)|说(?:句|个)?话都没|(?:活|活着|活起|日子|过)[^，。]{0,5}(?:没|冇|冒|不)(?:得)?(?:有)?(?:么子|啥|什么)?(?:意思|味|滋味|盼头|劲)|(?:睡|困)不着[^，。]{0,4}(?:坐|想)|一天到(?:晚|黑)[^，。]{0,6}(?:没|冇)(?:得)?人|(?:对|守)着(?:个)?(?:电视|墙)"
)
"""Words that tell of nothing but being alone."""


def tells_of_loneliness(text: str) -> bool:
    """Whether words plainly tell of being alone."""
    return bool(LONELY.search(text)) and not WANTED.search(text)


def has_offered(conversation: Conversation) -> bool:
    """Whether a visit was offered last."""
    return going_on(conversation) and bool(conversation.recall("company", {}).get("offered"))


def claims(conversation: Conversation, turn: Turn) -> bool:
    """Whether words accept the visit that was offered last (那你帮我约个人来), whatever the bot took them for."""
    if turn.intent not in ACCEPTING or not going_on(conversation):
        return False
    if not (has_offered(conversation) and ACCEPTS.search(turn.text)) and not _to_come(turn):
        return False
    return not DECLINES.search(turn.text) and all(code == VISIT for code in turn.all("service"))


def _to_come(turn: Turn) -> bool:
    """Whether a day is named on which somebody is to come (好，礼拜天上午来)."""
    day = any(isinstance(value, dict) and value.get("date") and not value.get("past") for value in turn.all("time"))
    return day and bool(COMES.search(turn.text)) and not OTHERS_COME.search(turn.text)


def accept(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """The visit is taken up as if its button had been tapped, with whatever else was said."""
    wish = reply("company.offer_visit").choices[0].value
    conversation.remember(again=f"{wish}，{turn.text}" if turn.all("time") else wish)
    return Outcome([reply("conversation.affirm")], "idle")


def _company(conversation: Conversation, turn: Turn, times: int, ladder: str, attempt: int) -> Outcome:
    if times == OFFER_AT:
        return _keep(conversation, reply("company.offer_visit"), offered=True)
    touched = _matched(TOUCHED, turn.text)
    if touched in CHEERFUL and (DULL.search(turn.text) or SORROW.search(turn.text)):
        touched = "alone"
    told = conversation.recall("company", {}).get("told", [])
    if touched and touched not in told and (touched in HEAVY or ladder == "lonely"):
        return _keep(conversation, reply(f"company.touched_{touched}"), told=[*told, touched])
    if times > OFFER_AT:
        return _keep(conversation, reply("company.after_offer", attempt=(times - OFFER_AT - 1) % 3))
    return _keep(conversation, reply(f"company.{ladder}", attempt=attempt))


def well_being(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """“我挺好的”: goes on keeping company, or is glad to hear it; words of sorrow are never answered with gladness."""
    if SORROW.search(turn.text):
        return lonely(session, conversation, turn)
    if going_on(conversation):
        return go_on(session, conversation, turn)
    rung = 1 if HARD.search(turn.text) else _times(conversation, "well_being") % 2
    return Outcome([reply("company.well_being", attempt=rung)])


def medical_advice(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Not a doctor: says so, and offers one."""
    times = _times(conversation, "medical")
    kind = _matched(MEDICAL, turn.text)
    return Outcome(
        [reply(f"company.medical_{kind}") if kind and not times else reply("company.medical", attempt=times)]
    )


def abuse(session: Session, conversation: Conversation, turn: Turn) -> Outcome:
    """Stays calm, asks what went wrong, offers a person; never answers in kind."""
    return Outcome([reply("company.abuse", attempt=_times(conversation, "abuse"))])
