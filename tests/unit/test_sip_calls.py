"""Calls over the line, as callers meet them."""

from __future__ import annotations

import asyncio
import re

import numpy as np
import pytest
from aiosipua import transaction

from tests.unit.sip_line import TONE, Echo, Hand, loudness, open_line, sdp, target, until
from voice_gateway.audio import RATE
from voice_gateway.leg import Gone, Hold, Leg
from voice_gateway.sip import leg as leg_module
from voice_gateway.sip import transactions
from voice_gateway.sip.caller import Caller, Channel, NotAnswered


async def waiting(leg: Leg) -> None:
    """A call that rings on."""
    async for _ in leg.events():
        pass


async def test_a_call_is_answered_heard_and_ended():
    echo = Echo()
    async with open_line(echo) as line:
        async with Caller(target(line), number="+8613800000001") as caller:
            await caller.play(TONE)
            await caller.press("5")
            await caller.press("#", info=True)
            await until(lambda: echo.keys == "5#")
        await until(lambda: echo.ended.is_set() and not line.ports.taken)
        assert not line.running()
    assert echo.gone == ["bye"]
    assert (echo.legs[0].caller, echo.legs[0].called, echo.legs[0].line) == ("13800000001", "12349", "sip")
    assert echo.legs[0].quality()["packets"] > 20
    assert loudness(caller.recording[:, 1]) > 2000


async def test_several_calls_at_once_hear_only_themselves():
    async with open_line(Echo()) as line:
        pitches = [300, 500, 700, 900]

        async def talk(pitch: int) -> float:
            async with Caller(target(line), number=f"1380000{pitch}0") as caller:
                await caller.play((np.sin(np.arange(RATE) * 2 * np.pi * pitch / RATE) * 8000).astype("<i2").tobytes())
                heard = caller.recording[:, 1][-RATE // 2 :]
            return float(np.abs(np.fft.rfft(heard)).argmax() * RATE / len(heard))

        assert [round(p, -1) for p in await asyncio.gather(*map(talk, pitches))] == pitches


async def test_a_bad_line_is_heard_through():
    echo = Echo()
    async with open_line(echo) as line:
        async with Caller(target(line), channel=Channel(loss=0.05, jitter_ms=40)) as caller:
            await caller.play(4 * TONE)
            await caller.press("7")
            await until(lambda: echo.keys)
        await until(echo.ended.is_set)
    assert echo.keys == "7"
    assert echo.legs[0].quality()["lost"] > 0
    assert echo.heard > 80  # of 100 frames


async def test_hold_stops_the_sound_and_is_told():
    echo = Echo()
    async with open_line(echo) as line, Caller(target(line)) as caller:
        await caller.play(TONE)
        await caller.hold(True)
        await until(lambda: Hold(True) in echo.events)
        before = echo.heard
        await caller.play(TONE)
        assert echo.heard == before
        await caller.hold(False)
        await until(lambda: Hold(False) in echo.events)
        await caller.play(TONE)
        await until(lambda: echo.heard > before)


async def test_a_change_that_cannot_be_met_leaves_the_call_as_it_was():
    echo = Echo()
    async with open_line(echo) as line, Caller(target(line)) as caller:
        offer = caller._described.offer()
        offer.audio.formats, offer.audio.attributes = ["18"], {}
        request = caller._client.send_reinvite(caller._call.dialog, offer, caller._call.remote_addr)
        assert (await caller._transport.requests.final(request)).status_code == 488
        await caller.play(TONE)
        await until(lambda: echo.heard > 10)
        await caller.hang_up()
        await until(lambda: echo.gone == ["bye"])


async def test_the_hotline_hangs_up_once():
    async def short(leg: Leg) -> None:
        await leg.answer()
        await leg.hang_up()
        await leg.hang_up()
        leg.send(TONE[:320])

    async with open_line(short) as line:
        hand = await Hand().open(line)
        await hand.calls()
        hand.answer(await hand.asked("BYE"), "200 OK")
        await asyncio.sleep(2 * transactions.T1)  # a goodbye that was not heard would be said again by now
        assert len(hand.requests("BYE")) == 1
        assert not line.ports.taken and not line.running()


async def test_a_call_whose_code_fails_is_ended():
    async def broken(leg: Leg) -> None:
        await leg.answer()
        raise RuntimeError("broken")

    async with open_line(broken) as line, Caller(target(line)) as caller:
        async with asyncio.timeout(5):
            await caller.gone.wait()
        assert not line.running()


async def test_beyond_the_limit_callers_hear_busy_and_a_place_is_free_again_afterwards():
    async with open_line(Echo(), sip_calls=1) as line:
        async with Caller(target(line)):
            with pytest.raises(NotAnswered) as refused:
                await Caller(target(line), number="13800000002").__aenter__()
            assert refused.value.status == 486
        await until(lambda: not line.running())
        async with Caller(target(line)):
            pass


async def test_without_a_free_port_a_call_is_refused():
    async with open_line(Echo(), rtp_first=41300, rtp_last=41301) as line, Caller(target(line)):
        with pytest.raises(NotAnswered) as refused:
            await Caller(target(line), number="13800000002").__aenter__()
        assert refused.value.status == 503


async def test_one_caller_may_not_call_too_often():
    async with open_line(Echo(), sip_caller_rate=2) as line:
        for _ in range(2):
            async with Caller(target(line)):
                pass
        with pytest.raises(NotAnswered) as refused:
            await Caller(target(line)).__aenter__()
        assert refused.value.status == 486
        async with Caller(target(line), number="13800000002"):  # another one may
            pass


async def test_one_address_may_not_begin_too_many_calls():
    async with open_line(waiting, sip_caller_rate=1) as line:
        hand = await Hand().open(line)
        for number in range(7):
            hand.send(hand.message("INVITE", call=f"c{number}", body=sdp(), caller=f"1390000000{number}"))
        await until(lambda: 503 in hand.statuses())
        assert re.search(r"Retry-After: \d+", "\n".join(hand.got))
        assert len(line.running()) == 6


async def test_a_call_that_is_too_long_ends():
    echo = Echo()
    async with open_line(echo, sip_max_minutes=0.005) as line, Caller(target(line)) as caller:
        async with asyncio.timeout(5):
            await caller.gone.wait()
    assert echo.gone == ["limit"]


async def test_a_caller_of_whom_nothing_is_heard_any_more_is_gone_but_not_while_on_hold(monkeypatch):
    monkeypatch.setattr(leg_module, "SILENT_SECONDS", 0.3)
    echo = Echo()
    async with open_line(echo) as line, Caller(target(line)) as caller:
        await caller.hold(True)
        caller._line.cut = True
        caller._media._rtp_transport.send = lambda data, address: None
        await asyncio.sleep(0.6)
        assert not echo.gone
        await caller.hold(False)
        await until(lambda: echo.gone)
        async with asyncio.timeout(5):
            await caller.gone.wait()
    assert echo.gone == ["lost"]


async def test_a_call_taken_back_before_the_answer_is_cancelled():
    events = []

    async def hesitating(leg: Leg) -> None:
        async for event in leg.events():
            events.append(event)

    async with open_line(hesitating) as line:
        hand = await Hand().open(line)
        hand.send(hand.message("INVITE", branch="b", body=sdp()))
        await hand.status(least=180)
        hand.send(hand.message("CANCEL", branch="b"))
        assert await hand.status("CANCEL") == 200
        assert await hand.status("INVITE") == 487
        hand.send(hand.message("ACK", branch="b", tag=hand.tag()))
        await until(lambda: events == [Gone("cancelled")] and not line.ports.taken)


async def test_cancelling_an_answered_call_changes_nothing():
    echo = Echo()
    async with open_line(echo) as line:
        hand = await Hand().open(line)
        hand.send(hand.message("INVITE", branch="b", body=sdp()))
        await hand.status("INVITE")
        hand.send(hand.message("CANCEL", branch="b"))
        assert await hand.status("CANCEL") == 200
        hand.send(hand.message("ACK", tag=hand.tag()))
        assert line.running() and not echo.gone
        hand.send(hand.message("BYE", number=2, tag=hand.tag()))
        assert await hand.status("BYE") == 200


async def test_a_call_that_ends_before_the_answer_by_bye_is_over():
    async with open_line(waiting) as line:
        hand = await Hand().open(line)
        hand.send(hand.message("INVITE", body=sdp()))
        await hand.status(least=180)
        hand.send(hand.message("BYE", number=2, tag=hand.tag()))
        assert await hand.status("BYE") == 200
        assert await hand.status("INVITE") == 487
        await until(lambda: not line.running())


async def test_an_invitation_delivered_again_is_one_call_and_a_second_bye_is_no_fault():
    echo = Echo()
    async with open_line(echo) as line:
        hand = await Hand().open(line)
        invite = hand.message("INVITE", body=sdp())
        for _ in range(3):
            hand.send(invite)
        await until(lambda: hand.statuses("INVITE").count(200) >= 1)
        hand.send(invite)  # the answer was lost
        await until(lambda: hand.statuses("INVITE").count(200) >= 2)
        assert len(echo.legs) == 1
        hand.send(hand.message("ACK", tag=hand.tag()))
        bye = hand.message("BYE", number=2, tag=hand.tag())
        hand.send(bye)
        hand.send(bye)
        await until(lambda: hand.statuses("BYE") == [200, 200])
        hand.send(hand.message("BYE", number=3, tag=hand.tag()))
        await until(lambda: hand.statuses("BYE") == [200, 200, 481])
    assert echo.gone == ["bye"]


async def test_a_call_that_is_never_acknowledged_ends(monkeypatch):
    monkeypatch.setattr(transaction, "T1", 0.02)
    monkeypatch.setattr(transaction, "TIMER_H", 0.2)
    echo = Echo()
    async with open_line(echo) as line:
        hand = await Hand().open(line)
        hand.send(hand.message("INVITE", body=sdp()))
        await until(lambda: echo.gone)
        await until(lambda: any(text.startswith("BYE") for text in hand.got))
        assert hand.statuses("INVITE").count(200) > 2  # the answer was repeated before
    assert echo.gone == ["lost"]


async def test_an_invitation_without_an_offer_gets_ours():
    echo = Echo()
    async with open_line(echo) as line:
        hand = await Hand().open(line)
        hand.send(hand.message("INVITE"))
        await hand.status("INVITE")
        assert "PCMA/8000" in hand.got[-1] and "PCMU/8000" in hand.got[-1]
        hand.send(hand.message("ACK", tag=hand.tag(), body=sdp(formats="0")))
        await until(lambda: echo.legs[0].remote)
        assert echo.legs[0].remote.codec == 0


async def test_an_offer_among_other_parts_is_found():
    body = f"--x\r\nContent-Type: application/isup\r\n\r\nabc\r\n--x\r\nContent-Type: application/sdp\r\n\r\n{sdp()}\r\n--x--\r\n"
    async with open_line(Echo()) as line:
        hand = await Hand().open(line)
        hand.send(hand.message("INVITE", body=body, kind="multipart/mixed;boundary=x"))
        assert await hand.status("INVITE") == 200
        assert "m=audio" in hand.got[-1]


async def test_a_call_that_came_through_proxies_names_them_in_the_answer():
    async with open_line(Echo()) as line:
        hand = await Hand().open(line)
        way = "Record-Route: <sip:10.0.0.1;lr>\r\nRecord-Route: <sip:10.0.0.2;lr>\r\n"
        hand.send(hand.message("INVITE", body=sdp(), more=way))
        await hand.status("INVITE")
        assert re.findall(r"^Record-Route: (\S+)", hand.got[-1], re.MULTILINE) == [
            "<sip:10.0.0.1;lr>",
            "<sip:10.0.0.2;lr>",
        ]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"user": "110", "body": sdp()}, 404),
        ({"body": sdp(formats="18 9")}, 488),
        ({"body": sdp(host="a.name")}, 488),
        ({"body": sdp(port=0)}, 488),
        ({"body": sdp().replace("42000", "x")}, 400),
        ({"body": sdp(), "tag": "nobody"}, 481),
        ({"body": sdp(), "more": "Require: magic\r\n"}, 420),
    ],
)
async def test_what_is_no_call_for_us_is_refused(more: dict[str, str], status: int):
    echo = Echo()
    async with open_line(echo) as line:
        hand = await Hand().open(line)
        hand.send(hand.message("INVITE", **more))
        assert await hand.status("INVITE") == status
        assert not echo.legs


async def test_a_withheld_number_is_empty_and_the_network_is_believed_before_the_telephone():
    echo = Echo()
    async with open_line(echo) as line:
        hand = await Hand().open(line)
        hand.send(hand.message("INVITE", call="a", body=sdp(), caller="anonymous"))
        asserted = "P-Asserted-Identity: <tel:+8613800000005>\r\n"
        hand.send(hand.message("INVITE", call="b", body=sdp(), caller="anonymous", more=asserted))
        await until(lambda: len(echo.legs) == 2)
    assert sorted(leg.caller for leg in echo.legs) == ["", "13800000005"]


async def test_the_line_says_goodbye_when_it_closes():
    said = []

    async def polite(leg: Leg) -> None:
        await leg.answer()
        try:
            await waiting(leg)
        except asyncio.CancelledError:
            said.append("goodbye")
            raise

    async with open_line(polite) as line:
        caller = Caller(target(line))
        await caller.dial()
        await line.stop()
        async with asyncio.timeout(5):
            await caller.gone.wait()
        await caller.close()
    assert said == ["goodbye"]


async def test_a_refusal_is_repeated_until_it_is_acknowledged(monkeypatch):
    monkeypatch.setattr(transactions, "T1", 0.05)

    async def declining(leg: Leg) -> None:
        await leg.hang_up()

    async with open_line(declining) as line:
        hand = await Hand().open(line)
        hand.send(hand.message("INVITE", branch="b", body=sdp()))
        await until(lambda: hand.statuses("INVITE").count(480) >= 3)
        hand.send(hand.message("ACK", branch="b", tag=hand.tag()))
        await asyncio.sleep(0.1)
        count = hand.statuses("INVITE").count(480)
        await asyncio.sleep(0.3)
        assert hand.statuses("INVITE").count(480) == count
