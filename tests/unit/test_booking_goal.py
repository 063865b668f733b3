"""Where somebody is taken: places with the name of a town in theirs, and stations told in running speech."""

from __future__ import annotations

import pytest

from tests.unit.booking_talk import MONDAY, Talk, time

YUEYANG = {"region": "hunan", "name": "岳阳", "level": "city"}


@pytest.mark.parametrize(
    ("text", "town", "there"),
    [
        ("岳阳东站 高铁站咯", "岳阳", "岳阳东站"),
        ("就是岳阳楼", "岳阳", "岳阳楼"),
        ("南昌大学一附院", "南昌", "南昌大学一附院"),
        ("长沙南站", "长沙", "长沙南站"),
        ("杨凌示范区医院吧", "杨凌", "杨凌示范区医院"),
        ("长春站", "长春", "长春站"),
        ("岳阳", "岳阳", "岳阳"),
    ],
)
def test_a_town_in_the_name_of_a_place_is_not_the_place(talk: Talk, text: str, town: str, there: str) -> None:
    talk.say("下周一下午一点要车", "book", service="travel", time=time(MONDAY, "13:00", "afternoon", ampm=True))
    assert talk.state == "asking_destination"
    talk.hear(text, "inform", "", place=({**YUEYANG, "name": town}, town))
    assert talk.draft.particulars["destination"] == there


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("我礼拜一要到武汉我女那里去过冬带两个大包坐公交挤不赢你们送人不咯送到岳阳东站去我屋里下午一点来接", "岳阳东站"),
        ("下周一送我们上长春站赶车", "长春站"),
        ("派个车把我送到南昌西站", "南昌西站"),
        ("下周一我要赶飞机去上海虹桥机场派个车", "上海虹桥机场"),
    ],
)
def test_a_station_in_running_speech(talk: Talk, text: str, there: str) -> None:
    talk.say(text, "book", service="travel", time=time(MONDAY, "13:00", "afternoon", ampm=True))
    assert talk.draft.particulars["destination"] == there


def test_a_station_where_somebody_is_met_is_no_way_there(talk: Talk) -> None:
    talk.say("派个车到岳阳东站接我", "book", service="travel", time=time(MONDAY, "13:00", "afternoon", ampm=True))
    assert talk.draft.particulars.get("destination") != "岳阳东站"
