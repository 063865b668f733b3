"""Whether words belong to the eligibility check although the bot took them for something else.

“东莞空巢老人，七十四，可以申请上门探访吗” sounds like a question about a policy, “额大瘫在炕上，能不能申请家庭护理床位” like a
booking; both ask whether this person may.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from care.conversation.model import Conversation
from care.eligibility import hearing, named, whom
from care.eligibility.conditions import Facts
from care.eligibility.offer import offered
from care.eligibility.rules import benefits, questions
from care.eligibility.words import words_of
from care.turn import Turn

MEMORY = "eligibility"
"""Key of the last check in the conversation's memory: benefit, relation, outcome, and the message that ended it."""
TAKEN_OVER = frozenset({
    "policy_ask", "policy_compare", "service_query", "price_query", "waitlist_query", "book", "inform", "nlu_fallback",
    "out_of_scope", "help", "my_info", "correct", "add_item", "well_being",
})  # fmt: skip
"""Intents whose words may after all ask whether somebody may; commands, dangers and complaints are left alone."""
LONELY = "lonely"
"""What the bot hears where somebody who lives alone asks whether anybody comes; only such a question is taken from it."""
ASKED = "eligibility_ask"
"""The bot's own name for such questions."""
LOOSE = frozenset({"stop", "deny", "affirm", "go_back", "hold_on", "thanks"})
"""What the bot takes “那我爸呢” for, which has nothing of its own to go by."""
MAY = re.compile(
    r"够(?:不够|唔够)?(?:得上|得着)?(?:条件|资格|格|优先|享受|申请)|够得[上着]|够不够|沾(?:得|不)?[上着到]|符(?:不符)?合|(?:有|冇|没)(?:没有?|冇)?(?:得)?资格|合(?:不合)?(?:条件|规定)"
    r"|(?:能|可以|可不可以|可否|能否|能不能|可唔可以|可得|会不会|会)(?:够|给|得|帮)?[^，吃喝订送]{0,6}?(?:申请|享受|享得|列[成为入进]|算(?:上|是|作)?|纳入|安排|优先|免费|轮[得上]|领|拿|攞|评上|报名|签约|住进|住公办|报销|(?:补|退)(?:点|些|学费|学杂费|钱|贴|助)|免(?!费)|少(?:收|出|掏|花)|便宜|减(?:免|点|半)|打折|来(?:看|瞧|瞅|探))"
    r"|(?:能不能|能否|可不可以|会不会|该不该)(?:也)?(?:有|享|沾)|给[^，不]{1,4}(?:不给|[不没冇]$)|(?:有冇|有没)得[^，]{1,8}(?=，|$)|有没有(?:得)?申请"
    r"|(?:有|派)(?:没有|无|冇)?(?:得)?人[^，]{0,10}(?:上门|来看|来探|来望|来睇|来瞅|来瞧|望下|睇下|探访|探望|巡访|看望)"
    r"|(?:申请|享受|领|拿|攞)(?:得到|得了|得成|得|到)?(?:不|没|冇|唔)?(?:到|成|了)?(?:吗|不|么|没|啵|咩|冇)?$"
    r"|(?:能|可以|会)(?:不能|不可以)?[^，]{0,4}(?:排(?:到|在)?(?:前|先|头)|往前|靠前|插队|先(?:住|进|排|收|轮|上))|(?:会不会|会|能不能|有没有|有冇)[^，]{0,3}(?:来个?人|人来|派个?人|安排个?人)|谁(?:会|能|还)?(?:来|管)|该不该|(?:学费|费用?|钱)[^，]{0,3}(?:报|补|退)(?:不|没|吗|么|啵)|优先(?:吗|么|啵|没|咩)|轮得(?:上|到)|算不算|(?P<g>进|住|排|领|拿|报|签|评|享)不(?P=g)得|(?:进|住|排|领|拿|报|签|评)得(?:去|进|到|上|成|了)(?:吗|不|么|啵|咩)|(?P<w>照顾|优先|优待|减免|免费|收)不(?P=w)|有(?:没有|冇)?(?:啥|什么|得|点)?(?:我|俺|额|她|他)?(?:们)?(?:的)?(?:照顾|优先|优待|份|资助|补助|补贴)|是不是(?:就)?(?:能|可以|该)|(?:政府|国家|公家|上头|上面|社区|街道)(?:给|会|能|肯|都)?[^，]{0,2}(?:管|补|出钱?|报)(?:不[管补出]?|吗|么|啵|没)|给(?:点|个|发)?(?:补贴|补助|钱|报销)(?:吗|不|么|没|啵)|管不管|有得(?:补|领|报|贴)|(?P<b>[包补贴])[不唔](?P=b)|(?:包|全包|兜底)(?:吗|么|啵|咩)|有(?:没有|冇|无)[^，]{0,6}(?:床位|名额|位子|指标|免费|不要钱)|有(?:无|冇)份|有(?:我|她|他|俺|佢|老人)(?:们|家)?的?(?:份)?(?:吗|没|不|么|啵|冇|咩)|有份(?:无|冇|没)|(?:[他她我俺佢]|老人家?)(?:们)?(?:家)?(?:有没有|有冇|有无|够不够|算不算|行不行|能不能)(?=，|$)|(?:能|可以|可|该)(?:领|拿|攞|补|报)(?:到|得)?(?:多少|几多?|好多)|申请得[了到上]|(?:挨|轮|排)得?(?:着|上|到)给不给(?:补|报|免|装|安排|出|掏|弄|办|改|钱)"
)
"""The words with which one asks whether somebody may."""
MAY_HAVE = re.compile(
    r"(?:可以|行|能行|成|中|要得|得|能)(?:吗|不|么|没|啵|冇|咩)$|得唔得|可唔可以|(?P<v>行|中|成|能|要)不(?:得)?(?P=v)|[能可]以?(?:不能)?(?:给|把)?[^，]{0,3}(?:签|办|做|弄|整|改|装|住|进|上|报|补|退|用|评|铺)[^，]*$|给(?:办|改|装|安排|弄)"
)
"""The same in words with which one also orders; they count for what is applied for, not for what is ordered."""
APPLIED_FOR = frozenset(benefits()) - {"meals", "aids", "home_nursing", "purchase", "disability_assessment"}
STANDING = frozenset({"age", "income", "living", "disability", "lost_child", "veteran", "martyr_family", "hukou"})
"""Facts that nobody needs to tell who only orders something."""
TELLING = STANDING | {"ability", "dementia"}
QUESTION = re.compile(
    r"该不该|[报补退管]没有$|谁(?:会|能|还)?(?:来|管)|吗|么$|嘛$|啵|咩|[不没冇](?=，|$)|(?:领|拿|攞|补|报)(?:到|得)?(?:多少|几多|好多)|(?:补贴|补助|资格|份|照顾|优先|条件|优惠)没有$|不啦?$|能不能|可不可以|(?P<q>符合|适|行|中|成|算|进|住|排|领|拿|报|签|评|会|补|免|包|贴|收|给|管|理|让|准|该|够)[不唔](?P=q)|给[^，不]{1,4}不给|使不用|有[冇没]得|(?:哪样|哪种|哪一样|几多)(?=，|$)|能否|可否|够不够|符不符|合不合|算不算|管不管|给不给|有没有|有冇|是不是|可唔可以|得唔得|\?|？"
)
SOMEBODY = re.compile(
    r"[我俺额咱偶伢]|老(?:汉|婆子|头子?|倌|太婆)|(?:家|屋)(?:里|头|企)*(?:的|有)?(?:个|位)?老(?:人|的)|老伴|邻居|隔壁|阿[婆公妈爸嫲爷]|[奶爷婆公]{2}|姥[姥爷]|外[婆公]|爸|妈|爹|娘|[父母]亲|老?两口|俩老|公公|婆婆|岳[父母]|[姑姨舅婶伯叔][妈父母爷婆公]|佢|老(?:爷子|太太|人家)"
)
IN_PIECES = re.compile(
    r"^(?:[^，]{1,9}，){0,2}?[^，]{1,9}(?:老人|老头|老太太?|人|户|家庭|的|岁|了|失能|低保|特困|独居|残疾|级)，|^[^，]{0,4}(?:[军烈]属|老兵|遗属|老红军)，"
)
"""Somebody described in short pieces: “失独老人，在东莞，…”."""
SHARE = re.compile(
    r"够(?:不够|唔够)?格|够(?:不够|得[上着])|沾(?:得|不)?[上着到]|轮(?:不|得)?[上到着]|有(?:没有|冇|无)?(?:[我俺额她他佢]|老人)?(?:们|家)?的?份|(?:[我俺额她他佢]|老人家?)(?:们|家)?(?:行不行|算不算|能不能|够不够)(?=，|$)"
)
"""Words that ask for one's share of something, whatever it is called."""
CONDITIONS = re.compile(r"(?:够|符合|有|合)[^，]{0,4}(?:条件|资格)|够格|够不够格|够得上")
"""Words that ask about the conditions themselves, so that nothing need be told of the person."""
AS_GROUP = re.compile(
    r"(?:哪些|什么(?:样的)?|啥(?:样的)?|哪种|多大|几岁|多少岁)(?:人|老人|家庭|人家)?(?:才)?(?:能|可以|够|有份|有得|轮得|算|享受|符合)|以上的?老|怎么申请|怎样申请|咋申请|咋个?办|怎么办理|要什么材料|多少钱|为什么|归(?:谁|哪)|(?:哪个|什么|啥)(?:单位|部门|局)|(?:什么|啥|么子)时候|哪一?年|几时|多久|多长时间|多少?次|几[次回趟]|哪样(?:人|老人|的)|哪一?条|(?:二[零〇]?[一二三]|20[12]|二)[0-9零〇一二三四五六七八九]年(?:底|以前|前|就|之前)"
)
"""Questions about the rule itself."""
OF_A_GROUP = re.compile(r"以上|往上|以下|的老[人年]|老人们?(?:都|能|可以|是不是)")
"""Words that speak of all people of a kind."""
TOLD_SUM = re.compile(
    r"(?:领|拿|发|补|给|有)[^，]{0,3}[0-9一二两三四五六七八九]+(?:百|千|0)|[0-9一二两三四五六七八九]+(?:百|千|0)块?钱?[^，]{0,2}(?:打|发|给|进|归)"
)
"""A sum that somebody believes to get; a document says whose it is."""
ORDER = re.compile(
    r"(?:帮|替|给|为)(?:我|俺|额|她|他|我妈|我爸|老人家?)(?:们)?[^，]{0,4}(?:申请|登记|预约|报|约|订|安排|办)|我(?:要|想)(?:申请|登记|预约|报名|订|约)"
    r"|(?:能不能|可不可以|能)(?:帮|给|替)?(?:我|俺|她|他)?(?:叫|找|请|约|租|借)(?:个|一|位)"
)
"""Words with which one has it done; whether one may is then the office's affair."""
HAVE_IT_DONE = re.compile(
    r"(?:帮|替|给|为)(?:我|俺|额|她|他|我妈|我爸|老人家?)(?:们)?[^，]{0,4}(?:申请|登记|预约|报|约|订|安排|办)"
    r"|(?:(?:先|就|想|要|给|帮|替|把)[^，]{0,4}?(?:登个记|报个名|挂个号|排个队|排个号|占个(?:位|号)|(?:登记|报名|报|排|挂|登|填)上)|就(?:想|要)(?:登记|报名|申请|排队))(?![^，]{0,6}(?:吗|么|不|没|啵|咩|得唔得|条件|资格|什么|啥|多))"
)
"""Words that want it applied for now, whatever is told."""
AT_PUBLIC_COST = re.compile(
    r"(?:想|要|希望|指望|盼)(?:着)?(?:让|叫|请|找|由|靠|得)?(?:国家|政府|公家|上头|上面|民政)[^，]{0,4}(?:出钱|掏钱|花钱|买单|给|补|管|报|贴|帮|派(?:个|一个)?人[^，]{0,5}(?:护理|照[顾看料护应]|伺候|服侍))"
    r"|(?:国家|政府|公家|上头|上面|民政|街道|社区|村里)(?:能不能|可不可以|会不会|能|肯|给)*(?:出钱|掏钱|花钱|买单)"
    r"|(?:想|希望|指望|盼)(?:着)?(?:让|叫|请)?(?:社区|街道|村里|居委会|政府|国家|公家)[^，]{0,8}(?:来|派人)[^，]{0,3}(?:看|瞧|望|探)"
)
"""A wish that the public pay, which asks whether one may: 想让国家出钱帮我改造."""
WISHES = re.compile(r"想|要|希望|盼")
ASKS_ABOUT = re.compile(r"问问|问一下|问下|打听|了解(?:一下|下)?|咨询")
"""Words of somebody who wants to know, and orders nothing yet: 想给我爸问问探访."""
PAYS_OR_FREE = re.compile(
    r"(?:要不要|用不用|需不需要|使唔使|使不用|要)(?:自己|再)?(?:掏|出|花|给|交)?(?:钱|费)(?:吗|么|不|没|啵|咩|嘛|，|$)|收不收(?:钱|费)|免不免费|白给|少收|便宜(?:点|些)?(?:吗|么|不|没|啵)"
)
"""Whether it costs anything."""
NEEDY = frozenset({"tekun", "dibao", "dibao_edge", "low_income", "jiandanglika", "poor_unspecified"})
PAID_FOR_NEEDY = frozenset({"purchase", "meals"})
"""Services of which a document, not the price list, says what the needy pay."""
FOR_THE_NEEDY = frozenset({
    "home_adaptation", "home_bed", "allowance", "disability_allowance", "ltc_insurance", "consumption_subsidy",
})  # fmt: skip
"""What is only for people in need, so that whoever tells of none had better hear first who it is for."""
SO_TOO = re.compile(r"^(?:那|那么|还有|要是|如果|换成)?.{0,12}呢(?:，|$)|也(?:能|可以|够|有|行|是)")
LEANS = re.compile(r"^(?:那|还)|[她他]|也能|也可以")
"""A question that leans on the person just spoken of."""
TAKES_BACK = re.compile(r"^(?:哦|噢|哎|嗯|那个)?(?:不对|错了|说错|讲错|搞错|记错|不是的?，|其实|忘了说|还有|对了|补充)")
ADDING = frozenset({"inform", "nlu_fallback", "correct", "eligibility_ask"})
GIVES_UP = re.compile(r"算了|不[问办用要搞弄]了?(?=$|，|。|吧|啦)|先不|再说|再见|挂")
"""Words of somebody who wants no more of it, whatever they tell besides."""
WISHED = frozenset({"service", "time", "phone", "address", "order_number"})
"""Kinds of entities of somebody who is about to order something."""
AN_ANSWER = WISHED - {"service"}
"""Kinds of entities with which a booking is answered."""
NOT_A_CASE = WISHED | {"person_name", "place", "quantity"}
"""Kinds of entities of somebody who takes an offer up, or asks for elsewhere."""
LONGEST_FOLLOW = 30
"""Longest sentence, in characters, that is read in the light of the check just told."""


def claims(conversation: Conversation, turn: Turn) -> bool:
    """Whether the eligibility task takes this turn."""
    if turn.intent in LOOSE and (of_another(turn) or tells_what_was_open(conversation, turn)):
        return follows(conversation, turn)
    if turn.intent == LONELY and not conversation.task:
        return named.benefit(turn) == "visits" and bool(turn.all("place")) and concerns(turn)
    if turn.intent not in TAKEN_OVER:
        return False
    if conversation.task == "eligibility":
        return _answers(conversation, turn) or (asks(turn) and named.benefit(turn) is not None) or concerns(turn)
    return concerns(turn) or follows(conversation, turn)


def of_another(turn: Turn) -> bool:
    """“那我爸呢”: the same for somebody else."""
    return bool(SO_TOO.search(words_of(turn.text))) and whom.relation(turn) is not None


def of_another_matter(conversation: Conversation, turn: Turn, booked: str) -> bool:
    """Whether words amid a booking ask if a certain person may have something else: 我妈八十三，能装扶手不要钱不, while a haircut
    is booked; or right after that the same for somebody else (那我爸呢)."""
    if of_another(turn) and follows(conversation, turn):
        return True
    if turn.intent not in TAKEN_OVER | {ASKED} or any(e.kind in AN_ANSWER for e in turn.entities):
        return False
    benefit = named.benefit(turn)
    return benefit in APPLIED_FOR and booked not in (benefit, benefits()[benefit].service) and concerns(turn)


def asks(turn: Turn) -> bool:
    """Asks whether somebody may have something."""
    words = words_of(turn.text)
    return bool(MAY.search(words)) and bool(QUESTION.search(words)) and not AS_GROUP.search(words)


def concerns(turn: Turn) -> bool:
    """Asks whether a certain person, of whom something is told, may have something."""
    words = words_of(turn.text)
    somebody = bool(
        SOMEBODY.search(words) or IN_PIECES.match(words) or hearing.AGE_ALONE.search(words) or whom.relation(turn)
    )
    somebody = somebody or bool(CONDITIONS.search(words)) or _of_one_person(turn, words)
    if AS_GROUP.search(words) or not somebody:
        return False
    facts, benefit = hearing.facts(turn), named.benefit(turn)
    if benefit is None and facts and SHARE.search(words):
        benefit = named.likely_benefit(turn)
    if _wishes(words, benefit, facts) or _free_for_needy(words, benefit, facts) or _named_only_here(turn, benefit, facts):
        return True
    asks_about = benefit in APPLIED_FOR and bool(facts.keys() & STANDING) and bool(ASKS_ABOUT.search(words))
    if asks_about and not _for_a_day(turn) and not HAVE_IT_DONE.search(words):
        return True
    if not QUESTION.search(words) or turn.intent in ("book", "add_item") and ORDER.search(words):
        return False
    if (
        turn.intent in ("book", "add_item")
        and benefit not in APPLIED_FOR
        and _for_a_day(turn)
        and not CONDITIONS.search(words)
    ):
        return False
    if benefit is None or benefit in ("waitlist", "allowance") and TOLD_SUM.search(words):
        return False
    if not facts:
        return bool(CONDITIONS.search(words)) or bool(MAY.search(words)) and whom.relation(turn) is not None
    if MAY.search(words) or _own_case(turn, benefit, facts.keys()) and not OF_A_GROUP.search(words):
        return True
    telling = facts.keys() & STANDING if turn.intent in ("book", "add_item") else facts
    return benefit in APPLIED_FOR and bool(telling) and bool(MAY_HAVE.search(words))


def _wishes(words: str, benefit: str | None, facts: Facts) -> bool:
    """Whether a wish is better answered with who may: the public is to pay, or what is told speaks against it."""
    if benefit is None or HAVE_IT_DONE.search(words):
        return False
    no_need = facts.get("income") == "normal" or facts.get("ability") == "intact"
    return bool(AT_PUBLIC_COST.search(words)) or benefit in FOR_THE_NEEDY and no_need


def _named_only_here(turn: Turn, benefit: str | None, facts: Facts) -> bool:
    """Whether a wish with something told of the person names no service that can be ordered: 想登记有人定期来看下."""
    wished = turn.intent == "book" and not turn.all("service") and WISHES.search(words_of(turn.text))
    return bool(wished) and benefit in APPLIED_FOR and bool(facts.keys() & (STANDING | {"left_behind"}))


def _free_for_needy(words: str, benefit: str | None, facts: Facts) -> bool:
    """Whether somebody needy asks whether a service costs anything: 吃着低保，叫人上门洗澡要不要掏钱."""
    return benefit in PAID_FOR_NEEDY and facts.get("income") in NEEDY and bool(PAYS_OR_FREE.search(words))


def _own_case(turn: Turn, benefit: str, told: Iterable[str]) -> bool:
    """Whether so much is told of somebody, and nothing ordered, that a question can only be about their own case."""
    return benefit in APPLIED_FOR and turn.intent not in ("book", "add_item") and len({*told} & TELLING) > 1


def _of_one_person(turn: Turn, words: str) -> bool:
    """Whether an age is told with more about the same person, though nobody is named: 七十岁低保一个人, 户口在外地."""
    told = hearing.facts(turn)
    return "age" in told and len(told) > 1 and not OF_A_GROUP.search(words)


def _for_a_day(turn: Turn) -> bool:
    """Whether a day is named, or where: who asks whether it can be had then, wishes for it (明天下午能不能安排)."""
    days = any(value.get("date") and not value.get("past") for value in turn.all("time"))
    return bool(turn.all("service")) and (days or bool(turn.all("bath_place")))


def at_a_loss(conversation: Conversation, turn: Turn) -> bool:
    """Whether these words, taken for a question whether somebody may, name nothing that anybody may have."""
    draft = conversation.draft("eligibility")
    if draft.get("benefit") or draft.get("all") or named.asks_for_all(turn) or follows(conversation, turn):
        return False
    if hearing.facts(turn) and named.likely_benefit(turn):
        return False
    return named.benefit(turn) is None


def follows(conversation: Conversation, turn: Turn) -> bool:
    """Comes straight after a verdict: the same for another person, or a fact put right."""
    last = conversation.recall(MEMORY, {})
    if not last.get("message") or last["message"] != conversation.recall("handled") or len(turn.text) > LONGEST_FOLLOW:
        return False
    words = words_of(turn.text)
    if asks(turn) and named.benefit(turn) is not None and LEANS.search(words):
        return True
    if tells_what_was_open(conversation, turn):
        return True
    if SO_TOO.search(words) and not turn.all("service"):
        told = whom.relation(turn) is not None or bool(hearing.facts(turn))
        return told or any(place.get("region") for place in turn.all("place"))
    return bool(TAKES_BACK.search(words)) and bool(hearing.facts(turn)) or adds(turn)


def tells_of_case(conversation: Conversation, turn: Turn) -> bool:
    """Whether what was just offered is answered with somebody's case alone (我妈八十二，残疾三级): it is looked at before anything begins."""
    if offered(conversation) not in APPLIED_FOR or turn.intent not in TAKEN_OVER | LOOSE | {ASKED}:
        return False
    words = words_of(turn.text)
    if any(e.kind in NOT_A_CASE for e in turn.entities) or GIVES_UP.search(turn.text) or HAVE_IT_DONE.search(words):
        return False
    return bool(hearing.facts(turn).keys() & TELLING) and not QUESTION.search(words) and not SO_TOO.search(words)


def tells_what_was_open(conversation: Conversation, turn: Turn) -> bool:
    """Tells, straight after a verdict, a fact that it looked at, also one that is denied: 不是低保, 没有残疾证."""
    last = conversation.recall(MEMORY, {})
    if not last.get("message") or last["message"] != conversation.recall("handled") or GIVES_UP.search(turn.text):
        return False
    if any(e.kind in WISHED for e in turn.entities) or QUESTION.search(words_of(turn.text)):
        return False
    return bool(hearing.facts(turn).keys() & set(last.get("looked_at", ())))


def adds(turn: Turn) -> bool:
    """Tells facts and nothing else."""
    if turn.intent not in ADDING or any(e.kind in WISHED for e in turn.entities):
        return False
    words = words_of(turn.text)
    return bool(hearing.facts(turn)) and not QUESTION.search(words) and not SO_TOO.search(words)


def _answers(conversation: Conversation, turn: Turn) -> bool:
    """Answers the pending question, whatever the bot took it for."""
    question = questions().get(conversation.asking)
    if question is None:
        return False
    words = words_of(turn.text)
    if QUESTION.search(words) or AS_GROUP.search(words):
        return False
    if hearing.REFUSAL.search(words):
        return True
    return bool(hearing.facts(turn, conversation.asking).keys() & set(question.facts))
