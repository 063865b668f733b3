"""Times at which it does not suit, days left out, limits, lengths left open, and other times than those refused."""

from __future__ import annotations

import pytest

from tests.unit.booking_talk import FRIDAY, SATURDAY, THURSDAY, Talk, time

SUNDAY = "2026-11-29"


def haircut(talk: Talk) -> None:
    """A haircut on Friday at three."""
    talk.say("后天下午三点理发", "book", service="haircut", time=time(FRIDAY, "15:00", "afternoon", ampm=True))


def week_of_meals(talk: Talk) -> None:
    """Meals from Thursday to Wednesday."""
    talk.say("明天起送一个星期的午饭，没忌口", "book", service="meal", quantity={"n": 1, "unit": "份"}, diet="normal",
             time=time(THURSDAY, part="noon", end_date="2026-12-02"))  # fmt: skip


def test_an_hour_that_does_not_suit_is_asked_for_anew(talk: Talk) -> None:
    haircut(talk)
    heard = talk.say("三点我得睡一觉", told_time=time("", "03:00", role="busy"))
    assert talk.draft.time == "" and talk.draft.date == FRIDAY and "不约" in heard and talk.state == "asking_time"


def test_a_day_that_does_not_suit_is_asked_for_anew(talk: Talk) -> None:
    haircut(talk)
    talk.say("后天我要去打针", told_time=time(FRIDAY, role="busy"))
    assert talk.draft.date == "" and talk.state == "asking_date"


def test_what_does_not_suit_beside_what_does_changes_nothing_else(talk: Talk) -> None:
    haircut(talk)
    talk.say("三点我得睡一觉，四点来", time=time("", "04:00"), told_time=time("", "03:00", role="busy"))
    assert (talk.draft.date, talk.draft.time) == (FRIDAY, "16:00")


def test_a_day_gone_by_that_is_only_told_is_no_answer(talk: Talk) -> None:
    talk.say("想租个轮椅", "book", service="aids_rental", aid="wheelchair")
    heard = talk.say("我老伴昨天才出院", told_time=time("2026-11-24", past=True, role="told"))
    assert "已经过了" not in heard and "没听" not in heard


def test_a_proposal_at_which_it_does_not_suit_is_dropped(talk: Talk) -> None:
    talk.say("大后天洗澡", "book", service="bath", time=time(SATURDAY, part="morning"))
    left = [one for one in talk.draft.options if one[1] != "09:00"]
    talk.say("九点他还没起", told_time=time("", "09:00", role="busy"))
    assert talk.draft.options == left


def test_one_day_of_a_week_is_left_out(talk: Talk) -> None:
    week_of_meals(talk)
    talk.say("周日我闺女在家，那天别送", "correct", time=time(SUNDAY, role="off"))
    assert talk.draft.without == [SUNDAY] and talk.draft.date == THURSDAY


def test_a_day_called_off_and_named_again_is_not_wanted(talk: Talk) -> None:
    week_of_meals(talk)
    talk.hear("礼拜天不要，周日在儿子家吃", "correct", time=(time(SUNDAY, role="off"), "礼拜天"))
    assert talk.draft.without == [SUNDAY] and talk.draft.end_date == "2026-12-02"


def test_the_first_day_left_out_moves_the_beginning(talk: Talk) -> None:
    week_of_meals(talk)
    talk.say("明天先不送", "correct", time=time(THURSDAY, role="off"))
    assert talk.draft.date == FRIDAY and talk.draft.end_date == "2026-12-02"


@pytest.mark.parametrize(("bound", "hour"), [("before", "15:30"), ("after", "16:00")])
def test_a_limit_takes_the_nearest_hour_within_it(talk: Talk, bound: str, hour: str) -> None:
    talk.say("后天理发", "book", service="haircut", time=time(FRIDAY))
    talk.say("四点之前", time=time("", "04:00", vague=True, bound=bound))
    assert talk.draft.time == hour


def test_an_hour_takes_the_day_of_the_train(talk: Talk) -> None:
    talk.say("后天三点的火车，一点来接我去车站", "book", service="travel", facility="火车站",
             time=time("", "01:00"), told_time=time(FRIDAY, "03:00", role="told"))  # fmt: skip
    assert (talk.draft.date, talk.draft.time) == (FRIDAY, "13:00")


def test_a_length_left_open_is_proposed_and_taken_by_a_yes(talk: Talk) -> None:
    heard = talk.say("轮椅我想租来用几天", "book", service="aids_rental", aid="wheelchair", duration={"about": 7})
    assert talk.state == "asking_duration" and "先按一个星期记" in heard
    talk.say("行", "affirm")
    assert talk.draft.days == 7


def test_a_length_left_open_gives_way_to_a_number(talk: Talk) -> None:
    talk.say("轮椅租一阵子", "book", service="aids_rental", aid="wheelchair", duration={"about": 30})
    talk.say("二十天吧", duration={"days": 20})
    assert talk.draft.days == 20


def test_the_same_wish_is_not_refused_in_the_same_words(talk: Talk) -> None:
    late = time(FRIDAY, "21:00", "evening", ampm=True)
    first = talk.say("后天晚上九点洗澡", "book", service="bath", time=late)
    offered = talk.draft.options
    second = talk.say("就晚上九点", time=late)
    assert "不在服务时间" in first and "不在服务时间" not in second and talk.draft.options and offered


def test_a_stay_for_some_days_lasts_until_somebody_is_fetched(talk: Talk) -> None:
    talk.say("把我妈送去住几天，大后天送，下周二接", "book", service="respite", relation="mother", duration={"about": 7},
             time=[time(SATURDAY), time("2026-12-01", role="until")])  # fmt: skip
    assert talk.draft.days == 3 and "duration" not in talk.draft.offered


def test_a_part_of_the_day_in_a_refusal_takes_no_proposal(talk: Talk) -> None:
    talk.say("大后天下午洗澡", "book", service="bath", time=time(SATURDAY, part="afternoon"))
    talk.say("都不行，我下午要打牌", "deny", time=time(part="afternoon"))
    assert not talk.draft.time
