"""Talking about orders that stand: where they are, cancelling, moving, rating, complaining; and who may hear what."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from care import identity, orders
from care.conversation.model import Conversation
from care.handover.model import Ticket
from care.orders.guesses import MOST
from care.turn import Entity, Turn
from care.wording import say_digits
from tests.conftest import said
from tests.unit.orders_talk import BATH, MEALS, PHONE, Talk, when


@pytest.fixture
def talk(session, conversation) -> Talk:
    return Talk(session, conversation)


def test_the_callers_own_telephone_finds_the_order(talk, make):
    bath = make(**BATH)
    talk.conversation.phone = PHONE
    told = talk.status("我约的洗澡啥时候来")
    assert "大后天，星期六上午十点" in told and say_digits(bath.number) in told
    assert talk.order == bath.number and talk.replies[0].card["number"] == bath.number


def test_a_telephone_with_orders_of_nobody_by_name_needs_the_number(talk, make):
    make(**BATH, person_name="", person_phone="13800007777")
    assert "单号" in (heard := talk.status("电话13800007777，帮我查下饭", phone="13800007777")) and "没查到" not in heard
    assert "没查到" in talk.status("电话13800008888，帮我查下饭", phone="13800008888")


def test_several_orders_nearest_first_and_three_to_choose(talk, make):
    for n, day in enumerate(("2026-12-04", "2026-11-27", "2026-12-01", "2026-12-02")):
        make(**{**BATH, "date": day, "time": f"{9 + n % 3:02d}:00"})
    talk.conversation.phone = PHONE
    told = talk.status("我都约了啥")
    assert "四个单子" in told and told.index("后天") < told.index("十二月一号")
    assert len(talk.replies[0].choices) == 3


def test_a_stranger_with_the_number_hears_nothing_until_the_telephone_fits(talk, make):
    bath = make(**BATH)
    told = talk.status(f"单号{bath.number}", order_number=bath.number)
    assert talk.state == "asking_phone" and "最后四位" in told
    assert "洗澡" not in told and "星期" not in told
    told = talk.change("九九九九")
    assert "对不上" in told and "洗澡" not in told
    told = talk.change("零零零三")
    assert talk.finished and "洗澡" in told and "陈桂兰" not in told and "凤凰家园" not in told


def test_a_stranger_who_keeps_guessing_is_sent_to_a_human(talk, make):
    bath = make(**BATH)
    talk.status(f"单号{bath.number}", order_number=bath.number)
    for tail in ("一一一一", "二二二二", "九九九九"):
        told = talk.change(tail)
    assert talk.finished and "人工" in told and "洗澡" not in told
    talk.status(f"单号{bath.number}", order_number=bath.number)
    assert "洗澡" not in talk.change("五五五五") and talk.finished


def test_endings_guessed_over_many_conversations_open_nothing(talk, make):
    bath = make(**BATH)
    for begun in range(MOST):
        other = Conversation(id=f"guess{begun}", channel="web")
        talk.session.add(other)
        guessing = Talk(talk.session, other)
        guessing.status(f"单号{bath.number}", order_number=bath.number)
        assert "对不上" in guessing.change(f"一一一{'一二四五六七'[begun]}")
    talk.status(f"单号{bath.number}", order_number=bath.number)
    told = talk.change("零零零三")
    assert talk.finished and "人工" in told and "洗澡" not in told


def test_the_order_of_this_conversation_needs_no_proof(talk, make, conversation):
    make(**BATH)
    own = make(**MEALS)
    own.conversation = conversation.id
    assert "送餐" in talk.status("我刚才订的饭呢", service="meal") and talk.order == own.number


def test_an_unknown_number_is_told(talk):
    assert "没有查到" in talk.status("单号三五八二", order_number="3582")
    assert talk.state == "asking_order"


def test_nobody_known_is_asked_for_number_or_telephone(talk, make):
    bath = make(**BATH)
    talk.status("我订的饭咋还没来")
    assert talk.state == "asking_order"
    assert "登记的名字" in talk.change("一三八零零零零零零零三", phone=PHONE)  # anybody can say a number
    known, again = identity.answer(talk.session, talk.conversation, "陈桂兰")
    assert known and "对上了" in known.replies[0].say
    assert "洗澡" in talk.change(again, phone=PHONE) and talk.order == bath.number


def test_an_application_is_not_promised(talk, make):
    make(service="home_adaptation", time="")
    talk.conversation.phone = PHONE
    assert "要等他们答复" in talk.status("扶手申请批了没")


@pytest.mark.parametrize("text", ["现在排队大概得等多长时间啊", "排公办养老院一般要等多久"])
def test_waiting_in_general_is_not_looked_up(session, conversation, text: str):
    outcome = orders.answer(session, conversation, said(text, "waitlist_query"))
    assert "空床" in outcome.replies[0].say and "没查到" not in outcome.replies[0].say


def test_no_waiting_list_registration_offers_one(session, conversation):
    outcome = orders.answer(session, conversation, said("轮候排到几号了", "waitlist_query"))
    assert "登记" in outcome.replies[0].say and outcome.replies[0].choices


def test_cancelling_needs_a_yes_to_the_sentence_that_repeats_it(talk, make):
    bath = make(**BATH)
    talk.conversation.phone = PHONE
    asked = talk.change("把洗澡取消了", "order_cancel", service="bath")
    assert talk.state == "confirming" and "洗澡" in asked and "星期六" in asked and bath.status == "confirmed"
    assert "取消了" in talk.change("对", "affirm")
    assert talk.state == "cancelled" and bath.status == "cancelled" and talk.order == bath.number
    assert "change" not in talk.conversation.drafts


def test_a_no_keeps_the_order(talk, make):
    bath = make(**BATH)
    talk.conversation.phone = PHONE
    talk.change("取消洗澡", "order_cancel", service="bath")
    assert "单子还在" in talk.change("不", "deny") and bath.status == "confirmed"


def test_the_same_message_twice_cancels_nothing_more(talk, make):
    make(**BATH)
    talk.conversation.phone = PHONE
    turn = said("取消洗澡", "order_cancel", "same", service="bath")
    talk.say(orders.change_task, "", turn=turn)
    draft = talk.conversation.drafts["change"]
    orders.change_task.take(talk.session, talk.conversation, turn)
    assert talk.conversation.drafts["change"] == draft


def test_one_day_of_a_week_is_cancelled_and_the_rest_stays(talk, make):
    meals = make(**MEALS)
    talk.conversation.phone = PHONE
    assert "全都取消" in talk.change("饭不要了", "order_cancel", service="meal")
    assert talk.state == "asking_date"
    assert "别的照旧" in talk.change("礼拜一那天", time=when("2026-11-30"))
    talk.change("对", "affirm")
    assert len(meals.live_days) == 6 and meals.status == "confirmed" and talk.state == "cancelled"


def test_a_named_day_needs_no_question_which(talk, make):
    meals = make(**MEALS)
    talk.conversation.phone = PHONE
    talk.change("后天那顿不用送了", "order_cancel", time=when("2026-11-27"))
    assert talk.state == "confirming"
    talk.change("对", "affirm")
    assert str(meals.date) == "2026-11-28"


def test_one_of_two_portions_is_cancelled(talk, make):
    meals = make(**{**MEALS, "end_date": None})
    talk.conversation.phone = PHONE
    asked = talk.change("取消两份里头的一份", "order_cancel", quantity={"n": 1, "unit": "份"})
    assert "一份" in asked and talk.state == "confirming"
    talk.change("对", "affirm")
    assert meals.quantity == 1 and meals.total == 12


def test_which_of_several_is_asked_and_the_wish_is_kept(talk, make):
    first = make(**BATH)
    second = make(**{**BATH, "date": "2026-12-01"})
    talk.conversation.phone = PHONE
    talk.change("洗澡往后推一天", "order_reschedule", service="bath", duration={"days": 1})
    assert talk.state == "asking_order"
    asked = talk.change("第二个", ordinal={"ordinal": 2})
    assert talk.state == "confirming" and "星期三" in asked
    talk.change("对", "affirm")
    assert str(second.date) == "2026-12-02" and str(first.date) == "2026-11-28" and talk.state == "rescheduled"


def test_all_orders_at_once(talk, make):
    made = [make(**BATH), make(**MEALS)]
    talk.conversation.phone = PHONE
    assert "两个单子" in talk.change("把所有的单都取消", "order_cancel")
    talk.change("对", "affirm")
    assert {order.status for order in made} == {"cancelled"}


def test_moving_to_another_day_keeps_the_time(talk, make):
    bath = make(**BATH)
    talk.conversation.phone = PHONE
    asked = talk.change("洗澡想改到礼拜天", "order_reschedule", service="bath", time=when("2026-11-29"))
    assert "星期日" in asked and "上午十点" in asked and str(bath.date) == "2026-11-28"
    assert "改好了" in talk.change("对", "affirm")
    assert str(bath.date) == "2026-11-29" and bath.time == "10:00"


def test_a_correction_in_the_confirmation_is_taken(talk, make):
    bath = make(**BATH)
    talk.conversation.phone = PHONE
    talk.change("洗澡改到礼拜天", "order_reschedule", service="bath", time=when("2026-11-29"))
    asked = talk.change("不对，三点", "correct", time=when(None, "03:00", ampm=False))
    assert "下午三点" in asked
    talk.change("对", "affirm")
    assert bath.time == "15:00"


def test_the_first_time_names_the_order_and_the_second_is_new(talk, make):
    make(**BATH)
    second = make(**{**BATH, "date": "2026-11-27"})
    talk.conversation.phone = PHONE
    asked = talk.change("周五那单改周日", "order_reschedule", time=[when("2026-11-27"), when("2026-11-29")])
    assert say_digits(second.number) in asked and "星期日" in asked


def test_positions_tell_old_from_new(talk, make):
    bath = make(**BATH)
    talk.conversation.phone = PHONE
    text = "礼拜六家里没人，改个时间"
    turn = Turn("c1", text, "order_reschedule", 1, (Entity("time", when("2026-11-28"), "礼拜六", 0, 3),), "p1")
    asked = talk.say(orders.change_task, "", turn=turn)
    assert talk.state == "asking_date" and "改到哪天" in asked and str(bath.date) == "2026-11-28"


def test_a_full_slot_is_answered_with_two_others_and_keeps_the_old(talk, make):
    bath = make(**BATH)
    make(**{**BATH, "date": "2026-11-29", "quantity": 2, "person_phone": "13800000099"})
    talk.conversation.phone = PHONE
    told = talk.change("洗澡改到礼拜天", "order_reschedule", service="bath", time=when("2026-11-29"))
    assert "约满了" in told and "上午九点" in told and "上午十一点" in told and talk.state == "asking_date"
    assert (str(bath.date), bath.time) == ("2026-11-28", "10:00")
    asked = talk.change("第二个", ordinal={"ordinal": 2})
    assert "上午十一点" in asked
    talk.change("对", "affirm")
    assert (str(bath.date), bath.time) == ("2026-11-29", "11:00")


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (when("2026-11-24"), "已经过了"),
        (when("2026-11-29", "20:00"), "没有洗澡"),
        (when("2027-01-01"), "元旦"),
        (when("2026-11-25", "11:00"), "来不及"),
    ],
)
def test_why_it_cannot_be_moved_there(talk, make, value, why):
    make(**BATH)
    talk.conversation.phone = PHONE
    assert why in talk.change("洗澡改一下", "order_reschedule", service="bath", time=value)
    assert talk.state == "asking_date"


def test_an_open_hour_is_asked_only_when_both_are_possible(talk, make):
    make(service="urgent", date="2026-11-27", time="10:00")
    talk.conversation.phone = PHONE
    asked = talk.change("改到八点", "order_reschedule", service="urgent", time=when(None, "08:00", ampm=False))
    assert talk.state in ("asking_time", "confirming")
    asked = talk.change("改到九点半", "order_reschedule", time=when(None, "09:30", ampm=False))
    assert "上午九点半" in asked and talk.state == "confirming"


def test_a_new_address(talk, make):
    meals = make(**MEALS)
    talk.conversation.phone = PHONE
    assert "地址" in talk.change("饭改送到我闺女家", "order_reschedule", service="meal")
    assert talk.state == "asking_place"
    talk.change("幸福路十八号五零二", address="幸福路十八号五零二")
    assert talk.state == "confirming"
    talk.change("对", "affirm")
    assert meals.address == "幸福路十八号五零二" and len(meals.live_days) == 7


def test_an_hour_later(talk, make):
    bath = make(**BATH)
    talk.conversation.phone = PHONE
    talk.change("师傅能不能晚来一个钟头", "order_reschedule", duration={"minutes": 60})
    talk.change("对", "affirm")
    assert bath.time == "11:00"


def test_what_is_cancelled_already_is_told(talk, make):
    bath = make(**BATH)
    orders.cancel(talk.session, bath.number)
    talk.conversation.phone = PHONE
    assert "已经取消过了" in talk.change("取消洗澡", "order_cancel", service="bath") and talk.finished


def test_stopping_leaves_everything(talk, make):
    bath = make(**BATH)
    talk.conversation.phone = PHONE
    talk.change("改一下洗澡", "order_reschedule", service="bath")
    assert "单子还在" in talk.change("算了", "stop") and talk.finished and str(bath.date) == "2026-11-28"


def test_nonsense_three_times_ends_with_a_way_out(talk):
    talk.change("取消订单", "order_cancel")
    for text in ("啊", "嗯", "那个"):
        told = talk.change(text)
    assert talk.finished and "人工" in told


def test_after_an_interruption_the_question_comes_with_a_bridge(talk, make):
    make(**BATH)
    talk.conversation.phone = PHONE
    talk.change("取消洗澡", "order_cancel", service="bath")
    again = orders.change_task.ask(talk.session, talk.conversation, True)
    assert again.state == "confirming" and "接着刚才" in again.replies[0].say and "取消洗澡" in again.replies[-1].say


def test_another_conversation_of_the_same_telephone_sees_the_order(talk, make, session):
    make(**BATH)
    other = Conversation(id="c2", channel="test", phone=PHONE, drafts={}, memory={}, state="idle", misses=0, region="")
    session.add(other)
    session.flush()
    assert "洗澡" in orders.answer(session, other, said("查一下我的单", "order_status")).replies[0].say


@pytest.mark.parametrize("words", ["算了不取消了", "别取消了", "留着吧"])
def test_second_thoughts_keep_the_order(talk, make, conversation, words):
    conversation.phone = PHONE
    order = make(**BATH)
    talk.change("洗澡取消", "order_cancel", service="bath")
    assert "还在" in talk.change(words, "order_cancel")
    assert order.status != "cancelled" and talk.finished


def test_a_longer_rental_is_repeated_and_needs_a_yes(talk, make, conversation, session):
    conversation.phone = PHONE
    make(service="aids_rental", date="2026-11-27", time="10:00", particulars={"duration": {"days": 30}})
    heard = talk.change("轮椅再续一个月", "order_reschedule")
    assert "要续一个月" in heard and heard.endswith("对吗？")
    assert not session.scalars(select(Ticket)).all()
    talk.change("对", "affirm")
    assert talk.state == "submitted" and len(session.scalars(select(Ticket)).all()) == 1


# --- what is said right after an order ---------------------------------------------------------------------------


@pytest.mark.parametrize("turn", [
    said("礼拜六礼拜天我闺女回来，那两天不要了", "correct", time=when("2026-11-28", weekdays=[6, 7])),
    said("那两天退了", "inform", duration={"days": 2}), said("不要了", "deny"),
    said("哎呀那天我得去随礼，别来了", "nlu_fallback"),
])  # fmt: skip
def test_days_or_the_whole_order_given_back(conversation: Conversation, turn: Turn) -> None:
    assert orders.cancelling(conversation, turn) == ""  # nothing was ordered
    conversation.remember(last_order="2357")
    assert orders.cancelling(conversation, turn) == "取消刚才的订单，" + turn.text


def test_another_address_after_an_order_redirects_it(conversation: Conversation) -> None:
    conversation.remember(last_order="2357")
    turn = said("送到东城区我女儿那边行吗，莞樟路52号", address="莞樟路52号")
    assert orders.redirecting(conversation, turn).startswith("我要改刚才的订单，")
    assert orders.redirecting(conversation, said("我住莞樟路52号", address="莞樟路52号")) == ""


def test_one_more_after_an_order_alters_it(conversation: Conversation) -> None:
    conversation.remember(last_order="2357")
    assert orders.claims(conversation, said("再多送一份", "add_item", quantity={"n": 1, "unit": "份"}))
    assert not orders.claims(conversation, said("再订一份明天的", "add_item", quantity={"n": 1, "unit": "份"}))


def test_a_yes_that_names_it_once_more_is_a_yes(talk, make) -> None:
    make(**MEALS)
    talk.conversation.phone = PHONE
    talk.change("后天那顿不要了", "order_cancel", time=when("2026-11-27"))
    assert talk.state == "confirming"
    talk.change("对，那顿退了", "order_cancel")
    assert talk.state == "cancelled"
