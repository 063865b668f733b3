"""What decides between a policy answer, somebody's own case and an order: what the question at the end asks."""

from __future__ import annotations

import pytest

from care import routing
from care.conversation.model import Conversation
from care.eligibility import concerns, named, whom
from care.policy.asked import understand
from care.policy.decide import decide
from care.policy.paper import asks_paper
from care.turn import Entity, Turn
from tests.conftest import said

PERIOD = {"date": None, "end_date": "2026-12-31", "time": None, "past": False, "vague": True}


@pytest.mark.parametrize(
    ("text", "benefit"),
    [
        ("吃低保的老汉，想问能不能有那种不要钱的上门服务", "purchase"),
        ("俺妈瘫在炕上两年了，听说家里能给改改，够格不", "home_adaptation"),
        ("我爹卧床，家里设床位那个能沾上不", "home_bed"),
        ("俺老伴半身不遂，听说屋里能改一改，俺们够得着不", "home_adaptation"),
        ("特困老头，家里扶手给安不", "home_adaptation"),
        ("军属，能不能先住公办养老院", "waitlist"),
        ("老汉我八十有五，打光棍，福利院收不收我", "waitlist"),
        ("屋里老人瘫了，有没得资格搞家庭床位", "home_bed"),
        ("五保户，政府给买的那个服务，我算不算", "purchase"),
    ],
)
def test_a_share_asked_for_somebody_is_their_own_case(conversation: Conversation, text: str, benefit: str) -> None:
    for intent in ("policy_ask", "eligibility_ask"):
        turn = said(text, intent)
        assert concerns(turn) and routing.claimed_by(conversation, turn, routing.ELIGIBILITY) == ""
    assert (named.benefit(turn) or named.likely_benefit(turn)) == benefit


@pytest.mark.parametrize("text", ["孤老婆子一个，有人来看看不", "我是个五保老婆子，免费上门有份没"])
def test_what_one_calls_oneself_is_no_wife(text: str) -> None:
    turn = Turn("c1", text, "eligibility_ask", 0.9, (Entity("relation", "spouse", "老婆子"),), "m", "test")
    assert whom.relation(turn) in (None, "self")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我娘走不动路属于重度，住的养老院说政府每个月有四百块，这钱是打给我们的啵", "eligibility_ask"),
        ("我婆婆瘫了在养老院，听说上头按月给四百，是给我家还是给院里的", "book"),
        ("我姆妈在长沙打了分看能不能自理，搬到衡阳要不要重新打一次", "medical_advice"),
        ("我爸在长沙评过级，到株洲还要再评吗", "add_item"),
        ("岳母在东莞做了自理能力评估，回老家要不要又做一遍", "book"),
        ("我爸病到最后那一段了，东莞有没有专门安静走的地方", "book"),
        ("二十个积分换得到几袋米", "book"),
        ("我老伴肺癌末期，想让他走得体面些，有没有那种地方", "book"),
    ],
)
def test_only_a_paper_knows_these(conversation: Conversation, text: str, intent: str) -> None:
    assert routing.claimed_by(conversation, said(text, intent)) == routing.POLICY


def test_a_time_that_is_asked_for_is_no_day_of_an_order(conversation: Conversation) -> None:
    text = "我外婆九十三了，日子过得紧巴，屋里防滑扶手那些，当初说是哪年底前给弄好的"
    at = text.index("年底前")
    found = (Entity("service", "home_adaptation", "扶手"), Entity("time", PERIOD, "年底前", at, at + 3))
    turn = Turn("c1", text, "book", 0.34, found, "m", "test")
    assert routing.claimed_by(conversation, turn, routing.BOOKING) == routing.POLICY


@pytest.mark.parametrize("text", ["我妈评估过了，帮我再约一次评估", "想给我妈再做一次评估"])
def test_an_assessment_wished_for_again_is_an_order(conversation: Conversation, text: str) -> None:
    turn = said(text, "book", service="ability_assessment")
    assert routing.claimed_by(conversation, turn, routing.BOOKING) != routing.POLICY


@pytest.mark.parametrize(
    ("question", "region", "record"),
    [
        ("我姆妈打了分看能不能自理，搬走要不要重新打一次", "hunan", "HN-008"),
        ("失能等级评好了，换个地方认不认", "changchun", "CC-007"),
        ("听说公家有人来看看能不能自理，评了级才好拿补贴，是不是有这回事", "nanchang", "NC-030"),
        ("听说公家有人来看看能不能自理，评了级才好拿补贴，是不是有这回事", "changchun", "CC-008"),
        ("我在社区帮了老人好多钟头，攒下的分能换点啥不", "yangling", "YL-058"),
        ("想找个能走得安详的地方，有不", "dongguan", "DG-044"),
    ],
)
def test_the_fact_meant_is_told(question: str, region: str, record: str) -> None:
    finding = decide(understand(question), region)
    assert finding.known and finding.record is not None and finding.record.id == record


@pytest.mark.parametrize(
    ("question", "region"),
    [("十个积分能兑几斤面", "yangling"), ("评过级了，换个城市认不认", "dongguan"), ("五十分能换几桶油", "yangling")],
)
def test_what_is_not_written_is_said(question: str, region: str) -> None:
    assert decide(understand(question), region).found == "gap"


@pytest.mark.parametrize(
    "question", ["那个养老方案落没落定啊，还是光征求大伙儿意见呢", "方案敲定没有，还在听大家意见吧", "那份稿子拍板了吗", "方案是不是还在提意见阶段，没定吧"]
)
def test_whether_a_paper_is_final_is_asked_in_many_words(question: str) -> None:
    assert asks_paper(understand(question))
