"""What agrees to something that was read back, and what does not."""

from __future__ import annotations

import pytest

from care import agreement
from care.turn import Turn

YES = [
    "对", "嗯呐", "是，改星期四", "对，三份", "没错，约上吧", "好，谢谢你们", "行，就这样定下来", "没旁的了，请按这个办", "系啊，冇错",
    "对对对，麻烦了", "都对，帮我报上去吧", "就是这样，申请吧", "是的哟，就咯样", "这下对了，叫师傅来吧", "可以，按你说的来", "中嘞，订上吧", "对三份送花园路", "要得要得", "确定", "确定，就这个",
    "妥了", "妥当，麻烦了", "对，帮我申请", "对的，给我登记",
]  # fmt: skip
NO_YES = [
    "对了，他耳朵背", "好像不对", "不对", "折叠的就可以了", "血压有点高，没有伤口", "好，不过改五点", "是不是五点", "好多钱", "先别订",
    "是的，取消", "对，不订了", "中午送来", "要高一点的", "行李有两件", "别的没有了",
]  # fmt: skip


def _turn(text: str, intent: str = "inform") -> Turn:
    return Turn("c", text, intent)


@pytest.mark.parametrize("text", YES)
def test_a_yes_in_many_words_agrees(text: str) -> None:
    assert agreement.agrees(_turn(text))


@pytest.mark.parametrize("text", NO_YES)
def test_what_only_sounds_like_a_yes_does_not(text: str) -> None:
    assert not agreement.agrees(_turn(text, "affirm"))


def test_what_is_said_besides_a_yes() -> None:
    assert agreement.besides("对，三份，谢谢") == "三份"
    assert agreement.besides("好的，没别的了") == ""


def test_nothing_more_is_neither_yes_nor_no() -> None:
    assert agreement.closes("别的没有了") and not agreement.says_no("别的没有了")
    assert not agreement.says_no("没有伤口") and not agreement.says_no("不放辣")
    assert agreement.says_no("不是，改一天")


@pytest.mark.parametrize(
    "text",
    [
        "就陪我说说话，别的不要做。对的。", "就陪我说说话别的不要做对的", "她耳朵背，敲门大声点，对的",
        "就是光聊聊天，其他的都不用，对", "我妈腿脚不好，是的",
    ],
)  # fmt: skip
def test_a_yes_may_come_last(text: str) -> None:
    assert agreement.agrees(_turn(text))


@pytest.mark.parametrize(
    "text", ["轮椅不要，对的", "地址不对，对", "改成三点，对的", "少一份，对", "是不是三点，对", "这个不做对的", "等我儿子回来再定，好的"]
)
def test_a_yes_behind_a_refusal_agrees_to_nothing(text: str) -> None:
    assert not agreement.agrees(_turn(text))


@pytest.mark.parametrize(
    "text",
    [
        "行么对着哩就这样订", "那就麻烦你们咯", "成成成就这么定", "晓得了就这样", "得嘞您受累", "行行行你看着办",
        "好勒就这样子订了", "好的好的麻烦你了闺女", "行咧就这",
    ],
)  # fmt: skip
def test_going_along_tells_nothing_besides(text: str) -> None:
    assert agreement.besides(text) == ""


def test_the_yes_at_the_end_is_no_part_of_the_remark() -> None:
    assert agreement.without_yes_last("她耳朵背敲门大声点对的") == "她耳朵背敲门大声点"
    assert agreement.without_yes_last("轮椅不要，对的") == "轮椅不要，对的"


@pytest.mark.parametrize("text, rest", [
    ("谢谢你 对了 老年大学咋报名", "老年大学咋报名"), ("好的谢谢您，还有个事，我妈能不能领补贴", "我妈能不能领补贴"),
    ("多谢，另外问一下明天送不送饭", "明天送不送饭"), ("谢谢啊", ""), ("谢谢你们还惦记我", ""), ("洗澡多少钱，谢谢", ""),
])  # fmt: skip
def test_what_comes_after_the_thanks(text: str, rest: str) -> None:
    assert agreement.after_thanks(text) == rest
