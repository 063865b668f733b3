"""Which service a long speech wishes for, beside those that it names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from care import booking
from care.turn import Entity, Turn
from tests.conftest import said
from tests.unit.booking_talk import Talk


def _heard(words: str, meant: str, **named: str) -> Turn:
    entities = tuple(Entity("service", code, word, words.index(word), words.index(word) + len(word)) for code, word in named.items())
    return replace(said(words, "book", "m"), entities=entities, meant=meant)


@pytest.mark.parametrize(
    ("words", "meant", "named", "service", "later"),
    [
        ("我刚打完针，懒得动弹，灶也没开，给我送口饭吧", "meal", {"home_nursing": "打完针", "meal": "送口饭"}, "meal", []),
        ("酱油见底了盐也没得，我这个腿又下不了楼，谁给捎上来", "errand", {}, "errand", []),
        ("我白天得上医院照顾我姐，家里老头子没人看，帮我看看行不", "day_care", {"medical": "上医院"}, "day_care", []),
        ("给我约个理发", "foot_care", {"haircut": "理发"}, "haircut", []),
        ("礼拜五上午给我老头约个洗澡，顺便剪一下头发，他长得跟野人一样", "bath", {"bath": "洗澡", "haircut": "剪一下头发"}, "bath", ["haircut"]),
    ],
)  # fmt: skip
def test_the_service_meant(session, conversation, words: str, meant: str, named: dict, service: str, later: list) -> None:
    booking.task.take(session, conversation, _heard(words, meant, **named))
    draft = conversation.draft("booking")
    assert draft["service"] == service
    assert [wish["service"] for wish in draft["queue"]] == later


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [("明儿个不成，明儿个他要去打针，后天下午两点", "home_nursing", "打针"), ("能自己走，吃饭也行，就是爱忘事", "meal", "吃饭"), ("后天他女儿要带他去打针，大后天好些", "home_nursing", "打针")],
)
def test_what_somebody_has_or_can_do_is_no_other_service(talk: Talk, words: str, code: str, named: str) -> None:
    talk.say("给我爸剃个头", "book", service="haircut", relation="father")
    start = words.index(named)
    heard = (Entity("service", code, named, start, start + len(named)),)
    for intent in ("correct", "inform"):
        booking.task.take(talk.session, talk.conversation, replace(said(words, intent, f"m{intent}"), entities=heard))
        assert talk.draft.service == "haircut" and not talk.draft.queue


def test_of_whom_a_long_story_tells_a_need_it_is_for(session, conversation) -> None:
    words = "哎你好啊，我寻思问问你们那白天帮着看老人的地方还收人不？我老伴脑子有点糊涂了，我白天得去照顾我姐，家里没人看着他我不放心"
    heard = (Entity("relation", "spouse", "老伴", words.index("老伴"), words.index("老伴") + 2),)
    booking.task.take(session, conversation, replace(said(words, "book", "m"), entities=heard, meant="day_care"))
    assert conversation.draft("booking")["person"] == "spouse"


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [("没错，就我自己去，抽个血", "home_nursing", "抽个血"), ("那个人会不会帮我排队缴费的", "waitlist", "排队"), ("好，明天上午八点来家接我", "travel", "接我")],
)
def test_a_yes_and_a_question_begin_nothing_else(talk: Talk, words: str, code: str, named: str) -> None:
    talk.say("约人陪我去看病", "book", service="medical")
    start = words.index(named)
    heard = (Entity("service", code, named, start, start + len(named)),)
    booking.task.take(talk.session, talk.conversation, replace(said(words, "book", "m9"), entities=heard))
    assert talk.draft.service == "medical" and not talk.draft.queue


def test_who_agrees_once_more_books_nothing_anew(talk: Talk) -> None:
    talk.to_confirmation()
    talk.say("对", "affirm")
    assert talk.state == "booked"
    heard = talk.say("那就麻烦你们登记上", "book")
    assert "都订好了" in heard and talk.finished
