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
