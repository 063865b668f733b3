"""Words that may or may not tell of danger: one short question, instead of silence or a full alarm.

In the middle of a task, and in writing (where the button for help is in sight), only when they nearly tell of it; words
that give a task an address or a telephone number are an answer. Never twice running. A yes raises the alarm with the words
that raised the doubt, and so do words that nearly tell of it once more. Whatever else is said, the doubted words are
taken up as they were said, at the question they were said to, and then what was said now: nothing is lost by the question.
"""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from care.company import MOURNED
from care.conversation.hearing import bare
from care.conversation.model import Conversation
from care.emergency.alarm import raise_alarm
from care.emergency.detect import EXCUSED, Emergency, is_doubtful, is_resemblance, likely_kind, urgency
from care.reply import Outcome
from care.texts import reply

ASKING = "danger"
MEMORY = "doubtful_words"
IN_A_TASK = -0.5
"""Weight from which words are asked about in the middle of a task; more than otherwise, because they answer something."""
WISH = re.compile(r"想|要|帮|替|约|订|送|请|叫人")
NUMBER = re.compile(r"\d[\d \-]{5,}\d")
"""A telephone number, whose digits say nothing of danger (他电话13542220000)."""
ADDRESS = re.compile(r"[0-9〇零一二两三四五六七八九十百]+(?:号楼|栋|幢|座|单元|门洞|室|号院|号(?!线)|组|巷|弄)")
YES = re.compile(r"^(?:是|有|对|嗯|要|快|救)(?:的|啊|呀|了|哦|有|是|要|快|救命|危险|点|来人|来)*$|危险|不舒服|难受|疼|痛|怕|帮帮?我|叫人|快来|救")
"""A yes counts alone: 嗯，改成两份 is about something else."""
SHORT = 10
"""Characters of an answer; a longer one that wishes for something answers nothing."""
DENIAL = re.compile(
    r"(?:没有?|冇|没得)(?:什么|啥)?(?:危险|事|大事)?(?:的|啊|呀|了|咧|哒)*|不是|不用|不要紧|不危险|好好的|谢谢|我|人|都"
)
MORE = 4
"""Characters beside a denial that tell something."""
NO = re.compile(r"没有?(?:的|啊|呀|了)*$|没有?危险|没事|不是|不用|不要紧|没啥|没什么|不危险|好好的|^(?:冇|没得)$")


def ask(conversation: Conversation, text: str) -> Outcome | None:
    """The question, if these words leave it open whether somebody is in danger."""
    words = NUMBER.sub("", text)
    if not is_doubtful(words) or (conversation.task and (words != text or ADDRESS.search(text))):
        return None
    if MOURNED.search(words) and urgency(words) <= IN_A_TASK:
        return None
    slight = urgency(words) <= (IN_A_TASK if conversation.task else EXCUSED)
    if slight and (conversation.task or conversation.channel != "phone"):
        return None
    return _question(conversation, text)


def ask_first(conversation: Conversation, text: str) -> Outcome | None:
    """The question instead of the alarm: words in the middle of a task that only resemble those of danger (没错，我妈也跟着去)."""
    answers = conversation.task and conversation.asking != ASKING and conversation.state != "emergency"
    return _question(conversation, text) if answers and is_resemblance(text) else None


def _question(conversation: Conversation, text: str) -> Outcome:
    conversation.remember(**{MEMORY: [text, conversation.state, conversation.last_replies]})
    return Outcome([reply("emergency.doubt")], f"asking_{ASKING}")


def answer(session: Session, conversation: Conversation, text: str) -> tuple[Outcome | None, list[str]]:
    """What the answer to the question leads to: the alarm, or all the words to go on with, one after the other."""
    doubted, state, replies = conversation.recall(MEMORY, ["", "idle", []])
    conversation.remember(**{MEMORY: None})
    conversation.state = state if conversation.task else "idle"
    conversation.last_replies = replies
    words = bare(text)
    if NO.search(words):
        return None, [said for said in (doubted, _more(words) and text) if said] or [text]
    once_more = is_doubtful(text) and urgency(NUMBER.sub("", text)) > EXCUSED
    agreed = YES.search(words) and not (len(words) > SHORT and WISH.search(words))  # 有人肯来坐坐啊，给我约一个 is no yes
    if agreed or once_more:  # told twice in words that leave it open: not left open any longer
        return raise_alarm(session, conversation, Emergency(likely_kind(doubted), doubted), doubted), [text]
    goes_on = conversation.task or WISH.search(doubted)
    return None, [doubted, text] if goes_on and doubted else [text]


def _more(words: str) -> bool:
    """Whether words that say that there is no danger say something else besides (没有，我是要买米)."""
    return len(DENIAL.sub("", words)) >= MORE
