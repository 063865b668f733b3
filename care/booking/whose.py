"""Whose telephone number was said by somebody who asks for another: the elder's, the speaker's own, somebody else's.

People name whose it is before a number or behind it (她电话135……我是她女儿136……; 打135……找她，找不到打我136……).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from care.booking import data
from care.booking.draft import Draft
from care.turn import Entity, Turn

THEIRS, OWN, OTHERS = "theirs", "own", "others"
ME = "我俺额咱"
_KIND = r"(?:电话|手机|座机|小灵通|号码?)*"
_TILL_NUMBER = rf"(?:自己|本人|自个儿?|个人|这边|这里|这儿)?的?(?:家里?|屋里)?(?:那?个)?{_KIND}(?:就|也)?(?:是|系)?[，,：:、 ]*$"
_TILL_PAUSE = rf"(?:自己|本人|自个儿?|个人)?的?{_KIND}[吧啊呀哈嘛]?(?=[，,。；;、 ]|$|[我俺额咱她他佢老那这打找要])"
_LED = r"^[，, ]*(?:这个?|那个?|头一个|第[一二]个)?"
_IS = rf"{_LED}(?:是|系|找|打给|打到)"
_SPEAKER = r"[我俺额咱](?:就)?[是系](?:[她他佢]|老人家?)?(?:家|的|屋里)*[大小老二三满]?(?:{younger}|邻居|隔壁|对门|护工|保姆|阿姨|朋友|同事|老公|老婆|老伴|爱人|{kin})"


class Whose:
    """Who may be named beside a number in one booking."""

    def __init__(self, draft: Draft, turn: Turn) -> None:
        people = data.table("people")
        relations: dict[str, list[str]] = {code: list(about["words"]) for code, about in people["relations"].items()}
        for one in turn.of("relation"):
            relations.setdefault(str(one.value), []).append(one.text)
        kin = [word for code, words in relations.items() if code not in ("self", "child") for word in words]
        kin += [f"{me}{word.lstrip(ME)}" for word in kin for me in ME]
        younger = "|".join(sorted(people["younger"], key=len, reverse=True))
        told_role = bool(turn.all("role"))
        self._owner = {word.lstrip(ME): _owner_of(code, draft) for code, words in relations.items() for word in words}
        self._for_child = draft.person == "child"
        self._younger = OWN if told_role else OTHERS
        kin_words = "|".join(sorted(map(re.escape, kin), key=len, reverse=True))
        who = (
            rf"(?P<younger>(?<![这那哪])[我俺额咱她他佢]?(?:家|的)?[大小老二三满]?(?:{younger}))"
            rf"|(?P<kin>{kin_words})|(?P<they>[她他佢]|老人家?|人家)"
        )
        speaker = _SPEAKER.format(younger=younger, kin=kin_words)
        self._before = re.compile(rf"(?P<speaker>{speaker})|{who}|(?P<me>[我俺额咱](?={_TILL_NUMBER}))")
        self._is = re.compile(rf"{_IS}(?:{who}|(?P<me>[我俺额咱])){_TILL_PAUSE}")
        self._after = re.compile(rf"{_LED}(?:{who}|(?P<me>[我俺额咱])){_TILL_PAUSE}")

    def owners(self, text: str, numbers: Sequence[Entity]) -> list[str]:
        """For each number in the words whose it is; empty where nothing tells."""
        places = [_span(text, one) for one in numbers]
        starts = [0, *(end for _, end in places)]
        ends = [*(start for start, _ in places), len(text)]
        between = [text[start:end] for start, end in zip(starts, ends, strict=True)]
        said = [self._is.match(words) for words in between[1:]]
        behind = [self._after.match(words) for words in between[1:]]
        if places and all(behind) and not self._before.search(between[0]):
            return [self._named(told) for told in behind if told]  # 135……我妈的，136……我的
        found = []
        for n in range(len(places)):
            last = said[n - 1] if n else None
            before = list(self._before.finditer(between[n], last.end() if last else 0))
            told = said[n] or (before[-1] if before else None) or behind[n]
            found.append(self._named(told) if told else "")
        return found

    def _named(self, found: re.Match[str]) -> str:
        named = found.groupdict()
        if named["me"] or named.get("speaker"):
            return OWN
        if named["younger"]:
            return THEIRS if self._for_child else self._younger
        return THEIRS if found["they"] else self._owner.get(found["kin"].lstrip(ME), OTHERS)


def _owner_of(relation: str, draft: Draft) -> str:
    """Whose a number is that is told with a word for kin."""
    if relation == "self":
        return OWN
    theirs = {"parents": ("mother", "father"), "elder": data.table("people")["relations"]}.get(draft.person, ())
    return THEIRS if relation == draft.person or relation in theirs else OTHERS


def _span(text: str, number: Entity) -> tuple[int, int]:
    if number.end:
        return number.start, number.end
    words = number.text if number.text in text else str(number.value)
    start = max(text.find(words), 0)
    return start, start + len(words)
