"""Whoever puts themselves right in the words a booking begins with, or says what was meant, is booked what they want in the end."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care.booking.turned import settle
from care.conversation.model import Conversation
from care.turn import Entity, Turn
from tests.unit.booking_talk import FRIDAY, Talk, time


def turn(text: str, kind: str, *named: tuple[str, str], meant: str = "") -> Turn:
    found, behind = [], 0
    for value, words in named:
        start = text.index(words, behind)
        behind = start + len(words)
        found.append(Entity(kind, value, words, start, behind))
    return Turn("c", text, "book", 0.9, tuple(found), "m1", meant=meant)


@pytest.mark.parametrize(
    "text",
    [
        "我要洗澡 不对 还是理发吧",
        "我要洗澡算了还是理发吧",
        "我想洗澡，哎不洗了，理发吧",
        "约个洗澡，啊不是，约理发",
        "我要洗澡 说错了 是理发",
        "我想洗澡还是理发吧",
        "帮我约洗澡，改成理发",
    ],
)
def test_the_service_named_last_is_wanted(text: str) -> None:
    settled = settle(turn(text, "service", ("bath", "洗澡"), ("haircut", "理发"), meant="bath"))
    assert settled.all("service") == ["haircut"] and settled.meant == "haircut"


def test_what_is_refused_in_the_end_is_not_wanted() -> None:
    settled = settle(turn("约洗澡 不要洗澡了 要理发", "service", ("bath", "洗澡"), ("bath", "洗澡"), ("haircut", "理发")))
    assert settled.all("service") == ["haircut"]


@pytest.mark.parametrize(
    "text",
    ["我要洗澡，还要理发", "约个洗澡，对了，再来个理发", "洗澡还是理发，哪个便宜", "洗澡和理发都要", "我妈洗澡洗不动了，也想理发", "洗澡还有理发"],
)
def test_two_wishes_stay_two(text: str) -> None:
    assert settle(turn(text, "service", ("bath", "洗澡"), ("haircut", "理发"))).all("service") == ["bath", "haircut"]


@pytest.mark.parametrize(
    "text",
    ["给我妈约理发 啊不 是给我爸", "给我妈约个理发不对给我爸约", "给我妈订，说错了，是给我爸订"],
)
def test_whoever_is_named_last_is_meant(text: str) -> None:
    assert settle(turn(text, "relation", ("mother", "我妈"), ("father", "我爸"))).all("relation") == ["father"]


@pytest.mark.parametrize("text", ["给我妈订饭 不对 给我自己订", "给我妈订饭，不对，给我订", "给我妈订饭 算了 给自己订"])
def test_it_is_for_the_speaker_after_all(text: str) -> None:
    assert settle(turn(text, "relation", ("mother", "我妈"))).all("relation") == ["self"]


@pytest.mark.parametrize("text", ["给我妈订饭，我爸出差了", "我妈叫我给我爸订饭", "给我妈订饭，不对，她不吃辣，给我爸也说一声"])
def test_others_who_are_named_stay(text: str) -> None:
    people = [(code, words) for code, words in (("mother", "我妈"), ("father", "我爸")) if words in text]
    assert settle(turn(text, "relation", *people)).all("relation") == [code for code, _ in people]


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    """A caller of whom only the town is known."""
    return Talk(session, conversation)


def test_what_was_said_stands_in_place_of_what_was_heard(talk: Talk) -> None:
    talk.hear("后天上午十点洗澡", "book", service=("bath", "洗澡"), time=(time(FRIDAY, "10:00"), "后天上午十点"))
    talk.hear("我说了理发", "book", service=("haircut", "理发"))
    assert talk.draft.service == "haircut" and talk.draft.date == FRIDAY and not talk.draft.queue
