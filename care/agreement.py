"""What agrees to something that was read back: a yes in however many words, and what is said besides it.

People seldom say a bare “对”. They repeat what was read (是，改后天), close (没错，登记吧), thank, or add something. One place
knows these words, so that a booking, a change of an order and whatever else asks “对吗？” take the same for a yes. Whether
the content said along differs from what was read back only the one who read it back can tell.
"""

from __future__ import annotations

import re

from care.turn import Turn

_SPACE = re.compile(r"[\s，,。.！!？?、…~～；;：:“”\"'（）()]+")
_LED = r"(?:嗯+|啊+|哦+|噢+|喔+|哎+|诶+|唉+|呃+|那|(?:我)?(?:听清楚?|听明白|听懂|明白|知道|晓得|清楚|记住|记下)(?:了|啦|咧|哒|咯))*"
_ENDS = r"(?:[的啊呀呢嘛哈哩嘞咧咯哦喔哟了呗吧滴嘅个咧啰喽勒]|么(?=[对好行中可就着]|没错)|就是)*"
_WORDS = (
    r"(?:对+(?:了|啦|咯|喽)(?=$)|能?(?:行|成|中)(?=$|[啊呀的了呗吧哩嘞])|对+(?!了|不|面|门|象|方|付|于|待|过|他|她|我)|就?是(?:这个|这么个?|咯个|恁个|这样个?|这些|这几样)(?:意思|事儿?|事情|理|样子?|回事|东西)|是(?!不|吗|几|多少|咋|怎|谁|啥|什么|哪|我|他|她|这|那|怕|因为|从|在)|系(?!不)|係|啱晒?|没错|冇错|么得错|(?:没|冇|无|么|莫)(?:得)?(?:啥|什么|嘛|么子)?(?:问题|意见|毛病|异议|差错|麻达)|(?:一丝|一点|分毫|丝毫|半点|样样|一样|一字|啥|什么)(?:儿|都|也)?(?:不|没|冇|无)(?:差|错|漏|落)|正确|确认|确定(?!不)|同意|"
    r"好(?!像|多|几|久|不|贵|难|些|在|说|吗|痛|疼|冷|热|大|远|心|看|吃)|行(?!不|吗|李|动|政|走)|中(?!午|间|心|医|风|药|山|学|国|不|吗)|可以(?!不|吗|的话)|要得|得(?=$|嘅|啦|了$)|恰是|着(?=$|哩|嘞|呢)|成(?=$|[啊呀的了呗吧哩嘞])|妥(?:当|了|啦|咧|嘞)*(?=$|[，。 ])|"
    r"嗯+(?:呐|哪|呢)|必须|当然|照办|这[下回就]对|ok|OK)"
)
_YES = re.compile(rf"^{_LED}{_WORDS}(?:{_ENDS}{_WORDS})*{_ENDS}|^嗯+[的啊呀]*$")
_HUM = re.compile(r"^嗯+(?=$|[，,。 ])")
_BY_THE_WAY = re.compile(r"^(?:哎|啊|哦|嗯)*对了(?=[，,])")
_SHORT = re.compile(r"[的啊呀呢嘛哈哩嘞咯哦喔哟了呗吧滴啦]+$")
_GO = re.compile(
    r"(?:就|那就|先)?(?:是)?(?:这么|这样|咯样|咁样|咁|照这个|按这个|照这样|按这样|依这个|照您说的|按你说的|照你说的)(?:子)?(?:着|办|定|订|下|下单|登记|弄|来|做|报|约|改|安排|可以|行|就行|就好)+(?:了|吧|呗|哈|下来|就行|就好|得了)*$"
    r"|^(?:就|那就)(?:是)?(?:这么|这样|咯样|咁样|咁|恁样)(?:着|子)?(?:了|吧|呗|哈|啦)*$"
    r"|^(?:那|好|行)?(?:就|那就)(?:这么|这样|咯样|咁样|咁|恁样|照这个|按这个|照这样)(?:子)?[^，。不没别吗]{0,3}(?:吧|呗|了|啦|咯|哈|得了|就行|就好)?$"
    r"|^(?:请|麻烦|帮我们?|给我们?|帮[他她]|给[他她]|替我|您|你|就|那|快)*(?:登记|提交|下单|确认|报名|预约|申请|签约|订|约|办|来)(?:嘛|噻|撒|哦|哟|喽|咧|嘞)?$"
    r"|(?:请|麻烦|帮我|给我|那就|就|那|快)?(?:登记|提交|下单|订上|订下|定上|定下|约上|约好|报上|办上|办了|订了|定了|约了|改了|确认|订|定|约|办|报|改|取消|退|登|排|下|申请|预约|安排|报名)(?:上去|上|好|下来)?(?:吧|呗|哈|就行|就好|好了|了吧)$"
    r"|(?:把|按|照)[^，。]{1,8}(?:订|定|约|办|登记|下|改)(?:了|上|好|下来|下)?(?:吧|呗)?$|^(?:请|就)?(?:提交|下单|确认)(?:了|一下)?$"
    r"|^(?:那|好|行|麻烦|请|你|您|[给帮](?:[我他她俺额]|我们)|，)*(?:就)?(?:订|定|约|登记|登|报|办|排|写|记)上(?:去)?$|(?:叫|让|喊|派)[^，。不]{1,4}(?:来|过来)吧$"
    r"|^(?:那|就|还是|您|麻烦)*(?:你们?|您们?)(?:就)?(?:来|过来|送|送来|上门)(?:吧|就是|就行|就好|呗)$|^(?:送|过)来就(?:是|行|好)$|(?:订|定|办|约|登记|送|下|买|来)就是$"
)
_CLOSES = re.compile(
    r"(?:再|别的|其他|其它|旁的|另外|就)?(?:也|都|就|再)?(?:没有?|没得|冇得?|么得|莫得|无)(?:啥|什么|么子|么里)?(?:别的|其他|其它|旁的|特别|特殊|要说的|要改的|要补的|问题|事|话)?(?:事|话|要求|问题)?(?:情)?(?:了|啦|咧|咯|嘞)"
    r"|(?:再|别的|其他|其它|旁的|另外)?(?:也|都|就)?(?:没有?|没得|冇得?|么得|莫得|无)(?:啥|什么|么子)?(?:别的|其他|其它|旁的|另外的?)(?:的)?(?:忌口|要求|讲究|要改的|要说的|要补的|吩咐|交代|意见|安排|需要|想法|东西|事情?|话|$)(?:了|啦|咧|咯|嘞)?"
    r"|别的(?:就|都|也)?(?:没有?|没得|冇|么得|不要|不用|不需要)(?:了|啦|咧)?|(?:别的|其他|都|也|那就|就)?不(?:用)?(?:改|变|动|换)(?:了|啦)?$|(?:就|都)?(?:这些|这几样|这个|这一样)(?:了|就行|就够|就好|啦)+|就这些"
)
_THANKS = re.compile(
    r"(?:多谢|谢谢|谢|唔该|麻烦|辛苦|劳烦|有劳|劳驾|费心)(?:了|啊|呀|你们|您们|你|您|哈|啦|各位|同志|姑娘|妹子|师傅|嘞|咯|哩)*"
)
_AFTER_THANKS = re.compile(
    rf"^(?:好|行|嗯|哦|中|要得)?(?:的|了|吧)?[，, ]*{_THANKS.pattern}[，,。 ]*(?:(?:哎|啊|哦)?对了|还有|另外|顺便|再问|我再问|我还(?:想|要)问|还想问)(?:一?下|个事|一?件事|一?句|问一?下|您|你|问)*[，,。 ]*(?P<rest>.{{4,}})$"
)
"""Thanks, and then something more (谢谢你，对了，老年大学咋报名)."""
_HEDGES = re.compile(
    r"但是?(?!凡)|不过|可是|还是(?!那|原|一样|老|这|你们|您们|麻烦|订|定|要吧|办吧|来吧)|先别|等等|等一下|等下|慢着|想想|考虑(?!好|过)|商量(?!好|过)|问问|再说(?!了)|不急|改天|反悔"
)
_CONCEDES = re.compile(r"(?<!是)(?<!就)(?P<yes>对|好|行|中|成|得|可|要|要得|可以|能行|没错)(?:倒|也|都)?还?是(?P=yes)(?!是)")
"""A yes that leads up to a but (行是行，就是日子要改)."""
_AMISS = re.compile(r"错(?!过|开)|不对(?!外|劲)|(?:记|说|讲|听|写|弄|搞|念|填|登)(?:岔|反|混|漏|拐|拧|串)")
_NOT_AMISS = re.compile(r"(?:没|冇|无|未|莫|唔|不)(?:有|得)?[^，。,；;]{0,4}?(?:错|岔|反|混|漏|差|不对)|不错|错不了|(?:现在|这[回下次]子?|改(?:过来|后)?就?)对|[哪咋怎]有?错|[有咋怎哪][^，。,]{0,2}不对|我[^，。,]{0,3}[听看](?:错|岔|反)")
"""Nothing is wrong, or only the speaker had misheard."""
_NO = re.compile(
    r"^(?:哎呀?|啊呀?|哦|嗯|诶|那|我|，)*(?:不对|不是|不行|不好|不要(?!紧)|不用|不中|不成|不可以|不能|不(?!用?[改变动换])|错了|错|搞错|弄错|听错|说错|记错|别(?![的人急挂慌忙])|唔系|唔係|唔啱|唔得|不系|莫(?![急慌忙得])|没对|没说对)(?!错|问题)(?=$|[的了啊呀呢嘛哈哩嘞，,。!！ ]|[^辣放吃用加忌坐能])"
)
_OTHERWISE = re.compile(
    r"(?:改|换|挪|调)(?:成|到|为|在|个(?!男|女|会|年|有|手|熟|好|老|细|力气)|送|去)|(?<!是)不是[^，。]{1,10}[，,]?(?:是|而是)[^，。]|(?:再加|多加|少|减)(?:上)?(?:一|两|个)[份个位]|推迟|提前(?!打|说|讲|准备|通知|联系)|延后|往[后前][挪推]"
)
_OBJECTS = re.compile(r"^(?:哎呀?|啊呀?|哦|嗯|诶|那|，)*(?:不对|不是|不行|不好|不中|不成|错了|错|(?:搞|弄|听|说|记|念)错|唔系|唔係|唔啱|没对)(?!错|意思|问题|[^，。]{0,6}的?意思)")
_DOUBTS = re.compile(r"(?:不太|不大|不怎么|好像不|似乎不|有点不|听着不|哪里不|怎么不|总觉得不)对|对不上|没对上|(?:好像|有点|是不是|恐怕)(?:搞|弄|说|记|念|听)?错")
"""A no that only doubts (不太对吧)."""
_YES_LAST = re.compile(
    r"(?:[，,。.！!；;\s]+(?:嗯+|哎|是|啊)?(?:对+|是|好|行|中|要得|可以|没错|冇错)|(?:(?<![不没唔冇做说讲弄搞写反面])|(?<=[要用]做))(?:对(?=的|着)|对对+|(?<!我)是(?=的)|没错))(?:的|了|着|哩|呢|啊|呀|嘞|咧|哈|嘛|哒)*[。.！!…\s]*$"
)
"""A yes as the last clause, or without a pause at the end."""
_NOTHING_ELSE = re.compile(
    r"(?:别的|其他|其它|旁的|另外的?|多的)(?:事情?|东西|活儿?|什么|啥)?[^，。,；;]{0,3}?(?:不|没|莫|冇|唔|别|甭)[^，。,；;]{0,5}"
)
"""Only what was agreed is wanted: nothing of it is refused (别的不要做)."""
_KINDLY = re.compile(r"(?:别|莫|不要|不用)(?:忘|客气|急|着急|挂|担心|太快)|(?:不|没)(?:错|急|要紧|关系|事|问题)|走路?不(?:太|大)?(?:稳|动|好|便|方便)|不(?:太|大)?(?:好|方便|清楚|灵)")
"""A no that refuses nothing (腿脚不好)."""
_REFUSES = re.compile(r"[不没别莫错改换甭冇唔哪谁]|取消|退|算了|少|多[加送要来]|等|再[定说看讲想]|回头|[吗呢?？]|对不对|是不是")
_NEEDLESS = re.compile(r"^(?:哎呀?|啊|哦|嗯|那|我|，)*(?:都|就|也)?(?:不用|不要|不必|不消|别|莫|甭|唔使|算了)")
"""What is waved aside right before it is to be done (不用念了，订吧): that is no no."""
_OFF = re.compile(r"(?<![不别没莫])(?:取消|撤(?!离|诉)|退(?:掉|了(?!休|伍)|单|订))|作废|不(?:订|定|约|办|登记|申请)了")
_ASKS = re.compile(r"(?:吗|么|嘛|不|没有?|呢)?[？?]$|(?:吗|对不对|行不行|是不是|好不好|可不可以|来着)$|几[点号份]|多少|什么时候|哪[天里个]")
_WILL_DO_TOO = re.compile(r"[也都](?:可以|行|好|成|中|得|没事|无所谓|要得)[的啊呀啦咯呢嘛]*$")
"""Words that allow one thing (放门卫那也行) agree to nothing that was read back."""
_HEAR = re.compile(
    r"(?<!用)(?<!必)(?<!别)(?<!甭)(?<!莫)(?:再|一起|全部?|都|从头|重新?)?(?:念|读|报|复述|重复|总结|背)(?!错|得|的)[^，。]{0,8}(?:遍|道|次|回|下|哈|听|看看)"
    r"|(?:说|讲|话)(?:多|返|翻)?一?(?:遍|次|到|回)[^，。]{0,3}听|[给跟]我(?:念|读|报)(?!错)|(?:念念|读读|报报)|(?:再|一起)?核对一[下遍]"
    r"|(?:再|从头|重新?|[给跟帮同和]我|你|您)[^，。不没别甭]{0,8}(?:说|讲|过|对|核对|捋|话)[^，。不]{0,4}(?:遍|道|次|回|听听|我听)"
)
_NEED_NOT = re.compile(r"(?:不用|不必|不要|别|甭|莫|唔使|不消|免得?)(?:再|多)?$")
_COURTESY = re.compile(
    r"(?:得嘞|成+|行么|(?:听清楚?|听明白|听懂|明白|知道|晓得|记住|记下)(?:了|啦|咧|哒|咯)|闺女|姑娘|妹子|小伙子|同志|那?就这(?![样么])|那就(?!是)|嫽(?:得很|[咋扎]咧)|你们?|您们?"
    r"|(?:你|您)们?(?:看着|做主|受累|费心)(?:办|弄|安排|定)?|[了啊呀啦咯咧嘞吧哈])+"
)
"""Words that only go along with what was said."""
LITTLE = 2
"""Characters besides a yes that say nothing."""
BESIDE_A_YES = ("agree", "remark", "tells", "nothing", "")
"""What the other clauses of a turn may do that agrees in one of them."""

AGAINST_A_YES = ("change", "stop", "wait", "add")
"""What no clause does of words that are only known from examples to agree."""


def pieces(text: str) -> list[str]:
    """The words between the pauses."""
    return [piece for piece in _SPACE.split(text) if piece]


def yes_first(text: str) -> bool:
    """Whether the words begin with a yes (对，两份; 是改后天)."""
    first = "" if _BY_THE_WAY.search(text) else next(iter(pieces(text)), "")
    return bool(_YES.match(first) or _HUM.match(first))


def yes_last(text: str) -> bool:
    """Whether the words end in a yes and refuse nothing before it (就陪我说说话，别的不要做。对的)."""
    found = _YES_LAST.search(text.strip())
    before = _KINDLY.sub("", _NOTHING_ELSE.sub("", text.strip()[: found.start()])) if found else ""
    return bool(before) and not (_REFUSES.search(before) or says_no(before) or wants_otherwise(before) or hedges(before))


def without_yes_last(text: str) -> str:
    """The words without the yes they end in (敲门大声点对的 → 敲门大声点)."""
    return _YES_LAST.sub("", text) if yes_last(text) else text


def goes_ahead(text: str) -> bool:
    """Whether the words end in that it is to be done (请按这个下, 登记吧, 就这么办)."""
    last = next(iter(reversed([piece for piece in pieces(text) if not _THANKS.fullmatch(piece)])), "")
    go = _GO.search(last)
    return go is not None and not re.search(r"[不别先没莫][^，]{0,2}$", last[: go.start()])


def closes(text: str) -> bool:
    """Whether all the words say is that there is nothing more (没别的了), a yes and thanks aside."""
    return bool(_CLOSES.search(text)) and len(besides(text)) <= LITTLE


def takes_leave(text: str) -> bool:
    """Whether words give thanks and say that there is nothing more, and nothing else (谢谢你，没别的事了)."""
    return bool(_THANKS.search(text)) and closes(text) and not besides(text)


def says_no(text: str) -> bool:
    """Whether the words begin with a no to what was read back (不对, 错了, 不是), and not with something that is not there."""
    if closes(text) or _NEEDLESS.match(text.strip()) and goes_ahead(text):
        return False
    return bool(_NO.match(text.strip()) or _DOUBTS.search(text))


def wants_otherwise(text: str) -> bool:
    """Whether the words want something otherwise than it was read back (可以，改成一二四送)."""
    return bool(_OTHERWISE.search(text))


def objects(text: str) -> bool:
    """Whether the words say that what was read back is wrong (不对不对, 不太对吧), and not only that something is not needed."""
    return not closes(text) and bool(_OBJECTS.match(text.strip()) or _DOUBTS.search(text))


def hedges(text: str) -> bool:
    """Whether something is held back (好，不过……; 行是行，就是太早了)."""
    return bool(_HEDGES.search(text)) or bool(_CONCEDES.search(text)) and not goes_ahead(text)


def finds_wrong(text: str) -> bool:
    """Whether the words say somewhere that something is wrong (都对，就电话错了; 你记岔咧), and it is not put right in the end."""
    return bool(_AMISS.search(_NOT_AMISS.sub("", text))) and not (yes_last(text) or goes_ahead(text))


def asks_to_hear(turn: Turn) -> bool:
    """Whether the words want to hear it read again (你念一遍我听下): no yes, whatever else they say."""
    found = _HEAR.search(turn.text)
    if turn.intent == "repeat" or found and not _NEED_NOT.search(turn.text[: found.start()]):
        return True
    return bool(turn.doing("hear"))


def besides(text: str) -> str:
    """What is said besides a yes, thanks and closing words; empty when nothing is."""
    left = []
    for piece in pieces(_BY_THE_WAY.sub("", text)):
        words = _THANKS.sub("", _CLOSES.sub("", _HUM.sub("", _YES.sub("", piece))))
        words = "" if _COURTESY.fullmatch(words) else words
        going = _COURTESY.match(words)
        words = "" if _GO.fullmatch(words) or going and _GO.fullmatch(words[going.end() :]) else words
        left.append(_SHORT.sub("", words))
    return "，".join(words for words in left if words)


def after_thanks(text: str) -> str:
    """What is asked or told after the thanks for what went before; empty when nothing is."""
    more = _AFTER_THANKS.match(text.strip())
    return more["rest"] if more else ""


def calls_off(text: str) -> bool:
    """Whether the words call the thing off (是的，取消): a yes to a cancellation, and a no to everything else."""
    return bool(_OFF.search(text))


def agrees(turn: Turn) -> bool:
    """Whether words say yes to what was read back, in however many words; what they repeat is not looked at.

    Where the words known here decide nothing, what was learnt from examples does (嫽得很，就这), of the whole or of its first
    or last clause (她自己愿意的，弄吧).
    """
    text = turn.text
    if calls_off(text) or says_no(text) or hedges(text) or finds_wrong(text) or _ASKS.search(text) or asks_to_hear(turn):
        return False
    if yes_first(text) or goes_ahead(text) or yes_last(text):
        return True
    if turn.does == "agree" and not _WILL_DO_TOO.search(text) and not any(does in AGAINST_A_YES for _, does in turn.moves):
        return True
    if turn.moves and all(does in BESIDE_A_YES for _, does in turn.moves):
        at_the_ends = (turn.moves[0], turn.moves[-1])
        if any(does == "agree" and not _WILL_DO_TOO.search(words) for words, does in at_the_ends):
            return True
    return turn.intent == "affirm" and len(besides(text)) <= LITTLE and not closes(text)
