"""What a turn says is taken first as what it is; only what is left answers a question for free words or is noted."""

from __future__ import annotations

import pytest

from care import interruptions
from care.booking import addresses, clause, contact, data, left_over, task
from care.orders import by_number
from care.turn import Entity, Turn
from tests.conftest import said
from tests.unit.booking_talk import SATURDAY, Talk, time

PHONE, OTHER = "13800006601", "13800006602"


def _haircut(talk: Talk, **more: object) -> None:
    """A haircut up to its read-back, of a stranger in 杨凌."""
    entities = {"service": "haircut", "time": time(SATURDAY, "10:00", ampm=True), "address": "康乐路3号院2号楼101"}
    talk.say("周六上午十点理发，康乐路3号院2号楼101", "book", **(entities | more))
    talk.say(PHONE, phone=PHONE)
    assert talk.state == "confirming"


@pytest.fixture
def plain(stranger: Talk) -> Talk:
    stranger.conversation.region = "yangling"
    return stranger


@pytest.mark.parametrize(
    "words",
    ["吴建民，76岁，左边身子不能动", "她姓梁，梁国栋", "八十一了，耳朵背", "去年中风后要人喂", "我腿疼下不了楼"],
)
def test_who_somebody_is_is_no_address(words: str) -> None:
    assert not addresses.read_address(words)


@pytest.mark.parametrize(
    ("words", "name"),
    [("吴建民，76岁，要人喂", "吴建民"), ("赵秀兰，13800006601", "赵秀兰"), ("老人叫冯素珍，八十一了", "冯素珍")],
)
def test_a_name_among_other_things_is_heard(words: str, name: str) -> None:
    assert contact.told_name(words) == name


def test_a_day_or_nothing_more_is_no_errand(plain: Talk) -> None:
    plain.say("我想找人帮忙办点事", "book", service="errand")
    day = Entity("time", time(SATURDAY, "16:00", ampm=True), "周六后晌四点", 0, 6)
    for turn in (Turn("c1", "周六后晌四点前送来就行", "inform", 0.9, (day,), "a"), said("别的没有了", "deny", "b")):
        left = left_over.text(turn)
        assert not left


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("帮我捎点东西，两斤鸡蛋，一袋盐", "两斤鸡蛋，一袋盐"),
        ("能不能买点东西，一袋米十斤的，再要一瓶酱油，我下不了楼", "一袋米十斤的，一瓶酱油"),
    ],
)
def test_the_list_in_the_first_sentence_is_the_errand(plain: Talk, words: str, named: str) -> None:
    plain.say(words, "book", service="errand")
    assert plain.draft.particulars["problem"] == named


def test_a_wish_put_as_a_question_names_the_nursing() -> None:
    assert clause.shortest("你们能派个护士到屋里来给换药不", data.slot("problem")["hints"]) == "换药"


def test_what_is_added_to_a_read_back_is_noted_and_is_no_yes(plain: Talk) -> None:
    _haircut(plain)
    heard = plain.say("耳朵边要剪短一点", "affirm")
    assert "耳朵边要剪短" in heard and "念一遍" not in heard and plain.state == "confirming"
    plain.say("对，就这么办", "affirm")
    order = by_number(plain.session, plain.order)
    assert "耳朵边要剪短" in order.particulars["remark"]


def test_something_that_is_not_there_is_no_refusal(plain: Talk) -> None:
    _haircut(plain)
    plain.say("头皮有点痒，没有伤口", "deny")
    assert plain.state == "confirming" and plain.draft.remarks


def test_nothing_more_is_not_read_out_whole_again(plain: Talk) -> None:
    _haircut(plain)
    heard = plain.say("十点来就行，再没啥了", "inform", time=time(time="10:00", ampm=True))
    assert plain.state == "confirming" and "念一遍" not in heard and plain.draft.address


def test_a_yes_to_what_should_change_means_it_stands(plain: Talk) -> None:
    _haircut(plain)
    plain.say("不对", "deny")
    assert plain.state == "asking_change"
    assert "不改" in plain.say("好，谢谢你", "thanks") and plain.state == "confirming"


def test_placing_it_after_all_at_what_should_change(plain: Talk) -> None:
    _haircut(plain)
    plain.say("不对", "deny")
    plain.say("对，就这么订吧", "affirm")
    assert plain.state == "booked"


@pytest.mark.parametrize(
    "words",
    ["联系打我电话13800006601", "电话留我的吧，13800006601", "有事打我手机13800006601", "号码写我的，13800006601"],
)
def test_ones_own_number_will_do(plain: Talk, words: str) -> None:
    plain.say("给我妈理发", "book", service="haircut", relation="mother")
    plain.say(words, phone=PHONE)
    assert plain.draft.phone == plain.draft.asker_phone == PHONE


def test_a_second_contact_takes_nobodys_place(plain: Talk) -> None:
    _haircut(plain, person_name="陈月华")
    plain.say("有事就找我女儿，叫邓小丽，13800006602", person_name="邓小丽", phone=OTHER)
    assert plain.draft.phone == PHONE and plain.draft.name == "陈月华" and OTHER in plain.draft.remarks[0]


def test_a_number_answers_whatever_else_is_said(plain: Talk) -> None:
    plain.say("周六上午十点理发", "book", service="haircut", time=time(SATURDAY, "10:00", ampm=True))
    plain.say("康乐路3号院2号楼101", address="康乐路3号院2号楼101")
    assert plain.state == "asking_phone"
    turn = said("电话是13800006601，什么时候来都得", "order_status", "m", phone=PHONE)
    assert not interruptions.interrupts(plain.conversation, turn, "booking")


def test_the_department_is_not_insisted_on(plain: Talk) -> None:
    plain.say("周六上午九点陪我去市医院看病", "book", service="medical", medical_task="escort",
              facility="市医院", time=time(SATURDAY, "09:00", ampm=True))  # fmt: skip
    plain.say("康乐路3号院2号楼101", address="康乐路3号院2号楼101")
    assert plain.state == "asking_department"
    plain.say("13800006601", phone=PHONE)
    assert plain.state != "asking_department" and plain.draft.phone == PHONE


def test_closing_words_take_a_proposal(plain: Talk) -> None:
    plain.say("星期天下午三点修脚", "book", service="foot_care", time=time("2026-11-29", "15:00", ampm=True))
    assert plain.draft.options == [["2026-11-30", "15:00"], [SATURDAY, "15:00"]]
    plain.say("没别的了，请按这个下", "deny")
    assert (plain.draft.date, plain.draft.time) == ("2026-11-30", "15:00")


def test_from_one_day_to_another_is_a_stay(plain: Talk) -> None:
    plain.conversation.region = "nanchang"
    text = "下周二住到下周六"
    days = (Entity("time", time("2026-12-01"), "下周二", 0, 3), Entity("time", time("2026-12-05"), "下周六", 5, 8))
    turn = Turn("c1", "送我老伴去短住，" + text, "book", 0.9, (Entity("service", "respite", "短住", 5, 7), *(
        Entity(e.kind, e.value, e.text, e.start + 8, e.end + 8) for e in days)), "m1")  # fmt: skip

    task.take(plain.session, plain.conversation, turn)
    assert (plain.draft.date, plain.draft.days) == ("2026-12-01", 5)


def test_questions_of_what_is_booked_and_when_it_is_paid(plain: Talk) -> None:
    plain.say("周六上午十点理发", "book", service="haircut", time=time(SATURDAY, "10:00", ampm=True))
    heard = plain.say("你刚刚讲的是几点来着", "inform")
    assert "上午十点" in heard and plain.state == "asking_place"
    assert "不用先付" in plain.say("钱是剪完再给吧，还是先给", "inform") or plain.state == "asking_place"


def test_a_fact_told_again_is_said_back(plain: Talk) -> None:
    plain.say("陪我看眼科", "book", service="medical", department="眼科", medical_task="escort")
    heard = plain.say("去市人民医院，看眼科", facility="市人民医院", department="眼科")
    assert "市人民医院" in heard and "眼科" in heard


def test_a_reason_is_no_hour(plain: Talk) -> None:
    text = "周六下午三点，她中午要困觉"
    times = (
        Entity("time", time(SATURDAY, "15:00", "afternoon", ampm=True), "周六下午三点", 0, 6),
        Entity("told_time", time(part="noon", ampm=True, role="busy"), "中午", 8, 10),
    )

    plain.say("我想修脚", "book", service="foot_care")
    task.take(plain.session, plain.conversation, Turn("c1", text, "inform", 0.9, times, "m9"))
    assert plain.draft.time == "15:00"


def test_an_illness_that_is_over_stops_no_bath(plain: Talk) -> None:
    plain.say("周六上午九点在家洗澡", "book", service="bath", time=time(SATURDAY, "09:00", ampm=True), bath_place="home")
    plain.say("血压有点高，没有伤口，上个月的疮也长好了", "inform", health="high_blood_pressure")
    assert plain.state != "refused" and plain.draft.particulars["health"] == ["high_blood_pressure"]


def test_a_part_of_the_day_in_a_question_moves_nothing(plain: Talk) -> None:
    _haircut(plain)
    evening = Entity("time", time(part="evening", ampm=True), "晚上", 6, 8)
    task.take(plain.session, plain.conversation, Turn("c1", "你们这个电话晚上也有人接吗", "inform", 0.9, (evening,), "q1"))
    assert plain.draft.time == "10:00"


def test_a_northern_yes_asks_nothing(plain: Talk) -> None:
    _haircut(plain)
    plain.say("嗯哪，就这么着", "affirm")
    assert plain.state == "booked"
