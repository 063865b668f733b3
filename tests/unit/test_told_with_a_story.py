"""Questions told with a story: whose case it is, what is told of others, and what only a document lays down."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import booking
from care.conversation.model import Conversation
from care.eligibility import concerns, hearing, whom
from care.policy.asked import understand
from care.policy.decide import decide
from care.policy.only_papers import asks_laid_down
from care.policy.paper import asks_paper
from care.turn import Entity, Turn
from tests.conftest import said
from tests.unit.test_eligibility_dialogue import talk, words


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("我姑妈在邵东，八十，一个人", "aunt_uncle"),
        ("我舅公是五保户", "aunt_uncle"),
        ("我二大爷瘫了", "aunt_uncle"),
        ("我老公公八十六", "father_in_law"),
        ("我婆婆八十三", "mother_in_law"),
        ("我妈八十，我姑姑帮着照看", "mother"),
        ("楼上陈爷爷八十五，低保", "neighbour"),
        ("邻居的老大妈孤寡一个", "neighbour"),
        ("我爹前年没了，我娘七十九", "mother"),
        ("爷爷走了四年，奶奶八十一", "grandmother"),
        ("我外公去世了，外婆一个人过", "grandmother"),
        ("我侄子智力残疾二级", "junior"),
        ("我堂哥一级肢残", "sibling"),
    ],
)
def test_names_of_kin_inside_other_names_do_not_count(text: str, person: str) -> None:
    assert whom.relation(said(text)) == person


def test_kin_only_mentioned_are_not_the_one_asked_for() -> None:
    text = "我妈八十四了，低保，我兄弟在西安有房有车，能给她装扶手不"
    heard = (Entity("relation", "mother", "我妈"), Entity("relation", "sibling", "兄弟"))
    assert whom.relation(Turn("c", text, "policy_ask", 0.5, heard)) == "mother"


@pytest.mark.parametrize(
    ("text", "person", "facts"),
    [
        ("我爸七十四，退休教师，楼上王大爷是低保，他家也给改了", "father", {"age": 74, "income": "normal"}),
        ("我妈七十九，隔壁李奶奶九十二瘫了", "mother", {"age": 79}),
        ("我爸八十四失能，我妈七十九身体好", "father", {"age": 84, "ability": "disabled_unspecified"}),
        ("我妈八十，跟我哥住，人家说是低保就行", "mother", {"age": 80, "living": ["with_family"]}),
    ],
)
def test_what_is_told_of_others_is_not_told_of_the_person(text: str, person: str, facts: dict) -> None:
    heard = hearing.facts(Turn("c", text, "inform"), "", person)
    assert {name: heard.get(name) for name in facts} == facts
    assert heard.get("income") != "dibao" or person == "mother"


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("她一个崽前年没了", "lost_child", True),
        ("唯一的闺女去世了", "lost_child", True),
        ("七十岁，一个人", "living", ["alone"]),
        ("就剩我一个守着院子", "living", ["alone"]),
        ("九十三，轮椅，我照顾", "ability", "disabled_unspecified"),
        ("老妈行走不便", "ability", "disabled_unspecified"),
        ("日子过得紧，屋里困难", "income", "poor_unspecified"),
        ("想住养老院", "living", None),
        ("奶奶一个人在汨罗，七十七", "living", ["alone"]),
        ("三级视残，吃低保", "disability", "level3"),
        ("胳膊早就截了一只", "disability", "unspecified"),
        ("失能护理补贴我妈能不能领", "ability", None),
        ("想领失能老人消费券，我身体硬朗", "ability", "intact"),
    ],
)
def test_plain_words_tell_the_facts(text: str, fact: str, value: object) -> None:
    assert hearing.facts(Turn("c", text, "inform")).get(fact) == value


@pytest.mark.parametrize("text", ["没有啥困难", "没什么困难", "冇问题", "没啥特别的情况", "都没有", "没得这些"])
def test_a_no_with_the_thing_itself_is_a_no(text: str) -> None:
    assert hearing.bare_answer(Turn("c", text, "inform")) == "no"


@pytest.mark.parametrize(
    "text",
    [
        "长安镇我外婆五保户，九十，屋企可唔可以改装",
        "我爸评了中度，长春的，消费券能领多少",
        "我舅公低保，长者饭堂吃饭政府包不包",
        "长春特困户，想住公家院，有没有我的床位",
        "七十岁低保一个人，刚搬来杨凌，有没有免费服务",
        "我老爹瘫了，长沙，在家放个床有得补啵",
        "我二大爷残疾二级，低保，残疾那两样补贴他有没有",
        "我奶七十，屋里困难，让大夫签个约行不行",
        "我妈八十五，独居，低保，够不够改造",
    ],
)
def test_a_person_told_of_makes_it_their_own_case(text: str) -> None:
    assert concerns(Turn("c", text, "inform", 0.5))


@pytest.mark.parametrize(
    "text", ["八十岁以上低保老人改造归谁管", "我妈九十一，中过风，扶手哪一年装完", "我爹腿断了，哪样人能租拐杖"]
)
def test_a_rule_asked_for_is_nobodys_case(text: str) -> None:
    assert not concerns(Turn("c", text, "policy_ask", 0.5))


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("老伴走了三年，娃在外头，就我守着院子，公家这多长时间来看一回", "yangling"),
        ("我妈九十一了，中过风，给这样的老人装扶手，原来定的哪一年弄完", "yangling"),
        ("我阿婆自己住，腿脚不好，上门探访几耐一次", "dongguan"),
        ("我爸瘫了，护理的保险先给哪些人上", "hunan"),
        ("我家不穷，想给屋里换个马桶，公家有冇说法", "nanchang"),
        ("我娘腿断了，要拐杖，哪样的人能租轮椅", "hunan"),
        ("我娘腿不好，八十五了，屋里安扶手是不是二二年底就该装好", "yangling"),
        ("我公公一个人，腿不好，照文件上写的好久来看他一趟", "nanchang"),
    ],
)
def test_what_is_laid_down_is_asked_of_the_document(text: str, region: str) -> None:
    assert asks_laid_down(Turn("c", text, "book", 0.6), understand(text), region)


@pytest.mark.parametrize(
    "text", ["我爸想洗澡，明天下午能不能来", "帮我妈约个上门探访，多久来一次都行", "订的饭什么时候送到"]
)
def test_an_order_is_no_question_to_a_document(text: str) -> None:
    assert not asks_laid_down(Turn("c", text, "book", 0.9, (Entity("time", {}, "明天"),)), understand(text), "yangling")


@pytest.mark.parametrize(
    ("text", "region", "record"),
    [
        ("办试点那年公家拿出来多少钱", "yangling", "YL-064"),
        ("老年大学多少个乡镇要有", "nanchang", "NC-024"),
        ("老年大学几成村子要办", "nanchang", "NC-025"),
        ("平安铃除了求救还能叫别的服务吗", "dongguan", "DG-047"),
        ("床位费能不能用护理险报", "changchun", "CC-028"),
        ("瘫在床上的护理保险管不管", "changchun", "CC-023"),
        ("助餐有啥说法", "changchun", "CC-062"),
        ("不是低保想改造家里怎么办", "changchun", "CC-069"),
        ("长者饭堂是不是统统免费", "dongguan", "DG-009"),
    ],
)
def test_the_record_is_found(text: str, region: str, record: str) -> None:
    found = decide(understand(text), region)
    assert found.record is not None and found.record.id == record


def test_when_something_was_heard_orders_nothing() -> None:
    heard = (Entity("time", {"date": "2026-11-23", "past": True}, "前儿个"),)
    told = "前儿个听说，娃不在家的老人，上门探访多久一次"
    assert asks_laid_down(Turn("c", told, "book", 0.6, heard), understand(told), "yangling")


def test_a_paper_called_by_its_kind_is_not_what_is_asked() -> None:
    asked = understand("送审稿里家里改造补多少钱")
    assert not asks_paper(asked) and decide(asked, "nanchang").lacking == ("amount",)
    assert asks_paper(understand("试点都过去几年了，眼下还作数吗")) and asks_paper(
        understand("这是送审稿还是正式的文件")
    )


def test_how_often_is_not_answered_with_how() -> None:
    finding = decide(understand("多长时间巡访一回"), "changchun")
    assert finding.found == "partly" and finding.lacking == ("how_often",)


def test_what_the_insurance_pays_is_not_known() -> None:
    finding = decide(understand("长期护理险报销多少"), "changchun")
    assert finding.gap is not None and finding.gap.id == "X-B-18"


@pytest.mark.parametrize(
    "yes", ["那就给她报上吧", "帮我登记啦", "要得，给他办上", "行啊你帮她登记吧", "中，替我妈报个名吧", "登记"]
)
def test_an_application_after_a_verdict_is_wanted_in_many_words(yes: str) -> None:
    assert booking.wants_it(Turn("c", yes, "my_info"))


def test_a_certificate_that_is_there_is_not_applied_for_again(session: Session, conversation: Conversation) -> None:
    told = words(talk(session, conversation, "东莞，我爸八十一，二级残疾，残疾护理补贴能领吗", "都不是"))
    assert "登记" not in told and "回个电话" in told


def test_what_comes_before_a_subsidy_is_called_by_its_name(session: Session, conversation: Conversation) -> None:
    told = talk(session, conversation, "东莞，我爸八十一，瘫了，失能护理补贴能领吗")
    assert "能先帮您登记能力评估" in words(told)
