"""Several questions in one breath, follow-ups that the bot took for something else, and questions that only a document answers."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import policy, regions, routing
from care.conversation.model import Conversation
from care.eligibility import concerns
from care.policy.asked import understand
from care.policy.decide import decide
from care.policy.matters import matters
from care.policy.where import without
from care.turn import Turn
from tests.conftest import said
from tests.unit.test_policy_asked import Line, likely, words


@pytest.fixture
def line(session: Session, conversation: Conversation) -> Line:
    """A caller in a new conversation."""
    return Line(session, conversation)


def test_two_matters_are_told_apart_and_situations_stay_with_their_question() -> None:
    assert len(matters("长护险归谁管，我妈八十了，评残能不能上门")) == 2
    assert matters("长护险归谁管，我妈八十了，评残能不能上门")[1].startswith("我妈八十了")


@pytest.mark.parametrize(
    "text", ["多久探访一次，是上门还是打电话", "食堂收不收钱，多少钱一份", "护理员培训几次，归哪个部门管"]
)
def test_one_matter_stays_one_question(text: str) -> None:
    assert matters(text) == [text]


def test_both_questions_are_answered_each_with_its_source(line: Line) -> None:
    outcome = line("东莞护理型床位占几成，敬老优待卡多大年纪能办")
    assert len(outcome.replies) == 2 and "百分之五十" in words(outcome) and "没写多大年纪" in words(outcome)
    assert outcome.state == "answered"


def test_a_sum_that_is_not_written_is_said_to_be_lacking(line: Line) -> None:
    heard = words(line("杨凌家里放个护理床补多少"))
    assert "适当补助" in heard and ("多少钱没写" in heard or "没写多少钱" in heard)


def test_two_places_are_compared_by_the_money_when_that_is_asked(line: Line) -> None:
    assert words(line("长春和南昌的残疾人补贴哪个高", "policy_compare")).count("每人每月") >= 4


@pytest.mark.parametrize(
    ("region", "text", "record"),
    [
        ("dongguan", "重残的护理补贴一个月给多少", "X-B-01"),
        ("changchun", "痴呆老人的照护床要建几张", "CC-054"),
        ("nanchang", "颐养之家是哪家在办", "NC-066"),
        ("hunan", "省里有没有说要派人去看他", "HN-030"),
        ("hunan", "低保户家里蹲坑想换坐便，省里管不管", "HN-015"),
        ("dongguan", "瘫了的老人护士上不上门", "DG-041"),
    ],
)
def test_the_right_record_is_found(region: str, text: str, record: str) -> None:
    found = decide(understand(text), region).record
    assert found is not None and found.id == record


def test_whose_the_money_is_can_be_asked_again(line: Line) -> None:
    line("南昌养老院收一个中度失能的补多少")
    assert "不是发给老人的" in words(line("那这钱老人能到手吗"))


def test_another_place_and_an_office_are_asked_for_in_few_words(line: Line, conversation: Conversation) -> None:
    line("东莞长者饭堂要钱吗")
    assert policy.claims(conversation, likely("深圳呢", "inform", 0.9, place={"region": "", "name": "深圳"}))
    assert policy.claims(conversation, likely("这归哪个局管", "out_of_scope", 0.4))
    assert not policy.claims(conversation, likely("你是哪个单位的人", "who_are_you", 0.9))
    assert policy.claims(conversation, likely("这笔钱给我个人吗", "eligibility_ask", 0.6))


@pytest.mark.parametrize(
    "turn",
    [
        likely("杨凌，我爸八十四了，屋里改造归哪个局管", "book", 0.4, service="home_adaptation"),
        likely("长沙家里改造一户给几千块", "book", 0.5, service="home_adaptation"),
        likely("南昌特困老人住公办养老院收不收钱", "book", 0.5, service="waitlist"),
        likely("南昌我妈中度失能，住养老院每月能领三百吧", "eligibility_ask", 0.6, service="waitlist"),
        likely("湖南入职补贴我们家老人能领吗", "eligibility_ask", 0.5),
        likely("长春这份稿子我有意见，打什么电话", "callback", 0.3),
    ],
    ids=lambda turn: turn.text,
)
def test_what_only_a_document_answers_is_no_order(conversation: Conversation, turn: Turn) -> None:
    assert policy.claims(conversation, turn)


def test_a_sum_paid_to_homes_is_put_right_though_somebody_tells_their_own_case(conversation: Conversation) -> None:
    turn = likely("南昌我妈中度失能，住养老院每月能领三百吧", "eligibility_ask", 0.6, service="waitlist")
    assert not concerns(turn) and routing.claimed_by(conversation, turn, "eligibility") == "policy"


@pytest.mark.parametrize(
    "turn",
    [
        said("东莞长者饭堂几点开门", "service_query", service="canteen"),
        said("杨凌帮我妈申请改造，归社区办吧", "book", service="home_adaptation"),
        likely("长春给我回个电话", "callback", 0.9),
    ],
    ids=lambda turn: turn.text,
)
def test_hours_and_orders_stay_where_they_are(conversation: Conversation, turn: Turn) -> None:
    assert not policy.claims(conversation, turn)


def test_a_complaint_is_offered_only_to_somebody_who_complains(line: Line) -> None:
    assert "投诉" not in line("杨凌办养老院要不要许可证").replies[0].say


def test_a_thing_only_mentioned_is_not_said_to_be_missing(line: Line) -> None:
    heard = words(line("湖南送饭一顿补几块"))
    assert "吃饭送餐" in heard and "没写多少钱" in heard and "没有找到" not in heard


def test_another_place_may_be_asked_for_as_the_same(line: Line) -> None:
    line("湖南公办养老院谁优先")
    assert "长春的" in words(line("长春也是这样吗"))


def test_money_paid_to_homes_is_told_for_every_grade_when_none_is_named(line: Line) -> None:
    heard = words(line("南昌养老院给补多少"))
    assert all(sum_ in heard for sum_ in ("两百元", "三百元", "四百元", "不是发给老人的"))


def test_words_that_narrow_a_question_come_along_with_the_place(line: Line) -> None:
    line("养老院一个护理员管几个老人")
    assert "一比五" in words(line("南昌公办的", "inform"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("长春公办养老院空床给谁住", "公办养老院空床给谁住"),
        ("长春巡访的都是哪些人", "巡访的都是哪些人"),
        ("我是南昌的，三百块给谁", "三百块给谁"),
        ("探访多久一次，我家在东莞", "探访多久一次"),
        ("我们住东莞的，多久探访一次", "多久探访一次"),
    ],
)
def test_a_place_goes_with_its_own_words_only(text: str, left: str) -> None:
    assert without(text, regions.find(text)) == left


def test_all_places_at_once_are_too_many_for_the_ear(line: Line) -> None:
    assert "先挑两个" in words(line("五个地方的探访有什么不同"))
    assert "半个月" in (told := words(line("杨凌和东莞"))) and "每个月" in told


def test_a_sum_of_another_year_is_not_passed_off_as_that_years(line: Line) -> None:
    line("东莞重残护理补贴今年多少")
    assert "没有二〇二五年的数" in words(line("那去年呢"))
    assert "没有二〇" not in words(line("东莞重残护理补贴二零二六年多少"))


def test_somebody_named_by_a_sum_hears_of_that_sum(line: Line) -> None:
    told = line("我是南昌的，我妈半瘫，那个每月三百块钱是发给我妈的吧").replies[0].say
    assert "三百" in told and "两百" not in told and "不是发给老人的" in told


def test_when_somebody_comes_means_how_often() -> None:
    assert understand("孤寡老人几时有人上门看看").aspects[:1] == ("how_often",)
    assert "amount" not in understand("给90岁的老人改房子啥时候改完").aspects


def test_a_strange_name_is_what_is_missing_not_its_topic(line: Line) -> None:
    assert "没有找到颐养之家" in words(line("颐养之家我们杨凌有没有"))


@pytest.mark.parametrize(
    "turn",
    [
        likely("我想在南昌办个食堂，有扶持没有", "book", 0.6, service="canteen"),
        likely("安义乡下支部办的给老人吃饭的地方叫什哩名字", "book", 0.5, service="meal"),
        likely("虎门阿婆一个月有人嚟睇几多次", "book", 0.6, service="visit"),
        likely("杨凌娃们都打工，公家多长时间来看我一回", "eligibility_ask", 0.6),
        likely("长春家里摆的床位是先试着搞，还是都有了", "book", 0.6, service="aids_rental"),
        likely("失能评级多少分算重度", "service_query", 0.6, service="ability_assessment"),
        likely("12349能打通吗", "service_query", 0.6),
        likely("东莞小的敬老院会不会关掉", "privacy", 0.9),
        likely("光荣院我们长春什么人能住", "eligibility_ask", 0.5, service="waitlist"),
        likely("湖南上门打针换药有没有人来", "service_query", 0.52, ("policy_ask", 0.26), service="home_nursing"),
        likely("我们东莞物业能给老人送饭吗", "service_query", 0.5, ("policy_ask", 0.4), service="meal"),
    ],
    ids=lambda turn: turn.text,
)
def test_more_that_only_a_document_answers(conversation: Conversation, turn: Turn) -> None:
    assert policy.claims(conversation, turn)


@pytest.mark.parametrize(
    "text", ["娃在外地，能在网上给我下单吗，南昌", "我妈走了，丧葬费有没有得领", "湖南不在户口所在地能享受服务吗"]
)
def test_where_no_benefit_is_named_the_papers_answer(conversation: Conversation, text: str) -> None:
    assert routing.claimed_by(conversation, said(text, "eligibility_ask"), "eligibility") == "policy"


def test_a_benefit_named_stays_with_the_check(conversation: Conversation) -> None:
    for text in ("我妈瘫了，在长春，家庭床位能申请吗", "我能享受哪些补贴，我在东莞"):
        assert routing.claimed_by(conversation, said(text, "eligibility_ask"), "eligibility") == ""


def test_one_more_detail_is_asked_of_the_policy_just_told(line: Line, conversation: Conversation) -> None:
    line("长护险长沙有没有")
    sum_asked = said("我妈重度失能能报多少", "eligibility_ask")
    assert routing.claimed_by(conversation, sum_asked, "eligibility") == "policy"
    line("东莞长者饭堂")
    follow = likely("那我不是困难户要不要钱", "correct", 0.26)
    assert policy.claims(conversation, follow) and "自己付钱" in words(line(follow.text, "correct"))


def test_both_places_of_a_comparison_are_asked_on(line: Line) -> None:
    line("长春跟杨凌家里改造都给谁改")
    assert "长春" in (told := words(line("哪个有年龄要求"))) and "九十岁" in told


def test_a_paper_is_asked_about_whatever_the_bot_hears(line: Line) -> None:
    assert "还没有正式印发" in words(line("这个南昌的文件是不是已经作数了", "policy_source"))
    assert "一二三九三" in words(line("医保的事打什么电话"))


def test_what_is_being_booked_is_what_an_office_is_asked_for(line: Line, conversation: Conversation) -> None:
    conversation.region, conversation.task = "yangling", "booking"
    conversation.keep_draft("booking", {"service": "home_adaptation"})
    assert "由民政局负责" in words(line("哪个部门管"))


def test_two_of_something_is_said_as_people_say_it(line: Line) -> None:
    assert "培训两次" in line("杨凌护理员一年培训几回").replies[0].say


def test_an_illness_told_of_somebody_hides_no_answer(line: Line) -> None:
    assert "低收费" in words(line("南昌，我爸老年痴呆，公办院收的话要不要出钱"))
    assert line("东莞失智老人养老院有专区吗").state == "unknown"


@pytest.mark.parametrize(
    ("text", "said_of"),
    [("六十分是哪个等级", "四十六到六十五分"), ("全国现在有没有失能老人的补贴", "八百元")],
)
def test_what_holds_everywhere_asks_for_no_place(line: Line, text: str, said_of: str) -> None:
    outcome = line(text)
    assert outcome.state == "answered" and said_of in words(outcome)


def test_small_questions_after_a_policy_are_about_it(line: Line, conversation: Conversation) -> None:
    line("长春残疾人补贴多少")
    assert policy.claims(conversation, likely("一级二级有区别吗", "service_query", 0.2))
    line("南昌探访几天一次")
    assert policy.claims(conversation, likely("是打电话吗", "who_are_you", 0.36))


def test_how_many_an_attendant_minds_is_no_comparison(line: Line) -> None:
    assert line("长春养老院护工配比").state == "unknown"
    assert "一比五" in (told := words(line("那南昌呢"))) and "长春" not in told


@pytest.mark.parametrize("asked", ["那能给多少钱", "具体给好多钱", "能领几多钱"])
def test_how_much_is_given_after_a_check_is_asked_of_the_documents(
    session: Session, conversation: Conversation, asked: str
) -> None:
    conversation.region = "yangling"
    verdict = {
        "say": "可以申请。",
        "card": {"kind": "eligibility", "benefit": "home_adaptation", "region": "yangling", "records": []},
    }
    conversation.last_replies = [verdict, {"say": "要我帮您登记吗？"}]
    policy.speak_of(conversation, "YL-027")
    turn = said(asked, "price_query")
    assert routing.claimed_by(conversation, turn, routing.SERVICE_LIST) == routing.POLICY
    told = policy.answer(session, conversation, turn)
    assert "送餐" not in words(told) and any(sign in words(told) for sign in ("没写", "没有写", "不知道", "一二三四五"))
