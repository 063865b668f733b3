"""Short questions after a policy, also one on which the document is silent; and what its words mean."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import policy, routing
from care.conversation.model import Conversation
from care.orders import complaint_task
from care.policy.terms import asked as means
from care.reply import Outcome
from tests.conftest import said


@pytest.fixture
def line(session: Session, conversation: Conversation):
    """Asks the policies one question after another; a question that is not theirs fails."""

    def one(text: str, intent: str = "policy_ask", sure: float = 0.9, **entities: object) -> str:
        turn = said(text, intent, **entities)
        object.__setattr__(turn, "confidence", sure)
        assert intent.startswith("policy_") or routing.claimed_by(conversation, turn) == routing.POLICY, text
        outcome: Outcome = policy.answer(session, conversation, turn)
        conversation.last_replies = [reply.as_dict() for reply in outcome.replies]
        policy.keep(conversation)
        return "".join(reply.say for reply in outcome.replies)

    return one


@pytest.mark.parametrize("text", ["一个月多少", "多少钱一个月", "能领多少钱", "每月给多少"])
def test_how_much_is_asked_of_what_the_document_is_silent_on(line, text: str) -> None:
    line("杨凌给多大岁数的老人发补贴", place={"region": "yangling", "name": "杨凌"})
    heard = line(text, "price_query")
    assert "没有写" in heard and "送餐" not in heard


@pytest.mark.parametrize("text", ["多少", "那多少呢", "一个月几多"])
def test_a_bare_how_much_after_an_allowance_means_its_money(line, text: str) -> None:
    line("东莞瘫痪老人补贴", place={"region": "dongguan", "name": "东莞"})
    assert "不知道准数" in line(text, "price_query")


def test_a_guess_of_the_bot_gives_way_to_a_short_question(line) -> None:
    line("长春公办养老院要排队吗", place={"region": "changchun", "name": "长春"})
    assert "公办养老院" in line("谁能先进去", "book", 0.36)


def test_a_sure_order_after_a_policy_is_an_order(conversation: Conversation, line) -> None:
    line("长春公办养老院要排队吗", place={"region": "changchun", "name": "长春"})
    assert routing.claimed_by(conversation, said("给我送份饭来", "book", service="meal")) != routing.POLICY


@pytest.mark.parametrize("text, group", [("那失能的呢", "失能"), ("那独居的老人呢", "独居"), ("要是空巢的呢", "空巢")])
def test_people_whom_the_document_does_not_name_are_not_told_what_holds_for_others(line, text: str, group: str) -> None:
    line("杨凌留守老人多久看一次", place={"region": "yangling", "name": "杨凌"})
    assert f"没单独写{group}的" in line(text)


def test_people_whom_it_names_are_told_plainly(line) -> None:
    line("东莞多久上门看一次老人", place={"region": "dongguan", "name": "东莞"})
    assert "没单独写" not in line("那要是空巢的呢")


@pytest.mark.parametrize("text", ["独生子女没了的老人有什么照顾", "失独的老人有什么照顾", "唯一的儿子没了政府管不管", "独苗走了的老人有什么政策"])
def test_who_lost_an_only_child_is_not_told_of_one_child_bonuses(line, text: str) -> None:
    assert "计划生育特殊家庭" in line(f"长沙{text}", place={"region": "hunan", "name": "长沙"})


def test_what_the_poor_get_is_told_with_what_the_others_pay(line) -> None:
    heard = line("莞城老人助餐一餐补几多钱", place={"region": "dongguan", "name": "莞城"})
    assert "兜底的困难老人" in heard and "自己付钱" in heard and "没写多少钱" in heard


def test_by_when_is_no_wish_for_the_original(line) -> None:
    line("杨凌护理型床位要占多少", place={"region": "yangling", "name": "杨凌"})
    heard = line("哪一年", "policy_source")
    assert "二〇二二年底" in heard and "原文" not in heard


@pytest.mark.parametrize("text, word", [
    ("什么叫低保边缘", "低保线高一点"), ("啥叫重残", "一级或者二级"), ("失能是啥意思", "自己做不了"), ("怎么才算特困", "五保"),
    ("空巢指的是什么", "儿女不在身边"), ("啥子叫失独", "独生子女"), ("低保跟特困有什么区别", "特困"), ("特困和五保一样吗", "五保"),
    ("什么是适老化改造", "扶手"),
])  # fmt: skip
def test_words_of_papers_are_explained(line, text: str, word: str) -> None:
    heard = line(text, "inform")
    assert word in heard and "以当地认定的为准" in heard


@pytest.mark.parametrize("text", [
    "我妈算不算失能", "低保能领多少钱", "低保有什么补贴", "失能老人有什么照顾", "长沙的能力评估是什么", "低保归什么部门管", "什么时候来", "特困怎么申请",
])  # fmt: skip
def test_other_questions_are_not_explained_away(text: str) -> None:
    assert not means(text)


def test_our_own_place_in_general_is_asked_back(line, conversation: Conversation) -> None:
    assert "哪" in line("我想问问我们这儿的政策") or "您想问" in conversation.last_replies[0]["say"]


@pytest.mark.parametrize("text", ["去哪投诉", "到哪里告状", "投诉找谁", "怎么反映问题", "投诉打什么电话"])
def test_where_to_complain_is_told(session: Session, conversation: Conversation, text: str) -> None:
    heard = "".join(reply.say for reply in complaint_task.take(session, conversation, said(text, "complain")).replies)
    assert "一二三四五" in heard


def test_a_complaint_itself_is_only_heard(session: Session, conversation: Conversation) -> None:
    heard = "".join(reply.say for reply in complaint_task.take(session, conversation, said("我要投诉", "complain")).replies)
    assert "一二三四五" not in heard


@pytest.mark.parametrize(
    "text, heard_as",
    [("是不是满八十就有", "affirm"), ("那好不好办", "rate"), ("去年是不是涨了", "out_of_scope"), ("那是不是人人都有", "service_query"), ("看的时候干些啥", "help"), ("是不是满八十九有", "inform")],
)
def test_a_question_where_a_call_back_was_offered_is_neither_a_yes_nor_a_rating(line, text: str, heard_as: str) -> None:
    line("湖南九十岁高龄津贴多少钱一个月", place={"region": "hunan", "name": "湖南"})
    heard = line(text, heard_as, 0.4)
    assert "没有" in heard and "回电话" in heard and "哪个号码" not in heard


@pytest.mark.parametrize("text", ["没建的咋整", "坏了要不要赔"])
def test_what_the_document_does_not_say_besides_is_told_of_that_document(line, text: str) -> None:
    line("长春新小区要给老人建房子不", place={"region": "changchun", "name": "长春"})
    assert "长春" in line(text, "out_of_scope", 0.7)


def test_the_second_thing_that_is_not_written_is_told_in_other_words(line) -> None:
    line("长春新小区要给老人建房子不", place={"region": "changchun", "name": "长春"})
    assert line("没建的咋整", "out_of_scope", 0.7) != line("要不要赔钱", "out_of_scope", 0.7)


@pytest.mark.parametrize("text, heard_as, sure", [("你们有什么服务", "service_query", 0.9), ("好的", "affirm", 0.9), ("是不是", "affirm", 0.9), ("今天天气好不好", "out_of_scope", 0.89)])
def test_the_service_list_and_a_sure_yes_are_not_taken_for_the_policy(
    conversation: Conversation, line, text: str, heard_as: str, sure: float
) -> None:
    line("湖南九十岁高龄津贴多少钱一个月", place={"region": "hunan", "name": "湖南"})
    turn = said(text, heard_as)
    object.__setattr__(turn, "confidence", sure)
    assert routing.claimed_by(conversation, turn) != routing.POLICY


def test_a_question_instead_of_the_place_joins_the_one_that_waits(session: Session, conversation: Conversation) -> None:
    task = policy.region_task
    task.take(session, conversation, said("高龄津贴怎么领", "policy_ask"))
    for number, more in enumerate(("八十几能领", "一个月好多钱"), 1):
        turn = said(more, "eligibility_ask")
        object.__setattr__(turn, "message_id", f"more-{number}")
        assert task.take(session, conversation, turn).state == "asking_region"
    turn = said("长沙", "inform", place={"region": "hunan", "name": "长沙"})
    object.__setattr__(turn, "message_id", "place")
    told = task.take(session, conversation, turn)
    assert told.finished and "高龄津贴" in told.replies[0].say and "多少钱" in told.replies[0].say


def test_where_to_complain_is_told_where_the_document_is_silent(line) -> None:
    heard = line("南昌对养老院不满意打哪个电话投诉")
    assert "没有写" in heard and "一二三四五" in heard and "投诉和监督的内容" not in heard


def test_a_province_beside_another_stands_for_what_we_have_of_it(line) -> None:
    heard = line("吉林和湖南哪个探访次数多", "policy_compare")
    assert "长春" in heard and "湖南" in heard


@pytest.mark.parametrize("text", ["东莞养老院评星有冇钱", "东莞评上星级的养老院给不给补贴"])
def test_what_stars_bring_goes_to_the_home(line, text: str) -> None:
    assert "给养老机构的" in line(text)


def test_the_place_is_never_asked_three_times_in_the_same_words(session: Session, conversation: Conversation) -> None:
    heard = []
    for text in ["日间照料一天多少钱", "包不包吃", "可以托管几天"]:
        policy.region_task.take(session, conversation, said(text, "policy_ask"))
        heard.append(policy.region_task.ask(session, conversation, resumed=False).replies[0].say)
    assert len(set(heard)) == len(heard)


def test_a_word_that_was_explained_is_what_is_asked_about_next(line, conversation: Conversation) -> None:
    line("长护险是啥")
    conversation.region = "changchun"
    assert "长护险" in line("要啥条件")


@pytest.mark.parametrize(
    "text, intent, sure, told",
    [("要不要体检", "medical_advice", 0.79, "没有找到"), ("要几天", "ask_time", 0.5, "没有找到"), ("不用钱吧", "deny", 0.98, "有偿托养")],
)
def test_what_is_needed_for_it_how_many_days_and_that_it_is_free_are_questions(
    line, text: str, intent: str, sure: float, told: str
) -> None:
    line("长春怎么申请养老院", place={"region": "changchun", "name": "长春"})
    heard = line(text, intent, sure, **({"service": "medical"} if "体检" in text else {}))
    assert told in heard and "喘息" not in heard


@pytest.mark.parametrize("text", ["不用钱吧", "咋装"])
def test_what_is_known_not_to_be_written_is_named(line, text: str) -> None:
    line("东莞平安铃是啥", place={"region": "dongguan", "name": "东莞"})
    assert "没写给谁装、怎么装、收多少钱" in line(text, "deny" if "钱" in text else "service_query", 0.7)


def _told_something_else(conversation: Conversation, **reply: object) -> None:
    conversation.last_replies = [{"say": "不客气。", "choices": [], "card": None, **reply}]
    policy.keep(conversation)


def test_a_short_question_is_still_about_the_policy_after_thanks(conversation: Conversation, line) -> None:
    line("长春怎么申请养老院", place={"region": "changchun", "name": "长春"})
    _told_something_else(conversation)
    assert "没有找到" in line("发证不", "service_query", 0.8)


def test_what_was_begun_since_or_is_long_ago_ends_it(conversation: Conversation, line) -> None:
    line("长春怎么申请养老院", place={"region": "changchun", "name": "长春"})
    kept = dict(conversation.memory)
    _told_something_else(conversation, card={"kind": "order"})
    assert routing.claimed_by(conversation, said("发证不", "service_query")) != routing.POLICY
    conversation.memory = kept
    for _ in range(3):
        _told_something_else(conversation)
    assert routing.claimed_by(conversation, said("发证不", "service_query")) != routing.POLICY


def test_who_wants_to_help_others_is_told_of_volunteering(conversation: Conversation, line) -> None:
    line("杨凌时间银行是啥", place={"region": "yangling", "name": "杨凌"})
    turn = said("六十五能去当志愿者不", "eligibility_ask", topic="volunteer", service="visit")
    assert routing.claimed_by(conversation, turn, routing.ELIGIBILITY) == routing.POLICY
