"""How somebody has been for long, told where it is asked for: a condition, and no danger that began just now.

Whoever applies for an assessment, for care at home, an aid or a few days of respite describes what the person cannot do
(右边胳膊腿都动不了，说话还行). The same words called out of nowhere are those of a stroke or a fall.
"""

from __future__ import annotations

import re

from care.conversation.model import Conversation
from care.emergency.course import ONESELF
from care.emergency.detect import Emergency, is_doubtful, likely_kind, told_kind

BOOKING, CHECK = "booking", "eligibility"
"""Tasks in which it is told: an application or order for such a service, and the check whether somebody may have it."""
SERVICES = frozenset(
    {
        "ability_assessment",
        "aids_rental",
        "aids_return",
        "carer_training",
        "day_care",
        "disability_assessment",
        "home_adaptation",
        "home_bed",
        "home_nursing",
        "respite",
        "waitlist",
    }
)
"""Services for which it matters what somebody can no longer do."""
BATH, HEALTH = "bath", "health"
"""Service and question whose answer is an illness (以前中过风), told because it was asked for."""
STROKE = re.compile(r"中了?风|脑梗|脑[出溢]血|脑血栓|偏瘫|瘫")
SPEECH = re.compile(r"[话嘴]|说不|讲不|口角|流口水")
"""What somebody with a stroke that begins can no longer do."""
OF_BLOOD = re.compile(r"脑[出溢充]血|血(?:压|糖|脂|管|栓)")
"""Blood that is not seen."""
KINDS = frozenset({"stroke", "fall"})
"""Kinds whose words also describe a lasting condition (半边身子动不了, 起不来床)."""
SINCE = re.compile(
    r"[0-9一二两三四五六七八九十几多半]年|[0-9一二两三四五六七八九十几多半]个月|去年|前年|上个月|从小|以前|原来|一直|长年|常年|卧床|瘫|偏瘫|后遗症|老毛病|(?:中风|脑梗|脑出血|偏瘫|手术|出院)[^，]{0,4}(?:后|落下|留下)"
)
"""Words that tell how long it has been so."""
SUDDEN = re.compile(
    r"刚|突然|忽然|一下[子就]|猛地|冷不丁|才将|将将|今[早天儿晚]|今儿|早上起来|早起|昨[晚夜]|半夜|夜里|这会|眼下|现在(?!都?[还也]|住)|(?<!没)又|越来越|[更快]不|分钟|钟头|小时|怎么[办了]|咋[办了]"
    r"|救|来人|快[来叫点打送]|赶[紧快]|120|一二零|医生快|(?<!体)不行了|摔(?!断?过)|跌(?!断?过)|栽|滑|绊|倒[在地了]|掉下|晕|昏|抽|吐|喘|憋|闷|疼|痛|血|歪|斜|麻了|没反应|不省|[叫喊][^，]{0,2}不|不[应醒答]|哎[哟呀呦]|哎?唷|不好了|不对[劲头]"
)
"""Words of something that began just now, of pain, of help: then it is what it sounds like."""
CHANGED = re.compile(r"不[^，。！!,\s]{1,3}[了啦咧咯喽哒](?=$|[，。！!,\s])")
"""Words that tell of a change (动不了了), where a condition is plainly there (动不了)."""


def described(conversation: Conversation, text: str, danger: Emergency) -> bool:
    """Whether words that sound like danger describe how somebody has been for long, where just that is asked for."""
    if _is_sudden(text):
        return False
    if _health_asked_for(conversation):
        return bool(SINCE.search(text)) and _may_be_old_stroke(text, danger)
    if not _asked_for(conversation) or danger.kind not in KINDS:
        return False
    return bool(SINCE.search(text)) or not (CHANGED.search(text) or ONESELF.search(text))


def may_be(conversation: Conversation, text: str, danger: Emergency) -> bool:
    """The same where it may just as well have begun now (我起不来了): a question is better than the alarm."""
    if _is_sudden(text):
        return False
    if _health_asked_for(conversation):
        return _may_be_old_stroke(text, danger)
    return _asked_for(conversation) and danger.kind in KINDS


def leaves_no_doubt(conversation: Conversation, text: str) -> bool:
    """Whether words that might raise the question only describe such a condition."""
    return is_doubtful(text) and described(conversation, text, Emergency(likely_kind(text), text))


def _is_sudden(text: str) -> bool:
    return bool(SUDDEN.search(OF_BLOOD.sub("", text)))


def _may_be_old_stroke(text: str, danger: Emergency) -> bool:
    """Whether a stroke is told without anything that begins now (中风，左边手脚没力，药天天吃)."""
    named = danger.kind == "stroke" or told_kind(text) is None
    return named and bool(STROKE.search(text)) and not SPEECH.search(text)


def _health_asked_for(conversation: Conversation) -> bool:
    """Whether it was asked which illnesses somebody has, before a bath."""
    asked = conversation.task == BOOKING and conversation.asking == HEALTH
    return asked and conversation.draft(BOOKING).get("service") == BATH


def _asked_for(conversation: Conversation) -> bool:
    if conversation.state == "emergency" or conversation.asking == "danger":
        return False
    if conversation.task == CHECK:
        return True
    return conversation.task == BOOKING and conversation.draft(BOOKING).get("service") in SERVICES
