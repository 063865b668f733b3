"""A day at the centre: the hour of arrival is kept and stored, the hour of being fetched is only noted."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.orders import by_number, reschedule
from care.turn import Entity, Turn
from tests.unit.booking_talk import MONDAY, Talk, known, time


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    known(session, conversation)
    talk = Talk(session, conversation)
    talk.say("下周一早上八点半送我妈去日间照料", "book", service="day_care", relation="mother", time=time(MONDAY, "08:30", ampm=True))
    return talk


def turn(talk: Talk, text: str, *said: tuple[str, dict]) -> str:
    talk.turns += 1
    found = tuple(Entity("time", value, words, text.index(words), text.index(words) + len(words)) for words, value in said)
    return talk._taken(Turn(talk.conversation.id, text, "inform", 0.9, found, f"m{talk.turns}"))


def booked(talk: Talk) -> None:
    for _ in range(6):
        if talk.state == "confirming":
            break
        answers = {"asking_name": ("张桂芳", {"person_name": "张桂芳"}), "asking_phone": ("13900000002", {"phone": "13900000002"})}
        words, found = answers.get(talk.state, ("对", {}))
        talk.say(words, "inform" if found else "affirm", **found)
    talk.say("对", "affirm")
    assert talk.order


@pytest.mark.parametrize(
    "text, words, hour",
    [
        ("在那边吃午饭下午四点半我来接", "下午四点半", "16:30"),
        ("五点来接", "五点", "05:00"),
        ("接她四点半", "四点半", "04:30"),
        ("到四点半我闺女来接她回家", "四点半", "04:30"),
        ("四点半，我来接", "四点半", "04:30"),
        ("我下班了来接，大概五点", "五点", "05:00"),
        ("五点钟接走", "五点", "05:00"),
        ("四点半领回屋", "四点半", "04:30"),
    ],
)
def test_the_hour_of_being_fetched_is_noted(talk: Talk, text: str, words: str, hour: str) -> None:
    heard = turn(talk, text, (words, time("", hour, ampm=hour > "12")))
    assert talk.draft.time == "08:30" and talk.draft.remarks and "来接" in heard
    assert talk.draft.remarks[0] in ("下午四点半来接", "下午五点来接")


def test_fetched_before_supper(talk: Talk) -> None:
    turn(talk, "晚饭前接走", ("晚饭", time(part="evening")))
    assert talk.draft.time == "08:30" and talk.draft.remarks == ["晚饭前来接"]


def test_another_hour_of_being_fetched_takes_the_place_of_the_first(talk: Talk) -> None:
    turn(talk, "四点半我来接", ("四点半", time("", "04:30")))
    turn(talk, "不是四点半，是五点来接", ("五点", time("", "05:00")))
    assert talk.draft.remarks == ["下午五点来接"] and talk.draft.time == "08:30"


def test_a_meal_there_takes_no_hour_away(talk: Talk) -> None:
    turn(talk, "中午就在站里吃", ("中午", time(part="noon")))
    assert talk.draft.time == "08:30"


def test_both_hours_in_one_breath(session: Session, conversation: Conversation) -> None:
    known(session, conversation)
    talk = Talk(session, conversation)
    talk.say("我妈想去日间照料", "book", service="day_care", relation="mother")
    turn(talk, "下周一早上八点半送过去下午四点半接回来", ("下周一早上八点半", time(MONDAY, "08:30", ampm=True)), ("下午四点半", time("", "16:30", ampm=True)))
    assert talk.draft.date == MONDAY and talk.draft.time == "08:30" and talk.draft.remarks == ["下午四点半来接"]


def test_another_hour_of_arrival_is_taken(talk: Talk) -> None:
    turn(talk, "改到九点送过去", ("九点", time("", "09:00")))
    assert talk.draft.time == "09:00" and not talk.draft.remarks


@pytest.mark.parametrize("text", ["早上九点你们来接她去站里", "早上九点来接"])
def test_fetched_in_the_morning_is_the_arrival(session: Session, conversation: Conversation, text: str) -> None:
    known(session, conversation)
    talk = Talk(session, conversation)
    talk.say("我妈下周一想去日间照料", "book", service="day_care", relation="mother", time=time(MONDAY))
    turn(talk, text, ("早上九点", time("", "09:00", ampm=True)))
    assert talk.draft.time == "09:00" and not talk.draft.remarks


def test_the_hour_read_back_stands_in_the_order(talk: Talk) -> None:
    turn(talk, "下午四点半我来接", ("下午四点半", time("", "16:30", ampm=True)))
    booked(talk)
    order = by_number(talk.session, talk.order)
    assert order.time == "08:30" and order.particulars["remark"] == "下午四点半来接"
    assert reschedule(talk.session, order.number, date="2026-12-02").time == "08:30"


def test_an_hour_at_which_nobody_is_there_is_not_kept(session: Session, conversation: Conversation) -> None:
    known(session, conversation)
    talk = Talk(session, conversation)
    heard = talk.say("下周一早上六点送我妈去日间照料", "book", service="day_care", relation="mother", time=time(MONDAY, "06:00", ampm=True))
    assert talk.draft.date == MONDAY and not talk.draft.time and "不在服务时间" in heard


def test_another_day_keeps_the_hour(session: Session, conversation: Conversation) -> None:
    known(session, conversation)
    talk = Talk(session, conversation)
    talk.say("这星期天早上八点半送我妈去日间照料", "book", service="day_care", relation="mother", time=time("2026-11-29", "08:30", ampm=True))
    assert talk.draft.options and all(hour == "" for _, hour in talk.draft.options)
    talk.say("第一个", "inform", ordinal=1)
    assert talk.draft.date and talk.draft.time == "08:30"


def test_when_somebody_is_fetched_is_no_name(session: Session, conversation: Conversation) -> None:
    conversation.region = "yangling"
    talk = Talk(session, conversation)
    talk.say("我爸下周一早上八点半去日间照料", "book", service="day_care", relation="father", time=time(MONDAY, "08:30", ampm=True))
    assert talk.state == "asking_name"
    talk.hear("晚饭前接走", "inform", "", person_name=("晚饭前接走", "晚饭前接走"), time=(time(part="evening"), "晚饭"))
    assert not talk.draft.name and talk.draft.remarks == ["晚饭前来接"] and talk.draft.time == "08:30"


@pytest.mark.parametrize("text", ["早上8:30到16:30", "八点半到四点半"])
def test_from_an_hour_to_an_hour_is_that_of_arrival_and_of_being_fetched(talk: Talk, text: str) -> None:
    told = turn(talk, text, (text, time(time="08:30", end_time="16:30", ampm=True)))
    assert talk.draft.time == "08:30" and "下午四点半来接" in told and talk.draft.remarks == ["下午四点半来接"]


def test_an_end_in_the_other_half_of_the_day(talk: Talk) -> None:
    turn(talk, "八点半到四点半", ("八点半到四点半", time(time="08:30", end_time="04:30")))
    assert talk.draft.time == "08:30" and talk.draft.remarks == ["下午四点半来接"]
