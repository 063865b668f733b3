"""Whole calls over SIP with sound both ways, held by a scripted caller; what was agreed on stands in the database."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import soundfile
from sqlalchemy import select

from care.db import reading
from care.emergency.model import EmergencyRecord
from care.handover.model import Ticket
from care.orders.model import Order
from tests.e2e.calls import call, conversation, ended, target, turns
from tests.integration.conftest import part
from tests.integration.phones import baresip
from tests.integration.test_stack import until_ready
from voice_gateway.audio import RATE
from voice_gateway.sip.caller import Caller, Channel
from yinling.caller.command import DEMO
from yinling.caller.person import Report
from yinling.caller.script import Line
from yinling.caller.script import read as read_script
from yinling.caller.sounds import CLIPS, read
from yinling.processes import Stack

ON_FILE = "13800000001"
"""王秀英 of the demonstration data: her address is known, so that fewer things are asked."""
LONGEST_GREETING = 1.0
"""Seconds from the answer to the first sound (what the product promises)."""
DEAD_AIR = 4.0
"""Seconds of silence that nobody hears while something is owed: 3 promised, and a second for a busy machine."""


def tickets(number: str) -> list[Ticket]:
    with reading() as session:
        found = session.scalars(select(Ticket).where(Ticket.conversation_id == conversation(session, number).id)).all()
        session.expunge_all()
        return list(found)


def answered(report: Report) -> list[float]:
    """Seconds that the caller waited for each answer."""
    return [caption.after for caption in report.captions if caption.after is not None]


async def test_a_meal_is_booked_by_voice(product: Stack) -> None:
    report = await call(read_script(DEMO), ON_FILE)
    record = await ended(ON_FILE)
    with reading() as session:
        order = session.scalars(select(Order).where(Order.conversation == record.id)).one()
        assert (order.service, order.date.isoformat(), order.person_name) == ("meal", "2026-11-27", "王秀英")
    assert record.outcome == "finished"
    assert report.hung_up_by_hotline
    assert report.captions[0].start < LONGEST_GREETING
    assert max(answered(report)) < DEAD_AIR
    assert record.figures["turns"]


async def test_whether_somebody_may_apply_is_answered_by_voice(product: Stack) -> None:
    number = "13900000011"
    await call("eligibility", number, voice="zf_xiaoyi")
    await ended(number)
    said = "".join(reply["say"] for turn in turns(number) for reply in turn.said)
    assert "低保" in said  # what decides it was asked
    with reading() as session:
        assert conversation(session, number).region == "nanchang"


async def test_a_fall_in_mid_booking_is_an_emergency_and_the_booking_is_kept(product: Stack) -> None:
    number = "13900000012"
    await call("emergency", number)
    await ended(number)
    with reading() as session:
        talk = conversation(session, number)
        record = session.scalars(select(EmergencyRecord).where(EmergencyRecord.conversation_id == talk.id)).one()
        assert record.kind == "fall"
        assert "booking" in talk.drafts
    assert [ticket.urgent for ticket in tickets(number) if ticket.kind == "emergency"] == [True]


async def test_the_greeting_can_be_talked_into(product: Stack) -> None:
    number = "13900000013"
    report = await call("interruption", number)
    record = await ended(number)
    greeting = report.captions[0]
    assert greeting.end - greeting.start < 6, "the greeting went on"
    assert record.figures["interruptions"] >= 1
    assert "洗" in turns(number)[0].heard


async def test_somebody_who_says_nothing_is_asked_twice_and_told_goodbye(product: Stack) -> None:
    number = "13900000014"
    report = await call([Line(wait=90)], number)
    record = await ended(number)
    assert report.hung_up_by_hotline
    assert record.outcome == "silent"
    assert [ticket.phone for ticket in tickets(number)] == [number]


async def test_keys_alone_reach_a_human(product: Stack) -> None:
    number = "13900000015"
    await call([Line(press="0"), Line(hang_up=True)], number)
    await ended(number)
    assert [ticket.kind for ticket in tickets(number)] in (["human"], ["callback"])


async def test_a_hang_up_in_mid_sentence_keeps_the_booking_and_the_next_call_offers_it(product: Stack) -> None:
    number = "13900000016"
    await call("hang_up", number)
    record = await ended(number)
    assert record.outcome == "hung_up"
    again = await call([Line(press="1"), Line(hang_up=True)], number)
    await ended(number)
    assert again.captions[0].end - again.captions[0].start > 5  # the greeting and the offer
    with reading() as session:
        assert "booking" in conversation(session, number).drafts


async def test_a_wish_for_a_human_becomes_a_call_back_when_nobody_takes_over(product: Stack) -> None:
    number = "13900000017"
    await call("human", number, refer=486)
    await ended(number)
    assert {ticket.phone for ticket in tickets(number)} == {number}


async def test_two_calls_at_once_do_not_disturb_each_other(product: Stack) -> None:
    numbers = ("13900000018", "13900000019")
    said = ([Line(say="洗个澡多少钱"), Line(hang_up=True)], [Line(say="转人工"), Line(hang_up=True)])
    await asyncio.gather(*(call(script, number) for script, number in zip(said, numbers, strict=True)))
    for number in numbers:
        await ended(number)
    assert "多少钱" in turns(numbers[0])[0].heard
    assert "人工" in turns(numbers[1])[0].heard


async def test_a_bad_line_is_still_understood(product: Stack) -> None:
    number = "13900000020"
    await call([Line(say="我想洗个澡"), Line(hang_up=True)], number, channel=Channel(0.02, 40, 0.001))
    await ended(number)
    assert "澡" in turns(number)[0].heard


async def test_noise_for_a_voice_does_no_harm_and_leads_to_people(product: Stack, tmp_path: Path) -> None:
    number = "13900000021"
    path = tmp_path / "noise.wav"
    noise = np.random.default_rng(7).normal(0, 0.2, 6 * RATE)
    soundfile.write(path, noise, RATE)
    await call([Line(sound=str(path)), Line(sound=str(path)), Line(hang_up=True)], number)
    assert (await ended(number)).outcome in ("hung_up", "silent", "finished")
    async with Caller(target(), number="13900000022") as line:
        await line.wait(2)
        assert np.abs(line.recording[:, 1].astype(int)).max() > 1000  # the next caller is greeted


async def test_a_caller_whose_bot_dies_hears_so_and_is_called_back(product: Stack) -> None:
    number = "13900000023"
    bot = part(product, "bot")
    bot.stop()
    try:
        report = await call([Line(say="洗个澡多少钱"), Line(say="后天"), Line(hang_up=True)], number)
    finally:
        bot.start()
        until_ready(bot)
    record = await ended(number)
    assert "bot" in record.figures["faults"]
    assert len(report.captions) > 3
    assert max(answered(report)) < DEAD_AIR
    assert tickets(number)


async def test_a_softphone_that_is_not_ours_is_greeted_and_understood(product: Stack, tmp_path: Path) -> None:
    number = "13800000002"
    says = tmp_path / "says.wav"
    sentence = np.frombuffer(read(CLIPS / "zm_yunxia-30.ogg"), "<i2")
    soundfile.write(says, np.concatenate([np.zeros(3 * RATE, np.int16), sentence, np.zeros(60 * RATE, np.int16)]), RATE)
    async with baresip(tmp_path, says) as phone:
        phone.do("dial", target())
        await asyncio.sleep(16)
        phone.do("hangup")
        await asyncio.sleep(1)
    record = await ended(number)
    assert record.outcome == "hung_up"
    assert record.line == "sip"
    assert "澡" in turns(number)[0].heard
    heard = np.concatenate([soundfile.read(path, dtype="int16")[0] for path in phone.heard()]).astype(float)
    assert np.sqrt((heard[: 2 * RATE] ** 2).mean()) > 200, "no greeting in the first two seconds"
