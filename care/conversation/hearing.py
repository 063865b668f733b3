"""What can be told from the bare text before understanding: is it readable, is it a command, does it pick a choice."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from care.conversation import accent
from care.reply import Reply

COMMANDS = Path(__file__).resolve().parent.parent / "data" / "commands.yaml"
NUMBER_SLOTS = ("quantity", "phone", "age", "time", "date", "duration", "order")
"""Slots for which a bare digit is an answer, not the key of a choice."""
SHORT = 20
"""Longest sentence, in characters, in which a wish for a human counts wherever it stands."""
_STAFF = r"客服|坐席|座席|接线员|话务员|值班(?:的|员|室|人员)|工作人员|服务员|总台|前台|服务台|你们(?:的)?(?:同事|人|姑娘|小伙子?)|(?:街道|社区|居委会?|村里|民政局?|中心)的人|(?:能)?(?:听得?懂|听懂|说人话|讲人话|会讲|懂)[^，]{0,5}的(?:人)?|明白人|懂行的"
_HUMAN = re.compile(
    r"(?:转|找|接|叫|要|换|喊|用|揾|搵|给我|帮我|有没有|有冇|来个?|可以|能)(?:一?[个下位]|到|成|接)?(?:人工|真人|活人)"
    r"|(?:找|叫|喊|换|揾|搵|派)(?:你们的?|一?个)人(?:来)?(?:跟我|和我|同我|帮我|帮帮我|给我)?(?:讲|说|办|弄|处理|听|接|$)"
    rf"|(?:转|找|接|叫|要|换|喊|让|揾|搵|请|通|问)[^，]{{0,5}}(?:{_STAFF})(?:来|接|听|帮我|跟我|和我|同我|给我|说|讲|办|一下|两句|电话|啊|吧|呗|嘛|呀|行不行?|好吗|$)+"
    rf"|(?:跟|和|同|与)(?:你们)?(?:的)?(?:{_STAFF})[^，]{{0,3}}(?:说|讲|谈|聊|沟通|讲讲)|(?:要|让|叫|喊|换)(?:个)?(?:人|姑娘|小伙|妹子|同志)+(?:子)?(?:来)?(?:接|听)(?:电话|我|吧|呗|$)"
    r"|^(?:喂|哎|请问|你们|那边|那儿|那里|这边|这儿|到底|，)*(?:有没有|有冇|有)(?:真|活)?人(?:啊|呀|呢|在|吗|么|没有|没得|没|听电话|接电话|接|说话|，)*(?=$|我要|叫|让|来)"
)
_PLAINLY = re.compile(r"(?:转|找|接|叫|要|换|喊|用|给我|帮我|来个?)(?:一?[个下位]|到|成)?(?:人工|真人|活人)")
"""People in so many words, whatever else is said."""
_NO_MACHINE = re.compile(
    r"(?:不要|不想|不愿|不爱|不跟|不和|唔同|唔想|别|莫|懒得)(?:让|拿|用|再)?(?:我)?(?:跟|和|同|与)?(?:我|你|这|个|台)*(?:机器人?|电脑|自动的?|录音)(?!坏|修)|(?:机器|电脑)[^，]{0,3}(?:说不清|讲不清|不行|听不懂|搞不定|不懂)[^，]{0,3}，?[^，]{0,3}(?:人|$)"
)
"""People are wished for by refusing the machine (不要机器人，要人)."""
_NOT_TO_TALK = re.compile(
    r"回(?:个|一个)?电|打(?:给|过来|电话)|几点|多少|上[门班]|下班|送|洗|扫|修|陪|预约|医院|我家|家里|早点|快点|态度|投诉|电话是"
)
"""Staff are spoken of for something else."""
_IN_CHARGE = re.compile(
    r"(?:找|叫|喊|让|接|要|跟|和|同|换|给|请|揾|搵)[^，。]{0,6}(?:管事|领导|负责|主任|经理|站长|当官|说了?算|话事|做主|头头|头儿|上头|上级)|(?:管事|领导|负责人|主任|经理|站长|当官|说了?算|话事)[^，。]{0,4}(?:呢|来|在|听|跟|讲|说)"
)
_NO_HUMAN = re.compile(
    r"(?:不|别|没|甭|莫|勿|不用|不要|先别)(?:再)?(?:转|找|接|叫|要|换|喊|用|给我|帮我)|人工(?:窗口|服务台|台|费|耳蜗|关节|晶体|取便|智能|呼吸|湖)"
)
_MANNER = (
    ("slower", re.compile(r"(?:说|讲|念|话)[^，]{0,3}(?:慢(?:一?点|一?些|滴|慢)|太快)|慢(?:一?点|一?些|慢)(?:儿|地|的|滴)?(?:说|讲|念)|^(?:你)?慢(?:点|些)儿?$")),
    ("louder", re.compile(r"(?:声音|声|说话|讲话)[^，]{0,4}(?:太小|小了|大(?:一?点|一?些|声)|听不见)|大(?:点|些)?声(?:点|些)?儿?(?:说|讲|念|$)")),
    ("repeat", re.compile(r"(?:再|重新?)(?:给我|跟我|帮我)?(?:说|讲|念|报|重复)(?:一|上)?(?:遍|次|回|道|哈|下)|^(?:我|刚才)?(?:刚|都)?没(?:听|记)(?:太)?(?:清|到|见|住|懂|明白)楚?")),
)  # fmt: skip
"""How the assistant is to speak, inside a short sentence and in the middle of anything (啥，你再讲一回)."""
_BACK = re.compile(r"^(?:好了?)?(?:我)?(?:又)?回来(?:了|啦|咯|哒)$")
"""Back after a pause: the question is asked once more."""
_OF_A_THING = re.compile(r"敲|到了|来了|来的时候|进门|开门|打[^，]{0,3}电话|拍门|叫门|师傅|来的人|上门|(?:他|她|佢|老人|老伴|老太|老头|爷爷|奶奶|我[妈爸娘爹])家?(?:的)?[^，。]{0,3}(?:耳|听不)|(?:跟|和|同|对|喊|叫)(?:他|她|佢|老人|我[妈爸娘爹])|电视|手机|收音机|喇叭|门铃|助听|空调|车|订|约|送|单")
"""These speak of something else than the assistant."""
_ASKED = re.compile(
    r"^(?:你|您)?(?:到底|究竟)?(?:刚刚?|刚才|方才|才刚)?(?:问|说|讲)(?:我|了|的|到)?(?:的)?(?:是)?(?:啥|什么|么子|什么问题|到哪儿?了?|哪儿了?)(?:来着|了|哒|呀|啊|的)?(?:我(?:没|冇)[记听][^，]{0,3})?$"
)
"""Asking for the last question once more (你刚才问我啥来着)."""
_WHO = r"(?:我|俺|咱|额)?(?:刚才|刚刚|刚|方才|都|还是|还|又|也|有点|有些|实在|真|硬是|就是)*"
_NOT_HEARD_PARTS = {
    "sound": r"[啊哎诶嗯哦喂呃唉哟呀哈嘛了啦咯哒嘞呢的]",
    "asks": r"什么|啥子?|么子|咩话?|(?:你|您)?(?:刚才|刚刚|刚|才)?(?:在)?(?:说|讲|念|问)(?:的|了)?(?:是)?(?:什么|啥子?|么子|咩)(?:来着)?",
    "missed": rf"{_WHO}(?:没有?|冇|未)听(?:太|大|得)?(?:清楚?|清白|见|到|着|懂|明白|真)",
    "cannot": rf"(?:(?:你|您)(?:的)?(?:说话|讲话|说的话?|讲的话?|说|讲|声音))?{_WHO}听(?:不|唔)(?:太|大)?(?:清楚?|清白|真|着)",
    "deaf": rf"(?:(?:你|您)(?:的)?(?:说话|讲话|说的话?|讲的话?|说|讲|声音))?{_WHO}听(?:不|唔)(?:太|大)?(?:见|到)",
    "ears": r"(?:我|俺|咱|额)?(?:的|这|个|两只|双)*耳朵(?:有点|有些|不太|太|也|又|是|都)*(?:不好使?|背|聋|不灵|不行|沉)(?:得很)?",
}
_PARTS = {name: re.compile(f"(?P<{name}>{part})") for name, part in _NOT_HEARD_PARTS.items()}
"""What somebody says who did not hear it (啊，你说啥；我耳朵不好，听不清楚): such parts and nothing else."""
_NOISE = re.compile(r"[\s,，。.!！?？、~～…·;；:：“”\"'‘’（）()]+")
_WESTERN = re.compile(r"(?<=[\u4e00-\u9fff])[,?!;]|[,?!;](?=[\u4e00-\u9fff])")
_CHINESE = str.maketrans(",?!;", "，？！；")
"""Punctuation beside hanzi, which the normal form makes western, as it is written and read in Chinese."""
_READABLE = re.compile(r"[0-9A-Za-z\u3400-\u9fff*#]")
_DIGITS = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4, "①": 1, "②": 2, "③": 3}


@dataclass(frozen=True)
class Heard:
    """A message made safe to work with."""

    text: str
    fault: str | None = None
    """Key of the sentence that says what is wrong with it."""


def clean(text: str, longest: int) -> Heard:
    """Drops what cannot be read (control and invisible signs) and says when nothing useful is left.

    Args:
        text: as it came.
        longest: limit in characters.
    """
    normal = _WESTERN.sub(lambda sign: sign.group().translate(_CHINESE), unicodedata.normalize("NFKC", text))
    kept = "".join(" " if c.isspace() else c for c in normal if c.isspace() or unicodedata.category(c)[0] != "C")
    kept = " ".join(kept.split())
    if not kept:
        return Heard("", "conversation.empty")
    if not _READABLE.search(kept):
        return Heard(kept, "conversation.only_signs")
    if len(kept) > longest:
        return Heard(kept, "conversation.too_long")
    return Heard(kept)


def bare(text: str) -> str:
    """The words without punctuation and spaces."""
    return _NOISE.sub("", text)


@lru_cache
def _commands() -> dict[str, str]:
    with COMMANDS.open(encoding="utf-8") as file:
        table = yaml.safe_load(file)
    return {bare(phrase): name for name, phrases in table.items() for phrase in phrases}


def command(text: str) -> str | None:
    """The command (`human`, `repeat`, `slower`, `faster`, `louder`, `cantonese` …) that these words are as a whole.

    The wish for a human is also heard inside a short sentence ("跟你说不清，转人工").
    """
    words = bare(text)
    if found := _commands().get(words):
        return found
    if _ASKED.search(words) or _BACK.search(words):
        return "repeat"
    if len(words) <= SHORT and (missed := _not_heard(words)):
        return missed
    if len(words) <= SHORT and not _OF_A_THING.search(words) and (found := next((n for n, r in _MANNER if r.search(words)), None)):
        return found
    if tongue := accent.wanted(words):
        return tongue
    return "human" if len(words) <= SHORT and _wants_people(words) else None


def _not_heard(words: str) -> str:
    """`repeat`, or `louder` where it is a matter of hearing, for words that say nothing but that; else empty.

    Bad ears alone are something told (“我耳朵背”), not something wished for.
    """
    parts: list[str] = []
    at = 0
    while at < len(words):
        found = max((part for name in _PARTS if (part := _PARTS[name].match(words, at))), key=lambda part: part.end(), default=None)
        if found is None:
            return ""
        parts.append(str(found.lastgroup))
        at = found.end()
    if not {"asks", "missed", "cannot", "deaf"} & set(parts):
        return ""
    return "louder" if {"ears", "deaf"} & set(parts) else "repeat"


def _wants_people(words: str) -> bool:
    """Whether short words want to be put through to people, in whatever way they put it."""
    if _NOT_TO_TALK.search(words):
        return bool(_PLAINLY.search(words)) and not _NO_HUMAN.search(words)
    return bool(_NO_MACHINE.search(words) or (_HUMAN.search(words) and not _NO_HUMAN.search(words)))


def wants_who_is_in_charge(text: str) -> bool:
    """Whether the person in charge is wished for instead of the machine (你给我找个管事的来说)."""
    return len(bare(text)) <= SHORT and bool(_IN_CHARGE.search(text)) and not _NO_HUMAN.search(bare(text))


def chosen(text: str, asking: str, last: Reply | None) -> str:
    """The value of the choice that a bare number picks ("2", "二", "第二个"); other words unchanged."""
    words = re.sub(r"^(第|按|选)|(个|项|种)$", "", bare(text))
    picked = _DIGITS.get(words)
    if last is None or picked is None or not 1 <= picked <= len(last.choices):
        return text
    if asking in NUMBER_SLOTS and words == bare(text):
        return text
    return last.choices[picked - 1].value
