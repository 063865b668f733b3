"""Complaints in the middle of something else, and wishes in the middle of a complaint."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from care import orders, routing
from care.handover.model import Ticket
from care.interruptions import interrupts
from tests.conftest import said
from tests.unit.orders_talk import Talk

BROUGHT = [
    "先讲个事，上回的司机骂人，我要投诉他",
    "对了，你们得给个说法，饭都馊了",
    "我还要提个意见，师傅老是迟到",
    "那个护工偷懒，帮我投诉一下",
    "等下，我得举报那个推销药的",
]
NOT_BROUGHT = ["投诉电话是多少", "我不投诉，就问问", "怎么投诉呀", "中午十二点送", "我有高血压"]


@pytest.fixture
def talk(session, conversation) -> Talk:
    return Talk(session, conversation)


@pytest.mark.parametrize("text", BROUGHT)
@pytest.mark.parametrize("task", ["booking", "change", "eligibility"])
def test_a_complaint_is_taken_up_at_once(conversation, text: str, task: str) -> None:
    conversation.task = task
    assert routing.taken_from(conversation, said(text, "inform"), task) == routing.COMPLAINT


@pytest.mark.parametrize("text", NOT_BROUGHT)
def test_other_words_bring_none(conversation, text: str) -> None:
    conversation.task = "booking"
    assert not routing.taken_from(conversation, said(text, "complain"), "booking")


def test_a_wish_during_a_complaint_is_taken_up_after_it(talk, conversation):
    talk.say(orders.complaint_task, "打扫的人半个钟头就走了，厨房没擦，我要投诉", "complain")
    told = talk.say(orders.complaint_task, "要是有人来陪我说说话就好了", "lonely")
    assert "登记完就给您办" in told and talk.state == "asking_phone"
    told = talk.say(orders.complaint_task, "礼拜五下午三点，电话13800006602", phone="13800006602")
    assert "说说话" not in told and talk.state == "confirming"
    told = talk.say(orders.complaint_task, "对对，登记吧", "inform")
    assert talk.finished and "投诉单号" in told
    again = conversation.recall("again")
    assert "志愿者上门" in again and "礼拜五下午三点" in again


@pytest.mark.parametrize("text", ["走一个人", "就我一个人坐车", "我一个人去，不坐轮椅"])
def test_being_alone_in_a_booking_is_no_loneliness(conversation, text: str) -> None:
    conversation.task = "booking"
    assert not interrupts(conversation, said(text, "lonely"), "booking")
    assert interrupts(conversation, said("屋里冷清得很，没人说话", "lonely"), "booking")


def test_the_number_told_with_the_booking_is_offered(talk, conversation):
    conversation.keep_draft("booking", {"service": "meal", "phone": "13800006604"})
    told = talk.say(orders.complaint_task, "昨天的饭送来冰凉，我要投诉", "complain")
    assert talk.state == "confirming" and "六六零四" in told
    told = talk.say(orders.complaint_task, "不是这个，打13800006605", phone="13800006605")
    assert "六六零五" in told and talk.state == "confirming"


@pytest.mark.parametrize("words", ["对，另外后天改成四份，亲家来", "对了，后天的饭改成四份"])
def test_a_change_told_with_the_complaint_is_no_part_of_it(talk, conversation, session, words):
    conversation.keep_draft("booking", {"service": "meal", "phone": "13800006604"})
    talk.say(orders.complaint_task, "昨天的饭送来冰凉，我要投诉", "complain")
    talk.say(orders.complaint_task, words)
    if not talk.finished:
        talk.say(orders.complaint_task, "对", "affirm")
    assert talk.finished and "改成四份" in conversation.recall("again")
    assert "四份" not in session.scalars(select(Ticket)).one().summary


def test_a_change_told_in_the_story_is_part_of_it(talk, conversation):
    conversation.keep_draft("booking", {"service": "meal", "phone": "13800006604"})
    talk.say(orders.complaint_task, "昨天的饭送来冰凉，我要投诉", "complain")
    talk.say(orders.complaint_task, "说好改成十二点，结果一点才到")
    talk.say(orders.complaint_task, "对", "affirm")
    assert not conversation.recall("again")


GRIEVANCES = [
    "昨天，星期二中午的。送饭的那个后生还讲我啰嗦，我七十六哒，气不过",
    "送饭的那个小伙子态度差得很",
    "上个礼拜来打扫的那个女的也是这样",
    "你们送饭的老是晚半个钟头才来",
    "昨儿送餐的还嫌我开门慢咧",
]


@pytest.mark.parametrize("words", GRIEVANCES)
@pytest.mark.parametrize("intent", ["book", "add_item"])
def test_what_tells_more_of_the_grievance_is_no_wish(talk, conversation, words: str, intent: str) -> None:
    talk.say(orders.complaint_task, "我要投诉！你们送的饭一点半才送到，冷得像冰", "complain")
    told = talk.say(orders.complaint_task, words, intent, service="meal")
    assert "登记完就给您办" not in told
    assert words[:6] in conversation.draft("complaint")["what"] and not conversation.draft("complaint").get("wish")


@pytest.mark.parametrize(
    "words", ["明天再帮我订一份饭", "明天再帮我约个打扫卫生的", "明天给我送两份饭来", "我还想约个理发的", "昨天的就算了，明天给我送一份热的饭"]
)
def test_a_plain_wish_is_kept_for_later(talk, conversation, words: str) -> None:
    talk.say(orders.complaint_task, "我要投诉！你们送的饭一点半才送到，冷得像冰", "complain")
    assert "登记完就给您办" in talk.say(orders.complaint_task, words, "book", service="meal")
    assert conversation.draft("complaint")["wish"] == words


@pytest.mark.parametrize("lead", ["我要投诉！", "我要投诉…", "！", "我要投诉。。", "我想投诉， "])
def test_a_complaint_is_read_back_without_marks_before_it(talk, conversation, lead: str) -> None:
    talk.say(orders.complaint_task, f"{lead}你们送的饭冷得像冰！", "complain")
    assert conversation.draft("complaint")["what"] == "你们送的饭冷得像冰"


def test_no_number_told_late_is_no_refusal(talk, conversation):
    talk.say(orders.complaint_task, "俺要投诉，送饭的老是晚半个钟头才来", "complain")
    assert conversation.draft("complaint")["what"] == "送饭的老是晚半个钟头才来"
    talk.say(orders.complaint_task, "他还嫌俺开门慢哩俺腿脚不好")
    talk.say(orders.complaint_task, "上个星期也是晚了一个钟头才送来")
    assert talk.state == "asking_phone"
    talk.say(orders.complaint_task, "13800006605", phone="13800006605")
    assert talk.state == "confirming"
    told = talk.say(orders.complaint_task, "不留电话了", "deny")
    assert talk.state == "confirming" and "六六零五" not in told
    talk.say(orders.complaint_task, "对", "affirm")
    assert talk.finished


def test_a_name_told_where_the_number_is_asked_is_kept(talk):
    talk.say(orders.complaint_task, "昨天送来的饭都凉了，我要投诉", "complain")
    assert "记上了" in talk.say(orders.complaint_task, "李桂兰", "inform") and talk.state == "asking_phone"
    told = talk.say(orders.complaint_task, "13800006605", phone="13800006605")
    assert "李桂兰" in told and talk.state == "confirming"


def test_a_number_told_at_the_read_back_is_read_once(talk):
    talk.say(orders.complaint_task, "昨天送来的饭都凉了，我要投诉", "complain")
    talk.say(orders.complaint_task, "不留", "deny")
    told = talk.say(orders.complaint_task, "一三九一二三四五六七八", phone="13912345678")
    assert talk.state == "confirming" and "一三九，一二三四，五六七八" in told and "一三九一二三四五六七八" not in told
    assert "李桂兰" in talk.say(orders.complaint_task, "李桂兰，电话13912345678", phone="13912345678")
