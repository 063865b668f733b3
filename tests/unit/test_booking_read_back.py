"""What is said when a booking is read back: nothing is booked that was not read, nothing told is lost, nothing else is begun."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from care import agreement, interruptions
from care.booking import confirm, dropped, goods
from care.conversation.model import CUT_SHORT, Conversation
from care.orders import by_number
from care.turn import Entity, Turn
from tests.conftest import said
from tests.unit.booking_talk import Talk, known, time

THURSDAY, SUNDAY, WEDNESDAY = "2026-11-26", "2026-11-29", "2026-12-02"


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    known(session, conversation)
    return Talk(session, conversation)


def heard(talk: Talk, *clauses: tuple[str, str], intent: str = "inform", **entities: tuple[object, str]) -> str:
    """Says clauses, each with what it does as learnt from examples."""
    text = "，".join(words for words, _ in clauses)
    found = tuple(Entity(kind, value, words, text.find(words), text.find(words) + len(words)) for kind, (value, words) in entities.items())
    talk.turns += 1
    moves = clauses if len(clauses) > 1 else ()
    return talk._taken(Turn(talk.conversation.id, text, intent, 0.9, found, f"m{talk.turns}", does=clauses[-1][1], moves=moves))


def week_of_meals(talk: Talk) -> None:
    talk.say("明天到下周三每天中午订一份软饭", "book", service="meal", quantity={"n": 1, "unit": "份"}, diet="soft",
             time=time(THURSDAY, "11:30", ampm=True, end_date=WEDNESDAY, every="day"))  # fmt: skip
    talk.say("对", "affirm")
    assert talk.state == "confirming"


def test_after_a_change_only_the_change_is_said_and_all_of_it_shown(talk: Talk) -> None:
    first = talk.to_confirmation()
    said = talk.say("改成五点", "correct", time=time("", "17:00", ampm=True))
    assert said == "改好了，后天，星期五，十一月二十七号，下午五点。别的不变，就这样订，对吗？" and len(said) < len(first)
    assert "软饭" in talk.replies[-1].show and "光明社区" in talk.replies[-1].show
    talk.say("对", "affirm")
    assert by_number(talk.session, talk.order).time == "17:00"


def test_whoever_asks_for_it_after_a_change_hears_all_of_it(talk: Talk) -> None:
    talk.to_confirmation()
    talk.say("改成五点", "correct", time=time("", "17:00", ampm=True))
    again = talk.replies[-1].repeated.say
    assert "我给您念一遍" in again and "下午五点" in again and "软饭" in again
    assert "我给您念一遍" in talk.say("你再给我念一遍听听", "affirm")


def test_money_that_changed_with_it_is_said_too(talk: Talk) -> None:
    talk.to_confirmation()
    assert "两份软饭，一共二十四块" in talk.say("改成两份", "correct", quantity={"n": 2, "unit": "份"})


def test_a_change_and_then_another_are_each_said_once(talk: Talk) -> None:
    talk.to_confirmation()
    talk.say("改成五点", "correct", time=time("", "17:00", ampm=True))
    said = talk.say("再改成两份", "correct", quantity={"n": 2, "unit": "份"})
    assert "下午五点" not in said and "两份" in said


def test_much_that_changed_is_read_whole(talk: Talk) -> None:
    talk.to_confirmation()
    said = talk.say("改成五点，两份，送到幸福路十八号五零二", "correct", time=time("", "17:00", ampm=True),
                    quantity={"n": 2, "unit": "份"}, address="幸福路十八号五零二")  # fmt: skip
    assert "我给您念一遍" in said


def test_what_was_not_heard_to_its_end_is_read_whole_after_a_change(talk: Talk) -> None:
    talk.to_confirmation()
    talk.conversation.remember(**{CUT_SHORT: True})
    assert "哪里要改" in talk.say("不对", "deny")
    talk.conversation.remember(**{CUT_SHORT: None})
    assert "我给您念一遍" in talk.say("改成五点", time=time("", "17:00", ampm=True))


HEAR_IT = ["没别的了，你念一遍我听听", "行行行，再跟我核对一遍", "好嘞，你把记的给我报一遍", "莫急，讲多一次听下", "你给我念念看", "嗯，从头再说一遍"]


@pytest.mark.parametrize("words", HEAR_IT)
def test_whoever_wants_to_hear_it_hears_all_of_it_and_books_nothing(talk: Talk, words: str) -> None:
    talk.to_confirmation()
    again = talk.say(words, "affirm")
    assert talk.order is None and talk.state == "confirming" and "我给您念一遍" in again


@pytest.mark.parametrize("words", ["不用再念了，订吧", "你念的都对", "我跟师傅说一下"])
def test_words_about_reading_that_want_nothing_read(words: str) -> None:
    assert not agreement.asks_to_hear(Turn("c", words))


@pytest.mark.parametrize("words", ["嗯……不太对吧", "好像记错了", "哎不对不对"])
def test_a_no_that_changes_nothing_is_asked_about(talk: Talk, words: str) -> None:
    talk.to_confirmation()
    asked = talk.say(words, "inform")
    assert talk.order is None and "哪里要改" in asked


def test_a_no_with_the_day_that_was_read_is_not_passed_over(talk: Talk) -> None:
    talk.to_confirmation()
    asked = talk.say("不对不对，礼拜五她上班呢", "correct", time=time("2026-11-27"))
    assert "哪里要改" in asked


@pytest.mark.parametrize("words", ["可以，改成别的花样", "行，换到对门那家", "好，往后推一推"])
def test_a_yes_with_a_change_that_was_not_understood_books_nothing(talk: Talk, words: str) -> None:
    talk.to_confirmation()
    talk.say(words, "affirm")
    assert talk.order is None


@pytest.mark.parametrize("words", ["发票啊，那算了，不用开。订吧", "本来叫我儿子去，算了不麻烦他，你们来吧", "那就不换了，办就是"])
def test_what_is_waved_aside_ends_no_booking_that_is_wanted(talk: Talk, words: str) -> None:
    talk.to_confirmation()
    talk.say(words, "stop")
    assert talk.order


@pytest.mark.parametrize(("yes", "remark"), [("好", "房子是她自己的"), ("对", "她自己也愿意去"), ("嗯", "跟她说好了的")])
def test_a_yes_and_a_remark_book_it_with_the_remark(talk: Talk, yes: str, remark: str) -> None:
    talk.to_confirmation()
    said = heard(talk, (yes, "agree"), (remark, "remark"))
    assert talk.order and remark in said and "就这样订，对吗" not in said
    assert by_number(talk.session, talk.order).particulars["remark"] == remark


def test_a_yes_beside_something_that_is_to_be_otherwise_books_nothing(talk: Talk) -> None:
    talk.to_confirmation()
    heard(talk, ("对", "agree"), ("要带两个护士的那种", "change"))
    assert talk.order is None


def test_a_remark_and_a_plain_order_to_go_ahead_are_one_turn(talk: Talk) -> None:
    talk.to_confirmation()
    said = heard(talk, ("她腿脚慢", "remark"), ("多等她一会儿", "remark"), ("订吧", "agree"))
    assert talk.order and "记上了，她腿脚慢，多等她一会儿" in said


@pytest.mark.parametrize("words", ["吃饭要喂", "打针是我自己打", "洗澡都是我弄", "上医院有人背"])
def test_a_remark_that_names_another_service_changes_none(talk: Talk, words: str) -> None:
    codes = {"吃饭": "canteen", "打针": "home_nursing", "洗澡": "bath", "医院": "medical"}
    name = next(word for word in codes if word in words)
    talk.to_confirmation()
    heard(talk, ("半身不遂", "remark"), (words, "remark"), ("插了尿管", "remark"), intent="correct", service=(codes[name], name))
    assert talk.draft.service == "meal" and not talk.draft.queue


def test_a_day_is_taken_out_of_a_series(talk: Talk) -> None:
    week_of_meals(talk)
    said = talk.hear("周日那天的饭别送了，别的照送", "correct", "change", time=(time(SUNDAY), "周日"))
    assert "除了十一月二十九号" in said and "共六天" in said and talk.state == "confirming"
    talk.say("对", "affirm")
    order = by_number(talk.session, talk.order)
    assert SUNDAY not in [day.isoformat() for day in order.live_days] and len(order.live_days) == 6
    assert order.total_fen == 7200


@pytest.mark.parametrize(
    ("words", "first", "last", "days"),
    [("第一天不要", "2026-11-27", WEDNESDAY, "六"), ("最后一天不用送", THURSDAY, "2026-12-01", "六"), ("最后一顿免了吧", THURSDAY, "2026-12-01", "六")],
)
def test_the_ends_of_a_series_are_taken_off(talk: Talk, words: str, first: str, last: str, days: str) -> None:
    week_of_meals(talk)
    assert f"共{days}天" in talk.say(words, "correct")
    assert (talk.draft.date, talk.draft.end_date) == (first, last)


def test_a_day_named_in_the_clause_before(talk: Talk) -> None:
    week_of_meals(talk)
    said = talk.hear("星期一我带她去医院，那天停一顿", "inform", "change", time=(time("2026-11-30"), "星期一"))
    assert "除了十一月三十号" in said


def test_a_series_that_ends_sooner(talk: Talk) -> None:
    week_of_meals(talk)
    said = talk.hear("送到下周一就够了", "correct", "change", time=(time("2026-11-30"), "下周一"))
    assert talk.draft.end_date == "2026-11-30" and "共五天" in said


def test_one_day_of_a_series_that_is_only_spoken_of_is_not_all_of_it(talk: Talk) -> None:
    week_of_meals(talk)
    talk.hear("周日我回家陪她", "inform", "remark", time=(time(SUNDAY), "周日"))
    assert (talk.draft.date, talk.draft.end_date, talk.draft.without) == (THURSDAY, WEDNESDAY, [])
    said = talk.hear("周日改成一点送", "correct", "change", time=(time(SUNDAY, "13:00", ampm=True), "周日"))
    assert "连着订的" in said and talk.draft.time == "11:30"


def test_a_week_without_a_day_is_told_at_once(talk: Talk) -> None:
    text = "明天到下周三每天中午送一份软饭，周日不要"
    found = (
        Entity("service", "meal", "饭", 14, 15),
        Entity("quantity", {"n": 1, "unit": "份"}, "一份", 11, 13),
        Entity("time", time(THURSDAY, "11:30", ampm=True, end_date=WEDNESDAY, every="day"), text[:10], 0, 10),
        Entity("time", time(SUNDAY), "周日", 16, 18),
    )
    talk._taken(Turn(talk.conversation.id, text, "book", 0.9, found, "m1"))
    assert (talk.draft.date, talk.draft.end_date, talk.draft.without) == (THURSDAY, WEDNESDAY, [SUNDAY])


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("面粉五斤太多了，两斤就够", "两斤面粉，一瓶酱油，两斤鸡蛋"),
        ("就是面粉和鸡蛋，酱油屋里还有，别买", "五斤面粉，两斤鸡蛋"),
        ("那好，就是五斤面粉一瓶酱油，没别的了", "五斤面粉，一瓶酱油"),
        ("鸡蛋要三斤", "五斤面粉，一瓶酱油，三斤鸡蛋"),
        ("对，五斤面粉一瓶酱油两斤鸡蛋", "五斤面粉，一瓶酱油，两斤鸡蛋"),
        ("酱油多少钱", "五斤面粉，一瓶酱油，两斤鸡蛋"),
        ("鸡蛋不要两斤，一斤就好", "五斤面粉，一瓶酱油，一斤鸡蛋"),
    ],
)
def test_a_list_told_anew(words: str, left: str) -> None:
    assert goods.put_right("五斤面粉，一瓶酱油，两斤鸡蛋", words) == left


def test_another_thing_is_wrong_after_all(talk: Talk) -> None:
    talk.say("今天下午三点来修，水龙头滴水", "book", service="urgent", time=time("2026-11-25", "15:00", ampm=True))
    talk.say("对", "affirm")
    assert talk.state == "confirming"
    said = talk.say("嗯，不过不是水龙头，是下面那个管子漏", "correct")
    assert "下面那个管子漏" in said and talk.order is None


QUESTIONS = [
    ("urgent", "要不要烧壶热水，工具他们带吗", "工具师傅自己带"),
    ("haircut", "刮脸也算在里面吗", "刮脸都在里面"),
    ("respite", "住一天多少钱，吃饭另算不", "由机构跟您说"),
    ("day_care", "中午管不管饭", "中午在站里吃饭"),
    ("aids_rental", "一个月好多租金？押金要不要？", "由辅具店跟您说"),
    ("waitlist", "要排多久，轮到了怎么通知我", "打会打电话通知"[1:]),
    ("meal", "我不会用手机付钱咋办", "给现金"),
    ("bath", "那天临时有事怎么办，能退吗", "能取消"),
]


@pytest.mark.parametrize(("service", "words", "told"), QUESTIONS)
def test_questions_about_what_is_booked_are_answered_from_the_list(talk: Talk, service: str, words: str, told: str) -> None:
    talk.conversation.task = "booking"
    talk.say("我想约一个", "book", service=service)
    turn = Turn(talk.conversation.id, words, "policy_ask", 0.9, (Entity("topic", "rental", words[:2]),) if "租金" in words else (), "q")
    assert not interruptions.interrupts(talk.conversation, turn, "booking")
    assert told in talk._taken(turn)


def test_two_questions_in_one_breath_are_both_answered(talk: Talk) -> None:
    talk.say("后天上午十点来理发", "book", service="haircut", time=time("2026-11-27", "10:00", ampm=True))
    talk.say("对", "affirm")
    said = talk.say("毛巾要我备吗？刮脸算在里面吗？", "service_query")
    assert "备一条毛巾" in said and "刮脸都在里面" in said and talk.order is None


def test_a_question_beside_an_answer_is_answered_too(talk: Talk) -> None:
    talk.say("想理发", "book", service="haircut")
    said = talk.hear("要准备啥不？后天上午十点来", "inform", "", time=(time("2026-11-27", "10:00", ampm=True), "后天上午十点"))
    assert "毛巾" in said and talk.draft.time == "10:00"


def test_an_amount_of_which_only_the_price_is_asked_is_no_amount(talk: Talk) -> None:
    talk.say("后天中午送饭", "book", service="meal", time=time("2026-11-27", "11:30", ampm=True))
    text = "两份。多少钱一份？"
    found = (Entity("quantity", {"n": 2, "unit": "份"}, "两份", 0, 2), Entity("quantity", {"n": 1, "unit": "份"}, "一份", 6, 8))
    said = talk._taken(Turn(talk.conversation.id, text, "inform", 0.9, found, "m9"))
    assert talk.draft.quantity == 2 and "二十四块" in said


def test_nothing_else_is_no_diet_to_be_changed(talk: Talk) -> None:
    talk.to_confirmation()
    talk.say("没有别的忌口", "deny")
    assert talk.draft.particulars["diet"] == ["soft"] and talk.state == "confirming" and not talk.draft.remarks


@pytest.mark.parametrize("words", ["轮椅也坐不了", "饭也做不了", "澡都洗不了"])
def test_what_somebody_cannot_do_gives_nothing_up(words: str) -> None:
    assert dropped.off(words) is None


@pytest.mark.parametrize("words", ["可以，七天，每天一份，对的", "七天就七天"])
def test_a_series_told_again_stays_as_it_is(talk: Talk, words: str) -> None:
    week_of_meals(talk)
    known = (talk.draft.date, talk.draft.end_date, talk.draft.without)
    entities = {"duration": ({"days": 7}, "七天")} | ({"time": (time(every="day"), "每天")} if "每天" in words else {})
    talk.hear(words, "inform", "", **entities)
    assert talk.order or (talk.draft.date, talk.draft.end_date, talk.draft.without) == known


def test_a_remark_about_somebody_named_is_kept_whole(talk: Talk) -> None:
    talk.to_confirmation()
    said = heard(talk, ("对的", "agree"), ("我爸怕冷", "remark"), ("水弄热一点", "remark"), relation=("father", "我爸"))
    assert "我爸怕冷，水弄热一点" in said


def test_one_thing_more_for_the_nurse_to_do(talk: Talk) -> None:
    talk.say("后天上午十点换药", "book", service="home_nursing", time=time("2026-11-27", "10:00", ampm=True))
    talk.say("换药", "inform")
    talk.say("对", "affirm")
    assert talk.state == "confirming"
    assert "换药，打一针" in talk.say("不光换药，还要打一针", "inform")


def test_what_is_wanted_too_and_fills_nothing_is_noted_and_not_lost(talk: Talk) -> None:
    talk.to_confirmation()
    said = heard(talk, ("你写的没错", "agree"), ("另外饭盒盖也松", "add"))
    assert talk.order is None and "另外饭盒盖也松" in said


def test_a_kind_that_no_list_knows_is_noted(talk: Talk) -> None:
    talk.say("后天上午十点租个轮椅，租一个月", "book", service="aids_rental", aid="wheelchair", duration={"days": 30},
             time=time("2026-11-27", "10:00", ampm=True))  # fmt: skip
    talk.say("对", "affirm")
    assert talk.state == "confirming"
    said = talk.say("我要的不是手推的，是电动的", "correct")
    assert talk.order is None and "是电动的" in said


def test_a_question_taken_back_before_the_yes_is_answered_with_the_order(talk: Talk) -> None:
    talk.to_confirmation()
    talk.say("本来想问能不能便宜点，算了算了，你订吧", "price_query")
    assert talk.order


def test_a_day_left_out_is_agreed_to_and_spoken_of_without_harm(talk: Talk) -> None:
    week_of_meals(talk)
    talk.hear("周日那天的饭别送了", "correct", "change", time=(time(SUNDAY), "周日"))
    talk.hear("周日她不在家的", "inform", "remark", time=(time(SUNDAY), "周日"))
    assert (talk.draft.date, talk.draft.end_date, talk.draft.without) == (THURSDAY, WEDNESDAY, [SUNDAY])
    talk.hear("对，只取消周日", "affirm", "agree", time=(time(SUNDAY), "周日"))
    assert len(by_number(talk.session, talk.order).live_days) == 6


def test_more_on_one_day_of_a_series_is_not_more_on_all(talk: Talk) -> None:
    week_of_meals(talk)
    said = talk.hear("星期二那天多送一份，我过去陪她吃", "correct", "change", time=(time("2026-12-01"), "星期二"), quantity=({"n": 1, "unit": "份"}, "一份"))
    assert talk.draft.quantity == 1 and "连着订的" in said


@pytest.mark.parametrize("second", ["快点来就好", "快点吧", "麻烦早一点送", "我在楼下等着你们"])
def test_haste_and_somebody_waiting_belong_to_a_yes(talk: Talk, second: str) -> None:
    talk.to_confirmation()
    heard(talk, ("行行", "agree"), (second, "remark"), intent="affirm")
    assert talk.order


def test_nothing_more_after_a_booking_is_no_second_yes(talk: Talk) -> None:
    talk.to_confirmation()
    talk.say("对", "affirm")
    assert talk.state == "booked"
    assert not confirm.agreed_again(talk.conversation, replace(said("没有了，谢谢", "affirm"), does="agree"))
    assert confirm.agreed_again(talk.conversation, said("是，对的", "affirm"))


def test_another_building_beside_a_yes_is_taken(talk: Talk) -> None:
    talk.to_confirmation()
    talk.hear("不对，送到幸福小区12栋301", "correct", "change", address=("幸福小区12栋301", "幸福小区12栋301"))
    talk.hear("对，地址是13栋", "affirm", "agree", address=("13栋", "13栋"))
    assert talk.order is None and talk.draft.address == "幸福小区13栋301"


@pytest.mark.parametrize("first", ["就陪我说说话", "她耳朵背"])
def test_a_yes_behind_a_remark_places_the_order(talk: Talk, first: str) -> None:
    talk.to_confirmation()
    heard(talk, (first, "change"), ("别的不要做", "remark"), ("对的", "agree"), intent="correct")
    assert talk.order
