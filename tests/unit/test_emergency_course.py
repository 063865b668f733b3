"""The course of an emergency: questions, what is told, the kind that stays, and the ways that lead back to what was open."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from care.conversation.bot import Bot
from care.conversation.model import Conversation
from care.conversation.opening import opened
from care.conversation.service import Desk, Message
from care.db import unit_of_work
from care.emergency import Leaving, check, detect, follow_up, raise_alarm
from care.emergency.detect import is_like_in_a_wish, is_wish
from care.emergency.everyday import goes_on, kept
from care.emergency.model import EmergencyRecord
from care.reply import Outcome
from tests.unit.fake_bot import FakeBot

FALL, STROKE, CHEST = "我摔了起不来", "他嘴歪了，话也说不清", "我胸口疼得喘不上气"
FIRE, GAS, POISON = "厨房着火了", "屋里一股煤气味", "我妈喝了农药"
UNRESPONSIVE, SUICIDE = "老头子怎么喊都不答应", "我不想活了"
LOCKED = "我被锁在门外，炉子上炖着汤"


@pytest.fixture
def bot(database: None) -> FakeBot:
    return FakeBot("inform")


@pytest.fixture
def desk(bot: FakeBot) -> Desk:
    return Desk(Bot(bot))


def say(session: Session, conversation: Conversation, *turns: str) -> Outcome:
    for text in turns:
        found = check(text)
        outcome = raise_alarm(session, conversation, found, text) if found else follow_up(session, conversation, text)
        assert outcome is not None
        conversation.state = outcome.state
    return outcome


@pytest.mark.parametrize(
    ("words", "asked", "told"),
    [
        (STROKE, "要不要先给他喂点水吃颗药", "别喂水，也别喂药"),
        (STROKE, "能不能扶他坐起来", "侧着躺"),
        (STROKE, "我自己能不能走过去医院", "别自己走"),
        (STROKE, "要不要扎手指放血", "放血"),
        (FALL, "我扶他起来行不行", "别硬扶"),
        (FALL, "可以给他喝点热水吗", "别吃也别喝"),
        (FALL, "能不能给他抹点红花油", "先别揉"),
        (CHEST, "我打车去医院行吗", "千万别自己走"),
        (CHEST, "能吃点止痛药不", "没开过的别吃"),
        (UNRESPONSIVE, "怎么按胸口啊", "硬地"),
        (UNRESPONSIVE, "要不要掐人中", "别掐人中"),
        (POISON, "要不要抠出来让她吐", "别自己抠吐"),
        (POISON, "给她灌点牛奶行吗", "牛奶"),
        (FIRE, "我能不能回去拿存折", "别再进去"),
        (GAS, "窗户要不要开", "开窗"),
        (GAS, "现在我咋办", "外面"),
    ],
)
def test_a_question_is_answered_from_the_instructions_of_its_kind(
    session: Session, conversation: Conversation, words: str, asked: str, told: str
) -> None:
    outcome = say(session, conversation, words, asked)
    assert outcome.state == "emergency" and told in outcome.replies[0].say


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        ((STROKE, "救护车我闺女已经叫了，在路上了"), "侧着躺"),
        ((FALL, "120打过了，说十分钟到"), "别挪动"),
        ((FIRE, "已经报了119"), "别再进去"),
        ((CHEST, "打了", "我电话13800006666"), "守着"),
        ((STROKE, "救护车叫了", "现在怎么办"), "打了就好"),
        ((FALL, "120叫了", "怎么还没来"), "在赶"),
        ((STROKE, "光明路十号三单元二零一"), "一二零打了没有"),
        ((STROKE, "我叫王秀英"), "记下了"),
        ((FIRE, "我们都在楼下了，和平街三号"), "外面"),
        ((FALL, "得我一个人在屋里"), "一个人"),
        ((LOCKED, "没有火，早关了"), "开锁"),
        ((FALL, "我不在他身边，在外地"), "物业"),
        (("老头走丢了", "他穿的灰褂子"), "警察"),
        ((UNRESPONSIVE, "要不要按住他"), "别按住"),
        ((CHEST, "叫了我崽回来"), "慢慢说"),
        ((CHEST, "一二零多少钱一次", "那就叫吧"), "打不出去"),
    ],
)
def test_what_is_told_is_taken_and_met_fittingly(
    session: Session, conversation: Conversation, turns: tuple[str, ...], told: str
) -> None:
    outcome = say(session, conversation, *turns)
    assert outcome.state == "emergency" and told in outcome.replies[0].say


@pytest.mark.parametrize(
    ("words", "later"),
    [
        (STROKE, "他站不起来了，腿也动不了"),
        (STROKE, "他摔地上了"),
        (CHEST, "喘不上气了"),
        (FIRE, "烟呛得喘不过气"),
        (UNRESPONSIVE, "他没有呼吸了"),
    ],
)
def test_the_kind_does_not_slip(session: Session, conversation: Conversation, words: str, later: str) -> None:
    say(session, conversation, words)
    before = conversation.recall("emergency")["kind"]
    say(session, conversation, later)
    assert conversation.recall("emergency")["kind"] == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("我爸摔卫生间了，起不来", "让人躺着"),
        ("我摔了起不来", "您别急着动"),
        ("我妈喘不上气了", "扶人坐起来"),
        ("老头走丢了", "长什么样"),
        ("我迷路了", "别再走"),
        ("老伴胸口疼得厉害", "让人马上坐下"),
    ],
)
def test_the_advice_is_for_whom_it_happened_to(
    session: Session, conversation: Conversation, words: str, told: str
) -> None:
    assert told in say(session, conversation, words).replies[0].say


@pytest.mark.parametrize(
    ("words", "text"), [(FALL, "站起来了，能走"), ("老头走丢了", "找到了，在公园呢"), (STROKE, "救护车到了，没大事")]
)
def test_how_it_ended_is_heard(session: Session, conversation: Conversation, words: str, text: str) -> None:
    assert say(session, conversation, words, text).state == "idle"


def test_another_danger_that_needs_other_help_is_one(session: Session, conversation: Conversation) -> None:
    outcome = say(session, conversation, FALL, "厨房着火了，都是烟")
    assert conversation.recall("emergency")["kind"] == "fire" and "先出去" in outcome.replies[0].say


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (FIRE, "你搞错了，没着火"),
        (FIRE, "不是着火"),
        (FALL, "我没危险我就是想擦玻璃"),
        (FALL, "没摔，你听错了"),
        (GAS, "没有煤气味啊"),
        (SUICIDE, "我说的是订饭"),
        (CHEST, "我就是想订个饭"),
    ],
)
def test_who_says_that_there_is_none_is_believed(
    session: Session, conversation: Conversation, words: str, text: str
) -> None:
    outcome = say(session, conversation, words, text)
    assert outcome.state == "idle" and "听岔" in outcome.replies[0].say


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (FALL, "没流血"),
        (FALL, "不是我，是我老伴"),
        (CHEST, "不用叫救护车"),
        (CHEST, "没那么严重"),
        (CHEST, "我躺会儿就好"),
        (STROKE, "昨天还没事"),
        (STROKE, "邻居来了"),
        (SUICIDE, "我没事"),
        (FALL, "明天的饭先别送了"),
        (STROKE, "我想订明天的饭"),
        (POISON, "要不要叫救护车"),
    ],
)
def test_a_real_one_is_not_left_lightly(session: Session, conversation: Conversation, words: str, text: str) -> None:
    assert say(session, conversation, words, text).state == "emergency"


def test_who_declines_help_twice_has_their_way(session: Session, conversation: Conversation) -> None:
    asked = say(session, conversation, CHEST, "不用叫救护车")
    assert "硬撑" in asked.replies[0].say
    assert say(session, conversation, "真的不用来").state == "idle"
    assert session.scalars(select(EmergencyRecord)).one().over is not None


DOOR = "我敲我妈的门没人应"


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (["还是没人应"], "别再等了"),
        (["我再敲敲", "还没有"], "别再等了"),
        (["还是没人应", "敲不开"], "打了没有"),
        (["打了110了", "还是没动静"], "等他们来的时候"),
        (["打了", "没有"], "等他们来的时候"),
        (["打的", "还是没人应"], "等他们来的时候"),  # as the recogniser writes it
        (["我在门口"], "一一零"),
        (["还是没人应", "门开了 我妈在家睡着了"], "那就好"),
        (["门撬开了没事"], "那就好"),
        (["打了110了", "门开了 她睡着了"], "那就好"),
    ],
)
def test_a_door_that_stays_shut_is_met_in_other_words_each_time(
    session: Session, conversation: Conversation, turns: list[str], told: str
) -> None:
    assert told in say(session, conversation, DOOR, *turns).replies[0].say


def test_danger_told_on_and_on_is_not_met_with_the_same_words(session: Session, conversation: Conversation) -> None:
    first = say(session, conversation, FALL, "她吐了").replies[0].say
    assert say(session, conversation, "还吐了").replies[0].say != first


def test_who_hands_over_to_the_doctor_hears_so(session: Session, conversation: Conversation) -> None:
    outcome = say(session, conversation, STROKE, "救护车来了")
    assert outcome.state == "idle" and "医保卡" in outcome.replies[0].say


def test_a_hardly_raised_alarm_is_left_when_the_booking_goes_on(
    session: Session, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "油烟机和玻璃都脏，我老胳膊老腿不敢爬，叫个人擦擦"
    found = detect.Emergency("fire", words)
    monkeypatch.setattr("care.emergency.alarm.is_weak", lambda text: True)
    conversation.state = raise_alarm(session, conversation, found, words).state
    noted = say(session, conversation, "神农路阳光家园五号楼三单元六零二")
    assert noted.state == "emergency"
    outcome = say(session, conversation, "大后天，就是礼拜六，早上九点半")
    assert isinstance(outcome, Leaving) and "接着给您办" in outcome.replies[0].say
    assert outcome.words == [words, "神农路阳光家园五号楼三单元六零二", "大后天，就是礼拜六，早上九点半"]


def test_a_surely_raised_one_is_left_after_one_more_question(session: Session, conversation: Conversation) -> None:
    asked = say(session, conversation, FALL, "后天上午九点，理发")
    assert asked.state == "emergency" and "要紧" in asked.replies[0].say
    assert isinstance(say(session, conversation, "是，后天上午"), Leaving)


async def test_an_address_told_with_a_danger_is_kept_for_the_booking(desk: Desk, bot: FakeBot) -> None:
    with unit_of_work() as session:
        conversation = opened(session, "c1", "phone", None)
        conversation.task, conversation.state = "booking", "asking_place"
    await desk.handle(Message("c1", "幸福路十八号三单元，哎呀我妈摔了起不来", "phone"))
    await desk.handle(Message("c1", "头晕不晕我问问她", "phone"))
    await desk.handle(Message("c1", "电话13800006666", "phone"))
    await desk.handle(Message("c1", "没事了，她起来了", "phone"))
    assert bot.asked == ["幸福路十八号三单元", "电话13800006666"] and set(bot.asking) == {"place"}


async def test_a_mistake_leads_back_with_all_that_was_said(desk: Desk, bot: FakeBot) -> None:
    await desk.handle(Message("c1", FIRE, "phone"))
    result = await desk.handle(Message("c1", "你搞错了，不是着火，我是要擦玻璃", "phone"))
    assert bot.asked == ["我是要擦玻璃"] and "听岔" in result.replies[0].say


@pytest.mark.parametrize(
    "text",
    [
        "玻璃脏得看不见外头，我这老胳膊老腿不敢往上爬，叫个人给我擦擦",
        "膝盖肿得下不了楼，给我送五天午饭",
        "我妈脚不能沾水，请护士来换药",
        "水管冻裂了，麻溜来个师傅修修",
        "屋企冷气滴水，搵人嚟修",
        "娭毑头发打结哒，喊个师傅来剪一下",
    ],
)
def test_a_wish_is_told_from_words_that_call_off(text: str) -> None:
    assert is_wish(text)
    assert not is_wish(f"给我妈订的饭先停了，{text}")


def test_a_wish_that_only_resembles_danger_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "玻璃脏得看不见外头，叫个人给我擦擦"
    emergency = detect.Emergency("other", words)
    monkeypatch.setattr(detect, "_weigh", lambda text: (detect.SURE - 0.1, emergency))
    assert is_like_in_a_wish(words) and not is_like_in_a_wish("我妈摔了，叫个人给我擦擦")
    monkeypatch.setattr(detect, "_weigh", lambda text: (detect.WISHED_FROM - 0.1, emergency))
    assert not detect.is_doubtful(words)


@pytest.mark.parametrize(
    "text", ["大后天早上九点半", "要两份，少盐", "来的时候自己带抹布", "送到老地方，下礼拜一", "叫个师傅来剪头发"]
)
def test_who_speaks_of_a_booking_goes_on(text: str) -> None:
    assert goes_on(text)


@pytest.mark.parametrize(
    "text", ["快点叫人来", "明天的饭先别送了", "你们也派个人去看看吧", "他从早上八点开始说不清话", "我在光明路"]
)
def test_who_speaks_of_the_danger_does_not(text: str) -> None:
    assert not goes_on(text)


@pytest.mark.parametrize(
    ("text", "useful"),
    [
        ("幸福路十八号三单元，哎呀我妈摔了起不来", "幸福路十八号三单元"),
        ("明天中午送两份饭，哎哟我心口疼", "明天中午送两份饭"),
        ("不用叫救护车", ""),
        ("我妈摔了，电话13800001111", "电话13800001111"),
    ],
)
def test_what_an_order_can_use_is_kept(text: str, useful: str) -> None:
    assert kept(text) == useful
