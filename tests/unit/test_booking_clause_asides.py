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
        ("厨房（就是后面那间）水管漏水", "厨房水管漏水"),
    ],
)
def test_the_matter_is_named_in_short(text: str, named: str) -> None:
    assert clause.naming(text, PROBLEM["hints"], False, PROBLEM["vague"]) == named


def test_who_is_explained_in_brackets_is_not_somebody_else(talk: Talk) -> None:
    talk.hear("我家婆（老公的妈）有个褥疮要换药，叫护士来", "book", "", service=("home_nursing", "换药"), relation=("mother_in_law", "我家婆"))
    assert talk.draft.person == "mother_in_law" and "婆" not in talk.draft.particulars["problem"]
