"""Words after an order that name none: what they mean, and what is done with them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from care import orders, routing
from care.conversation import hearing, manners
from care.handover.model import Ticket
from care.orders import afterwards, finding, meaning, notes, reading, visit, wishes
from care.orders.claims import put_right
from care.turn import Entity, Turn
from tests.conftest import said
from tests.unit.orders_talk import BATH, MEALS, PHONE, Talk, when

TOGETHER = {"service": "meal", "date": "2026-11-27", "time": "11:30", "quantity": 3}


@pytest.fixture
def talk(session, conversation) -> Talk:
    return Talk(session, conversation)


def own(talk: Talk, order: orders.Order) -> orders.Order:
    talk.conversation.phone = PHONE
    finding.made(talk.conversation, order)
    talk.conversation.state = "booked"
    return order


def counted(text: str, *words: str) -> Turn:
    """A turn with the amounts found where they stand."""
    digits = {"一": 1, "两": 2, "三": 3, "四": 4}
    found = tuple(
        Entity(
            "quantity", {"n": digits[word[0]], "unit": word[-1]}, word, text.index(word), text.index(word) + len(word)
        )
        for word in words
    )
    return Turn("c1", text, "nlu_fallback", 0.3, found, f"m-{text}")


@pytest.mark.parametrize(("text", "meant"), [
    ("那趟车还有没有我的份", "status"), ("我那约没弄丢吧", "status"), ("你再看看那个澡还在不在", "status"), ("到底约的礼拜几来着", "status"),
    ("来几个师傅呀", "visit"), ("要我备块毛巾不", "visit"), ("一回得弄多久", "visit"), ("能早点来接我不", "change"),
    ("换到下礼拜二吧", "change"), ("再添一份", "change"), ("那个甭来了，我儿子弄好了", "cancel"), ("都退了吧，用不上了", "cancel"),
    ("叫他到了楼下打我电话", "note"), ("我耳朵背，让他敲门使点劲", "note"), ("那师傅人真不赖，我给他五分", "rate"),
    ("八十岁有啥补贴", ""), ("谢谢你，再见", ""), ("我胸口疼", ""),
])  # fmt: skip
def test_what_words_after_an_order_mean(text: str, meant: str) -> None:
    assert meaning.of_words(text) == meant


def test_without_an_order_they_mean_nothing(talk) -> None:
    assert afterwards.means(talk.conversation, said("再添一份", "nlu_fallback")) == ""
    assert not orders.claims(talk.conversation, said("再添一份", "nlu_fallback"))


def test_a_change_that_the_bot_took_for_a_complaint_changes_the_order(talk, make):
    own(talk, make(**TOGETHER))
    turn = said("我外甥不来了，少送一份", "complain", quantity={"n": 1, "unit": "份"})
    assert routing.claimed_by(talk.conversation, turn, "complaint") == "change"
    assert "两份" in talk.change(turn.text, "complain", turn=turn)


@pytest.mark.parametrize(("text", "words", "left"), [
    ("减掉一份，两份够了", ("一份", "两份"), 2), ("少弄一份", ("一份",), 2), ("多一份", ("一份",), 4), ("多两份添", ("两份",), 5),
    ("给我老头也带一份", ("一份",), 4), ("只要一份", ("一份",), 1), ("三份改两份", ("三份", "两份"), 2), ("再少一份，一个人吃", ("一份", "一个人"), 1),
    ("一份就够", ("一份",), 1), ("加到四份", ("四份",), 4),
])  # fmt: skip
def test_how_many_it_is_to_be(text: str, words: tuple[str, ...], left: int) -> None:
    assert wishes.how_many(3, counted(text, *words)) == left


def test_the_day_of_the_reason_moves_nothing(talk, make):
    order = own(talk, make(**TOGETHER))
    asked = talk.change("今晚我哥回来，多两份", "order_reschedule", turn=Turn(
        "c1", "今晚我哥回来，多两份", "order_reschedule", 0.9,
        (Entity("time", when("2026-11-25", part="evening"), "今晚", 0, 2), Entity("quantity", {"n": 2, "unit": "份"}, "两份", 8, 10)), "m1",
    ))  # fmt: skip
    assert "五份" in asked and "今天" not in asked
    talk.change("对", "affirm")
    assert order.quantity == 5 and str(order.date) == "2026-11-27"


def test_a_weekday_alone_is_one_of_the_orders_week(talk, make):
    order = own(talk, make(service="bath", date="2026-12-01", time="10:00"))
    turn = Turn("c1", "挪到周三吧", "order_reschedule", 0.9, (Entity("time", when("2026-11-25"), "周三", 2, 4),), "m1")
    assert "十二月二号" in talk.change(turn.text, turn=turn)
    talk.change("对", "affirm")
    assert str(order.date) == "2026-12-02"


def test_one_day_of_several_gets_its_own_hour(talk, make):
    meals = own(talk, make(**MEALS))
    text = "礼拜一那顿改成晚上"
    turn = Turn(
        "c1", text, "order_reschedule", 0.9, (Entity("time", when("2026-11-30", part="evening"), "晚上", 7, 9),), "m1"
    )
    assert "那天" in talk.change(text, turn=turn) and talk.state == "confirming"
    told = talk.change("对", "affirm")
    apart = orders.by_number(talk.session, talk.order)
    assert (
        apart.number != meals.number
        and apart.time == "17:00"
        and [str(day) for day in apart.live_days] == ["2026-11-30"]
    )
    assert meals.time == "11:30" and "2026-11-30" not in map(str, meals.live_days) and len(meals.live_days) == 6
    assert "单独" in told


def test_another_goal_of_a_journey(talk, make):
    order = own(talk, make(service="travel", date="2026-11-27", time="10:00", particulars={"destination": "湘雅医院"}))
    assert "去中医院" in talk.change("不去湘雅了，改去中医院", "order_reschedule")
    talk.change("对", "affirm")
    assert order.particulars["destination"] == "中医院"


@pytest.mark.parametrize("text", ["嗯，别来了", "莫送了", "那就退了吧", "确认取消", "对，不要了"])
def test_a_cancellation_is_agreed_to_in_its_own_words(text: str) -> None:
    assert reading.called_off(said(text, "deny"))


@pytest.mark.parametrize("text", ["是几点来着", "是哪天的", "别取消", "不，留着吧", "那钱退不退"])
def test_a_question_or_a_second_thought_cancels_nothing(text: str) -> None:
    assert not reading.called_off(said(text, "affirm"))


def test_what_is_to_stay_is_not_cancelled(talk, make):
    bath, meal = make(**BATH), make(**TOGETHER)
    own(talk, bath)
    text = "洗澡的不要了，饭照送"
    turn = Turn(
        "c1",
        text,
        "order_cancel",
        0.9,
        (Entity("service", "bath", "洗澡", 0, 2), Entity("service", "meal", "饭", 7, 8)),
        "m1",
    )
    talk.change(text, turn=turn)
    talk.change("对", "affirm")
    assert bath.status == "cancelled" and meal.status != "cancelled"


def test_each_question_about_the_visit_is_answered(talk, make):
    own(talk, make(**BATH))
    told = afterwards.answer(talk.session, talk.conversation, said("来几个人啊，毛巾要不要自己备", "order_status"))
    assert "两位护理员" in told.replies[0].say and "毛巾" in told.replies[0].say


def test_what_is_not_known_of_the_visit_is_not_made_up(talk, make):
    own(talk, make(**BATH))
    told = afterwards.answer(talk.session, talk.conversation, said("他们会不会讲客家话", "service_query"))
    assert "说不准" in told.replies[0].say


def test_a_wish_for_whoever_comes_is_kept_with_the_order(talk, make):
    bath = own(talk, make(**BATH))
    words = "我耳朵背，让他敲门使点劲"
    assert afterwards.claims(talk.conversation, said(words, "nlu_fallback"))
    assert "记上" in afterwards.answer(talk.session, talk.conversation, said(words, "nlu_fallback")).replies[0].say
    assert bath.particulars["remark"] == words


def test_praise_for_what_is_not_ordered_here_is_passed_on(talk, make):
    bath = own(talk, make(**BATH))
    told = orders.rate(
        talk.session, talk.conversation, said("上回来剪头的师傅真好，给他五分", "rate", service="haircut")
    )
    assert "转给站里" in told.replies[0].say and bath.rating is None
    assert talk.session.scalars(select(Ticket)).one().kind == "rating"


@pytest.mark.parametrize("text", ["叫你们管事的来", "我要跟说了算的人讲", "你们领导呢，让他来听"])
def test_whoever_wants_the_person_in_charge_gets_people_with_the_story(talk, text: str):
    talk.say(orders.complaint_task, "饭送来冰凉的，汤还洒了", "complain")
    told = talk.say(orders.complaint_task, text, "complain")
    assert talk.state == "handed_over" and talk.finished and told
    assert "冰凉" in talk.session.scalars(select(Ticket)).one().summary


def test_an_order_called_off_in_the_middle_of_the_next_booking(talk, make):
    own(talk, make(service="cleaning", date="2026-11-27", time="10:00"))
    talk.conversation.task = "booking"
    assert afterwards.of_another(talk.conversation, said("那个打扫的不要了", "deny", service="cleaning"), "haircut")
    assert not afterwards.of_another(talk.conversation, said("理发的不要了", "deny", service="haircut"), "haircut")


@pytest.mark.parametrize(("text", "wanted"), [
    ("给我找个管事的来讲", True), ("那你们负责人在不在，让他听", True), ("叫站长跟我说", True), ("不用找领导了", False), ("我爸以前当站长", False),
])  # fmt: skip
def test_the_person_in_charge_is_wished_for(text: str, wanted: bool) -> None:
    assert hearing.wants_who_is_in_charge(text) is wanted


def test_a_move_that_becomes_a_cancellation(talk, make):
    bath = own(talk, make(**BATH))
    talk.change("洗澡改到礼拜一", "order_reschedule", service="bath", time=when("2026-11-30"))
    assert talk.change("我儿子会给我洗，整个取消吧", "correct").startswith("取消洗澡")
    talk.change("对，取消", "affirm")
    assert bath.status == "cancelled"


def test_how_another_order_stands_is_told_in_the_middle_of_a_booking(talk, make):
    own(talk, make(service="cleaning", date="2026-11-27", time="10:00"))
    talk.conversation.task = "booking"
    talk.conversation.keep_draft("booking", {"service": "haircut"})
    turn = said("那打扫的还在不在", "nlu_fallback", service="cleaning")
    assert routing.taken_from(talk.conversation, turn, "booking") == "orders"
    assert "打扫" in routing.ANSWERS["orders"](talk.session, talk.conversation, turn).replies[0].say


def test_lonely_words_in_the_middle_of_a_booking_are_taken_up(talk):
    talk.conversation.task = "booking"
    turn = said("屋里静得很，没个人说话", "inform")
    assert routing.taken_from(talk.conversation, turn, "booking") == "lonely"


@pytest.mark.parametrize(("text", "fixed"), [
    ("是21号，不是12号", "望城坡街道21号1栋101"), ("我讲错了，不是一零一，是一零二", "望城坡街道12号1栋102"), ("不是1栋是3栋", "望城坡街道12号3栋101"), ("是15号不是18号", ""),
])  # fmt: skip
def test_one_number_of_the_address_is_put_right(text: str, fixed: str) -> None:
    assert put_right("望城坡街道12号1栋101", text) == fixed


def test_second_thoughts_after_a_cancellation_book_the_same_anew(talk, make):
    bath = own(talk, make(**BATH))
    orders.cancel(talk.session, bath.number)
    again = orders.retold(talk.session, talk.conversation, "哎等下，还是要来吧")
    assert again.startswith("我想再订洗澡") and "星期六" in again


@pytest.mark.parametrize("text", ["一院不去了，去三院", "不去超市了，改去书店"])
def test_another_goal_is_no_cancellation(text: str) -> None:
    assert reading.begun_with(said(text, "order_cancel")) == reading.MOVE


@pytest.mark.parametrize(("text", "meant"), [
    ("上礼拜来修灯的娃，自己带的鞋套，这样的娃少见，给他记一功", "rate"), ("上礼拜送菜的，连着两天送错楼，我说他他还顶嘴", "complain"),
    ("昨天刚出院，走不动，想订几天饭", ""),
])  # fmt: skip
def test_praise_and_blame_for_what_is_past_need_no_order(talk, text: str, meant: str) -> None:
    assert afterwards.means(talk.conversation, said(text, "book")) == meant


def test_one_plain_piece_beside_reasons_decides(talk, make):
    own(talk, make(**BATH))
    assert afterwards.means(talk.conversation, said("她几点能干完，我还要去接孙子", "nlu_fallback")) == "visit"


def test_when_it_is_over_is_told_by_its_length(talk, make):
    own(talk, make(**BATH))
    told = afterwards.answer(talk.session, talk.conversation, said("几点能弄完", "service_query"))
    assert "四十五分钟" in told.replies[0].say


@pytest.mark.parametrize("text", ["大夫那天不坐诊，给我挪到后天，还是早上", "饭那个也改后天，还是十二点"])
def test_what_is_moved_is_moved_whatever_the_bot_took_it_for(talk, make, text: str) -> None:
    own(talk, make(**BATH))
    assert afterwards.means(talk.conversation, said(text, "book", time=when("2026-11-27"))) == meaning.CHANGE
    assert (
        afterwards.means(talk.conversation, said("那改到后天了没", "nlu_fallback", time=when("2026-11-27")))
        != meaning.CHANGE
    )


@pytest.mark.parametrize(("text", "meant"), [
    ("上门的是个什么样的人，我娘见生人就躲", "visit"), ("用不用我在旁边守着", "visit"), ("刷社保卡行不", "visit"),
    ("我家藏在弄堂最里面，就怕他摸不着", "note"), ("她膝盖动过刀，莫让她蹲", "note"), ("孙女不吃葱", "note"),
    ("那我泡壶茶等他来", "settled"), ("这下我踏实多了", "settled"), ("等我腿好利索了再打给你", "settled"),
    ("照老样子大后天再给我来一单", "again"), ("前头约的那个修灯的取消吧，我女婿来弄", "cancel"), ("她嫌早，非要下午去", "change"),
])  # fmt: skip
def test_what_else_words_after_an_order_mean(text: str, meant: str) -> None:
    assert meaning.of_words(text) == meant


def test_a_reason_that_names_another_service_moves_the_one_that_stands(talk, make):
    own(talk, make(**BATH))
    turn = Turn("c1", "明天她要去打针，改到周日下午两点可以吗", "book", 0.99, (
        Entity("service", "home_nursing", "打针", 5, 7), Entity("time", when("2026-11-29", "14:00"), "周日下午两点", 10, 16),
    ), "m1", meant="home_nursing")  # fmt: skip
    assert afterwards.means(talk.conversation, turn) == meaning.CHANGE and orders.claims(talk.conversation, turn)


@pytest.mark.parametrize("words", ["{}这单改到周日下午两点", "{}那个取消吧", "帮我看看{}是哪天的"])
def test_the_number_of_an_order_says_which_one_is_meant_in_a_later_conversation(talk, make, words):
    order = make(**BATH)
    text = words.format(order.number)
    assert afterwards.means(talk.conversation, said(text, "book", service="home_nursing")) in afterwards.OF_AN_ORDER


def test_a_number_said_digit_by_digit(make):
    digits = str.maketrans("235789", "二三五七八九")
    order = make(**BATH)
    assert finding.spoken_number(said(f"单号是{'、'.join(order.number.translate(digits))}")) == order.number
    assert finding.spoken_number(said("打一三八零零零零二三五七")) == ""


def test_who_is_content_hears_that_it_stands(talk, make):
    own(talk, make(**BATH))
    outcome = afterwards.answer(talk.session, talk.conversation, said("那我就在屋里等了", "nlu_fallback"))
    assert "洗澡" in outcome.replies[0].say and "想办什么事" not in outcome.replies[0].say
    talk.conversation.last_replies = [
        {"say": "要我请人回电话吗？", "choices": [{"title": "要", "value": "请给我回电话"}]}
    ]
    assert afterwards.means(talk.conversation, said("那就拜托了", "affirm")) == ""


def test_a_yes_with_nothing_open_after_an_order_asks_for_no_new_wish(talk, make):
    own(talk, make(**BATH))
    talk.conversation.state = "answered"
    assert "想办什么事" not in manners.loose(talk.session, talk.conversation, said("对", "affirm")).replies[0].say


def test_words_that_may_be_a_note_are_asked_about(talk, make):
    order = own(talk, make(**BATH))
    turn = said("老太太手上埋了个针头呢", "nlu_fallback", confidence=0.2)
    assert notes.offer(order, turn).replies[0].choices[0].value.startswith(notes.TELL_THEM)
    assert "remark" not in order.particulars
    told = said(notes.TELL_THEM + turn.text, "inform")
    assert afterwards.means(talk.conversation, told) == meaning.NOTE
    afterwards.answer(talk.session, talk.conversation, told)
    assert order.particulars["remark"] == turn.text


def test_a_note_beside_the_question_of_a_change_is_kept(talk, make):
    order = own(talk, make(**BATH))
    talk.change("那天我有事，改一下", "order_reschedule")
    told = talk.change("她耳朵背，叫他敲门使劲点")
    assert "记上了" in told and "改到哪天" in told and "耳朵背" in order.particulars["remark"]


def test_the_telephone_number_of_an_order_is_changed(talk, make):
    order = own(talk, make(**BATH))
    assert talk.change("我的电话换号了", "order_reschedule").startswith("换成哪个电话")
    asked = talk.change("13800007788", phone="13800007788")
    assert "七七八八" in asked and talk.state == "confirming"
    talk.change("对", "affirm")
    assert order.person_phone == "13800007788" and str(order.date) == BATH["date"]


def test_what_is_so_already_is_not_changed(talk, make):
    own(talk, make(**TOGETHER))
    told = talk.change("还是三份吧", "order_reschedule", turn=counted("还是三份吧", "三份"))
    assert "本来就是" in told and talk.finished


def test_other_weekdays_are_handed_to_the_staff(talk, make):
    meals = own(talk, make(**MEALS))
    asked = talk.change("以后改成每周一三五送", "order_reschedule", time=when(weekdays=[1, 3, 5], every="week"))
    assert "打电话跟您定" in asked and "每周一三五" in asked
    talk.change("对", "affirm")
    kinds = [ticket.kind for ticket in talk.session.scalars(select(Ticket))]
    assert talk.state == "submitted" and "other" in kinds and len(meals.live_days) == 7


def test_all_are_cancelled_whatever_day_the_reason_names(talk, make):
    first, second = own(talk, make(**BATH)), own(talk, make(**TOGETHER))
    text = "我后天出远门，订的都给我退了"
    day = Entity("time", when("2026-11-27"), "后天", 1, 3)
    assert "两个单子" in talk.change(text, turn=Turn("c1", text, "order_cancel", 0.9, (day,), "m1"))
    talk.change("对，都退", "affirm")
    assert {first.status, second.status} == {"cancelled"}


def test_another_order_that_is_to_stay_is_no_second_thought(talk, make):
    meal = own(talk, make(**TOGETHER))
    bath = own(talk, make(**BATH))
    talk.change("饭不要了", "order_cancel", service="meal")
    talk.change("对，只取消饭，那个澡留着", "order_cancel")
    assert meal.status == "cancelled" and bath.status != "cancelled"


def test_things_that_are_counted_are_no_number_of_the_order() -> None:
    text = "我有两个大箱子"
    turn = Turn("c1", text, "inform", 0.5, (Entity("quantity", {"n": 2, "unit": "个"}, "两个", 2, 4),), "m1")
    assert wishes.how_many(1, turn) == 0
    assert wishes.how_many(1, said("楼上老刘也想剪，跟我一起")) == 2


def test_after_a_cancellation_nothing_is_charged(talk, make):
    order = own(talk, make(**BATH))
    orders.cancel(talk.session, order.number)
    outcome = afterwards.answer(talk.session, talk.conversation, said("退了不要钱吧", "nlu_fallback"))
    assert "不收钱" in outcome.replies[0].say


def test_another_like_it_keeps_the_hour_and_the_number(talk, make):
    own(talk, make(**MEALS))
    again = orders.retold(talk.session, talk.conversation, "照这个样大后天再来一单")
    assert "中午十一点半" in again and "两份" in again
    assert "十一点半" not in orders.retold(talk.session, talk.conversation, "照这个样大后天晚上再来一单")


@pytest.mark.parametrize(
    ("words", "meant"),
    [("那饭不要了", meaning.CANCEL), ("刚订的那个取消吧", meaning.CANCEL), ("饭改成两份", meaning.CHANGE)],
)
def test_the_order_that_stands_while_another_is_booked(talk, make, words, meant):
    own(talk, make(**TOGETHER))
    assert afterwards.of_another(talk.conversation, said(words, "inform"), "cleaning") == meant
    assert afterwards.of_another(talk.conversation, said("那饭不要了", "inform"), "meal") == ""


def test_another_department_is_repeated_and_stored_and_what_is_no_particular_is_noted(talk, make):
    order = own(talk, make(service="medical", date="2026-11-27", time="10:00", particulars={"hospital": "市医院"}))
    assert "骨科" in talk.change("不看眼科了，改看骨科", "order_reschedule", department="骨科")
    talk.change("对", "affirm")
    assert order.particulars["department"] == "骨科"
    told = talk.change("改成要软饭", "order_reschedule", diet="soft")
    assert "记上了" in told and talk.finished and "软饭" in order.particulars["remark"]


def test_the_question_asked_before_the_telephone_fitted_is_answered(talk, make):
    order = make(**BATH, person_phone=PHONE)
    text = f"单号{order.number}，来的人是男的女的"
    talk.status(text)
    assert talk.state == "asking_phone"
    assert "护理员" in talk.change(PHONE[-4:])


def test_words_nobody_knows_are_nearest_to_something(talk, make):
    own(talk, make(**BATH))
    vague = said("打礼拜一起住我儿子那儿，后头那几天就停了吧", "nlu_fallback", confidence=0.2)
    assert afterwards.means(talk.conversation, vague) == meaning.CANCEL
    assert afterwards.means(talk.conversation, said("高龄津贴多少钱", "policy_ask")) == ""


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("他啥也不懂", False),
        ("来的是啥人", True),
        ("是早上还是晌午", True),
        ("抽烟不抽烟", False),
        ("抱不抱得动", True),
    ],
)
def test_what_asks(text, asks):
    assert bool(meaning.ASKS.search(text)) is asks


def test_a_stop_that_calls_it_off_is_a_yes_to_a_cancellation(talk, make):
    order = own(talk, make(**BATH))
    talk.change("洗澡先不要了", "order_cancel")
    talk.change("先退了吧", "stop")
    assert order.status == "cancelled"


@pytest.mark.parametrize(
    ("text", "told"), [("这么晚才退，罚不罚钱", "不收钱"), ("一共给多少", "三十块"), ("要付多少钱", "三十块")]
)
def test_what_is_to_be_paid_for_the_order(talk, make, text, told):
    order = own(talk, make(**BATH))
    assert told in "".join(one.say for one in visit.answer(talk.conversation, order, said(text)).replies)


def test_two_orders_named_are_both_told(talk, make):
    own(talk, make(**TOGETHER)), own(talk, make(**BATH))
    turn = Turn(
        "c1",
        "送饭的和洗澡的是哪天",
        "order_status",
        0.9,
        (Entity("service", "meal", "送饭", 0, 2), Entity("service", "bath", "洗澡", 4, 6)),
        "m1",
    )
    told = orders.answer(talk.session, talk.conversation, turn).replies[0].say
    assert "送餐" in told and "洗澡" in told


def test_a_reason_that_names_another_service_calls_off_the_one_that_stands(talk, make):
    own(talk, make(**MEALS))
    turn = Turn(
        "c1", "三十号孩子们接我出去过生日，那天别送了", "book", 0.9, (Entity("service", "travel", "接我", 6, 8),), "m1"
    )
    assert afterwards.means(talk.conversation, turn) == meaning.CANCEL


def test_a_complaint_after_an_order_is_no_note(talk, make):
    own(talk, make(**TOGETHER))
    assert afterwards.means(talk.conversation, said("我有意见要提，送饭的敲门跟砸门似的", "inform")) == meaning.COMPLAIN


def test_the_other_meal_of_the_day(talk, make):
    order = own(talk, make(**TOGETHER))
    text = "换成晚饭吧，中午我外孙给我送"
    noon = Entity("time", when(part="noon"), "中午", 6, 8)
    assert "五点" in talk.change(text, turn=Turn("c1", text, "order_reschedule", 0.9, (noon,), "m1"))
    talk.change("对", "affirm")
    assert order.time == "17:00"


def test_the_day_of_the_order_it_is_like_is_no_day_of_the_new_one(talk, make):
    own(talk, make(**TOGETHER))
    again = orders.retold(talk.session, talk.conversation, "下礼拜一也照今天说的再来一单")
    assert again and "今天" not in again


def test_an_order_put_off_by_a_day_without_a_word_for_later(talk, make):
    order = own(talk, make(**BATH))
    asked = talk.change("护工那天没空，跟着挪一天", "order_reschedule", duration={"days": 1})
    assert "星期日" in asked
    talk.change("对", "affirm")
    assert str(order.date) == "2026-11-29"


WHEELCHAIR = {"service": "aids_rental", "date": "2026-11-26", "time": "10:00", "particulars": {"aid": "wheelchair", "duration": {"days": 30}}}


@pytest.mark.parametrize(("text", "day", "back"), [
    ("轮椅早点还 下礼拜五上午来拿", "2026-12-04", True), ("轮椅十二月四号还", "2026-12-04", True), ("下礼拜五来收走", "2026-12-04", True),
    ("轮椅改到后天送来", "2026-11-27", False), ("后天再送过来", "2026-11-27", False), ("轮椅还没送来，后天还来吗", "2026-11-27", False),
])  # fmt: skip
def test_fetching_what_was_lent_is_no_other_day_for_bringing_it(talk, make, text, day, back):
    own(talk, make(**WHEELCHAIR))
    turn = said(text, "order_reschedule", time=when(day))
    assert finding.goes_back(talk.conversation, turn) is back
    assert (routing.claimed_by(talk.conversation, turn, "change") == routing.BOOKING) is back
