"""Checking eligibility in conversation: asks only what is missing, remembers, explains, promises nothing."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import policy
from care.conversation.model import Conversation
from care.eligibility import claims, hearing, named, task, whom
from care.reply import Outcome
from tests.conftest import said


def talk(session: Session, conversation: Conversation, *lines: str) -> Outcome:
    """The outcome after these lines; the questions in between are asked as the actions would."""
    outcome = Outcome()
    for number, line in enumerate(lines):
        outcome = task.take(session, conversation, said(line, message_id=f"{len(conversation.memory)}{number}{line}"))
        if outcome.finished:
            assert number == len(lines) - 1, f"finished early at {line}"
            conversation.state = outcome.state
            return outcome
        asked = task.ask(session, conversation, False)
        conversation.state = asked.state
        outcome = Outcome(outcome.replies + asked.replies, asked.state)
    return outcome


def words(outcome: Outcome) -> str:
    """Everything heard."""
    return "".join(reply.say for reply in outcome.replies)


def test_the_model_conversation(session: Session, conversation: Conversation) -> None:
    assert talk(session, conversation, "我妈八十三，想给厕所装扶手，政府管不管").state == "asking_region"
    asked = talk(session, conversation, "杨凌")
    assert asked.state == "asking_hardship" and "您妈妈" in words(asked)
    done = talk(session, conversation, "她一个人住，走路要人扶")
    assert done.finished and done.state == "answered"
    assert "可以申请" in words(done) and "二〇二〇年" in words(done) and "核实" in words(done)
    assert "四(二)4" in done.replies[0].show
    # Our own number of the record is for the card alone: nobody is shown it in a sentence.
    assert "YL-030" not in words(done) + done.replies[0].show and done.replies[0].card["records"] == ["YL-030"]
    assert done.replies[-1].choices[0].value == "我要申请适老化改造"


def test_several_facts_in_one_sentence_need_no_question(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "我爸在杨凌，八十五了，低保，一个人住，能不能给装扶手")
    assert done.finished and "可以申请" in words(done)


def test_facts_are_remembered_for_the_person(session: Session, conversation: Conversation) -> None:
    talk(session, conversation, "我妈在湖南，一个人住，有人探访吗")
    assert conversation.recall("facts")["mother"]["living"] == ["alone"]
    again = talk(session, conversation, "我妈能不能领残疾人补贴", "没有残疾证")
    assert again.finished and "不在" in words(again)
    assert "self" not in conversation.recall("facts")


def test_what_was_only_assumed_is_not_remembered(session: Session, conversation: Conversation) -> None:
    talk(session, conversation, "我妈八十三，在杨凌，想装扶手政府管不管", "她一个人住")
    assert "income" not in conversation.recall("facts")["mother"]


def test_no_is_explained(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "我在长春，八十五了，能申请适老化改造吗", "都不是")
    assert done.finished and "不在" in words(done) and "征求意见稿" in words(done)
    assert "自己花钱" in words(done)


def test_drafts_are_called_drafts(session: Session, conversation: Conversation) -> None:
    assert "送审稿" in words(talk(session, conversation, "我是南昌的低保户，八十六了，给装扶手不"))


def test_missing_knowledge_is_admitted(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "我今年八十了，能领高龄津贴不", "长沙")
    assert done.state == "unknown" and "不知道准数" in words(done) and "一二三四五" in words(done)


def test_places_that_are_none_of_ours(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "我能不能申请适老化改造", "苏州")
    assert done.finished and done.state == "unknown" and "苏州" in words(done)


def test_money_for_institutions_is_not_promised(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "我在南昌，失能的，每月能领四百护理补贴吗")
    assert "给养老机构的" in words(done) and "400" not in words(done)


def test_not_knowing_is_accepted(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "长护险我能用吗，我在长春", "是职工医保", "没做过评估")
    assert done.finished and done.state == "unknown" and "定不下来" in words(done)


def test_the_same_thing_is_not_asked_a_third_time(session: Session, conversation: Conversation) -> None:
    first = talk(session, conversation, "我在杨凌，想申请政府给的免费上门服务")
    second = talk(session, conversation, "那个啥")
    third = talk(session, conversation, "就是那个")
    assert first.state == second.state == "asking_income" and third.state != "asking_income"
    assert words(first) != words(second)


def test_the_same_message_twice_changes_nothing(session: Session, conversation: Conversation) -> None:
    talk(session, conversation, "我妈八十三，想装扶手政府管不管", "杨凌")
    turn = said("那个", message_id="twice")
    task.take(session, conversation, turn)
    before = (conversation.draft("eligibility"), dict(conversation.memory))
    task.take(session, conversation, turn)
    assert (conversation.draft("eligibility"), conversation.memory) == before


def test_it_can_be_given_up(session: Session, conversation: Conversation) -> None:
    talk(session, conversation, "我能不能申请适老化改造")
    outcome = task.take(session, conversation, said("算了不问了", "stop"))
    assert outcome.finished and not conversation.draft("eligibility")


def test_resuming_names_the_subject(session: Session, conversation: Conversation) -> None:
    talk(session, conversation, "我能不能申请适老化改造")
    assert "适老化改造" in task.ask(session, conversation, True).replies[0].say


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("她一个人住，走路要人扶", {"living": ["alone"], "ability": "disabled_unspecified"}),
        ("我爸低保户，残疾二级", {"income": "dibao", "disability": "level2"}),
        ("不是低保，身体还好", {"income": "normal", "ability": "intact"}),
        ("儿女都在外地打工", {"left_behind": True, "living": ["empty_nest"]}),
        ("我妈老年痴呆，跟我住", {"dementia": True, "living": ["with_family"]}),
        ("五保户，九十二岁", {"income": "tekun", "age": 92}),
        ("重度失能，瘫在床上", {"ability": "severe"}),
        ("我当过兵，没儿没女", {"veteran": True, "childless": True}),
        ("没有残疾证，生活能自理", {"disability": "none", "ability": "intact"}),
        ("失独家庭", {"lost_child": True}),
    ],
)
def test_facts_are_heard_in_plain_talk(text: str, facts: dict) -> None:
    assert hearing.facts(said(text)) == facts


@pytest.mark.parametrize(
    ("text", "benefit"),
    [
        ("残疾证能领钱不", "disability_allowance"),
        ("厕所装扶手政府管不管", "home_adaptation"),
        ("我能住公办养老院吗", "waitlist"),
        ("长护险我能报不", "ltc_insurance"),
        ("我八十了有高龄津贴没", "high_age_allowance"),
        ("能签家庭医生不", "family_doctor"),
        ("照顾我妈太累了有喘息服务吗", "respite"),
        ("家属学照顾老人有补贴吗，培训", "carer_training"),
    ],
)
def test_the_benefit_is_heard(text: str, benefit: str) -> None:
    assert named.benefit(said(text)) == benefit


def test_a_benefit_that_is_never_named_leads_to_people(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "我能不能申请", "那个", "就是那个啥", "那个呀")
    assert done.finished and "一二三四五" in words(done)


def test_what_is_not_told_is_respected(session: Session, conversation: Conversation) -> None:
    asked = talk(session, conversation, "我在长春，能申请适老化改造吗", "不想说")
    assert "不说也行" in words(asked) and asked.state != "asking_income"


def test_the_same_for_somebody_else_starts_afresh(session: Session, conversation: Conversation) -> None:
    talk(session, conversation, "我妈八十三，低保，在长春，能申请适老化改造吗")
    conversation.remember(handled=conversation.recall("eligibility")["message"])
    assert "您爸爸" in words(talk(session, conversation, "那我爸呢"))


@pytest.mark.parametrize(
    ("text", "fact"),
    [("没当过兵", "veteran"), ("不是烈属", "martyr_family"), ("没有失独", "lost_child"), ("不是留守", "left_behind")],
)
def test_a_denied_standing_is_not_granted(text: str, fact: str) -> None:
    assert hearing.facts(said(text))[fact] is False


COMPOSITE = "退休金五千，跟女儿一家住，没有残疾证，本地户口，没当过兵，脑子清楚，自己能走，职工医保"
"""All that somebody knows of their situation, as an answer to a question that names several things."""


def test_an_answer_that_tells_many_facts_asks_for_nothing_else(session: Session, conversation: Conversation) -> None:
    talk(session, conversation, "我想改改卫生间，我在杨凌，够不够条件")
    answer = said(COMPOSITE, "eligibility_ask", service="disability_assessment")
    done = task.take(session, conversation, answer)
    assert done.finished and conversation.recall("eligibility")["benefit"] == "home_adaptation"
    assert "不在" in words(done)


def test_facts_added_after_a_verdict_are_weighed(session: Session, conversation: Conversation) -> None:
    no = talk(session, conversation, "东莞，我六十九，能吃能走，公办养老院能优先不", "都不是", "都不是")
    assert no.finished and "不在" in words(no)
    conversation.remember(handled=conversation.recall("eligibility")["message"])
    same = said("退休金五千", "inform", message_id="more")
    assert claims(conversation, same)
    told = task.take(session, conversation, same)
    assert told.finished and "刚才说的那样" in words(told)
    conversation.remember(handled="more")
    yes = task.take(session, conversation, said("哦我是退伍军人", "inform", message_id="veteran"))
    assert yes.finished and "优先" in words(yes)


def test_the_same_in_another_town(session: Session, conversation: Conversation) -> None:
    talk(session, conversation, "杨凌，我八十一低保，能装扶手不")
    conversation.remember(handled=conversation.recall("eligibility")["message"])
    moved = said("那要是在长春呢", "policy_ask", message_id="moved", place={"region": "changchun", "name": "长春"})
    assert claims(conversation, moved)
    assert "征求意见稿" in words(task.take(session, conversation, moved))


def test_a_word_asked_about_is_no_fact(session: Session, conversation: Conversation) -> None:
    talk(session, conversation, "杨凌，我八十一，能装扶手不")
    asked = task.take(session, conversation, said("那个低保边缘是啥意思", "inform", message_id="meaning"))
    assert not asked.finished and "income" not in conversation.recall("facts").get("self", {})
    assert task.ask(session, conversation, False).state == "asking_hardship"


def test_the_source_of_a_verdict_can_be_asked_for(session: Session, conversation: Conversation) -> None:
    talk(session, conversation, "东莞，我妈空巢，能有人探访吗")
    assert "百分之一百" in words(policy.answer(session, conversation, said("这是哪个文件写的", "policy_source")))


def test_what_does_not_count_is_not_said_back(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "东莞大朗，我们老两口有退休金，去长者饭堂吃饭能不能免")
    assert "儿女不在身边" not in words(done) and "有偿" in words(done)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("快九十了", 89),
        ("今年七十有八", 78),
        ("四二年生的", 84),
        ("一九四三年出生", 83),
        ("离八十还差一岁", 79),
        ("刚满八十", 80),
    ],
)
def test_ages_as_elders_tell_them(text: str, age: int, now: None) -> None:
    assert hearing.facts(said(text))["age"] == age


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("我奶奶八十八，跟我大伯住", "grandmother"),
        ("我是烈士的老婆", "self"),
        ("姑娘啊，我今年七十九了", "self"),
        ("我一个孤老头，能去吃饭吗", None),
        ("老两口自己过", None),
        ("我爸妈都七十多了", "parents"),
    ],
)
def test_who_is_meant(text: str, person: str | None) -> None:
    assert (whom.relation(said(text)) or "self") == (person or "self")


@pytest.mark.parametrize("denial", ["不是低保", "不吃低保", "低保没有", "我们不是低保户"])
def test_who_denies_one_of_several_things_is_asked_for_the_others(
    session: Session, conversation: Conversation, denial: str
) -> None:
    asked = talk(session, conversation, "我妈八十三，在杨凌，想装扶手政府管不管", denial)
    assert asked.state == "asking_hardship"
    assert "失能、独居" in words(asked) and "低保" not in words(asked)
    assert "是低保" not in [choice.title for choice in asked.replies[-1].choices]


@pytest.mark.parametrize("rest", ["都没有", "没有", "能自己走，跟我住"])
def test_only_when_all_are_denied_it_is_decided(session: Session, conversation: Conversation, rest: str) -> None:
    done = talk(session, conversation, "我妈八十三，在杨凌，想装扶手政府管不管", "不是低保", rest)
    assert done.finished and "不在" in words(done)


def test_what_is_told_after_a_denial_counts(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "我妈八十三，在杨凌，想装扶手政府管不管", "不是低保", "她一个人住")
    assert done.finished and "可以申请" in words(done)


def test_things_denied_one_by_one_are_each_asked_once(session: Session, conversation: Conversation) -> None:
    asked = talk(session, conversation, "我妈八十三，在杨凌，想装扶手政府管不管", "不是低保", "能自己走")
    assert "独居" in words(asked) and "失能" not in words(asked)
    conversation.keep_draft("eligibility", None)
    conversation.remember(facts={})
    done = talk(session, conversation, "我妈八十三，在杨凌，想装扶手政府管不管", "不是低保", "不是低保", "都没有")
    assert done.finished
