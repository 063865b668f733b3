"""What people say for times, at 2026-11-25 10:00, a Wednesday. Each line: words → what is meant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Dict

import pytest

from bot.components.time_zh import expressions, times

NOW = datetime(2026, 11, 25, 10)

# date | end | time | end | part | marks: * = could be am or pm, D/W + weekdays = repeated, P = past, V = vague
SAID = """
今天 = 2026-11-25
今儿个 = 2026-11-25
明天 = 2026-11-26
明儿个上午 = 2026-11-26 morning
明儿 = 2026-11-26
明朝 = 2026-11-26
听日下昼 = 2026-11-26 afternoon
后天晌午 = 2026-11-27 noon
后儿个晌午以后 = 2026-11-27 afternoon
明天中午过后 = 2026-11-26 afternoon
后儿个 = 2026-11-27
后日下晏 = 2026-11-27 afternoon
后晌 = afternoon
后儿晌午 = 2026-11-27 noon
下周二九点 = 2026-12-01 09:00 *
下礼拜二十二月一号 = 2026-12-01
周二十二月一号 = 2026-12-01
星期四十二月三号 = 2026-12-03
礼拜五十一月二十七号 = 2026-11-27
周一十一月三十号 = 2026-11-30
星期二十二月八号上午九点 = 2026-12-08 09:00 morning
下周三十二月二号 = 2026-12-02
下礼拜一一点半 = 2026-11-30 01:30 *
下周二十点 = 2026-12-01 10:00 *
下个月七号星期一 = 2026-12-07
后天星期五上午十点 = 2026-11-27 10:00 morning
大后天 = 2026-11-28
外后天 = 2026-11-28
明早 = 2026-11-26 morning
明晚 = 2026-11-26 evening
今晚黑 = 2026-11-25 evening
今黑 = 2026-11-25 evening
明黑六点 = 2026-11-26 18:00 evening
黑咧七点 = 19:00 evening
今晚七点 = 2026-11-25 19:00 evening
今天晚上 = 2026-11-25 evening
昨天 = 2026-11-24 P
前天 = 2026-11-23 P
昨儿个 = 2026-11-24 P
今天早上八点 = 2026-11-25 08:00 morning P
今天下午三点 = 2026-11-25 15:00 afternoon
今天三点 = 2026-11-25 03:00 *
周五 = 2026-11-27
礼拜五下午三点半 = 2026-11-27 15:30 afternoon
礼拜五晌午 = 2026-11-27 noon
星期六 = 2026-11-28
礼拜天 = 2026-11-29
周日上午 = 2026-11-29 morning
周一 = 2026-11-30
周二 = 2026-12-01
周三 = 2026-11-25
周三早上八点 = 2026-12-02 08:00 morning
这周五 = 2026-11-27
这个星期六 = 2026-11-28
下周三早上八点 = 2026-12-02 08:00 morning
下个礼拜一 = 2026-11-30
下星期天 = 2026-12-06
下下周二 = 2026-12-08
上周五 = 2026-11-20 P
周末 = 2026-11-28..2026-11-29 V
下周 = 2026-11-30..2026-12-06 V
十二月三号 = 2026-12-03
12月3号 = 2026-12-03
12月3日上午9点 = 2026-12-03 09:00 morning
十一月二十八号 = 2026-11-28
一月五号 = 2027-01-05
明年三月八号 = 2027-03-08
2026年12月8日 = 2026-12-08
2026-12-08 = 2026-12-08
12/3 = 2026-12-03
二十八号 = 2026-11-28
3号 = 2026-12-03
八号下午 = 2026-12-08 afternoon
下个月8号 = 2026-12-08
下月十五号 = 2026-12-15
这个月三十号 = 2026-11-30
月底 = 2026-11-30 V
月底前 = 2026-11-30 V
下个月底 = 2026-12-31 V
下个月初 = 2026-12-01..2026-12-05 V
月初 = 2026-12-01..2026-12-05 V
下个月初八 = 2026-12-16
初八 = 2026-12-16
腊月二十三 = 2027-01-30
腊月初八 = 2027-01-15
冬月初一 = 2026-12-09
正月十五 = 2027-02-20
农历八月十五 = 2027-09-15
农历十月二十 = 2026-11-28
阴历冬月初八 = 2026-12-16
大年初一 = 2027-02-06
年初二 = 2027-02-07
春节 = 2027-02-06
过年 = 2027-02-06
除夕 = 2027-02-05
大年三十 = 2027-02-05
元旦 = 2027-01-01
国庆 = 2027-10-01
国庆节 = 2027-10-01
五一 = 2027-05-01
中秋 = 2027-09-15
重阳节 = 2027-10-08
端午 = 2027-06-09
元宵节 = 2027-02-20
腊八 = 2027-01-15
小年 = 2027-01-30
冬至 = 2026-12-22
清明 = 2027-04-05
三天后 = 2026-11-28
三天以后 = 2026-11-28
过三天 = 2026-11-28
一个星期后 = 2026-12-02
两周以后 = 2026-12-09
一个月后 = 2026-12-25
半个月以后 = 2026-12-10
过两天 = V
过几天 = V
改天 = V
哪天都行 = V
一个小时以后 = 2026-11-25 11:00
两个小时后 = 2026-11-25 12:00
半个钟头以后 = 2026-11-25 10:30
一个半小时以后 = 2026-11-25 11:30
二十分钟后 = 2026-11-25 10:20
过一个钟头 = 2026-11-25 11:00
现在 = 2026-11-25 10:00 V
马上 = 2026-11-25 10:00 V
三点 = 03:00 *
八点半 = 08:30 *
九点一刻 = 09:15 *
三点二十 = 03:20 *
十点零五分 = 10:05 *
差五分九点 = 08:55 *
十二点 = 12:00
15:30 = 15:30
9:30 = 09:30 *
15点 = 15:00
15时30分 = 15:30
下午三点半 = 15:30 afternoon
上午十点 = 10:00 morning
早上七点 = 07:00 morning
清早六点半 = 06:30 morning
中午十二点 = 12:00 noon
中午一点 = 13:00 noon
晌午十一点半 = 11:30 noon
晚上八点 = 20:00 evening
晚上六点半 = 18:30 evening
凌晨三点 = 03:00 dawn
夜里两点 = 02:00 evening
下午一点 = 13:00 afternoon
明天一点半 = 2026-11-26 01:30 *
后晌四点 = 16:00 afternoon
傍黑六点 = 18:00 evening
明天晚上十二点 = 2026-11-27 00:00 evening
晌午 = noon
天擦黑 = evening
天黑的时候 = evening
傍黑 = evening
吃完早饭 = morning
吃过午饭以后 = afternoon
晚饭后 = evening
早起 = morning
头晌 = morning
上昼 = morning
上午九点到十一点 = 09:00-11:00 morning
九点到十一点 = 09:00-11:00 *
下午两点到四点 = 14:00-16:00 afternoon
明天上午十点到下午两点 = 2026-11-26 10:00-14:00 morning
八九点钟 = 08:00-09:00 * V
这周五到下周四 = 2026-11-27..2026-12-03
周一到周五 = 2026-11-30..2026-12-04
明天到礼拜天 = 2026-11-26..2026-11-29
12月3号到5号 = 2026-12-03..2026-12-05
二十八号到三十号 = 2026-11-28..2026-11-30
从明天开始连订五天 = 2026-11-26..2026-11-30
从明天起连着送三天 = 2026-11-26..2026-11-28
从下周一开始订一个礼拜 = 2026-11-30..2026-12-06
明后两天 = 2026-11-26..2026-11-27
接下来三天 = 2026-11-26..2026-11-28
这三天 = 2026-11-25..2026-11-27
二十八号到三十号这三天 = 2026-11-28..2026-11-30
下周一到周三这三天 = 2026-11-30..2026-12-02
每天 = D
天天晌午 = D noon
以后天天晌午 = D noon
往后天天 = D
今后天天 = D
每天早上八点 = D 08:00 morning
从明天开始每天中午 = D 2026-11-26 noon
每周一三五 = W135
每个礼拜二和礼拜四 = W24
每周一三五，一份 = W135
每周一三五一份 = W135
每个星期二四六六份 = W246
每周135 = W135
周1、3、5 = W135
只在周末 = W67
用一个星期后天要 = 2026-11-27
一个星期后来 = 2026-12-02
每逢双休日 = W67
每周三下午 = W3 afternoon
周一三五 = W135
每周一到周五 = W12345
二四晚上 = W24 evening
下星期三到五中午 = 2026-12-02..2026-12-04 noon
下周一至四 = 2026-11-30..2026-12-03
下周的周三 = 2026-12-02
下个礼拜的礼拜二上午 = 2026-12-01 morning
两个礼拜以后的礼拜五 = 2026-12-11
下个月第一个礼拜一 = 2026-12-07
这个月最后一个礼拜天 = 2026-11-29
下个月最后一天 = 2026-12-31
两三天后 = 2026-11-27 V
二十八到三十号 = 2026-11-28..2026-11-30
下个月三号到五号 = 2026-12-03..2026-12-05
从下个月一号开始连着送半个月 = 2026-12-01..2026-12-15
除了礼拜天每天中午 = W123456 noon
除了周六周日每天都送 = W12345
除了礼拜六跟礼拜天 天天送 = W12345
除开周末每天送 = W12345
除星期天以外，每天中午 = W123456 noon
从星期一开始每天 = D 2026-11-30
双休日 = 2026-11-28..2026-11-29 V
听朝九点 = 2026-11-26 09:00 morning
听晚 = 2026-11-26 evening
早八点 = 08:00 morning
晚七点半 = 19:30 evening
昨晚八点 = 2026-11-24 20:00 evening P
今夜八点 = 2026-11-25 20:00 evening
今夜晚 = 2026-11-25 evening
周日下半晌 = 2026-11-29 afternoon
明天天光八点 = 2026-11-26 08:00 morning
明儿麻麻亮 = 2026-11-26 dawn
后天昼边 = 2026-11-27 noon
礼拜天断黑 = 2026-11-29 evening
待会儿派人来 = V
九点……不不，十点 = 10:00 *
礼拜六上午九点……不不，十点 = 2026-11-28 10:00 morning
不是明天，是后天 = 2026-11-27
是十六号不是六号 = 2026-12-16
我说的是周五不是周四 = 2026-11-27
周五，不是周四 = 2026-11-27
周四，不是，周五 = 2026-11-27
后天，不对，大后天上午 = 2026-11-28 morning
明天上午，错了，下午 = 2026-11-26 afternoon
明天给我妈送个饭，中午 = 2026-11-26 noon
我想后天下午两点去趟医院 = 2026-11-27 14:00 afternoon
"""
NO_TIME = [
    "王国庆", "陈立春。", "血压平时稳的", "平时自己能走",
    "我今年七十五岁", "有一点疼", "软一点", "快一点", "早一点", "差一点摔了", "一点都不好吃", "给你们提两点建议", "两个小时", "住三天", "两份",
    "我要第三个", "三号楼二单元", "八十三了", "二十块钱", "没什么胃口", "后来呢", "前面那个", "一点儿也不咸", "日间照料", "家里五口人", "今年收成好", "门牌十二号", "坐五号线", "去六号窗口", "你等一会儿", "陪我聊一会儿",
    "这一天得多少钱啊", "那这1天要好多钱", "那一天要多少钱",
]


def wanted(line: str) -> Dict[str, object]:
    """The value that a line of `SAID` stands for."""
    value: Dict[str, object] = {
        "date": None, "end_date": None, "time": None, "end_time": None, "part": None, "ampm": False, "every": None,
        "weekdays": [], "past": False, "vague": False,
    }
    either = False
    for word in line.split():
        if word == "*":
            either = True
        elif word in ("P", "V"):
            value["past" if word == "P" else "vague"] = True
        elif word == "D":
            value["every"] = "day"
        elif word[0] == "W":
            value.update(every="week", weekdays=[int(c) for c in word[1:]])
        elif word.startswith("20") and "-" in word:
            value["date"], _, end = word.partition("..")
            value["end_date"] = end or None
        elif word[0].isdigit():
            value["time"], _, end = word.partition("-")
            value["end_time"] = end or None
        else:
            value["part"] = word
    value["ampm"] = bool((value["time"] or value["part"]) and not either)
    return value


@pytest.mark.parametrize("line", [line for line in SAID.strip().splitlines()])
def test_meaning(line: str) -> None:
    said, _, meant = line.partition(" = ")
    found = times(said, NOW)
    assert [span.value for span in found] == [wanted(meant)]


@pytest.mark.parametrize("said", [
    "每天送 礼拜六礼拜天不用", "天天送 就礼拜天不送", "天天送一份除了礼拜天", "每天 星期天别送", "每天送 周末除外",
])
def test_a_weekday_that_is_left_out_begins_no_series(said: str) -> None:
    daily, *out = expressions(said, NOW)
    assert daily.every == "day" and not daily.date and len(out) == 1


def test_the_day_of_the_next_wish_is_not_that_of_the_meal_before_it() -> None:
    values = [span.value for span in times("明天给我妈送午饭 后天给我爸理发", NOW)]
    assert [(value["date"], value["part"]) for value in values] == [("2026-11-26", "noon"), ("2026-11-27", None)]


def test_lunch_and_supper_are_two_times() -> None:
    assert [span.value["part"] for span in times("午饭晚饭都要", NOW)] == ["noon", "evening"]
    assert [span.value["part"] for span in times("早饭晚饭都要", NOW)] == ["morning", "evening"]


@pytest.mark.parametrize("said, day", [
    ("每月初一来理发", "2026-12-09"), ("每个月初一十五来打扫", "2026-12-09"), ("每月一号理发", "2026-12-01"), ("每个月十五号", "2026-12-15"),
    ("每个月头一个礼拜三来", "2026-12-02"), ("每个月底来打扫", "2026-11-30"), ("每月来一次理发", None),
])
def test_what_comes_back_every_month_says_its_next_day(said: str, day: str) -> None:
    values = [span.value for span in times(said, NOW)]
    assert [(value["every"], value["date"]) for value in values] == [("month", day)]


@pytest.mark.parametrize("said", NO_TIME)
def test_no_time(said: str) -> None:
    assert times(said, NOW) == []


def test_one_oclock_counts_when_the_hour_was_asked() -> None:
    assert times("那就一点嘛", NOW, asking="time")[0].value["time"] == "01:00"


def test_the_new_time_of_a_rescheduling_comes_last() -> None:
    found = times("把明天上午九点的改到后天下午", NOW)
    assert [(s.value["date"], s.value["part"]) for s in found] == [("2026-11-26", "morning"), ("2026-11-27", "afternoon")]


def test_an_address_is_no_time() -> None:
    from bot.components.people_places import addresses

    said = "送到幸福路十八号，后天"
    found = times(said, NOW, addresses(said))
    assert [span.value["date"] for span in found] == ["2026-11-27"]


def test_a_weekday_that_is_over_today_is_next_weeks() -> None:
    found = times("周三上午", datetime(2026, 11, 25, 14))
    assert found[0].value["date"] == "2026-12-02"


@pytest.mark.parametrize("said, day, part", [
    ("周一早上", "2026-11-30", "morning"), ("明天中五送", "2026-11-26", "noon"), ("名天上午", "2026-11-26", "morning"),
    ("礼拜五下五三点", "2026-11-27", "afternoon"), ("早上上五楼", None, "morning"),
])
def test_misheard_and_run_together_words(said: str, day: str, part: str) -> None:
    value = times(said, NOW)[0].value
    assert (value["date"], value["part"]) == (day, part)


def test_what_was_agreed_before_is_past() -> None:
    assert times("前几天打电话约的", NOW)[0].value["past"] and times("三天前订的", NOW)[0].value["date"] == "2026-11-22"


def test_bare_weekdays_repeat_every_week() -> None:
    value = times("一三五送饭", NOW)[0].value
    assert (value["every"], value["weekdays"]) == ("week", [1, 3, 5])


@pytest.mark.parametrize("said, apart", [
    ("隔天送一次", 2), ("隔一天送一顿", 2), ("每隔一天", 2), ("送一天停一天", 2), ("每隔两天送一回", 3), ("三天送一次饭", 3), ("隔一天一次", 2),
("每天送", 0),
])
def test_every_so_many_days(said: str, apart: int) -> None:
    assert sum(one.value.get("apart", 0) for one in times(said, NOW)) == apart


def test_days_on_which_nothing_comes_are_another_time() -> None:
    found = times("工作日送午饭周末不要", NOW)
    assert [one.value["weekdays"] for one in found] == [[1, 2, 3, 4, 5], []] and found[1].value["date"] == "2026-11-28"


def test_from_a_week_on_has_no_end() -> None:
    value = times("从下周起每周二四", NOW)[0].value
    assert (value["date"], value["end_date"], value["weekdays"]) == ("2026-11-30", None, [2, 4])


def test_two_days_of_a_week_keep_their_part_of_the_day() -> None:
    """日中 is a dialect's noon, but not in 周日中午."""
    value = times("周六和周日中午", NOW)[0].value
    assert (value["weekdays"], value["part"]) == ([6, 7], "noon")


def test_four_days_from_now() -> None:
    assert times("大大后天", NOW)[0].value["date"] == (NOW.date() + timedelta(days=4)).isoformat()


@pytest.mark.parametrize("said, wished", [("说现在有人上门给洗澡", False), ("现在还有没有食堂", False), ("现在就来个人", True), ("马上来", True)])
def test_now_is_an_hour_only_where_it_is_wished_for(said: str, wished: bool) -> None:
    assert bool(times(said, NOW)) is wished


@pytest.mark.parametrize("said", ["周五晚半个小时", "明天早一个钟头", "周五晚十分钟"])
def test_by_how_much_it_is_later_is_no_part_of_the_day(said: str) -> None:
    assert times(said, NOW)[0].value["part"] is None


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("初一十五", ["2026-12-09", "2026-12-23"]),
        ("初一和十五都送", ["2026-12-09", "2026-12-23"]),
        ("初八、廿八", ["2026-12-16", "2026-12-06"]),
        ("初一十五块钱", ["2026-12-09"]),
        ("以后天冷了", []),
    ],
)
def test_days_of_the_lunar_month_named_together(said: str, days: list) -> None:
    assert [found.value["date"] for found in times(said, NOW)] == days
