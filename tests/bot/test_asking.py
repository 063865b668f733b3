"""Short answers, seen with the question that was asked."""

from __future__ import annotations

from typing import Optional

import pytest

from bot.components.asking import Rules, load
from bot.components.lexicon import words
from bot.components.recognise import Recogniser


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(words())


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules(load())


# said | asked for | what the classifier thought, and how surely | meant (- = as the classifier thought)
ANSWERS = [
    ("对", "confirm", "inform", 0.3, "affirm"), ("队", "confirm", "nlu_fallback", 0.3, "affirm"),
    ("要得", "confirm", "thanks", 0.5, "affirm"), ("中", "confirm", "nlu_fallback", 0.2, "affirm"),
    ("好嘞", "confirm", "bye", 0.5, "affirm"), ("嗯，行吧", "confirm", "deny", 0.3, "affirm"),
    ("对对对，就这样", "confirm", "inform", 0.5, "affirm"), ("是嘞", "confirm", "help", 0.2, "affirm"),
    ("好的谢谢", "confirm", "thanks", 0.6, "affirm"), ("不对", "confirm", "affirm", 0.5, "deny"),
    ("错了", "confirm", "affirm", 0.5, "deny"), ("莫", "confirm", "affirm", 0.5, "deny"),
    ("不要得", "confirm", "affirm", 0.6, "deny"), ("不是的", "confirm", "inform", 0.6, "deny"),
    ("对，不过改成四点", "confirm", "affirm", 0.6, "correct"), ("不对，四点", "confirm", "deny", 0.6, "correct"),
    ("不是，两份", "confirm", "deny", 0.5, "correct"), ("换个时间", "confirm", "order_reschedule", 0.5, "correct"),
    ("人工", "confirm", "inform", 0.4, "human"), ("没听清", "confirm", "deny", 0.4, "repeat"),
    ("多少钱", "confirm", "price_query", 0.9, "-"),
    ("站里", "bath_place", "service_query", 0.3, "inform"), ("站里有人扶吧？", "bath_place", "service_query", 0.8, "-"),
    ("幸福路十八号五零二", "place", "order_status", 0.2, "inform"), ("我闺女家", "place", "book", 0.3, "inform"),
    ("两份", "quantity", "book", 0.5, "inform"), ("后天", "date", "book", 0.4, "inform"),
    ("王秀英", "name", "nlu_fallback", 0.2, "inform"), ("没有忌口", "diet", "deny", 0.6, "inform"),
    ("没有", "health", "inform", 0.6, "deny"), ("水管漏了", "problem", "book", 0.6, "inform"),
    ("洗个澡多少钱", "date", "price_query", 0.9, "-"), ("慢点说", "date", "inform", 0.5, "slower"),
    ("不订了", "date", "inform", 0.5, "stop"), ("等一下", "phone", "inform", 0.6, "hold_on"),
    ("不知道", "hospital", "inform", 0.6, "dont_know"), ("洗澡", "", "inform", 0.5, "book"),
]


@pytest.mark.parametrize("said, asking, guess, confidence, meant", ANSWERS)
def test_meant(
    recogniser: Recogniser, rules: Rules, said: str, asking: str, guess: str, confidence: float, meant: str
) -> None:
    entities = [span.as_entity(said) for span in recogniser.find(said, asking)]
    decision = rules.decide(said, asking, guess, confidence, entities)
    assert (decision.intent if decision else "-") == meant


@pytest.mark.parametrize("said, asking, kind, words", [
    ("就送到我闺女家吧", "place", "address", "我闺女家"), ("老中医那里", "hospital", "facility", "老中医那里"),
])
def test_free_words_are_kept(
    recogniser: Recogniser, rules: Rules, said: str, asking: str, kind: str, words: Optional[str]
) -> None:
    entities = [span.as_entity(said) for span in recogniser.find(said, asking)]
    decision = rules.decide(said, asking, "inform", 0.6, entities)
    assert decision is not None and decision.entity is not None
    assert (decision.entity["entity"], decision.entity["value"]) == (kind, words)


@pytest.mark.parametrize("said, asking, guess, ranking, meant", [
    ("啥时候轮得上养老院", "health", "nlu_fallback", [("waitlist_query", 0.35), ("book", 0.1)], "waitlist_query"),
    ("这得花多少钱", "cleaning_task", "inform", [("inform", 0.4), ("price_query", 0.3)], "price_query"),
    ("能不能上门洗", "bath_place", "service_query", [("service_query", 0.9)], "inform"),
    ("站里有人扶吗", "bath_place", "service_query", [("service_query", 0.9)], "-"),
    ("老伴前年走了，我一个人，想洗澡", "", "lonely", [("lonely", 0.8)], "book"),
    ("想有人来陪我说说话", "", "lonely", [("lonely", 0.8)], "-"),
    ("别取消了", "confirm", "order_cancel", [("order_cancel", 0.9)], "deny"),
    ("么得电话", "phone", "callback", [("callback", 0.4)], "deny"),
    ("有没有年轻人来陪我说说话的", "", "lonely", [("lonely", 0.7)], "book"),
    ("上回来搞卫生的人敷衍了事", "", "book", [("book", 0.6)], "complain"),
    ("明天中午两份饭送登记的地址", "", "my_info", [("my_info", 0.4)], "book"),
    ("每天中午给她送一份软一点的饭", "", "inform", [("inform", 0.5)], "book"),
    ("说是现在有人来家里给老人洗脚，我八十一了", "", "scam", [("scam", 0.28), ("book", 0.24)], "book"),
    ("他喊我买床垫，靠不靠谱", "", "scam", [("scam", 0.4), ("book", 0.2)], "-"),
    ("asdfgh", "", "out_of_scope", [("out_of_scope", 0.4)], "nlu_fallback"), ("hello", "", "greet", [("greet", 0.95)], "-"),
    ("吧啦吧啦了", "place", "stop", [("stop", 0.76)], "nlu_fallback"), ("啦啦啦", "phone", "bye", [("bye", 0.4)], "nlu_fallback"),
    ("这顿饭先不要了吧", "place", "stop", [("stop", 0.95)], "-"), ("再见啊", "phone", "bye", [("bye", 0.9)], "bye"),
    ("小区想办个老年食堂，政府有没有钱补", "", "policy_ask", [("policy_ask", 0.46), ("service_query", 0.1)], "-"),
    ("小区附近有没有老年食堂", "", "policy_ask", [("policy_ask", 0.42), ("service_query", 0.4)], "service_query"),
])
def test_questions_and_answers_are_told_apart(
    recogniser: Recogniser, rules: Rules, said: str, asking: str, guess: str, ranking: list, meant: str
) -> None:
    entities = [span.as_entity(said) for span in recogniser.find(said, asking)]
    decision = rules.decide(said, asking, guess, dict(ranking).get(guess, 0.3), entities, ranking)
    assert (decision.intent if decision else "-") == meant


@pytest.mark.parametrize("said", ["要人扶", "低保", "王桂芳", "明天下午", "她走路要人扶，低保", "擦窗户还有厨房"])
def test_what_is_no_address_does_not_become_one(recogniser: Recogniser, rules: Rules, said: str) -> None:
    entities = [span.as_entity(said) for span in recogniser.find(said, "place")]
    decision = rules.decide(said, "place", "inform", 0.6, entities)
    assert decision is None or decision.entity is None


def test_a_change_of_the_hour_is_no_name(recogniser: Recogniser, rules: Rules) -> None:
    said = "等等，改成三点半"
    entities = [span.as_entity(said) for span in recogniser.find(said, "name")]
    decision = rules.decide(said, "name", "correct", 0.6, entities)
    assert decision is None or decision.entity is None


def test_something_to_be_brought_is_ordered_without_its_name(recogniser: Recogniser, rules: Rules) -> None:
    tale = "我这个腰年轻时候扛麻袋落下的毛病，老伴去年走了以后家里冷锅冷灶的，闺女一年到头回不来几天，早上啃个馒头晚上下点面条对付，" * 2
    said = tale + "你们能不能每天晌午给我送一份过来"
    entities = [span.as_entity(said) for span in recogniser.find(said)]
    for guess in ("inform", "lonely"):
        decision = rules.decide(said, "", guess, 0.6, entities)
        assert decision is not None and decision.intent == "book"


def test_a_long_story_without_a_service_wishes_for_none(recogniser: Recogniser, rules: Rules) -> None:
    story = "我跟你讲啊我们那个年代日子苦得很，" * 4 + "那时候厂里食堂的饭可香了，洗澡都是去大澡堂子，现在的年轻人都不晓得这些了，唉，一晃几十年就这么过去了啊"
    entities = [span.as_entity(story) for span in recogniser.find(story)]
    decision = rules.decide(story, "", "book", 0.5, entities)
    assert decision is not None and decision.intent == "nlu_fallback"


def test_of_a_long_story_the_last_wish_counts(recogniser: Recogniser) -> None:
    story = "我跟你讲啊我们那个年代日子苦得很，" * 5 + "那时候厂里食堂的饭可香了，洗澡都是去大澡堂子，唉说远了，你给我找个人来理个发吧，头发长了"
    assert {span.value for span in recogniser.find(story) if span.kind == "service"} == {"haircut"}


def test_silence_and_emoji_decide_nothing(rules: Rules) -> None:
    assert rules.decide("😀……", "confirm", "affirm", 0.4, []) is None


@pytest.mark.parametrize("text", ["叽里咕噜", "呜哩哇啦", "哈哈哈嘎嘎", "吧啦吧啦", "呜呜呜", "乒乓乓，哗啦啦"])
@pytest.mark.parametrize("asking", ["", "diet", "place", "confirm"])
def test_syllables_that_only_sound_say_nothing(rules: Rules, text: str, asking: str) -> None:
    decision = rules.decide(text, asking, "stop", 0.7, [])
    assert decision and decision.intent == "nlu_fallback" and decision.entity and decision.entity["entity"] == "noise"


@pytest.mark.parametrize("text", ["哎呀", "好啦", "哈哈", "嗯嗯", "对啦", "水管哗啦啦地漏", "打乒乓球", "啊啦", "订吧"])
def test_interjections_and_words_are_no_noise(rules: Rules, text: str) -> None:
    decision = rules.decide(text, "", "inform", 0.7, [])
    assert not (decision and decision.entity and decision.entity["entity"] == "noise")
