"""The order of questions, defaults, corrections, second items, and the words that steer a booking."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care.booking import task
from care.conversation.model import Conversation
from care.orders import by_number, of_conversation
from care.turn import Entity, Turn
from tests.conftest import said
from tests.unit.booking_talk import FRIDAY, HOME, SATURDAY, THURSDAY, Talk, known, meal, time

# --- what is asked ------------------------------------------------------------------------------------------


def test_nothing_named_asks_which_service(talk: Talk) -> None:
    assert talk.say("我想约个服务", "book") == "您想约什么？吃饭、洗澡、看病，都可以直接说。"
    assert talk.state == "asking_service"
    assert talk.say("理发", service="haircut").endswith("哪一天方便？")


def test_the_service_may_be_named_in_words_the_understanding_missed(talk: Talk) -> None:
    talk.say("我想约个服务", "book")
    talk.say("搓个澡", "inform")
    assert talk.draft.service == "bath"


def test_an_elder_on_file_books_a_meal_in_at_most_six_turns(talk: Talk) -> None:
    talk.say("我想吃饭", "book", service="meal")
    assert talk.state == "asking_date"
    talk.say("后天中午", time=time(FRIDAY, part="noon"))
    assert talk.state == "asking_quantity"
    talk.say("就我一个人", quantity={"n": 1, "unit": "人"})
    assert talk.state == "asking_place"
    assert talk.say("对", "affirm").endswith("对吗？")
    talk.say("对", "affirm")
    assert talk.state == "booked" and talk.turns == 5


def test_a_stranger_is_asked_for_address_and_phone_and_town_only_when_needed(stranger: Talk) -> None:
    stranger.say("订一份明天中午的饭，没忌口", "book", **meal(date=THURSDAY, diet="normal"))
    assert stranger.state == "asking_place"
    stranger.say("幸福路十八号五零二", address="幸福路十八号五零二")
    assert stranger.state == "asking_region"
    stranger.say("杨凌", place={"region": "yangling", "name": "杨凌", "level": "city"})
    assert stranger.state == "asking_phone"
    heard = stranger.say("幺三八一二三四五六七八")
    assert "一三八，一二三四，五六七八" in heard and stranger.state == "confirming"
    stranger.say("对", "affirm")
    assert by_number(stranger.session, stranger.order).person_phone == "13812345678"


def test_the_address_may_name_the_town(stranger: Talk) -> None:
    stranger.say("明天中午送一份饭，没忌口", "book", **meal(date=THURSDAY, diet="normal"))
    stranger.say("长沙望城区幸福路十八号")
    assert stranger.draft.region == "hunan" and stranger.state == "asking_phone"


def test_several_facts_in_one_sentence_leave_one_question(talk: Talk) -> None:
    heard = talk.say("后天中午送两份少盐的饭到幸福路18号", "book", **meal(2, diet="low_salt", address="幸福路18号"))
    assert "两份少盐饭" in heard and "幸福路十八号" in heard and heard.endswith("对吗？")


def test_diet_is_asked_once_when_only_the_number_was_said(talk: Talk) -> None:
    heard = talk.say("后天中午送两份饭", "book", **meal(2))
    assert heard.endswith("有没有忌口？")
    talk.say("没有", "deny")
    assert talk.draft.particulars["diet"] == ["normal"] and talk.state == "asking_place"


def test_an_allergy_is_kept_and_said_back(talk: Talk) -> None:
    talk.to_confirmation()
    heard = talk.say("对虾过敏", "correct", diet={"allergy": "虾"})
    assert "不放虾" in heard and "软饭" in heard


def test_the_address_on_file_is_offered_not_assumed(talk: Talk) -> None:
    talk.say("后天中午送一份饭，没忌口", "book", **meal(diet="normal"))
    assert talk.draft.address == "" and HOME in talk.replies[-1].say
    assert talk.say("不是，换个地址", "deny").endswith("送到哪里？说小区、几号楼、几号。")
    talk.say("送到幸福路十八号吧")
    assert talk.draft.address == "幸福路十八号"


def test_an_address_without_a_door_is_asked_for_its_door_once(talk: Talk) -> None:
    talk.say("后天中午送一份饭，没忌口", "book", **meal(diet="normal"))
    heard = talk.say("不是，送到幸福小区", "deny")
    assert "幸福小区，几号楼，几号？" in heard
    talk.say("三号楼五零二")
    assert talk.draft.address == "幸福小区三号楼五零二"


def test_a_house_number_is_not_a_day(talk: Talk) -> None:
    talk.say("后天中午送一份饭，没忌口", "book", **meal(diet="normal"))
    talk.say("不是，送到幸福路", "deny")
    eighteenth = Entity("time", time("2026-12-18"), "十八号")
    taken = task.take(talk.session, talk.conversation, Turn("c1", "十八号", "inform", 1.0, (eighteenth,), "door"))
    assert talk.draft.date == FRIDAY and talk.draft.address == "幸福路十八号" and not taken.finished


def test_back_to_ones_own_home(talk: Talk) -> None:
    talk.to_confirmation()
    talk.say("不对，送到幸福路十八号", "correct", address="幸福路十八号")
    talk.say("还是送到我家吧", "correct")
    assert talk.draft.address == HOME and talk.state == "confirming"


def test_old_place_means_the_address_on_file(talk: Talk) -> None:
    talk.say("后天中午送一份饭，没忌口", "book", **meal(diet="normal"))
    talk.say("还是那里", "inform")
    assert talk.draft.address == HOME


# --- steering -----------------------------------------------------------------------------------------------


def test_going_back_asks_the_previous_question_again(talk: Talk) -> None:
    talk.say("我想吃饭", "book", service="meal")
    talk.say("后天中午", time=time(FRIDAY, part="noon"))
    assert talk.state == "asking_quantity"
    talk.say("退回去", "go_back")
    assert talk.state == "asking_date" and talk.draft.date == ""


def test_going_back_at_the_first_question_says_so(talk: Talk) -> None:
    talk.say("我想吃饭", "book", service="meal")
    assert "头一个问题" in talk.say("上一个", "go_back") and talk.state == "asking_date"


def test_giving_up_asks_nothing_more(talk: Talk) -> None:
    talk.say("我想吃饭", "book", service="meal")
    heard = talk.say("算了不订了", "stop")
    assert heard == "好，这次先不订了，什么时候要再叫我。" and talk.state == "idle"
    assert talk.finished and talk.conversation.draft("booking") == {}


def test_a_moment_please_is_waited_for(talk: Talk) -> None:
    talk.say("我想吃饭", "book", service="meal")
    assert talk.say("你等一下啊", "hold_on") == "不急，您慢慢来，好了跟我说一声。"
    assert talk.state == "asking_date"
    talk.say("后天中午", time=time(FRIDAY, part="noon"))
    assert talk.state == "asking_quantity"


def test_after_an_interruption_the_question_is_bridged(talk: Talk) -> None:
    talk.say("我想吃饭", "book", service="meal")
    assert talk.resume() == "接着说送餐：哪天吃？"


def test_whatever_for_the_diet_is_plain_food(talk: Talk) -> None:
    talk.say("后天中午送两份饭", "book", **meal(2))
    talk.say("随便", "dont_know")
    assert talk.draft.particulars["diet"] == ["normal"]


def test_whatever_for_how_long_is_a_week(talk: Talk) -> None:
    talk.say("租个轮椅", "book", service="aids_rental", aid="wheelchair")
    heard = talk.say("都行", "dont_know")
    assert talk.draft.days == 7 and "七天" in heard


def test_whatever_for_the_day_offers_the_nearest_free_time(talk: Talk) -> None:
    talk.say("我想理发", "book", service="haircut")
    heard = talk.say("哪天都行", "dont_know")
    assert talk.state == "asking_time" and "行吗" in heard
    talk.say("行", "affirm")
    assert talk.draft.date and talk.draft.time


def test_a_loose_day_is_answered_with_a_proposal(talk: Talk) -> None:
    talk.say("我想理发", "book", service="haircut")
    talk.say("周末吧", time=time(SATURDAY, end_date="2026-11-29", vague=True))
    assert talk.replies[-1].say == "大后天上午九点，行吗？"
    talk.say("换个时间", "deny")
    assert [SATURDAY, "09:00"] not in talk.draft.options and talk.state in ("asking_date", "asking_time")


def test_words_beside_the_question_are_kept_and_the_question_comes_in_other_words(talk: Talk) -> None:
    first = talk.say("我想租个东西", "book", service="aids_rental").split("。")[-1]
    second = talk.say("后天上午十点", time=time(FRIDAY, "10:00", "morning", ampm=True))
    assert talk.state == "asking_aid" and not second.endswith(first) and talk.draft.time == "10:00"


def test_the_department_tells_the_service(talk: Talk) -> None:
    talk.say("挂个眼科的号", "book", department="眼科")
    assert talk.draft.service == "medical" and talk.draft.particulars["department"] == "眼科"


def test_asked_along_no_diet_later_is_no_correction(talk: Talk) -> None:
    talk.say("我想吃饭", "book", service="meal")
    talk.say("后天中午", time=time(FRIDAY, part="noon"))
    talk.say("一份", quantity={"n": 1, "unit": "份"})
    talk.say("没有忌口", diet="normal", change="diet")
    assert talk.state == "asking_place"


# --- repair -------------------------------------------------------------------------------------------------


def test_three_prompts_never_the_same_then_a_human(talk: Talk) -> None:
    talk.say("我想理发", "book", service="haircut")
    prompts, heard = [talk.replies[-1].say], ""
    for _ in range(2):
        heard = talk.say("呜哩哇啦", "nlu_fallback")
        prompts.append(talk.replies[-1].say)
    assert len(set(prompts)) == 3 and heard.startswith("还是没听明白")
    assert talk.choices == ["明天", "后天"] and talk.conversation.misses == 2
    talk.say("呜哩哇啦", "nlu_fallback")
    assert talk.finished and talk.state == "handed_over"
    assert talk.replies[-1].command.name == "transfer" and talk.conversation.draft("booking") == {}


def test_useful_words_of_another_kind_wear_no_question_out(talk: Talk) -> None:
    talk.say("我想租个东西", "book", service="aids_rental")
    asked = [talk.replies[-1].say]
    talk.say("后天", time=time(FRIDAY))
    asked.append(talk.replies[-1].say)
    talk.say("上午十点", time=time(time="10:00", part="morning", ampm=True))
    asked.append(talk.replies[-1].say)
    talk.say("租一个月", duration={"days": 30})
    asked.append(talk.replies[-1].say)
    assert talk.state == "asking_aid" and all(a != b for a, b in zip(asked, asked[1:], strict=False))
    assert not any("按一" in one for one in asked)


def test_a_question_not_answered_three_times_leads_to_a_human(talk: Talk) -> None:
    talk.say("我想租个东西", "book", service="aids_rental")
    for _ in range(3):
        talk.say("呜哩哇啦", "nlu_fallback")
    assert talk.state == "handed_over"


def test_a_bare_yes_to_an_open_question_is_not_scolded(talk: Talk) -> None:
    talk.say("我想理发", "book", service="haircut")
    first = talk.say("对", "affirm")
    again = talk.say("对", "affirm")
    assert first.startswith("好的，还差这一样。") and first != again


def test_a_question_that_came_as_an_answer_is_answered(talk: Talk) -> None:
    talk.say("我想洗澡", "book", service="bath")
    heard = talk.say("洗一次多少钱")
    assert "三十块" in heard and heard.endswith("哪一天方便？") and talk.draft.misses == {}
    assert "一二三四五" in talk.say("你们领导是谁")
    assert talk.state == "asking_date"


def test_not_understood_at_the_confirmation_is_not_a_yes(talk: Talk) -> None:
    long = talk.to_confirmation()
    heard = talk.say("那个啥来着", "nlu_fallback")
    assert talk.state == "confirming" and len(heard) < len(long) and heard.endswith("要改就说改哪里。")
    assert not of_conversation(talk.session, "c1")


def test_something_useful_resets_the_ladder(talk: Talk) -> None:
    talk.say("我想理发", "book", service="haircut")
    talk.say("呜哩哇啦", "nlu_fallback")
    talk.say("后天", time=time(FRIDAY))
    assert talk.conversation.misses == 0 and talk.replies[-1].say == "几点方便？"


def test_the_same_message_again_changes_nothing(session: Session, conversation: Conversation) -> None:
    known(session, conversation)
    conversation.region = "yangling"
    turn = said("理发", "book", "m1", service="haircut")
    first = task.take(session, conversation, turn)
    before = conversation.drafts
    again = task.take(session, conversation, turn)
    assert [r.say for r in again.replies] == [r.say for r in first.replies] and conversation.drafts == before


def test_the_same_yes_again_gives_the_same_order(talk: Talk) -> None:
    talk.to_confirmation()
    yes = said("对", "affirm", "yes-1")
    first = task.take(talk.session, talk.conversation, yes)
    again = task.take(talk.session, talk.conversation, yes)
    assert first.order == again.order and len(of_conversation(talk.session, "c1")) == 1


@pytest.mark.parametrize("words", ["是的，取消", "对，不订了", "确定取消"])
def test_a_yes_that_calls_it_off_books_nothing(talk: Talk, words: str) -> None:
    talk.to_confirmation()
    assert talk.state == "confirming"
    talk.say(words, "affirm")
    assert talk.state == "idle" and talk.finished
