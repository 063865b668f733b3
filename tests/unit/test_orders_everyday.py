"""After an order, in everyday words: another place, the same again, something else instead, so many more, from a day on."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from care import company, handover, orders, scams
from care.conversation import hearing
from care.conversation.model import Conversation
from care.handover.model import Ticket
from care.orders import finding
from care.reply import Reply
from care.turn import Entity, Turn
from tests.conftest import said
from tests.unit.orders_talk import BATH, MEALS, PHONE, Talk, when


@pytest.fixture
def talk(session, conversation) -> Talk:
    return Talk(session, conversation)


def own(talk: Talk, made: orders.Order) -> orders.Order:
    """An order made in this conversation a moment ago."""
    made.conversation = talk.conversation.id
    talk.conversation.remember(**{finding.LAST: made.number})
    return made


def test_a_telephone_without_orders_is_told(talk):
    assert "单号" in talk.change("饭到哪了", "order_status")
    told = talk.change("我电话13907310000", phone="13907310000")
    assert "用这个电话没查到" in told and "同事" in told
    assert "没查到" not in talk.change("那我想想")


def test_the_end_of_a_telephone_number_is_no_order_number():
    text = "8978这单不要了，手机尾号2233"
    assert finding.spoken_number(Turn("c", text, "order_cancel", 0.9, (), "m")) == "8978"
    entity = Entity("order_number", "2233", "2233", text.index("2233"), len(text))
    assert finding.spoken_number(Turn("c", text, "order_cancel", 0.9, (entity,), "m")) == "8978"


def test_from_a_day_on(talk, make):
    own(talk, make(**MEALS))
    words = "下礼拜一起不用送了"
    day = Entity("time", when("2026-11-30"), "下礼拜一", 0, 4)
    told = talk.say(
        orders.change_task,
        words,
        "order_cancel",
        turn=Turn(talk.conversation.id, words, "order_cancel", 0.9, (day,), "x1"),
    )
    assert "只取消" in told and ("四天" in told or "十二月三号" in told)


@pytest.mark.parametrize(("words", "said_count", "wanted"), [
    ("多加两份", 2, "四份"), ("再添一份", 1, "三份"), ("少送一份", 1, "一份"), ("改成三个人吃", 3, "三份"), ("加到五份", 5, "五份"),
])  # fmt: skip
def test_more_and_fewer_count_from_what_there_is(talk, make, words, said_count, wanted):
    own(talk, make(**MEALS))
    assert wanted in talk.change(words, "order_reschedule", quantity={"n": said_count, "unit": "份"})


@pytest.mark.parametrize(("words", "claimed"), [
    ("我搬到闺女家了，饭给送那边去", True), ("我换地方住了，饭送到东湖区阳明路二栋", True), ("饭送我妹妹那边吧", True), ("给我妈那边也送一份去", False), ("明天天气好不好", False),
])  # fmt: skip
def test_another_place_alters_the_order(talk, make, words, claimed):
    own(talk, make(**MEALS))
    assert orders.claims(talk.conversation, said(words, "nlu_fallback")) is claimed


def test_another_place_is_asked_for(talk, make):
    own(talk, make(**MEALS))
    assert "改送到哪里" in talk.change("我搬到闺女家了，饭给送那边去", "order_reschedule")


def test_the_same_once_more_is_a_new_order(talk, make):
    own(talk, make(**BATH))
    again = orders.retold(talk.session, talk.conversation, "照原样下个礼拜再来一回")
    assert again.startswith("我想再订") and "洗澡" in again
    assert not orders.retold(talk.session, talk.conversation, "再来一回电话")
    assert not orders.retold(talk.session, talk.conversation, "谢谢你")


@pytest.mark.parametrize(
    "words",
    ["那天村里组织体检，给我往后挪一天，还是三点", "礼拜五孙女结婚，往前推两天吧", "那天要去打针，顺延一天"],
)
def test_an_order_is_moved_whatever_else_is_named_as_the_reason(talk, make, words):
    own(talk, make(**BATH))
    moved = orders.retold(talk.session, talk.conversation, words)
    assert moved == f"我要改刚才的订单，{words}" and orders.claims(talk.conversation, said(moved, "book", service="medical"))


def test_something_else_instead_is_offered_after_the_cancellation(talk, make):
    own(talk, make(**BATH))
    assert orders.retold(talk.session, talk.conversation, "洗澡不要了，给我换成理发").startswith("取消")
    talk.change("取消刚才的订单，洗澡", "order_cancel", service="bath")
    told = talk.change("对", "affirm")
    assert "取消了" in told and "理发，好吗" in told


def test_nobody_elses_order_is_retold(talk, make):
    stranger = make(**BATH)
    talk.conversation.remember(**{finding.LAST: stranger.number})
    assert orders.retold(talk.session, talk.conversation, "照原样再来一回") == ""


def test_a_plain_refusal_of_one_delivery_is_a_cancellation(talk, make):
    own(talk, make(**MEALS))
    words = said("我爸明天中午不在家，那顿别送", "nlu_fallback", time=when("2026-11-27"))
    assert orders.cancelling(talk.conversation, words).startswith("取消")


def test_a_complaint_keeps_what_is_told_beside_the_question(talk):
    assert "登记投诉" in talk.say(orders.complaint_task, "饭送来冰凉的，还少了个菜", "complain")
    assert "记上" in talk.say(orders.complaint_task, "就是前天中午的那一顿", "inform")
    told = talk.say(orders.complaint_task, PHONE, "inform", phone=PHONE)
    assert "前天中午" in told
    talk.say(orders.complaint_task, "对，你叫他们给我回个话", "inform")
    ticket = talk.session.scalars(select(Ticket)).one()
    assert talk.state == "submitted" and "回个话" in ticket.summary


def test_a_number_after_the_handover_goes_onto_its_ticket(session, conversation: Conversation):
    conversation.state = handover.human(session, conversation, said("找真人", "human")).state
    outcome = handover.number_given(session, conversation, "我电话13912340000")
    assert outcome is not None and outcome.state == "handed_over"
    assert session.scalars(select(Ticket)).one().phone == "13912340000"
    assert (
        handover.number_given(session, conversation, "我想订明天的饭，送到家里，电话13912340000，两份，要软的") is None
    )


def test_what_next_after_a_scam(session, conversation: Conversation):
    warned = scams.warn(session, conversation, said("骗子的钱我已经转过去了", "scam"))
    conversation.last_replies = [reply.as_dict() for reply in warned.replies]
    assert "止付" in scams.asked_on(session, conversation, "那我咋办").replies[0].say
    assert "做得对" in scams.asked_on(session, conversation, "我没给").replies[0].say
    assert scams.asked_on(session, conversation, "给我订个饭") is None
    assert "止付" in scams.asked_on(session, conversation, "已经打了一万进去了").replies[0].say
    conversation.last_replies = [Reply("好。", "好。").as_dict()]
    assert scams.asked_on(session, conversation, "那我咋办") is None


@pytest.mark.parametrize(("words", "command"), [
    ("你刚才问我啥来着", "repeat"), ("说到哪了", "repeat"), ("你还在吗", "here"), ("听得到我说话吗", "here"), ("你说什么时候来", None),
])  # fmt: skip
def test_asking_after_the_last_question_or_whether_anybody_is_there(words, command):
    assert hearing.command(words) == command


def test_a_time_to_call_back_is_no_wrong_number(session, conversation: Conversation):
    task = handover.callback_task
    task.take(session, conversation, said("让管事的给我打电话", "callback", "m1"))
    task.take(session, conversation, said("13912340000", "inform", "m2", phone="13912340000"))
    heard = task.take(session, conversation, said("下午打", "correct", "m3", time=when(part="afternoon")))
    assert "记下" in heard.replies[0].say and conversation.draft("callback")["phone"] == "13912340000"


def test_kin_is_no_part_of_a_name(session, conversation: Conversation):
    task = handover.binding_task
    task.take(session, conversation, said("绑定", "bind_family", "m1"))
    task.ask(session, conversation, False)
    task.take(session, conversation, said("我爸张大山", "inform", "m2", person_name="我爸张大山"))
    assert conversation.draft("binding")["name"] == "张大山"


@pytest.mark.parametrize(("words", "begins"), [
    ("我闺女已经帮我擦了，你们就不用跑了", "取消"), ("那天家里没人，甭来了", "取消"),
    ("门牌说错了，是五栋三零二", "我要改"), ("洗澡算了，换成修脚吧", "取消"), ("水太凉，只能给两分", "给洗澡打分"),
    ("这个以后每周都来一次可以吗", "我想再订"),
])  # fmt: skip
def test_words_about_the_order_made_last(talk, make, words, begins):
    own(talk, make(**BATH))
    assert orders.retold(talk.session, talk.conversation, words).startswith(begins)


@pytest.mark.parametrize("words", ["孙子来住，饭得四个人的", "老伴出门了，饭就送一份吧"])
def test_how_many_are_to_eat_now(talk, make, words):
    own(talk, make(**MEALS))
    assert orders.retold(talk.session, talk.conversation, words).startswith("我要改")


@pytest.mark.parametrize("words", ["你们派来的是什么人，态度那么凶", "下次别来了，投诉你们", "高龄津贴多少钱", "好的谢谢"])
def test_other_words_stay_as_they_are(talk, make, words):
    own(talk, make(**BATH))
    assert orders.retold(talk.session, talk.conversation, words) == ""


@pytest.mark.parametrize(("words", "command"), [
    ("啥，你再讲一回", "repeat"), ("我回来了", "repeat"), ("我弄不来，叫个人帮我", "human"), ("行，找你们的人说", "human"),
    ("找个人帮我打扫卫生", None), ("讲慢些，我记一下", "slower"), ("你声音太小", "louder"), ("你讲得太快咯", "slower"),
    ("电视声音太小", None), ("车开慢点", None), ("我没听说过这个补贴", None), ("明天上午九点", None),
])  # fmt: skip
def test_how_to_speak_is_heard_inside_a_short_sentence(words, command):
    assert hearing.command(words) == command


def test_sorrow_is_not_answered_with_gladness(session, conversation: Conversation):
    assert "那就好" not in company.well_being(session, conversation, said("翻老照片，心里酸", "well_being")).replies[0].say


def test_before_anything_was_paid_nothing_need_be_stopped(session, conversation: Conversation):
    warned = scams.warn(session, conversation, said("有人上门说交八百块就能办补贴", "scam"))
    conversation.last_replies = [reply.as_dict() for reply in warned.replies]
    assert "钱一分别给" in scams.asked_on(session, conversation, "怎么办").replies[0].say


def test_a_title_is_no_name(session, conversation: Conversation):
    task = handover.binding_task
    task.take(session, conversation, said("我是刘大爷的孙女，想替他办事", "bind_family", "m1", person_name="刘大爷"))
    assert "叫什么名字" in task.ask(session, conversation, False).replies[-1].say
    task.take(session, conversation, said("刘德厚", "inform", "m2"))
    assert conversation.draft("binding")["name"] == "刘德厚"


@pytest.mark.parametrize("intent", ["correct", "complain", "inform"])
def test_words_put_to_the_change_task_reach_it_whatever_they_sound_like(talk, make, intent):
    own(talk, make(**BATH))
    words = "我要改刚才的订单，门牌说错了"
    assert orders.claims(talk.conversation, said(words, intent))
    words = "取消刚才的订单，你们就不用跑了"
    assert orders.claims(talk.conversation, said(words, intent)) and "取消" in talk.change(words, intent)


def test_a_number_for_several_days_is_said_to_be_for_each(talk, make):
    own(talk, make(**MEALS))
    assert "每天四份" in talk.change("明天多加两份", "order_reschedule", quantity={"n": 2, "unit": "份"})


def test_what_cannot_be_is_cancelled(talk, make):
    own(talk, make(**BATH))
    words = said("我感冒了，后天洗不成了", "nlu_fallback", time=when("2026-11-28"))
    assert orders.cancelling(talk.conversation, words).startswith("取消")


def test_a_door_that_was_told_wrong_keeps_its_street(talk, make):
    made = own(talk, make(**BATH))
    assert "不是" not in orders.retold(talk.session, talk.conversation, "门牌说错了，是5栋302不是3栋502")
    told = talk.change("我要改刚才的订单，门牌说错了，是5栋302", "order_reschedule", address="5栋302")
    assert "凤凰家园五栋三零二" in told and made.address == "凤凰家园3栋1201"


def test_the_day_that_is_the_reason_is_not_the_day_it_is_moved_to(talk, make):
    made = own(talk, make(**BATH))
    words = "星期六停水，往后推一天行不，还是九点"
    told = talk.say(
        orders.change_task,
        words,
        "order_reschedule",
        turn=Turn(
            talk.conversation.id,
            words,
            "order_reschedule",
            0.9,
            (
                Entity("time", when(str(made.date)), "星期六", 0, 3),
                Entity("duration", {"days": 1}, "一天", 9, 11),
                Entity("time", when(str(made.date), "09:00"), "九点", 16, 18),
            ),
            "x2",
        ),
    )
    assert "星期日" in told and "九点" in told
