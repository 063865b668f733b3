"""What comes a turn later than the wish: the first day of many, their last, haste, a wish for whoever comes, whose home it is."""

from __future__ import annotations

import pytest

from care.turn import Entity, Turn
from tests.unit.booking_talk import Talk, time

MONDAY, FRIDAY_AFTER, THIS_FRIDAY = "2026-11-30", "2026-12-04", "2026-11-27"


def daily(talk: Talk) -> None:
    talk.say("想给我妈订饭，每天中午都送", "book", service="meal", relation="mother", time=time(every="day", part="noon"))
    assert talk.draft.repeats


@pytest.mark.parametrize("words", ["就从下礼拜一开始吧", "从下礼拜一起", "下礼拜一开始送"])
def test_every_day_stays_every_day_when_the_first_day_is_told(talk: Talk, words: str) -> None:
    daily(talk)
    talk.hear(words, "inform", "", time=(time(MONDAY), "下礼拜一"))
    assert talk.draft.repeats and talk.draft.date == MONDAY


def test_the_last_day_is_the_one_after_the_first(talk: Talk) -> None:
    daily(talk)
    talk.hear("从下礼拜一开始", "inform", "", time=(time(MONDAY), "下礼拜一"))
    talk.hear("送到礼拜五就行", "inform", "", time=(time(THIS_FRIDAY, role="until"), "礼拜五"))
    assert (talk.draft.date, talk.draft.end_date) == (MONDAY, FRIDAY_AFTER)


@pytest.mark.parametrize("words", ["家里水管爆了，水流了一地", "水管爆了，地上一地水"])
def test_water_all_over_the_floor_asks_for_no_day(talk: Talk, words: str) -> None:
    heard = talk.say(words, "book", service="urgent")
    assert "哪一天" not in heard and talk.draft.options


@pytest.mark.parametrize("words", ["快点来啊", "快些来吧", "早点来"])
def test_who_wants_it_soon_is_offered_the_nearest_time(talk: Talk, words: str) -> None:
    talk.say("水管有点漏水", "book", service="urgent")
    assert talk.state == "asking_date"
    talk.say(words, "faster")
    assert talk.draft.options


@pytest.mark.parametrize("words, home", [
    ("我们住岳麓区望月湖小区十一栋", "岳麓区望月湖小区十一栋"), ("我家住在光明社区七号楼", "光明社区七号楼"), ("家住光明社区七号楼", "光明社区七号楼"),
])  # fmt: skip
def test_whose_home_it_is_is_no_part_of_the_address(talk: Talk, words: str, home: str) -> None:
    talk.say("明天上午打扫卫生", "book", service="cleaning", time=time("2026-11-26", "09:00", ampm=True))
    talk.say(words, "inform", address=words)
    assert talk.draft.address.endswith(home)
    assert not talk.draft.address.startswith(("我", "家住"))


def test_a_wish_beside_what_was_taken_is_noted(talk: Talk) -> None:
    talk.say("想给我爸约洗澡", "book", service="bath", relation="father")
    text = "上门洗，得派个男护理员来"
    moves = (("上门洗", "tells"), ("得派个男护理员来", "remark"))
    found = (Entity("bath_place", "home", "上门洗", 0, 3),)
    heard = talk._taken(Turn(talk.conversation.id, text, "book", 0.9, found, "m9", moves=moves))
    assert talk.draft.remarks == ["得派个男护理员来"] and "得派个男护理员来" in heard


def test_plumbing_that_drips_may_wait(talk: Talk) -> None:
    assert "哪一天" in talk.say("水管有点滴水", "book", service="urgent")


@pytest.mark.parametrize("words", ["那你们能帮她办吗", "能帮她登记吗"])
def test_what_is_being_booked_is_not_said_to_be_on_no_list(talk: Talk, words: str) -> None:
    talk.say("想给我妈装扶手", "book", service="home_adaptation", relation="mother")
    heard = talk.say(words, "service_query")
    assert "不在我这里的单子上" not in heard and "能办" in heard


def test_what_nobody_offers_is_still_said_to_be_on_no_list(talk: Talk) -> None:
    talk.say("想给我妈装扶手", "book", service="home_adaptation", relation="mother")
    assert "不在我这里的单子上" in talk.say("我想磨刀", "service_query")
