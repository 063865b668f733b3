"""Words that may or may not tell of danger: one short question, instead of silence or a full alarm.

In the middle of a task, and in writing (where the button for help is in sight), only when they nearly tell of it; and
never twice running. A yes raises the alarm with the words
that raised the doubt, and so do words that leave it open once more; a no has the first words taken up as they were said,
at the question they were said to; anything else is heard as it is.
"""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from care.conversation.hearing import bare
from care.conversation.model import Conversation
from care.emergency.alarm import raise_alarm
from care.emergency.detect import EXCUSED, Emergency, is_doubtful, likely_kind, urgency
from care.reply import Outcome
from care.texts import reply

ASKING = "danger"
MEMORY = "doubtful_words"
WISH = re.compile(r"想|要|帮|替|约|订|送|请|叫人")
SHORT = 12
"""Words so short, after a wish that raised a doubt, go on with it."""
NUMBER = re.compile(r"\d[\d \-]{5,}\d")
"""A telephone number, whose digits say nothing of danger (他电话13542220000)."""
YES = re.compile(r"^(?:是|有|对|嗯|要|快|救)(?!.*(?:没有|不是|没事))|危险|不舒服|难受|疼|痛|怕|帮帮?我|叫人")
NO = re.compile(r"没有?(?:的|啊|呀|了)*$|没有?危险|没事|不是|不用|不要紧|没啥|没什么|不危险|好好的|^(?:冇|没得)$")


def ask(conversation: Conversation, text: str) -> Outcome | None:
    """The question, if these words leave it open whether somebody is in danger."""
    words = NUMBER.sub("", text)
    slight = urgency(words) <= EXCUSED
    if not is_doubtful(words) or (slight and (conversation.task or conversation.channel != "phone")):
        return None
    conversation.remember(**{MEMORY: [text, conversation.state]})
    return Outcome([reply("emergency.doubt")], f"asking_{ASKING}")


def answer(session: Session, conversation: Conversation, text: str) -> tuple[Outcome | None, str]:
    """What the answer to the question leads to: the alarm, or the words to go on with."""
    doubted, state = conversation.recall(MEMORY, ["", "idle"])
    conversation.remember(**{MEMORY: None})
    conversation.state = state if conversation.task else "idle"
    words = bare(text)
    if NO.search(words):
        return None, doubted or text
    if YES.search(words) or is_doubtful(text):  # told twice in words that leave it open: not left open any longer
        return raise_alarm(session, conversation, Emergency(likely_kind(doubted), doubted), doubted), text
    wished = not conversation.task and WISH.search(doubted) and len(words) <= SHORT
    return None, f"{doubted}，{text}" if wished else text  # 想叫人来帮阿妈洗澡 …… 下午三点: it was a wish, and goes on
