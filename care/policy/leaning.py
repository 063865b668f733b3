"""What a follow-up question leans on: the question before it, kept in the conversation's memory, completes it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from care.conversation.model import Conversation
from care.policy.asked import AGE, Asked, plain, topics_of, understand
from care.policy.compose import year_asked
from care.policy.grades import without_levels
from care.policy.matters import asks
from care.policy.records import library
from care.reply import Outcome
from care.turn import Turn

MEMORY = "policy"

BESIDE = re.compile(
    r"(?<!配)比(?!例|如|赛|方)|哪(个|里|边|儿)(地方)?的?(更|好|多|勤|早|高|低|便宜)|谁(更|好|多|勤|高)|有(什么|啥)?(区别|差别|不同|不一样)"
    r"|(跟|和|与|同)(我们|我|咱|这|那|它|刚才|前面).*(一样|不同|差)"
)
"""Words that set a region just named beside the one spoken of; its name alone asks only for itself."""

MORE = re.compile(
    "有(什么|啥)?(区别|差别|不同)|不一样|^(那|光|只|要是)?(是|要)?(打电话|上门|免费|本人|家里人|邻居|志愿者)(来)?(还是|吗|么|不|去|算|行|也|得|可)"
)
"""Short questions about what was just told: 是打电话吗, 一级二级有区别吗."""

MONEY_TOLD = re.compile("^(那|那么)?(这|那)(个|笔)?(钱|补助|补贴|款子?).*(我|老人|个人|自己|到手|给谁|谁)")
"""“这钱我自己能拿到吗”: whose the money is that was just told."""

SAME_THERE = re.compile("^(也|都|是不是也)(是|跟这)?(这样|这么|一样|有|这个)(的|办|规定)?(吗|么|不|没)?[？?。]?$")
"""“也是这样吗”, said of another place."""

GROUP = re.compile("^(那|那么|要是|如果是?)?.{2,9}(的|户|人|老人|家庭)?呢$")

KIND = re.compile("空巢|留守|独居|失能|失智|重残|残疾|失独|高龄|孤寡")
"""Kinds of old people that papers tell apart."""

ANYBODY = re.compile("一般|普通|其他|别的|不困难|正常")

NEEDY = re.compile("(有)?(特殊|经济)?困难的?|低保的?|特困的?|五保的?")
"""Words that narrow a question to the needy; they go when the same is asked for everybody else."""

GROUPS = frozenset({"assistance", "disability_help", "rural", "goals"})
"""Topics that a bare group of people seems to name: after another question it asks the same for that group."""

FOLLOW = re.compile(r"^(那|那么|还有|然后|另外|要是)|呢[？?。]?$")

VAGUE = re.compile(
    r"^(我)?(想|要)?(问|了解|打听|咨询|看看|说说|讲讲|介绍)?(一下|下|问)?(你们|我们|咱们?)?(这儿|这里|这边|本地|当地|这个地方|那儿|那边)?的?(有)?(什么|啥|哪些|些|个|点)?(养老|国家|政府|老人|惠民|优惠|好)?的?(养老)?政策(的事|问题|方面)?(有哪些|有啥|都有啥|是什么|是啥|咋样)?(呀|啊|吗|呢)?[？?。]?$"
)

OF_AGE = re.compile(f"(满|年满|上了|过了)?{AGE.pattern}(多|来|几)?(周?岁)?(以上|往上|以后)?的?")
"""An age in a question, with the words around it."""

FAINT = ({"allowance": 1.0}, {"allowance": 2.0}, {"goals": 1.0}, {"document": 1.0})
"""Topics that a bare "how much is paid" or "who" seems to name; after another question they mean that one's."""

MONEY = frozenset({"allowance"})
"""The topic that money in a question after another one seems to name (评上星给不给钱)."""

BARE_MUCH = re.compile(r"^(?:那|那么|大概|到底|一共|一?个?月|每个?月|一年|能有?|是|要|有)*(?:多少|几多|好多|几何|多儿)(?:呢|啊|呀|嘛|咧|哩|哦|哪|来着)?[？?]?$")
"""“多少”, “一个月几多”: of money that is paid, how much."""
PAID = frozenset({"allowance", "disability_allowance", "high_age_allowance", "consumption_subsidy", "carer_training"})
"""Topics of which one asks the money."""
UNLIKELY = 0.8
"""Confidence below which what the bot took a question for, straight after a policy, is a guess."""
GUESSED = frozenset({
    "affirm", "deny", "rate", "dont_know", "order_status", "help", "medical_advice", "price_query", "inform", "ask_time",
})  # fmt: skip
"""What the bot takes a question after a policy for at a guess: a question agrees to no offer and rates nothing."""
NOTHING = frozenset({"nlu_fallback", "service_query"})
"""What the bot takes words for that nothing would come of but a list of services."""
OUTSIDE, SURELY_OUTSIDE = "out_of_scope", 0.8
"""What is no matter of ours, and the confidence from which it is none of the document either (今天天气好不好)."""
OF_SERVICES = re.compile("服务|项目|开门|关门|营业|上班|下班|几点|过年|节假日")
"""Words that ask for the service list itself."""
ASKED_OF = frozenset({"service", "time", "phone", "address", "order_number", "person_name", "place", "topic"})
"""Kinds of entities that give a question a subject of its own."""
STILL = "policy_still"
"""Memory key: for how many turns more a short question may be about the policy that was told."""
TURNS = 3
"""So many turns a policy stays in mind after it was told, if nothing else is begun."""
NEEDED = re.compile("^(?:那|还)*(?:要不要|用不用|需不需要|必须要?|是不是要|得不得)[^，约订]{2,6}$")
"""“要不要体检”: whether what was told asks for something, whatever it names."""
FREE = re.compile("^(?:那|这|都|应该|是不是|是)*(?:不|唔|莫|冇)(?:用|要|收|使|消)(?:我们?|自己|个人)?(?:交|出|掏|花)?(?:钱|费|费用)(?:的)?[吧吗嘛么啊哦]*$")
"""“不用钱吧”: no refusal, but whether it costs something."""
COSTS = "要钱吗"
LATER_ON = 8
"""Longest question that is still about a policy told some turns ago, in characters."""
LONGEST_ON = 14
"""Longest question, in characters, that has its subject from the answer before it."""
SHORT = 12
"""Longest follow-up question that leans on the one before, in characters, when it brings no topic."""


def stored(asked: Asked) -> dict[str, Any]:
    return {"text": asked.text, "topics": asked.topics, "aspects": list(asked.aspects), "age": asked.age}


def restored(data: dict[str, Any]) -> Asked:
    """A question kept in a draft or in memory."""
    fresh = understand(data["text"])
    return Asked(data["text"], dict(data["topics"]), tuple(data["aspects"]), fresh.tokens, data.get("age"))


def last_told(conversation: Conversation) -> dict[str, Any]:
    return dict(conversation.recall(MEMORY) or {})


def remembering(conversation: Conversation, asked: Asked, region: str, outcome: Outcome) -> Outcome:
    """Keeps what follow-up questions lean on."""
    last = last_told(conversation)
    spoken_of = [r for r in last.get("regions", []) if r != region] + ([region] if region else [])
    kept = {**last, "asked": stored(asked), "region": region or last.get("region", ""), "regions": spoken_of}
    conversation.remember(**{MEMORY: kept, "policy_question": asked.text})
    return outcome


def keep(conversation: Conversation) -> None:
    """Keeps a policy in mind for a few turns after it was told, unless something else is begun."""
    cards = [(said.get("card") or {}).get("kind") for said in conversation.last_replies]
    still = conversation.recall(STILL, 0)
    if cards and cards[-1] == MEMORY:
        conversation.remember(**{STILL: TURNS})
    elif still:
        begun = conversation.task or any(cards) or any(said.get("choices") for said in conversation.last_replies)
        conversation.remember(**{STILL: None if begun or still <= 1 else still - 1})


def asks_on(conversation: Conversation, turn: Turn) -> bool:
    """Whether a question soon after a policy is about it, though nothing in its words says so: 是不是满八十就有, 没建的咋整.

    Something that cannot be what it was taken for (a yes, a rating), or of which nothing else would come.
    """
    card = (conversation.last_replies[-1].get("card") or {}) if conversation.last_replies else {}
    told_of = (last_told(conversation).get("asked") or {}).get("topics")
    if not conversation.recall(STILL) or not told_of:
        return False
    words = plain(turn.text)
    if card.get("kind") == MEMORY and (NEEDED.search(words) or FREE.search(words)):
        return True
    longest = LONGEST_ON if card.get("kind") == MEMORY else LATER_ON
    if len(words) > longest or not asks(words) or topics_of(words).keys() - MONEY - told_of.keys():
        return False
    if any(e.kind in ASKED_OF for e in turn.entities) or OF_SERVICES.search(words):
        return False
    if turn.intent == OUTSIDE:
        return turn.confidence < SURELY_OUTSIDE
    return turn.intent in NOTHING or turn.intent in GUESSED and turn.confidence < UNLIKELY


def asked_plainly(text: str) -> str:
    """A question that hopes for an answer as the plain one: 不用钱吧 asks 要钱吗."""
    return COSTS if FREE.search(text) else text


def complete(conversation: Conversation, asked: Asked) -> Asked:
    """A follow-up completed with the question before it."""
    last = last_told(conversation).get("asked")
    spoken_of = conversation.draft("booking").get("service", "") if conversation.task == "booking" else ""
    if spoken_of in library().topics and not asked.topics and asked.aspects:
        said = library().topics[spoken_of].say
        return replace(understand(f"{said}，{asked.text}"), aspects=asked.aspects)
    if not last or not last.get("text"):
        return asked
    before = restored(last)
    content = [t for t in asked.tokens if len(t) > 1]
    short = bool(asked.aspects) and len(asked.text) <= SHORT
    compares = BESIDE.search(asked.text) is not None and len(asked.text) <= SHORT
    leaning = not asked.topics and (not content or short or compares or FOLLOW.search(asked.text))
    if asked.age and not asked.topics and not asked.aspects and FOLLOW.search(asked.text):
        return understand(f"{OF_AGE.sub('', before.text)}，{asked.text}")  # 那我爸七十五呢: the same for another age
    if GROUP.match(asked.text) and not BARE_MUCH.match(asked.text) and asked.topics.keys() <= GROUPS and before.topics:
        earlier = NEEDY.sub("", OF_AGE.sub("", before.text)) if ANYBODY.search(asked.text) else before.text
        kind = KIND.search(asked.text)
        earlier = without_levels(KIND.sub("", earlier) if kind else earlier)
        whole = understand(f"{asked.text}{earlier}")
        return replace(whole, topics=before.topics, aspects=before.aspects, group=kind.group() if kind else "")
    faint = len(asked.text) <= SHORT and asked.topics in FAINT and bool(before.topics)
    leaning = leaning or not asked.topics and MORE.search(asked.text) is not None and len(asked.text) <= SHORT
    leaning = leaning or SAME_THERE.match(asked.text) is not None
    leaning = leaning or MONEY_TOLD.search(asked.text) is not None and (not asked.topics or asked.topics in FAINT)
    if not (leaning or faint) or VAGUE.match(asked.text):
        return asked
    much = ("amount",) if before.topic in PAID and BARE_MUCH.match(asked.text) else ()
    aspects = asked.aspects or much or before.aspects
    adds = bool(asked.text) and bool(asked.aspects or content or year_asked(asked.text))
    text = f"{before.text}，{asked.text}" if adds else before.text
    return Asked(
        text, before.topics, aspects, tuple(dict.fromkeys(before.tokens + asked.tokens)), asked.age or before.age
    )
