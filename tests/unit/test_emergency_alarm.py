"""An emergency in conversation: what is said, what is recorded, and how it ends."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.emergency import Emergency, Leaving, advice, check, follow_up, raise_alarm
from care.emergency.model import EmergencyRecord
from care.handover.model import Ticket

KINDS = (
    "fall", "chest_pain", "stroke", "breathing", "bleeding", "choking", "poisoning", "fire", "gas", "lost",
    "locked_out", "suicide", "unresponsive", "crime", "burn", "electric", "no_answer", "other",
)  # fmt: skip


def alarm(session: Session, conversation: Conversation, text: str):
    found = check(text)
    assert found
    outcome = raise_alarm(session, conversation, found, text)
    conversation.state = outcome.state
    return outcome


def test_a_fall_is_recorded_and_put_before_the_duty_desk(session: Session, conversation: Conversation) -> None:
    outcome = alarm(session, conversation, "哎哟，我摔了，动不了。我电话13812345678")
    assert outcome.state == "emergency"
    assert "一二零" in outcome.replies[0].say
    assert outcome.replies[0].command and outcome.replies[0].command.name == "transfer"
    record = session.scalars(select(EmergencyRecord)).one()
    ticket = session.scalars(select(Ticket)).one()
    assert (record.kind, ticket.kind, ticket.urgent) == ("fall", "emergency", True)
    assert record.ticket == ticket.number and record.alerts[0]["number"] == ticket.number
    assert "13812345678" not in record.words + ticket.summary


def test_only_what_was_done_is_said(session: Session, conversation: Conversation) -> None:
    said = "".join(r.say for r in alarm(session, conversation, "我摔了起不来").replies)
    assert "值班" in said
    assert "儿子" not in said and "家人" not in said


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_advice_with_a_number_to_call(kind: str) -> None:
    said = advice(Emergency(kind, "")).say
    assert any(number in said for number in ("一二零", "一一零", "一一九"))
    assert "！" not in said and "（" not in said


def test_gas_is_left_before_telephoning() -> None:
    said = advice(Emergency("gas", "")).say
    assert "别开灯" in said and "出去以后再打" in said


def test_the_draft_is_kept(session: Session, conversation: Conversation) -> None:
    conversation.task = "booking"
    conversation.keep_draft("booking", {"service": "bath"})
    alarm(session, conversation, "我摔了起不来")
    assert conversation.task == "booking" and conversation.draft("booking") == {"service": "bath"}


def test_words_that_go_on_make_no_second_record(session: Session, conversation: Conversation) -> None:
    alarm(session, conversation, "我摔了起不来")
    outcome = alarm(session, conversation, "流血了好多血")
    assert outcome.state == "emergency" and "压住" in outcome.replies[0].say
    assert len(session.scalars(select(EmergencyRecord)).all()) == 1
    assert len(session.scalars(select(Ticket)).all()) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我在家", "加急单"),
        ("流血了", "压"),
        ("没流血", "没流血就好"),
        ("就我一个人", "一个人"),
        ("嗯嗯那个", "慢慢说"),
        ("你是谁", "智能助手"),
        ("叫一二零", "打不出去"),
        ("救护车啥时候来", "别怕"),
    ],
)
def test_the_next_words_are_met_calmly(session: Session, conversation: Conversation, text: str, expected: str) -> None:
    alarm(session, conversation, "我摔了起不来")
    outcome = follow_up(session, conversation, text)
    assert outcome is not None and outcome.state == "emergency"
    assert expected in outcome.replies[0].say
    assert "没听懂" not in outcome.replies[0].say


def test_calling_120_is_a_transfer(session: Session, conversation: Conversation) -> None:
    alarm(session, conversation, "我摔了起不来")
    outcome = alarm(session, conversation, "叫120")
    assert outcome.replies[0].command and outcome.replies[0].command.detail["to"] == "120"
    assert "打不出去" in outcome.replies[0].say  # a chat cannot place a call, and says so


@pytest.mark.parametrize("text", ["没事了", "好了我起来了", "我没事", "搞错了", "没事了，我起来了，谢谢"])
def test_it_ends_when_the_person_says_so(session: Session, conversation: Conversation, text: str) -> None:
    alarm(session, conversation, "我摔了起不来")
    outcome = follow_up(session, conversation, text)
    assert outcome is not None and outcome.state == "idle"
    assert session.scalars(select(EmergencyRecord)).one().over is not None


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("有人砸我家门", "有人撬我家锁", "一一零"),
        ("煤气漏了", "屋里一股臭鸡蛋味", "一一九"),
        ("我迷路了", "看见一个超市", "一一零"),
        ("我迷路了", "不知道呀", "一一零"),
        ("我不想活了", "药在手里", "放到别的屋里"),
        ("我不想活了", "就是难过", "不挂"),
        ("手割破了血止不住", "止住了", "压着十分钟"),
        ("老头子叫不醒了", "还有气", "侧着躺"),
        ("心口疼得出冷汗", "120怎么打", "打不出去"),
    ],
)
def test_what_is_said_next_fits_the_danger(
    session: Session, conversation: Conversation, words: str, text: str, expected: str
) -> None:
    alarm(session, conversation, words)
    found = check(text)
    outcome = raise_alarm(session, conversation, found, text) if found else follow_up(session, conversation, text)
    assert outcome is not None and expected in outcome.replies[0].say


def test_commands_go_through(session: Session, conversation: Conversation) -> None:
    alarm(session, conversation, "我摔了起不来")
    assert follow_up(session, conversation, "人工") is None


def test_everyday_business_is_not_held_up_for_ever(session: Session, conversation: Conversation) -> None:
    alarm(session, conversation, "我摔了起不来")
    asked = follow_up(session, conversation, "我要订饭")
    assert asked is not None and asked.state == "emergency" and "要紧" in asked.replies[0].say
    back = follow_up(session, conversation, "订两份，后天中午")
    assert isinstance(back, Leaving) and back.state == "idle" and back.words == ["我要订饭", "订两份，后天中午"]


@pytest.mark.parametrize(
    ("words", "text", "not_said"),
    [
        ("不想活了", "我在家", "头晕"),
        ("不想活了", "没事了", "起来走动"),
        ("厨房着火了", "我在家", "头晕"),
        ("我迷路了", "嗯", "不舒服"),
    ],
)
def test_advice_for_the_injured_is_not_for_all(
    session: Session, conversation: Conversation, words: str, text: str, not_said: str
) -> None:
    alarm(session, conversation, words)
    outcome = follow_up(session, conversation, text)
    assert outcome is not None and not_said not in outcome.replies[0].say


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_sentence_is_short(kind: str) -> None:
    assert len(advice(Emergency(kind, "")).say.split("。")[0]) <= 36  # 30 hanzi and their punctuation


def test_an_interrupted_booking_goes_on_where_it_was(session: Session, conversation: Conversation) -> None:
    conversation.task = "booking"
    conversation.keep_draft("booking", {"service": "haircut"})
    alarm(session, conversation, "我摔了起不来")
    outcome = follow_up(session, conversation, "没事了我起来了")
    assert outcome is not None and outcome.state.startswith("asking_") and "理发" in outcome.replies[-1].say


def test_what_is_told_as_over_in_words_of_danger_is_over(session: Session, conversation: Conversation) -> None:
    alarm(session, conversation, "胸口闷得喘不上气，直冒冷汗")
    words = "大夫来看过了，心电图也做了，说没大事"
    found = Emergency("chest_pain", words)
    outcome = raise_alarm(session, conversation, found, words)
    assert outcome.state == "idle" and session.scalars(select(EmergencyRecord)).one().over


@pytest.mark.parametrize("words", ["接着订饭吧", "饭还是给我订上吧", "继续说刚才的"])
def test_who_goes_on_with_the_task_is_taken_at_their_word(
    session: Session, conversation: Conversation, words: str
) -> None:
    alarm(session, conversation, "我摔了一跤，胳膊疼")
    outcome = follow_up(session, conversation, words)
    assert outcome is not None and outcome.state == "idle"


def test_the_desk_sees_the_number_that_was_told_before_the_danger(session, conversation) -> None:
    conversation.phone = None
    conversation.drafts = {"booking": {"phone": "13800008202"}}
    raise_alarm(session, conversation, check("我摔了起不来"), "我摔了起不来")
    assert session.scalars(select(Ticket).where(Ticket.kind == "emergency")).one().phone == "13800008202"


@pytest.mark.parametrize(
    ("draft", "text", "expected"),
    [
        ({"name": "王秀英", "address": "光明社区七号楼二单元"}, "我摔了起不来", "王秀英，光明社区七号楼二单元"),
        ({}, "我妈心口疼得不行，我们在翠湖花园三栋五零二", "我们在翠湖花园三栋五零二"),
        ({"address": "幸福路十八号"}, "我在建设街六号院，摔了起不来，我叫卢翠英", "我在建设街六号院，我叫卢翠英"),
        ({}, "我摔了起不来", ""),
    ],
)
def test_the_desk_sees_who_and_where(session, conversation, draft, text, expected) -> None:
    conversation.drafts = {"booking": draft}
    alarm(session, conversation, text)
    ticket = session.scalars(select(Ticket).where(Ticket.kind == "emergency")).one()
    assert ticket.whereabouts == expected


def test_where_it_is_may_be_told_afterwards(session: Session, conversation: Conversation) -> None:
    alarm(session, conversation, "我摔了起不来")
    follow_up(session, conversation, "我在健康路七号楼，电话13800005521")
    ticket = session.scalars(select(Ticket).where(Ticket.kind == "emergency")).one()
    assert ticket.whereabouts == "我在健康路七号楼" and ticket.phone == "13800005521"
    assert "七号楼" not in ticket.summary


def test_what_was_booked_before_says_where_they_are(session: Session, conversation: Conversation) -> None:
    conversation.remember(booking_people={"name": "任德明", "address": "滨河路二十二栋四零二", "phone": "13800005522"})
    alarm(session, conversation, "我胸口疼得喘不上气")
    ticket = session.scalars(select(Ticket).where(Ticket.kind == "emergency")).one()
    assert (ticket.whereabouts, ticket.phone) == ("任德明，滨河路二十二栋四零二", "13800005522")


def test_whoever_does_not_answer_the_door_is_looked_for(session: Session, conversation: Conversation) -> None:
    outcome = alarm(session, conversation, "隔壁王奶奶两天没出门了，敲门也没人应")
    assert "敲门" in outcome.replies[0].say and "一一零" in outcome.replies[0].say and "胸口" not in outcome.replies[0].say
    still = follow_up(session, conversation, "还是没有人应")
    assert still.state == "emergency" and "一一零" in still.replies[0].say
    over = follow_up(session, conversation, "联系上了，人没事")
    assert over.state != "emergency"
    assert session.scalars(select(EmergencyRecord)).one().kind == "no_answer"


def test_a_door_that_opens_on_somebody_lying_there_is_not_over(session: Session, conversation: Conversation) -> None:
    alarm(session, conversation, "我妈一天没接电话了，敲门也不开")
    outcome = alarm(session, conversation, "门开了，她倒在地上叫不醒")
    assert outcome.state == "emergency" and "胸口" in outcome.replies[0].say
