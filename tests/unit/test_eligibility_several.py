"""Two benefits in one breath, facts put right, people only told of: nothing that was said is lost."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import routing
from care.conversation.model import Conversation
from care.eligibility import claims, concerns, hearing, named, whom
from tests.conftest import said
from tests.unit.test_eligibility_dialogue import talk, words


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("残疾补贴她能领不，公办养老院能不能优先", ["disability_allowance", "waitlist"]),
        ("装扶手和送饭都能申请吗", ["home_adaptation", "meals"]),
        ("装扶手、家庭医生能申请吗", ["home_adaptation", "family_doctor"]),
        ("做过能力评估，能领护理补贴吗", ["allowance"]),
        ("评估做了能领护理补贴吗", ["allowance"]),
    ],
)
def test_what_is_asked_for_is_heard_in_order(text: str, asked: list[str]) -> None:
    assert named.benefits_asked(said(text)) == asked


def test_the_second_benefit_follows_the_first(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "东莞，我爸八十一，低保，二级残疾，残疾补贴能领吗，有人定期上门看他不")
    heard = words(done)
    assert done.finished and heard.startswith("先看残疾人两项补贴")
    assert heard.index("二百九十块") < heard.index("再看您问的上门探访") < heard.index("每个月至少一次")
    assert [choice.title for reply in done.replies for choice in reply.choices] == ["帮我登记", "先不用"]


def test_the_second_is_asked_about_after_the_first_is_told(session: Session, conversation: Conversation) -> None:
    asked = talk(session, conversation, "湖南，我妈一级残疾，低保，残疾补贴能领吗，公办养老院能不能优先")
    assert asked.state == "asking_ability" and "一百一十块" in words(asked) and "再看您问的公办养老院" in words(asked)
    assert "养老院" in words(talk(session, conversation, "走不动，要人扶"))


def test_not_this_but_that_puts_a_verdict_right(session: Session, conversation: Conversation) -> None:
    assert "不在" in words(talk(session, conversation, "东莞，我妈八十三，低保边缘，家里能改造不"))
    conversation.remember(handled=conversation.recall("eligibility")["message"])
    mended = talk(session, conversation, "不对，不是低保边缘，是特困")
    assert "可以去申请" in words(mended)


def test_no_group_in_cantonese_is_a_no() -> None:
    assert hearing.facts(said("我屋企唔系困难户"))["income"] == "normal"


def test_who_has_no_children_is_not_left_behind(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "杨凌，五保户，社区会不会定期上门看望", "没有儿女")
    assert done.finished and done.state == "answered"


def test_an_old_person_at_home_is_spoken_of_as_such() -> None:
    assert whom.relation(said("家里有个动不得的老人，能改厕所吗")) == "client"
    assert whom.relation(said("有没有人来看老人")) is None


def test_a_soldier_who_fell_counts(session: Session, conversation: Conversation) -> None:
    assert hearing.facts(said("我老公是因公牺牲的军人"))["martyr_family"] is True


@pytest.mark.parametrize(
    "text",
    ["我六十九了身体好，家里改造有我的份没", "我们老两口有退休金，上门打扫能少收点不", "我爸是低保，公办养老院优先吗"],
)
def test_a_share_less_to_pay_and_priority_are_asked_for_somebody(text: str) -> None:
    assert concerns(said(text, "service_query", service="cleaning" if "打扫" in text else []))


@pytest.mark.parametrize(
    ("asked", "answer", "fact", "value"),
    [
        ("hukou", "就在本地", "hukou", "local"),
        ("hukou", "在老家呢", "hukou", "other"),
        ("living", "跟儿子", "living", ["with_family"]),
        ("living", "就一个人", "living", ["alone"]),
        ("living", "两口子", "living", ["empty_nest"]),
        ("insured", "厂里交的", "ltc_insured", True),
        ("insured", "没有医保", "ltc_insured", False),
        ("ability", "基本都能", "ability", "intact"),
        ("ability", "不大行了", "ability", "disabled_unspecified"),
        ("left_behind", "都在外省", "left_behind", True),
        ("left_behind", "在跟前", "left_behind", False),
        ("income", "还过得去", "income", "normal"),
        ("income", "挺困难的", "income", "poor_unspecified"),
        ("grade", "还没去弄", "ability", "unknown"),
        ("disability", "没办过", "disability", "none"),
        ("special", "儿子在部队牺牲了", "martyr_family", True),
    ],
)
def test_a_short_answer_means_what_was_asked(asked: str, answer: str, fact: str, value: object) -> None:
    assert hearing.facts(said(answer), asked).get(fact) == value


def test_the_same_words_mean_nothing_when_nothing_was_asked() -> None:
    assert hearing.facts(said("跟儿子")) == {} and hearing.facts(said("厂里交的是什么意思"), "insured") == {}


def test_where_somebody_is_registered_is_not_where_they_live(session: Session, conversation: Conversation) -> None:
    asked = talk(session, conversation, "南昌，我妈一级残疾，低保，残疾补贴能领吗")
    assert asked.state == "asking_hukou"
    done = talk(session, conversation, "在长春")
    assert conversation.region == "nanchang" and "不在" in words(done)


@pytest.mark.parametrize(
    ("text", "income"), [("她是特困，不是低保", "tekun"), ("不是特困，是低保", "dibao"), ("吃低保不够花", "dibao")]
)
def test_what_somebody_is_counts_whatever_they_are_not(text: str, income: str) -> None:
    assert hearing.facts(said(text))["income"] == income


def test_naming_the_insurance_is_not_being_insured(session: Session, conversation: Conversation) -> None:
    assert talk(session, conversation, "湖南，我爸评了重度，长护险有他的份吗").state == "asking_insured"


def test_a_place_named_with_a_benefit_of_the_whole_country_serves_the_next(
    session: Session, conversation: Conversation
) -> None:
    done = talk(session, conversation, "东莞，我妈特困，评了重度失能，消费券和装扶手都能申请吗")
    assert done.finished and "八百块" in words(done) and "慈善资金" in words(done)


def test_a_child_is_spoken_of_as_one() -> None:
    assert whom.who(whom.relation(said("我崽精神残疾一级"))) == "您孩子"


def test_two_verdicts_from_one_document_are_told_in_few_sentences(session: Session, conversation: Conversation) -> None:
    heard = words(talk(session, conversation, "东莞，我爸特困，八十一，一个人住，能安排改造吗，有人定期上门看他不"))
    assert heard.startswith("先看适老化改造") and "再看您问的上门探访" in heard
    assert heard.count("三年行动计划写的") == heard.count("要向社区或者镇街核实") == heard.count("最后批不批") == 1
    assert heard.count("。") <= 6


def test_a_yes_is_not_lost_when_the_second_is_a_no(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "东莞，我爸八十一，低保，一个人住，有人定期上门看他不，能安排改造吗")
    assert "还不在适老化改造" in words(done)
    assert done.replies[-1].choices[0].value == "我要约上门探访"


def test_what_there_is_at_all_is_looked_up_for_the_person(session: Session, conversation: Conversation) -> None:
    assert talk(session, conversation, "我妈能享受哪些补贴").state == "asking_region"
    assert talk(session, conversation, "她在南昌").state == "asking_hardship"
    which = talk(session, conversation, "低保，八十八")
    assert which.state == "asking_benefit" and "上门探访、适老化改造" in words(which)
    assert "送审稿" in words(talk(session, conversation, "适老化改造"))


def test_where_only_one_thing_fits_it_is_told_at_once(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "我能享受啥政策，我七十六，独居，低保，东莞")
    assert done.finished and "每个月至少一次" in words(done)


def test_where_nothing_fits_that_is_said(session: Session, conversation: Conversation) -> None:
    assert talk(session, conversation, "我今年七十，长春的，都能享受些啥").state == "asking_hardship"
    assert "一样也没对上" in words(talk(session, conversation, "都没有"))


def test_who_and_where_name_no_benefit() -> None:
    assert named.likely_benefit(said("她在南昌")) is None
    assert not named.asks_for_all(said("养老服务补贴我能领哪些钱"))


def test_the_allowances_of_the_disabled_are_meant_where_somebody_is_one() -> None:
    assert named.benefit(said("我残疾二级，能拿哪个补贴", topic="allowance")) == "disability_allowance"
    assert named.benefit(said("想让政府补贴装个智能马桶", topic="allowance")) == "home_adaptation"


def test_who_asks_whether_somebody_comes_is_not_only_lonely(conversation: Conversation) -> None:
    place = {"region": "nanchang", "name": "南昌县", "level": "district"}
    asks = said("南昌县，我一个人过，走不得路，有没有人每个月来看我", "lonely", place=place)
    assert claims(conversation, asks)
    assert not claims(conversation, said("我一个人好闷，没有人来看我", "lonely"))


def test_what_would_decide_is_named_as_it_is_asked(session: Session, conversation: Conversation) -> None:
    done = talk(session, conversation, "我妈瘫了，养老消费补贴能申请吗", "没做过评估")
    assert "要看评的是几级" in words(done)


def test_all_there_is_names_no_single_benefit() -> None:
    assert named.likely_benefit(said("我在成都，能享受东莞的政策吗")) is None


def test_rural_insurance_is_not_the_employees(session: Session, conversation: Conversation) -> None:
    assert hearing.facts(said("我在常德，合作医疗，瘫在床上"))["ltc_insured"] is False


@pytest.mark.parametrize("text", ["长春我妈自己能动，我去学护理有补贴没有", "湖南我照顾失能的爹，参加培训给补贴吗"])
def test_ones_own_case_is_no_general_question(conversation: Conversation, text: str) -> None:
    assert claims(conversation, said(text, "policy_ask"))


def test_the_pension_in_passing_is_not_what_is_asked(conversation: Conversation) -> None:
    text = "我九十三了，杨凌的，退休金够花，身体也行，给不给免费改家里"
    assert routing.claimed_by(conversation, said(text, "eligibility_ask"), "eligibility") == ""
    assert named.benefit(said(text)) == "home_adaptation"


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("一级残疾，长沙户口，不低保", "income", "normal"),
        ("户口在江西南昌，残疾一级低保", "hukou", "local"),
        ("我爸是老兵没人养", "childless", True),
    ],
)
def test_more_ways_to_tell_the_facts(text: str, fact: str, value: object) -> None:
    assert hearing.facts(said(text))[fact] == value


@pytest.mark.parametrize("text", ["一个月有没有人上门望她", "社区会不会安排人定期上门"])
def test_visits_are_asked_for_in_many_words(text: str) -> None:
    assert named.benefit(said(text)) == "visits"
