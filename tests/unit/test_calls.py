"""The books of the telephone: who calls and how they like it, what was broken off, call-backs, outgoing calls, sound."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from care import calls
from care.booking.draft import TASK, Draft
from care.calls import callbacks, unfinished
from care.calls.model import CallRecord
from care.clock import utc_now
from care.conversation import manners
from care.conversation.model import Conversation
from care.db import unit_of_work
from care.handover import open_ticket
from care.handover.model import Ticket
from care.people import Person
from care.settings import settings
from tests.fakes_call import ScriptLeg
from voice_gateway.call import book
from voice_gateway.call.house import Caller, Ended, Opening

PHONE = "13800005678"


def earlier(session: Session, draft: Draft | None = None, **memory: object) -> Conversation:
    """A conversation of the same number that is over."""
    made = Conversation(
        id="old", channel="phone", phone=PHONE, drafts={TASK: draft.model_dump()} if draft else {}, memory=memory,
        state="asking_date", misses=0, region="", last_replies=[], task=TASK if draft else None,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def test_pace_and_loudness_of_somebody_on_file_are_known(session: Session) -> None:
    session.add(Person(phone=PHONE, name="王秀英", region="yangling", speech_rate=120, loud=True, facts={}))
    known = calls.begin(session, "c9", "sip", PHONE)
    assert (known.pace, known.loud, known.region) == (120, True, "yangling")


def test_pace_of_an_unknown_number_is_that_of_its_last_call(session: Session) -> None:
    earlier(session, rate=120, loud=True)
    known = calls.begin(session, "c9", "sip", PHONE)
    assert (known.pace, known.loud) == (120, True)
    assert calls.begin(session, "c10", "sip", "").pace == manners.RATE_DEFAULT


def test_what_is_asked_for_in_a_call_is_kept_on_file(session: Session) -> None:
    session.add(Person(phone=PHONE, name="王秀英", facts={}))
    calls.begin(session, "c9", "sip", PHONE)
    conversation = session.get_one(Conversation, "c9")
    manners.command(conversation, "slower")
    manners.command(conversation, "louder")
    known = calls.begin(session, "c10", "sip", PHONE)
    assert (known.pace, known.loud) == (120, True)
    manners.command(session.get_one(Conversation, "c10"), "quieter")
    assert not calls.begin(session, "c11", "sip", PHONE).loud


def test_a_broken_off_booking_is_offered_and_gone_on_with(session: Session) -> None:
    earlier(
        session,
        Draft(
            service="meal",
            region="yangling",
            date="2026-11-27",
            time="12:00",
            address="幸福路十八号五零二",
            half_address=True,
        ),
    )
    known = calls.begin(session, "c9", "sip", PHONE)
    assert known.offer and "接着办吗" in known.offer.say
    assert "饭" not in known.offer.say
    conversation = session.get_one(Conversation, "c9")
    assert conversation.asking == unfinished.ASKING
    outcome = unfinished.answer(session, conversation, "好，接着办")
    assert outcome and outcome.state.startswith("asking_") and conversation.task == TASK
    assert "幸福路" not in "".join(r.say for r in outcome.replies)
    assert session.get_one(Conversation, "old").drafts == {}


def test_a_day_that_has_gone_by_is_asked_for_again(session: Session) -> None:
    earlier(
        session, Draft(service="meal", region="yangling", person="self", quantity=1, date="2026-11-20", time="12:00")
    )
    calls.begin(session, "c9", "sip", PHONE)
    outcome = unfinished.answer(session, session.get_one(Conversation, "c9"), "对")
    assert outcome and outcome.state == "asking_date"


def test_a_no_drops_it_and_something_else_keeps_it_for_the_next_call(session: Session) -> None:
    earlier(session, Draft(service="meal"))
    calls.begin(session, "c9", "sip", PHONE)
    assert unfinished.answer(session, session.get_one(Conversation, "c9"), "我想问高龄津贴") is None
    assert calls.begin(session, "c10", "sip", PHONE).offer
    outcome = unfinished.answer(session, session.get_one(Conversation, "c10"), "不用了")
    assert outcome and outcome.state == "idle"
    assert calls.begin(session, "c11", "sip", PHONE).offer is None


@pytest.mark.parametrize(
    ("meant", "words"),
    [
        ("go_on", "要 好 对 要得 还要办 那就接着办吧 嗯，继续 好的，接着订 我想接着办上次的事 办吧"),
        ("drop", "不要 不用了 先不办 那算了吧 那件事不办了 不用了，谢谢 不接着办了 唔使"),
        ("", "我要订饭 要洗澡 明天送饭 不要紧 我要人工 要一份"),
    ],
)
def test_the_answer_to_the_offer_in_its_many_forms(meant: str, words: str) -> None:
    assert {word: unfinished.meaning(word) for word in words.split()} == dict.fromkeys(words.split(), meant)


def test_a_scrap_of_an_answer_is_asked_about_once(session: Session) -> None:
    earlier(session, Draft(service="meal"))
    calls.begin(session, "c9", "sip", PHONE)
    conversation = session.get_one(Conversation, "c9")
    again = unfinished.answer(session, conversation, "我住")
    assert again and again.state == conversation.state == "asking_unfinished"
    assert "按一" in again.replies[0].say
    taken = unfinished.answer(session, conversation, "要")
    assert taken and conversation.task == TASK
    assert unfinished.answer(session, conversation, "我住") is None


def test_it_is_not_offered_for_ever_nor_to_others(session: Session) -> None:
    old = earlier(session, Draft(service="meal"))
    assert calls.begin(session, "c8", "sip", "13900000000").offer is None
    assert calls.begin(session, "c9", "sip", "").offer is None
    for number in range(unfinished.OFFERS):
        assert calls.begin(session, f"d{number}", "sip", PHONE).offer
    assert calls.begin(session, "d9", "sip", PHONE).offer is None
    old.remember(**{unfinished.OFFERED: None})
    old.updated = utc_now() - unfinished.KEPT - timedelta(hours=1)
    session.flush()
    assert calls.begin(session, "e1", "sip", PHONE).offer is None


def test_a_note_becomes_a_ticket(database: None) -> None:
    calls.leave_note("c9", PHONE, "silence")
    calls.leave_note("c9", "", "silence")
    with unit_of_work() as session:
        ticket = session.scalars(select(Ticket)).one()
        assert (ticket.kind, ticket.phone) == ("callback", PHONE)
        assert "没有声音" in ticket.summary


def test_a_note_survives_a_database_that_is_down(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked() -> None:
        raise OperationalError("", {}, Exception("database is locked"))

    with monkeypatch.context() as broken:
        broken.setattr(callbacks, "unit_of_work", locked)
        calls.leave_note("c9", PHONE, "broken")
        assert calls.take_up_notes() == 0
    kept = settings().home / "calls" / "callbacks.jsonl"
    assert kept.stat().st_mode & 0o077 == 0
    assert calls.take_up_notes() == 1
    assert not kept.exists()
    with unit_of_work() as session:
        assert session.scalars(select(Ticket)).one().phone == PHONE


def test_only_numbers_on_file_may_be_called(session: Session) -> None:
    session.add(Person(phone=PHONE, name="王秀英", facts={}))
    open_ticket(session, "callback", None, "请回电话", "13911112222")
    session.flush()
    assert calls.may_be_called(session, PHONE)
    assert calls.may_be_called(session, "13911112222")
    assert not calls.may_be_called(session, "13700000000")
    assert not calls.may_be_called(session, "")


def test_outgoing_calls_of_today_are_counted_answered_or_not(session: Session) -> None:
    calls.begin(session, "o1", "sip", PHONE, "out", "callback")
    calls.failed_to_reach(session, "o2", PHONE, "callback", "busy")
    calls.begin(session, "i1", "sip", PHONE)
    session.add(
        CallRecord(id="o3", line="sip", direction="out", phone=PHONE, began=utc_now() - timedelta(days=2), figures={})
    )
    session.flush()
    assert calls.placed_today(session, PHONE) == 2


def test_the_record_of_a_call_is_closed_once(session: Session) -> None:
    calls.begin(session, "c9", "sip", PHONE)
    calls.end(session, "c9", "finished", "hotline", {"turns": []})
    calls.end(session, "c9", "broken", "error", {})
    record = session.get_one(CallRecord, "c9")
    assert record.outcome == "finished" and record.ended


def test_sound_is_removed_when_it_expires(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_KEEP_AUDIO_DAYS", "7")
    settings.cache_clear()
    with unit_of_work() as session:
        for name, days, kept in (("new", 1, True), ("old", 8, True), ("declined", 1, False)):
            began = utc_now() - timedelta(days=days)
            session.add(CallRecord(id=name, line="sip", began=began, ended=began, audio=kept, figures={}))
    for name in ("new", "old", "declined"):
        calls.path(name).parent.mkdir(exist_ok=True)
        calls.path(name).write_bytes(b"RIFF")
    with unit_of_work() as session:
        assert calls.expire(session) == 2
    assert [file.stem for file in settings().home.joinpath("calls").glob("*.wav")] == ["new"]
    with unit_of_work() as session:
        assert not session.get_one(CallRecord, "old").audio


async def test_the_books_are_caught_up_when_the_database_is_back(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked() -> None:
        raise OperationalError("", {}, Exception("database is locked"))

    written, leg = book.Book(), ScriptLeg(PHONE)
    with monkeypatch.context() as broken:
        broken.setattr(book, "unit_of_work", locked)
        assert await written.begin(leg, Opening()) == Caller()
        await written.end(leg.id, Ended("broken", "hotline", {}, {}))
        written.catch_up()
    with unit_of_work() as session:
        earlier(session, Draft(service="meal"))
        session.add(
            Conversation(
                id=leg.id,
                channel="phone",
                phone=PHONE,
                drafts={},
                memory={},
                state="answered",
                misses=0,
                last_replies=[],
            )
        )
    written.catch_up()
    with unit_of_work() as session:
        assert session.get_one(CallRecord, leg.id).outcome == "broken"
        assert session.get_one(Conversation, leg.id).state == "answered"
