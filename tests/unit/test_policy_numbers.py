"""No invented number: every figure of an answer stands in the record it cites or in its document's data."""

from __future__ import annotations

import re

import pytest
from sqlalchemy.orm import Session

from care import policy
from care.conversation.model import Conversation
from care.policy.records import REGION_FILES, library
from care.policy.speech import speakable, spoken_clause
from tests.conftest import said

TAILS = ("有没有", "一个月多少钱", "多大年纪", "哪个部门管", "多久一次", "什么时候")
FIGURE = re.compile(r"[零〇一二两三四五六七八九十百千万点]{2,}|\d+(?:\.\d+)?")
PHRASES = ("一二三四五", "一老一小", "一一", "十分", "万一", "一千", "二〇", "百分之")
MOST_HANZI = 175


@pytest.mark.parametrize("region", REGION_FILES)
def test_every_figure_is_in_the_cited_record(session: Session, region: str) -> None:
    document_figures = {
        d.id: set(
            FIGURE.findall(
                d.first + d.then + d.caveat + d.caveat_short + speakable(d.title) + d.title + d.number + d.date
            )
        )
        for d in library().documents.values()
    }
    gap_figures = set(
        FIGURE.findall("".join(g.say for g in library().gaps) + "".join(r.say for r in library().referrals))
    )
    count = 0
    for topic in library().topics.values():
        for tail in TAILS:
            conversation = Conversation(
                id="n", channel="test", drafts={}, memory={}, state="idle", misses=0, region=region
            )
            outcome = policy.answer(session, conversation, said(topic.words[0].split("^")[0] + tail, "policy_ask"))
            for reply in outcome.replies:
                card = reply.card or {}
                allowed = (
                    gap_figures | {"一二三四五", "12345"} | set(document_figures.get(card.get("document") or "", ()))
                )
                allowed |= set(FIGURE.findall(document_figures_of(region)))
                for id in card.get("records", []):
                    record = library().records[id]
                    text = "|".join(
                        (record.content, record.joint.say if record.joint else "", record.clause, record.audience)
                    )
                    allowed |= (
                        set(FIGURE.findall(speakable(text)))
                        | set(FIGURE.findall(text))
                        | set(FIGURE.findall(spoken_clause(record.clause)))
                    )
                for text in (reply.say, reply.show):
                    strange = set(FIGURE.findall(text)) - allowed
                    assert not strange, (topic.say + tail, strange, text)
                assert len(reply.say) <= MOST_HANZI, reply.say
                count += 1
    assert count > 200


def document_figures_of(region: str) -> str:
    """The figures in what a region's own document is called when nothing can be said from it."""
    return library().documents[region].then


def test_no_region_speaks_with_another_regions_document(session: Session) -> None:
    for region in REGION_FILES:
        for topic in library().topics.values():
            conversation = Conversation(
                id="n", channel="test", drafts={}, memory={}, state="idle", misses=0, region=region
            )
            outcome = policy.answer(
                session, conversation, said(topic.words[0].split("^")[0] + "管哪些人", "policy_ask")
            )
            for reply in outcome.replies:
                for id in (reply.card or {}).get("records", []):
                    assert library().records[id].region in (region, "")
