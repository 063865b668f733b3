"""A service that an answer offered, and words that take it up with what is wanted of it (那就三十号吧)."""

from __future__ import annotations

import re

from care import agreement
from care.booking import data, dropped
from care.booking.hearing import bare, is_question
from care.conversation.model import Conversation
from care.offers import DECLINES, by_words, just_now, wish
from care.reply import Reply
from care.service_list import SERVICE_SPOKEN_OF
from care.texts import reply
from care.turn import Turn

DETAILS = frozenset({
    "time", "quantity", "duration", "address", "person_name", "phone", "relation", "diet", "bath_place", "health",
    "medical_task", "cleaning_task", "mobility", "aid",
})  # fmt: skip
"""Kinds of entity that say how or for whom something is wanted."""
APPLICATION = "application"
OF_A_CASE = frozenset({"mobility", "health"})
"""Of these, what only tells how somebody is where a benefit is offered to apply for (能自己走)."""
BY_THEMSELVES = DETAILS - {"time", "duration"}
"""Those that take up an offer also when nothing else is said; a length of time (三天) may be anything, also a mishearing."""
OF_AN_ORDER = frozenset({"time", "quantity", "duration", "address", "phone"})
"""Of these, two in one message with nothing being asked are an order noted down (明天中午三份，幸福路8号，138…)."""
STARTING = frozenset({"book", "add_item", "inform"})
"""Intents of words that may wish for something."""
LITTLE = 2
"""Characters in which something may be wished for."""
EMPTY = re.compile(r"[我你您他她它俺咱们的了一个两是不没有在吗么吧呀啊呢嘛哦喂哎家里想要叫给把来去就那这也都还说帮约订找弄搞得着上下]")
"""What says nothing of a wish by itself (我一个)."""
TAKES = re.compile(r"那|就|吧|要|想|给|帮|替|来|送|订|定|约|租|借|住|行|好|可以")
"""Words that say yes to an offer, beside a time or a length of time."""
ONWARD = re.compile(
    r"(?:(?:把|将)(?:这个?|那个?|它|这个?事情?|手续|材料|名|表)|[给帮](?=登|申|报|办|装|排|约|订|签|弄)|那|就|也|行|好|嗯|成|中|得|要得|可以|你|您|你们|麻烦|请|快|先|直接|都|咁|还是)*(?:(?:给|帮|替|为|同)(?:我|他|她|佢|俺|额|咱|阮|[我俺额咱阮]?[大二三小老阿外姥]?[妈爸爹娘婆爷奶公姨姑舅叔伯婶姐哥弟妹嫂]+|老人家?|老伴|老人)?们?家?)?(?:登(?:个|一?下|上)?记|登(?=一|个|上)|(?:把|将)(?:这个?|那个?|它|这个?事情?|手续|材料|名|表)(?=.)|走手续|登?(?:给[我俺咱])?(?:装|约|订|定|来|登记|申请|报|办|要|租|送|安排|排|占|挂|签|做|借|评|弄|买|修|洗|换|填))+(?:手续|材料|上去|一|上|个|份|张|台|套|部|副|下|次|名|一下|吧|了|呗|就|好|啦|咯|喽|嘛|哈|呀|啊|哒|得了|行|名|先)*"
)
"""Words that only want what is being booked (那装一个吧), and answer no question."""
_OF_A_THING = re.compile(r"登|申请|[办装签排报订约]|一[个份张台套部副]|[吧呗]$")
"""In a clause that wants a thing, beside others; 给她洗 only tells what is done for somebody."""
_IF = re.compile(r"^(?:那|就|要是|如果|假如|只要|真的?)*(?:能|可以|够|符合|办得|申请得)[^，。]{0,8}?(?:的话就?|就)")
"""A condition before such words (能申请的话就帮我登个记吧)."""
_COMES = re.compile(
    r"(?:叫|派|让|请|喊)(?:个|一?位)?(?:人|他们|师傅|工作人员|医生|大夫|你们)[^，。？?]{0,12}(?:来|上门|到家)"
)
"""Somebody may come for it (让他们下周一来看就行)."""
_COME_THEN = re.compile(
    r"^(?:那|就|行|好|，)*[^，。]{0,8}(?:来|约|订|送)(?:一)?(?:趟|个|次|份|回|上|吧|呗)+[啊呀吧呗]*$"
)
"""Somebody is to come then (那明天上午来一趟)."""
_DAY = re.compile(r"月[一二三四五六七八九十]+号")
_CLAUSE = re.compile(r"[，。,；;！!\s]+")
_URGENT = frozenset({"human", "emergency", "scam", "complain", "abuse"})
_OTHERWISE = frozenset({"stop", "deny", "callback", "bye", "order_cancel", "order_status"})
"""Intents of words that take up nothing, whatever they tell."""
_ASKS = frozenset({
    "policy_ask", "policy_compare", "eligibility_ask", "service_query", "price_query", "waitlist_query", "my_info",
})  # fmt: skip
SURE = 0.5
"""Confidence of a question that is none by its words."""
HOW = re.compile(r"(?:那|这)*(?:我)?(?:该|要)?(?:怎么|怎样|咋个?|点)(?:办|弄|申请|登记|报名?)(?:啊|呀|呢|嘞|哩)*")
"""Words after an offer that ask how to have what was offered (那怎么办啊)."""
MAY = re.compile(
    r"(?:那|这个?|我|现在|先)*(?:能不能|可不可以|好不好|能|可以|好)(?:在你?这|在这儿|在这里)?(?:先|直接|现在)?(?:[帮给替](?:我|俺|咱|她|他|老人家?))?(?:先)?(?:登(?:个|一下)?记|[排挂]个?号|排(?:上)?队|预?约|预?订)(?:一个|一下|上|个)?(?:吗|么|嘛|不|没)?(?:呀|啊)?"
)
"""Words that ask whether it may be had at once (能先登记吗): whoever asks so wants it."""
_WISHES = re.compile(r"[想要](?!紧)|[帮给替][我俺额咱他她]|[找请叫派](?:个|一)?[人位师护]|订|约")
"""Words with which somebody wishes for something themselves."""
ALONG = re.compile(r"没人陪|(?:想|要|找|请|叫|派)(?:要)?(?:个|一个|位)?人?(?:来)?陪|有人陪|陪(?:着)?我|没人(?:管|跟)")
"""Words that want company on a way."""


def service(conversation: Conversation) -> str:
    """The service offered; empty when none was."""
    return next(iter(by_words(wish(conversation))), "")


def declines(text: str) -> bool:
    """Whether words refuse an offer."""
    return bool(DECLINES.search(text)) and not onward(text)


def taken_up(conversation: Conversation, turn: Turn) -> bool:
    """Whether words take up the open offer: by a yes, or by what is needed for it, with whatever else they tell."""
    if not wish(conversation) or turn.intent in _URGENT:
        return False
    if goes_on(turn):
        return True
    if _only_asks(turn.text) or turn.text.rstrip("？?。").endswith("呢") or declines(turn.text):
        return False
    if onward(turn.text):
        return True
    if turn.intent in _OTHERWISE:
        return False
    told = {e.kind for e in turn.entities}
    if _COMES.search(turn.text) or agreement.yes_first(turn.text) and "time" in told:
        return True
    return bool(told & dropped.CONTACT) and not (turn.intent in _ASKS and turn.confidence >= SURE)


def onward(text: str) -> bool:
    """Whether a clause only wants what was offered (他是低保。能办的话就帮我登个记吧)."""
    return any(ONWARD.fullmatch(bare(_IF.sub("", clause))) for clause in _CLAUSE.split(text) if clause)


def before(conversation: Conversation, turn: Turn) -> str:
    """The service that was offered or asked about before, for words that want it and name none; empty when they say otherwise."""
    if taken_up(conversation, turn):
        return service(conversation)
    may = bool(MAY.fullmatch(bare(turn.text)))
    away = declines(turn.text) or _only_asks(turn.text) and not may
    other = turn.all("service") or turn.intent in (*_URGENT, *_OTHERWISE) or away
    wants = may or onward(turn.text) or _COME_THEN.search(turn.text)  # 我爸是特困，先给他排上
    return "" if other or not wants else str(conversation.recall(SERVICE_SPOKEN_OF) or "")


def _only_asks(text: str) -> bool:
    """Whether words ask something and do not end in that it is wanted all the same (咋装呢，你给我登记上)."""
    return is_question(text) and not onward(next((clause for clause in reversed(_CLAUSE.split(text)) if clause), ""))


def wants_it(turn: Turn) -> bool:
    """Whether the words want what was spoken of (帮我排上), also with what is told or asked beside that (给我妈装一个，她八十五了)."""
    words = bare(turn.text)
    if ONWARD.fullmatch(words) or MAY.fullmatch(words):
        return True
    wants = any(_OF_A_THING.search(clause) and onward(clause) for clause in _CLAUSE.split(turn.text))
    return wants and not _only_asks(turn.text) and not DECLINES.search(turn.text)


def goes_on(turn: Turn) -> bool:
    """Whether words after an offer only want what was offered, or ask how to have it."""
    words = bare(turn.text)
    return bool(ONWARD.fullmatch(words) or HOW.fullmatch(words) or MAY.fullmatch(words))


def begins(turn: Turn) -> str:
    """The words to take up as an order that names its service only by what belongs to it (三份饭，一份软的; 去二附院没人陪)."""
    if turn.all("service") or is_question(turn.text) or declines(turn.text):
        return ""
    portions = any(value.get("unit") == "份" for value in turn.all("quantity") if isinstance(value, dict))
    if portions and ("饭" in turn.text or turn.all("diet")):
        return f"我想订饭，{turn.text}"
    if turn.all("facility") and ALONG.search(turn.text):
        return f"我想约陪看病，{turn.text}"
    noted = {e.kind for e in turn.entities} & OF_AN_ORDER
    item = data.service_item("", turn.meant) if turn.meant else None
    return f"想要{item.say_name}，{turn.text}" if item and len(noted) > 1 else ""


def guess(turn: Turn) -> Reply | None:
    """The question whether it is this that is wanted, where words were only half understood; nothing when they may be anything."""
    item = data.service_item("", turn.meant) if turn.meant else None
    thought_of = turn.intent in STARTING or any(name in STARTING for name, _ in turn.ranking)
    says = len(EMPTY.sub("", bare(turn.text))) >= LITTLE or any(e.kind in DETAILS for e in turn.entities)
    if item is None or not thought_of or not says:
        return None
    return reply("booking.perhaps", service=data.service_name(item), wish=f"想要{item.say_name}，{turn.text}")


def taken_with(conversation: Conversation, turn: Turn) -> str:
    """The words to take up when an offer is answered with details; empty when they do no such thing."""
    item = data.service_item("", service(conversation)) if just_now(conversation) else None
    details = DETAILS - OF_A_CASE if item and item.kind == APPLICATION else DETAILS
    told = any(e.kind in details for e in turn.entities) and not says_only_how_long(turn)
    takes = told and not (turn.all("service") or is_question(turn.text) or declines(turn.text))
    if takes and (wanted := just_now(conversation)):
        return f"{wanted}，{turn.text}"
    if turn.intent in ("inform", "nlu_fallback", "correct") and (words := begins(turn)):
        return words
    missed = takes and dropped.just_now(conversation) and any(e.kind in dropped.CONTACT for e in turn.entities)
    return f"{dropped.AFTER_ALL}，{turn.text}" if missed else ""


def with_its_day(conversation: Conversation, turn: Turn) -> str:
    """The offer's own words with those that take it up, where it was made for a certain day and no other is named (明天有，要帮您订吗？要)."""
    offer = just_now(conversation)
    if not _DAY.search(offer) or turn.all("time") or turn.all("service") or not taken_up(conversation, turn):
        return ""
    return f"{offer}，{turn.text}"


def only_when(conversation: Conversation, turn: Turn) -> bool:
    """Whether an offer made just now is answered with a day, and with no wish of its own (七号开始，十二号接回来，上午九点送来)."""
    a_day = any(value.get("date") and not value.get("past") for value in turn.all("time"))
    return a_day and bool(just_now(conversation)) and not (_WISHES.search(turn.text) or is_question(turn.text) or declines(turn.text))


def says_only_how_long(turn: Turn) -> bool:
    """Whether the words name a length or an hour, and neither a day nor anything with which an offer is taken up."""
    kinds = {e.kind for e in turn.entities} & DETAILS
    a_day = any(value.get("date") and not value.get("vague") and not value.get("past") for value in turn.all("time"))
    return bool(kinds) and not kinds & BY_THEMSELVES and not a_day and not TAKES.search(turn.text)
