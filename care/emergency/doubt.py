"""Words that may or may not tell of danger: one short question, instead of silence or a full alarm.

In the middle of a task, and in writing (where the button for help is in sight), only when they nearly tell of it; words
that give a task an address or a telephone number are an answer. Never twice running. A yes raises the alarm with the words
that raised the doubt, and so do words that nearly tell of it once more; a bare 对 about words that tell of nobody belongs to
the task. Whatever else is said, the doubted words are taken up as they were said, at the question they were said to, and then
what was said now: nothing is lost by the question.
"""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from care import not_known
from care.booking.hearing import is_question
from care.company import MOURNED
from care.conversation.hearing import bare
from care.conversation.model import Conversation
from care.emergency import lasting
from care.emergency.alarm import raise_alarm
from care.emergency.detect import (
    EXCUSED,
    Emergency,
    is_bloody,
    is_calm,
    is_doubtful,
    is_like_in_a_wish,
    is_resemblance,
    is_to_be_mended,
    is_wish,
    likely_kind,
    names_nobody,
    told_kind,
    urgency,
)
from care.emergency.everyday import ADDRESS, NUMBER, goes_on, kept
from care.emergency.meant import speaks_against
from care.reply import Outcome
from care.texts import reply

ASKING = "danger"
MEMORY = "doubtful_words"
CLEARED = "no_danger"
"""Memory key of the words that were asked about last."""
IN_A_TASK = -0.5
"""Weight from which words are asked about in the middle of a task; more than otherwise, because they answer something."""
WISH = re.compile(
    r"想|要|帮|替|约|订|送|请|叫人|(?:得唔得|得不得|行不行|好不好|可不可以|能不能|中不中|[来嚟去]得?[不唔冇][来嚟去到]?|行吗|可以吗|好吗|成吗)(?:呀|啊|呢|嘞)?[?？]?$"
)
YES = re.compile(
    r"^(?:是|有|对|嗯|要|快|救)(?:的|啊|呀|了|哦|有|是|要|快|救命|危险|点|来人|来)*$|危险|不舒服|难受|疼|痛|怕|帮帮?我|叫人|快来|救"
)
"""A yes counts alone: 嗯，改成两份 is about something else."""
DENIAL = re.compile(
    r"(?:没有?|冇|没得)(?:什么|啥)?(?:危险|事|大事)?(?:的|啊|呀|了|咧|哒)*|不是|不用|不要紧|不危险|好好的|谢谢|我|人|都|(?:你)?(?:听|想|搞|弄)(?:岔|错|偏)|哪(?:有|里|来)(?:的)?(?:啥|什么)?危险|[哎啊呀哦了的]"
)
AGREES = re.compile(r"^(?:对|嗯|是|好|行|要|可以|没错)(?:对|是|的|啊|呀|了|哦|嗯|要|好|行)*$")
"""A yes that fits whatever was asked before just as well; 有危险吗 is answered with 有."""
MORE = 4
"""Characters beside a denial that tell something."""
NO = re.compile(r"没有?(?:的|啊|呀|了)*$|没有?危险|没事|不是|不用|不要紧|没啥|没什么|不危险|好好的|^(?:冇|没得)$|(?:听|想|搞|弄)(?:岔|错|偏)|哪(?:有|里有|来)(?:的)?(?:啥|什么|么子)?危险")
_NOT = r"(?:没|冇|莫|么|无)(?:有|得|事)?"
_SMALL = r"(?:啊|呀|哦|喔|咧|哩|嘞|噻|撒|哈|咯|哒)"
OF_IT = re.compile(r"这|那|咯|具体|问")
"""What is not known is spoken of."""
BARE_NO = re.compile(
    rf"^(?:(?:{_NOT})+(?:啥|什么|么子|么里)?(?:危险|大?事|急(?:的|事)?)?(?:{_SMALL}|的(?!人))*(?:[，,。.！!；;\s]+|$)|(?:{_NOT}{_SMALL}+)+|(?:不是|唔系|不用|唔使|不要紧)(?:的|{_SMALL})*(?:[，,。.！!；;\s]+|$))+"
)
"""A no that stands by itself, in whatever tongue (冇啊 手是上上个礼拜断个): it answers the question about danger and nothing else."""
HOW_SOMEBODY_IS = frozenset(
    {"health", "mobility", "wheelchair", "problem", "diet", "ability", "dementia", "disability", "hardship", "condition", "circumstances", "grade", "score"}
)
"""Questions that are answered with how somebody is: what is told beside the no belongs to them too."""
NO_FIRST = re.compile(r"(?:没有?(?!人|气)|冇(?!人)|没事|不是|人没事|没得危险)")
"""A no at the beginning."""


def ask(conversation: Conversation, text: str) -> Outcome | None:
    """The question, if these words leave it open whether somebody is in danger."""
    words = NUMBER.sub("", text)
    if not is_doubtful(words) or (conversation.task and (words != text or _is_business(conversation, text))):
        return None
    if MOURNED.search(words) and urgency(words) <= IN_A_TASK:
        return None
    if is_to_be_mended(words) and (WISH.search(words) or is_wish(words)) and told_kind(words) is None and not is_bloody(words):
        return None  # 马桶塞咗，听日朝早九点得唔得
    slight = urgency(words) <= (IN_A_TASK if conversation.task else EXCUSED)
    if slight and not is_bloody(words) and (conversation.task or conversation.channel != "phone"):
        return None
    return question(conversation, text)


def _is_business(conversation: Conversation, text: str) -> bool:
    """Whether words said in a task only answer it: an address, things (柜子都泡烂了), how somebody has been for long."""
    return bool(ADDRESS.search(text)) or names_nobody(text) or cannot_answer(conversation, text) or lasting.leaves_no_doubt(conversation, text)


def cannot_answer(conversation: Conversation, text: str) -> bool:
    """Whether words said to the question of a task only tell that somebody does not know what to answer (咯我答不出), and are
    not those of somebody who cannot speak any more (我说不清)."""
    if not conversation.task or conversation.state == "emergency" or conversation.asking == ASKING:
        return False
    return not_known.whole(text) and (told_kind(text) is None or bool(OF_IT.search(text)))


def ask_first(conversation: Conversation, text: str, danger: Emergency) -> Outcome | None:
    """The question instead of the alarm: words that only resemble those of danger, in the middle of a task (没错，我妈也跟着去)
    or of which the meaning is another, that tell of something broken, or in a wish for a service (我这老胳膊老腿不敢往上爬，叫个人给我擦擦玻璃), or that may describe a lasting condition."""
    if conversation.state == "emergency" or conversation.asking == ASKING:
        return None
    only_like = is_resemblance(text) and (bool(conversation.task) or speaks_against(text))
    only_like = only_like or not conversation.task and is_like_in_a_wish(text) or told_kind(text) is None and is_to_be_mended(text)
    return question(conversation, text) if only_like or lasting.may_be(conversation, text, danger) else None


def denied(conversation: Conversation, text: str) -> bool:
    """Whether the question is answered with a no first, or with more of what is broken (总阀我拧上了，快来人修), by words that only
    resemble those of danger."""
    if conversation.asking != ASKING or told_kind(text) is not None:
        return False
    doubted = conversation.recall(MEMORY, ["", "idle", []])[0]
    return bool(NO_FIRST.match(bare(text))) or is_to_be_mended(doubted)


def question(conversation: Conversation, text: str, words: str = "emergency.doubt") -> Outcome:
    """The question, put about these words, which are kept until it is answered."""
    conversation.remember(**{MEMORY: [text, conversation.state, conversation.last_replies]})
    return Outcome([reply(words)], f"asking_{ASKING}")


def cleared(conversation: Conversation, text: str) -> bool:
    """Whether these words were asked about just now, and meant no danger: they are not asked about again."""
    asked = conversation.recall(CLEARED)
    return bool(asked) and text.startswith(asked)


def answer(session: Session, conversation: Conversation, text: str) -> tuple[Outcome | None, list[str]]:
    """What the answer to the question leads to: the alarm, or all the words to go on with, one after the other."""
    doubted, state, replies = conversation.recall(MEMORY, ["", "idle", []])
    conversation.remember(**{MEMORY: None, CLEARED: doubted})
    conversation.state = state if conversation.task else "idle"
    conversation.last_replies = replies
    words = bare(text)
    if NO.search(words) or (BARE_NO.match(text.strip()) and not _once_more(BARE_NO.sub("", text.strip()))):
        return None, _after_no(conversation, doubted, text)
    told = conversation.task and (NUMBER.search(text) or ADDRESS.search(text))
    agrees = conversation.task and AGREES.search(words) and names_nobody(doubted)
    ordinary = goes_on(text) or is_calm(text) or told or agrees
    if not ordinary and (YES.search(words) or _once_more(text) or _calls_there(conversation, doubted, text)):
        danger = Emergency(likely_kind(doubted), doubted)
        return raise_alarm(session, conversation, danger, doubted, agreed=True), [text]
    taken_up = conversation.task or _wished(doubted) or not (is_wish(text) or is_question(text))
    return None, [doubted, text] if taken_up and doubted else [text]


def _after_no(conversation: Conversation, doubted: str, text: str) -> list[str]:
    """The words to go on with after a no. It is never handed on as an answer to what was asked before, and neither is what only
    explains it (手是上上个礼拜断的，接好了): of what goes on, a wish, a day, an address."""
    if not doubted:
        return [text]
    rest = BARE_NO.sub("", text.strip())
    going_on = rest if is_question(rest) else kept(rest)
    if not _more(bare(text)):
        return [doubted, going_on] if going_on and conversation.task else [doubted]
    if not conversation.task and not _wished(doubted):
        return [doubted, text]
    if conversation.task and conversation.asking in HOW_SOMEBODY_IS:
        return [f"{doubted}，{rest}"]
    return [doubted, going_on] if going_on else [doubted]


def _wished(doubted: str) -> bool:
    """Whether the words that raised the question want something done."""
    return bool(WISH.search(doubted)) or is_wish(doubted) or is_to_be_mended(doubted)


def _once_more(text: str) -> bool:
    """Told twice in words that leave it open is not left open any longer."""
    return is_doubtful(text) and urgency(NUMBER.sub("", text)) > EXCUSED


def _calls_there(conversation: Conversation, doubted: str, text: str) -> bool:
    """Whether a question about danger, put to somebody who wished for nothing, is answered with where they are."""
    return not conversation.task and not _wished(doubted) and bool(ADDRESS.search(text))


def _more(words: str) -> bool:
    """Whether words that say that there is no danger say something else besides (没有，我是要买米)."""
    return len(DENIAL.sub("", words)) >= MORE
