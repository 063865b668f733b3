"""The way back of a journey: noted for whoever comes, and the hour of leaving stays."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care.booking import task
from care.conversation.model import Conversation
from care.orders import by_number
from care.turn import Entity, Turn
from tests.unit.booking_talk import FRIDAY, THURSDAY, Talk, known, time


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    known(session, conversation)
    return Talk(session, conversation)


def journey(talk: Talk) -> None:
    talk.say("后天下午两点用车去湘雅医院，不要轮椅", "book", service="travel", facility="湘雅医院", mobility="walks",
             time=time(FRIDAY, "14:00", ampm=True))  # fmt: skip
    talk.say("对", "affirm")
    assert talk.state == "confirming"


def hours(text: str, *said: tuple[str, str]) -> tuple[Entity, ...]:
    """The hours of a text: words and HH:MM."""
    return tuple(Entity("time", time(time=hour), words, text.index(words), text.index(words) + len(words)) for words, hour in said)


def turn(talk: Talk, text: str, *said: tuple[str, str]) -> str:
    talk.turns += 1
    return talk._taken(Turn(talk.conversation.id, text, "inform", 0.9, hours(text, *said), f"m{talk.turns}"))


@pytest.mark.parametrize("text", ["要接回来的，大概四点半看完", "看完病四点半再送我回来", "完了还要接我回家，四点半", "四点半散了送他回屋"])
def test_the_way_back_is_noted_and_the_hour_of_leaving_stays(talk: Talk, text: str) -> None:
    journey(talk)
    said = turn(talk, text, ("四点半", "04:30"))
    assert talk.draft.time == "14:00" and "接回来，大概下午四点半" in said
    talk.say("对", "affirm")
    assert "下午四点半" in by_number(talk.session, talk.order).particulars["remark"]


def test_both_ways_without_an_hour(talk: Talk) -> None:
    journey(talk)
    said = talk.say("来回都要车")
    assert "来回都要车" in said and talk.draft.remarks == ["来回都要车"]
    turn(talk, "接回来大概五点", ("五点", "05:00"))
    assert talk.draft.time == "14:00"


def test_another_hour_of_the_way_back_takes_the_place_of_the_first(talk: Talk) -> None:
    journey(talk)
    turn(talk, "看完病四点半再送我回来", ("四点半", "04:30"))
    turn(talk, "看完病五点再送我回来", ("五点", "05:00"))
    assert len(talk.draft.remarks) == 1 and "五点" in talk.draft.remarks[0]


@pytest.mark.parametrize("text", ["改到四点半去，完了接回来", "不用接回来，四点半走"])
def test_another_hour_of_leaving_is_none_of_the_way_back(talk: Talk, text: str) -> None:
    journey(talk)
    turn(talk, text, ("四点半", "04:30"))
    assert talk.draft.time == "16:30"


@pytest.mark.parametrize("text", ["后天下午三点半来接我妈出院回家", "后天下午三点半去火车站接我妹回家", "后天下午三点半接我爸回来"])
def test_somebody_fetched_home_is_no_way_back(session: Session, conversation: Conversation, text: str) -> None:
    talk = Talk(session, conversation)
    talk.say(text, "book", service="travel", time=time(FRIDAY, "15:30", ampm=True))
    assert talk.draft.time == "15:30" and not talk.draft.remarks


def test_out_and_back_in_one_breath(session: Session, conversation: Conversation) -> None:
    conversation.region = "yangling"
    text = "后天九点去市医院一点看完送回来"
    there = Entity("time", time(FRIDAY, "09:00"), "后天九点", 0, 4)
    found = (Entity("service", "travel", "去", 4, 5), there, *hours(text, ("一点", "01:00")))
    task.take(session, conversation, Turn(conversation.id, text, "book", 0.9, found, "m0"))
    talk = Talk(session, conversation)
    assert talk.draft.time == "09:00" and "下午一点" in talk.draft.remarks[0]


def test_what_is_over_belongs_to_the_later_hour(session: Session, conversation: Conversation) -> None:
    conversation.region = "yangling"
    text = "后天早上八点去人民医院做透析做完十二点接回来"
    there = Entity("time", time(FRIDAY, "08:00", "morning", ampm=True), "后天早上八点", 0, 6)
    found = (Entity("service", "medical", "做透析", 12, 15), there, *hours(text, ("十二点", "12:00")))
    task.take(session, conversation, Turn(conversation.id, text, "book", 0.9, found, "m0"))
    assert Talk(session, conversation).draft.time == "08:00"


def test_an_unclear_hour_of_the_way_back_is_after_leaving(session: Session, conversation: Conversation) -> None:
    conversation.region = "yangling"
    text = "后天两点去区医院复查，回来也要车，差不多五点"
    there = Entity("time", time(FRIDAY, "02:00"), "后天两点", 0, 4)
    found = (Entity("service", "medical", "复查", 8, 10), there, *hours(text, ("五点", "05:00")))
    task.take(session, conversation, Turn(conversation.id, text, "book", 0.9, found, "m0"))
    talk = Talk(session, conversation)
    assert talk.draft.time == "14:00" and "下午五点" in talk.draft.remarks[0]
    turn(talk, "不是五点，是四点回来", ("四点", "04:00"))
    assert talk.draft.remarks == ["完了再接回来，大概下午四点"] and talk.draft.time == "14:00"


def test_an_hour_beside_both_ways_is_that_of_leaving(session: Session, conversation: Conversation) -> None:
    conversation.region = "yangling"
    text = "后天上午九点来回都要接送"
    found = (Entity("service", "travel", "接送", 10, 12), Entity("time", time(FRIDAY, "09:00", ampm=True), "后天上午九点", 0, 6))
    task.take(session, conversation, Turn(conversation.id, text, "book", 0.9, found, "m0"))
    talk = Talk(session, conversation)
    assert talk.draft.time == "09:00" and talk.draft.remarks == ["来回都要车"]


@pytest.mark.parametrize(
    "text",
    ["明早九点来我不去就他一个人去取回来就行", "明早九点帮我把药拿回来", "明早九点去买好了给我带回来", "明早九点药给我捎回屋", "明早九点去攞返嚟就得", "明早九点报告取了带回家"],
)
def test_a_thing_brought_home_is_no_way_back(session: Session, conversation: Conversation, text: str) -> None:
    conversation.region = "yangling"
    there = Entity("time", time(THURSDAY, "09:00", ampm=True), "明早九点", 0, 4)
    found = (Entity("service", "medical", "", 0, 0), Entity("medical_task", "medicine", "", 0, 0), there)
    task.take(session, conversation, Turn(conversation.id, text, "book", 0.9, found, "m0"))
    talk = Talk(session, conversation)
    assert talk.draft.time == "09:00" and not talk.draft.remarks


@pytest.mark.parametrize("text", ["明早九点接我去医院看完接回来", "明早九点去医院完了还要送我回家"])
def test_the_only_hour_is_that_of_leaving(session: Session, conversation: Conversation, text: str) -> None:
    conversation.region = "yangling"
    found = (Entity("service", "medical", "", 0, 0), Entity("time", time(THURSDAY, "09:00", ampm=True), "明早九点", 0, 4))
    task.take(session, conversation, Turn(conversation.id, text, "book", 0.9, found, "m0"))
    talk = Talk(session, conversation)
    assert talk.draft.time == "09:00" and talk.draft.remarks == ["完了再接回来"]


@pytest.mark.parametrize("text", ["单程就行", "不用接回来", "回来不用接了，我儿子来", "不用来回了", "莫接我回来了"])
def test_a_way_back_that_was_noted_is_taken_back(talk: Talk, text: str) -> None:
    journey(talk)
    talk.say("来回都要车")
    said = talk.say(text, "deny")
    assert talk.draft.remarks[0] == "单程，不用接回来" and "来回都要车" not in talk.draft.remarks and "单程" in said
    assert talk.draft.time == "14:00" and talk.state == "confirming"


def test_no_way_back_refuses_none_of_the_times_proposed(talk: Talk) -> None:
    talk.say("后天上午用车去湘雅医院", "book", service="travel", facility="湘雅医院", time=time(FRIDAY, part="morning"))
    offered = talk.draft.options
    talk.say("不用接回来", "deny")
    assert offered and talk.draft.options == offered and talk.draft.remarks == ["单程，不用接回来"]


def test_no_way_back_is_no_answer_to_what_was_asked(talk: Talk) -> None:
    talk.say("陪我看病，后天早上八点去湘雅医院", "book", service="medical", facility="湘雅医院", medical_task="escort", time=time(FRIDAY, "08:00", ampm=True))
    assert talk.state == "asking_department"
    talk.say("不用接回来", "deny")
    assert talk.state == "asking_department" and "department" not in talk.draft.particulars


@pytest.mark.parametrize("words", ["坐轮椅的，回来不要车", "回来就不用车了", "返嚟唔使车"])
def test_no_car_for_the_way_back_is_no_way_back(stranger: Talk, words: str) -> None:
    stranger.conversation.region = "hunan"
    stranger.say("周六上午九点要个车去湘江宾馆", "book", service="travel", time=time("2026-11-28", "09:00", ampm=True))
    stranger.say(words)
    assert not any("接回来" in one for one in stranger.draft.remarks)
