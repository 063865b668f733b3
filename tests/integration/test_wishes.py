"""What people want is understood out of the middle of their stories, through the whole product."""

from __future__ import annotations

import pytest

from yinling.evaluate.talk import Talk


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("我女儿去学校开家长会了，我这两天拉肚子没劲做饭，晌午谁给我端一碗来", "餐"),
        ("我每个礼拜要去县医院看我老姐姐，挤公交车我这腿不中，能不能来个车接送", "出行接送"),
        ("我爸那双脚医院看过说没事，就是脚趾甲又厚又弯，我眼睛花剪不动", "修脚"),
        ("我下个月要住院开刀，老娘瘫在床上离不得人，放你们那儿住个把星期要得不", "托养"),
        ("孙子来洗澡把那个花洒弄掉了，现在水止不住地滴", "修"),
        ("轮椅是上回跟你们拿的，我爸过世了，用不着它了，你们来拿回去吧", "辅具"),
    ],
)
def test_the_wish_in_a_story(talk: Talk, words: str, name: str) -> None:
    talk.say(words)
    assert talk.state.startswith("asking_"), talk.transcript
    assert name in talk.answer, talk.transcript


def test_what_comes_with_a_town_goes_to_the_booking_that_waits(talk: Talk) -> None:
    for words in ("我想报名学怎么照顾瘫痪的老人，你们有培训班不", "学了有没有补贴"):
        talk.say(words)
    assert talk.state == "asking_region", talk.transcript
    talk.say("那先帮我报名，我叫陈凤仪，住大朗镇巷头社区富民路20号，电话13800001340，星期六上午九点有空")
    assert "东莞" in talk.answer and "星期六" in talk.answer and "陈凤仪" in talk.answer, talk.transcript


def test_a_question_beside_something_told_is_answered(talk: Talk) -> None:
    talk.say("我想给我妈登记公办养老院排队，我妈在南昌")
    talk.say("公办的是不是低保的先进？我妈是低保，又失能。")
    assert "特困" in talk.answer and talk.state == "asking_place", talk.transcript
