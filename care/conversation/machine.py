"""Whether it is a person who speaks here or a machine: always answered truthfully, whatever is being done, however it is asked."""

from __future__ import annotations

import re

from care import company
from care.conversation.model import Conversation
from care.emergency.everyday import kept
from care.reply import Outcome, Reply
from care.texts import reply

_PAUSE = re.compile(r"[，。！？；、,.!?;\s]+")
_MACHINE = r"(?:机器(?:人|声|音)?|电脑|录音(?!机)|人工智能|智能(?:客服|语音|助手|机器人)?|[Aa][Ii]|假人|假的?声音?|合成(?:的|音|声)*|自动(?:应答|回复|语音)+|语音(?:播报|助手|机器人|系统)|程序|软件)"
_PERSON = r"(?:真(?:的)?人|活(?:的)?人|大活人|活的|(?:个|一个)人|人(?![工家民员手口参类力事数么]))"
_IS = r"(?:到底|究竟|其实|该|不会|会不会|该不会|莫不|莫非|怕|恐怕|八成|肯定|应该|都|也|真|可|就|敢情)*(?:不)?(?:是不是|系咪|系唔系|是|系|为)(?:不是)?(?:一?个|一?台|一?段|那种|啥|用)*"
_US = r"(?:你|您|恁|侬|你们|您们|这(?:边|头|里)|那(?:边|头)|对面|电话里(?:头)?|线上|(?:刚才)?(?:跟|和|同|与|给|对)(?:我|俺|咱|额)(?:在|正)?(?:说话?|讲话?|聊天?|唠嗑?|通话|倾计?|摆)+(?:话|嗑|的)*|(?:说话|讲话|接电话|听电话|答话|聊天)的)(?:这|那)?(?:个|位|头|边|声音|声)?"
_ASKED = r"(?:来的|来着|(?:接|答|念|讲|说)(?:的|电话的?)|在(?:说|讲|答|回)话?|(?:跟|和|同)我(?:说|讲|聊)话?|说话|讲话|变的|做的|的|[吗么不没吧啵咩嘛呀啊哦呢嘞哩唦噶嗄哈])*$"
_EITHER = re.compile(rf"{_PERSON}[^，。]{{0,4}}(?:还是|定系|抑或|或者|或是|阿是)[^，。]{{0,4}}{_MACHINE}|{_MACHINE}[^，。]{{0,4}}(?:还是|定系|抑或|或者|或是)[^，。]{{0,4}}{_PERSON}|人还?是鬼|人工还是(?:智能|机器|自动)|(?:你|您|你们)是自动的")
_YOU_ARE = re.compile(rf"{_US}{_IS}{_PERSON}{_ASKED}|{_US}{_IS}{_MACHINE}{_ASKED}")
_ARE = re.compile(rf"^(?:喂|哎|那|嗯|哦|咦)*(?:到底|究竟)?(?:是不是|系咪|系唔系|不会是|该不会是|会不会是|莫不是|怕是|敢情是)(?:个|台|段|用)*(?:{_MACHINE}|{_PERSON}){_ASKED}|^这(?:个)?{_IS}{_MACHINE}{_ASKED}|^(?:是|系)?(?:个)?(?:真人|活人|机器人?|录音|电脑)[吗么不没吧啵咩]+[呀啊]?$")
_SOUNDS = re.compile(
    rf"(?:听|声音|说话|讲话|口气|腔调|调调)[^，。]{{0,8}}(?:像|似|如同|跟)[^，。]{{0,4}}{_MACHINE}|(?:咋|怎么|好|蛮|挺|有点)[^，。]{{0,6}}像(?:是)?(?:个|台|段)?{_MACHINE}|(?:听|声音|说话|讲话)[^，。]{{0,8}}不像(?:是)?(?:个)?(?:真|活)?人"
)
_SPOKEN_WITH = re.compile(rf"(?:跟|和|同|与)(?:一?个|一?台|你这)?{_MACHINE}(?:在)?(?:说|讲|聊|唠)(?:话|天|嗑)?{_ASKED}|(?:真人|活人|{_MACHINE})(?:在)?(?:跟|和|同)(?:我|俺|咱)(?:说|讲|聊)")
_OF_OTHERS = re.compile(r"上门|来(?:的)?(?:是|那)|派|师傅|护士|阿姨|送饭|坏|修|洗衣|买|卖|电视|手机|血压|助听|收音|骗子|打电话(?:来|的)|不想|不要|别让|换")
"""Words about others than whoever is on this line, or that refuse it (then people are called)."""


def _asks(clause: str) -> bool:
    if _OF_OTHERS.search(clause):
        return False
    return any(form.search(clause) for form in (_EITHER, _YOU_ARE, _ARE, _SOUNDS, _SPOKEN_WITH))


def asked(text: str) -> bool:
    """Whether these words ask if a person or a machine is speaking."""
    return any(_asks(clause) for clause in _PAUSE.split(text))


def beside(text: str) -> str:
    """What a booking can use of the words around that question; may be empty."""
    return kept("，".join(clause for clause in _PAUSE.split(text) if clause and not _asks(clause)))


def truth(conversation: Conversation) -> Reply:
    """That it is a machine, and how to reach people."""
    if company.going_on(conversation):
        return company.stays(conversation, reply("conversation.machine_listens"))
    return reply("conversation.machine" if conversation.asking else "conversation.machine_idle")


def answer(conversation: Conversation) -> Outcome:
    """The truth, and the question that is open once more."""
    asking = conversation.last_replies[-1:] if conversation.asking else []
    state = conversation.state if conversation.asking else "answered"
    return Outcome([truth(conversation), *(Reply.from_dict(one) for one in asking)], state)
