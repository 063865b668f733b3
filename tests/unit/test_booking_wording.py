"""Dates, times, sums and numbers as they are spoken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from care import wording

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (18, "十八"),
        (24, "二十四"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1000, "一千"),
        (2020, "二千零二十"),
        (10_050, "一万零五十"),
        (300_000, "三十万"),
    ],
)
def test_numbers(number: int, spoken: str) -> None:
    assert wording.say_number(number) == spoken


@pytest.mark.parametrize(
    ("time", "spoken"),
    [
        ("15:30", "下午三点半"),
        ("09:00", "上午九点"),
        ("08:15", "早上八点一刻"),
        ("11:30", "中午十一点半"),
        ("11:00", "上午十一点"),
        ("12:00", "中午十二点"),
        ("14:05", "下午两点零五分"),
        ("18:45", "晚上六点三刻"),
    ],
)
def test_times(time: str, spoken: str) -> None:
    assert wording.say_time(time) == spoken


def test_a_span_names_the_part_of_the_day_once() -> None:
    assert wording.say_span("11:30", "12:00") == "中午十一点半到十二点"
    assert wording.say_span("11:30", "13:00") == "中午十一点半到下午一点"


@pytest.mark.parametrize(
    ("day", "spoken"),
    [
        (date(2026, 11, 25), "今天，星期三，十一月二十五号"),
        (date(2026, 11, 27), "后天，星期五，十一月二十七号"),
        (date(2026, 12, 2), "下星期三，十二月二号"),
        (date(2027, 1, 3), "星期日，二零二七年一月三号"),
    ],
)
def test_dates_in_full(day: date, spoken: str) -> None:
    assert wording.say_date(day, TODAY) == spoken


def test_dates_in_passing_and_several_days() -> None:
    assert wording.say_day(date(2026, 11, 27), TODAY) == "后天，星期五"
    assert wording.say_day(date(2026, 12, 9), TODAY) == "星期三，十二月九号"
    assert wording.say_dates(date(2026, 11, 27), date(2026, 12, 3), [], TODAY) == "十一月二十七号到十二月三号，每天"
    assert wording.say_dates(date(2026, 11, 27), date(2026, 12, 11), [5, 1, 3], TODAY).endswith("每星期一、三、五")


@pytest.mark.parametrize(
    ("amount", "spoken"),
    [
        ("24", "二十四块"),
        ("2", "两块"),
        ("24.50", "二十四块五"),
        ("0.5", "五毛"),
        ("3.05", "三块零五分"),
        ("12.25", "十二块二毛五分"),
        ("0", "零块"),
    ],
)
def test_money(amount: str, spoken: str) -> None:
    assert wording.say_money(Decimal(amount)) == spoken


def test_digit_by_digit() -> None:
    assert wording.say_digits("3582") == "三、五、八、二"
    assert wording.say_phone("13812345678") == "一三八，一二三四，五六七八"
    assert wording.say_phone("02988881234") == "零二九八八八八，一二三四"


def test_addresses_are_read_as_people_read_them() -> None:
    assert wording.say_address("红谷滩凤凰家园3栋1201") == "红谷滩凤凰家园三栋一二零一"
    assert wording.say_address("幸福路18号502") == "幸福路十八号五零二"
    assert wording.say_address("光明社区七号楼二单元") == "光明社区七号楼二单元"
