"""What names the matter, without whom it is told of, who said it, how often, and what stands in brackets."""

from __future__ import annotations

import pytest

from care.booking import clause, data
from tests.unit.booking_talk import Talk

PROBLEM = data.slot("problem")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("我家婆（老公的妈）屁股那里有个褥疮，医院出院的时候护士叫两日换一次药，我自己换怕弄不好", "屁股那里有个褥疮，换药"),
        ("我妈屁股上长了褥疮，想请护士来换药", "屁股上长了褥疮，换药"),
        ("我老公脚上伤口要换药", "脚上伤口要换药"),
        ("我屋企个马桶塞咗呀，冲极都唔落，听日朝早九点得唔得", "马桶塞咗"),
        ("厨房（就是后面那间）水管漏水", "厨房水管漏水"),
        ("几时能来修灯", "修灯"), ("什么时候来修水管", "修水管"),
    ],
)
def test_the_matter_is_named_in_short(text: str, named: str) -> None:
    assert clause.naming(text, PROBLEM["hints"], False, PROBLEM["vague"]) == named


def test_who_is_explained_in_brackets_is_not_somebody_else(talk: Talk) -> None:
    talk.hear("我家婆（老公的妈）有个褥疮要换药，叫护士来", "book", "", service=("home_nursing", "换药"), relation=("mother_in_law", "我家婆"))
    assert talk.draft.person == "mother_in_law" and "婆" not in talk.draft.particulars["problem"]


def test_how_long_one_waits_is_no_day_for_an_application(talk: Talk) -> None:
    talk.say("给我爸排个公办养老院", "book", service="waitlist", relation="father")
    heard = talk.say("现在排队大概得等多长时间啊", "waitlist_query", time={"date": "2026-11-25", "time": "10:00", "past": False})
    assert "空床" in heard and "哪天办" not in heard
