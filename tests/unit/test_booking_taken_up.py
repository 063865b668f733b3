"""What is offered, added, put off and gone on with in a booking: taken up in the words people use for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from care import booking
from care.conversation import manners, repair
from care.reply import Choice, Reply
from care.turn import Entity
from tests.conftest import said
from tests.unit.booking_talk import Talk, time

FRIDAY, SATURDAY, MONDAY = "2026-11-27", "2026-11-28", "2026-11-30"
HOME = "光明社区七号楼二单元"
OFFER = Reply("星期一有。要帮您订吗？", "", (Choice("要，订洗澡", "我想要洗澡"), Choice("先不用", "先不用"))).as_dict()


def to_confirmation(talk: Talk) -> None:
    talk.say("后天晌午想吃饭", "book", service="meal", time=time(FRIDAY, part="noon"))
    talk.say("一份", quantity={"n": 1, "unit": "份"})
    talk.say("对", "affirm")
    assert talk.state == "confirming"


# --- an offer -----------------------------------------------------------------------------------------------


def test_an_offer_is_taken_with_the_day(session, conversation) -> None:
    conversation.last_replies = [OFFER]
    manners.loose(session, conversation, said("那就三十号吧", time=time(MONDAY)))
    assert conversation.recall("again") == "我想要洗澡，那就三十号吧"


def test_words_that_were_not_understood_take_an_offer_too(session, conversation) -> None:
    conversation.last_replies = [OFFER]
    repair.answer(session, conversation, said("三十号上午来", "nlu_fallback", time=time(MONDAY)))
    assert conversation.recall("again") == "我想要洗澡，三十号上午来"


@pytest.mark.parametrize("intent", ["inform", "book"])
def test_a_length_of_time_alone_takes_no_offer(talk: Talk, intent: str) -> None:
    talk.conversation.last_replies = [OFFER]
    assert booking.taken_with(talk.conversation, said("三天", intent, duration={"days": 3})) == ""
    talk.say("三天", intent, duration={"days": 3})
    assert talk.draft.service == ""


def test_a_length_of_time_with_a_word_for_it_takes_an_offer(conversation) -> None:
    conversation.last_replies = [OFFER]
    assert booking.taken_with(conversation, said("那就三天吧", duration={"days": 3}))


@pytest.mark.parametrize("words", ["三十号再说", "不用了，三十号我有事", "三十号几点开门吗"])
def test_an_offer_is_not_taken_by_a_refusal_or_a_question(conversation, words) -> None:
    conversation.last_replies = [OFFER]
    assert booking.taken_with(conversation, said(words, time=time(MONDAY))) == ""


def test_a_wish_without_a_name_means_what_was_offered(talk: Talk) -> None:
    talk.conversation.last_replies = [OFFER]
    assert "洗澡" in talk.say("那帮我约一个", "book")


def test_portions_mean_a_meal(talk: Talk) -> None:
    assert "送餐，一份" in talk.say("那先订明天中午一份吧", "book", time=time("2026-11-26", part="noon"), quantity={"n": 1, "unit": "份"})


def test_what_was_asked_about_for_somebody_is_booked_for_them(talk: Talk) -> None:
    talk.conversation.remember(spoken_of="grandmother", service="ability_assessment")
    assert "奶奶或外婆" in talk.say("我想要能力评估，那帮她登记一个吧", "book", service="ability_assessment")


def test_the_day_after_is_asked_about_with_the_same_service(session, conversation) -> None:
    conversation.remember(service="haircut")
    conversation.last_replies = [Reply("星期五是元旦，理发休息。").as_dict()]
    manners.loose(session, conversation, said("那大后天呢", time=time(SATURDAY)))
    assert conversation.recall("again") == "那大后天理发有吗"


def test_a_town_told_after_an_offer_repeats_the_offer(session, conversation) -> None:
    conversation.last_replies = [OFFER]
    conversation.state = "refused"
    place = {"region": "changchun", "name": "绿园区", "level": "district"}
    outcome = manners.loose(session, conversation, said("长春绿园区的", place=place))
    assert conversation.region == "changchun" and outcome.replies[0].say == "好，长春。要帮您订吗？"


# --- besides, first, on ---------------------------------------------------------------------------------------


def test_something_besides_does_not_take_the_place_of_what_is_read_back(talk: Talk) -> None:
    to_confirmation(talk)
    heard = talk.say("再加一个，大后天上午打扫屋子", "correct", service="cleaning", time=time(SATURDAY, part="morning"))
    assert "打扫我记着" in heard and talk.draft.service == "meal" and talk.draft.date == FRIDAY


def test_first_this_one_is_a_yes(talk: Talk) -> None:
    to_confirmation(talk)
    talk.say("先把饭订了", "stop")
    assert talk.state == "booked"


@pytest.mark.parametrize("words", ["先不订了", "算了不办了"])
def test_an_end_stays_an_end(talk: Talk, words: str) -> None:
    to_confirmation(talk)
    talk.say(words, "stop")
    assert talk.state == "idle"


def test_going_on_is_no_answer_and_no_miss(talk: Talk) -> None:
    talk.say("想洗澡", "book", service="bath")
    heard = talk.say("接着说洗澡的事", "inform", service="bath", address="接着说洗澡的事")
    assert "没听" not in heard and talk.state == "asking_date" and talk.draft.misses == {}


def test_one_more_needs_a_word_for_it(talk: Talk) -> None:
    talk.say("想订个饭", "book", service="meal")
    heard = talk.say("也没啥，就是随口说说，一份，软的", "add_item", quantity={"n": 1, "unit": "份"}, diet="soft")
    assert talk.draft.queue == [] and "一份软饭" in heard


def test_a_dropped_rental_is_wanted_back_with_a_reason(talk: Talk) -> None:
    talk.say("租个护理床", "book", service="aids_rental", aid="nursing_bed")
    talk.say("先不租了", "stop")
    back = booking.task.take_up(talk.session, talk.conversation, said("还是租吧，孩子说要", "nlu_fallback"))
    assert back is not None and talk.draft.particulars["aid"] == "nursing_bed"


# --- the price beside ---------------------------------------------------------------------------------------


def test_the_price_of_an_amount_agrees_on_none(talk: Talk) -> None:
    talk.say("订个护理床", "book", service="aids_rental", aid="nursing_bed")
    turn = said("一个月多少钱", "price_query", "price")
    taken = booking.task.take(talk.session, talk.conversation, replace(turn, entities=(Entity("duration", {"days": 30}, "一个月", 0, 3),)))
    assert "准数" in taken.replies[0].say and talk.draft.days == 0


def test_the_price_is_told_beside_what_is_taken(talk: Talk) -> None:
    talk.say("后天晌午想吃饭", "book", service="meal", time=time(FRIDAY, part="noon"))
    heard = talk.say("两份，多少钱啊", quantity={"n": 2, "unit": "份"})
    assert talk.draft.quantity == 2 and "一共二十四块" in heard


def test_until_when_something_is_lent(talk: Talk) -> None:
    talk.say("后天租个轮椅", "book", service="aids_rental", aid="wheelchair", time=time(FRIDAY, "10:00", ampm=True))
    talk.say("一个月", duration={"days": 30})
    assert "到十二月二十七号还" in talk.say("啥时候还呢", "service_query")


def test_another_service_instead_of_the_one_given_up(talk: Talk) -> None:
    talk.say("剪个头发", "book", service="haircut")
    talk.say("哎算了，头发不剪了，给我修修脚吧", "book", service="foot_care")
    assert talk.draft.service == "foot_care" and talk.draft.queue == []


@pytest.mark.parametrize("intent", ["stop", "book"])
def test_giving_one_up_for_another_is_no_end(talk: Talk, intent: str) -> None:
    talk.say("剪个头发", "book", service="haircut")
    talk.say("不剪了，修脚", intent, service="foot_care")
    assert talk.state == "asking_date" and talk.draft.service == "foot_care"


def test_where_a_word_for_again_is_a_mishearing(talk: Talk) -> None:
    talk.say("想洗澡", "book", service="bath")
    talk.say("再家里洗", "add_item", bath_place="home")
    assert talk.draft.queue == [] and talk.draft.particulars["bath_place"] == "home"


def test_the_bathroom_is_no_bath(session, conversation) -> None:
    turn = said("冲凉房好滑，想装个扶手", "book", "m")
    named = (Entity("service", "bath", "冲凉", 0, 2), Entity("service", "home_adaptation", "装个扶手", 7, 11))
    booking.task.take(session, conversation, replace(turn, entities=named))
    assert conversation.draft("booking")["service"] == "home_adaptation"


@pytest.mark.parametrize("words", ["好了，说到哪了", "刚才说到哪儿啦"])
def test_where_were_we_repeats_the_question(talk: Talk, words: str) -> None:
    talk.say("想洗澡", "book", service="bath")
    heard = talk.say(words, "service_query")
    assert heard.startswith("您想哪天") or heard.startswith("哪一天")


def test_a_rental_given_up_is_an_end(talk: Talk) -> None:
    talk.say("租个护理床", "book", service="aids_rental", aid="nursing_bed")
    turn = said("哎，我再想想，先不租了", "stop", "end")
    end = booking.task.take(talk.session, talk.conversation, replace(turn, entities=(Entity("service", "aids_return", "不租了", 8, 11),)))
    assert end.finished and end.state == "idle"
