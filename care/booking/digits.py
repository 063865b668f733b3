"""A telephone number put right in part: 最后是113; 后四位是七零三一; 不是7013，是7015; 中间那四位是0010."""

from __future__ import annotations

import re

from care.booking import contact

_DIGIT = "[0-9零〇洞一幺二两三四五六七八九]"
_IS = r"(?:数字?|号|号码)?(?:应该|才|都)?(?:是|为|改成|改为|换成|：|:)?(?:那个)?\s*"
_PLACES = r"(?:那)?(?:[一两二三四五六七八1-8](?:位|个数字?|个号))?"
_TAIL = re.compile(
    rf"(?:最后|后面|末尾|尾巴|尾数|尾号|后(?=[一两二三四五六七八1-8]位)|末(?=[一两二三四1-4]位)){_PLACES}{_IS}(?P<new>{_DIGIT}{{1,8}})(?!{_DIGIT})"
)
_HEAD = re.compile(rf"(?:前面|开头|打头|头|前)(?=[三3]|是|的){_PLACES}的?{_IS}(?P<new>{_DIGIT}{{3}})(?!{_DIGIT})")
_MIDDLE = re.compile(rf"(?:中间|当中){_PLACES}的?{_IS}(?P<new>{_DIGIT}{{4}})(?!{_DIGIT})")
_NOT_BUT = re.compile(
    rf"不是(?P<old>{_DIGIT}{{1,8}})(?!{_DIGIT})[，,。 ]*(?:应该|而|就)?是(?P<new>{_DIGIT}{{1,8}})(?!{_DIGIT})"
    rf"|是(?P<new2>{_DIGIT}{{1,8}})(?!{_DIGIT})[，,。 ]*(?:可|而)?不是(?P<old2>{_DIGIT}{{1,8}})(?!{_DIGIT})"
    rf"|(?:把|那个)?(?P<old3>{_DIGIT}{{2,8}})(?:要|应该)?(?:改成|换成|改为|应该是)(?P<new3>{_DIGIT}{{2,8}})(?!{_DIGIT})"
)
_OF_A_NUMBER = re.compile(r"电话|手机|号码?|尾|位|最后|后面|中间|开头")
FEW = 1
"""A single digit for another (不是6是9) needs a word that tells of the number."""


def put_right(number: str, text: str) -> str:
    """The number with the digits that the words put right; empty when they put none right or the outcome is no number."""
    if not number:
        return ""
    for found in _NOT_BUT.finditer(text):
        old, new = (
            _plain(found["old"] or found["old2"] or found["old3"] or ""),
            _plain(found["new"] or found["new2"] or found["new3"] or ""),
        )
        told = len(old) > FEW or _OF_A_NUMBER.search(text)
        if len(old) == len(new) and old != new and old in number and told:
            at = number.rfind(old)
            return _sound(number[:at] + new + number[at + len(old) :], number)
    if tail := _TAIL.search(text):
        new = _plain(tail["new"])
        return _sound(number[: -len(new)] + new, number)
    if middle := _MIDDLE.search(text):
        return _sound(number[:3] + _plain(middle["new"]) + number[7:], number)
    if head := _HEAD.search(text):
        return _sound(_plain(head["new"]) + number[3:], number)
    return ""


def _plain(digits: str) -> str:
    return digits.replace("洞", "0").translate(contact.HANZI_DIGITS)


def _sound(number: str, before: str) -> str:
    return "" if contact.phone_fault(number) or number == before else number
