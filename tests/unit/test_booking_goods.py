"""Shopping lists that change while they are told, and where somebody is taken to, told more exactly later."""

from __future__ import annotations

import pytest

from care.booking import goal, goods
from tests.unit.booking_talk import Talk


@pytest.mark.parametrize(
    ("listed", "words", "left"),
    [
        ("一袋十斤的米，一壶菜籽油", "再加一包盐。哦油不要了，我崽昨天买了", "一袋十斤的米，一包盐"),
        ("一袋十斤的米，一壶油，一包盐", "那好，就是一袋米一包盐，没别的了", "一袋十斤的米，一包盐"),
        ("两斤鸡蛋，三根黄瓜", "再要一瓶醋，黄瓜别买了", "两斤鸡蛋，一瓶醋"),
        ("一桶油和两包纸", "油换成一壶酱油", "一壶酱油，两包纸"),
        ("一瓶醋，一桶油", "醋换成酱油", "一瓶酱油，一桶油"),
        ("两袋米一包糖", "米一袋就够了", "一袋米，一包糖"),
        ("一袋米，两斤苹果", "苹果改成三斤", "一袋米，三斤苹果"),
        ("一箱牛奶，一提纸巾", "牛奶算了，换成豆浆粉", "一箱豆浆粉，一提纸巾"),
        ("一瓶洗洁精，两条毛巾", "哦还有，一包洗衣粉", "一瓶洗洁精，两条毛巾，一包洗衣粉"),
        ("一桶油，一瓶酱油", "油不要了", "一瓶酱油"),
        ("一袋米，一桶油", "别买米了", "一桶油"),
        ("一袋米，一桶油", "下午没空，改明天吧", "一袋米，一桶油"),
        ("一袋米，一桶油", "我家没电梯，不要紧吧", "一袋米，一桶油"),
        ("一箱牛奶", "不用送上楼了", "一箱牛奶"),
        ("一包盐", "我是隔壁的小谭，氨氯地平一盒，再加一袋米", "一包盐，氨氯地平一盒，一袋米"),
        ("一袋米", "她屋里还有一桶", "一袋米"),
    ],
)
def test_a_list_is_put_right(listed: str, words: str, left: str) -> None:
    assert goods.put_right(listed, words) == left


@pytest.mark.parametrize("words", ["明天上午十点买一袋面，一桶油送来", "明天帮我买一袋面，一桶油", "代我买一袋面，一桶油"])
def test_what_stands_before_the_first_thing_is_left_out(words: str) -> None:
    assert goods.counted(words) == "一袋面，一桶油"


@pytest.mark.parametrize(
    ("words", "list_"),
    [
        ("能不能寻个人替额买袋面买桶油", "一袋面，一桶油"),
        ("给我带包盐", "一包盐"),
        ("能不能帮俺捎两斤鸡蛋", "两斤鸡蛋"),
        ("替我买提纸，再捎把葱", "一提纸，一把葱"),
    ],
)
def test_one_that_is_left_unsaid_is_said(words: str, list_: str) -> None:
    assert goods.counted(words) == list_


def test_a_list_counted_up_again_is_no_change() -> None:
    assert goods.repeats("一袋米，一桶油", "对，一袋米一桶油") and not goods.repeats("一袋米，一桶油", "对，一袋面")


@pytest.mark.parametrize(
    ("piece", "there"),
    [
        ("去杨凌高铁站", "杨凌高铁站"),
        ("从李台村四组走去南站", "南站"),
        ("是去社保局", "社保局"),
        ("送我到市一医院就行", "市一医院"),
        ("去民政局办事", "民政局"),
        ("去我姐家", ""),
        ("不是去银行", ""),
        ("八点来接", ""),
        ("上午去", ""),
        ("去看病", ""),
        ("他要去打针", ""),
    ],
)
def test_the_place_that_a_piece_goes_to(piece: str, there: str) -> None:
    assert goal._in_piece(piece) == there


def test_where_a_way_goes_behind_where_it_starts(stranger: Talk) -> None:
    stranger.say("后天早上九点要个车，从我家五泉镇王上村四组九号，到杨凌汽车站。", "book", service="travel")
    assert stranger.draft.particulars["destination"] == "杨凌汽车站"
