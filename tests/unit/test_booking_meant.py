"""Which service a long speech wishes for, beside those that it names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from care import booking
from care.turn import Entity, Turn
from tests.conftest import said


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
